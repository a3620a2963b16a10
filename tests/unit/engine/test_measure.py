"""Measures, score, live watch: values worked out by hand."""

from itertools import count

import numpy as np
import pytest

from formcheck.engine.judge.judged_span import JudgedSpan, entering
from formcheck.engine.judge.measure import PreparedCheck, hysteresis, measured
from formcheck.engine.judge.measurement import Measurement
from formcheck.engine.judge.monitor import Monitor
from formcheck.engine.judge.score import GOOD, SAFETY_CAP, Grade, grade, is_good, weight
from formcheck.exercises.sources import Basis
from formcheck.exercises.tables import Limit, Measure
from formcheck.types.event import FaultCleared, FaultSaid
from formcheck.types.reason import said
from formcheck.types.result import Finding

STEP = 0.1


def limit(warn=10.0, error: float | None = 20.0, **words):
    return Limit(warn=warn, error=error, say="Say it", why="It was wrong.", **words)


def check(
    how, *, upper=True, warn=10.0, error: float | None = 20.0, signal="trunk_lean", for_s=0.3, widen=0.0
):
    side = {"high": limit(warn, error)} if upper else {"low": limit(warn, error)}
    measure = Measure(
        what="What it is.", signal=signal, take=how, for_s=for_s, basis=Basis(kind="judgement"), **side
    )  # fmt: skip
    return PreparedCheck(
        "it", measure, measure.high if upper else measure.low, upper, (1, 2), None, widen, 2.0
    )


def taken(checked, x):
    return measured(checked, np.arange(len(x)) * STEP, np.array(x, float))


#: Nine values at 0.1 s; 0.3 s are three of them.
X = [0, 0, 12, 30, 15, 14, 0, 4, 2]


@pytest.mark.parametrize(
    ("how", "value", "verdict"),
    [
        ("median", 4, "ok"),
        ("mean", 77 / 9, "ok"),
        ("max", 14, "warn"),  # 30, 15, 14 stay at 14 or above for 0.3 s
        ("min", 4, "ok"),  # the last three stay at 4 or below; the first three reach 12
        ("range", 10, "ok"),
        ("drift", 14, "warn"),
    ],
)
def test_each_take(how, value, verdict):
    finding = taken(check(how), X).finding
    assert finding.value == pytest.approx(value)
    assert (finding.verdict, finding.seen, finding.unit) == (verdict, 1.0, "deg")


@pytest.mark.parametrize("how", ["max", "range"])
def test_who_may_have_reached_it_while_hidden_did_not_fall_short(how):
    x = [0, 0, 12, 30, 35, 36, 34, 20, 10, 2, 0, 0, 0, 0]
    short, gap, blink = check(how, upper=False, warn=40.0, error=38.0), list(x), list(x)
    assert taken(short, x).finding.verdict == "error"
    gap[3:7], blink[4] = [np.nan] * 4, np.nan
    assert taken(short, gap).finding.reason.code == "seen_briefly"
    assert taken(short, blink).finding.verdict == "error"
    over = check(how, warn=4.0, error=5.0)
    assert taken(over, gap).finding.verdict == "error"  # what was seen is enough to be too far


def test_a_landing_that_is_cut_off_in_full_motion_is_not_stiff():
    stiff = check("range", upper=False, warn=30.0, error=20.0)
    absorbed, cut = [0, 0, 0, 4, 10, 14, 16, 16, 16, 16], [0, 0, 0, 4, 10, 18, 28, 38]
    assert taken(stiff, absorbed).finding.verdict == "error"
    assert taken(stiff, cut).finding.reason.code == "seen_briefly"


def test_drift_counts_both_ways_and_min_looks_at_the_low_side():
    assert taken(check("drift"), [-1 * x for x in X]).finding.value == pytest.approx(14)
    low = check("min", upper=False, warn=-10.0, error=-20.0)
    finding = taken(low, [-1 * x for x in X]).finding
    assert (finding.value, finding.verdict, finding.limit) == (pytest.approx(-14), "warn", -10.0)


@pytest.mark.parametrize(
    ("level", "verdict", "expected"),
    [(10, "ok", 10), (10.1, "warn", 10), (20, "warn", 10), (20.1, "error", 20)],
)
def test_beyond_means_beyond(level, verdict, expected):
    finding = taken(check("mean"), [level] * 5).finding
    assert (finding.verdict, finding.limit) == (verdict, expected)


def test_without_an_error_limit_there_is_only_a_warning():
    assert taken(check("mean", error=None), [1e6] * 5).finding.verdict == "warn"


