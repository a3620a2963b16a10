"""What people do in front of a camera that is no exercise of ours: the class `none`."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.motions.arms import STAND
from sample_videos.drawn.motions.common import SIGN, point
from sample_videos.drawn.rig import ANKLE_HEIGHT, HALF_HIPS, SIDES, Posture, Reach, Rig, Swing
from tests.exercises.asides import ASIDES, aside
from tests.exercises.comings import between
from validation.lab.others import OTHERS, there_and_back

Array = NDArray[np.float64]
#: How often each kind.
KINDS = {"movement": 0.15, "other exercise": 0.4, "unheard of": 0.25, "asides": 0.2}
#: Everything of these ends and begins as it likes; between two of them one moves for so long, s.
BETWEEN_S = 0.8


def _upright(
    t: Array, drop: Array | float = 0.0, aside: Array | float = 0.0, wide: Array | float = 0.0
) -> dict[str, object]:
    feet = {
        s: Reach(point(0.0, SIGN[s] * (HALF_HIPS + wide) + aside, ANKLE_HEIGHT, len(t)), [1.0, 0.0, 0.0])
        for s in SIDES
    }
    return {"hip": point(0.0, aside, STAND - 0.01 - np.asarray(drop), len(t)), "legs": feet}


def standing(rng: np.random.Generator, t: Array) -> Posture:
    """Stands, as still as one can."""
    sway = 0.01 * np.sin(2 * np.pi * rng.uniform(0.2, 0.6) * t) * rng.uniform(0, 1)
    arms = {s: Swing(rng.uniform(0, 8), rng.uniform(3, 12), rng.uniform(4, 25)) for s in SIDES}
    return Posture(**_upright(t, 0.0, sway), arms=arms, lean=rng.normal(2, 2))  # type: ignore[arg-type]


def arm_curl(rng: np.random.Generator, t: Array) -> Posture:
    """Weights are curled up to the shoulders."""
    p = there_and_back(rng, t, 1.2, 3.5)
    return Posture(**_upright(t), arms={s: Swing(5 + 10 * p, 6.0, 12 + 120 * p) for s in SIDES})  # type: ignore[arg-type]


def toe_touch(rng: np.random.Generator, t: Array) -> Posture:
    """Bends down to the toes with straight knees."""
    p = there_and_back(rng, t, 2.0, 5.0)
    return Posture(
        **_upright(t), arms={s: Swing(8.0, 5.0, 8.0) for s in SIDES}, lean=rng.uniform(70, 115) * p
    )  # type: ignore[arg-type]


def arm_circles(rng: np.random.Generator, t: Array) -> Posture:
    """Straight arms go round beside the body."""
    turn = 2 * np.pi * t / rng.uniform(0.8, 2.5)
    wide = rng.uniform(10, 50)
    arms = {s: Swing(wide * np.cos(turn), 85 + wide * np.sin(turn), 8.0) for s in SIDES}
    return Posture(**_upright(t), arms=arms)  # type: ignore[arg-type]


def side_steps(rng: np.random.Generator, t: Array) -> Posture:
    """Steps to one side and back."""
    phase = 2 * np.pi * t / rng.uniform(1.2, 2.5)
    aside = rng.uniform(0.1, 0.35) * np.sin(phase)
    wide = 0.12 * (1 - np.cos(2 * phase)) / 2
    return Posture(**_upright(t, 0.05, aside, wide), arms={s: Swing(4.0, 8.0, 20.0) for s in SIDES})  # type: ignore[arg-type]


def waving(rng: np.random.Generator, t: Array) -> Posture:
    """One hand waves beside the head."""
    hand = SIDES[int(rng.integers(2))]
    wave = 20 * np.sin(2 * np.pi * rng.uniform(1, 3) * t)
    arms = {s: Swing(4.0, 6.0, 12.0) for s in SIDES}
    arms[hand] = Swing(60.0, 40.0, 95 + wave, -20.0)
    return Posture(**_upright(t), arms=arms)  # type: ignore[arg-type]


def anything(rng: np.random.Generator, t: Array) -> Posture:
    """All joints move smoothly and aimlessly over planted feet."""

    def wave(low: float, high: float) -> Array:
        parts = rng.uniform([0.1, 0.0], [0.6, 2 * np.pi], size=(3, 2))
        w = sum(np.sin(2 * np.pi * f * t + at) for f, at in parts) / 3
        out: Array = low + (high - low) * (w + 1) / 2
        return out

    arms = {s: Swing(wave(-30, 150), wave(0, 70), wave(5, 130), wave(0, 50)) for s in SIDES}
    return Posture(
        **_upright(t, wave(0, 0.2), wave(-0.1, 0.1)), arms=arms, lean=wave(-10, 45), sway=wave(-15, 15),  # type: ignore[arg-type]
        head_pitch=wave(-50, 10),
    )  # fmt: skip


def unheard_of(rng: np.random.Generator, t: Array) -> Posture:
    """Some posture, and some of its joints go there and back: an exercise by chance."""
    beat = there_and_back(rng, t, 0.8, 5.0)
    late = beat if rng.random() < 0.6 else 1 - beat  # the right side with the left, or by turns
    beats = {"left": beat, "right": late}
    moved = set(rng.choice(["arms", "legs", "trunk", "head", "one arm", "one leg"], int(rng.integers(1, 4))))
    one = SIDES[int(rng.integers(2))]

    def of(side: str, limb: str, least: float, most: float) -> Array | float:
        still = rng.uniform(least, most)
        moves = f"{limb}s" in moved or (f"one {limb}" in moved and side == one)
        return still + (rng.uniform(least, most) - still) * beats[side] if moves else still

    bases = ((0.0, 12.0), (45.0, 20.0), (90.0, 8.0), (-90.0, 8.0), (-45.0, 20.0))
    middle, spread = bases[int(rng.choice(len(bases), p=[0.5, 0.15, 0.12, 0.13, 0.1]))]
    lean = rng.normal(middle, spread) + ("trunk" in moved) * rng.uniform(-60, 60) * beat
    hips, knees = ((-10.0, 20.0), (0.0, 25.0)) if rng.random() < 0.5 else ((-10.0, 110.0), (0.0, 120.0))
    arms, legs = {}, {}
    for i, side in enumerate(SIDES):
        alike = rng.bit_generator.state
        up, out, bend = of(side, "arm", -30, 180), of(side, "arm", 0, 80), of(side, "arm", 0, 130)
        arms[side] = Swing(up, out, bend, rng.uniform(0, 40), "trunk")
        up, out, bend = of(side, "leg", *hips), of(side, "leg", 0, 25), of(side, "leg", *knees)
        legs[side] = Swing(up, out, bend, frame="trunk")
        if i == 0 and rng.random() < 0.7:
            rng.bit_generator.state = alike
    tilt = rng.uniform(-30, 30) * beat if "head" in moved else 0.0
    return Posture(
        point(0.0, 0.0, STAND, len(t)), arms, legs, lean=lean, head_tilt=tilt,
        hip_twist=rng.normal(0, 8), sway=rng.normal(0, 5),
    )  # fmt: skip


def on_floor(joints: Array) -> Array:
    """The lowest landmark of each frame on the floor."""
    out = joints.copy()
    out[..., 2] -= joints[..., 2].min(axis=1, keepdims=True)
    return out


_Played = Callable[[np.random.Generator, Array], Posture]
MOVEMENTS: tuple[_Played, ...] = (
    standing,
    standing,
    arm_curl,
    toe_touch,
    arm_circles,
    side_steps,
    waving,
    anything,
)


def distraction(fps: float, seconds: float, rng: np.random.Generator) -> Array:
    """(T, 33, 3) a movement, an exercise of others, an unheard-of one, or asides one by one, for so long."""
    kind = str(rng.choice(list(KINDS), p=list(KINDS.values())))
    if kind != "asides":
        t = np.arange(round(seconds * fps)) / fps
        played = {"unheard of": (unheard_of,), "movement": MOVEMENTS, "other exercise": OTHERS}[kind]
        return on_floor(Rig(played[int(rng.integers(len(played)))](rng, t)).joints())
    out = aside(str(rng.choice(list(ASIDES))), fps, rng)
    while len(out) < seconds * fps:
        more = aside(str(rng.choice(list(ASIDES))), fps, rng)
        out = np.concatenate([out, between(out[-1], more[0], round(BETWEEN_S * fps)), more])
    return out
