"""How strangers are drawn at random: build, camera, tempo, and how they hold their arms and feet."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX
from sample_videos.drawn.motions import PLAYED
from sample_videos.drawn.person import Person
from sample_videos.drawn.rig import SIDES
from sample_videos.drawn.scene import Scene, Shot
from tests.exercises.hiding import ENDS, armed

Array = NDArray[np.float64]

#: Standard deviation of lengths against the height, of widths, and of the height itself: as adults differ.
LENGTH, WIDTH, HEIGHT = 0.04, 0.08, 0.06
#: Of the logarithm of each part of a repetition against the exercise's own.
TEMPO, PAUSE = 0.3, 0.6
#: Shares of frame rates.
RATES = {24.0: 0.2, 30.0: 0.6, 60.0: 0.2}
#: Nobody stands square to the camera: spread and most of it, degrees.
TURN, MOST_TURN = 9.0, 25.0
#: A camera anywhere: the same; how high its lens may be, m, and how near, against the usual distance.
ANYWHERE_TURN, ANYWHERE_MOST, ANYWHERE_HIGH, ANYWHERE_NEAR = 35.0, 75.0, 2.4, 0.5
#: No arm pulls higher than this; of all others so much is possible.
DEEPEST = {"pull_up": 1.0}
#: Least and most depth on average, where real people go deeper than drawn (docs/lab.md: elbows in push-ups).
RANGE = {"push_up": (0.8, 1.3)}
#: Most of a dial that is turned at random, where real bodies are less straight than drawn.
DIALS = {"plank_hold": {"hip_pike": 0.6}, "push_up": {"hip_pike": 0.3}}
#: What is drawn in full always.
ONE_DEPTH = ("pommel_horse",)
#: Another form in which some do the same, and how many.
FORMS, OTHER_FORM = {"lunge": "split", "plank_hold": "high", "side_plank_hold": "hand"}, 0.35
#: How arms may be held where the exercise leaves them free.
ARMS: Mapping[str, tuple[str, ...]] = {
    "squat": ("clasped", "clasped", "hips", "head", "crossed"),
    "lunge": ("clasped", "hips", "head", "crossed"),
    "sit_up": ("head", "crossed"), "single_leg_stability_hold": ("hips", "crossed"),
    "single_leg_deadlift": ("hips",), "glute_bridge": ("crossed",), "single_leg_bridge": ("crossed",),
}  # fmt: skip
#: How often they are held otherwise than drawn: of real squats, hands are seldom low (docs/lab.md).
OTHERWISE = {"squat": 0.75}
#: Who hangs from a bar bends the knees by up to so much less than drawn, degrees.
STRAIGHTER = {"pull_up": 78.0}
#: Where feet may stand wider, and how many degrees a leg goes out at most.
WIDE, MOST_OUT = ("squat",), 16.0


def person(rng: np.random.Generator) -> Person:
    """Somebody."""
    lengths = ("trunk", "upper_arm", "forearm", "thigh", "shank", "feet", "head")
    parts = {name: float(np.exp(rng.normal(0, LENGTH))) for name in lengths}
    parts |= {name: float(np.exp(rng.normal(0, WIDTH))) for name in ("shoulders", "hips")}
    return Person(height=float(np.exp(rng.normal(0, HEIGHT))), **parts)


def filmed(
    exercise: str, views: tuple[str, ...], rng: np.random.Generator, *, anywhere: bool = False
) -> dict[str, Any]:
    """View, size, frame rate and camera; a body on the floor is filmed in landscape."""
    kind = PLAYED[exercise]
    view = kind.view if rng.random() < 0.75 else str(rng.choice(views))
    lying = kind.span_m is not None
    turn, most = (ANYWHERE_TURN, ANYWHERE_MOST) if anywhere else (TURN, MOST_TURN)
    low, high = (0.2, 1.1) if lying else (0.4, 1.6)
    shot = Shot(
        turn=float(np.clip(rng.normal(0, turn), -most, most)),
        lens_m=float(rng.uniform(low, ANYWHERE_HIGH if anywhere else high)),
        roll=float(rng.normal(0, 1.5)),
        nearer=float(rng.uniform(ANYWHERE_NEAR if anywhere else 0.7, 1.4)),
        larger=float(rng.uniform(0.6, 1.0)), aside=float(rng.normal(0, 0.03)),
    )  # fmt: skip
    sizes = [(640, 480), (1280, 720)] + ([] if lying else [(480, 854)])
    return {
        "view": view, "facing": str(rng.choice(SIDES)), "side": str(rng.choice(SIDES)),
        "fps": float(rng.choice(list(RATES), p=list(RATES.values()))),
        "size": sizes[int(rng.integers(len(sizes)))], "scene": Scene(shot=shot),
    }  # fmt: skip


def paced(exercise: str, rng: np.random.Generator) -> dict[str, Any]:
    """Repetitions, how deep and how fast, or how long."""
    kind = PLAYED[exercise]
    dials = {name: float(rng.uniform(0, most)) for name, most in DIALS.get(exercise, {}).items()}
    out: dict[str, Any] = {
        "dials": dials,
        "lead_s": float(rng.uniform(0.3, 1.5)),
        "sway": float(rng.uniform(0.7, 2.0)),
    }
    if exercise in FORMS and rng.random() < OTHER_FORM:
        out["variant"] = FORMS[exercise]
    if kind.tempo is None:
        if kind.cadence_spm:
            out["cadence_spm"] = kind.cadence_spm * float(np.exp(rng.normal(0, 0.06)))
        return out | {"duration_s": float(rng.uniform(6, 15))}
    half, peak, rest = kind.tempo
    reps = int(rng.integers(2, 7))
    range_ = 1.0 if exercise in ONE_DEPTH else rng.uniform(*RANGE.get(exercise, (0.65, 1.15)))
    depth = np.clip(
        range_ * np.exp((range_ != 1.0) * rng.normal(0, 0.05, reps)), 0.55, DEEPEST.get(exercise, 1.3)
    )
    return out | {
        "reps": reps, "depth": [float(d) for d in depth],
        "half_s": max(half * float(np.exp(rng.normal(-0.1, TEMPO))), 1.1 * kind.quick_s),
        "peak_s": peak * float(np.exp(rng.normal(-0.3, PAUSE))),
        "rest_s": max(rest * float(np.exp(rng.normal(-0.1, PAUSE))), 0.05),
    }  # fmt: skip


def styled(exercise: str, joints: Array, rng: np.random.Generator) -> Array:
    """The joints with arms and feet as somebody may hold them; half of all hold them as drawn."""
    if exercise in ARMS and rng.random() < OTHERWISE.get(exercise, 0.5):
        how = str(rng.choice(ARMS[exercise]))
        joints = _with_hands(_armed(joints, how, rng), joints)
    if exercise in WIDE and rng.random() < 0.5:
        joints = _wide(joints, rng.uniform(0, MOST_OUT))
    if exercise in STRAIGHTER:
        joints = _straighter(joints, STRAIGHTER[exercise] * min(1.0, rng.uniform(0, 1.5)))
    return joints


def _with_hands(joints: Array, drawn: Array) -> Array:
    """The hands on the wrists again as they were drawn."""
    for side in SIDES:
        wrist = INDEX[f"{side}_wrist"]
        for name in ENDS["hand"]:
            i = INDEX[f"{side}_{name}"]
            joints[:, i] = joints[:, wrist] + drawn[:, i] - drawn[:, wrist]
    return joints


def _armed(joints: Array, how: str, rng: np.random.Generator) -> Array:
    if how in ("hips", "head"):
        return armed(joints, how)
    return _before_chest(joints, 1.0 if how == "crossed" else 0.5, rng.uniform(0.1, 0.35))


def _before_chest(joints: Array, over: float, far: float) -> Array:
    """Hands ahead of the chest: clasped in its middle (``over`` 0.5) or crossed; ``far`` in trunk lengths."""
    out = joints.copy()
    left, right = (joints[:, INDEX[f"{side}_shoulder"]] for side in SIDES)
    hip = (joints[:, INDEX["left_hip"]] + joints[:, INDEX["right_hip"]]) / 2
    down = hip - (left + right) / 2
    ahead = np.cross(left - right, -down)
    ahead *= np.linalg.norm(down, axis=-1, keepdims=True) / np.linalg.norm(ahead, axis=-1, keepdims=True)
    for side, own, other in (("left", left, right), ("right", right, left)):
        out[:, INDEX[f"{side}_elbow"]] = own + 0.42 * down + 0.6 * far * ahead
        out[:, INDEX[f"{side}_wrist"]] = own + over * (other - own) + 0.15 * down + far * ahead
    return out


def _straighter(joints: Array, degrees: float) -> Array:
    """Shanks turned ahead about the knees of who faces along x."""
    out, a = joints.copy(), np.radians(degrees)
    turn = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    for side in SIDES:
        knee = joints[:, INDEX[f"{side}_knee"]][:, None]
        shank = [INDEX[f"{side}_{name}"] for name in ENDS["shank"]]
        out[:, shank] = knee + (joints[:, shank] - knee) @ turn
    return out


def _wide(joints: Array, degrees: float) -> Array:
    """Legs turned outward about the hips in the plane of who faces along x; the lowest point stays."""
    out = joints.copy()
    for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
        a = sign * np.radians(degrees)
        turn = np.array([[1, 0, 0], [0, np.cos(a), np.sin(a)], [0, -np.sin(a), np.cos(a)]])
        hip = joints[:, INDEX[f"{side}_hip"]][:, None]
        leg = [INDEX[f"{side}_{name}"] for name in ENDS["leg"]]
        out[:, leg] = hip + (joints[:, leg] - hip) @ turn
    out[..., 2] += (joints[..., 2].min(axis=1) - out[..., 2].min(axis=1))[:, None]
    return out
