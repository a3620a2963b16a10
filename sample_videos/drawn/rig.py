"""A human skeleton of round-number proportions: a posture in angles becomes 33 landmarks in a room.

Room axes in metres: x is where the person faces when standing, y the person's left, z up; the floor is z = 0.
All functions take many frames at once: arrays of shape (T,) for angles in degrees, (T, 3) for points.
"""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from formcheck.types.landmark import COUNT, INDEX

Array = NDArray[np.float64]
Side = Literal["left", "right"]
SIDES: tuple[Side, Side] = ("left", "right")

TRUNK = 0.50
UPPER_ARM = 0.27
FOREARM = 0.24
THIGH = 0.40
SHANK = 0.40
HALF_SHOULDERS = 0.18
HALF_HIPS = 0.10
ANKLE_HEIGHT = 0.08
HEEL = (-0.05, -0.06)  # from the ankle of a flat foot: forward, up
TOE = (0.15, -0.06)
NECK_LENGTH = 0.40  # ears above shoulders, in trunk lengths, along the trunk
HEAD_OFFSET = 0.12  # ears ahead of shoulders, in trunk lengths
HEAD_PITCH = -20.0  # nose below ears, degrees against the perpendicular of the trunk

#: Points of the head from the middle between the ears: forward, up, to the left for the left one.
FACE = {
    "nose": (0.125, 0.0, 0.0),
    "eye_inner": (0.100, 0.035, 0.016),
    "eye": (0.097, 0.036, 0.031),
    "eye_outer": (0.090, 0.036, 0.045),
    "ear": (0.0, 0.0, 0.075),
    "mouth": (0.102, -0.040, 0.024),
}
#: The nose sits this many degrees below the head's own forward axis.
NOSE_DROP = 12.0


@dataclass(frozen=True)
class Swing:
    """A limb by its joint angles, in degrees.

    Attributes
    ----------
    flexion : upper segment from hanging down, + forward.
    outward : upper segment away from the body's middle.
    bend : elbow or knee, 0 straight.
    inward : turns the elbow's bend toward the middle of the body.
    frame : what "down" and "forward" refer to.
    """

    flexion: ArrayLike
    outward: ArrayLike = 0.0
    bend: ArrayLike = 0.0
    inward: ArrayLike = 0.0
    frame: Literal["trunk", "room"] = "room"


@dataclass(frozen=True)
class Reach:
    """A limb by where its wrist or ankle is, ``end`` (T, 3); elbow or knee point along ``pole`` (T, 3)."""

    end: Array
    pole: ArrayLike


Limb = Swing | Reach


@dataclass(frozen=True)
class Foot:
    """Pitch of the sole (+ toes down), how far the toes point outward, and roll (+ sole to the right)."""

    pitch: ArrayLike = 0.0
    outward: ArrayLike = 5.0
    roll: ArrayLike = 0.0


@dataclass(frozen=True)
class Posture:
    """A body over time; every number may also be an array (T,).

    Attributes
    ----------
    hip : (T, 3) middle of the hips.
    lean : trunk from upright, + forward, 90 face down.
    sway : trunk sideways, + toward the person's left.
    shoulder_tilt, hip_tilt : left side higher is +.
    shoulder_twist, hip_twist : about the trunk, + left side toward the belly.
    head_pitch : nose against the trunk's perpendicular, + looks up.
    head_offset, neck_length : of the ears from the shoulders, in trunk lengths, across and along the trunk.
    head_tilt : of neck and head sideways, + toward the person's left.
    hands : direction (3,) of flat hands on the floor; None lets them follow the forearms.
    """

    hip: Array
    arms: dict[Side, Limb]
    legs: dict[Side, Limb]
    lean: ArrayLike = 0.0
    sway: ArrayLike = 0.0
    shoulder_tilt: ArrayLike = 0.0
    hip_tilt: ArrayLike = 0.0
    shoulder_twist: ArrayLike = 0.0
    hip_twist: ArrayLike = 0.0
    head_pitch: ArrayLike = HEAD_PITCH
    head_offset: ArrayLike = HEAD_OFFSET
    neck_length: ArrayLike = NECK_LENGTH
    head_tilt: ArrayLike = 0.0
    feet: dict[Side, Foot] = field(default_factory=lambda: {side: Foot() for side in SIDES})
    hands: dict[Side, ArrayLike | None] = field(default_factory=dict)


