"""Who turns to face the other way in a live set is counted on, and judged by what is seen then."""

from functools import reduce

import numpy as np
import pytest

from formcheck.engine.body.observe import observe
from formcheck.engine.capture.seam import seam
from formcheck.exercises import find_exercise
from formcheck.types.session import Session
from tests.exercises import takes
from tests.exercises.test_turns import SIDE, errors
from tests.figures import figure
from validation.live import live

FPS = 15.0
#: Every second exercise is drawn as turning abruptly, the others take a while.
TURN_S = {exercise: (0.0, 0.6, 0.0, 1.2)[i % 4] for i, exercise in enumerate(SIDE)}


def filmed(exercise, **dials):
    known = find_exercise(exercise)
    words = {"duration_s": 6.0} if known.kind in ("hold", "stretch") else {"reps": 2, "half_s": 1.5}
    return figure(exercise, view="side", fps=FPS, lead_s=1.5, sway=1.0, **words, **dials).poses


def turned(poses, turn_s):
    return reduce(takes.joined, filter(len, (poses, takes.turning(poses, turn_s), takes.mirrored(poses))))


def judged(poses, exercise) -> Session:
    run = live(poses, find_exercise(exercise))
    assert run.again, "judged again it is another result"
    assert run.judged is not None
    return run.judged


@pytest.mark.parametrize("exercise", SIDE[1::5])
def test_both_halves_count(exercise):
    poses, turn_s = filmed(exercise), TURN_S[exercise]
    once, both = judged(poses, exercise), judged(turned(poses, turn_s), exercise)
    assert (both.summary.attempts, both.summary.reps) == (2 * once.summary.attempts, 2 * once.summary.reps)
    assert errors(both) == errors(once)
    if once.summary.hold_s is not None:
        lasts_s = float(poses.t[-1])
        assert both.summary.hold_s == pytest.approx(once.summary.hold_s + lasts_s, abs=0.6 + turn_s)


@pytest.mark.parametrize(
    ("exercise", "dial"), [("plank_hold", "hip_sag"), ("squat", "trunk_fold"), ("push_up", "hip_pike")]
)
def test_a_fault_is_found_on_both_sides_of_the_turn(exercise, dial):
    poses = filmed(exercise, **{dial: 1.3})
    (fault,) = (f for f in judged(turned(poses, 0.6), exercise).faults if f.id == dial)
    starts = [start for start, _ in fault.spans]
    assert min(starts) < poses.t[-1] < max(starts)
    assert fault.level == "error"


@pytest.mark.parametrize("turn_s", [0.0, 0.6, 1.2])
def test_the_seam_is_where_the_body_turns(turn_s):
    poses = filmed("squat")
    end_s = float(poses.t[-1])
    around = turned(poses, turn_s).between(end_s - 1.5, end_s + turn_s + 1.5)
    left_s, since_s = seam(observe(around), end_s + turn_s / 2, "right", "left")
    assert end_s - 0.4 <= left_s <= since_s <= end_s + turn_s + 0.4
    assert since_s - left_s >= 0.3 * turn_s
    assert np.diff(seam(observe(around), end_s + turn_s / 2, None, "left")) >= 0.0
