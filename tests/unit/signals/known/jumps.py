"""Known answers of signals of jumps: (name, joints, facing, value)."""

import numpy as np

#: Seen from the front, legs straight down; each tenth aside bends a knee by two of these.
_LEGS = {"left_hip": 0.2, "right_hip": -0.2, "left_ankle": 0.2 - 2j, "right_ankle": -0.2 - 2j}
_TENTH = 2 * np.degrees(np.arctan(0.1))
_KNEE_IN = {"left_knee": 0.1 - 1j, "right_knee": -0.2 - 1j}
#: Hips sunk until the thighs point at the camera; what the same knee bends a limb of its full length.
_SHORT_THIGHS = {"left_hip": 0.2 - 0.7j, "right_hip": -0.2 - 0.7j}
_TENTH_OF_A_LIMB = np.degrees(2 * np.arctan(0.1 / 0.8))
_FEET = {"left_ankle": 0.2j, "right_ankle": 0.6j}

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    ("leap", {"hip": 2j, "ankle": 0}, 1, 0.5),
    ("leap", {"hip": 2.4j, **_FEET}, 1, 0.75),
    ("leap", {"hip": 2j, "left_ankle": 0.4j}, 1, 0.8),
    ("jumping_leg", _FEET, 1, 1),
    ("jumping_leg", {"left_ankle": 1j, "right_ankle": 0.6j}, 1, -1),
    ("jumping_leg", {"right_ankle": 0.6j}, 1, -1),
    (
        "trunk_over_foot.support",
        {"shoulder": 0.5 + 3j, "hip": 0.3 + 2j, "left_ankle": 0.1, "right_ankle": 1 + 1j},
        1,
        0.3,
    ),
    (
        "frontal_plane_projection_angle.support",
        {**_LEGS, "left_knee": 0.1 - 1j, "right_knee": -0.2 - 1j, "right_ankle": -1.9j},
        1,
        _TENTH,
    ),
    ("knees_inward", {**_LEGS, "left_knee": 0.2 - 1j, "right_knee": -0.2 - 1j}, 1, 0),
    ("knees_inward", {**_LEGS, **_KNEE_IN}, 1, _TENTH),
    ("knees_inward", {**_LEGS, "left_knee": 0.1 - 1j, "right_knee": -0.1 - 1j}, 1, _TENTH),
    ("knees_inward", {**_LEGS, "left_knee": 0.1 - 1j, "right_knee": -0.3 - 1j}, 1, 0),
    ("knees_inward", {**_LEGS, "left_knee": 0.3 - 1j, "right_knee": -0.3 - 1j}, 1, -2 * _TENTH),
    ("knees_fall_in", {**_LEGS, "left_knee": 0.2 - 1j, "right_knee": -0.2 - 1j}, 1, 0),
    ("knees_fall_in", {**_LEGS, **_KNEE_IN}, 1, _TENTH),
    ("knees_fall_in", {**_LEGS, "left_knee": 0.1 - 1j, "right_knee": -0.3 - 1j}, 1, 0),
    ("knees_fall_in", {**_LEGS, **_KNEE_IN, **_SHORT_THIGHS}, 1, _TENTH_OF_A_LIMB),
    ("knees_fall_in", {**_LEGS, **_KNEE_IN, "left_ankle": 0.1 - 2j, "right_ankle": -0.2 - 2j}, 1, 0),
    ("knee_falls_in.left", {**_LEGS, **_KNEE_IN}, 1, _TENTH),
    ("knee_falls_in.left", {**_LEGS, **_KNEE_IN, **_SHORT_THIGHS}, 1, _TENTH_OF_A_LIMB),
    ("knee_falls_in.left", {**_LEGS, "left_knee": 0.3 - 1j}, 1, -np.degrees(2 * np.arctan(0.1 / 0.8))),
]
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE = {"jumping_leg"}
#: Tell where in the picture, not how the body is.
ABSOLUTE = {"leap"}
#: NaN where they do not apply, though every joint is seen.
CONDITIONAL = {"leap", "jumping_leg"}
