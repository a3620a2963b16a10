"""Which leg stands: labels exchanged around mid-stance, by hand and in a drawn run."""

from functools import cache

import numpy as np
import pytest

from formcheck.engine.gait.legs import STANDS, ahead, stance_legs, with_legs
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.types.landmark import COUNT, INDEX
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from tests.exercises import takes

RUNNING = find_exercise("running")
LEFT, RIGHT = np.transpose(takes.LEGS)


def body(left, right):
    """(33,) a body with hips at 0 and these ankles."""
    points = np.zeros(COUNT, complex)
    points[INDEX["left_ankle"]], points[INDEX["right_ankle"]] = left, right
    return points


# --- one body --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("facing", "side"), [(1.0, "left"), (-1.0, "right")])
def test_the_leg_in_front_is_ahead(facing, side):
    assert ahead(body(left=40 - 90j, right=-40 - 60j), facing) == side


@pytest.mark.parametrize(("x", "side"), [(40, "right"), (-40, None)])
def test_one_ankle_alone_leads_only_in_front_of_the_hips(x, side):
    assert ahead(body(left=np.nan, right=x - 90j), 1.0) == side


def test_nobody_leads_without_ankles_or_hips():
    assert ahead(body(np.nan, np.nan), 1.0) is None
    assert ahead(np.full(COUNT, complex(np.nan, np.nan)), 1.0) is None


def test_a_body_takes_the_legs_of_another_and_nothing_else():
    own, other = (np.full(COUNT, x, complex) for x in (1, 2))
    points, usable = with_legs((own, np.ones(COUNT, bool)), (other, np.zeros(COUNT, bool)))
    legs = {*LEFT, *RIGHT}
    assert {i for i in range(COUNT) if points[i] == 2} == legs
    assert {i for i in range(COUNT) if not usable[i]} == legs
    assert (own == 1).all()


# --- a step made by hand ---------------------------------------------------------------------------------

T = np.arange(31) / 30
TOPS = (0.0, 1.0)
SCALE = 100.0


def step():
    """One step of the left leg: ahead in flight, low in stance; the right one swings through above it."""
    points = np.zeros((len(T), COUNT), complex)
    way = 80 * T - 40
    points[:, LEFT] = (-way - 90j)[:, None]
    points[:, RIGHT] = (way - 60j)[:, None]
    usable = np.ones((len(T), COUNT), bool)
    usable[:, RIGHT] = False
    return points, usable


def exchanged(table, rows):
    table = table.copy()
    table[np.ix_(rows, LEFT)], table[np.ix_(rows, RIGHT)] = (
        table[np.ix_(rows, RIGHT)],
        table[np.ix_(rows, LEFT)],
    )
    return table


@pytest.mark.parametrize("facing", [1.0, -1.0])
def test_legs_exchanged_in_stance_are_put_right(facing):
    points, usable = step()
    points.real *= facing
    rows = np.flatnonzero((T > 0.3) & (T < 0.7))
    given = exchanged(points, rows), exchanged(usable, rows)
    before = given[0].copy()
    fixed, seen = stance_legs(T, *given, TOPS, SCALE, facing)
    assert np.array_equal(fixed, points)
    assert np.array_equal(seen, usable)
    assert np.array_equal(given[0], before)


def test_a_clean_step_is_left_alone():
    points, usable = step()
    fixed, seen = stance_legs(T, points, usable, TOPS, SCALE, 1.0)
    assert np.array_equal(fixed, points)
    assert np.array_equal(seen, usable)


def test_after_stance_and_outside_the_step_nothing_is_exchanged():
    points, usable = step()
    rows = np.flatnonzero(STANDS + 0.02 <= T)
    given = exchanged(points, rows)
    assert np.array_equal(stance_legs(T, given, usable, TOPS, SCALE, 1.0)[0], given)
    rows = np.flatnonzero((T > 0.3) & (T < 0.7))
    given = exchanged(points, rows)
    assert np.array_equal(stance_legs(T, given, usable, (5.0, 6.0), SCALE, 1.0)[0], given)


def test_feet_at_one_height_tell_nothing():
    points, usable = step()
    points[:, RIGHT] += (-30 + 4) * 1j
    rows = np.flatnonzero((T > 0.3) & (T < 0.7))
    given = exchanged(points, rows)
    assert np.array_equal(stance_legs(T, given, usable, TOPS, SCALE, 1.0)[0], given)


# --- a drawn run -----------------------------------------------------------------------------------------

#: Seconds on each side of mid-stance in which the model calls one leg the other.
AROUND_S = 0.08
TOLERANCE = {"overstride": 0.5, "knee_straight_ic": 0.5, "low_knee_bend": 0.5, "foot_ahead": 0.01}


@cache
def drawn(facing):
    return play(Script("running", fps=60, duration_s=14.0, facing=facing))


def passing_exchanged(run):
    """The same run with the labels of the legs exchanged in the middle of every stance."""
    poses = run.poses
    middles = [(step["t_s"] + step["off_s"]) / 2 for step in run.truth["steps"]]
    rows = np.flatnonzero(np.abs(poses.t[:, None] - middles).min(axis=1) <= AROUND_S)
    image, visibility = (exchanged(np.array(x), rows) for x in (poses.image, poses.visibility))
    return takes.remade(poses, image=image, visibility=visibility)


@pytest.mark.parametrize("facing", ["right", "left"])
def test_an_exchange_at_every_mid_stance_changes_no_number_of_the_stride(facing):
    run = drawn(facing)
    clean = judge(run.poses, RUNNING)
    again = judge(passing_exchanged(run), RUNNING)
    assert again.faults == clean.faults == ()
    for name, tolerance in TOLERANCE.items():
        expected, metric = clean.gait.metrics[name], again.gait.metrics[name]
        assert expected.value is not None
        assert metric.value == pytest.approx(expected.value, abs=tolerance), name
        assert metric.n == expected.n, name
    contact = [s.gait.metrics["contact_time"].value for s in (clean, again)]
    assert contact[1] == pytest.approx(contact[0], abs=0.01)
