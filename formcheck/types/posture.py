"""Postures in which a pose model errs in its own way: stated by an exercise or measure, known to sensor profiles."""

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
