"""When feet land and leave in drawn runs: exact joints, at every rate, looked at always or sometimes."""

from functools import cache
from itertools import chain

import numpy as np
import pytest

from formcheck.engine.analyser import Analyser
from formcheck.engine.body.restore import restored
from formcheck.engine.calibrate import calibrate
from formcheck.exercises import find_exercise
from formcheck.types.landmark import INDEX
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from tests.exercises import takes

RUNNING = find_exercise("running")
#: How far a landing or a toe-off may be off, s: less than a picture of a phone's 30 or 60.
WITHIN_S = 0.02


@cache
def drawn(fps, view="side", spm=170.0):
    """A run whose far leg is seen as well as the near one."""
    run = play(Script("running", view=view, fps=fps, duration_s=4.0, lead_s=0.3, cadence_spm=spm))
    return takes.remade(run.poses, visibility=np.ones_like(run.poses.visibility)), run.truth["steps"]


def looked_at(poses, every):
    """Nobody has looked at the frames between."""
    passed = np.arange(len(poses)) % every > 0
    blank = {name: np.array(getattr(poses, name)) for name in ("image", "world", "visibility")}
    for array in blank.values():
        array[passed] = np.nan
    return takes.remade(poses, **blank, looked=np.uint8(~passed))


def contacts(poses):
    bodies = restored(poses)
    analyser = Analyser(RUNNING, calibrate(bodies, RUNNING), (poses.width_px, poses.height_px))
    analyser.over(bodies)
    return [c for c in chain(*(s.contacts for s in analyser.finish().tracker.strides)) if c is not None]


def errors(found, steps):
    """(n, 2) by how much the contacts of these steps begin and end late; whether each names its side.

    Those before and after, while he starts and stops, are left out.
    """
    own = [(c, s) for c in found for s in steps if s["t_s"] < c.mid_s < s["off_s"]]
    late = [(c.on_s - s["t_s"], c.off_s - s["off_s"]) for c, s in own]
    return np.array(late), [c.side == s["side"] for c, s in own]


@pytest.mark.parametrize(
    ("fps", "every"),
    [(24, 1), (30, 1), (60, 1), (120, 1), (60, 2), (60, 3)],
    ids=str,
)
def test_feet_land_and_leave_within_a_fiftieth_of_a_second(fps, every):
    poses, steps = drawn(fps)
    found = contacts(looked_at(poses, every))
    late, right = errors(found, steps)
    assert len(found) >= 6
    assert all(right)
    assert np.abs(late).max() <= WITHIN_S


@pytest.mark.parametrize("spm", [150.0, 190.0])
@pytest.mark.parametrize("view", ["side", "front"])
def test_at_every_cadence_from_side_and_front(view, spm):
    poses, steps = drawn(60, view, spm)
    late, right = errors(contacts(poses), steps)
    assert all(right)
    assert np.abs(late).max() <= WITHIN_S


def test_legs_exchanged_by_the_model_land_where_they_do():
    poses, steps = drawn(30)
    late, right = errors(contacts(takes.legs_exchanged(poses, 0.1, 1)), steps)
    assert all(right)
    assert np.abs(late[:, 0]).max() <= WITHIN_S


@pytest.mark.parametrize(
    ("fps", "facing", "over"), [(24, "left", 1.0), (30, "right", 0.0), (60, "left", 1.0)], ids=str
)
def test_in_both_directions_and_far_ahead_of_the_body(fps, facing, over):
    dials = {"overstride": over}
    run = play(Script("running", facing=facing, fps=fps, duration_s=4.0, lead_s=0.3, dials=dials))
    poses = takes.remade(run.poses, visibility=np.ones_like(run.poses.visibility))
    late, right = errors(contacts(poses), run.truth["steps"])
    other, again = errors(contacts(takes.mirrored(poses)), run.truth["steps"])
    assert all(right)
    assert not any(again)  # the mirror image of a left foot is a right one
    assert np.abs(late[:, 0]).max() <= WITHIN_S
    assert other[:, 0] == pytest.approx(late[:, 0], abs=0.002)


def test_a_look_half_way_between_both_legs_moves_no_landing():
    poses, steps = drawn(30)
    image = poses.image.copy()
    for step in steps[2:6]:
        row = int(np.argmin(np.abs(poses.t - step["t_s"])))
        legs = [INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("ankle", "heel", "toe")]
        image[row, legs] = (image[row, legs] + image[row, legs[3:] + legs[:3]]) / 2
    late, right = errors(contacts(takes.remade(poses, image=image)), steps)
    assert all(right)
    assert np.abs(late[:, 0]).max() <= WITHIN_S
