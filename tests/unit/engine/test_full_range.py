"""Full repetitions and their tempo: levels and seconds exactly at, before and beyond what is asked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.engine.count.full_range import FullRange
from formcheck.engine.count.phases import unbroken
from formcheck.engine.count.segment import Attempt
from formcheck.engine.count.tempo import measure_tempo, tempo_share
from formcheck.exercises.schema import Cycle, Range, TempoRule
from formcheck.exercises.sources import Basis

#: From 10 degrees to 90, so that a loose start and end are within 30.
CYCLE = Cycle(kind="excursion", signal="knee_flexion.near", rest=10.0, full=90.0, target=110.0, min_s=1.0)
WORDS = Range(what="How far it goes.", say="Go deeper", why="It was too short.")
PHASES = {"rest": (0.0, 1.0), "out": (1.0, 2.0), "hold": (2.0, 2.4), "back": (2.4, 4.0)}


def full_range(*, relative=False, exact=True, wording=WORDS, **cycle):
    return FullRange(CYCLE.model_copy(update={"relative": relative, **cycle}), "deg", wording, exact)


def attempt(top, base=5.0):
    return Attempt(1.0, 2.2, 4.0, base, top)


@pytest.mark.parametrize(
    ("top", "low", "lasted", "reason"),
    [
        (90.0, 30.0, 1.0, None),  # each just good enough
        (89.9, 30.0, 1.0, "partial_range"),
        (90.0, 30.1, 1.0, "incomplete_return"),
        (90.0, 30.0, 1.0 - 1e-9, None),  # times of frames, added up
        (90.0, 30.0, 0.91, None),
        (90.0, 30.0, 0.89, "too_fast"),
        (89.9, 80.0, 0.1, "partial_range"),  # one reason is given, the first
        (150.0, -40.0, 60.0, None),
    ],
)
def test_a_full_repetition_goes_all_the_way_comes_back_and_takes_its_time(top, low, lasted, reason):
    assert full_range().shortfall(attempt(top), low, lasted) == reason


def test_levels_that_count_from_the_start_move_with_it():
    for base in (-200.0, 0.0, 300.0):
        of = full_range(relative=True)
        assert of.shortfall(attempt(base + 90.0, base), base + 30.0, 2.0) is None
        assert of.shortfall(attempt(base + 89.0, base), base, 2.0) == "partial_range"
        assert of.shortfall(attempt(base + 90.0, base), base + 31.0, 2.0) == "incomplete_return"


def test_a_view_that_shortens_never_says_that_somebody_fell_short():
    inexact = full_range(exact=False)
    assert inexact.shortfall(attempt(60.0), 10.0, 2.0) == "range_not_seen"
    assert inexact.shortfall(attempt(95.0), 10.0, 2.0) is None
    (found,) = inexact.measured(attempt(60.0), "range_not_seen", PHASES)
    assert (found.finding.verdict, found.finding.value, found.finding.limit) == ("not_assessable", None, None)
    assert found.finding.reason.code == "view_shortens"
    assert found.spans == ()


def test_who_stops_short_is_warned_where_it_happened():
    (found,) = full_range().measured(attempt(70.0), "partial_range", PHASES)
    assert (found.finding.verdict, found.finding.value, found.finding.limit) == ("warn", 70.0, 90.0)
    assert (found.spans, found.worst_s, found.share) == (((1.0, 4.0),), 2.2, 1.0)
    assert (found.limit.say, found.what) == ("Go deeper", "How far it goes.")


@pytest.mark.parametrize("reason", [None, "incomplete_return", "too_fast"])
def test_the_range_of_who_went_far_enough_is_fine_whatever_else_was_wrong(reason):
    (found,) = full_range().measured(attempt(95.0), reason, PHASES)
    assert (found.finding.verdict, found.finding.value, found.spans) == ("ok", 95.0, ())


def test_a_range_is_measured_from_where_it_counts():
    (level,) = full_range().measured(attempt(95.0, base=20.0), None, PHASES)
    (change,) = full_range(relative=True).measured(attempt(95.0, base=20.0), None, PHASES)
    assert (level.finding.value, change.finding.value) == (95.0, 75.0)


def test_an_exercise_without_words_for_it_measures_no_range():
    assert full_range(wording=None).measured(attempt(70.0), "partial_range", PHASES) == []


def test_the_range_costs_nothing_in_the_form_part_of_the_score():
    assert full_range().measured(attempt(70.0), "partial_range", PHASES)[0].limit.weight == 0.0


@pytest.mark.parametrize(
    ("excursion", "share"), [(40.0, 0.0), (20.0, 0.0), (75.0, 0.5), (110.0, 1.0), (200.0, 1.0)]
)
def test_half_of_the_least_range_earns_nothing_and_the_target_all(excursion, share):
    # The least is 80 from rest to full; half of it 40, and 110 the target.
    assert full_range().share(attempt(excursion, base=0.0), 0.0) == pytest.approx(share)


def test_without_a_target_the_least_range_earns_all():
    of = full_range(target=None)
    assert of.share(attempt(80.0, base=0.0), 0.0) == 1.0
    assert of.share(attempt(60.0, base=0.0), 0.0) == pytest.approx(0.5)


def test_who_does_not_come_all_the_way_back_earns_the_way_back():
    of = full_range()
    assert of.share(attempt(110.0, base=0.0), 35.0) == of.share(attempt(75.0, base=0.0), 0.0)


@given(st.floats(0, 300), st.floats(0, 300), st.floats(-100, 100))
def test_going_farther_never_earns_less_wherever_it_starts(a, b, base):
    of = full_range()
    less, more = sorted((a, b))
    assert (
        0.0 <= of.share(attempt(base + less, base), base) <= of.share(attempt(base + more, base), base) + 1e-9
    )
    assert of.share(attempt(base + more, base), base) <= 1.0


# --- tempo -----------------------------------------------------------------------------------------------


def rule(half="either", warn=1.0, error=0.5):
    words = {"say": "Slow down", "why": "It was quick.", "basis": Basis(kind="judgement")}
    return TempoRule(half=half, warn=warn, error=error, **words)


def parts_of(out, hold, back):
    return {"out": out, "hold": hold, "back": back}


def tempo_of(half, lasted, *, frame_s=0.0, error=0.5):
    """The measurement of one rule, in a repetition whose other parts are slow."""
    parts = parts_of(9.0, 9.0, 9.0) | {"hold" if half == "peak" else half: lasted}
    (found,) = measure_tempo({"tempo": rule(half, error=error)}, parts, PHASES, frame_s)
    return found


@pytest.mark.parametrize("half", ["out", "back", "peak"])
@pytest.mark.parametrize(
    ("lasted", "verdict", "limit"),
    [(1.0, "ok", 1.0), (0.99, "warn", 1.0), (0.5, "warn", 1.0), (0.49, "error", 0.5), (0.0, "error", 0.5)],
)
def test_just_long_enough_is_long_enough(half, lasted, verdict, limit):
    found = tempo_of(half, lasted).finding
    assert (found.verdict, found.value, found.limit, found.unit) == (verdict, lasted, limit, "s")


@pytest.mark.parametrize(("half", "phase"), [("out", "out"), ("back", "back"), ("peak", "hold")])
def test_a_hurried_part_is_shown_where_it_lies(half, phase):
    found = tempo_of(half, 0.1)
    start, end = PHASES[phase]
    assert found.spans == ((start, end),)
    assert found.worst_s == pytest.approx((start + end) / 2)
    assert tempo_of(half, 2.0).spans == ()


def test_no_part_is_timed_finer_than_a_picture_and_the_doubt_is_the_persons():
    assert tempo_of("out", 0.97).finding.verdict == "warn"
    assert tempo_of("out", 0.97, frame_s=1 / 25).finding.verdict == "ok"
    assert tempo_of("out", 0.47, frame_s=1 / 25).finding.verdict == "warn"
    assert tempo_of("out", 0.97, frame_s=1 / 25).finding.value == 0.97  # what is shown is what was measured


def test_without_an_error_limit_no_haste_is_an_error():
    assert tempo_of("back", 0.0, error=None).finding.verdict == "warn"


@pytest.mark.parametrize(("up", "down", "phase"), [(0.3, 0.4, "out"), (0.4, 0.3, "back"), (0.3, 0.3, "out")])
def test_of_either_half_the_quicker_one_is_looked_at(up, down, phase):
    (found,) = measure_tempo({"tempo": rule()}, parts_of(up, 5.0, down), PHASES, 0.0)
    assert found.finding.value == 0.3
    assert found.spans == (PHASES[phase],)


def test_a_tempo_that_was_not_seen_is_not_judged_and_earns_no_share():
    rules = {"a": rule("out"), "b": rule("peak")}
    found = measure_tempo(rules, {"back": 2.0}, PHASES, 0.04)
    assert [(m.finding.check, m.finding.verdict, m.finding.value) for m in found] == [
        ("a", "not_assessable", None),
        ("b", "not_assessable", None),
    ]
    assert {m.finding.reason.code for m in found} == {"tempo_unseen"}
    assert tempo_share(rules, {"back": 2.0}, 0.04) is None
    assert tempo_share({}, parts_of(1, 1, 1), 0.04) is None


@pytest.mark.parametrize(("lasted", "share"), [(1.2, 1.0), (1.0, 1.0), (0.75, 0.5), (0.5, 0.0), (0.2, 0.0)])
def test_a_tempo_earns_all_at_warn_and_nothing_at_error(lasted, share):
    assert tempo_share({"a": rule("out")}, parts_of(lasted, 9, 9), 0.0) == pytest.approx(share)


def test_the_worst_part_counts():
    rules = {"a": rule("out"), "b": rule("back")}
    assert tempo_share(rules, parts_of(0.9, 0, 0.6), 0.0) == pytest.approx(0.2)
    assert tempo_share(rules, parts_of(0.6, 0, 0.9), 0.0) == pytest.approx(0.2)


@given(st.floats(0, 5), st.floats(0, 5), st.floats(0, 0.1))
def test_slower_is_never_judged_worse(a, b, frame_s):
    order = {"ok": 0, "warn": 1, "error": 2}
    quick, slow = sorted((a, b))
    assert (
        order[tempo_of("back", slow, frame_s=frame_s).finding.verdict]
        <= (order[tempo_of("back", quick, frame_s=frame_s).finding.verdict])
    )
    shares = [tempo_share({"a": rule("back")}, parts_of(9, 9, s), frame_s) for s in (quick, slow)]
    assert shares[0] <= shares[1]


# --- gaps in a repetition --------------------------------------------------------------------------------

FRAMES = np.arange(0, 4.0001, 0.05)
WHOLE = (PHASES["out"][0], PHASES["back"][1])


def seen_with_gap(start, end):
    q = np.where((start < FRAMES) & (end > FRAMES), np.nan, 1.0)
    return unbroken(FRAMES, q, WHOLE)


def test_a_gap_of_a_blink_breaks_no_tempo_and_a_longer_one_does():
    assert seen_with_gap(9, 9)
    assert seen_with_gap(1.99, 2.09)  # two pictures missing: 0.15 s from seen to seen
    assert not seen_with_gap(1.99, 2.16)  # three missing: 0.2 s


def test_a_gap_before_the_way_out_or_after_the_way_back_breaks_nothing():
    assert seen_with_gap(0.1, 0.9)
    late = np.append(FRAMES, 9.0)
    assert unbroken(late, np.ones(len(late)), WHOLE)


def test_slow_cameras_may_skip_one_picture_and_no_two():
    t = np.arange(0, 4.01, 0.2)
    q = np.ones(len(t))
    assert unbroken(t, q, WHOLE)
    q[8] = np.nan
    assert unbroken(t, q, WHOLE)
    q[9] = np.nan
    assert not unbroken(t, q, WHOLE)


@pytest.mark.parametrize("seen", [0, 1])
def test_nothing_or_one_picture_seen_is_no_unbroken_way(seen):
    q = np.full(len(FRAMES), np.nan)
    q[30 : 30 + seen] = 1.0
    assert not unbroken(FRAMES, q, WHOLE)
