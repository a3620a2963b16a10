from dataclasses import replace

import pytest

from formcheck.codec.session import session_from_json, session_to_json
from formcheck.exercises import catalog
from formcheck.outputs import words
from formcheck.outputs.player import MOST_JUMPS, findings, lanes, player
from formcheck.outputs.verdict import verdict
from formcheck.types import Check, Reason
from tests.unit.outputs import runs, sessions


def lane(session, name):
    (found,) = [lane for lane in lanes(session) if lane.name == name]
    return found


def test_every_moment_lies_in_the_clip_and_in_order(any_session):
    for each in lanes(any_session):
        begins = [moment.start_s for moment in each.moments]
        assert begins == sorted(begins)
        assert all(0 <= m.start_s <= m.end_s <= any_session.source.duration_s + 1 for m in each.moments)


def test_every_fault_has_its_lane_and_its_worst_moment(any_session):
    found = player(any_session)
    assert found["verdict"] == verdict(any_session)
    assert [f.fault for f in found["findings"]] == list(any_session.faults)
    for finding in found["findings"]:
        assert finding.jumps[0].start_s == finding.fault.worst.t_s
        assert lane(any_session, finding.fault.cue).level == finding.fault.level


def test_the_number_stands_against_its_limit():
    first, *_ = findings(sessions.squat())
    assert (first.value, first.limit) == ("43°", "should be at most 38°")
    assert first.often == "Seen in 2 of 6 attempts."
    assert first.jumps[0].text == "Worst, 0:17"


def test_an_attempt_that_was_not_counted_says_why():
    moments = lane(sessions.squat(), "Repetitions").moments
    missed = [m for m in moments if m.level == "missed"]
    assert len(moments) == 6
    assert [m.text for m in missed] == [f"({r.n})" for r in sessions.squat().reps if not r.counted]
    assert "not counted: stopped short of the full range, at 0:" in missed[0].label


def test_a_fault_seen_often_has_few_buttons_and_all_marks():
    session = sessions.squat()
    often = replace(session.faults[0], spans=tuple((float(i), i + 0.5) for i in range(30)))
    session = replace(session, faults=(often,))
    assert len(findings(session)[0].jumps) == MOST_JUMPS
    assert len(lane(session, often.cue).moments) == 30


@pytest.mark.parametrize(
    "session", [sessions.squat(), sessions.plank(), runs.tall_run()], ids=["reps", "hold", "run"]
)
def test_a_session_read_back_says_the_same(session):
    again = session_from_json(session_to_json(session))
    assert said(again) == said(session)


def said(session):
    found = player(session)
    marks = [(m.text, m.label, m.level) for lane in found["lanes"] for m in lane.moments]
    faults = [(f.value, f.limit, f.often, [m.label for m in f.jumps]) for f in found["findings"]]
    return found["verdict"], found["tiles"], marks, faults


def test_checks_of_a_session_read_back_have_their_names():
    id_, measure, _, _ = next(iter(catalog()["squat"].limits()))
    nameless = Check(id_, "not_assessable", Reason("phase_unseen"), 0.0)
    found = player(replace(sessions.squat(), checks=(nameless,)))
    assert found["hidden"] == [("This phase was not seen", [words.sentence(words.short(measure.what))])]
