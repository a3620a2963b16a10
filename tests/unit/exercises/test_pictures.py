"""The committed pictures: one an exercise, as the drawn figure moves today, and worth looking at."""

import json

import numpy as np
import pytest

from formcheck.exercises import catalog
from formcheck.exercises.pictures import find_picture
from sample_videos.drawn import pictures

STALE = "formcheck/exercises/pictures.json is not what the drawn figure does today: run make docs"
COMMITTED = json.loads(pictures.FILE.read_text(encoding="utf-8"))


def test_every_exercise_has_its_picture_and_no_other_has():
    assert set(COMMITTED) == set(catalog()), STALE


@pytest.mark.parametrize("exercise", catalog())
def test_the_committed_picture_is_that_of_today(exercise):
    made, kept = pictures.picture(exercise), COMMITTED[exercise]
    assert (made["view"], made["near"], list(made["poses"])) == (
        kept["view"],
        kept["near"],
        list(kept["poses"]),
    ), STALE
    for caption, pose in made["poses"].items():
        for part in ("points", "things"):
            assert np.shape(pose[part]) == np.shape(kept["poses"][caption][part]), STALE
            assert np.allclose(pose[part], kept["poses"][caption][part], rtol=0, atol=1), STALE


@pytest.mark.parametrize("exercise", catalog())
def test_start_and_peak_differ_and_stand_on_the_floor(exercise):
    postures = list(find_picture(exercise).postures.values())
    holds = {cycle.kind for cycle in catalog()[exercise].cycle} == {"hold"}
    assert len(postures) == (1 if holds else 2)
    if not holds:
        assert np.abs(postures[0].points - postures[1].points).max() > 100
    for posture in postures:
        assert posture.points.shape == (33, 2)
        assert posture.points[:, 1].max() < 30


def test_an_exercise_of_ones_own_has_no_picture():
    assert find_picture("nod") is None
