"""What breaks a repetition's pose, or half of it, is its fault: it is counted and said, however filmed."""

import numpy as np
import pytest

from formcheck.engine.body.observe import observe
from formcheck.engine.count.pose_check import PoseCheck
from formcheck.engine.session import judge
from formcheck.exercises import catalog, find_exercise
from tests.exercises import takes
from tests.figures import figure

#: Dials turned so far that the start pose is broken, or the usual signal hardly moves.
BEYOND = [
    ("high_plank_leg_lift", "elbows_soft", 1.5),
    ("high_plank_limb_raise", "elbows_soft", 1.3),
    ("high_plank_leg_lift", "hip_pike", 2.1),
    ("wall_lat_pulldown", "arch_wall", 1.7),
    ("superman", "legs_stay_down", 1.7),
]


@pytest.mark.parametrize(("exercise", "fault", "turned"), BEYOND)
def test_it_is_counted_and_said(exercise, fault, turned):
    poses = figure(exercise, reps=2, fps=15.0, **{fault: turned}).poses
    wanted = find_exercise(exercise)
    for take in (poses, takes.mirrored(takes.scaled(takes.thinned(poses), 0.5))):
        session = judge(take, wanted)
        assert session.summary.attempts == 2
        assert fault in [f.id for f in session.faults if f.level == "error"]


@pytest.mark.parametrize(("held", "variant"), [("plank_hold", "forearm"), ("superman", "forearm")])
def test_another_posture_is_no_broken_one(held, variant):
    """Who lies on forearms or belly keeps no broken high plank."""
    seen = observe(figure(held, variant=variant, duration_s=3.0, reps=1, fps=10.0).poses)
    for exercise in catalog().values():
        if exercise.posture == "high_plank" and exercise.broken:
            check = PoseCheck.broken(exercise, "side")
            assert not (check.over(seen.rows(check.signals)) == 1).any()


def test_who_bends_forward_with_the_arms_up_is_not_arched():
    pose = find_exercise("wall_lat_pulldown").broken[0].pose
    rows = {name: np.full(2, sum(bounds) / 2) for name, bounds in pose.items()}
    rows["hip_flexion.near"][1] = 30.0
    check = PoseCheck.broken(find_exercise("wall_lat_pulldown"), "side")
    assert check.over(rows).tolist() == [1, 0]
