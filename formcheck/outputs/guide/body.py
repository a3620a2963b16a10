"""Flesh on the landmarks seen in a plane: shapes in drawing order, the farthest first.

Millimetres, x to the right, y down. Bones keep their real thickness.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.pictures import Posture
from formcheck.types.landmark import INDEX

Array = NDArray[np.float64]
At = Callable[[str], Array]  # a landmark, or the middle of a pair, by name
Joint = tuple[Array, float]  # and its radius
Tone = Literal["near", "far", "mark", "thing"]

_WIDTHS = {"shoulder": 360.0, "hip": 200.0}  # between the joints
_NOSE = 125.0  # ahead of the ears
#: Trunk from hips (0) to shoulders (1): half width, half depth, ahead of the joints.
_TRUNK = np.array(
    [
        (-0.24, 20, 20, -10),
        (-0.20, 90, 62, -12),
        (-0.06, 158, 104, -14),
        (0.10, 160, 110, -10),
        (0.42, 132, 99, 3),
        (0.72, 154, 108, 9),
        (0.90, 182, 98, 4),
        (1.01, 172, 76, -2),
        (1.08, 90, 50, -2),
        (1.12, 40, 30, -2),
    ]
)
_ROUND = np.linspace(0, np.pi, 9)
_IN_PROFILE = 0.6
_FREE = 0.4  # share of an upper arm or thigh from which on it stands out from the trunk


@dataclass(frozen=True, slots=True, eq=False)
class BodyShape:
    """One part of the body in one tone: ``outlines`` (n, 2), all running the same way round.

    An ``edged`` one stands out from what lies behind it, any other flows into it.
    """

    tone: Tone
    outlines: tuple[Array, ...]
    edged: bool = True


def scene(posture: Posture, near: str | None) -> list[BodyShape]:
    """The things of a posture and the person before them."""
    things = [_thing(*map(float, stroke)) for stroke in posture.things]
    return [*things, *person(posture.points, near)]


def _thing(x: float, y: float, to_x: float, to_y: float, radius: float) -> BodyShape:
    return BodyShape("thing", (capsule(np.array([x, y]), np.array([to_x, to_y]), radius, radius),))


def person(points: Array, near: str | None) -> list[BodyShape]:
    """A body (L, 2), the side ``near`` toward the eye; None: both, as from the front."""

    def at(name: str) -> Array:
        pair = [name] if name in INDEX else [f"left_{name}", f"right_{name}"]
        middle: Array = points[[INDEX[joint] for joint in pair]].mean(axis=0)
        return middle

    def limbs(joints: Callable[[At, str], list[Joint]], *sides: str, tone: Tone = "near") -> list[BodyShape]:
        return [shape for side in sides for shape in _limb(joints(at, side), tone)]

    trunk = [BodyShape("near", (_trunk(at),), edged=near is not None), *_head(at)]
    if near is None:
        return [*limbs(_leg, "left", "right"), *trunk, *limbs(_arm, "left", "right")]
    far = {"left": "right", "right": "left"}[near]
    behind = [*limbs(_arm, far, tone="far"), *limbs(_leg, far, tone="far")]
    return [*behind, *trunk, *limbs(_leg, near), *limbs(_arm, near)]


def _arm(at: At, side: str) -> list[Joint]:
    joints = (at(f"{side}_{name}") for name in ("shoulder", "elbow", "wrist", "index", "pinky"))
    shoulder, elbow, wrist, index, pinky = joints
    hand = wrist + 1.5 * ((index + pinky) / 2 - wrist)
    return [(shoulder, 58 - 12 * _breadth(at, "shoulder")), (elbow, 41), (wrist, 28), (hand, 22)]


def _leg(at: At, side: str) -> list[Joint]:
    joints = (at(f"{side}_{name}") for name in ("hip", "knee", "ankle", "heel", "toe"))
    hip, knee, ankle, heel, toe = joints
    root = 86 - 14 * _breadth(at, "hip")
    return [(hip, root), (knee, 56), (ankle, 36), (heel, 28), (toe, 20), (ankle, 36)]


def _breadth(at: At, joint: str) -> float:
    """How much of the width of shoulders or hips is seen, 0 from the side to 1 from the front."""
    return min(1.0, float(np.hypot(*(at(f"left_{joint}") - at(f"right_{joint}")))) / _WIDTHS[joint])


def _limb(chain: list[Joint], tone: Tone) -> list[BodyShape]:
    """Edged but for its root, which flows into the trunk."""
    (root, r), (middle, r_middle), *_ = chain
    begin = root + _FREE * (middle - root), r + _FREE * (r_middle - r)
    free = (capsule(a, b, ra, rb) for (a, ra), (b, rb) in pairwise([begin, *chain[1:]]))
    return [BodyShape(tone, tuple(free)), BodyShape(tone, (capsule(root, middle, r, r_middle),), edged=False)]


def _ball(centre: Array, radius: float) -> Array:
    return capsule(centre, centre, radius, radius)


def capsule(a: Array, b: Array, ra: float, rb: float) -> Array:
    """Outline (n, 2) of a circle swept from ``a`` to ``b`` while its radius goes from ``ra`` to ``rb``."""
    along = b - a
    length = float(np.hypot(*along))
    if length <= abs(ra - rb):
        turn = np.linspace(0, 2 * np.pi, 2 * len(_ROUND), endpoint=False)
        return (a if ra > rb else b) + max(ra, rb) * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
    lean = np.arccos((ra - rb) / length)
    heading = np.arctan2(along[1], along[0])
    end = heading - lean + 2 * lean * _ROUND / np.pi
    start = heading + lean + 2 * (np.pi - lean) * _ROUND / np.pi
    caps = [c + r * np.stack([np.cos(w), np.sin(w)], axis=-1) for c, r, w in ((b, rb, end), (a, ra, start))]
    return np.concatenate(caps)


def _trunk(at: At) -> Array:
    """Wide from the front, shallow from the side; a twist lies between hips and shoulders."""
    hip, along = at("hip"), at("shoulder") - at("hip")
    square = np.array([-along[1], along[0]]) / max(float(np.hypot(*along)), 1e-6)
    ahead = np.sign((at("nose") - at("ear")) @ square) or 1.0
    t, wide, deep, front = _TRUNK.T
    broad = [_breadth(at, "hip"), _breadth(at, "shoulder")]
    seen = broad[0] + np.clip(t, 0, 1) * (broad[1] - broad[0])
    depth = np.sqrt(1 - seen * seen)
    half = np.hypot(wide * seen, deep * depth)[:, None] * square
    spine = hip + t[:, None] * along + (front * depth * ahead)[:, None] * square
    return smooth(np.concatenate([spine + half, (spine - half)[::-1]]))


def smooth(corners: Array, steps: int = 5) -> Array:
    """A closed curve (n * steps, 2) through the corners (Catmull and Rom's spline)."""
    before, after, beyond = (np.roll(corners, -k, axis=0) for k in (-1, 1, 2))
    s = (np.arange(steps) / steps)[:, None, None]
    linear, square = after - before, 2 * before - 5 * corners + 4 * after - beyond
    curve = corners + s / 2 * (linear + s * (square + s * (3 * (corners - after) + beyond - before)))
    out: Array = np.swapaxes(curve, 0, 1).reshape(-1, 2)
    return out


def _head(at: At) -> list[BodyShape]:
    """Neck, skull and jaw, and the nose: it tells where the person looks."""
    ear = at("ear")
    ahead = (at("nose") - ear) / _NOSE
    up = at("eye") - at("mouth")
    up = up / max(float(np.hypot(*up)), 1e-6)
    profile = min(1.0, float(np.hypot(*ahead)))
    skull = _ball(ear + 10 * ahead + 34 * up, 84 + 12 * profile)
    jaw = capsule(ear + 26 * ahead - 10 * up, ear + 44 * ahead - 40 * up, 74, 56)
    nose = capsule(ear + 92 * ahead + 25 * up, ear + 114 * ahead - 2 * up, 9, 13)
    neck = capsule(at("shoulder"), ear - 20 * up, 58, 54)
    if profile > _IN_PROFILE:
        return [BodyShape("near", (neck, skull, jaw, nose), edged=False)]
    ridge = capsule(at("eye_inner"), at("nose") - 8 * up, 5, 9)
    return [BodyShape("near", (neck, skull, jaw), edged=False), BodyShape("mark", (ridge,), edged=False)]
