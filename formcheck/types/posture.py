"""Postures in which a pose model errs in its own way, as exercises state and sensor profiles know them."""

from typing import Literal

Posture = Literal[
    "arms_overhead",
    "bridge",
    "dip",
    "high_plank",
    "hinge",
    "landing",
    "plank",
    "prone",
    "reaching_on_all_fours",
    "running",
    "running_contact",
    "running_stance",
    "side_plank",
    "squat",
    "supine",
    "v_sit",
]
