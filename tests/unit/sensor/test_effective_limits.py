"""The clinical limits of the catalogue, as the usual sensor reads them, are what sessions were judged by."""

import json
import re
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from formcheck.engine.as_read import as_read
from formcheck.engine.body.view import View
from formcheck.engine.calibrate import calibrate
from formcheck.engine.pieces import ClipPiece
from formcheck.engine.session import judge
from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.sensor import profiles
from formcheck.types.pose import Model
from sample_videos.drawn import Span
from tests.figures import figure
from tests.unit.sensor.made_up import profile

#: Of 0.7.0, when limits were written as BlazePose shows them.
BEFORE = json.loads(Path(__file__).with_name("effective_limits.json").read_text(encoding="utf-8"))
SQUARE = [View(name) for name in ("side", "front", "back", "axial", "unknown")]
VIEWS = [None, *SQUARE, View("oblique", "side"), View("oblique", "front"), View("oblique")]
#: What formcheck itself makes of any model's landmarks: how it times halves, and where it looks in a jump.
OUR_OWN = {"stiff_landing.low", "shallow.low"}
JUMPS = {"forward_jump_squat", "jump_squat", "single_leg_jump_squat"}
MADE_UP = """
[timing]
usual = 0.25
signals = { "knee_flexion.near" = 0.25 }
[[signal]]
signals = ["forearm_line", "forearm_pike", "line_as_seen"]
postures = ["plank"]
gain = 0.5
offset = 10
below = 1
above = 2
evidence = "made up"
[[signal]]
signals = ["knee_flexion"]
views = ["side"]
offset = -40
evidence = "made up"
[[signal]]
signals = ["trunk_lean"]
postures = ["running"]
offset = 30
evidence = "made up"
"""


def made_up(**instead):
    """The made-up profile, the numbers of its first correction replaced."""
    text = MADE_UP
    for key, value in instead.items():
        text = re.sub(rf"{key} = .*", f"{key} = {value}", text, count=1)
    return profile(text)


def numbers(exercise):
    """Every number that judges, as it is frozen."""
    rows = {
        "cycle": [[c.rest, c.full, c.target, c.min_range] for c in exercise.cycle],
        "tempo": {name: [t.warn, t.error] for name, t in exercise.tempo.items()},
        "limit": {
            f"{name}.{side}": [limit.warn, limit.error]
            for name, limited in exercise.limited.items()
            for side, limit in (("low", limited.low), ("high", limited.high))
            if limit is not None
        },
        "usual": {name: list(m.usual) for name, m in exercise.limited.items() if m.usual},
    }
    return {name: row for name, row in rows.items() if row}


def test_every_exercise_is_frozen():
    assert BEFORE.keys() == catalog().keys()


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize("name", ["blazepose-full", "blazepose-lite", "blazepose-heavy"])
def test_blazepose_is_held_to_the_limits_it_was_held_to(name, view):
    for exercise in catalog().values():
        assert numbers(as_read(exercise, profiles()[name], view)) == BEFORE[exercise.id], exercise.id


@pytest.mark.parametrize("name", catalog())
def test_a_model_that_nobody_measured_is_held_to_the_catalogues_own_limits(name):
    own, read = (numbers(e) for e in (catalog()[name], as_read(catalog()[name], profiles()["neutral"])))
    halves = {n: t for n, t in catalog()[name].tempo.items() if t.half != "peak"}
    for which in halves:
        assert read["tempo"][which][0] < own["tempo"][which][0]
    moved = {k for k, v in read.get("limit", {}).items() if v != own["limit"][k]}
    speeds = {f"{n}.high" for n, m in catalog()[name].measure.items() if m.take == "speed"}
    assert moved == (OUR_OWN if name in JUMPS else set()) | speeds
    assert [read.get(k) for k in ("cycle", "usual")] == [own.get(k) for k in ("cycle", "usual")]


def test_limits_levels_and_times_move_with_the_profile():
    plank, squat, run = (as_read(catalog()[n], made_up()) for n in ("plank_hold", "squat", "running"))
    assert (plank.measure["hip_sag"].low.warn, plank.measure["hip_sag"].low.error) == (8.0, 4.0)
    assert (plank.measure["hip_pike"].high.warn, plank.measure["hip_pike"].high.error) == (18.0, 25.0)
    assert plank.measure["knee_sag"].high.warn == catalog()["plank_hold"].measure["knee_sag"].high.warn - 40
    assert (squat.cycle[0].rest, squat.cycle[0].full, squat.cycle[0].min_range) == (-10, 45, 35)
    assert squat.tempo["too_fast"].warn == 0.21
    assert run.measure["lean"].usual == (32, 42)
    assert run.number == catalog()["running"].number


def test_each_view_has_its_own_correction():
    only = profile(MADE_UP.replace('postures = ["plank"]', 'views = ["front"]'))
    assert as_read(catalog()["plank_hold"], only, View("side")).measure["hip_sag"].low.warn == -2
    here = profile(MADE_UP.replace('postures = ["running"]', 'views = ["side"]'))
    assert as_read(catalog()["running"], here, View("oblique", "side")).measure["lean"].high.warn == 46


@pytest.mark.parametrize(
    ("offset", "limit", "verdict"), [(-2, 24, "error"), (8, 20, "warn"), (20, None, "ok")]
)
def test_verdicts_move_with_the_profile(offset, limit, verdict):
    """A drawn pike that is read as 27, against true limits of 12 / 26."""
    poses, plank = figure("plank_hold", hip_pike=Span(10.0)).poses, catalog()["plank_hold"]
    shifted = made_up(gain=1, offset=offset, above=0)
    session = judge(poses, plank, [ClipPiece.whole(replace(calibrate(poses, plank), sensor=shifted))])
    assert {c.id: c.verdict for c in session.checks}["hip_pike"] == verdict
    assert [f.worst.limit for f in session.faults if f.id == "hip_pike"] == ([limit] if limit else [])


def test_the_sensor_of_a_session_is_that_of_its_poses():
    poses, plank = figure("plank_hold", hip_pike=Span(2.0, value=1.3)).poses, catalog()["plank_hold"]
    other = replace(poses, model=Model("seventeen", "1" * 64))
    worst = [judge(p, plank).faults[0].worst for p in (poses, other)]
    assert [(w.limit, round(w.value)) for w in worst] == [(27.5, 35), (26, 35)]


def test_a_session_says_that_nobody_measured_its_model():
    poses, plank = figure("plank_hold").poses, catalog()["plank_hold"]
    other = replace(poses, model=Model("seventeen", "1" * 64))
    said = [[a for a in judge(p, plank).capture if a.id == "sensor_unknown"] for p in (poses, other)]
    assert said[0] == []
    assert sentence(said[1][0].advice).startswith("Nobody has measured how the pose model seventeen errs")


def test_the_catalogue_speaks_of_true_bodies():
    """What a pose model makes of them stands in its profile."""
    words = re.compile(r"BlazePose|MediaPipe|\breads?\b|dead band|\btimed from\b")
    for file in (resources.files("formcheck.exercises") / "catalog").iterdir():
        found = words.search(file.read_text(encoding="utf-8"))
        assert found is None, f"{file.name}: {found}"
