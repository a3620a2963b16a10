"""How sure a count is: the second opinion of known movements, and what each doubt does to a count."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.engine.count.confidence import CONSTANT, WEIGHTS, Count
from formcheck.engine.count.second_opinion import pose_returns
from formcheck.engine.tracker import PassedOver
from formcheck.messages import sentence
from formcheck.types.reason import Reason
from formcheck.types.result import Rep
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from validation import counts
from validation.lab.sensor import trunk_px


def set_of(n, lasts=2.0, every=2.2):
    return [
        Rep(i + 1, "both", i * every, i * every + 1, i * every + lasts, True, None, None, None, 90, ())
        for i in range(n)
    ]


def hidden(start, end):
    return PassedOver(start, end, Reason("unseen_meanwhile", seconds=end - start))


def twitch(start):
    return PassedOver(start, start + 0.3, Reason("twitch", seconds=0.3, least=1.0))


@pytest.fixture(scope="module")
def squats():
    return play(Script("squat", reps=6)).poses


def returns(poses):
    return pose_returns(poses, trunk_px(poses.image))


def test_the_pose_of_six_squats_comes_back_six_times(squats):
    assert returns(squats) == pytest.approx(6, abs=1)


def test_a_picture_twice_as_large_or_mirrored_changes_nothing(squats):
    as_it_is = returns(squats)
    for scale in (np.array([2.0, 2.0]), np.array([-1.0, 1.0])):
        other = replace(squats, image=squats.image * scale)
        assert returns(other) == pytest.approx(as_it_is, rel=1e-6)


def test_who_stands_still_and_who_is_not_seen_are_no_opinion(squats):
    still = replace(squats, image=np.repeat(squats.image[:1], len(squats), axis=0))
    assert np.isnan(returns(still))
    assert np.isnan(pose_returns(squats.only(np.zeros(len(squats), bool)), 100.0))
    assert np.isnan(pose_returns(squats, float("nan")))


def test_an_even_set_that_the_second_opinion_confirms_is_sure():
    count = Count(set_of(6), (), 6.2)
    assert count.confidence > 0.8
    assert count.doubt is None


def test_every_doubt_lowers_the_confidence():
    reps, sure = set_of(8), Count(set_of(8), (), 8.0).confidence
    uneven = [replace(r, end_s=r.start_s + 0.7 + 0.4 * (r.n % 4)) for r in reps]
    doubtful = [
        Count(reps, (), 12.0),
        Count(reps, (hidden(4.0, 9.0),), 8.0),
        Count(reps, (twitch(3.0), twitch(5.0)), 8.0),
        Count(reps, (PassedOver(18.0, 18.9, Reason("clip_ends")),), 8.0),
        Count(uneven, (), 8.0),
        Count(set_of(40), (), 40.0),
    ]
    assert all(count.confidence < sure for count in doubtful)


def test_what_lies_far_from_the_set_is_no_doubt():
    reps = set_of(5)
    assert Count(reps, (twitch(60.0), hidden(70.0, 90.0)), 5.0).doubts == Count(reps, (), 5.0).doubts


def test_of_three_repetitions_the_second_opinion_says_nothing():
    doubts = Count(set_of(3), (), 9.0).doubts
    assert (doubts["alone"], doubts["apart"]) == (1.0, 0.0)


def test_a_doubt_says_what_else_the_count_may_be():
    count = Count(set_of(6), (twitch(3.0), twitch(5.0), twitch(7.0)), float("nan"))
    assert count.doubt.code == "count_passed"
    assert sentence(count.doubt).startswith("6 or 7: a movement at 3 s")
    assert Count(set_of(30), (), 60.0).doubt.code == "count_apart"
    assert Count(set_of(30), (), float("nan")).doubt.code == "count_many"


def test_the_weights_are_those_that_the_data_give():
    names, doubts, off = counts.table()
    half = counts.halves(names)
    constant, *weights = counts.fitted(doubts[half], (off[half] == 0).astype(float))
    assert [CONSTANT, *WEIGHTS.values()] == pytest.approx([constant, *weights], abs=0.006)


def test_on_the_other_half_confidence_is_calibrated_and_tells_right_from_wrong():
    names, doubts, off = counts.table()
    others, right = ~counts.halves(names), off == 0
    said = 1 / (1 + np.exp(-(CONSTANT + doubts @ np.array(list(WEIGHTS.values())))))
    assert abs(said[others].mean() - right[others].mean()) < 0.1
    assert right[others & (said >= 0.8)].mean() > 0.8 > 0.4 > right[others & (said < 0.4)].mean()
