"""Where somebody small is looked for, and how much that may cost."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from formcheck.pose.estimator import PoseModel
from formcheck.pose.subject import overlap
from formcheck.pose.window import REACH, CropWindow, Size, length, middle, square, tiles
from formcheck.types.frame import Frame
from formcheck.types.pose import Box, Floats, box_of

#: So many parts of the picture are searched for each second that nobody is there. One costs 12 ms, which is
#: .24 s a second: less than looking at somebody. Judgement: a round then takes from one second to eight.
TILES_PER_S = 20.0
#: A find is looked at once more, and once in the mirror, in a part for a body so many times as long, as it
#: may be half of one. If the boxes of both overlap by less (IoU), it is a mistake.
DOUBTED, SAME = 1.2, 0.5
#: That costs as much as so many parts; so many mistakes a round may hold before the search has to wait.
PRICE, MISTAKES = 25.0, 2


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
        side, size = DOUBTED * REACH * length(hint), (frame.rgb.shape[1], frame.rgb.shape[0])
        window = square(middle(hint), side, size)
        cut = window.cut(frame)
        seen, mirrored = pose_model.people_in([cut, replace(cut, rgb=np.ascontiguousarray(cut.rgb[:, ::-1]))])
        if not seen or not mirrored:
            return None
        left, top, right, bottom = _largest(mirrored)
        box = _largest(seen)
        if overlap(box, (window.width - right, top, window.width - left, bottom)) < SAME:
            return None
        return box[0] + window.left, box[1] + window.top, box[2] + window.left, box[3] + window.top


def _largest(images: Iterable[Floats]) -> Box:
    return max((box_of(image) for image in images), key=length)
