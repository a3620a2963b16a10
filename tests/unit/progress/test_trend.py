"""Many sessions of one exercise: what is called a change, and what is not."""

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
import pytest

from formcheck.engine.count.sides import balance
from formcheck.errors import FormcheckError
from formcheck.exercises import catalog, judging
from formcheck.messages import sentence
from formcheck.progress.compare import compare
from formcheck.progress.numbers import FEW_REPS, FEW_STEPS, SCORE_LEAST
from formcheck.progress.trend import FIRST, trend
from formcheck.sensor import usual_profile
from formcheck.types.gait import Gait, Metric
from formcheck.types.reason import Reason
from formcheck.types.result import GaitResult, RepResult, Rom
from tests.results import with_gait, with_reps
from tests.unit.outputs import sessions

NOISE = usual_profile().noise

START = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)
WOBBLE = (-1.0, 0.0, 1.0, 0.0)
SERIES_OF_NOISE = 150


def dated(made, days=3):
    return [(START + timedelta(days=days * i), s) for i, s in enumerate(made)]


def squats(roms=None, score=90, seconds=1.3, sides=("both",), **more):
    """A set whose repetitions go as far as ``roms`` say."""
    s = sessions.squat()
    roms = [96.0 + w for w in WOBBLE] if roms is None else roms
    reps = tuple(
        replace(
            s.reps[0],
            n=i + 1,
            side=sides[i % len(sides)],
            rom=Rom(float(rom), "deg"),
            tempo=replace(s.reps[0].tempo, up_s=seconds, down_s=seconds),
            score=score,
        )
        for i, rom in enumerate(roms)
    )
    summary = replace(s.summary, attempts=len(reps), reps=len(reps), score=score)
    return replace(s, result=RepResult(reps, balance(reps, NOISE.sides)), summary=summary, **more)


def level(rom, n=8):
    return squats([rom + WOBBLE[i % 4] for i in range(n)])


def run(spm=170.0, **metrics):
    s = sessions.running()
    return replace(s, result=GaitResult(Gait(spm, 160, metrics, camera="fixed")))


def one(made, name="range_of_motion"):
    return next(s for s in trend(dated(made)).series if s.id == name)


# --- the noise -------------------------------------------------------------------------------------------


def test_what_a_change_needs_is_that_of_the_standard_error():
    roms = [80.0, 100.0] * 4
    found = one([squats(roms), squats(roms), squats(roms)])

    sem = 1.2533 * np.std(roms, ddof=1) / math.sqrt(8)
    assert found.sem == pytest.approx(sem)
    assert found.needs == pytest.approx(2.0796 * math.sqrt(2) * sem, rel=1e-4)  # t of 21 degrees of freedom


def test_many_repetitions_come_to_the_normal_factor():
    found = one([squats([100.0, 900.0] * 500)] * 2)
    assert found.needs == pytest.approx(1.96 * math.sqrt(2) * found.sem, rel=2e-3)


def test_no_change_below_the_sensors_own_is_detectable():
    same = [squats([96.0] * 8)] * 5
    assert one(same).needs == NOISE.sessions["deg"]
    assert one(same, "score").needs == SCORE_LEAST
    assert one(same).sem == 0.0


@pytest.mark.parametrize(
    ("count", "spread", "day"),
    [(2, 20.0, 0.0), (4, 20.0, 0.0), (9, 20.0, 0.0), (6, 5.0, 12.0), (9, 5.0, 12.0)],
)
def test_noise_is_rarely_called_a_change(count, spread, day):
    """At most one in twenty; what differs from day to day is part of it from six sessions on."""
    rng = np.random.default_rng(7)

    def noise():
        return [squats(90 + day * rng.normal() + spread * rng.normal(size=6)) for _ in range(count)]

    called = sum(one(noise()).clear for _ in range(SERIES_OF_NOISE))
    assert called <= 0.05 * SERIES_OF_NOISE + 3  # what chance adds to that in so many series


@pytest.mark.parametrize("count", [2, 4, 9])
def test_a_change_of_twice_what_it_needs_is_found(count):
    rng = np.random.default_rng(8)
    found = []
    for sign in (1, -1) * 20:
        made = [90 + 8 * rng.normal(size=8) for _ in range(count)]
        needs = one([squats(m) for m in made]).needs
        late = made[-1] + sign * 2 * needs
        found.append(one([squats(m) for m in (*made[:-1], late)]).meaning == ("more" if sign > 0 else "less"))
    assert np.mean(found) >= 0.9


