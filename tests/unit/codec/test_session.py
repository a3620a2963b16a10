import dataclasses
import functools
import json
import math

import pytest

from formcheck.codec.session import session_from_json, session_to_dict, session_to_json
from formcheck.errors import SourceError
from formcheck.outputs.session_file import read_session, write_session
from formcheck.types import Check, Reason
from formcheck.types.gait import Gait
from formcheck.types.reason import said
from formcheck.types.result import Balance, GaitResult, HoldResult, RepResult
from tests.results import with_gait
from tests.unit.outputs import runs, sessions

FINDING = ["check", "value", "unit", "limit", "verdict", "seen", "reason"]
CONTRACT = {  # the contract's names in its order; extras (status, reason) stand last
    "": "schema formcheck created source model exercise view summary reps holds gait balance faults checks"
    " sections capture conditions height_m clips",
    "source": "name sha256 duration_s fps width_px height_px frames frames_with_pose",
    "model": "name sha256",
    "exercise": "id name kind digest chosen_by confidence grounds status",
    "view": "name facing near_side",
    "summary": "attempts reps good_reps hold_s clean_hold_s score coverage count_confidence count_doubt"
    " score_parts score_range",
}
GAIT = "cadence_spm steps metrics drift camera kind strides drift_spans"
METRIC = "value unit verdict n spread reason limits usual error confidence experimental part"
ENTRIES = {
    "reps": "n side start_s peak_s end_s counted reason rom tempo score findings",
    "holds": "side start_s end_s total_s clean_s breaks",
    "faults": "id cue why level safety count worst spans evidence train clip metric confidence",
    "checks": "id verdict reason seen",
    "capture": "id advice",
}


def bare(session):
    """What a round trip keeps."""
    sections = session.sections and tuple(bare(part) for part in session.sections)
    kept = {
        "checks": tuple(dataclasses.replace(check, what="") for check in session.checks),
        "faults": tuple(dataclasses.replace(fault, joints=()) for fault in session.faults),
    }
    if hasattr(session, "sections"):
        if session.gait:
            metrics = {i: dataclasses.replace(m, what="") for i, m in session.gait.metrics.items()}
            session = with_gait(session, metrics=metrics)
        kept |= {"sections": sections, "traces": (), "not_judged": ()}
    return dataclasses.replace(session, **kept)


@pytest.fixture(params=sessions.ALL | runs.ALL)
def any_session(request):
    return (sessions.ALL | runs.ALL)[request.param]()


