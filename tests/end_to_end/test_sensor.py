"""A small part of the sensor bench: two short drawn clips, from pixels through the landmarker to bodies."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.pose import models
from validation.sensor import looks, rows, sights
from validation.sensor.cast import PEOPLE, SCENES
from validation.sensor.looks import WAYS, fill, noted
from validation.sensor.rows import scored
from validation.sensor.sights import OLD, SIGHTS
from validation.sensor.suite import TAKES

SMALL = (480, 360)
#: Quick arms from the front, and legs that pass each other in the side view.
CLIPS = {
    "jumping_jack_quick": {"reps": 1, "size": (360, 480), "person": "runner_woman", "scene": "garden"},
    "mountain_climber_quick": {"reps": 2, "size": SMALL, "person": "tall_man", "scene": "gym"},
}


def short(name, *, reps, size, person, scene):
    take = next(take for take in TAKES if take.name == name)
    script = replace(
        take.clip.script, reps=reps, lead_s=0.2, fps=30.0, size=size, person=PEOPLE[person],
        scene=SCENES[scene],
    )  # fmt: skip
    return replace(take, clip=replace(take.clip, script=script), person=person, scene=scene)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    for model in ("full", "heavy"):
        models.fetch(model)
    folder = tmp_path_factory.mktemp("sensor")
    with pytest.MonkeyPatch.context() as patch:
        for module in (looks, sights, rows):
            patch.setattr(module, "CACHE", folder)
        takes = [short(name, **words) for name, words in CLIPS.items()]
        ways = [way for way in WAYS if way.name in ("full_ms", "heavy_3")]
        list(fill(takes, ways))
        yield takes, ways, folder


@pytest.fixture(scope="module")
def by_sight(cache):
    takes, _, _ = cache
    chosen = [sight for sight in SIGHTS if sight.way in ("full_ms", "heavy_3")]
    found = list(scored(takes, chosen))
    return {sight.name: [row.row for row in found if row.sight == sight.name] for sight in chosen}


def mean(found, name):
    return np.mean([getattr(row, name) for row in found])


def test_heavy_looks_restored_are_nearer_to_the_truth_than_the_old_way(by_sight):
    old, new = by_sight[OLD], by_sight["heavy_3"]
    assert len(old) == len(new) == len(CLIPS)
    assert mean(new, "mean") <= 0.8 * mean(old, "mean")
    assert mean(new, "fast") <= 0.5 * mean(old, "fast")
    assert mean(new, "found") >= 0.95


def test_recordings_do_not_lag(by_sight):
    late = [lag for row in by_sight["heavy_3"] for lag in row.lags]
    assert len(late) >= 8
    assert abs(np.median(late)) <= 10
    assert np.median([lag for row in by_sight[OLD] for lag in row.lags]) >= 20  # this bench would see a lag


def test_no_limbs_are_exchanged(by_sight):
    assert max(max(row.legs, row.arms, row.trunk) for row in by_sight["heavy_3"]) <= 0.03


def test_what_has_been_looked_at_is_not_looked_at_again(cache):
    takes, ways, folder = cache
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert not [path for path in before if path.suffix == ".part"]
    list(fill(takes, ways))
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_another_scene_is_another_clip(cache):
    takes, _, folder = cache
    script = replace(takes[0].clip.script, scene=SCENES["studio"])
    other = replace(takes[0], clip=replace(takes[0].clip, script=script))
    assert other.key != takes[0].key
    assert noted(folder / f"{takes[0].name}.npz")["key"].endswith(takes[0].key)
