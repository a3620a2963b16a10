"""The mean stride of drawn runs, against what was drawn."""

from functools import cache

import numpy as np
import pytest

from formcheck.engine.gait.mean_stride import LEAST, PHASES
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.types.landmark import COUNT, INDEX
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from sample_videos.drawn.truth import Plane, side_angles

RUNNING = find_exercise("running")


@cache
def drawn(**words):
    return play(Script("running", **{"duration_s": 14.0, "fps": 60, **words}))


@cache
def mean(**words):
    """Of the run in full motion: he starts from standing and comes back to it."""
    return judge(drawn(**words).poses.between(1.8, 14.2), RUNNING).mean_stride


def curves(**words):
    return {curve.id: curve for curve in mean(**words).curves}


def true_knee():
    """(T,) bend of the near knee while running, degrees."""
    run = drawn()
    angles = side_angles(Plane(np.array(run.poses.image, float), "right", 1.0), "right")["knee_flexion"]
    steps = run.truth["steps"]
    return angles[(run.poses.t >= steps[0]["t_s"]) & (run.poses.t <= steps[-1]["off_s"])]


@pytest.mark.parametrize("facing", ["right", "left"])
def test_the_near_leg_lands_soon_and_stands_as_long_as_drawn(facing):
    found, truth = mean(facing=facing), drawn(facing=facing).truth
    on, off = found.contact
    stride_s = 120 / truth["cadence_spm"]
    assert (off - on) * stride_s == pytest.approx(truth["stride"]["contact_s"], abs=0.01)
    assert 0 < on < truth["stride"]["flight_s"] / stride_s
    assert found.side == facing


def test_the_knee_has_the_drawn_range():
    knee, drawn_knee = curves()["knee_flexion.near"], true_knee()
    assert knee.mean.min() == pytest.approx(drawn_knee.min(), abs=4.0)
    assert knee.mean.max() == pytest.approx(drawn_knee.max(), abs=4.0)
    assert knee.unit == "deg"


def test_a_stride_ends_as_it_begins_and_strides_alike_hardly_spread():
    for curve in mean().curves:
        assert curve.mean.shape == curve.spread.shape == (PHASES,)
        wide = np.ptp(curve.mean)
        assert abs(curve.mean[-1] - curve.mean[0]) <= 0.05 * wide, curve.id
        assert curve.spread.max() <= max(0.05 * wide, 1e-3), curve.id


def test_a_body_that_sways_spreads_more():
    restless = curves(sway=1.0, noise=0.01)
    for name, curve in curves().items():
        assert restless[name].spread.mean() > curve.spread.mean(), name


def test_the_body_is_measured_from_the_hips_in_trunk_lengths():
    bodies = mean().bodies
    assert bodies.shape == (PHASES, COUNT)
    hips, shoulders = (
        (bodies[:, INDEX[f"left_{j}"]] + bodies[:, INDEX[f"right_{j}"]]) / 2 for j in ("hip", "shoulder")
    )
    assert abs(hips) == pytest.approx(0.0, abs=1e-6)
    assert abs(shoulders) == pytest.approx(1.0, abs=0.03)
    assert (shoulders.imag > 0).all()


@pytest.mark.parametrize(
    ("view", "shown", "hidden"),
    [("side", "trunk_lean", "trunk_sway"), ("back", "trunk_sway", "trunk_lean")],
)
def test_only_what_the_view_shows_is_drawn(view, shown, hidden):
    found = curves(view=view)
    assert shown in found
    assert hidden not in found


def test_who_steps_with_few_strides_has_no_mean():
    short = judge(drawn(duration_s=3.0).poses, RUNNING)
    assert 0 < short.gait.strides < LEAST
    assert short.mean_stride is None
