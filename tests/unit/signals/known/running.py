"""Known answers of signals of the stride: (name, joints, facing, value)."""

import numpy as np

#: Hips from the front, the person's left at image right; the left leg straight down from its hip.
_HIPS = {"left_hip": 0.2 + 0j, "right_hip": -0.2 + 0j}
_LEG = {**_HIPS, "left_knee": 0.2 - 1j, "left_ankle": 0.2 - 2j}

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    ("foot_ahead.near", {"left_ankle": 0.5 - 2j, "hip": 0.1}, 1, 0.4),
    ("foot_ahead.near", {"left_ankle": 0.5 - 2j, "hip": 0.1}, -1, -0.4),
    ("foot_pitch.near", {"left_heel": 0, "left_toe": 0.3 + 0.3j}, 1, 45),
    ("foot_pitch.near", {"left_heel": 0, "left_toe": -0.3 + 0.3j}, -1, 45),
    ("foot_pitch.near", {"left_heel": 0, "left_toe": 0.3 - 0.3j}, 1, -45),
    ("pelvic_drop.left", {"left_hip": 0.2 + 0.2j, "right_hip": -0.2 - 0.2j}, 1, 45),
    ("pelvic_drop.right", {"left_hip": 0.2 + 0.2j, "right_hip": -0.2 - 0.2j}, 1, -45),
    ("pelvic_drop.left", {"left_hip": -0.2 + 0.2j, "right_hip": 0.2 - 0.2j}, 1, 45),
    ("frontal_plane_projection_angle.left", _LEG, 1, 0),
    (
        "frontal_plane_projection_angle.left",
        {**_LEG, "left_knee": 0.1 - 1j},
        1,
        2 * np.degrees(np.arctan(0.1)),
    ),
    (
        "frontal_plane_projection_angle.left",
        {**_LEG, "left_knee": 0.3 - 1j},
        1,
        -2 * np.degrees(np.arctan(0.1)),
    ),
    (
        "frontal_plane_projection_angle.right",
        {**_HIPS, "right_knee": -0.1 - 1j, "right_ankle": -0.2 - 2j},
        1,
        2 * np.degrees(np.arctan(0.1)),
    ),
    ("foot_beside.left", {**_HIPS, "left_ankle": 0.15 - 2j}, 1, 0.15),
    ("foot_beside.left", {**_HIPS, "left_ankle": -0.05 - 2j}, 1, -0.05),
    ("foot_beside.right", {**_HIPS, "right_ankle": -0.15 - 2j}, 1, 0.15),
]

#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE: set[str] = set()
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = set()
#: NaN where they do not apply, though every joint is seen.
CONDITIONAL: set[str] = set()
