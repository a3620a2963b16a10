"""People who are small in the picture, drawn, compressed and looked at as a recording is.

``python -m validation.sensor.small`` writes docs/sensor-small.md; ``--part K/N`` only looks at some clips.
A row is kept beside the looks of the bench, and not made again.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.apps.estimate import estimate
from formcheck.engine.body.restore import restored
from formcheck.engine.recording import judge_recording
from formcheck.pose.looks import looks_of
from formcheck.sources.video import open_source
from formcheck.types import PoseSequence, Session
from formcheck.types.landmark import INDEX
from sample_videos.drawn.camera import Camera
from sample_videos.drawn.figure import Drawn, play
from sample_videos.drawn.film import Codec, Grain, encoded
from sample_videos.drawn.motions import PLAYED
from sample_videos.drawn.painter import encode, paint
from sample_videos.drawn.room import Room
from sample_videos.drawn.scene import Scene
from sample_videos.drawn.timeline import Script
from validation.sensor.command import command
from validation.sensor.looks import CACHE

Image = NDArray[np.uint8]
Array = NDArray[np.float64]

_STANDING = (("squat", "side"), ("squat", "front"), ("jumping_jack", "front"), ("lunge", "side"))
_LYING = ("plank_hold", "push_up", "glute_bridge", "sit_up", "side_plank_hold")
_SIZES = ((640, 480), (1280, 720), (1920, 1080))
#: The crown is so many times as far from the heel as the eyes are (source winter).
_CROWN = 1.07
_CODEC, _NOISE = Codec(crf=28, preset="veryfast"), 3.0
#: Where in the picture the person is, shares of it.
_AT = (0.35, 0.55)

FILE = Path(__file__).parents[2] / "docs" / "sensor-small.md"
_HEADS = ("clip", "way", "picture", "px", "found %", "error", "counted", "looks", "CPU ms a look")
_PAGE = """\
# People who are small in the picture

Written by `make sensor`, which draws the clips, looks at them as `formcheck analyze` does and adds up; do not
edit by hand. {done} of {all} clips, each of a person as long as said, px: seen by a camera far away, in a
picture that was made small ("scaled"), or walking up to the camera from so small; with noise, and compressed
as messengers do. "Found" is the share of all frames, those between looks filled in. "Error" is the mean over
landmarks and frames, trunk lengths. "Counted" is what was counted, and what was performed.

Found in 98 % of the frames or more: {found} of {done}.

