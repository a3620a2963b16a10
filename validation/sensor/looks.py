"""Raw looks of the bench's clips, kept on this machine: what comes after them is then tried in seconds.

``.sensor/NAME.npz`` holds the truth of a clip and ``.sensor/NAME__WAY.npz`` what a way saw; each says by a
key what it was made of, and is made anew where that has changed. What is finished outlives an ended run.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.pose import estimators
from formcheck.pose.models import entry_of
from formcheck.sources.video import open_source
from formcheck.types import Frame
from formcheck.types.landmark import COUNT, INDEX
from sample_videos.drawn.figure import play
from sample_videos.drawn.film import encoded, pictures
from validation.sensor.suite import Take

CACHE = Path(__file__).parents[1] / ".sensor"


@dataclass(frozen=True)
class Way:
    """How a clip is looked at: by a model, at every ``every``-th frame, with its own smoothing or raw."""

    name: str
    model: str
    every: int = 1
    raw: bool = True

    @property
    def key(self) -> str:
        """Changes with the way and with the model's file."""
        return f"{self.model} {entry_of(self.model).sha256[:12]} {self.every} {self.raw}"


WAYS = (
    Way("full_ms", "full", raw=False),
    Way("full_raw", "full"),
    Way("heavy_3", "heavy", 3),
    Way("heavy_2", "heavy", 2),
    Way("lite_raw", "lite"),
)


def film(take: Take) -> Path:
    """The clip's video; drawn if it is not there yet."""
    path, clip_path = CACHE / f"{take.name}.npz", CACHE / f"{take.name}.mp4"
    if _key_of(path) == take.key and clip_path.exists():
        return clip_path
    drawn = play(take.clip.script)
    partly = clip_path.with_suffix(".part")
    encoded(pictures(take.clip, drawn), take.clip.script, partly, take.encoding)
    partly.replace(clip_path)
    true = drawn.poses.image.astype(np.float64)
    trunk = np.linalg.norm(_middle(true, "shoulder") - _middle(true, "hip"), axis=1)
    script = take.clip.script
    _save(
        path, key=take.key, t=drawn.poses.t, true=true, scale=np.median(trunk), size=script.size,
        exercise=script.exercise, view=script.view, facing=script.facing, fps=script.fps, family=take.family,
        person=take.person, scene=take.scene, codec=take.codec, truth=json.dumps(drawn.truth),
    )  # fmt: skip
    return clip_path


def look(take: Take, way: Way) -> None:
    """Look at a clip by a way, unless that has been done."""
    clip_path = film(take)
    path = CACHE / f"{take.name}__{way.name}.npz"
    key = f"{take.key} {way.key}"
    if _key_of(path) == key:
        return
    with open_source(clip_path) as source:
        frames = list(source)
    _save(path, key=key, **_seen(frames, way))


def _seen(frames: list[Frame], way: Way) -> dict[str, Any]:
    n = len(frames)
    out = {
        name: np.full((n, COUNT, *shape), np.nan, np.float32)
        for name, shape in (("image", (2,)), ("world", (3,)), ("visibility", ()))
    }
    with estimators.load(way.model).estimator() as estimator:
        started = time.process_time()
        for i in range(0, n, way.every):
            frame = frames[i]
            # Times a thousand times further apart leave MediaPipe's own smoothing nothing to smooth.
            pose = estimator.estimate(replace(frame, t=frame.t * 1000) if way.raw else frame)
            for name, rows in out.items():
                rows[i] = getattr(pose, name)
        cpu_ms = (time.process_time() - started) / n * 1000
    looked = (np.arange(n) % way.every == 0).astype(np.uint8)
    return {**out, "looked": looked, "cpu_ms": cpu_ms, "t": [frame.t for frame in frames]}


def fill(takes: list[Take], ways: list[Way]) -> Iterator[str]:
    """Make what is missing; says what was done."""
    CACHE.mkdir(exist_ok=True)
    for k, take in enumerate(takes):
        for way in ways:
            look(take, way)
        yield f"{k + 1} of {len(takes)} {take.name}"


def _middle(points: Any, name: str) -> Any:
    return (points[:, INDEX[f"left_{name}"]] + points[:, INDEX[f"right_{name}"]]) / 2


def _key_of(path: Path) -> str | None:
    if not path.exists():
        return None
    with np.load(path) as kept:
        return str(kept["key"])


def _save(path: Path, **arrays: Any) -> None:
    """All or nothing: a run that is ended leaves no half file."""
    partly = path.with_suffix(".part")
    with partly.open("wb") as file:
        np.savez_compressed(file, **arrays)
    partly.replace(path)
