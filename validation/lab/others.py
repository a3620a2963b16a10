"""Exercises that many people do and the catalogue lacks: what is near to ours, and is none of it."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.motions.arms import STAND
from sample_videos.drawn.motions.common import point
from sample_videos.drawn.rig import SIDES, Limb, Posture, Side, Swing

Array = NDArray[np.float64]
Angle = Array | float
Rng = np.random.Generator


def there_and_back(rng: Rng, t: Array, low_s: float = 1.2, high_s: float = 4.0) -> Array:
    """(T,) there and back between 0 and 1, in about so many seconds."""
    out: Array = (1 - np.cos(2 * np.pi * t / rng.uniform(low_s, high_s))) / 2
    return out


def _by_turns(rng: Rng, t: Array, low_s: float, high_s: float) -> dict[Side, Array]:
    """(T,) 0..1 of either side, one after the other."""
    phase = 2 * np.pi * t / rng.uniform(low_s, high_s)
    return {"left": np.maximum(np.sin(phase), 0.0), "right": np.maximum(-np.sin(phase), 0.0)}


def _one(rng: Rng, moves: Limb, rests: Limb) -> dict[Side, Limb]:
    side = SIDES[int(rng.integers(2))]
    return {s: moves if s == side else rests for s in SIDES}


def _both(limb: Limb) -> dict[Side, Limb]:
    return dict.fromkeys(SIDES, limb)


def _body(
    t: Array, arms: dict[Side, Limb], legs: dict[Side, Limb], lean: Angle = 2.0, **more: Angle
) -> Posture:
    return Posture(point(0.0, 0.0, STAND, len(t)), arms, legs, lean=lean, **more)  # type: ignore[arg-type]


def _stands(rng: Rng) -> dict[Side, Limb]:
    return _both(Swing(rng.uniform(-2, 12), rng.uniform(0, 15), rng.uniform(0, 20)))


def _hangs(rng: Rng) -> dict[Side, Limb]:
    return _both(Swing(rng.uniform(-5, 10), rng.uniform(4, 20), rng.uniform(5, 30)))


def _on_hips(rng: Rng) -> dict[Side, Limb]:
    return _both(Swing(rng.uniform(-30, -15), rng.uniform(35, 50), rng.uniform(85, 110), 60.0))


def _free(rng: Rng) -> dict[Side, Limb]:
    return _hangs(rng) if rng.random() < 0.5 else _on_hips(rng)


def _press(rng: Rng, t: Array) -> Posture:
    p, ahead = there_and_back(rng, t), rng.uniform(0, 30)
    arms = _both(Swing(ahead, 70 + rng.uniform(85, 100) * p, 110 - 100 * p, 80.0))
    return _body(t, arms, _stands(rng))


def _side_raise(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t)
    return _body(t, _both(Swing(5.0, 8 + rng.uniform(60, 90) * p, rng.uniform(5, 30))), _stands(rng))


def _row(rng: Rng, t: Array) -> Posture:
    p, soft = there_and_back(rng, t), rng.uniform(10, 35)
    pulled = Swing(-rng.uniform(30, 60) * p, rng.uniform(5, 40), 5 + rng.uniform(80, 110) * p)
    arms = _both(pulled) if rng.random() < 0.5 else _one(rng, pulled, Swing(20.0, 5.0, 10.0))
    return _body(t, arms, _both(Swing(soft, 5.0, 1.3 * soft)), lean=rng.uniform(40, 85))


def _stiff_deadlift(rng: Rng, t: Array) -> Posture:
    p, soft = there_and_back(rng, t, 2.0, 5.0), rng.uniform(5, 25)
    arms = _hangs(rng) if rng.random() < 0.7 else _both(Swing(100.0, 70.0, 130.0, frame="trunk"))
    return _body(t, arms, _both(Swing(soft * p, 5.0, 1.5 * soft * p)), lean=3 + rng.uniform(55, 90) * p)


def _weight_swing(rng: Rng, t: Array) -> Posture:
    p, soft = there_and_back(rng, t, 1.2, 2.2), rng.uniform(20, 45)
    arms = _both(Swing(rng.uniform(80, 110) - 100 * p, 2.0, 8.0))
    return _body(t, arms, _both(Swing(soft * p, 12.0, 1.6 * soft * p)), lean=2 + rng.uniform(40, 65) * p)


def _high_knees(rng: Rng, t: Array) -> Posture:
    turns, high = _by_turns(rng, t, 0.5, 3.0), rng.uniform(60, 105)
    legs: dict[Side, Limb] = {s: Swing(high * turns[s], 4.0, high * turns[s]) for s in SIDES}
    across: dict[Side, Side] = {"left": "right", "right": "left"}
    wide = rng.uniform(0, 50)
    arms: dict[Side, Limb] = {
        s: Swing(-10 + wide * turns[across[s]], 8.0, rng.uniform(10, 90)) for s in SIDES
    }
    return _body(t, arms, legs)


def _heels_to_seat(rng: Rng, t: Array) -> Posture:
    turns, high = _by_turns(rng, t, 0.5, 1.8), rng.uniform(80, 125)
    legs: dict[Side, Limb] = {s: Swing(8 * turns[s], 4.0, high * turns[s]) for s in SIDES}
    return _body(t, _free(rng), legs, lean=rng.uniform(0, 10))


def _leg_aside(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t)
    legs = _one(rng, Swing(0.0, 4 + rng.uniform(20, 50) * p, 4.0), Swing(0.0, 2.0, 4.0))
    return _body(t, _free(rng), legs)


def _leg_back(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t)
    legs = _one(rng, Swing(-rng.uniform(15, 45) * p, 4.0, 8.0), Swing(0.0, 2.0, 6.0))
    return _body(t, _free(rng), legs, lean=rng.uniform(2, 20))


def _side_bend(rng: Rng, t: Array) -> Posture:
    wide = rng.uniform(15, 40) * np.sin(2 * np.pi * t / rng.uniform(2.0, 6.0))
    arms = _free(rng) if rng.random() < 0.6 else _both(Swing(170.0, 10.0, 15.0, frame="trunk"))
    return _body(t, arms, _stands(rng), sway=wide)


def _twist(rng: Rng, t: Array) -> Posture:
    wide = rng.uniform(25, 60) * np.sin(2 * np.pi * t / rng.uniform(1.5, 4.0))
    arms = _both(Swing(rng.uniform(40, 90), rng.uniform(0, 60), rng.uniform(20, 110), frame="trunk"))
    return _body(t, arms, _stands(rng), shoulder_twist=wide, hip_twist=0.3 * wide)


def _punches(rng: Rng, t: Array) -> Posture:
    turns, soft = _by_turns(rng, t, 0.6, 1.6), rng.uniform(0, 25)
    arms: dict[Side, Limb] = {s: Swing(25 + 60 * turns[s], 12.0, 125 - 115 * turns[s], 30.0) for s in SIDES}
    twist = 20 * (turns["right"] - turns["left"])
    return _body(t, arms, _both(Swing(soft, 10.0, 1.5 * soft)), shoulder_twist=twist)


def _reaches_up(rng: Rng, t: Array) -> Posture:
    p, ahead = there_and_back(rng, t, 2.0, 6.0), rng.random() < 0.5
    high = 10 + rng.uniform(120, 165) * p
    arms = _both(Swing(high, 8.0, 8.0) if ahead else Swing(5.0, high, 8.0))
    return _body(t, arms, _stands(rng), lean=2 - rng.uniform(0, 12) * p)


def _foot_held(rng: Rng, t: Array) -> Posture:
    legs = _one(rng, Swing(rng.uniform(-15, 15), 3.0, rng.uniform(110, 140)), Swing(0.0, 2.0, 5.0))
    return _body(
        t, _one(rng, Swing(-35.0, 8.0, 20.0), Swing(30.0, 30.0, 20.0)), legs, lean=rng.uniform(0, 10)
    )


def _bends_to_a_leg(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t, 4.0, 12.0)
    legs = _one(rng, Swing(35.0, 3.0, 3.0), Swing(rng.uniform(0, 20), 3.0, rng.uniform(10, 50)))
    return _body(t, _both(Swing(20 + 30 * p, 5.0, 10.0)), legs, lean=10 + rng.uniform(30, 60) * p)


def _all_fours() -> tuple[Swing, Swing]:
    return Swing(90.0, 3.0, 4.0, frame="trunk"), Swing(90.0, 3.0, 90.0, frame="trunk")


def _leg_out_on_all_fours(rng: Rng, t: Array) -> Posture:
    p, (arm, leg) = there_and_back(rng, t), _all_fours()
    out = Swing(90.0, 3 + rng.uniform(35, 70) * p, 90.0, frame="trunk")
    return _body(t, _both(arm), _one(rng, out, leg), lean=rng.uniform(82, 92))


def _sits_back_on_heels(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t, 3.0, 10.0) if rng.random() < 0.6 else np.ones(len(t))
    legs = _both(Swing(90 + 45 * p, 6.0, 90 + 60 * p, frame="trunk"))
    return _body(t, _both(Swing(90 + 75 * p, 4.0, 5.0, frame="trunk")), legs, lean=88.0)


def _hips_high(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t, 3.0, 12.0) * rng.uniform(0, 30)
    legs = _both(Swing(-rng.uniform(10, 45) + p, 5.0, rng.uniform(0, 15) + p))
    arms = _both(Swing(rng.uniform(160, 185), 6.0, 5.0, frame="trunk"))
    return _body(t, arms, legs, lean=rng.uniform(120, 150))


def _chest_up_prone(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t, 3.0, 10.0) if rng.random() < 0.5 else np.ones(len(t))
    lean = 88 - rng.uniform(30, 60) * p
    arms = _both(Swing(lean - 5, 8.0, rng.uniform(0, 60), frame="trunk"))
    return _body(t, arms, _both(Swing(lean - 90, 4.0, 3.0, frame="trunk")), lean=lean)


def _sitting(rng: Rng, t: Array) -> Posture:
    """Twists, reaches for the toes, or boats."""
    lean, bend = rng.uniform(-50, 10), rng.uniform(0, 100)
    move = rng.uniform([0, 0], [60, 50]) * (rng.random(2) < 0.6)
    wave, p = np.sin(2 * np.pi * t / rng.uniform(1.0, 4.0)), there_and_back(rng, t)
    arms = _both(Swing(rng.uniform(20, 90), 5.0, rng.uniform(5, 90), frame="trunk"))
    legs = _both(Swing(90 + 0.45 * bend, 5.0, bend))
    return _body(t, arms, legs, lean=lean + move[1] * p, shoulder_twist=move[0] * wave)


def _on_a_side(rng: Rng, t: Array) -> Posture:
    """Lies on a side; the upper leg opens or lifts."""
    p, bent, left = there_and_back(rng, t), rng.random() < 0.5, rng.random() < 0.5
    up, bend = (rng.uniform(30, 60), rng.uniform(70, 100)) if bent else (rng.uniform(-5, 15), 5.0)
    lower, upper = (Swing(up, out, bend, frame="trunk") for out in (0.0, rng.uniform(20, 55) * p))
    legs: dict[Side, Limb] = {"left": lower, "right": upper} if left else {"left": upper, "right": lower}
    arms = _one(rng, Swing(160.0, 10.0, 60.0, frame="trunk"), Swing(30.0, 5.0, 60.0, frame="trunk"))
    return _body(t, arms, legs, lean=0.0, sway=(1 if left else -1) * rng.uniform(65, 90))


def _dips(rng: Rng, t: Array) -> Posture:
    p = there_and_back(rng, t)
    arms = _both(Swing(-15 - rng.uniform(30, 50) * p, 8.0, 5 + rng.uniform(60, 95) * p))
    return _body(t, arms, _both(Swing(75 + 20 * p, 5.0, rng.uniform(10, 80))), lean=rng.uniform(-5, 12))


def _arms_down(rng: Rng, t: Array) -> Posture:
    """Pushes a weight or rope down, or behind the head up."""
    p, up = there_and_back(rng, t), rng.choice([5.0, 170.0])
    return _body(
        t, _both(Swing(up, 8.0, 15 + rng.uniform(70, 110) * p)), _stands(rng), lean=rng.uniform(0, 15)
    )


def _head(rng: Rng, t: Array) -> Posture:
    wave = rng.uniform(10, 35) * np.sin(2 * np.pi * t / rng.uniform(2.0, 6.0))
    tilts = rng.random() < 0.5
    return _body(t, _free(rng), _stands(rng), head_tilt=wave * tilts, head_pitch=-20 + wave * (not tilts))


OTHERS: tuple[Callable[[Rng, Array], Posture], ...] = (
    _press, _side_raise, _row, _stiff_deadlift, _weight_swing, _high_knees, _heels_to_seat, _leg_aside,
    _leg_back, _side_bend, _twist, _punches, _reaches_up, _foot_held, _bends_to_a_leg, _leg_out_on_all_fours,
    _sits_back_on_heels, _hips_high, _chest_up_prone, _sitting, _on_a_side, _dips, _arms_down, _head,
)  # fmt: skip
