"""Whether drawn people stand in for real ones: how far two looks at the same person lie apart.

Nothing is known of where the joints of a real person are, but he can be looked at twice: by two models, and
in the picture and its mirror image. How far these lie apart says how hard the pictures are.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.pose import estimators
from formcheck.sources.video import open_source
from formcheck.types import Frame
from formcheck.types.landmark import COUNT, MIRROR
from validation.sensor.looks import CACHE, write_note
from validation.sensor.score import JOINTS
from validation.sensor.suite import TAKES

Array = NDArray[np.float64]
#: Mean and 95th percentile.
Pair = tuple[float, float]

SHARED = Path(__file__).parents[3] / "shared"
#: So many frames of each clip, every so manieth looked at twice; every so manieth clip.
FRAMES, EVERY, STEP = 120, 3, 2
#: Of a clip in which nobody is found in so many of the frames nothing is said.
LEAST = 0.8


@dataclass(frozen=True)
class Apart:
    """A clip, and how far two looks lie apart, trunk lengths: the joints' mean and 95th percentile.

    ``mirror`` of `full` in the picture and its mirror image, ``models`` of `full` and `heavy`.
    """

    clip: str
    real: bool
    mirror: Pair
    models: Pair


def apart() -> Iterator[Apart]:
    """Of drawn clips that have been filmed, and of the real ones that are present."""
    drawn = [CACHE / f"{take.name}.mp4" for take in TAKES[::STEP]]
    real = [clip for folder in ("clips", "clips2") for clip in sorted((SHARED / folder).glob("*.mp4"))]
    for clip, is_real in [*((c, False) for c in drawn if c.exists()), *((c, True) for c in real[::STEP])]:
        figures = _kept(clip)
        if figures:
            yield Apart(clip.stem, is_real, *figures)


def _kept(clip: Path) -> list[Pair]:
    """Its figures, from the cache where the clip is still the same."""
    note, digest = CACHE / f"{clip.stem}__apart.json", hashlib.sha256(clip.read_bytes()).hexdigest()
    words = json.loads(note.read_text(encoding="utf-8")) if note.exists() else {}
    if words.get("clip") != digest:
        words = {"clip": digest, "figures": _figures(clip)}
        write_note(note, **words)
    return [(mean, most) for mean, most in words["figures"]]


def _figures(clip: Path) -> list[Pair]:
    """Mirror and models; nothing where hardly anybody is found."""
    with open_source(clip) as source:
        frames = list(islice(source, FRAMES))[::EVERY]
    full, heavy = _seen(frames, "full"), _seen(frames, "heavy")
    mirrored = _seen([replace(frame, rgb=frame.rgb[:, ::-1]) for frame in frames], "full")[:, MIRROR]
    mirrored[..., 0] = frames[0].rgb.shape[1] - mirrored[..., 0]
    trunk = full[:, [11, 12]].mean(axis=1) - full[:, [23, 24]].mean(axis=1)
    scale = np.nanmedian(np.linalg.norm(trunk, axis=1))
    pairs = [np.linalg.norm(other - full, axis=2)[:, JOINTS] / scale for other in (mirrored, heavy)]
    if min(np.isfinite(pair[:, 0]).mean() for pair in pairs) < LEAST:
        return []
    return [(float(np.nanmean(pair)), float(np.nanquantile(pair, 0.95))) for pair in pairs]


def _seen(frames: list[Frame], model: str) -> Array:
    out = np.full((len(frames), COUNT, 2), np.nan)
    with estimators.load(model).estimator(smoothing=False) as estimator:
        for k, frame in enumerate(frames):
            out[k] = estimator.estimate(frame).image
    return out