def unit(vector: ArrayLike) -> Array:
    """Vectors (..., 3) of length one."""
    v = np.asarray(vector, float)
    return v / np.linalg.norm(v, axis=-1, keepdims=True)


def turn(a: Array, b: Array, degrees: ArrayLike) -> Array:
    """Turn unit vector ``a`` toward the perpendicular unit vector ``b``."""
    angle = np.radians(np.asarray(degrees, float))[..., None]
    return np.cos(angle) * a + np.sin(angle) * b


def chord(first: ArrayLike, second: ArrayLike, bend: ArrayLike) -> Array:
    """Distance between the ends of two segments with ``bend`` degrees between them (0 = straight)."""
    a, b = np.asarray(first, float), np.asarray(second, float)
    return np.sqrt(a * a + b * b + 2 * a * b * np.cos(np.radians(bend)))


def middle_joint(root: Array, end: Array, lengths: tuple[ArrayLike, ArrayLike], pole: ArrayLike) -> Array:
    """Knee or elbow (T, 3) between two ends that the segments can reach, on the side of ``pole``."""
    first, second = (np.asarray(length, float) for length in lengths)
    axis = end - root
    distance = np.linalg.norm(axis, axis=-1)
    axis = axis / distance[..., None]
    along = (first**2 - second**2 + distance**2) / (2 * distance)
    off = np.sqrt(np.maximum(first**2 - along**2, 0.0))
    direction = np.asarray(pole, float)
    direction = direction - np.sum(direction * axis, -1, keepdims=True) * axis
    return root + along[..., None] * axis + off[..., None] * unit(direction)


def foot_axes(foot: Foot, sign: float, frames: int) -> tuple[Array, Array]:
    """Where the toes point and the foot's own up, each (T, 3); ``sign`` is +1 for the left foot."""
    x, y, z = (np.tile(axis, (frames, 1)) for axis in np.eye(3))
    ahead = turn(x, sign * y, foot.outward)
    forward, up = turn(ahead, -z, foot.pitch), turn(z, ahead, foot.pitch)
    return forward, turn(up, np.cross(up, forward), foot.roll)


def ankle_over(toe: Array, foot: Foot, sign: float) -> Array:
    """Ankle (T, 3) of a foot that stands on its toes at ``toe`` (T, 3)."""
    forward, up = foot_axes(foot, sign, len(toe))
    return toe - TOE[0] * forward - TOE[1] * up


