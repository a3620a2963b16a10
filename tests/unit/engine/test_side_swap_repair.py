"""Left and right exchanged by the model, and put back."""

import numpy as np
import pytest

from formcheck.engine.body.landmarks import longest_bones, trusted
from formcheck.engine.body.side_swap_repair import SideSwapRepair
from formcheck.sensor import usual_profile
from formcheck.types.landmark import INDEX
from tests.exercises.takes import LEGS, legs_exchanged
from tests.figures import figure

ANKLES = [INDEX["left_ankle"], INDEX["right_ankle"]]


def clip(exercise="quadruped_limb_raise", **words):
    poses = figure(exercise, **words).poses
    return poses, (poses.image[..., 0] - 1j * poses.image[..., 1]) / 150.0


def repaired(t, points):
    repair = SideSwapRepair(usual_profile().trust.countable)
    sure = np.tile(np.linspace(0.4, 1, 33), (len(t), 1))
    return *repair.over(t, points, sure), repair.exchanges


def test_a_clean_clip_is_left_alone():
    poses, points = clip()
    same, _, exchanges = repaired(poses.t, points)
    np.testing.assert_array_equal(same, points)
    assert exchanges == 0


@pytest.mark.parametrize("seed", range(3))
def test_exchanged_legs_go_back_to_their_sides_while_they_are_apart(seed):
    poses, points = clip()
    wrong = legs_exchanged(poses, 0.1, seed)
    mixed = (wrong.image[..., 0] - 1j * wrong.image[..., 1]) / 150.0
    done, _, exchanges = repaired(poses.t, mixed)
    apart = abs(points[:, ANKLES[0]] - points[:, ANKLES[1]]) > 0.35
    wrong_before, wrong_after = (
        float(np.mean(abs(p[apart, ANKLES[0]] - points[apart, ANKLES[0]]) > 1e-6)) for p in (mixed, done)
    )
    # Exchanged while they are too near to tell, they stay so until the model has insisted for a while.
    assert wrong_before > 0.05
    assert wrong_after < 0.05
    assert exchanges > 5


def test_the_confidence_moves_with_its_limb():
    poses, points = clip()
    peak = int(np.argmax(abs(points[:, ANKLES[0]] - points[:, ANKLES[1]])))
    mixed = points.copy()
    for left, right in LEGS:
        mixed[peak, left], mixed[peak, right] = points[peak, right], points[peak, left]
    _, sure, _ = repaired(poses.t, mixed)
    assert sure[peak, ANKLES[0]] == sure[0, ANKLES[1]]
    assert sure[peak - 1, ANKLES[0]] == sure[0, ANKLES[0]]


def test_what_the_model_insists_on_is_believed():
    _, points = clip()
    peak = int(np.argmax(abs(points[:, ANKLES[0]] - points[:, ANKLES[1]])))
    t = np.arange(60) / 30
    still = np.repeat(points[peak : peak + 1], 60, axis=0)
    for left, right in LEGS:
        still[20:, left], still[20:, right] = points[peak, right], points[peak, left]
    done, _, exchanges = repaired(t, still)
    np.testing.assert_allclose(done[27, ANKLES], done[0, ANKLES])
    np.testing.assert_allclose(done[-1, ANKLES], still[-1, ANKLES])
    assert exchanges == 1


def test_a_landmark_at_the_end_of_an_impossible_bone_is_not_trusted():
    _, points = clip("squat")
    longest = longest_bones(points)
    astray = points[40].copy()
    wrist = INDEX["left_wrist"]
    astray[wrist] += 3.0
    sure = trusted(astray[None], np.ones((1, 33)), longest)[0]
    assert sure[wrist] == 0.0
    assert sure.sum() == 32.0
    np.testing.assert_array_equal(trusted(points[40:41], np.ones((1, 33)), longest), np.ones((1, 33)))