"""


@dataclass(frozen=True)
class Small:
    """Somebody ``px`` long, seen by a camera far away or in a picture made small; or who walks up to it."""

    exercise: str
    view: str
    px: int
    size: tuple[int, int]
    way: Literal["far", "scaled", "walks"]

    @property
    def name(self) -> str:
        """What its row is kept by."""
        width, height = self.size
        return f"small_{self.exercise}_{self.view}_{self.px}_{self.way}_{width}x{height}"

    @property
    def script(self) -> Script:
        """What is performed."""
        size = (640, 480) if self.way == "scaled" else self.size
        scene = Scene(noise=_NOISE)
        return Script(
            self.exercise, view=self.view, size=size, reps=3, duration_s=8.0, sway=1.0, seed=3, scene=scene
        )


def clips() -> list[Small]:
    """Sizes of picture and ways in turn, so that each meets every length and nearly every exercise."""
    standing = product((60, 80, 100, 140, 200), (*_STANDING, ("running", "side")))
    lying = product((100, 140, 200), ((name, PLAYED[name].view) for name in _LYING))
    ways: tuple[Literal["far", "scaled"], ...] = ("far", "scaled")
    rows = [
        Small(exercise, view, px, _SIZES[i % 3], ways[i // 3 % 2])
        for i, (px, (exercise, view)) in enumerate([*standing, *lying])
    ]
    return [*rows, Small("walking", "front", 60, (1280, 720), "walks")]


def _length(image: Array) -> float:
    return _CROWN * float(np.ptp(image[0], axis=0).max())


def _far(clip: Small, drawn: Drawn) -> tuple[Camera, Array]:
    """The camera that sees the person so long and there, and the joints."""
    camera = drawn.camera
    camera = replace(camera, focal_px=camera.focal_px * clip.px / _length(camera.project(drawn.joints)))
    first = camera.project(drawn.joints)[0]
    off = np.array(_AT) * clip.size - (first.min(axis=0) + first.max(axis=0)) / 2
    return replace(camera, shift=(float(off[0]), float(off[1]))), drawn.joints


def _walks(clip: Small, drawn: Drawn, nearest_px: float = 400.0) -> tuple[Camera, Array]:
    """The usual camera, aimed at where the person is ``nearest_px`` long, and joints that come up to it."""
    usual = drawn.camera
    scale = nearest_px / _length(usual.project(drawn.joints))
    camera = replace(usual, focal_px=usual.focal_px * scale, shift=(0.0, 0.0))
    away = camera.distance_m * (nearest_px / clip.px - 1) * np.linspace(1, 0, len(drawn.joints))
    _, _, toward = camera.axes
    return camera, drawn.joints - away[:, None, None] * toward


def frames(clip: Small) -> tuple[Iterator[Image], Array, Drawn]:
    """The pictures, and where the joints are in them, (T, 33, 2) px."""
    drawn = play(clip.script)
    mat, grain = PLAYED[clip.exercise].mat, Grain(drawn.script.scene, clip.size)
    if clip.way == "scaled":
        camera, joints = drawn.camera, drawn.joints
    else:
        camera, joints = (_far if clip.way == "far" else _walks)(clip, drawn)
    room, true = Room(camera, mat=mat), camera.project(joints)
    pictures = (encode(paint(body, camera, room)) for body in joints)
    if clip.way == "scaled":
        shrunk = clip.px / _length(true)
        width, height = (round(shrunk * n) for n in camera.size)
        left, top = (
            round(share * (n - m)) for share, n, m in zip(_AT, clip.size, (width, height), strict=True)
        )
        true = true * [width / camera.size[0], height / camera.size[1]] + [left, top]
        pictures = (_within(picture, (left, top, width, height), clip.size) for picture in pictures)
    return (grain.on(picture) for picture in pictures), true, drawn


def _within(picture: Image, place: tuple[int, int, int, int], size: tuple[int, int]) -> Image:
    """A picture made small, its edges going on to the edges of a larger one."""
    left, top, width, height = place
    shrunk = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    right, bottom = size[0] - left - width, size[1] - top - height
    out: Image = cv2.copyMakeBorder(shrunk, top, bottom, left, right, cv2.BORDER_REPLICATE)  # type: ignore[assignment]
    return out


def row(clip: Small, folder: Path) -> list[str]:
    """Draw, look and compare: the cells of its row."""
    pictures, true, drawn = frames(clip)
    path = folder / "small.mp4"
    encoded(pictures, replace(clip.script, size=clip.size), path, _CODEC)
    with open_source(path) as source:
        began = time.process_time()
        poses = estimate(source, looks_of())
        spent = time.process_time() - began
    bodies = restored(poses)
    trunk = np.linalg.norm(
        true[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1)
        - true[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1), axis=1
    )  # fmt: skip
    off = np.linalg.norm(bodies.image - true, axis=2).mean(axis=1) / np.median(trunk)
    looks = int((poses.looked > 0).sum())
    cells = [
        f"{clip.exercise} {clip.view}", clip.way, f"{clip.size[0]}x{clip.size[1]}", clip.px,
        f"{100 * np.mean(bodies.found):.1f}", f"{np.nanmean(off):.3f}", _counted(clip, poses, drawn),
        looks, f"{1000 * spent / looks:.0f}",
    ]  # fmt: skip
    return [str(cell) for cell in cells]


def _counted(clip: Small, poses: PoseSequence, drawn: Drawn) -> str:
    """What was counted, of how many; seconds of what is held."""
    if clip.exercise == "walking" or not poses.found.any():
        return "-"
    session: Session = judge_recording(poses, clip.exercise)
    if "hold" in drawn.truth:
        hold = drawn.truth["hold"]
        return f"{session.summary.hold_s or 0:.1f} s of {hold['end_s'] - hold['start_s']:.1f}"
    if session.gait is not None:
        return f"{session.gait.cadence_spm or 0:.0f} of {drawn.truth['cadence_spm']:.0f} steps/min"
    return f"{session.summary.reps} of {drawn.truth['count']}"


def fill(wanted: Iterable[Small]) -> Iterator[str]:
    """Make the rows that are missing; the name of each clip that is done."""
    CACHE.mkdir(exist_ok=True)
    for clip in wanted:
        kept = CACHE / f"{clip.name}.json"
        if not kept.exists():
            with tempfile.TemporaryDirectory() as folder:
                cells = row(clip, Path(folder))
            kept.write_text(json.dumps(cells), encoding="utf-8")
        yield clip.name


def page() -> str:
    """What has been looked at so far."""
    kept = [CACHE / f"{clip.name}.json" for clip in clips()]
    rows = [json.loads(path.read_text(encoding="utf-8")) for path in kept if path.exists()]
    found = sum(float(cells[_HEADS.index("found %")]) >= 98 for cells in rows)
    lines = ["| " + " | ".join(cells) + " |" for cells in (_HEADS, ["---"] * len(_HEADS), *rows)]
    return _PAGE.format(done=len(rows), all=len(kept), found=found) + "\n".join(lines) + "\n"


def _report() -> None:
    FILE.write_text(page(), encoding="utf-8")


def main() -> None:
    """Look at what has not been looked at, then report."""
    parser = argparse.ArgumentParser(prog="python -m validation.sensor.small", description=__doc__)
    command(parser, clips(), lambda wanted, _: fill(wanted), _report)


if __name__ == "__main__":
    main()
