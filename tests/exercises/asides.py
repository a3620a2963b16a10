"""What people do beside the exercise, standing where they will do it: each begins and ends at ease."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.motions.arms import EASY, STAND
from sample_videos.drawn.motions.common import SIGN, point
from sample_videos.drawn.rig import (
    ANKLE_HEIGHT,
    HALF_HIPS,
    HEAD_PITCH,
    SIDES,
    Foot,
    Posture,
    Reach,
    Rig,
    Swing,
)
from sample_videos.drawn.timeline import smooth

Array = NDArray[np.float64]
#: Height of the hips of who sits on a chair, and how far he moves back for it, metres.
SEAT, BACK = 0.47, 0.25


def _waves(rng: np.random.Generator, t: Array, low_hz: float, high_hz: float) -> Array:
    """An unsteady wave between about -1 and 1."""
    parts = rng.uniform([low_hz, 0.0], [high_hz, 2 * np.pi], size=(3, 2))
    out: Array = sum(np.sin(2 * np.pi * f * t + at) for f, at in parts) / 2
    return out


def _during(t: Array, start: float, end: float, ramp: float) -> Array:
    """0, then 1 from ``start`` to ``end``, each way in ``ramp`` seconds."""
    return smooth((t - start) / ramp) - smooth((t - end + ramp) / ramp)


def _standing(
    t: Array, drop: Array | float = 0.0, aside: Array | float = 0.0, back: Array | float = 0.0
) -> dict[str, Any]:
    n = len(t)
    return {
        "hip": point(-np.asarray(back), aside, STAND - np.asarray(drop), n),
        "legs": {s: Reach(point(0.0, SIGN[s] * HALF_HIPS, ANKLE_HEIGHT, n), [1.0, 0.0, 0.0]) for s in SIDES},
    }  # fmt: skip


def _hanging(n: int) -> dict[str, Any]:
    return {s: Swing(np.full(n, 4.0), 6.0, 12.0) for s in SIDES}


def talk(rng: np.random.Generator, t: Array) -> Posture:
    """Hands gesture at any height, together or apart; the weight shifts."""
    on = _during(t, 0.0, t[-1], 0.6)
    arms = {}
    low, bent = rng.uniform(-5, 55), rng.uniform(20, 110)
    together = _waves(rng, t, 0.3, 1.2)
    for s in SIDES:
        w = together if rng.random() < 0.5 else _waves(rng, t, 0.3, 1.2)
        arms[s] = Swing(
            4 + on * (low + rng.uniform(5, 35) * w),
            6 + on * rng.uniform(0, 25),
            12 + on * np.clip(bent - 12 + rng.uniform(10, 40) * _waves(rng, t, 0.3, 1.2), 0, 130),
            on * rng.uniform(0, 40),
        )
    return Posture(
        **_standing(t, aside=on * 0.04 * _waves(rng, t, 0.1, 0.4)),
        arms=arms,
        lean=on * 3 * _waves(rng, t, 0.1, 0.4),
        head_pitch=HEAD_PITCH + on * 8 * _waves(rng, t, 0.2, 0.8),
    )


def sway(rng: np.random.Generator, t: Array) -> Posture:
    """Weight from one foot to the other, hands on the hips or hanging."""
    on = _during(t, 0.0, t[-1], 0.6)
    side = on * rng.uniform(0.03, 0.09) * _waves(rng, t, 0.1, 0.35)
    hips = on * float(rng.random() < 0.5)
    arms = {s: Swing(4 - 24 * hips, 6 + 34 * hips, 12 + 78 * hips, 60 * hips) for s in SIDES}
    lean = on * rng.uniform(0, 6) * _waves(rng, t, 0.1, 0.3)
    return Posture(**_standing(t, drop=0.15 * np.abs(side), aside=side), arms=arms, lean=lean)


def clothes(rng: np.random.Generator, t: Array) -> Posture:
    """Tugs at shirt and trousers, looks down at them."""
    on = _during(t, 0.0, t[-1], 0.6)
    tug = _waves(rng, t, 0.6, 1.6)
    high = rng.uniform(0, 25)
    arms = {
        s: Swing(4 + on * (high + 8 * tug), 6 + on * 14, 12 + on * (50 + 20 * tug), on * 45) for s in SIDES
    }
    lean = on * (rng.uniform(2, 20) + 3 * tug)
    return Posture(**_standing(t, drop=0.01 * on), arms=arms, lean=lean, head_pitch=HEAD_PITCH - 25 * on)


def drink(rng: np.random.Generator, t: Array) -> Posture:
    """A bottle goes to the mouth, once or twice."""
    up = np.zeros_like(t)
    sips = int(rng.integers(1, 3))
    for k in range(sips):
        up += _during(t, (k + 0.1) * t[-1] / sips, (k + 0.9) * t[-1] / sips, 0.7)
    hand = SIDES[int(rng.integers(2))]
    arms = _hanging(len(t))
    arms[hand] = Swing(4 + 56 * up, 6 + 14 * up, 12 + 118 * up, 30 * up)
    return Posture(**_standing(t), arms=arms, lean=-4 * up, head_pitch=HEAD_PITCH + 30 * up)


def shake(rng: np.random.Generator, t: Array) -> Posture:
    """Shakes out the arms, and one leg after the other."""
    on, n = _during(t, 0.0, t[-1], 0.5), len(t)
    fast = np.sin(2 * np.pi * rng.uniform(2.5, 4.5) * t)
    arms = {
        s: Swing(4 + on * 12 * SIGN[s] * fast, 6 + on * (12 + 8 * fast), 12 + on * (15 + 12 * fast))
        for s in SIDES
    }
    stand = _standing(t, drop=0.01 * on)
    half = t[-1] / 2
    for k, s in enumerate(SIDES):
        up = _during(t, k * half, (k + 1) * half, 0.5)
        kick = 0.06 * np.sin(2 * np.pi * rng.uniform(1.5, 2.5) * t)
        end = point(up * (0.12 + kick), SIGN[s] * HALF_HIPS, ANKLE_HEIGHT + up * (0.07 + kick / 2), n)
        stand["legs"][s] = Reach(end, [1.0, 0.0, 0.0])
    return Posture(**stand, arms=arms)


def reach(rng: np.random.Generator, t: Array) -> Posture:
    """A stretch of the arms overhead, and to both sides."""
    up = _during(t, 0.0, t[-1], 1.2)
    bend = up * rng.uniform(0, 22) * np.sin(2 * np.pi * t / t[-1])
    arms = {s: Swing(4 + 166 * up, 6 + 4 * up, 12.0) for s in SIDES}
    return Posture(**_standing(t), arms=arms, sway=bend, lean=-5 * up)


def quad(rng: np.random.Generator, t: Array) -> Posture:
    """A foot is held behind, to stretch the front of the thigh."""
    up = _during(t, 0.0, t[-1], 0.9)
    side = SIDES[int(rng.integers(2))]
    stand, arms = _standing(t, aside=0.05 * SIGN[side] * -up), _hanging(len(t))
    stand["legs"][side] = Swing(EASY / 2 - 8 * up, 2.0, EASY + 120 * up)
    arms[side] = Swing(4 - 34 * up, 6.0, 12 + 25 * up)
    feet = {s: Foot(40 * up if s == side else 0.0) for s in SIDES}
    return Posture(**stand, arms=arms, feet=feet, lean=4 * up)


def twist(rng: np.random.Generator, t: Array) -> Posture:
    """Turns the trunk from side to side with the arms held before it."""
    on = _during(t, 0.0, t[-1], 0.7)
    turn = on * rng.uniform(20, 45) * np.sin(2 * np.pi * rng.uniform(0.3, 0.6) * t)
    arms = {s: Swing(4 + on * 66, 6 + on * 10, 12 + on * 88, on * 60, frame="trunk") for s in SIDES}
    return Posture(**_standing(t), arms=arms, shoulder_twist=turn, hip_twist=turn / 4)


def sit(rng: np.random.Generator, t: Array) -> Posture:
    """Sits down on a chair, rests there with hands on the thighs, stands up."""
    down = _during(t, 0.0, t[-1], rng.uniform(1.0, 1.8))
    moving = 4 * down * (1 - down)
    arms = {s: Swing(4 + 36 * down, 6.0, 12 + 48 * down) for s in SIDES}
    lean = rng.uniform(-8, 8) * down + rng.uniform(30, 42) * moving
    return Posture(**_standing(t, (STAND - SEAT) * down, 0.0, BACK * down), arms=arms, lean=lean)


def still(rng: np.random.Generator, t: Array) -> Posture:
    """Stands at ease."""
    return Posture(**_standing(t, aside=0.01 * _waves(rng, t, 0.1, 0.4)), arms=_hanging(len(t)))


def phone(rng: np.random.Generator, t: Array) -> Posture:
    """Bends to the camera and reaches for it."""
    on = _during(t, 0.0, t[-1], 0.8)
    hand = SIDES[int(rng.integers(2))]
    arms = _hanging(len(t))
    arms[hand] = Swing(4 + on * rng.uniform(50, 90), 6.0, 12 + on * rng.uniform(10, 60), 20 * on)
    lean = on * rng.uniform(10, 45)
    return Posture(**_standing(t, drop=0.03 * on, back=0.1 * on), arms=arms, lean=lean)


_Played = Callable[[np.random.Generator, Array], Posture]
#: What stands between `walk` and the exercise; seconds from, to.
ASIDES: Mapping[str, tuple[_Played, float, float]] = MappingProxyType({
    "talk": (talk, 3.0, 9.0), "sway": (sway, 3.0, 8.0), "clothes": (clothes, 2.0, 4.0),
    "drink": (drink, 3.0, 6.0), "shake": (shake, 2.5, 5.0), "reach": (reach, 4.0, 7.0),
    "quad": (quad, 4.0, 8.0), "twist": (twist, 3.0, 6.0), "sit": (sit, 5.0, 10.0),
    "phone": (phone, 1.5, 3.0), "stand": (still, 0.5, 2.0),
})  # fmt: skip


def aside(name: str, fps: float, rng: np.random.Generator) -> Array:
    """(T, 33, 3) one of them, facing along x over the origin."""
    play, low, high = ASIDES[name]
    t = np.arange(round(rng.uniform(low, high) * fps)) / fps
    return Rig(play(rng, t)).joints()