def test_an_inexact_view_widens_both_limits_outward():
    wide = check("mean", widen=8.0)
    assert taken(wide, [17] * 5).finding.verdict == "ok"
    assert taken(wide, [19] * 5).finding.verdict == "warn"
    assert taken(wide, [19] * 5).finding.limit == 18
    assert taken(wide, [29] * 5).finding.verdict == "error"
    low = check("mean", upper=False, warn=-10.0, error=-20.0, widen=8.0)
    assert taken(low, [-17] * 5).finding.verdict == "ok"
    assert taken(low, [-19] * 5).finding.limit == -18


def test_spans_worst_moment_and_share():
    # Beyond 10 from 1.0 to 1.9 s; the warning clears at 10 - 0.25 * 10 = 7.5, so 8 still belongs to it.
    x = [0] * 10 + [12, 13, 18, 13, 12, 12, 12, 11, 8, 8] + [0] * 10
    result = taken(check("max"), x)
    assert result.spans == (pytest.approx((1.0, 1.9)),)
    assert result.worst_s == pytest.approx(1.2)
    assert result.share == pytest.approx(10 / 30)
    assert result.joints == (1, 2)


def test_a_flicker_beside_a_lasting_fault_is_no_span_of_its_own():
    x = [0] * 5 + [30] + [0] * 5 + [15] * 6 + [0] * 5
    result = taken(check("max"), x)
    assert result.finding.value == 15
    assert result.spans == (pytest.approx((1.1, 1.6)),)


def test_hysteresis_in_both_directions():
    x = np.array([0, 11, 9, 8, 7, 9, 11, 8])
    assert hysteresis(x, 10.0, 7.5).tolist() == [False, True, True, True, False, False, True, True]
    assert check("max").clear == 7.5
    assert check("max", error=12.0).clear == 8.0  # never less than two degrees
    low = check("min", upper=False, warn=-10.0, error=-20.0)
    assert (low.warn, low.error, low.clear) == (10.0, 20.0, 7.5)


@pytest.mark.parametrize(("seen", "verdict"), [(11, "not_assessable"), (12, "ok")])
def test_what_is_seen_too_little_is_not_judged(seen, verdict):
    finding = taken(check("mean"), [0.0] * seen + [np.nan] * (20 - seen)).finding
    assert finding.verdict == verdict
    assert finding.seen == pytest.approx(seen / 20)
    assert (finding.value is None) == (verdict == "not_assessable")
    assert bool(finding.reason) == (verdict == "not_assessable")


def test_an_empty_phase_is_not_judged():
    assert taken(check("max"), []).finding.verdict == "not_assessable"


def test_one_frame_can_be_judged():
    assert taken(check("max"), [15]).finding.verdict == "warn"


NUMBERS = count()


def a(verdict, *, share=1.0, safety=False, heavy=1.0, check=None):
    """A measurement, of a check of its own unless one is named."""
    finding = Finding(check or f"check_{next(NUMBERS)}", 0.0, "deg", 0.0, verdict, 1.0)
    return Measurement(finding, limit(safety=safety, weight=heavy), share=share)


def worth(checks, range_share, tempo_share):
    given = grade(checks, range_share, tempo_share)
    return given.points, given.coverage


def test_a_fault_that_two_measures_see_is_paid_for_once():
    once, twice = ([a("ok"), *(a("error", check="sag") for _ in range(n))] for n in (1, 2))
    assert worth(twice, 1.0, 1.0) == worth(once, 1.0, 1.0)
    assert worth([*once, a("warn", check="sag")], 1.0, 1.0) == worth(once, 1.0, 1.0)


def test_a_movement_that_stops_short_is_never_good():
    assert grade([a("ok")], 0.9, 1.0, short=True).points == GOOD - 1
    assert grade([a("error", safety=True)], 0.9, 1.0, short=True).points <= SAFETY_CAP
    assert grade([a("ok")], 0.0, 1.0, short=True).points == 75


def test_movements_that_stopped_short_enter_only_where_none_was_full():
    full, short, other = (
        JudgedSpan(0.0, 1.0, (), 1.0, 1.0, counts, stopped)
        for counts, stopped in ((True, False), (False, True), (False, False))
    )
    assert entering([short, full, other]) == [full]
    assert entering([short, other]) == [short]
    assert entering([other]) == []


