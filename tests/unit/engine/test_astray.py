"""Legs that a look shows half-way between both are led back; what moves of itself is left alone."""

import numpy as np
import pytest

from formcheck.engine.body.astray import ASTRAY, led_back
from formcheck.engine.body.restore import STIFFNESS
from formcheck.types.landmark import INDEX
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script

RUN = play(Script("running", fps=30.0, duration_s=3.0, lead_s=0.3, cadence_spm=185.0)).poses
ANKLE = INDEX["left_ankle"]
TRUNK = float(np.median(np.linalg.norm(RUN.image[:, 11] - RUN.image[:, 23], axis=-1)))


def test_a_run_as_it_is_is_left_as_it_is():
    looks = RUN.image.astype(float)
    assert led_back(RUN.t, looks, STIFFNESS) == pytest.approx(looks)


@pytest.mark.parametrize("rows", [[40], [40, 43], [30, 44, 58]], ids=str)
@pytest.mark.parametrize("image", [1, -1])
def test_looks_half_way_between_both_legs_are_where_the_others_lead(rows, image):
    true = RUN.image * [image, 1.0]
    looks = true.copy()
    looks[rows, ANKLE] += [0.5 * TRUNK, -0.3 * TRUNK]
    found = led_back(RUN.t, looks, STIFFNESS)
    off = np.linalg.norm(found - true, axis=-1) / TRUNK
    assert off[:, ANKLE].max() < ASTRAY
    assert np.delete(off, ANKLE, axis=1).max() == 0.0


def test_what_was_not_found_stays_so():
    looks = RUN.image.astype(float)
    looks[20:24, ANKLE] = np.nan
    looks[:, INDEX["right_toe"]] = np.nan
    found = led_back(RUN.t, looks, STIFFNESS)
    assert (np.isnan(found) == np.isnan(looks)).all()
    assert np.isnan(led_back(RUN.t, np.full_like(looks, np.nan), STIFFNESS)).all()


def test_legs_that_are_guessed_all_the_time_are_left_alone():
    looks = RUN.image.astype(float)
    looks[::4, ANKLE] += [0.5 * TRUNK, -0.3 * TRUNK]
    assert led_back(RUN.t, looks, STIFFNESS) == pytest.approx(looks)
