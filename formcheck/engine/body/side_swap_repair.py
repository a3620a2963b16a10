"""Left and right, of limbs or of the trunk, that the model has exchanged, put back (specification 1.11).

BlazePose exchanges the legs of bodies that lie, cross them or are seen from the side, with full visibility.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.landmarks import COUNTABLE, Points
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]

#: Exchanged labels must fit the frame before this much better than the model's own.
BETTER = 0.6
#: Limbs closer together than this, in trunk lengths, may be crossing: nothing can be told.
APART = 0.25
#: Contradicted for longer than this, less what was agreed meanwhile, the model is believed after all: nobody
#: knows that the first frame was right.
PATIENCE_S = 0.3
#: After a gap this long nothing is remembered.
FORGET_S = 0.2

_GROUPS = (
    ("shoulder", "hip"),
    ("knee", "ankle", "heel", "toe"),
    ("elbow", "wrist", "pinky", "index", "thumb"),
)
#: What the distance is measured by: the joints, not the fingers and toes.
_JOINTS = (("shoulder", "hip"), ("knee", "ankle", "toe"), ("elbow", "wrist"))


def _pairs(joints: tuple[str, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    sides = ([INDEX[f"{side}_{joint}"] for joint in joints] for side in ("left", "right"))
    left, right = (np.array(indices) for indices in sides)
    return left, right


@dataclass(slots=True)
class _Limbs:
    """One pair of limbs."""

    all: tuple[NDArray[np.intp], NDArray[np.intp]]
    joints: tuple[NDArray[np.intp], NDArray[np.intp]]
    last: Points | None = None
    exchange: bool = False
    doubt_s: float = 0.0

    def step(self, dt: float, points: Points) -> tuple[bool, bool]:
        """Whether to exchange the limbs of this frame, and whether the model has just exchanged them."""
        left, right = self.joints
        plain = points[np.concatenate((left, right))]
        other = points[np.concatenate((right, left))]
        now, then = (other, plain) if self.exchange else (plain, other)
        fired = self.last is not None and _exchanged(self.last, now, then)
        self.exchange = self.exchange != fired
        self.doubt_s = max(0.0, self.doubt_s + (dt if self.exchange else -dt))
        if self.doubt_s > PATIENCE_S:
            self.exchange, self.doubt_s = False, 0.0
        self.last = other if self.exchange else plain
        return self.exchange, fired

    def forget(self) -> None:
        """Start anew."""
        self.last, self.exchange, self.doubt_s = None, False, 0.0


def _exchanged(last: Points, now: Points, then: Points) -> bool:
    half = len(last) // 2
    before, after = (float(np.abs(p[:half] - p[half:]).max()) for p in (last, now))
    if before < APART or after < before / 2:
        return False
    return float(np.abs(then - last).sum()) < BETTER * float(np.abs(now - last).sum())


@dataclass(slots=True)
class SideSwapRepair:
    """Keeps left left and right right, frame by frame."""

    exchanges: int = 0
    _limbs: tuple[_Limbs, ...] = field(
        default_factory=lambda: tuple(
            _Limbs(_pairs(g), _pairs(j)) for g, j in zip(_GROUPS, _JOINTS, strict=True)
        )
    )
    _t: float = -np.inf

    def step(self, t: float, points: Points, visibility: Floats) -> tuple[Points, Floats]:
        """The frame's points (33,), in trunk lengths, and visibility (33,) with every limb on its side."""
        if np.isnan(points).any():
            return points, visibility
        if t - self._t > FORGET_S:
            for limbs in self._limbs:
                limbs.forget()
        dt, self._t = min(FORGET_S, t - self._t), t
        centred = points - (points[INDEX["left_hip"]] + points[INDEX["right_hip"]]) / 2
        for limbs in self._limbs:
            if visibility[np.concatenate(limbs.joints)].min() < COUNTABLE:
                limbs.forget()  # what is not seen is guessed, and guesses jump
                continue
            exchange, fired = limbs.step(dt, centred)
            self.exchanges += fired and exchange
            if exchange:
                left, right = limbs.all
                points, visibility = points.copy(), visibility.copy()
                for row in (points, visibility):
                    row[left], row[right] = row[right], row[left]
        return points, visibility
