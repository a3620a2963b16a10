"""What the arrays of saved poses may hold, wherever they came from."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from formcheck.types.landmark import COUNT

LANDMARKS = ("t", "image", "world", "visibility")
#: All that have a row a frame; files from elsewhere may lack the later ones.
ARRAYS = (*LANDMARKS, "camera", "looked", "doubt", "shot")
#: No landmark is as far from the picture in pixels, or from the hips in metres.
_MOST = 1e6
#: No camera takes as many frames per second.
_MOST_FPS = 100_000
#: How visible a landmark is, with room for what was rounded.
_VISIBILITY = (-0.01, 1.01)


def check_arrays(arrays: Mapping[str, Any]) -> None:
    """Refuse kinds and sizes of numbers that no clip has; shapes and times are checked by `PoseSequence`.

    Raises
    ------
    ValueError
        The message names the array.
    """
    for name, array in arrays.items():
        if array.dtype.kind not in "fiu":
            raise ValueError(f"{name} holds {array.dtype}, not numbers")
    n = _times(arrays["t"])
    for name in arrays.keys() - {"t"}:
        _check_finite(name, arrays[name])
    least, most = _VISIBILITY
    if np.any((arrays["visibility"] < least) | (arrays["visibility"] > most)):
        raise ValueError("visibility must lie between 0 and 1")
    if arrays["image"].shape != (n, COUNT, 2):
        raise ValueError(f"image has shape {arrays['image'].shape}, not ({n}, {COUNT}, 2)")
    if "doubt" in arrays and np.any(arrays["doubt"] < 0):
        raise ValueError("doubt must be at least 0")
    if "looked" in arrays:
        _check_looked(arrays["looked"], arrays["image"])
    if "shot" in arrays:
        _check_shot(arrays["shot"])


def _check_shot(shot: np.ndarray) -> None:
    if shot.dtype.kind == "f":
        raise ValueError("shot must hold the number of a shot for each frame")


def _check_finite(name: str, array: np.ndarray) -> None:
    if np.any(np.isinf(array)):
        raise ValueError(f"{name} holds infinite values")
    if np.any(np.abs(array) > np.float64(_MOST)):  # NaN is not; half precision ends before it
        raise ValueError(f"{name} holds values beyond all measure")


def _times(t: np.ndarray) -> int:
    """How many there are."""
    n = t.size
    if t.shape != (n,) or not np.all(np.isfinite(t)):
        raise ValueError("t must be one list of finite seconds")
    if n > 1 and float(t[-1]) - float(t[0]) < (n - 1) / _MOST_FPS:
        raise ValueError(f"t must rise, and have at most {_MOST_FPS:,} times a second")
    return int(n)


def _check_looked(looked: np.ndarray, image: np.ndarray) -> None:
    if looked.dtype.kind == "f" or looked.shape != image.shape[:1] or looked.min(initial=0) < 0:
        raise ValueError("looked must hold the number of a model for each frame")
    if looked.max(initial=0) > np.iinfo(np.uint8).max:
        raise ValueError("looked holds numbers of models that are not listed")
    if np.isfinite(image[looked == 0]).any():
        raise ValueError("image holds bodies in frames that were not looked at")