def test_a_steady_rise_is_no_noise():
    found = one([level(80.0 + 4 * i) for i in range(10)])
    assert (found.clear, found.base, found.latest) == (True, 84.0, 116.0)


def test_one_stray_session_does_not_hide_a_change():
    made = [level(80.0)] * 5 + [level(200.0)] + [level(80.0)] * 4 + [level(95.0)]
    assert one(made).clear


# --- levels, gaps, meanings ------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "first"), [(1, 1), (2, 1), (3, 2), (4, FIRST), (300, FIRST)])
def test_the_first_sessions_make_the_level(count, first):
    found = one([level(90.0 + min(i, 3)) for i in range(count)])
    assert found.first == first
    assert found.base == pytest.approx(90.0 + (first - 1) / 2)
    assert len(found.points) == count


def test_one_session_is_no_change():
    found = one([level(90.0)])
    assert (found.delta, found.clear, found.latest) == (None, False, 90.0)
    assert found.reason == Reason("only_once")


def test_the_order_of_the_sessions_does_not_matter():
    made = dated([level(80.0), level(85.0), level(99.0)])
    assert trend(made[::-1]) == trend(made)


def test_what_was_not_assessed_is_a_gap_with_its_reason():
    found = one([level(90.0), level(math.nan), level(90.0)])
    assert [p.value for p in found.points] == [90.0, None, 90.0]
    assert found.points[1].reason == Reason("no_full_rep")
    assert not found.clear


def test_what_was_never_assessed_is_left_out():
    assert "range_of_motion" not in {s.id for s in trend(dated([level(math.nan)] * 3)).series}


@pytest.mark.parametrize("n", [1, 2, 3])
def test_what_too_few_repetitions_tell_is_shown_as_the_session_tells_it_but_not_compared(n):
    short = squats([50.0] * n, score=100)
    found = trend(dated([level(90.0), short, level(90.0), short]))
    for name, value in (("score", 100.0), ("range_of_motion", 50.0)):
        series = next(s for s in found.series if s.id == name)
        assert [p.value == value for p in series.points] == [False, True, False, True]
        assert [p.compared for p in series.points] == [True, False, True, False]
        assert (series.clear, series.latest) == (False, 90.0)
    assert sentence(found.notes[0]).startswith("2 of 4 sessions were too short")

    alone = one([short, short], "score")
    assert (alone.latest, alone.delta, alone.reason) == (100.0, None, FEW_REPS)


def test_ranges_of_another_unit_are_a_gap():
    other = level(0.5)
    other = with_reps(other, (replace(r, rom=Rom(0.5, "S")) for r in other.reps))
    found = one([other, level(90.0), level(90.0)])
    assert [p.value for p in found.points] == [None, 90.0, 90.0]
    assert found.points[0].reason == Reason("other_unit")


@pytest.mark.parametrize(("late", "meaning"), [(90, "better"), (70, "worse"), (83, None)])
def test_a_higher_score_is_better(late, meaning):
    assert one([squats(score=80), squats(score=late)], "score").meaning == meaning


