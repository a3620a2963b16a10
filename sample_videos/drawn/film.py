"""Clips become files: H.264 in MP4, the same bytes on every run, and the truth beside them."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import av
import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.clips import Clip
from sample_videos.drawn.figure import Drawn, play
from sample_videos.drawn.motions import PLAYED
from sample_videos.drawn.painter import encode, paint
from sample_videos.drawn.room import Room
from sample_videos.drawn.scene import Scene
from sample_videos.drawn.timeline import Script

Array = NDArray[np.float64]
Image = NDArray[np.uint8]

#: Where the shutter is open for long, pictures so far apart are averaged, px, and at most so many.
APART_PX, MOMENTS = 3.0, 9
#: The noise may be moved by so many px.
_SPARE = 64


@dataclass(frozen=True)
class Codec:
    """How a clip is compressed: encoder, and its constant rate factor, higher is coarser."""

    encoder: Literal["libx264", "libx265"] = "libx264"
    crf: int = 24
    preset: str = "slow"

    @property
    def options(self) -> dict[str, str]:
        """One thread and no time stamps or version names: a second run gives the same file."""
        own = {
            "libx264": {"x264-params": "threads=1:sliced-threads=0"},
            "libx265": {"x265-params": "pools=1:frame-threads=1:log-level=none"},
        }
        return {"crf": str(self.crf), "preset": self.preset, "threads": "1"} | own[self.encoder]


def truth_of(clip: Clip, drawn: Drawn) -> dict[str, Any]:
    """What NAME.truth.json holds."""
    head = {"name": clip.name, "about": clip.about}
    if not clip.nobody:
        return head | drawn.truth
    kept = ("fps", "frames", "size")
    empty: dict[str, Any] = {"exercise": None, "view": None, "facing": None, "near_side": None}
    return head | empty | {k: drawn.truth[k] for k in kept} | {"count": 0, "reps": [], "faults": []}


def truth_text(truth: dict[str, Any]) -> str:
    """The truth as it is written: indented, one line an entry of a list."""
    lines = [f"  {json.dumps(key)}: {_value(value)}" for key, value in truth.items()]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _value(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"    {json.dumps(item)}" for item in value) + "\n  ]"
    return json.dumps(value)


def pictures(clip: Clip, drawn: Drawn) -> Iterator[Image]:
    """Every frame of a clip, (H, W, 3) uint8 RGB."""
    script = clip.script
    room = Room(
        drawn.camera,
        mat=None if clip.nobody else PLAYED[script.exercise].mat,
        treadmill=clip.treadmill,
        scenery=script.filming != "fixed",
        scene=script.scene,
    )
    moved = np.broadcast_to(drawn.background, (len(drawn.joints), 2))
    grain = Grain(script.scene, script.size)
    for k in range(len(drawn.joints)):
        room.move(moved[k])
        if clip.nobody:
            yield encode(room.still)
            continue
        camera = drawn.camera.at(k)
        moments = [paint(joints, camera, room, script.person) for joints in _exposed(drawn, k)]
        yield grain.on(encode(sum(moments[1:], moments[0]) / len(moments)))


def _exposed(drawn: Drawn, k: int) -> list[Array]:
    """The joints while the shutter is open, its middle at the frame's own time."""
    share, last = drawn.script.scene.exposed, len(drawn.joints) - 1
    if not share:
        return [drawn.joints[k]]
    moved = np.diff(drawn.poses.image[max(k - 1, 0) : min(k + 1, last) + 1], axis=0)
    quickest = np.nanmax(np.linalg.norm(moved, axis=2), initial=0.0)
    moments = int(np.clip(np.ceil(share * quickest / APART_PX), 1, MOMENTS))
    at = np.clip(k + share * (np.arange(moments) + 0.5 - moments / 2) / moments, 0, last)
    low = np.minimum(at.astype(int), last - 1)
    part = (at - low)[:, None, None]
    return list(drawn.joints[low] * (1 - part) + drawn.joints[low + 1] * part)


class Grain:
    """Noise of the sensor: one field, laid over every frame at another place."""

    def __init__(self, scene: Scene, size: tuple[int, int]) -> None:
        self._rng = np.random.default_rng([scene.seed, 3])
        width, height = size
        shape = (height + _SPARE, width + _SPARE, 3)
        self._field = scene.noise * self._rng.standard_normal(shape, np.float32) if scene.noise else None

    def on(self, picture: Image) -> Image:
        """The picture with noise, which is none where the scene has none."""
        if self._field is None:
            return picture
        y, x = self._rng.integers(0, _SPARE, 2)
        height, width, _ = picture.shape
        noisy = picture + self._field[y : y + height, x : x + width]
        out: Image = np.clip(np.round(noisy), 0, 255).astype(np.uint8)
        return out


def write(clip: Clip, folder: Path) -> Path:
    """Write NAME.mp4 and NAME.truth.json into ``folder``; returns the video's path."""
    drawn = play(clip.script)
    path = folder / f"{clip.name}.mp4"
    (folder / f"{clip.name}.truth.json").write_text(truth_text(truth_of(clip, drawn)), encoding="utf-8")
    encoded(pictures(clip, drawn), clip.script, path, Codec())
    return path


def encoded(pictures: Iterable[Image], script: Script, path: Path, codec: Codec) -> None:
    """Write pictures as a video."""
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(path), "w", format="mp4", options=options) as container:
        stream = container.add_stream(codec.encoder, rate=Fraction(script.fps), options=codec.options)
        stream.width, stream.height = script.size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        stream.codec_context.flags |= av.codec.context.Flags.bitexact
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
