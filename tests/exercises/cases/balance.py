"""On one leg."""

from tests.exercises.cases.common import LATE, Case, Cases
from tests.figures import Span

#: Stands on the other leg.
RIGHT = (("side", "right"),)

CASES = Cases(
    # Reaches from the side and deadlifts from the front are counted, but show too little for a score.
    clean=(
        ("single_leg_stability_hold", "front"),
        ("single_leg_stability_hold", "side"),
        ("single_leg_stability_reach", "front"),
        ("single_leg_deadlift", "side"),
    ),
    dials=(
        Case("single_leg_stability_hold", "front", "knee_valgus", level="warn"),
        Case("single_leg_stability_hold", "front", "trunk_sway"),
        Case("single_leg_stability_hold", "back", "trunk_sway", words=RIGHT),
        Case("single_leg_stability_hold", "front", "unsteady"),
        Case("single_leg_stability_hold", "front", "foot_down", Span(6.0, 7.0), level=None),
        Case("single_leg_stability_hold", "front", "shrugged", LATE, level="warn"),
        Case("single_leg_stability_hold", "side", "head_forward"),
        Case("single_leg_stability_hold", "side", "unsteady", words=RIGHT),
        Case("single_leg_stability_reach", "front", "knee_valgus"),
        Case("single_leg_stability_reach", "front", "foot_down"),
        Case("single_leg_stability_reach", "front", "unsteady", words=RIGHT),
        Case("single_leg_stability_reach", "front", "too_fast", 1.15),
        Case("single_leg_stability_reach", "side", "knee_deep_bend"),
        Case("single_leg_stability_reach", "side", "too_fast", 1.15),
        Case("single_leg_deadlift", "side", "leg_lag"),
        Case("single_leg_deadlift", "side", "over_arch", words=RIGHT),
        Case("single_leg_deadlift", "side", "squatting"),
        Case("single_leg_deadlift", "side", "unsteady"),
        Case("single_leg_deadlift", "side", "neck_up"),
        Case("single_leg_deadlift", "side", "foot_down", level="warn"),
        Case("single_leg_deadlift", "side", "both_feet"),
        Case("single_leg_deadlift", "side", "too_fast", 1.15),
        Case("single_leg_deadlift", "front", "knee_valgus"),
        Case("single_leg_deadlift", "front", "both_feet"),
        Case("single_leg_deadlift", "front", "unsteady"),
    ),
)