@pytest.mark.parametrize(("late", "meaning"), [(30.0, "less even"), (0.0, "more even"), (-18.0, None)])
def test_sides_become_more_even_or_less(late, meaning):
    def uneven(by):
        roms = [90.0 + by / 2, 90.0 - by / 2] * 8
        return squats([r + WOBBLE[i // 2 % 4] for i, r in enumerate(roms)], sides=("left", "right"))

    found = one([uneven(-16.0), uneven(late)], "range_left_right")
    assert found.base == pytest.approx(-100 * 16 / 90)
    assert found.meaning == meaning


def test_a_hold_is_followed_in_seconds():
    plank = sessions.plank()
    made = [replace(plank, summary=replace(plank.summary, hold_s=x)) for x in (40.0, 41.0, 60.0)]
    found = one(made, "hold_s")
    assert (found.base, found.delta, found.meaning, found.sem) == (40.5, 19.5, "more", None)
    assert {s.id for s in trend(dated(made)).series} == {"score", "hold_s", "clean_hold_s"}


@pytest.mark.parametrize(
    ("values", "meaning"),
    [((5.0, 9.0), "more"), ((14.0, 9.0), "better"), ((9.0, 14.0), "worse"), ((9.0, 9.1), None)],
)
def test_limits_say_what_is_better(values, meaning):
    number = partial(Metric, unit="deg", verdict="ok", n=80, spread=1.0, limits=(None, 10.0))
    assert one([run(my_own=number(v)) for v in values], "my_own").meaning == meaning


def test_a_number_of_a_run_needs_the_least_of_its_drift_table():
    steady = Metric(8.0, "deg", "ok", 400, 0.1)
    name, table = next((n, d) for n, d in catalog()["running"].drift.items() if not d.relative)
    assert one([run(**{name: steady})] * 2, name).needs == table.least


def test_cadence_needs_percent_and_enough_steps():
    assert one([run(170.0), run(160.0)], "cadence").clear
    few = with_gait(run(), steps=10)
    assert one([run(), few], "cadence").points[1].reason == FEW_STEPS


def test_a_number_that_does_not_tell_how_much_it_varies_is_not_compared():
    found = one([run(my_own=Metric(x, "deg", "ok", 80)) for x in (5.0, 50.0)], "my_own")
    assert (found.clear, found.needs, found.reason) == (
        False,
        None,
        Reason("stride_spread_unknown"),
    )


# --- what cannot be compared -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"view": replace(sessions.squat().view, name="front")}, "another view than the latest (side)"),
        ({"model": replace(sessions.MODEL, name="lite")}, "another pose model"),
        ({"exercise": sessions.exercise(digest="0" * 64)}, "another exercise file"),
    ],
)
def test_what_was_filmed_or_judged_otherwise_is_shown_but_not_compared(other, expected):
    odd = replace(level(30.0), **other)
    found = trend(dated([odd, level(90.0), odd, level(91.0), level(90.0)]))
    (note,) = map(sentence, found.notes)
    assert note.startswith("2 of 5 sessions were")
    assert expected in note
    rom = next(s for s in found.series if s.id == "range_of_motion")
    assert [p.like for p in rom.points] == [False, True, False, True, True]
    assert (rom.base, rom.clear, len(rom.points)) == (90.5, False, 5)


def test_what_0_6_0_judged_is_compared_though_it_kept_the_bytes_of_the_exercise_file():
    kept = "05b6b0b3bff20c975bceb338304ae90045841c62b290dd349cb0191a7384f309"
    old, new = (replace(level(90.0), exercise=sessions.exercise(digest=d)) for d in (kept, judging(kept)))
    assert trend(dated([old, new])).notes == compare(old, new).notes == ()


def test_another_way_of_moving_is_not_compared():
    walk = with_gait(run(110.0), kind="walk")
    found = trend(dated([walk, run(), run()]))
    assert "another way of moving" in sentence(found.notes[0])
    assert not any(s.clear for s in found.series)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (replace(level(90.0), formcheck="0.0.1"), "Different versions"),
        (replace(level(90.0), view=replace(level(90.0).view, near_side="right")), "side toward the camera"),
    ],
)
def test_what_makes_it_less_sure_is_noted(first, expected):
    (note,) = map(sentence, trend(dated([first, level(90.0)])).notes)
    assert expected in note


def test_a_changed_cadence_is_a_warning_about_speed():
    assert any("speed" in sentence(note) for note in trend(dated([run(170.0), run(150.0)])).notes)
    assert trend(dated([run(170.0), run(170.0)])).notes == ()


@pytest.mark.parametrize("made", [[], [sessions.squat(), sessions.plank()]])
def test_only_sessions_of_one_exercise_make_a_trend(made):
    with pytest.raises(FormcheckError, match="one exercise"):
        trend(dated(made))


@pytest.mark.parametrize(("count", "noted"), [(2, True), (5, True), (6, False), (9, False)])
def test_a_change_over_few_sessions_may_be_a_bad_day_and_is_reported_as_such(count, noted):
    found = trend(dated([*[level(60.0)] * (count - 1), level(95.0)]))
    assert any("a good or a bad day" in sentence(note) for note in found.notes) == (
        noted and any(s.clear for s in found.series)
    )
    if noted:
        assert any(s.clear for s in found.series)
    assert trend(dated([level(90.0)] * count)).notes == ()
