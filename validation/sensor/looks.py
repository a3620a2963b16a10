"""Raw looks of the bench's clips, kept on this machine: what comes after them is then tried in seconds.

``.sensor/NAME.npz`` holds the truth of a clip and ``.sensor/NAME__WAY.npz`` what a way saw, as `save_poses`
writes it; each has a note beside it that says what it was made of, and is made anew where that has changed.
A name may lie in a folder. What is finished outlives an ended run.
"""

import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.apps.estimate import estimate
from formcheck.apps.looking import looked_at, silent
from formcheck.pose import estimators
from formcheck.pose.estimator import Estimator
from formcheck.pose.looks import Looks, Schedule, looks_of
from formcheck.pose.models import entry_of
from formcheck.pose.store import save_poses
from formcheck.sources.video import open_source
from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from sample_videos.drawn.figure import play
from sample_videos.drawn.film import encoded, pictures
from validation.sensor.suite import Take

CACHE = Path(__file__).parents[1] / ".sensor"
#: Raise it when the drawing or the looking itself changes: a key knows what is drawn and asked for, not how.
EDITION = 1


@dataclass(frozen=True)
class Way:
    """How a clip is looked at.

    Attributes
    ----------
    model : a model's name, or "auto" for the product's own choice.
    every : a look at every so many frames; of "auto" it says nothing.
    smoothing : MediaPipe's own.
    named : whether the exercise is named, so that "auto" knows a run.
    """

    name: str
    model: str
    every: int = 1
    smoothing: bool = False
    named: bool = True

    def looks(self, fps: float) -> Looks:
        """Which models look at a clip of this frame rate, and how often."""
        if self.model == "auto":
            return looks_of()
        return Looks(self.model, fps / self.every, fps / self.every, goes_back=False)

    def key(self, fps: float) -> str:
        """Changes with the way and with the model's file."""
        looks = self.looks(fps)
        files = " ".join(entry_of(model).sha256[:12] for model in looks.models)
        return f"{looks} {files} {self.smoothing} {self.named}"


WAYS = (
    Way("full_ms", "full", smoothing=True),
    Way("full_raw", "full"),
    Way("heavy_3", "heavy", 3),
    Way("heavy_2", "heavy", 2),
    Way("lite_raw", "lite"),
    Way("auto", "auto"),
    Way("auto_untold", "auto", named=False),
)


def film(take: Take) -> Path:
    """The clip's video; drawn if it is not there yet."""
    path, clip_path = CACHE / f"{take.name}.npz", CACHE / f"{take.name}.mp4"
    key = f"{EDITION} {take.key}"
    if noted(path).get("key") == key:
        return clip_path
    drawn = play(take.clip.script)
    partly = clip_path.with_suffix(".part")
    encoded(pictures(take.clip, drawn), take.clip.script, partly, take.encoding)
    partly.replace(clip_path)
    true = drawn.poses.image.astype(np.float64)
    trunk = np.linalg.norm(_middle(true, "shoulder") - _middle(true, "hip"), axis=1)
    script = take.clip.script
    with partly.open("wb") as file:
        np.savez_compressed(
            file, t=drawn.poses.t, true=true, scale=np.median(trunk), size=script.size,
            exercise=script.exercise, view=script.view, facing=script.facing, fps=script.fps,
            family=take.family, person=take.person, scene=take.scene, codec=take.codec,
            truth=json.dumps(drawn.truth),
        )  # fmt: skip
    partly.replace(path)
    write_note(path.with_suffix(".json"), key=key)
    return clip_path


def seen_at(take: Take, way: Way) -> Path:
    """Where the looks of a clip are kept."""
    return CACHE / f"{take.name}__{way.name}.npz"


def looked(take: Take, way: Way) -> bool:
    """Whether a clip has been looked at by a way as it is drawn now."""
    return noted(seen_at(take, way)).get("key") == _key(take, way)


def _key(take: Take, way: Way) -> str:
    return f"{EDITION} {take.key} {way.key(take.clip.script.fps)}"


def look(take: Take, way: Way) -> None:
    """Look at a clip by a way, unless that has been done."""
    clip_path = film(take)
    if looked(take, way):
        return
    path, fps = seen_at(take, way), take.clip.script.fps
    started = time.process_time()
    poses = _seen(clip_path, way, fps, runs=take.clip.script.exercise == "running")
    cpu_ms = (time.process_time() - started) / len(poses) * 1000
    save_poses(path, poses)
    write_note(path.with_suffix(".json"), key=_key(take, way), cpu_ms=cpu_ms)


def _seen(clip: Path, way: Way, fps: float, *, runs: bool) -> PoseSequence:
    looks = way.looks(fps)
    with open_source(clip) as source:
        if not way.smoothing:
            return estimate(source, looks, runs=runs if way.named else None)
        poses = looked_at(source, _smoothing, Schedule(looks, runs=runs), silent)
        return replace(poses, clock="smoothed")


def _smoothing(model: str) -> Estimator:
    return estimators.load(model).estimator(smoothing=True)


def fill(takes: Iterable[Take], ways: Iterable[Way]) -> Iterator[str]:
    """Make what is missing; says what was done."""
    for take in takes:
        (CACHE / take.name).parent.mkdir(parents=True, exist_ok=True)
        for way in ways:
            look(take, way)
        yield take.name


def noted(path: Path) -> dict[str, Any]:
    """What a file of the cache was made of, and its price; empty where it is not there."""
    note = path.with_suffix(".json")
    if not (path.exists() and note.exists()):
        return {}
    words: dict[str, Any] = json.loads(note.read_text(encoding="utf-8"))
    return words


def write_note(note: Path, **words: object) -> None:
    """All of it or nothing."""
    partly = note.with_suffix(".part")
    partly.write_text(json.dumps(words), encoding="utf-8")
    partly.replace(note)


def _middle(points: Any, name: str) -> Any:
    return (points[:, INDEX[f"left_{name}"]] + points[:, INDEX[f"right_{name}"]]) / 2
