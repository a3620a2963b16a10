"""Arms."""

from tests.exercises.cases.common import Case, Cases

CASES = Cases(
    clean=(
        ("wall_lat_pulldown", "front"),
        ("wall_lat_pulldown", "side"),
        ("jumping_jack", "front"),
        ("front_raise", "side"),
        ("bench_press", "side"),
        ("pull_up", "front"),
        ("pommel_horse", "front"),
    ),
    dials=(
        Case("wall_lat_pulldown", "front", "shrugged"),
        Case("wall_lat_pulldown", "front", "uneven_arms"),
        Case("wall_lat_pulldown", "front", "too_fast", 1.2),
        Case("wall_lat_pulldown", "side", "arch_wall"),
        Case("wall_lat_pulldown", "side", "wrists_off"),
        Case("wall_lat_pulldown", "side", "head_forward"),
    ),
    unchecked={
        (exercise, "too_fast"): "counted only"
        for exercise in ("jumping_jack", "front_raise", "bench_press", "pull_up", "pommel_horse")
    },
)
