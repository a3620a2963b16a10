"""What breaks a plank is its fault: hips far too high or low, knees on the floor; the way there is not."""

import pytest

from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence
from sample_videos.drawn import Span
from tests.exercises import takes
from tests.figures import figure

PLANK = find_exercise("plank_hold")
SHORT = {"duration_s": 3.0, "fps": 20.0}
#: Hips that bend by 43, sag by 31, and by 70: a dolphin on the forearms, a downward dog on the hands.
PIKED, SAGGING, DOLPHIN = {"hip_pike": 1.5}, {"hip_sag": 1.2}, {"hip_pike": 2.4}


def kneeling(**words) -> PoseSequence:
    """On straight arms and knees, in one line from the shoulders to the knees, and still."""
    poses = figure("knee_push_up", reps=1, fps=20.0, **words).poses
    still = poses.rows(slice(0, 1))
    return takes.remade(
        poses, **{k: getattr(still, k).repeat(len(poses), 0) for k in ("image", "world", "visibility")}
    )


def footless(poses):
    """What is visible where the feet are not."""
    shown = poses.visibility.copy()
    feet = [f"{side}_{part}" for side in ("left", "right") for part in ("ankle", "heel", "toe")]
    shown[:, [INDEX[name] for name in feet]] = 0.0
    return shown


def errors(poses):
    return [f.id for f in judge(poses, PLANK).faults if f.level == "error"]


@pytest.mark.parametrize("variant", ["forearm", "high"])
@pytest.mark.parametrize(("dials", "fault"), [(PIKED, "hip_pike"), (SAGGING, "hip_sag")])
def test_a_gross_fault_is_an_error_however_it_is_filmed(variant, dials, fault):
    poses = figure("plank_hold", variant=variant, **SHORT, **dials).poses
    for take in (poses, takes.mirrored(poses), takes.scaled(poses, 0.5), takes.thinned(poses)):
        assert errors(take) == [fault]


@pytest.mark.parametrize(
    ("dials", "found"),
    [
        ({}, {}),
        (PIKED, {"hip_pike": "error"}),
        (SAGGING, {"hip_sag": "warn"}),
        (DOLPHIN, {"hip_pike": "error"}),
    ],
)
def test_a_line_to_the_knees_tells_where_the_feet_are_out_of_the_picture(dials, found):
    poses = figure("plank_hold", **SHORT, **dials).poses
    session = judge(takes.remade(poses, visibility=footless(poses)), PLANK)
    assert {f.id: f.level for f in session.faults} == found
    assert {c.id: c.verdict for c in session.checks}["hip_pike"] != "not_assessable"


def test_a_plank_beyond_its_pose_is_held_wrongly_for_as_long():
    session = judge(figure("plank_hold", **SHORT, **DOLPHIN).poses, PLANK)
    assert [f.id for f in session.faults if f.level == "error"] == ["hip_pike"]
    assert session.summary.hold_s == pytest.approx(4.9, abs=0.2)
    assert session.summary.clean_hold_s == pytest.approx(0.0, abs=0.5)


@pytest.mark.parametrize(
    "changed", [lambda p: p, takes.mirrored, lambda p: takes.scaled(p, 2), takes.thinned]
)
def test_who_kneels_is_asked_to_straighten_the_legs(changed):
    assert errors(changed(kneeling())) == ["knee_sag"]


def test_hips_that_rise_far_and_come_back_are_a_fault_of_the_hold():
    session = judge(figure("plank_hold", duration_s=6.0, fps=20.0, hip_pike=Span(3, 4, 2.4)).poses, PLANK)
    assert [f.id for f in session.faults] == ["hip_pike"]
    assert session.summary.hold_s == pytest.approx(7.9, abs=0.2)


@pytest.mark.parametrize("first", [True, False])
def test_the_way_into_a_plank_and_out_of_it_is_not_judged(first):
    way = figure("plank_hold", **SHORT, **DOLPHIN).poses.rows(slice(0, 30))
    plank = figure("plank_hold", **SHORT).poses
    session = judge(takes.joined(way, plank) if first else takes.joined(plank, way), PLANK)
    assert session.faults == ()
    assert session.summary.hold_s == pytest.approx(4.9, abs=0.3)


def test_a_downward_dog_is_no_plank():
    poses = figure("plank_hold", variant="high", duration_s=10.0, fps=20.0, hip_pike=Span(4, 8, 3.0)).poses
    session = judge(poses, PLANK)
    assert session.faults == ()
    assert session.summary.hold_s == pytest.approx(7.5, abs=1.0)


@pytest.mark.parametrize("variant", ["forearm", "high"])
def test_each_support_has_its_own_limits(variant):
    """Hips 7 below the line are low on the forearms; on straight arms they are seen so."""
    poses = figure("plank_hold", variant=variant, hip_sag=0.2, **SHORT).poses
    assert [f.id for f in judge(poses, PLANK).faults] == (["hip_sag"] if variant == "forearm" else [])
    checks = {c.id: c for c in judge(poses, PLANK).checks}
    assert {checks[name].verdict for name in ("hip_sag", "hip_pike")} <= {"ok", "warn"}


def test_push_ups_on_the_knees_have_bent_knees():
    session = judge(figure("knee_push_up", reps=2, fps=20.0).poses, find_exercise("push_up"))
    assert [(f.id, f.level) for f in session.faults] == [("knee_sag", "error")]
