"""Lying on the back."""

from tests.exercises.cases.common import LATE, LONG, Case, Cases
from tests.figures import Span

CASES = Cases(
    clean=(
        ("beetle", "side"),
        ("figure_four_stretch", "side"),
        ("supine_twist", "side"),
    ),
    dials=(
        Case("beetle", "side", "pelvis_lifts"),
        Case("beetle", "side", "other_knee_moves"),
        Case("beetle", "side", "same_side", level="warn"),
        Case("beetle", "side", "arm_missing", level="warn"),
        Case("beetle", "side", "head_lifts"),
        Case("beetle", "side", "too_fast", 1.2),
        Case("figure_four_stretch", "side", "hips_roll"),
        Case("figure_four_stretch", "side", "head_lift", LATE, LONG),
        Case("figure_four_stretch", "side", "shallow", level="warn"),
        Case("figure_four_stretch", "side", "bounce", level="warn"),
        Case("supine_twist", "side", "shoulder_lifts", Span(6.0, 8.4), LONG, level="warn"),
        Case("supine_twist", "side", "knee_up", level="warn"),
    ),
)
