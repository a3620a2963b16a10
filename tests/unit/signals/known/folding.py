"""Known answers of signals of hips that fold and stretch: (name, joints, facing, value)."""

import numpy as np

#: On the back, head to the left, the left foot planted, the right leg stretched along the floor.
SUPINE = {
    "hip": 0,
    "shoulder": -1 + 0j,
    "left_knee": 0.5 + 0.5j,
    "right_knee": 0.8,
    "left_ankle": 0.8 - 0.1j,
    "right_ankle": 1.6 + 0.2j,
}
#: The foot of the right leg above the level of the hips, seen from them, degrees.
LOW_FOOT = np.degrees(np.arctan2(0.2, 1.6))
MIRRORED = {name: complex(-complex(at).real, complex(at).imag) for name, at in SUPINE.items()}
FLAT = {"hip": 0, "shoulder": 1 + 0j, "nose": 1.5 - 0.1j, "ear": 1.4 + 0j}

KNOWN: list[tuple[str, dict[str, complex], float, float]] = [
    ("hip_extension.left", SUPINE, 1, -45),
    ("hip_extension.left", {**SUPINE, "left_knee": 0.5 - 0.5j}, 1, 45),
    ("thigh_extension.lower", SUPINE, 1, -45),
    ("thigh_extension.lower", MIRRORED, -1, -45),
    ("thigh_extension.lower", {**SUPINE, "left_ankle": 1 + 1j}, 1, 0),
    ("shank_tilt.lower", {**SUPINE, "left_ankle": 1.1 - 0.1j}, 1, 45),
    ("shank_tilt.lower", {**SUPINE, "left_ankle": 0.5 - 0.1j}, 1, 0),
    ("free_thigh", SUPINE, 1, LOW_FOOT - 45),
    ("free_thigh", MIRRORED, -1, LOW_FOOT - 45),
    ("free_thigh", {**SUPINE, "right_knee": 0.8j}, 1, 45),
    ("free_thigh", {**SUPINE, "right_ankle": 1.6}, 1, np.nan),
    ("hip_fold", SUPINE, 1, 45),
    ("hip_fold", {**SUPINE, "right_knee": 0.8j}, 1, 90),
    ("waiting_thigh", {**SUPINE, "right_knee": 0.8j}, 1, 90),
    ("waiting_thigh", {**SUPINE, "left_knee": np.nan}, 1, np.nan),
    ("waiting_thigh", {**SUPINE, "left_knee": np.nan, "right_knee": 0.8j}, 1, 90),
    ("thighs_apart", SUPINE, 1, 45),
    ("high_foot", SUPINE, 1, 0.2),
    ("low_foot", SUPINE, 1, -0.1),
    ("low_foot", {**SUPINE, "left_ankle": 1 + 1j}, 1, 0.2),
    ("low_foot", {"hip": 0, "right_knee": 0.5 + 0.5j, "right_ankle": 1 + 1j}, 1, 1),
    ("low_foot", {"hip": 0, "left_knee": 0.5, "right_knee": 0.5 + 0.5j, "right_ankle": 1 + 1j}, 1, np.nan),
    ("high_knee_flexion", {**SUPINE, "left_ankle": 1.0}, 1, 90),
    ("head_raise", FLAT, 1, 45),
    ("head_raise", {**FLAT, "nose": 1.3 - 0.1j}, 1, 0),
    ("hip_ahead.left", {"hip": 0.3 + 1j, "knee": 0}, 1, 0.3),
    ("hip_ahead.left", {"hip": 0.3 + 1j, "knee": 0}, -1, -0.3),
]
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE: set[str] = set()
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = set()
#: NaN where they do not apply, though every joint is seen; or a value where one joint of theirs is not.
CONDITIONAL: set[str] = {"high_knee_flexion", "high_foot", "hip_fold", "free_thigh", "waiting_thigh"}
