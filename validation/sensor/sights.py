"""What is made of raw looks: bodies in every frame, as each version of the product makes them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.restore import restored
from formcheck.pose.store import load_poses
from formcheck.types import PoseSequence
from validation.sensor.looks import CACHE, noted
from validation.sensor.one_euro import OneEuro

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Truth:
    """What is known of a clip; see `looks.film`."""

    t: Array
    image: Array
    scale: float
    size: tuple[int, int]
    more: dict[str, Any]

    @classmethod
    def of(cls, name: str) -> "Truth":
        """Of a clip of the cache."""
        with np.load(CACHE / f"{name}.npz") as file:
            kept = dict(file)
        size = int(kept["size"][0]), int(kept["size"][1])
        plain = {key: value.item() for key, value in kept.items() if value.ndim == 0}
        return cls(kept["t"], kept["true"], float(kept["scale"]), size, plain)


@dataclass(frozen=True)
class Sight:
    """A way of looking and what is made of the looks."""

    name: str
    way: str
    about: str
    bodies: Callable[[PoseSequence], PoseSequence] = restored

    def path(self, clip: str) -> Path:
        """Where the looks are kept."""
        return CACHE / f"{clip}__{self.way}.npz"


def _as_in_0_6(poses: PoseSequence) -> PoseSequence:
    """Points smoothed causally on top of MediaPipe's own smoothing."""
    trunk = _trunk_px(poses)
    z = (poses.image[..., 0] + 1j * poses.image[..., 1]).astype(np.complex128) / trunk
    z = OneEuro(1.5, 2.0, 1.0).over(poses.t, z) * trunk
    return replace(poses, image=np.stack([z.real, z.imag], axis=-1))


def _trunk_px(poses: PoseSequence) -> float:
    image = poses.image.astype(np.float64)
    trunk = image[:, [11, 12]].mean(axis=1) - image[:, [23, 24]].mean(axis=1)
    return float(np.nanmedian(np.linalg.norm(trunk, axis=1)))


OLD = "0.6.0"
SIGHTS = (
    Sight(OLD, "full_ms", "`full` on every frame with MediaPipe's smoothing, then One-Euro", _as_in_0_6),
    Sight("full", "full_raw", "`full` on every frame, raw, restored"),
    Sight("heavy_3", "heavy_3", "`heavy` on every third frame, raw, restored"),
    Sight("heavy_2", "heavy_2", "`heavy` on every second frame, raw, restored"),
    Sight("lite", "lite_raw", "`lite` on every frame, raw, restored"),
    Sight("auto", "auto", "the product's own choice, the exercise named"),
    Sight("auto, unnamed", "auto_untold", "the product's own choice, the exercise to be recognised"),
)


@cache
def seen(clip: str, sight: Sight) -> tuple[PoseSequence, float] | None:
    """The bodies of a clip and the price of its looks, ms a frame; None where it has not been looked at."""
    path = sight.path(clip)
    note = noted(path)
    if not note:
        return None
    # The doubt kept with the looks is that of the day they were made; it is estimated anew.
    return sight.bodies(replace(load_poses(path), doubt=None)), float(note["cpu_ms"])
