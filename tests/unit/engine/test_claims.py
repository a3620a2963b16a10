"""Which exercise windows speak for: courses, claims and their facts, made by hand."""

from dataclasses import astuple
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.engine.recognise.claims import (
    CHANGE,
    ENOUGH,
    FAR,
    PAUSE_S,
    REST_S,
    Claim,
    claims,
    facts,
    likeliest,
    next_best,
    without_rests,
)
from formcheck.engine.recognise.evidence import NONE, evidence
from formcheck.engine.recognise.windows import STATISTICS, WINDOW_S, Windows, statistics
from formcheck.exercises import catalog
from formcheck.signals.registry import reading

CLASSES = ("lunge", NONE, "squat")
SURE = 0.98


def windows(n, every_s=1.0):
    start = every_s * np.arange(n)
    return Windows(start, start + WINDOW_S, np.zeros((n, len(STATISTICS), 1)), np.zeros(n, int))


def said(*names, sure=SURE):
    """Windows of which each is so sure of one class."""
    rest = (1 - sure) / (len(CLASSES) - 1)
    return np.log([[sure if c == name else rest for c in CLASSES] for name in names])


def claimed(*names, every_s=1.0):
    found = claims(windows(len(names), every_s), said(*names), CLASSES, NONE)
    return [(c.name, len(c.rows)) for c in found]


@given(st.lists(st.tuples(*[st.floats(-8, 0)] * 3), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_no_other_course_is_likelier(rows):
    rows = np.array(rows)

    def worth(path):
        return rows[range(len(rows)), path].sum() - CHANGE * sum(a != b for a, b in pairwise(path))

    best = max(worth(list(path)) for path in product(range(3), repeat=len(rows)))
    assert worth(likeliest(rows)) == pytest.approx(best)


def test_a_set_is_one_claim_and_none_is_no_claim():
    assert claimed(*[NONE] * 3, *["squat"] * 5, *[NONE] * 3) == [("squat", 5)]
    assert claimed(*[NONE] * 9) == []


def test_one_window_of_another_exercise_makes_no_change_and_a_set_does():
    assert claimed(*["squat"] * 5, "lunge", *["squat"] * 5) == [("squat", 11)]
    assert claimed(*["squat"] * 5, *["lunge"] * 5) == [("squat", 5), ("lunge", 5)]


def test_a_long_pause_parts_two_sets_and_a_shorter_one_does_not():
    for pause, found in ((PAUSE_S - 6, 1), (PAUSE_S + 6, 2)):
        assert len(claimed(*["squat"] * 5, *[NONE] * int(pause), *["squat"] * 5)) == found


def names_of(*spans):
    """What is left of claims, each a name with how long it lasts."""
    ends = np.cumsum([lasts for _, lasts in spans])
    found = [
        Claim(name, (i,), end - lasts, end)
        for i, ((name, lasts), end) in enumerate(zip(spans, ends, strict=True))
    ]
    return [(c.name, c.start_s, c.end_s) for c in without_rests(found, {"plank_hold"})]


def test_a_short_hold_between_repetitions_and_no_longer_ones_about_them_are_their_rest():
    up, rest = ("push_up", 5.0), ("plank_hold", 6.0)
    assert names_of(rest, up, rest, up, rest) == [("push_up", 6.0, 22.0)]
    assert names_of(("plank_hold", 7.0), up, rest, up) == [("plank_hold", 0.0, 7.0), ("push_up", 7.0, 23.0)]


def test_a_long_hold_is_one_and_so_is_one_beside_another_exercise():
    up, long = ("push_up", 5.0), ("plank_hold", REST_S + 1.0)
    assert [name for name, *_ in names_of(up, long, up)] == ["push_up", "plank_hold", "push_up"]
    assert [name for name, *_ in names_of(("plank_hold", 6.0), up)] == ["plank_hold", "push_up"]
    short = ("plank_hold", 6.0)
    assert [name for name, *_ in names_of(up, short, ("squat", 5.0))] == ["push_up", "plank_hold", "squat"]


def test_the_facts_of_a_claim():
    rows = said(*[NONE] * 5, *["squat"] * 5)
    (claim,) = claims(windows(10), rows, CLASSES, NONE)
    own, rival, none, many, share, found = facts(
        claim, rows, CLASSES, NONE, [(5.0, 8.0, 1.0), (9.0, 13.0, 0.25)]
    )
    assert own == pytest.approx(SURE)
    assert rival == none == FAR < np.log(SURE / (1 - SURE) * 2)
    assert (many, share) == (pytest.approx(np.log(6)), 0.5)
    assert found == pytest.approx((3.0 + 0.25 * 4.0) / (claim.end_s - claim.start_s))
    assert next_best(claim, rows, CLASSES, NONE) == "lunge"


def test_facts_say_no_more_than_they_are_worth():
    rows = said(*["squat"] * 5)
    (claim,) = claims(windows(5), rows, CLASSES, NONE)
    assert facts(claim, rows, CLASSES, NONE, [(0.0, 9.0, 1.0)])[-1] == ENOUGH
    behind = facts(Claim("lunge", *astuple(claim)[1:]), rows, CLASSES, NONE, [])
    assert list(behind[1:3]) == [-FAR, 0.0]
    assert behind[-1] == 0.0


def test_every_exercise_was_learnt_from_signals_that_there_are():
    learnt = evidence()
    assert set(learnt.classes) == {*catalog(), NONE}
    assert all(reading(name) for name in learnt.signals)


def test_what_nothing_is_seen_of_is_no_exercise_for_sure():
    learnt = evidence()
    unseen = np.full((2, len(STATISTICS), len(learnt.signals)), np.nan)
    shares = np.exp(learnt.speaks(Windows(np.zeros(2), np.ones(2), unseen, np.array([0, -1]))))
    assert shares.max() < 0.9
    assert np.isfinite(shares).all()


def test_a_confidence_grows_with_what_speaks_for_it():
    learnt = evidence()
    weak, strong = np.array([0.1, 0.5, 0.5, 1.0, 0.3, 0.0]), np.array([0.99, FAR, FAR, 3.0, 1.0, ENOUGH])
    assert 0 < learnt.confidence(weak) < 0.6 < learnt.confidence(strong) < 1


def test_the_statistics_of_a_wave_of_a_ramp_and_of_what_is_hidden():
    t = np.linspace(0, 4, 401)
    hidden = np.where(np.arange(401) < 100, 5.0, np.nan)
    down, middle, up, scatter, speed = (
        statistics(t, np.stack([np.sin(np.pi * t), 3 * t, hidden], axis=1)).T[:2].T
    )
    assert (down[1], middle[1], up[1]) == pytest.approx((-5.04, 6.0, 5.04))
    assert scatter == pytest.approx([np.sqrt(0.5), 12 / np.sqrt(12)], rel=0.01)
    assert speed == pytest.approx([2.0, 3.0], rel=0.01)
    assert np.isnan(statistics(t, hidden[:, None])).all()
