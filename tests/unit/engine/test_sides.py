"""Left and right over a set."""

import pytest

from formcheck.engine.count.sides import balance
from formcheck.sensor import usual_profile
from formcheck.types.result import Rep, Rom

DEAD_BAND = usual_profile().noise.sides


def rep(side, rom=60.0, lasted=3.0, counted=True, unit="deg"):
    return Rep(1, side, 0.0, lasted / 2, lasted, counted, None, Rom(rom, unit), None, 90, ())


def test_one_sided_and_two_sided_exercises_have_no_balance():
    assert balance([rep("both")] * 8, DEAD_BAND) is None
    assert balance([rep("left")] * 8, DEAD_BAND) is None
    assert balance([], DEAD_BAND) is None


def test_too_few_are_counted_but_not_compared():
    few = balance([rep("left")] * 4 + [rep("right")] * 3, DEAD_BAND)
    assert (few.left, few.right, few.verdict) == (4, 3, "not_assessable")
    assert few.range_percent is None


@pytest.mark.parametrize(
    ("right", "verdict", "weaker"),
    [(60.0, "ok", None), (52.0, "ok", None), (49.0, "warn", "right"), (40.0, "error", "right")],
)
def test_the_range_is_compared_beyond_the_sensor(right, verdict, weaker):
    found = balance([rep("left")] * 4 + [rep("right", right)] * 4, DEAD_BAND)
    assert (found.verdict, found.weaker) == (verdict, weaker)


def test_mirror_images_name_the_other_side():
    a = balance([rep("left")] * 4 + [rep("right", 40.0)] * 4, DEAD_BAND)
    b = balance([rep("right")] * 4 + [rep("left", 40.0)] * 4, DEAD_BAND)
    assert a.range_percent == pytest.approx(40.0)
    assert b.range_percent == pytest.approx(-40.0)
    assert (a.weaker, b.weaker) == ("right", "left")


def test_time_is_compared_too():
    found = balance([rep("left", lasted=4.0)] * 4 + [rep("right", lasted=3.2)] * 4, DEAD_BAND)
    assert found.time_percent == pytest.approx(22.2, abs=0.1)
    assert (found.verdict, found.weaker) == ("warn", None)


def test_only_full_repetitions_count():
    found = balance([rep("left")] * 4 + [rep("right")] * 4 + [rep("right", 10.0, counted=False)], DEAD_BAND)
    assert (found.right, found.verdict) == (4, "ok")


def test_a_difference_counts_beyond_what_the_sensor_errs_by():
    reps = [rep("left")] * 4 + [rep("right", 45.0)] * 4
    assert balance(reps, {"deg": 14.0, "s": 0.3}).weaker == "right"
    assert balance(reps, {"deg": 16.0, "s": 0.3}).range_percent == 0.0
