"""Parts of a picture: around a body, all over the picture, and on the way from one to another."""

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from formcheck.types.frame import Frame
from formcheck.types.pose import Box, Pose

#: The side of the part around a body, in lengths of the body: arms rise, people jump and go on.
REACH = 2.5
#: Bodies of this length are looked for, px, or of this share of the picture's shorter side if that is more.
LEAST_PX, LEAST_SHARE = 60.0, 1 / 18
#: A body is found in a square whose side is this many times its length, and in any picture of which it is
#: this share of the longer side. Drawn people of 100 px, 10 exercises, 80 looks: in a square five times as
#: long as they are 22 are found, four times 72 (of a plank 1 of 8), and from a share of .3 on all.
FOUND_IN, LARGE = 4.0, 0.3
#: What follows a body from look to look expects it where it was in the part: by this share of its length it
#: may be elsewhere as the part has moved, and by this factor larger or smaller. Drawn squat, run and plank:
#: landmarks differ by at most .02 trunk lengths at the first step, .03 at the second; by .05 at a step of .2,
#: and from .35 and from 1.7 on the body may be lost.
STEP, STRETCH = 0.1, 1.25
#: How much of the way a part goes at once: the most that the body allows.
_STRIDES = (1.0, 0.5, 0.25, 0.12, 0.06, 0.03)

Size = tuple[int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class CropWindow:
    """A part of the picture, in its pixels."""

    left: int
    top: int
    width: int
    height: int

    def cut(self, frame: Frame) -> Frame:
        """What the frame shows there; the frame itself if that is all of it."""
        if (self.height, self.width) == frame.rgb.shape[:2]:
            return frame
        rows, columns = slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)
        return replace(frame, rgb=np.ascontiguousarray(frame.rgb[rows, columns]))

    def placed(self, pose: Pose) -> Pose:
        """A pose found there, in pixels of the whole picture."""
        corner = np.array([self.left, self.top], pose.image.dtype)
        return replace(pose, image=pose.image + corner)


def length(box: Box) -> float:
    """The longer side of a body's box, px."""
    return max(box[2] - box[0], box[3] - box[1])


def middle(box: Box) -> Point:
    """The middle of a body's box, px."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def whole(size: Size) -> CropWindow:
    """All of a picture of this width and height."""
    return CropWindow(0, 0, *size)


def around(centre: Point, length_px: float, size: Size) -> CropWindow:
    """The part for a body that is so long; all of the picture where it is large enough for that."""
    if length_px >= LARGE * max(size):
        return whole(size)
    return square(centre, REACH * max(length_px, LEAST_PX), size)


def square(centre: Point, side_px: float, size: Size) -> CropWindow:
    """The square with this centre and side, or as much of it as the picture has, moved into the picture."""
    side = max(1, min(round(side_px), *size))
    left, top = (
        round(min(max(0.0, c - side / 2), most - side)) for c, most in zip(centre, size, strict=True)
    )
    return CropWindow(left, top, side, side)


def tiles(size: Size) -> list[CropWindow]:
    """Squares all over the picture, the largest first, half a square from one to the next.

    Who is `LEAST_PX` long or longer, and too small for the whole picture, is whole and large enough in one.
    """
    sides = [round(FOUND_IN * max(LEAST_PX, LEAST_SHARE * min(size)))]
    while sides[0] < min(size):
        sides = [min(2 * sides[0], *size), *sides]
    parts = ((side, _steps(size[0], side), _steps(size[1], side)) for side in sides if side <= min(size))
    return [
        CropWindow(left, top, side, side) for side, columns, rows in parts for top in rows for left in columns
    ]


def _steps(most: int, side: int) -> list[int]:
    return [round(x) for x in np.linspace(0, most - side, ceil((most - side) / (side / 2)) + 1)]


def toward(now: CropWindow, goal: CropWindow, centre: Point, moved: Point, length_px: float) -> CropWindow:
    """The farthest part on the way to ``goal`` that keeps a body, tracked in ``now``, about where it was.

    Parameters
    ----------
    centre, moved : where the body is, and how far it went since the last look; it is thought to go on so.
    length_px : how long it is.
    """
    a, b = (np.array([w.left, w.top, w.width, w.height]) for w in (now, goal))
    for share in _STRIDES:
        then = CropWindow(*(int(x) for x in np.round(a + share * (b - a))))
        if _keeps(now, then, centre, moved, length_px):
            return then
    return now


def _keeps(now: CropWindow, then: CropWindow, centre: Point, moved: Point, length_px: float) -> bool:
    wider, higher = then.width / now.width, then.height / now.height
    right = then.left + (centre[0] - now.left) * wider - centre[0] - moved[0]
    down = then.top + (centre[1] - now.top) * higher - centre[1] - moved[1]
    most = max(STEP * length_px, abs(moved[0]), abs(moved[1]))
    return max(abs(right), abs(down)) <= most and max(wider, higher, 1 / wider, 1 / higher) <= STRETCH
