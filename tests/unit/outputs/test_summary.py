import io
from pathlib import Path

import pytest
from rich.console import Console

from formcheck.apps.cli.summary import print_summary
from formcheck.apps.finished import Analysis
from tests.unit.outputs import runs, sessions


def shown(session):
    out = io.StringIO()
    print_summary(Analysis(session, Path("x"), (), None), Console(file=out, width=1000))
    return out.getvalue()


def test_a_run_in_the_terminal_says_what_the_page_says():
    text = shown(runs.tall_run())
    assert "You ran at 172 steps a minute, over 162 steps." in text
    assert "✗ clip: The far arm is hidden" in text
    assert "Plays in real time" not in text
    assert "14.3 cm typically; should be at most 13.1 cm; at 0:08–0:10," in text
    assert "exercises for this: Superman pull, Wall lat pull-down, Quadruped limb raise" in text
    assert "also seen: Swing from the shoulder" in text
    assert text.count("exercises for this") == 3
    assert "In the last third your head came further forward: 13.2 cm early, 15.4 cm late (+2.2 cm)" in text


def test_a_walk_a_short_run_and_a_joined_one():
    assert "early against late" not in shown(runs.walk())
    assert "score" not in shown(runs.walk())
    assert "too short to compare early with late" in shown(runs.short_run())
    assert "at 0:18–0:25 of treadmill rear.mp4" in shown(runs.joined_run())


def test_other_exercises_as_before():
    text = shown(sessions.squat())
    assert "Chest up: The trunk folded forward. (43°, should be at most 38°; at 0:16–0:18, 0:20–0:22)" in text


@pytest.mark.parametrize("session", [runs.hostile_run, sessions.hostile])
def test_markup_in_words_is_only_text(session):
    assert "<script>alert('x')</script>" in shown(session())
