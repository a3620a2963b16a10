"""Known answers of signals of one leg and of lunges: (name, joints, facing, value)."""

import numpy as np

#: Stands on the left leg, seen from the front: the right foot is half a trunk higher.
_STORK: dict[str, complex] = {
    "left_hip": 0.2, "left_knee": 0.2 - 1j, "left_ankle": 0.2 - 2j,
    "right_hip": -0.2, "right_knee": -0.2 - 0.8j, "right_ankle": -0.2 - 1.5j,
}  # fmt: skip
#: Hinged over the left leg, facing right: the trunk level, the right leg 45 degrees below its line.
_HINGE: dict[str, complex] = {"hip": 0, "shoulder": 1, "left_ankle": -1.5j, "right_ankle": -1 - 1j}
#: A lunge to the right with the left foot in front, its shin leaning forward, the other knee square.
_LUNGE: dict[str, complex] = {
    "left_hip": 0, "left_knee": 1, "left_ankle": 0.5 - 0.5j,
    "right_hip": 0, "right_knee": -1j, "right_ankle": -1 - 1j,
}  # fmt: skip
_FEET = {"left_ankle": _LUNGE["left_ankle"], "right_ankle": _LUNGE["right_ankle"]}
_SHANKS = {**_FEET, "left_knee": _LUNGE["left_knee"], "right_knee": _LUNGE["right_knee"]}
_TOES = {**_FEET, "left_knee": 1, "right_knee": -1j, "left_toe": 1, "right_toe": -1 - 1j}
_SWAPPED = {
    **_STORK, "left_ankle": 0.2 - 1.4j, "right_knee": -0.2 - 1j, "right_ankle": -0.2 - 2j,
}  # fmt: skip
_GONE = complex(np.nan, np.nan)
_LIFTED = {"left_ankle": 0, "right_ankle": 0.8j}
#: Degrees that a knee a tenth aside bends.
_TENTH = 2 * np.degrees(np.arctan(0.1))
_ON_BOTH = {"left_ankle": -2j, "right_ankle": 0.3 - 1.9j}

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    ("foot_lift", {"left_ankle": -2j, "right_ankle": 1 - 1.5j}, 1, 0.5),
    ("foot_lift", {"left_ankle": -1.5j, "right_ankle": 1 - 2j}, 1, 0.5),
    ("foot_lift_side", {"left_ankle": -2j, "right_ankle": 1 - 1.5j}, 1, 0.5),
    ("foot_lift_side", {"left_ankle": -1.5j, "right_ankle": 1 - 2j}, 1, -0.5),
    ("nearer_foot_side", {"left_ankle": -2j, "right_ankle": 1 - 1.5j}, 1, 0.5),
    ("front_foot_side", _FEET, 1, 1.5),
    ("front_foot_side", _FEET, -1, -1.5),
    ("hands_low", {"left_wrist": 1j, "right_wrist": 0.8j, "left_ankle": 0, "right_ankle": 0.4j}, 1, -0.8),
    ("hands_low", {"left_wrist": 1j, "right_ankle": 0.4j}, 1, -0.6),
    ("trunk_over_foot.stance", {**_LIFTED, "hip": 0.2, "shoulder": 0.4 + 1j}, 1, 0.3),
    ("trunk_over_foot.stance", {"left_ankle": 1j, "right_ankle": 0.5, "hip": 2j, "shoulder": 3j}, 1, -0.5),
    ("trunk_over_foot.stance", {**_ON_BOTH, "hip": 0, "shoulder": 1j}, 1, np.nan),
    ("free_leg_line", _HINGE, 1, 45),
    ("free_leg_line", {**_HINGE, "right_ankle": -1 + 1j}, 1, -45),
    ("free_leg_line", {**_HINGE, "shoulder": -1, "right_ankle": 1 - 1j}, -1, 45),
    ("free_leg_line", {**_ON_BOTH, "hip": 0, "shoulder": 1}, 1, np.nan),
    ("knee_flexion.stance", {**_STORK, "left_knee": 1.2 - 1j}, 1, 90),
    ("knee_flexion.stance", _SWAPPED, 1, 0),
    ("knee_flexion.stance", {**_STORK, "right_ankle": -0.2 - 1.9j}, 1, np.nan),
    ("frontal_plane_projection_angle.support_square", _STORK, 1, 0),
    ("frontal_plane_projection_angle.support_square", {**_STORK, "left_knee": 0.1 - 1j}, 1, _TENTH),
    ("frontal_plane_projection_angle.support_square", {**_STORK, "left_knee": 0.3 - 1j}, 1, -_TENTH),
    ("frontal_plane_projection_angle.support_square", {**_STORK, "right_ankle": -1 - 1.5j}, 1, np.nan),
    ("frontal_plane_projection_angle.support_square", {**_STORK, "right_ankle": _GONE}, 1, 0),
    ("frontal_plane_projection_angle.support_square", {**_STORK, "left_ankle": _GONE}, 1, 0),
    ("knee_inward.support_square", {**_STORK, "left_knee": 0.1 - 1j}, 1, 0.1),
    ("knee_inward.support_square", {**_STORK, "left_knee": 0.3 - 1j}, 1, -0.1),
    ("knee_inward.support_square", {**_STORK, "right_ankle": _GONE}, 1, 0),
    ("knee_flexion.lead", _LUNGE, 1, 135),
    ("knee_flexion.lead", _LUNGE, -1, 90),
    ("knee_flexion.rear", _LUNGE, 1, 90),
    ("shin_lean.lead", _SHANKS, 1, 45),
    ("shin_lean.lead", {**_SHANKS, "right_ankle": -0.5 - 2j}, -1, -np.degrees(np.arctan(0.5))),
    ("knee_over_toe.lead", {**_TOES, "left_toe": 0.75 - 0.5j}, 1, 0.25),
    ("knee_over_toe.lead", {**_TOES, "left_toe": 1.2 - 0.6j}, 1, -0.2),
    ("knee_over_toe.lead", {**_TOES, "right_toe": -1.5 - 1j}, -1, -1.5),
]  # fmt: skip
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE: set[str] = {"foot_lift_side", "nearer_foot_side", "front_foot_side"}
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = set()
#: NaN where they do not apply, though every joint is seen; or a value where one joint of theirs is not.
CONDITIONAL: set[str] = {"nearer_foot_side", "hands_low", "free_leg_line"}
