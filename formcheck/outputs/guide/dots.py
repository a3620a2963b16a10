"""The picture of an exercise in braille letters, for a terminal: eight dots a letter."""

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.pictures import Picture, Posture
from formcheck.outputs.guide.body import BodyShape, scene

Array = NDArray[np.float64]
Dots = NDArray[np.bool_]

COLUMNS, ROWS = 36, 12  #: letters of one posture, at most
_BITS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])  # of a letter's 4 x 2 dots
_EMPTY = 0x2800
_FLESH = 95.0  # millimetres around the landmarks


def dots(picture: Picture) -> list[str]:
    """Lines of text: the postures side by side, each over its caption."""
    scale = min(_scale(posture) for posture in picture.postures.values())
    drawn = [_letters(_draw(posture, picture.near, scale)) for posture in picture.postures.values()]
    lines = [*zip(*drawn, strict=True), [caption.center(COLUMNS) for caption in picture.postures]]
    blank = chr(_EMPTY) * COLUMNS
    return ["  ".join(line).rstrip() for line in lines if any(part != blank for part in line)]


def _scale(posture: Posture) -> float:
    """Dots a millimetre."""
    wide = float(np.ptp(posture.points[:, 0])) + 2 * _FLESH
    return min(2 * COLUMNS / wide, 4 * ROWS / (_FLESH - float(posture.points[:, 1].min())))


def _draw(posture: Posture, near: str | None, scale: float) -> Dots:
    """Far limbs and things half as dense; a thin gap round what lies in front; a dotted floor."""
    y, x = np.mgrid[: 4 * ROWS, : 2 * COLUMNS].astype(float)
    chess = (x + y) % 2 == 0
    out = np.zeros(x.shape, bool)
    for shape in scene(posture, near):
        mask = _cover(shape, x, y, scale)
        if shape.edged:
            out &= ~_wider(mask)
        if shape.tone != "mark":
            out |= mask if shape.tone == "near" else mask & chess
    out[-1] |= x[-1] % 2 == 0
    return out


def _cover(shape: BodyShape, x: Array, y: Array, scale: float) -> Dots:
    """The dots inside any of a shape's outlines: those round which one winds."""
    out = np.zeros(x.shape, bool)
    for outline in shape.outlines:
        turns = np.zeros(x.shape, int)
        corners = outline * scale + [COLUMNS, 4 * ROWS - 2.01]
        for (ax, ay), (bx, by) in zip(corners, np.roll(corners, -1, axis=0), strict=True):
            crossed = (ay <= y) != (by <= y)
            left = x < ax + (y - ay) * (bx - ax) / (by - ay or 1.0)
            turns += np.where(crossed & left, np.sign(by - ay), 0).astype(int)
        out |= turns != 0
    return out


def _wider(mask: Dots) -> Dots:
    """With all neighbours above, below, left and right."""
    m = np.pad(mask, 1)
    return mask | m[2:, 1:-1] | m[:-2, 1:-1] | m[1:-1, 2:] | m[1:-1, :-2]


def _letters(grid: Dots) -> list[str]:
    cells = grid.reshape(ROWS, 4, COLUMNS, 2).transpose(0, 2, 1, 3) * _BITS
    return ["".join(chr(_EMPTY + int(code)) for code in row) for row in cells.sum(axis=(2, 3))]