class Rig:
    """The axes of the trunk over time, and what hangs on them."""

    def __init__(self, posture: Posture) -> None:
        self.posture = posture
        frames = len(posture.hip)
        x, y, z = (np.tile(axis, (frames, 1)) for axis in np.eye(3))
        self.room = (-z, x, y)
        front = turn(x, -z, posture.lean)
        upright = turn(z, x, posture.lean)
        self.up = turn(upright, y, posture.sway)
        self.front = front
        self.left = turn(y, -upright, posture.sway)
        self.shoulder = posture.hip + TRUNK * self.up

    def joints(self) -> Array:
        """(T, 33, 3) landmarks in the room, metres; left and right are the person's."""
        out = np.empty((len(self.up), COUNT, 3))
        self._head(out)
        for side, sign in zip(SIDES, (1.0, -1.0), strict=True):
            self._arm(out, side, sign)
            self._leg(out, side, sign)
        return out

    def _head(self, out: Array) -> None:
        p = self.posture
        tall, aside_left = turn(self.up, self.left, p.head_tilt), turn(self.left, -self.up, p.head_tilt)
        ears = self.shoulder + TRUNK * (
            np.asarray(p.neck_length, float)[..., None] * tall
            + np.asarray(p.head_offset, float)[..., None] * self.front
        )
        look = np.asarray(p.head_pitch, float) + NOSE_DROP
        forward, up = turn(self.front, tall, look), turn(tall, -self.front, look)
        drop = np.radians(NOSE_DROP)
        out[:, INDEX["nose"]] = ears + FACE["nose"][0] * (np.cos(drop) * forward - np.sin(drop) * up)
        for name in ("eye_inner", "eye", "eye_outer", "ear", "mouth"):
            ahead, above, aside = FACE[name]
            for side, sign in (("left", 1.0), ("right", -1.0)):
                out[:, INDEX[f"{side}_{name}"]] = (
                    ears + ahead * forward + above * up + sign * aside * aside_left
                )

    def _arm(self, out: Array, side: Side, sign: float) -> None:
        level = turn(self.left, self.front, self.posture.shoulder_twist)
        across = turn(level, self.up, self.posture.shoulder_tilt)
        shoulder = self.shoulder + sign * HALF_SHOULDERS * across
        elbow, wrist = self._limb(shoulder, self.posture.arms[side], sign, (UPPER_ARM, FOREARM), knee=False)
        hand = self.posture.hands.get(side)
        along = unit(wrist - elbow) if hand is None else unit(np.broadcast_to(hand, wrist.shape))
        # The thumb is in front of a hanging arm and above a level one; flat hands have it inside.
        thumb = unit(np.cross(along, self.left)) if hand is None else -sign * self.left
        points = {
            "shoulder": shoulder,
            "elbow": elbow,
            "wrist": wrist,
            "index": wrist + 0.09 * along + 0.02 * thumb,
            "pinky": wrist + 0.08 * along - 0.03 * thumb,
            "thumb": wrist + 0.05 * along + 0.04 * thumb,
        }
        for name, point in points.items():
            out[:, INDEX[f"{side}_{name}"]] = point

    def _leg(self, out: Array, side: Side, sign: float) -> None:
        level = turn(self.left, self.front, self.posture.hip_twist)
        across = turn(level, self.up, self.posture.hip_tilt)
        hip = self.posture.hip + sign * HALF_HIPS * across
        knee, ankle = self._limb(hip, self.posture.legs[side], sign, (THIGH, SHANK), knee=True)
        foot = self.posture.feet[side]
        forward, up = foot_axes(foot, sign, len(hip))
        points = {"hip": hip, "knee": knee, "ankle": ankle}
        for name, (along, above) in (("heel", HEEL), ("toe", TOE)):
            points[name] = ankle + along * forward + above * up
        for name, point in points.items():
            out[:, INDEX[f"{side}_{name}"]] = point

    def _limb(
        self, root: Array, limb: Limb, sign: float, lengths: tuple[float, float], *, knee: bool
    ) -> tuple[Array, Array]:
        """Middle joint and end of an arm or leg, each (T, 3)."""
        if isinstance(limb, Reach):
            # An end that is too far away is not reached: bones do not stretch.
            away = np.linalg.norm(limb.end - root, axis=-1, keepdims=True)
            end = root + (limb.end - root) * np.minimum(1.0, 0.9998 * sum(lengths) / away)
            return middle_joint(root, end, lengths, np.broadcast_to(limb.pole, root.shape)), end
        down, front, left = self.room if limb.frame == "room" else (-self.up, self.front, self.left)
        out = sign * left
        upper = turn(turn(down, front, limb.flexion), out, limb.outward)
        bending = turn(turn(front, -down, limb.flexion), -out, limb.inward)
        bending = unit(bending - np.sum(bending * upper, -1, keepdims=True) * upper)
        lower = turn(upper, -bending if knee else bending, limb.bend)
        middle = root + lengths[0] * upper
        return middle, middle + lengths[1] * lower
