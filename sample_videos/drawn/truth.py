"""Projected angles of the true joints: what a perfect reader of the picture would see.

Written apart from `formcheck.signals` on purpose, so that one can check the other.
"""

import numpy as np
from numpy.typing import NDArray

from formcheck.types.landmark import INDEX

Array = NDArray[np.float64]


def _cross(a: Array, b: Array) -> Array:
    out: Array = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return out


def _norm(a: Array) -> Array:
    out: Array = np.linalg.norm(a, axis=-1)
    return out


def _bend(a: Array, b: Array, c: Array) -> Array:
    """Turn at ``b``, 0 straight, always positive, degrees."""
    first, second = b - a, c - b
    return np.degrees(np.abs(np.arctan2(_cross(first, second), np.sum(first * second, -1))))


def _elevation(a: Array, b: Array) -> Array:
    """Of the line from a to b above the horizon, degrees."""
    d = b - a
    return np.degrees(np.arctan2(d[..., 1], np.abs(d[..., 0])))


class Plane:
    """Joints in the picture with y up, by name; ``n`` is the near side and ``facing`` +1 to the right."""

    def __init__(self, image: Array, near: str, facing: float) -> None:
        self.points = np.asarray(image, float) * [1.0, -1.0]
        self.near = near
        self.facing = facing

    def __call__(self, name: str) -> Array:
        """(T, 2) of a landmark, of the near one ("n_hip") or of the middle of both ("hip")."""
        if name in INDEX:
            return self.points[:, INDEX[name]]
        if name.startswith("n_"):
            return self.points[:, INDEX[f"{self.near}_{name[2:]}"]]
        return (self.points[:, INDEX[f"left_{name}"]] + self.points[:, INDEX[f"right_{name}"]]) / 2

    @property
    def trunk(self) -> tuple[Array, Array, Array]:
        """Up along the trunk, toward the belly, and the trunk's length in px."""
        along = self("shoulder") - self("hip")
        length = _norm(along)
        up = along / length[:, None]
        return up, self.facing * np.stack([up[:, 1], -up[:, 0]], -1), length


def side_angles(p: Plane, limb: str) -> dict[str, Array]:
    """Side view, each (T,), degrees or trunk lengths; ``limb`` is the side whose leg or arm works.

    knee_flexion, elbow_flexion: 0 straight. body_line, hip_flexion: + piked, - sagging or arched. lean: +
    forward. head_*: of the ears and nose against the trunk. trunk_minus_shin: how much further the trunk
    leans than the shin. upper_arm: against the trunk, + elbow in front.
    """
    up, belly, length = p.trunk
    shoulder, hip, ankle = p("n_shoulder"), p("n_hip"), p("n_ankle")
    raised = p(f"{limb}_ankle")
    ear, head = p("ear"), p("ear") - p("shoulder")
    look = p("nose") - ear

    def line(end: Array) -> Array:
        apex = np.sum((hip - (shoulder + end) / 2) * -belly, -1)
        return _bend(shoulder, hip, end) * np.where(apex >= 0, 1.0, -1.0)

    trunk = p("shoulder") - p("hip")
    arm = p("n_elbow") - shoulder
    lean = np.degrees(np.arctan2(p.facing * trunk[:, 0], trunk[:, 1]))
    shin = 90 - _elevation(ankle, p("n_knee"))
    return {
        "knee_flexion": _bend(hip, p("n_knee"), ankle),
        "elbow_flexion": _bend(shoulder, p("n_elbow"), p("n_wrist")),
        "hip_flexion": line(p("n_knee")),
        "body_line": line(ankle),
        "raised_line": line(raised),
        "leg_elevation": _elevation(hip, raised),
        "arm_elevation": _elevation(shoulder, p("n_wrist")),
        "trunk_elevation": _elevation(p("hip"), p("shoulder")),
        "lean": lean,
        "trunk_minus_shin": lean - shin,
        "head_pitch": np.degrees(np.arctan2(np.sum(look * up, -1), np.sum(look * belly, -1))),
        "head_offset": np.sum(head * belly, -1) / length,
        "neck_length": np.sum(head * up, -1) / length,
        "heel_rise": (p("n_heel") - p("n_toe"))[:, 1] / length,
        "upper_arm": np.degrees(np.arctan2(np.sum(arm * belly, -1), -np.sum(arm * up, -1))),
        "hand_height": np.sum((p("n_wrist") - hip) * up, -1) / length,
    }


def front_angles(p: Plane) -> dict[str, Array]:
    """Front and back view, each (T,), degrees or trunk lengths.

    knee_in_*: knee medial of the line from hip to ankle is +. hip_shift: of the hips' middle from the
    ankles', toward the person's left. trunk_sway, shoulder_tilt, hip_tilt: toward the left, left higher.
    hand_past_middle_*: of the wrist beyond the body's middle.
    """
    # A trunk that leans toward the camera looks short: the longest is the true one.
    length = float(p.trunk[2].max())
    left = np.sign((p("left_hip") - p("right_hip"))[:, 0])
    trunk = p("shoulder") - p("hip")
    out = {
        "hip_shift": left * (p("hip") - p("ankle"))[:, 0] / length,
        "trunk_sway": np.degrees(np.arctan2(left * trunk[:, 0], trunk[:, 1])),
        "shoulder_tilt": _elevation(p("right_shoulder"), p("left_shoulder")),
        "hip_tilt": _elevation(p("right_hip"), p("left_hip")),
        "hip_height": (p("hip") - p("ankle"))[:, 1] / length,
        "neck_length": (p("ear") - p("shoulder"))[:, 1] / length,
    }
    for side, sign in (("left", 1.0), ("right", -1.0)):
        hip, knee, ankle = p(f"{side}_hip"), p(f"{side}_knee"), p(f"{side}_ankle")
        medial = np.sign(_cross(ankle - hip, knee - hip)) * -sign * left
        out[f"knee_in_{side}"] = medial * _bend(hip, knee, ankle)
        cross = -sign * left * (p(f"{side}_wrist") - (p("shoulder") + p("hip")) / 2)[:, 0] / length
        out[f"hand_past_middle_{side}"] = cross
    return out
