"""Which of several people is meant, frame after frame."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Literal

import numpy as np

from formcheck.types.landmark import COUNT
from formcheck.types.pose import Box, Floats, box_of

#: For how long somebody who is not seen keeps his place. Seconds.
PATIENCE_S = 1.0
#: Least overlap (IoU) of two boxes of the same person.
OVERLAP = 0.15
#: How long a stranger must have been seen to outbid the subject, as double detections flicker. Seconds.
KNOWN_S = 0.3
#: For how long somebody's movement is watched before it says anything: most of a stride. Seconds.
WATCH_S = 0.5
#: Who moves less than this is not followed for moving. Runners measured 0.026 to 0.045, a plank held 0.002.
STILL = 0.015

#: Who moves so much within himself in a few frames of a clip, and so many times as much as anybody else, is
#: who exercises. Drawn squats beside who stands and talks .07 and .016, or only stands .006; real two men who
#: squat in turn .06 and .03.
EXERCISING, TIMES, LEAST_SHAPES = 0.04, 2.0, 3

#: Of more people than this nobody is kept apart.
MOST_PEOPLE = 4
#: Two bodies that overlap more than this are one person found twice.
_SAME = 0.6

#: Who is followed: the largest (and central) body, who moves most within himself, or the most central one.
Rule = Literal["largest", "moving", "central"]


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


def count_people(bodies: Iterable[Sequence[Floats]]) -> int:
    """How many people are in view at once, 1 to `MOST_PEOPLE`.

    A number counts when two of the frames show it (or the only one does): a single frame may hold a passer-by
    or a mistake, and following several people costs more.

    Parameters
    ----------
    bodies : (L, 2) pixels of each body in each of a few frames spread over a clip.
    """
    counts = sorted(_distinct(found) for found in bodies)
    return max([1, *(counts[:-1] or counts)])


def _distinct(images: Sequence[Floats]) -> int:
    kept: list[Floats] = []
    for image in images:
        if all(overlap(box_of(image), box_of(other)) < _SAME for other in kept):
            kept.append(image)
    return len(kept)


def who_exercises(bodies: Iterable[Sequence[Floats]]) -> Box | None:
    """Where the one of several people is who moves within himself while the others do not.

    Parameters
    ----------
    bodies : (L, 2) pixels of each body in each of a few frames spread over a clip.

    Returns
    -------
    His box when he is first seen; None where nobody stands out, as in a hold.
    """
    seen: list[_Body] = []
    for image in chain.from_iterable(bodies):
        box = box_of(image)
        body = max(seen, key=lambda body: overlap(body.box, box), default=None)
        if body is None or overlap(body.box, box) < OVERLAP:
            body = _Body(box, 0.0, 0.0)
            seen.append(body)
        body.watch(image)
    often = sorted((b for b in seen if b.shapes >= LEAST_SHAPES), key=lambda body: -body.movement)
    if len(often) < 2 or often[0].movement < max(EXERCISING, TIMES * often[1].movement):
        return None
    return often[0].box


@dataclass(slots=True)
class _Body:
    """Somebody seen before: where and when last, since when, and how the body's shape varied."""

    box: Box
    t: float
    since: float
    shapes: int = 0
    mean: Floats = field(default_factory=lambda: np.zeros((COUNT, 2)))
    squares: Floats = field(default_factory=lambda: np.zeros((COUNT, 2)))

    def watch(self, image: Floats) -> None:
        """Take in the next shape: landmarks about their middle, so that a camera that pans moves nobody."""
        size = max(self.box[2] - self.box[0], self.box[3] - self.box[1])
        shape = (image - image.mean(axis=0)) / max(size, 1.0)
        self.shapes += 1
        off = shape - self.mean
        self.mean = self.mean + off / self.shapes
        self.squares = self.squares + off * (shape - self.mean)  # Welford: all shapes count, none is kept

    @property
    def movement(self) -> float:
        """How far the landmarks waver about their mean places in the body, as a share of its size."""
        return float(np.sqrt(self.squares / self.shapes).mean())


class Subject:
    """Follows one person among several.

    Everybody in view is remembered, and each body of a new frame belongs to whoever stood nearest to it. So a
    passer-by who hides the subject stays a passer-by, and does not inherit the subject's place.

    Parameters
    ----------
    width_px, height_px : size of the picture, to tell who is in the middle of it.
    rule : who is followed; decided again only when the subject is lost. "moving" has to watch for `WATCH_S`
        before it follows anybody, and never follows who stands still. A box means who is there, and where
        nobody is, the largest.
    """

    def __init__(self, width_px: int, height_px: int, rule: Rule | Box = "largest") -> None:
        self._size = (width_px, height_px)
        self._rule = rule
        self._seen: list[_Body] = []
        self._subject: _Body | None = None
        self._since = -np.inf  # when the subject was chosen
        self._longest: _Body | None = None  # of those who were followed before, and how long that was
        self._longest_s = 0.0

    def choose(self, t: float, images: Sequence[Floats]) -> int | None:
        """Which body is the subject.

        Parameters
        ----------
        t : time of the frame, seconds.
        images : (L, 2) pixels of each body found in it.

        Returns
        -------
        Index into ``images``; None if nobody is there or chosen, or the subject is out of sight for a moment.
        """
        self._forget(t)
        bodies = self._matched(t, [box_of(image) for image in images])
        if self._rule == "moving":
            for body, image in zip(bodies, images, strict=True):
                body.watch(image)
            known = [body for body in bodies if t - body.since >= WATCH_S and body.movement >= STILL]
        else:
            known = bodies
        if back := self._returned(t, bodies):
            self._subject, self._since = back, t - self._longest_s
        elif self._subject is None:
            self._subject, self._since = max(known, key=self._weight, default=None), t
        return next((i for i, body in enumerate(bodies) if body is self._subject), None)

    def _forget(self, t: float) -> None:
        self._seen = [body for body in self._seen if t - body.t <= PATIENCE_S]
        if self._subject and self._subject not in self._seen:
            followed_s = self._subject.t - self._since
            if followed_s > self._longest_s:
                self._longest, self._longest_s = self._subject, followed_s
            self._subject = None

    def _returned(self, t: float, bodies: Sequence[_Body]) -> _Body | None:
        """Who was followed longer than the subject has been, and is back where he was."""
        was = self._longest
        if was is None or (self._subject and t - self._since >= self._longest_s):
            return None
        new = [body for body in bodies if body.since > was.t]  # who hid him was there before
        back = max(new, key=lambda body: overlap(body.box, was.box), default=None)
        return back if back and overlap(back.box, was.box) >= OVERLAP else None

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
        was, now = body.box[3] - body.box[1], box[3] - box[1]
        alike = min(was, now) / max(was, now, 1.0)  # who passes before somebody is as large as he was himself
        return overlap(body.box, box) * alike * (1.0 if known else 0.5)

    def _weight(self, body: _Body) -> float:
        """What counts by the rule. Large and central is height, halved towards the left and right edge."""
        if self._rule == "moving":
            return body.movement
        width, height = self._size
        box = body.box
        inside = min(box[3], height) - max(box[1], 0.0)
        aside = min(1.0, abs((box[0] + box[2]) / width - 1.0))
        if self._rule == "central":
            return -aside
        if isinstance(self._rule, tuple) and (there := overlap(self._rule, box)) >= OVERLAP:
            return height + there
        return inside * (1.0 - 0.5 * aside)
