"""Which of several people is meant, frame after frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.types.pose import Floats

#: For how long somebody who is not seen keeps his place. Seconds.
PATIENCE_S = 1.0
#: Least overlap (IoU) of two boxes of the same person.
OVERLAP = 0.15
#: How long a stranger must have been seen to outbid the subject, as double detections flicker. Seconds.
KNOWN_S = 0.3

#: left, top, right, bottom in pixels.
Box = tuple[float, float, float, float]


def box_of(image: Floats) -> Box:
    """The box around a body's landmarks, pixels."""
    left, top = np.nanmin(image, axis=0)
    right, bottom = np.nanmax(image, axis=0)
    return float(left), float(top), float(right), float(bottom)


def overlap(a: Box, b: Box) -> float:
    """Shared part of two boxes, 0..1 (intersection over union)."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    return shared / (_area(a) + _area(b) - shared)


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


@dataclass(slots=True)
class _Body:
    """Somebody seen before: where and when last, and since when."""

    box: Box
    t: float
    since: float


class Subject:
    """Follows one person among several.

    Everybody in view is remembered, and each body of a new frame belongs to whoever stood nearest to it. So a
    passer-by who hides the subject stays a passer-by, and does not inherit the subject's place.

    Parameters
    ----------
    width_px, height_px : size of the picture, to tell who is in the middle of it.
    """

    def __init__(self, width_px: int, height_px: int) -> None:
        self._size = (width_px, height_px)
        self._seen: list[_Body] = []
        self._subject: _Body | None = None

    def choose(self, t: float, images: Sequence[Floats]) -> int | None:
        """Which body is the subject.

        Parameters
        ----------
        t : time of the frame, seconds.
        images : (33, 2) pixels of each body found in it.

        Returns
        -------
        Index into ``images``; None if nobody is there or the subject is out of sight for a moment.
        """
        self._forget(t)
        bodies = self._matched(t, [box_of(image) for image in images])
        if self._subject is None and bodies:
            self._subject = max(bodies, key=lambda body: self._weight(body.box))
        return next((i for i, body in enumerate(bodies) if body is self._subject), None)

    def _forget(self, t: float) -> None:
        self._seen = [body for body in self._seen if t - body.t <= PATIENCE_S]
        if self._subject not in self._seen:
            self._subject = None

    def _matched(self, t: float, boxes: list[Box]) -> list[_Body]:
        """Who each box belongs to, best overlaps first; strangers are remembered as new."""
        bids = [(self._bid(body, box), i, body) for body in self._seen for i, box in enumerate(boxes)]
        owners: dict[int, _Body] = {}
        for bid, i, body in sorted(bids, key=lambda bid: -bid[0]):
            if bid >= OVERLAP and i not in owners and all(body is not owner for owner in owners.values()):
                owners[i] = body
        for i, box in enumerate(boxes):
            if i in owners:
                owners[i].box, owners[i].t = box, t
            else:
                owners[i] = _Body(box, t, t)
                self._seen.append(owners[i])
        return [owners[i] for i in range(len(boxes))]

    def _bid(self, body: _Body, box: Box) -> float:
        known = body is self._subject or body.t - body.since >= KNOWN_S
        return overlap(body.box, box) * (1.0 if known else 0.5)

    def _weight(self, box: Box) -> float:
        """Large and central counts: height, halved towards the picture's left and right edge."""
        width, height = self._size
        inside = min(box[3], height) - max(box[1], 0.0)
        aside = min(1.0, abs((box[0] + box[2]) / width - 1.0))
        return inside * (1.0 - 0.5 * aside)
