"""Legs that walk or run: a foot on the belt, its way through the air, and the hips above both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sample_videos.drawn.motions.common import SIGN, point
from sample_videos.drawn.rig import ANKLE_HEIGHT, HEEL, SHANK, SIDES, THIGH, TOE, Array, Foot, Side, chord
from sample_videos.drawn.strides import Strides

#: Height of the heel and the ball of a foot that carries, metres.
SOLE = 0.02
#: The forefoot is down after this share of a contact, the heel rises after that one.
FLAT, RISE = 0.2, 0.45
#: A foot comes down at about this speed, metres a second.
DESCENT = 0.6
STAND_HIP, STAND_TRACK = 0.875, 0.09
_EPS = 1e-3


@dataclass(frozen=True)
class Belt:
    """A foot on a belt: lengths in metres, degrees; numbers may be (T,).

    Attributes
    ----------
    land : heel ahead of the hips at contact; ``travel`` : how far it is then carried back.
    aside : ankle inward of its hip.
    toes_up, push : pitch at contact and at toe-off, both positive.
    """

    land: Array | float
    travel: Array | float
    aside: Array | float
    toes_up: float
    push: float

    def ankle(self, share: Array) -> tuple[Array, Array, Array]:
        """Ankle ahead of the hips and above the floor, and pitch, after a ``share`` of a contact."""
        pitch = self.push * np.maximum(0.0, (share - RISE) / (1 - RISE)) ** 1.5
        pitch = pitch - self.toes_up * np.maximum(0.0, 1 - share / FLAT) ** 2
        c, s = np.cos(np.radians(pitch)), np.sin(np.radians(pitch))
        # The foot turns about its heel until it is flat, and about its ball when the heel rises.
        ahead, above = (np.where(pitch < 0, h, t) for h, t in zip(HEEL, TOE, strict=True))
        pivot = self.land - self.travel * share + np.where(pitch < 0, 0.0, TOE[0] - HEEL[0])
        return pivot - ahead * c - above * s, SOLE + ahead * s - above * c, pitch

    def hip(self, share: ArrayLike, knee: ArrayLike) -> Array:
        """Height of the hip over a leg with the ``knee`` bent so far, after a ``share`` of a contact."""
        ahead, above, _ = self.ankle(np.asarray(share, float))
        out: Array = above + np.sqrt(chord(THIGH, SHANK, knee) ** 2 - ahead**2 - np.square(self.aside))
        return out


@dataclass(frozen=True)
class Gait:
    """One way to move on two feet; numbers may be (T,).

    Attributes
    ----------
    belt : the feet while they are down.
    hips : (share of a stride after a contact, height of the hip over that foot), from contact on.
    swing : (share of the swing, ankle ahead of the hips, ankle above the hips, pitch) between toe-off and
        contact.
    """

    belt: Belt
    hips: Sequence[tuple[ArrayLike, ArrayLike]]
    swing: Sequence[tuple[float, ArrayLike, ArrayLike, ArrayLike]]


class Way:
    """A smooth way through knots, level at its highs and lows and monotone between."""

    def __init__(
        self,
        knots: Sequence[tuple[ArrayLike, ArrayLike]],
        frames: int,
        ends: tuple[ArrayLike, ArrayLike] | None = None,
    ) -> None:
        """``knots``: where and how much, numbers or (T,); ``ends``: slopes there, None if it repeats."""
        where, much = (
            np.stack([np.broadcast_to(np.asarray(k[i], float), frames) for k in knots]) for i in (0, 1)
        )
        rise = np.diff(much, axis=0) / np.diff(where, axis=0)
        before, after = np.vstack([rise[-1:], rise]), np.vstack([rise, rise[:1]])
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = np.where(before * after > 0, 2 * before * after / (before + after), 0.0)
        if ends is not None:
            slope[0], slope[-1] = ends
        self._where, self._much, self._slope = where, much, slope

    def __call__(self, at: Array) -> Array:
        """(T,) at ``at`` (T,), which lies between the first and the last knot."""
        k = (at >= self._where[1:-1]).sum(axis=0)
        frame = np.arange(len(at))
        (w0, m0, s0), (w1, m1, s1) = (
            (self._where[i, frame], self._much[i, frame], self._slope[i, frame]) for i in (k, k + 1)
        )
        span = w1 - w0
        u = (at - w0) / span
        out: Array = (
            (1 + 2 * u) * (1 - u) ** 2 * m0
            + u * (1 - u) ** 2 * span * s0
            + u**2 * (3 - 2 * u) * m1
            - u**2 * (1 - u) * span * s1
        )
        return out


class Legs:
    """Hips and feet of a gait over the frames of a clip."""

    def __init__(self, gait: Gait, strides: Strides) -> None:
        self._gait, self._strides = gait, strides
        frames = len(strides.phase)
        self._length: dict[Side, Array] = {"left": 0.5 + strides.late, "right": 0.5 - strides.late}
        self._hips = {
            side: Way([*gait.hips, (self._length[side], gait.hips[0][1])], frames) for side in SIDES
        }

    def hip(self, side: Side, since: Array) -> Array:
        """(T,) height of the hips ``since`` strides after a contact of that foot."""
        other: Side = "right" if side == "left" else "left"
        own, length = since % 1.0, self._length[side]
        mine = self._hips[side](np.minimum(own, length))
        theirs = self._hips[other](np.clip(own - length, 0.0, self._length[other]))
        return np.where(own < length, mine, theirs)

    def height(self, moving: Array) -> Array:
        """(T,) height of the hip over the foot that carries; standing where not yet ``moving``."""
        return STAND_HIP + moving * (self.hip("left", self._strides.since("left")) - STAND_HIP)

    def reach(self, side: Side, track: ArrayLike, passing: float) -> tuple[Array, Foot]:
        """The ankle (T, 3) and the foot: ``track`` beside the middle on the belt, ``passing`` in the air."""
        moving = self._strides.moving
        ahead, above, pitch = self.ankle(side)
        beside = np.sin(np.pi * np.clip(self._strides.swing_share(side), 0.0, 1.0)) ** 2
        aside = track + (passing - np.asarray(track)) * beside
        aside = STAND_TRACK + moving * (aside - STAND_TRACK)
        height = ANKLE_HEIGHT + moving * (above - ANKLE_HEIGHT)
        foot = Foot(moving * pitch, 4.0)
        return point(moving * ahead, SIGN[side] * aside, np.maximum(height, _least(foot)), len(moving)), foot

    def ankle(self, side: Side) -> tuple[Array, Array, Array]:
        """Ankle ahead of the hips and above the floor, metres, and pitch of the foot, each (T,)."""
        own, duty = self._strides.since(side) % 1.0, self._strides.duty
        belt = self._gait.belt.ankle(np.minimum(own / duty, 1.0))
        air = self._in_air(side, np.maximum(own, duty))
        ahead, height, pitch = (np.where(own < duty, b, a) for b, a in zip(belt, air, strict=True))
        return ahead, height, pitch

    def _in_air(self, side: Side, own: Array) -> tuple[Array, ...]:
        duty = self._strides.duty
        frames, zero = len(duty), np.zeros_like(duty)
        off, before = (self._gait.belt.ankle(zero + share) for share in (1.0, 1.0 - _EPS))
        down, after = (self._gait.belt.ankle(zero + share) for share in (0.0, _EPS))
        leave, land = (
            [(b - a) / (_EPS * duty) for a, b in zip(*pair, strict=True)]
            for pair in ((before, off), (down, after))
        )
        # Heights are measured from the hips, so that the leg stays long enough however high they fly.
        hip_off, hip_down = self.hip(side, duty), self.hip(side, zero)
        sink_off, sink_down = self._hip_rate(side, duty), self._hip_rate(side, zero)
        starts = (off[0], off[1] - hip_off, off[2])
        stops = (down[0], down[1] - hip_down, down[2])
        slopes = (
            (leave[0], land[0]),
            (leave[1] - sink_off, -DESCENT * self._strides.stride_s - sink_down),
            (leave[2], 0.0),
        )
        ways = []
        for column, (start, stop, ends) in enumerate(zip(starts, stops, slopes, strict=True)):
            knots = [(duty + knot[0] * (1 - duty), knot[1 + column]) for knot in self._gait.swing]
            ways.append(Way([(duty, start), *knots, (1.0, stop)], frames, ends)(own))
        return ways[0], ways[1] + self.hip(side, own), ways[2]

    def _hip_rate(self, side: Side, since: Array) -> Array:
        return (self.hip(side, since + _EPS) - self.hip(side, since - _EPS)) / (2 * _EPS)


def _least(foot: Foot) -> Array:
    """(T,) the lowest an ankle can be over a foot of that pitch."""
    s, c = np.sin(np.radians(foot.pitch)), np.cos(np.radians(foot.pitch))
    return SOLE + np.maximum(HEEL[0] * s - HEEL[1] * c, TOE[0] * s - TOE[1] * c)
