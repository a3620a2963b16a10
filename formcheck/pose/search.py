"""Where somebody small is looked for, and how much that may cost."""

from collections.abc import Iterable, Iterator
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
#: A find is looked at twice more, the second time in the mirror, in parts for a body so many times as long, as
#: it may be half of one. If both do not show the same body, their landmarks so many of its lengths apart at
#: most, it is a mistake.
DOUBTED, SAME = (1.2, 1.5), 0.1
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
        side, size = REACH * length(hint), (frame.rgb.shape[1], frame.rgb.shape[0])
        near, far = (square(middle(hint), more * side, size) for more in DOUBTED)
        mirror = far.cut(frame)
        mirror = replace(mirror, rgb=np.ascontiguousarray(mirror.rgb[:, ::-1]))
        seen, mirrored = map(_largest, pose_model.people_in([near.cut(frame), mirror]))
        if seen is None or mirrored is None:
            return None
        body = seen + [near.left, near.top]
        other = mirrored * [-1, 1] + [far.left + far.width, far.top]
        return box_of(body) if _apart(body, other) <= SAME else None


def _largest(images: Iterable[Floats]) -> Floats | None:
    return max(images, key=lambda image: length(box_of(image)), default=None)


def _apart(body: Floats, other: Floats) -> float:
    """How far the landmarks are apart, lengths of the body; who is small may have his sides exchanged."""
    off = min(np.nanmean(np.linalg.norm(body - other[sides], axis=1)) for sides in (MIRROR, slice(None)))
    return float(off / length(box_of(body)))
