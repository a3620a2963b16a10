"""Lying on the belly."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(
        ("superman", "side"),
        ("superman_pull", "side"),
    ),
    dials=(
        Case("superman", "side", "over_arch"),
        Case("superman", "side", "chest_stays_down"),
        Case("superman", "side", "legs_stay_down"),
        Case("superman", "side", "knee_bent"),
        Case("superman", "side", "arms_drop"),
        Case("superman", "side", "neck_up"),
        Case("superman", "side", "too_fast", 1.25),
        Case(
            "superman",
            "side",
            "too_fast",
            0.0,
            (("half_s", 1.5), ("peak_s", 0.0)),
            raises="no_pause",
            level="warn",
        ),
        Case("superman_pull", "side", "chest_drop"),
        Case("superman_pull", "side", "over_arch"),
        Case("superman_pull", "side", "neck_up"),
        Case("superman_pull", "side", "shrugged"),
        Case("superman_pull", "side", "elbows_drop", level="warn"),
        Case("superman_pull", "side", "too_fast", 1.2),
    ),
)
