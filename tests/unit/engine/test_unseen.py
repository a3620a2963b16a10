"""What is not seen: gaps in what is counted, rests that were not seen, sides that come and go."""

import numpy as np
import pytest

from formcheck.engine.count.both_sides import SETTLED_S, BothSides, with_sides
from formcheck.engine.count.full_range import FullRange
from formcheck.engine.count.phases import as_seen
from formcheck.engine.count.segment import LOST_S, Attempt, Excursions
from formcheck.engine.count.typical_rom import TypicalRom
from formcheck.exercises.schema import Cycle, Range
from tests.unit.engine.test_segment import course

CYCLE = Cycle(kind="excursion", signal="dip", rest=10.0, full=75.0, target=80.0, min_s=1.0, relative=True)
FULL = FullRange(CYCLE, "deg", Range(what="How far.", say="Deeper", why="It was short."), exact=True)
#: Two repetitions of three seconds, a second at rest before, between and after.
TWO = ((0, 0), (1, 0), (2.5, 80), (4, 0), (5, 0), (6.5, 80), (8, 0), (9, 0))


def counted(t, q):
    """Attempts, and codes with seconds of what was passed over."""
    find = Excursions(TypicalRom.steady(80.0, 3.0), 25.0, 1.0, 12.0)
    closed = [find.step(float(a), float(b), present=False) for a, b in zip(t, q, strict=True)]
    found = [a for a in (*closed, find.finish()) if a is not None]
    return found, [(p.reason.code, round(p.end_s - p.start_s, 1)) for p in find.passed_over]


def without(span):
    t, q = course(*TWO)
    q[(t > span[0]) & (t < span[1])] = np.nan
    return t, q


@pytest.mark.parametrize("start_s", np.arange(0.5, 7.5, 0.5))
def test_a_gap_of_less_than_half_a_repetition_hides_none_and_invents_none(start_s):
    found, passed = counted(*without((start_s, start_s + 1.45)))
    assert len(found) == 2
    assert not passed


def test_what_may_have_been_done_in_a_gap_is_said_with_its_length():
    t, q = course(*TWO)
    hidden = (t > 0.9) & (t < 4.1)
    q[hidden] = np.nan
    found, passed = counted(t, q)
    assert [round(a.peak_s, 1) for a in found] == [6.5]
    assert passed == [("unseen_meanwhile", 3.2)]


def test_a_movement_that_was_given_up_is_said_once():
    found, passed = counted(*without((2.0, 2.1 + LOST_S)))
    assert len(found) == 1
    assert passed[0][0] == "hidden_meanwhile"
    assert "unseen_meanwhile" not in [code for code, _ in passed]


def test_the_way_back_of_what_began_unseen_is_said_and_is_no_attempt():
    t, q = course(*TWO)
    found, passed = counted(t[t >= 2.4], q[t >= 2.4])
    assert [round(a.peak_s, 1) for a in found] == [6.5]
    assert [code for code, _ in passed] == ["way_out_unseen"]


def test_a_clip_that_begins_on_the_way_out_has_no_short_repetition():
    t, q = course(*TWO)
    t, q = t[t >= 1.6], q[t >= 1.6]  # 40 % of the way out
    (first, second), _ = counted(t, q)
    assert (first.rest_seen, second.rest_seen) == (False, True)
    assert FULL.shortfall(first, 0.0, 2.0) == "partial_range"
    assert FULL.shortfall(as_seen(t, q, first, 0.0), 0.0, 2.0) is None


def test_nobody_knows_how_far_a_hidden_peak_went():
    t, q = course((0, 0), (1, 0), (2, 80), (3, 0), (4, 0))
    q[(t > 1.7) & (t < 2.3)] = np.nan
    (attempt,), _ = counted(t, q)
    seen = as_seen(t, q, attempt, 0.0)
    assert FULL.shortfall(attempt, 0.0, 2.0) == "partial_range"
    assert FULL.shortfall(seen, 0.0, 2.0) == "peak_hidden"
    (found,) = FULL.measured(seen, "peak_hidden", {"out": (1.0, 1.7), "back": (2.3, 3.0)})
    assert (found.finding.verdict, found.finding.value) == ("not_assessable", None)
    high = Attempt(1.0, 2.0, 3.0, 0.0, 78.0, peak_seen=False)
    assert FULL.shortfall(high, 0.0, 2.0) is None


# --- means of both sides -----------------------------------------------------------------------------------


def means(t, left, right):
    rows = {"hand_rise.left": left, "hand_rise.right": right, "hand_rise.both": (left + right) / 2}
    return BothSides().over(t, rows)["hand_rise.both"]


@pytest.mark.parametrize("seed", range(5))
def test_a_side_that_flickers_makes_no_jump(seed):
    t = np.arange(300) / 30
    left, right = np.sin(t), np.zeros(300)
    right[::20] = np.nan
    right[np.repeat(np.random.default_rng(seed).random(60) < 0.5, 5)] = np.nan
    assert means(t, left, right) == pytest.approx(left)


def test_a_side_that_is_gone_counts_no_more_and_one_that_comes_back_counts_again():
    t = np.arange(300) / 30
    left, right = np.full(300, 1.0), np.full(300, 3.0)
    right[(t >= 3) & (t < 6)] = np.nan
    mean = means(t, left, right)
    assert mean[t < 3] == pytest.approx(2.0)
    assert mean[(t >= 3) & (t < 6 + SETTLED_S - 0.05)] == pytest.approx(1.0)
    assert mean[t > 6 + SETTLED_S + 0.05] == pytest.approx(2.0)


def test_where_no_side_is_seen_throughout_the_mean_is_of_those_that_were():
    t = np.arange(60) / 30
    left, right = np.full(60, 1.0), np.full(60, 3.0)
    left[10:20], right[15:25] = np.nan, np.nan
    mean = means(t, left, right)
    assert mean[10:15] == pytest.approx(3.0)
    assert np.isnan(mean[15:25]).all()
    assert mean[25:] == pytest.approx(3.0)


def test_one_side_alone_or_none_is_what_it_is():
    t = np.arange(30) / 30
    nothing, one = np.full(30, np.nan), np.full(30, 0.5)
    assert means(t, nothing, one) == pytest.approx(0.5)
    assert np.isnan(means(t, nothing, nothing)).all()


def test_frame_by_frame_it_is_the_same_and_other_signals_are_left_alone():
    names = with_sides(("dip", "hand_rise.both"))
    assert names == ("dip", "hand_rise.both", "hand_rise.left", "hand_rise.right")
    rng = np.random.default_rng(0)
    rows = {name: np.where(rng.random(200) < 0.2, np.nan, rng.random(200)) for name in names}
    t, steady = np.arange(200) / 10, BothSides()
    step = [steady.over(t[i : i + 1], {k: x[i : i + 1] for k, x in rows.items()}) for i in range(200)]
    whole = BothSides().over(t, rows)
    np.testing.assert_array_equal([row["hand_rise.both"][0] for row in step], whole["hand_rise.both"])
    np.testing.assert_array_equal(whole["dip"], rows["dip"])
