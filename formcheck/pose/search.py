"""Where somebody small is looked for, and how much that may cost."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from formcheck.pose.estimator import PoseModel
from formcheck.pose.window import REACH, CropWindow, Size, length, middle, square, tiles
from formcheck.types.frame import Frame
from formcheck.types.landmark import MIRROR
from formcheck.types.pose import Box, Floats, box_of

#: So many parts of the picture are searched for each second that nobody is there. One costs 12 ms, which is
#: .24 s a second: less than looking at somebody. Judgement: a round then takes from one second to eight.
TILES_PER_S = 20.0
#: A find is looked at three times more, in parts for a body so many times as long, as it may be half of one;
#: all but the first time in the mirror. A landmark may be so far from where the first look has it on average,
#: lengths of the body. Finds of drawn dogs, and the first find of people of 60 and 100 px, real and drawn:
#: with full 43 of 44 dogs are farther apart (from .089 on) and 43 of 46 people nearer (the others to .11),
#: with heavy 27 of 28 dogs and 7 of 8 people. In a part of a body's own length runners are not seen again.
DOUBTED, SAME = (1.2, 1.3, 1.5), 0.08
#: That costs as much as so many parts; so many mistakes a round may hold before the search has to wait.
PRICE, MISTAKES = 30.0, 2


class Search:
    """Goes round the parts of one source's pictures, and remembers where somebody was.

    A whole round is allowed at once, mistakes included; what is spent comes back by `TILES_PER_S`.
    """

    def __init__(self) -> None:
        #: The part of the picture that somebody was followed in last.
        self.last: CropWindow | None = None
        self._size: Size | None = None
        self._tiles: list[CropWindow] = []
        self._t, self._next, self._credit = 0.0, 0, 0.0

    def parts(self, t: float, size: Size) -> Iterator[CropWindow]:
        """The parts to look at now, large ones first; the round is taken up again where it was left."""
        if size != self._size:
            self._size, self._tiles, self._t = size, tiles(size), t
            self._next, self._credit = 0, np.inf
        most = len(self._tiles) + MISTAKES * PRICE
        self._credit = min(most, self._credit + TILES_PER_S * max(0.0, t - self._t))
        self._t = max(t, self._t)
        for _ in self._tiles:
            if self._credit < 1:
                return
            self._credit -= 1
            self._next = (self._next + 1) % len(self._tiles)
            yield self._tiles[self._next - 1]

    def confirmed(self, frame: Frame, hint: Box, pose_model: PoseModel) -> Box | None:
        """The box of the body that a part of the frame seemed to show at ``hint``; None of a mistake."""
        self._credit -= PRICE
        side, size = REACH * length(hint), (frame.rgb.shape[1], frame.rgb.shape[0])
        parts = [square(middle(hint), more * side, size) for more in DOUBTED]
        looks = [part.cut(frame) for part in parts]
        seen = pose_model.people_in([looks[0], *map(_mirror_image, looks[1:])])
        bodies = [max(images, key=lambda image: length(box_of(image)), default=None) for images in seen]
        if any(body is None for body in bodies):
            return None
        body = bodies[0] + np.array([parts[0].left, parts[0].top])
        for part, mirrored in zip(parts[1:], bodies[1:], strict=True):
            other = mirrored * np.array([-1, 1]) + np.array([part.left + part.width, part.top])
            if _apart(body, other) > SAME:
                return None
        return box_of(body)


def _mirror_image(frame: Frame) -> Frame:
    return replace(frame, rgb=np.ascontiguousarray(frame.rgb[:, ::-1]))


def _apart(body: Floats, other: Floats) -> float:
    """How far the landmarks are apart, lengths of the body; who is small may have his sides exchanged."""
    off = min(np.nanmean(np.linalg.norm(body - other[sides], axis=1)) for sides in (MIRROR, slice(None)))
    return float(off / length(box_of(body)))
