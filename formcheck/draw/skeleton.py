"""The body as lines: blue where all is well, thick orange or vermilion with rings where a fault holds."""

from collections.abc import Iterable, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import palette
from formcheck.draw.palette import Colour
from formcheck.types import ActiveFault, Pose
from formcheck.types.landmark import BONES, INDEX

Pixels = NDArray[np.uint8]

#: Visibility from which a landmark is drawn firmly, and below which it is not drawn at all. `heavy` gives .4
#: to what may carry a verdict, and .13 to near knees that it finds; a far knee behind the near one .02.
SHOWN, HIDDEN = 0.4, 0.1

_FACE = frozenset(INDEX[n] for n in INDEX if any(w in n for w in ("eye", "mouth")))
_HANDS = frozenset(INDEX[n] for n in INDEX if any(w in n for w in ("pinky", "index", "thumb")))
_JOINTS = tuple(i for i in INDEX.values() if i not in _FACE | _HANDS)
_SHIFT = 3  # points in eighths of a pixel, so that a slow movement does not jump


def draw_skeleton(
    rgb: Pixels, pose: Pose, faults: Sequence[ActiveFault] = (), scale: float = 1.0, unit: float = 4.8
) -> None:
    """Draw the person in place; NaN and unseen landmarks leave nothing behind.

    Limbs with both ends in a fault take its colour. ``scale`` is the size of ``rgb`` against the picture the
    pose was measured in, ``unit`` a hundredth of the picture's height, which thickness follows.
    """
    seen = np.where(np.isfinite(pose.image).all(axis=1), np.nan_to_num(pose.visibility), -1.0)
    points = _points(pose, scale)
    marked = _marked(faults)
    thin = max(2, round(0.55 * unit))
    bones = [(a, b, float(min(seen[a], seen[b]))) for a, b in BONES]
    faint = [points[[a, b]] for a, b, v in bones if HIDDEN <= v < SHOWN]
    _lines(rgb, faint, palette.FAINT, max(1, thin // 2))
    firm = [(a, b) for a, b, v in bones if v >= SHOWN]
    _lines(rgb, [points[[a, b]] for a, b in firm], palette.INK, thin + 2)
    _lines(rgb, [points[[a, b]] for a, b in firm], palette.GOOD, thin)
    for level in ("warn", "error"):
        limbs = [points[[a, b]] for a, b in firm if marked.get(a) == level and marked.get(b) == level]
        _lines(rgb, limbs, palette.INK, 2 * thin + 3)
        _lines(rgb, limbs, palette.of_level(level), 2 * thin + 1)
    visible = [i for i in _JOINTS if seen[i] >= SHOWN]
    _dots(rgb, points, (i for i in visible if i not in marked), thin)
    for i, level in marked.items():
        if seen[i] >= SHOWN:
            _ring(rgb, points[i], palette.of_level(level), round(2.0 * unit), thin)


def _points(pose: Pose, scale: float) -> NDArray[np.int32]:
    far = 1 << 14  # OpenCV draws nonsense from coordinates far outside, which a bad landmark may have
    pixels = np.clip(np.nan_to_num(pose.image) * scale, -far, far)
    fine: NDArray[np.int32] = np.round(pixels * (1 << _SHIFT)).astype(np.int32)
    return fine


def _marked(faults: Sequence[ActiveFault]) -> dict[int, palette.Level]:
    out: dict[int, palette.Level] = {}
    for fault in sorted(faults, key=lambda f: f.level == "error"):  # an error wins over a warning
        out.update(dict.fromkeys(fault.joints, fault.level))
    return out


def _lines(rgb: Pixels, lines: list[NDArray[np.int32]], colour: Colour, thick: int) -> None:
    if lines:
        cv2.polylines(rgb, lines, False, colour, thick, cv2.LINE_AA, _SHIFT)


def _dots(rgb: Pixels, points: NDArray[np.int32], which: Iterable[int], radius: int) -> None:
    for i in which:
        centre = (int(points[i, 0]), int(points[i, 1]))
        cv2.circle(rgb, centre, (radius + 1) << _SHIFT, palette.INK, -1, cv2.LINE_AA, _SHIFT)
        cv2.circle(rgb, centre, radius << _SHIFT, palette.PAPER, -1, cv2.LINE_AA, _SHIFT)


def _ring(rgb: Pixels, point: NDArray[np.int32], colour: Colour, radius: int, thick: int) -> None:
    centre = (int(point[0]), int(point[1]))
    cv2.circle(rgb, centre, radius << _SHIFT, palette.INK, thick + 3, cv2.LINE_AA, _SHIFT)
    cv2.circle(rgb, centre, radius << _SHIFT, colour, thick + 1, cv2.LINE_AA, _SHIFT)
    cv2.circle(rgb, centre, max(2, thick) << _SHIFT, palette.PAPER, -1, cv2.LINE_AA, _SHIFT)