def numbers(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [x for item in value for x in numbers(item)]
    return [value] if isinstance(value, float) else []


def test_names_and_order_are_those_of_the_contract(any_session):
    found = session_to_dict(any_session, sessions.CREATED)
    for where, names in CONTRACT.items():
        assert list(found[where] if where else found) == names.split()
    for where, names in ENTRIES.items():
        assert all(list(entry) == names.split() for entry in found[where])
    assert all(list(f) == FINDING for rep in found["reps"] for f in rep["findings"])
    assert found["schema"] == "formcheck/session/1"
    assert found["created"] == sessions.CREATED


def test_every_number_is_finite(any_session):
    assert all(math.isfinite(x) for x in numbers(session_to_dict(any_session)))
    assert "NaN" not in session_to_json(any_session)


def test_nan_is_null():
    rep = session_to_dict(sessions.hostile())["reps"][0]
    assert rep["rom"] == {"value": None, "unit": "deg"}
    assert rep["tempo"]["up_s"] is None
    assert rep["findings"][0]["value"] is None


def test_rounding():
    found = session_to_dict(sessions.squat())
    assert found["reps"][0]["tempo"]["up_s"] == 1.312
    assert found["reps"][4]["findings"][0]["value"] == 43.26
    assert found["source"]["fps"] == 29.97
    assert found["faults"][0]["spans"] == [[16.4, 18.6], [20.4, 22.0]]


def test_gait_has_metrics_and_drift():
    gait = session_to_dict(sessions.running())["gait"]
    assert list(gait) == GAIT.split()
    assert list(gait["metrics"]["overstride"]) == METRIC.split()
    assert gait["drift"]["lean_forward"]["clear"] is True


def test_the_same_session_gives_the_same_bytes(tmp_path, any_session):
    first = write_session(any_session, tmp_path / "a", sessions.CREATED).read_bytes()
    assert first == write_session(any_session, tmp_path / "b", sessions.CREATED).read_bytes()


ROUND = sessions.ALL | {"joined_run": runs.joined_run, "unseen_run": runs.unseen_run}


@pytest.mark.parametrize("name", [n for n in ROUND if n not in {"hostile", "squat", "mixed"}])
def test_round_trip(tmp_path, name):
    session = dataclasses.replace(ROUND[name](), source=sessions.source(fps=30.0))
    back = read_session(write_session(session, tmp_path, sessions.CREATED))
    assert back == bare(session)


@pytest.mark.parametrize("name", sessions.ALL)
def test_a_second_round_trip_changes_nothing(tmp_path, name):
    path = write_session(sessions.ALL[name](), tmp_path / "a", sessions.CREATED)
    assert (
        write_session(read_session(path), tmp_path / "b", sessions.CREATED).read_bytes() == path.read_bytes()
    )


def test_a_reason_is_written_as_its_sentence_and_read_back_as_said(tmp_path):
    check = Check("lean", "not_assessable", Reason("needs_fps", least=50.0, fps=29.97), 0.0)
    path = write_session(dataclasses.replace(sessions.plank(), checks=(check,)), tmp_path)
    text = "needs 50 pictures a second; this clip has 30"
    assert json.loads(path.read_text())["checks"][0]["reason"] == text
    assert read_session(path).checks[0].reason == said(text)


def test_unknown_keys_are_passed_over_and_status_may_be_missing(tmp_path):
    path = write_session(sessions.plank(), tmp_path)
    found = json.loads(path.read_text())
    found["later"] = found["source"]["later"] = 1
    del found["exercise"]["status"]
    path.write_text(json.dumps(found))
    assert read_session(path).exercise.status == "draft"


def put(given, value, *where):
    """With another value in one place."""
    inner = given
    for key in where[:-1]:
        inner = inner[key]
    inner[where[-1]] = value
    return given


def deep(times):
    return functools.reduce(lambda inner, _: [inner], range(times), 0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            lambda found: found | {"schema": "formcheck/session/2"},
            "expected schema .*, found 'formcheck/session/2'",
        ),
        (lambda found: {k: v for k, v in found.items() if k != "summary"}, "summary: Field required"),
        (lambda found: found | {"reps": 3}, "reps: Input should be a valid array"),
        (
            lambda found: found | {"view": found["view"] | {"facing": "up"}},
            "view.facing: Input should be 'left' or 'right'",
        ),
        (
            lambda found: found | {"summary": found["summary"] | {"score": "82"}},
            "summary.score: Input should be a valid integer",
        ),
        (lambda found: [found], "should be an object"),
        (lambda found: put(found, 10**400, "summary", "reps"), "summary.reps"),
        (lambda found: put(found, 2**63, "reps", 0, "n"), "reps.0.n: Input should be less than"),
        (lambda found: put(found, -1, "summary", "attempts"), "summary.attempts: Input should be greater"),
        (lambda found: put(found, 10**400, "source", "duration_s"), "source.duration_s"),
        (lambda found: put(found, 1e300, "source", "duration_s"), "source.duration_s: Input should be less"),
        (lambda found: put(found, math.nan, "source", "duration_s"), "source.duration_s"),
        (lambda found: put(found, math.inf, "summary", "coverage"), "summary.coverage"),
        (lambda found: put(found, True, "summary", "coverage"), "summary.coverage"),
        (lambda found: put(found, "\ud800", "source", "name"), "not JSON"),
        (lambda found: put(found, "a\0b", "source", "name"), "source.name"),
        (lambda found: put(found, "x" * 10**6, "exercise", "id"), "exercise.id"),
        (lambda found: put(found, 5, "created"), "created: Input should be a valid string"),
        (lambda found: put(found, deep(300), "later"), "recursion limit"),
        (lambda found: put(found, deep(300), "summary"), "recursion limit"),
    ],
)
def test_a_wrong_session_is_refused_in_one_line(tmp_path, change, says):
    path = tmp_path / "session.json"
    path.write_text(json.dumps(change(session_to_dict(sessions.squat()))))
    with pytest.raises(SourceError, match=says) as caught:
        read_session(path)
    assert "\n" not in str(caught.value)


def test_what_is_no_json_is_refused(tmp_path):
    (tmp_path / "x").write_bytes(b"\xff\x00")
    for path in (tmp_path / "x", tmp_path / "none"):
        with pytest.raises(SourceError):
            read_session(path)


@pytest.mark.parametrize(
    "result",
    [
        RepResult(sessions.squat().reps, Balance(4, 4, 3.0, 0.0, None, "ok")),
        HoldResult(sessions.plank().holds),
        HoldResult(),
        GaitResult(Gait(None, 0)),
        None,
    ],
    ids=["reps", "holds", "no hold", "no step", "nothing"],
)
def test_the_tagged_result_stands_flat_and_comes_back(result):
    session = dataclasses.replace(sessions.mixed(), result=result)
    held_s = 0.0 if isinstance(result, HoldResult) else None
    session = dataclasses.replace(session, summary=dataclasses.replace(session.summary, hold_s=held_s))
    data = session_to_dict(session)
    parts = [name for name in ("reps", "holds", "gait") if data[name]]
    assert parts == [name for name in ("reps", "holds", "gait") if getattr(session, name)]
    assert "result" not in data
    back = session_from_json(json.dumps(data))
    assert type(back.result) is type(result)
    assert session_to_dict(back) == data
    assert [type(part.result) for part in back.sections] == [RepResult, HoldResult]


def test_a_session_of_two_results_is_none():
    data = session_to_dict(sessions.squat()) | {"holds": session_to_dict(sessions.plank())["holds"]}
    with pytest.raises(ValueError, match="more than one of reps, holds and gait"):
        session_from_json(json.dumps(data))
