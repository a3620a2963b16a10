"""The dials on readings that are known, and the pages that are made of them."""

import re
from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercises import catalog
from tests.exercises.cases import DIALS
from validation import accuracy
from validation.dials import table
from validation.dials.lines import Point, line, moved, points
from validation.dials.readings import Reading, Value
from validation.dials.suite import CLIPS, FOLDER, GROSS, SOONER_S, name_of, setting
from validation.dials.tally import silent, tally
from validation.dials.turned import turned

KNEES = Reading(
    "squat-front-knee_valgus-clear", "squat", "front", "model", "studio", "clear", "knee_valgus",
    "knee_valgus", spared=False, verdict="error", reason="", true="error",
    read={"knee_valgus": Value(21.0, 22.0)}, drawn={"knee_valgus": Value(28.0, 30.0)},
)  # fmt: skip
HIPS = replace(KNEES, check="hip_shift", verdict="ok", true="ok", read={}, drawn={})


def test_each_case_is_planted_twice_and_each_exercise_with_checks_drawn_clean():
    names = {clip.name.removeprefix(FOLDER) for clip in CLIPS}
    assert len(names) == len(CLIPS)
    for case in DIALS:
        assert {f"{name_of(case)}-clear", f"{name_of(case)}-gross"} <= names
    checked = {exercise.id for exercise in catalog().values() if exercise.limits()}
    assert {clip.script.exercise for clip in CLIPS if clip.level == "clean"} == checked
    assert set(turned()) <= {name_of(case) for case in DIALS}


def test_gross_is_further_than_just_clear_and_nothing_is_wrong_in_a_clean_clip():
    clear, gross = (
        next(clip for clip in CLIPS if clip.name == f"{FOLDER}squat-side-trunk_fold-{level}").script.dials
        for level in ("clear", "gross")
    )
    assert 0 < clear["trunk_fold"] < gross["trunk_fold"] == GROSS
    assert all(not clip.script.dials for clip in CLIPS if clip.level == "clean")


def test_what_turns_during_a_hold_turns_sooner_and_as_far_as_its_share():
    case = next(c for c in DIALS if (c.exercise, c.dial) == ("plank_hold", "shrugged"))
    span = setting(case, 0.5)
    assert (span.start_s, span.value) == (case.value.start_s - SOONER_S, 0.5)


def test_found_and_missed_right_and_false_are_kept_apart():
    missed = replace(
        KNEES, verdict="not_assessable", reason="needs_view", level="gross", true="not_assessable"
    )
    short = replace(KNEES, true="warn")
    spared = replace(HIPS, verdict="error", spared=True)
    found = tally([KNEES, missed, short, HIPS, replace(HIPS, verdict="error"), spared])
    assert (found.clear, found.gross) == ((True,), (False,))
    assert found.unread == {"needs_view": 1}
    assert found.false == {"ok": 1, "error": 1}
    assert sum(found.without("error")) == 1


def test_a_clean_clip_is_silent_unless_something_right_is_called_wrong():
    clean = replace(HIPS, level="clean", fault="", clip="a")
    between = replace(clean, check="heels_up", true="warn", verdict="warn")
    assert silent([clean, between, replace(clean, clip="b", verdict="warn")], "error", "warn") == (
        True,
        False,
    )
    assert silent([KNEES], "error") == ()


def test_a_line_is_found_in_spite_of_a_clip_that_went_astray():
    true = np.linspace(0, 40, 12)
    them = [Point("a", x, 0.7 * x - 3) for x in true]
    them[4] = Point("b", true[4], 90.0)
    found = line(them, "deg")
    assert (found.gain, found.offset) == (pytest.approx(0.7, abs=0.02), pytest.approx(-3, abs=0.5))
    assert (found.n, found.people) == (12, 2)
    still = line([Point("a", 10.0, 8.0)] * 5, "deg")
    assert np.isnan(still.gain)
    assert still.shown(20.0) == 18.0
    assert line(them[:2], "deg") is None


def squats(gain):
    """Squats of many, whose knees fall in by more and more, of which a share is read."""
    for k in range(12):
        read, drawn = (Value(x, x) for x in (gain * 3 * k, 3.0 * k))
        yield replace(
            KNEES, clip=str(k), person=f"p{k % 3}", read={"knee_valgus": read}, drawn={"knee_valgus": drawn}
        )


def test_limits_are_moved_by_the_lines_of_other_people():
    said = dict(zip(range(12), (broken for _, broken in moved(list(squats(0.5)))), strict=True))
    warn = catalog()["squat"].measure["knee_valgus"].high.warn
    assert said == {k: 3 * k > warn for k in range(12)}  # the limit of a true body, though half of it is read
    (key,) = points(squats(0.5))
    assert key == ("knees_fall_in", "level", "front", "squat")


def test_the_page_of_accuracy_lists_the_checks_of_the_catalogue():
    text = accuracy.FILE.read_text(encoding="utf-8")
    sections = re.split(r"^## .*\(`(\w+)`\)$", text, flags=re.MULTILINE)[1:]
    listed = {
        exercise: re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for exercise, section in zip(sections[::2], sections[1::2], strict=True)
    }
    assert listed == {exercise.id: accuracy.checks(exercise) for exercise in catalog().values()}


def test_the_tables_speak_of_checks_that_there_are():
    known = {(e.id, check) for e in catalog().values() for check in accuracy.checks(e)}
    assert set(table.found()) <= known
    assert table.found()
    assert table.lines()
