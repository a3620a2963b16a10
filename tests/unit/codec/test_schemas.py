"""The published JSON Schemas: they are those of today, and every real output obeys them, to the last key."""

import json
from functools import cache
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from formcheck.apps.schemas import main, schemas, text_of
from formcheck.codec.events import AnyEvent, event_to_dict
from formcheck.codec.live_answer import LiveAnswer, answer_to_dict
from formcheck.codec.session import session_to_json
from tests.unit.draw.live import FOLD, summary
from tests.unit.live.people import joined, nobody, set_of, task, watch
from tests.unit.outputs import runs, sessions
from tests.unit.web.stand_ins import pose, update

ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "docs" / "schemas"


def closed(schema):
    """The same where no key may come that is not named: a test's rule, not a reader's."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(part) for key, part in schema.items()}
    return inner | ({"additionalProperties": False} if "properties" in schema else {})


@cache
def published(name):
    schema = json.loads((PUBLISHED / name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(closed(schema))


def through_json(data):
    return json.loads(json.dumps(data, allow_nan=False))


def test_what_is_committed_is_what_the_adapters_say(tmp_path):
    main(str(tmp_path))
    assert (
        {p.name for p in PUBLISHED.glob("*.json")} == {p.name for p in tmp_path.iterdir()} == schemas().keys()
    )
    for name, schema in schemas().items():
        committed = (PUBLISHED / name).read_text(encoding="utf-8")
        assert committed == text_of(schema), f"{name} is of yesterday: make docs"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "golden").glob("*.json")), ids=lambda path: path.stem
)
def test_golden_sessions_obey(path):
    published("session.json").validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", sessions.ALL | runs.ALL)
def test_sessions_of_every_kind_obey(name):
    session = (sessions.ALL | runs.ALL)[name]()
    published("session.json").validate(json.loads(session_to_json(session, sessions.CREATED)))


@pytest.mark.parametrize(
    "spoilt",
    [{"schema": "formcheck/session/2"}, {"summary": None}, {"reps": [{}]}, {"formcheck": 7}, {"x": 1}],
)
def test_a_session_that_is_none_does_not_obey(spoilt):
    data = json.loads(session_to_json(sessions.squat()))
    with pytest.raises(ValidationError):
        published("session.json").validate(data | spoilt)


@pytest.fixture(scope="module")
def workout():
    """A live set with a pause in it."""
    return watch(joined(set_of("squat", 2), nobody(3.0), set_of("squat", 1, lead_s=3.0)), task("squat"))


def test_events_of_a_live_set_obey(workout):
    events = [through_json(event_to_dict(event)) for update in workout.updates for event in update.events]
    assert {"StateChanged", "AttemptFinished", "RepFinished", "SetFinished"} <= {e["event"] for e in events}
    for event in events:
        published("event.json").validate(event)
    with pytest.raises(ValidationError):
        published("event.json").validate(events[0] | {"event": "Tripped"})


def test_every_kind_of_event_is_published():
    named = published("event.json").schema["discriminator"]["mapping"]
    assert set(named) == {kind.__name__ for kind in AnyEvent.__args__}


def test_answers_to_a_live_page_obey(workout):
    some = workout.updates[:: len(workout.updates) // 20]
    for shown in (*some, workout.updates[-1]):
        data = answer_to_dict(LiveAnswer(shown.t, shown, 0, shown.pose))
        published("live_answer.json").validate(through_json(data))


def test_a_summary_and_faults_obey():
    shown = update(next(iter(nobody(1.0))), summary=summary(), faults=(FOLD,))
    data = through_json(answer_to_dict(LiveAnswer(1.0, shown, 3)))
    assert [*data["summary"]["faults"][0]] == ["id", "cue", "why", "level"]
    assert data["faults"] == [
        {"id": "trunk_fold", "cue": "Chest up", "level": "error", "joints": [11, 12, 23, 24]}
    ]
    published("live_answer.json").validate(data)


def test_messages_of_the_page_obey():
    published("live_message.json").validate(pose(1.0))
    published("live_message.json").validate({"command": "skip"})
    for wrong in ({"command": "jump"}, pose(-1.0), pose(1.0, image=[[0.0, 0.0]])):
        with pytest.raises(ValidationError):
            published("live_message.json").validate(wrong)
