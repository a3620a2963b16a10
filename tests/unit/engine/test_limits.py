"""Limits held against values: ties, both directions, rates of pictures, gaps; and the same watched live."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.engine.judge.judged_span import broken, clean
from formcheck.engine.judge.measure import PreparedCheck, finding, hysteresis, measured
from formcheck.engine.judge.measurement import Measurement
from formcheck.engine.judge.monitor import PATIENCE_S, Monitor
from formcheck.engine.judge.score import GOOD, SAFETY_CAP, Grade, grade, is_good
from formcheck.exercises.sources import Basis
from formcheck.exercises.strides import StrideNumber
from formcheck.exercises.tables import Limit, Measure
from formcheck.types.event import FaultCleared, FaultSaid
from formcheck.types.reason import Reason
from formcheck.types.result import Finding

WARN, ERROR = 10.0, 20.0
STATISTICS = ["median", "mean", "min", "max", "range", "drift", "speed"]


def check(take="max", *, upper=True, name="it", for_s=0.3, error=ERROR, safety=False, **words):
    sign = 1.0 if upper else -1.0
    limit = Limit(
        warn=sign * WARN,
        error=None if error is None else sign * error,
        say="Say it",
        why="It was wrong.",
        safety=safety,
    )
    bound = {"high": limit} if upper else {"low": limit}
    measure = Measure(
        what="What it is.",
        signal="trunk_lean",
        take=take,
        for_s=for_s,
        basis=Basis(kind="judgement"),
        **bound,
    )
    return PreparedCheck(name, measure, limit, upper, (1, 2), **{"flicker": 2.0, **words})


def at(fps, x):
    return np.arange(len(x)) / fps, np.asarray(x, float)


# --- one value against its limits ------------------------------------------------------------------------


@pytest.mark.parametrize("upper", [True, False])
@pytest.mark.parametrize("widen", [0.0, 6.0])
@pytest.mark.parametrize(
    ("beyond", "verdict", "limit"),
    [
        (-5.0, "ok", WARN),
        (0.0, "ok", WARN),
        (1e-9, "warn", WARN),
        (10.0, "warn", WARN),
        (10.1, "error", ERROR),
    ],
)
def test_at_a_limit_is_within_it_on_either_side(upper, widen, beyond, verdict, limit):
    sign = 1.0 if upper else -1.0
    found = finding(check(upper=upper, widen=widen), sign * (WARN + widen + beyond), 0.9)
    assert (found.verdict, found.seen) == (verdict, 0.9)
    assert found.limit == pytest.approx(sign * (limit + widen))


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3), st.booleans())
def test_further_beyond_is_never_judged_milder(a, b, upper):
    order = {"ok": 0, "warn": 1, "error": 2}
    near, far = sorted((a, b), reverse=not upper)
    of = check(upper=upper)
    assert order[finding(of, near, 1.0).verdict] <= order[finding(of, far, 1.0).verdict]


def test_a_check_without_an_error_limit_clears_by_the_flicker_alone():
    of = check(error=None)
    assert of.error == np.inf
    assert of.clear == WARN - 2.0
    assert finding(of, 1e9, 1.0).verdict == "warn"


def test_a_number_of_strides_is_no_measure_of_poses():
    limit = Limit(warn=150.0, say="Quicker steps", why="They were slow.")
    number = StrideNumber.model_construct(what="Steps a minute.", of="cadence", low=limit)
    with pytest.raises(TypeError, match="cadence_low: is a number of strides"):
        _ = PreparedCheck("cadence_low", number, limit, upper=False).pose_measure


# --- a phase of values -----------------------------------------------------------------------------------


@pytest.mark.parametrize("take", STATISTICS)
@pytest.mark.parametrize("fps", [10, 25, 30, 60, 240])
def test_a_level_that_stays_reads_as_itself_at_every_rate(take, fps):
    still = {"range", "speed"}
    value = measured(check(take), *at(fps, np.full(2 * fps, 15.0))).finding.value
    assert value == pytest.approx(0.0 if take in still else 15.0, abs=1e-9)


@pytest.mark.parametrize("fps", [10, 25, 30, 60, 240])
def test_what_must_last_lasts_as_long_at_every_rate(fps):
    def height(lasts_s):
        t = np.arange(4 * fps) / fps
        return measured(check("max"), t, np.where((t >= 1) & (t < 1 + lasts_s), 30.0, 0.0)).finding.value

    assert height(0.4) == 30.0
    assert height(0.2) == 0.0


@pytest.mark.parametrize("fps", [10, 30, 240])
@pytest.mark.parametrize("per_s", [-40.0, 12.0])
def test_the_speed_of_a_steady_movement_is_known_at_every_rate(fps, per_s):
    t, _ = at(fps, np.zeros(3 * fps))
    assert measured(check("speed"), t, 7 + per_s * t).finding.value == pytest.approx(abs(per_s), rel=1e-6)


def test_the_speed_is_that_of_the_fastest_second_and_jumps_over_no_gap():
    t = np.arange(0, 6, 0.05)
    x = np.interp(t, [0, 3, 4, 6], [0, 0, 20, 20])
    assert measured(check("speed"), t, x).finding.value == pytest.approx(20.0, rel=0.2)
    apart = np.concatenate((t[t < 2], 60 + t[t < 2]))
    far = np.where(apart < 10, 0.0, 500.0)
    assert measured(check("speed"), apart, far).finding.value == 0.0


@pytest.mark.parametrize("take", STATISTICS)
def test_what_is_hidden_and_when_it_was_changes_no_number(take):
    rng = np.random.default_rng(4)
    t, x = at(30, rng.normal(5, 8, 90))
    hidden = np.insert(x, [3, 40, 41], np.nan)
    stamps = np.insert(t, [3, 40, 41], [t[3] - 0.01, t[40] - 0.02, t[41] - 0.01])
    plain, late = measured(check(take), t, x), measured(check(take), 1e6 + t, x)
    assert measured(check(take), stamps, hidden).finding.value == pytest.approx(plain.finding.value)
    assert late.finding.value == pytest.approx(plain.finding.value, rel=1e-6)


@pytest.mark.parametrize("take", STATISTICS)
@pytest.mark.parametrize("x", [[], [np.nan], [np.nan] * 40], ids=["empty", "one", "many"])
def test_nothing_seen_is_a_reason_and_no_number(take, x):
    found = measured(check(take), *at(30, x))
    assert (found.finding.verdict, found.finding.value, found.finding.seen) == ("not_assessable", None, 0.0)
    assert found.finding.reason.code == "seen_briefly"
    assert (found.spans, found.joints) == ((), (1, 2))


@pytest.mark.parametrize("take", STATISTICS)
def test_one_picture_is_judged_without_falling_over(take):
    value = measured(check(take), *at(30, [15.0])).finding.value
    assert value == {"range": 0.0, "speed": None}.get(take, 15.0)


def test_of_what_is_typical_the_whole_phase_is_shown_and_its_most_typical_moment():
    t, x = at(10, [12, 13, 14, 15, 30])
    found = measured(check("median"), t, x)
    assert found.spans == ((0.0, 0.4),)
    assert (found.worst_s, found.share, found.error_spans) == (pytest.approx(0.2), 1.0, ())
    assert measured(check("median"), t, 2 * x).error_spans == ((0.0, 0.4),)


def test_the_part_beyond_error_lies_within_the_part_beyond_warn():
    t, x = at(10, [0] * 5 + [15] * 5 + [25] * 5 + [15] * 5 + [0] * 5)
    found = measured(check("max"), t, x)
    assert found.finding.verdict == "error"
    assert found.spans == (pytest.approx((0.5, 1.9)),)
    assert found.error_spans == (pytest.approx((1.0, 1.4)),)


def test_a_fault_on_both_sides_of_a_gap_is_two_stretches():
    t, x = at(10, [15] * 20)
    t[10:] += 5.0
    assert measured(check("max"), t, x).spans == (pytest.approx((0.0, 0.9)), pytest.approx((6.0, 6.9)))


def test_a_milder_view_of_it_keeps_the_number_and_is_no_fault():
    found = measured(check("max"), *at(10, [25] * 10)).mild()
    assert (found.finding.verdict, found.finding.value, found.finding.limit) == ("ok", 25.0, WARN)
    assert (found.spans, found.error_spans) == ((), ())


@given(st.lists(st.floats(-30, 30), max_size=60))
def test_hysteresis_is_what_a_switch_would_do(values):
    on, state = [], False
    for x in values:
        state = x > WARN or (state and x > 7.5)
        on.append(state)
    assert hysteresis(np.array(values), WARN, 7.5).tolist() == on


# --- live ------------------------------------------------------------------------------------------------


def watched(values, fps=10, *checks):
    """Levels and events of a monitor fed with one value a frame for all its checks."""
    monitor = Monitor(list(checks or [check()]))
    levels, events = [], []
    for i, x in enumerate(values):
        events += monitor.step(i / fps, [x] * len(monitor.watched))
        levels.append(tuple(f.level for f in monitor.faults))
    return levels, events


@pytest.mark.parametrize("fps", [10, 30, 60, 240])
def test_a_live_fault_is_shown_after_the_same_time_at_every_rate(fps):
    levels, (said,) = watched([15.0] * fps, fps)
    first = levels.index(("warn",)) / fps
    assert first == pytest.approx(0.3, abs=1 / fps + 1e-9)
    assert isinstance(said, FaultSaid)
    assert said.t == pytest.approx(said.told_t - 0.3)


def test_a_value_at_its_limit_is_never_a_live_fault():
    assert watched([WARN] * 20)[1] == []
    assert watched([-WARN] * 20, 10, check("min", upper=False))[1] == []


def test_a_fault_at_its_clearing_level_is_off():
    # From 10 to 20 it clears a quarter of the way back: at 7.5.
    assert watched([15] * 5 + [7.6] * 3)[0][-1] == ("warn",)
    assert watched([15] * 5 + [7.5])[0][-1] == ()


def test_low_limits_and_drift_of_either_sign_are_watched_alike():
    for mirrored in (check("min", upper=False), check("drift")):
        levels, events = watched([-15] * 5 + [0], 10, mirrored)
        assert levels == watched([15] * 5 + [0])[0]
        assert [type(e) for e in events] == [FaultSaid, FaultCleared]


def test_a_fault_out_of_sight_is_kept_for_a_moment_and_then_dropped_without_a_word():
    patience = round(PATIENCE_S * 10)
    levels, events = watched([15] * 5 + [np.nan] * (patience + 2))
    assert levels[4 + patience] == ("warn",)
    assert levels[-1] == ()
    assert [type(e) for e in events] == [FaultSaid]


def test_a_value_that_was_hidden_has_to_last_anew_unless_the_fault_is_already_shown():
    assert watched([15, 15, np.nan, 15, 15, np.nan, 15])[1] == []
    assert watched([15] * 5 + [np.nan] + [15])[0][-2:] == [("warn",), ("warn",)]


def test_a_clock_that_stands_still_makes_no_fault():
    monitor = Monitor([check()])
    assert all(monitor.step(1.0, [25.0]) == [] for _ in range(50))
    assert monitor.faults == ()


def test_nothing_is_watched_of_nothing():
    assert Monitor([]).step(0.0, []) == []
    blocked = check(blocked=Reason("seen_briefly"))
    assert Monitor([blocked]).watched == []


# --- what is shown of a span -----------------------------------------------------------------------------


def result(name, verdict, *, safety=False, share=1.0):
    of = check(name=name, safety=safety)
    return Measurement(Finding(name, 1.0, "deg", 1.0, verdict, 1.0), of.limit, share=share)


def test_a_check_that_is_broken_twice_is_shown_once_at_its_worst():
    faults = broken(
        [result("a", "warn"), result("b", "ok"), result("a", "error"), result("c", "not_assessable")]
    )
    assert [(f.id, f.level) for f in faults] == [("a", "error")]


def test_errors_go_before_warnings_and_safety_before_comfort():
    found = [
        result("a", "warn"),
        result("b", "warn", safety=True),
        result("c", "error"),
        result("d", "error", safety=True),
    ]
    assert [f.id for f in broken(found)] == ["d", "c", "b", "a"]


def test_a_fault_says_what_it_is_about():
    found = [result("a", "warn"), result("slow", "warn"), result("partial_range", "warn")]
    assert {f.id: f.about for f in broken(found, tempo={"slow"})} == {
        "a": "form",
        "slow": "tempo",
        "partial_range": "range",
    }


def test_clean_is_what_was_seen_and_fine_throughout():
    found = [
        result("a", "ok"),
        result("b", "ok"),
        result("b", "warn"),
        result("c", "not_assessable"),
        result("d", "ok"),
    ]
    assert clean(found) == ("a", "d")
    assert clean([]) == ()


# --- score -----------------------------------------------------------------------------------------------


def test_nothing_to_judge_has_no_score():
    assert grade([], None, None) == Grade(None, 0.0, 0.0, None, None, None)
    assert grade([], 1.0, 1.0) == Grade(None, pytest.approx(0.4), 0.0, None, 1.0, 1.0)
    assert grade([result("a", "not_assessable")], 1.0, 1.0).points is None


def test_less_than_half_of_the_form_has_no_score_however_much_else_was_seen():
    seen, other = result("a", "ok"), result("b", "ok")
    hidden = [result(str(i), "not_assessable") for i in range(3)]
    assert grade([seen, hidden[0]], 1.0, 1.0).score == 100
    assert grade([seen, other, *hidden], 1.0, 1.0).score is None
    assert grade([seen, other, *hidden], 1.0, 1.0).points == 100  # enough to call it a good one
    assert grade([seen, *hidden], 1.0, 1.0).points is None


@pytest.mark.parametrize(("points", "good"), [(GOOD, True), (GOOD - 1, False), (100, True), (None, False)])
def test_good_begins_at_its_points(points, good):
    assert is_good(points, [result("a", "ok")]) == good


def test_an_error_of_safety_is_capped_and_a_warning_or_plain_error_is_not():
    fine = [result(str(i), "ok") for i in range(9)]
    assert grade([*fine, result("x", "error", safety=True, share=0.0)], 1.0, 1.0).points == SAFETY_CAP
    assert grade([*fine, result("x", "error", share=0.0)], 1.0, 1.0).points > SAFETY_CAP
    assert grade([*fine, result("x", "warn", safety=True)], 1.0, 1.0).points > SAFETY_CAP


def test_the_longer_a_fault_lasts_the_dearer_it_is_from_a_third_on():
    points = [
        grade([result("a", "error", share=s)], 1.0, 1.0).points for s in (0.0, 0.2, 0.34, 0.6, 1.0, 5.0)
    ]
    assert points[0] == points[1] == points[2] > points[3] > points[4] == points[5]