def test_the_worked_example_of_the_specification():
    # One warn (safety) for half of the phases, full range, tempo half way: F 0.8875.
    assert pytest.approx(85.75) == 60 * 0.8875 + 25 + 7.5
    assert grade([a("warn", share=0.5, safety=True)], 1.0, 0.5) == Grade(86, 1.0, 1.0, 0.8875, 1.0, 0.5)


@pytest.mark.parametrize(
    ("checks", "expected"),
    [
        ([a("ok")], 100),
        ([a("warn")], 91),  # 60 * 0.15
        ([a("error")], 76),  # 60 * 0.40
        ([a("warn", share=0.0)], 97),  # at least a third: 60 * 0.15 * 0.34 = 3.06
        ([a("error", heavy=0.5)], 88),
        ([a("error", safety=True)], 64),  # 60 * 0.6, below the cap
        ([a("error", safety=True, share=0.0)], 69),  # 88 without the cap
        ([a("warn", safety=True)], 86),  # 60 * 0.225 = 13.5, no cap for a warning
        ([a("error"), a("error"), a("error")], 40),  # the form is used up
    ],
)
def test_scores(checks, expected):
    # 86.5 points are rounded to the even number.
    assert worth(checks, 1.0, 1.0) == (expected, 1.0)


def test_a_check_with_a_measure_for_each_view_is_seen_where_one_is():
    fold = [a("ok", check="fold"), a("not_assessable", check="fold")]
    assert worth([*fold, a("ok")], 1.0, 1.0) == (100, 1.0)


def test_what_was_not_seen_is_left_out_and_reported():
    unseen = a("not_assessable")
    assert worth([a("ok"), unseen], 1.0, 1.0) == (100, pytest.approx(0.7))
    assert worth([a("ok"), a("not_assessable", safety=True)], 1.0, 1.0) == (100, pytest.approx(0.64))
    # Half of the form and the tempo: (30 * 0.85 + 15 * 0.5) / 45.
    assert worth([a("warn"), unseen], None, 0.5) == (None, pytest.approx(0.45))
    assert worth([a("warn"), unseen], 0.0, 0.5) == (round(100 * 33 / 70), pytest.approx(0.70))


def test_a_good_repetition_has_points_and_no_error():
    assert is_good(80, [a("warn")])
    assert not is_good(79, [a("ok")])
    assert not is_good(100, [a("error")])
    assert not is_good(None, [])
    assert weight(a("ok", safety=True, heavy=0.5)) == 0.75


def watched(checked, values, fps=10):
    monitor = Monitor([checked])
    levels, events = [], []
    for i, x in enumerate(values):
        events += monitor.step(i / fps, [x])
        levels.append(monitor.faults[0].level if monitor.faults else None)
    return levels, events


def test_a_live_fault_comes_after_its_time_and_goes_with_hysteresis():
    values = [0, 11, 11, 11, 11, 9, 9, 11, 7, 0]
    levels, (said, cleared) = watched(check("max"), values)
    assert levels == [None] * 4 + ["warn"] * 4 + [None] * 2
    assert isinstance(said, FaultSaid)
    assert (said.t, said.told_t) == pytest.approx((0.1, 0.4))
    assert isinstance(cleared, FaultCleared)
    assert cleared.t == pytest.approx(0.8)


def test_a_live_fault_becomes_worse_and_stays_so():
    levels, events = watched(check("max"), [15] * 5 + [25] * 5 + [15] * 3 + [0])
    assert levels == [None] * 3 + ["warn"] * 5 + ["error"] * 5 + [None]
    assert len(events) == 2


def test_a_moment_is_no_live_fault_and_neither_is_what_is_not_seen():
    assert watched(check("max"), [25, 25, 25, 0, 25, 25, 25, 0])[1] == []
    assert watched(check("max"), [25, 25, np.nan, 25, 25, np.nan, 25, 25])[1] == []


def test_only_what_a_moment_can_break_is_watched():
    blocked = PreparedCheck("no", check("max").measure, limit(), True, (), said("needs another view"))
    checks = [check("max"), check("mean"), check("median"), check("range"), check("drift"), blocked]
    assert [c.measure.take for c in Monitor(checks).watched] == ["max", "drift"]


def test_live_faults_are_reported_worst_first_and_safety_before_comfort():
    plain, safe = check("max"), check("max")
    safe = PreparedCheck("safe", safe.measure, limit(safety=True), True)
    worse = PreparedCheck("worse", plain.measure, limit(), True)
    monitor = Monitor([plain, safe, worse])
    for i in range(6):
        monitor.step(i / 10, [15, 15, 25])
    assert [f.id for f in monitor.faults] == ["worse", "safe", "it"]
