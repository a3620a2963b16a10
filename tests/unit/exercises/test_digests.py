"""The digest of an exercise: what judges changes it, words do not; earlier sessions are still known."""

import hashlib
import tomllib
from dataclasses import replace
from importlib import resources

import pytest

from formcheck.engine.as_read import as_read
from formcheck.engine.session import judge
from formcheck.exercises import catalog, judging
from formcheck.exercises.schema import Exercise
from formcheck.sensor import profiles, usual_profile
from formcheck.types.pose import Model
from tests.figures import figure

WORDS = {"name", "group", "reviewed_by", "about", "setup", "what", "say", "why"}
OTHER_BASIS = {"kind": "coach", "sources": ["article"], "note": "Other words"}
LISTS_OF_WORDS = {"aliases": "other words", "not_judged": "other words", "train": "squat"}
FOLDER = resources.files("formcheck.exercises") / "catalog"
EARLIER = tomllib.loads((FOLDER / ".." / "digests.toml").read_text(encoding="utf-8"))


def said(name):
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def reworded(given):
    """Every word of a file written anew."""
    if isinstance(given, list):
        return [reworded(x) for x in given]
    if not isinstance(given, dict):
        return given
    return {
        key: "Other words"
        if key in WORDS
        else OTHER_BASIS
        if key == "basis"
        else [LISTS_OF_WORDS[key]]
        if key in LISTS_OF_WORDS
        else reworded(value)
        for key, value in given.items()
    }


def numbers(given, path=()):
    """Where each number of a file stands."""
    if isinstance(given, dict | list):
        for key, value in given.items() if isinstance(given, dict) else enumerate(given):
            yield from numbers(value, (*path, key))
    elif (
        isinstance(given, int | float)
        and not isinstance(given, bool)
        and path not in {("level",), ("schema",)}
    ):
        yield path


def with_other(given, path):
    """A number a little larger."""
    key, *rest = path
    copy = dict(given) if isinstance(given, dict) else list(given)
    copy[key] = with_other(given[key], rest) if rest else given[key] + 1e-6
    return copy


@pytest.mark.parametrize("name", catalog())
def test_words_do_not_judge(name):
    found = {**reworded(said(name)), "level": 98, "status": "reviewed", "curves": []}
    other = Exercise.model_validate(found)
    assert other.about == "Other words"
    assert other.digest == catalog()[name].digest


@pytest.mark.parametrize("name", ["squat", "plank_hold", "running"])
def test_every_number_judges(name):
    found = said(name)
    digests = [Exercise.model_validate(with_other(found, path)).digest for path in numbers(found)]
    assert len(digests) >= 20
    assert len({*digests, catalog()[name].digest}) == len(digests) + 1


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({}, True),
        ({"sides": "both"}, True),  # as by default
        ({"measure": dict(reversed(said("squat")["measure"].items()))}, True),
        ({"sides": "each"}, False),
        ({"id": "another"}, False),
        ({"cycle": said("squat")["cycle"][::-1]}, False),
        ({"camera": said("squat")["camera"] | {"views": ["side"]}}, False),
        ({"tempo": {}}, False),
        ({"signature": {}}, False),
        ({"start": []}, False),
    ],
)
def test_defaults_and_order_do_not_judge_but_all_else_does(other, same):
    found = Exercise.model_validate(said("squat") | other)
    assert (found.digest == catalog()["squat"].digest) is same


def test_two_exercises_never_judge_alike():
    assert len({e.digest for e in catalog().values()}) == len(catalog())


@pytest.mark.parametrize("name", catalog())
def test_a_file_as_earlier_versions_had_it_is_known_to_judge_alike(name):
    """While it stands as it was: sessions of those versions keep the sha256 of these bytes."""
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    kept = hashlib.sha256(text.encode()).hexdigest()
    assert judging(kept) in {catalog()[name].digest, kept}  # the latter: the file was written anew since


def test_a_digest_that_is_not_known_stands_for_itself():
    assert judging("0" * 64) == "0" * 64
    assert [judging(e.digest) for e in catalog().values()] == [e.digest for e in catalog().values()]


@pytest.mark.parametrize(("name", "kept"), EARLIER.items())
def test_sessions_of_0_4_0_to_0_6_0_are_judged_as_today(name, kept):
    """By the files as those versions had them; changes only together with a limit of that exercise."""
    today = as_read(catalog()[name], usual_profile()).digest
    assert judging(kept["file"]) == kept["digest"] == today
    assert judging(kept.get("before", today)) == today


def test_sessions_keep_what_judged_them_which_is_the_limits_as_their_sensor_read_them():
    poses = figure("mountain_climber", reps=2).poses
    other = replace(poses, model=Model("seventeen", "1" * 64))
    usual, neutral = (judge(p, catalog()["mountain_climber"]).exercise.digest for p in (poses, other))
    assert usual == EARLIER["mountain_climber"]["digest"]
    assert neutral == as_read(catalog()["mountain_climber"], profiles()["neutral"]).digest != usual
