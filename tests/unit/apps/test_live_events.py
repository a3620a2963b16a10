import json
import math
from pathlib import Path

import pytest

from formcheck.apps.live.events import EventLog
from formcheck.codec.events import event_to_dict
from formcheck.errors import OutputError
from formcheck.types import AttemptFinished, FaultSaid, RepFinished
from formcheck.types.event import SetFinished, Spoken, StateChanged
from formcheck.types.reason import said
from formcheck.types.result import Tempo
from tests.unit.draw.live import FOLD, summary


def events_in(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_names_and_times_come_first():
    event = StateChanged(t=1.0, told_t=1.25, state="countdown")
    assert list(event_to_dict(event).items()) == [
        ("event", "StateChanged"), ("t", 1.0), ("told_t", 1.25), ("state", "countdown"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        (AttemptFinished(t=1, told_t=2, n=3, side="left", counted=False, reason="too_fast"),
         {"n": 3, "side": "left", "counted": False, "reason": "too_fast"}),
        (RepFinished(t=1, told_t=2, n=3, side="both", score=None), {"n": 3, "side": "both", "score": None}),
        (FaultSaid(t=1, told_t=2, id="trunk_fold", cue="Chest up"), {"id": "trunk_fold", "cue": "Chest up"}),
        (Spoken(t=1, told_t=2, text=said("Go")), {"text": "Go"}),
    ],
)  # fmt: skip
def test_the_fields_of_the_contract(event, fields):
    assert fields.items() <= event_to_dict(event).items()


def test_a_set_tells_its_summary():
    plain = event_to_dict(SetFinished(t=1, told_t=1, summary=summary(coverage=math.nan)))["summary"]
    assert plain["good_reps"] == 7
    assert plain["coverage"] is None
    assert [f["id"] for f in plain["faults"]] == ["trunk_fold", "heels_up"]
    assert "joints" not in plain["faults"][0]


def test_no_nan_is_written(tmp_path):
    event = AttemptFinished(
        t=math.nan, told_t=2.0, n=1, side="both", counted=True, reason=None,
        tempo=Tempo(math.inf, 0.5, math.nan), faults=(FOLD,),
    )  # fmt: skip
    with EventLog(tmp_path / "e.jsonl") as log:
        log.write([event])
    line = (tmp_path / "e.jsonl").read_text()
    assert json.loads(line, parse_constant=pytest.fail)["tempo"] == {
        "up_s": None,
        "hold_s": 0.5,
        "down_s": None,
    }


def test_each_line_is_there_at_once(tmp_path):
    path = tmp_path / "made" / "e.jsonl"
    with EventLog(path) as log:
        log.write([Spoken(t=1.0, told_t=1.0, text=said("Größer"))])
        assert events_in(path)[0]["text"] == "Größer"
        log.write([])
        log.write([Spoken(t=2.0, told_t=2.0, text=said("a")), Spoken(t=2.0, told_t=2.0, text=said("b"))])
        assert len(events_in(path)) == 3


def test_the_source_knows_when_it_was_reported(tmp_path):
    with EventLog(tmp_path / "e.jsonl") as log:
        log.write([Spoken(t=1.0, told_t=1.1, text=said("late"))], lambda: 1.5)
        log.write([Spoken(t=1.0, told_t=1.1, text=said("never before it was known"))], lambda: 0.2)
    assert [line["told_t"] for line in events_in(tmp_path / "e.jsonl")] == [1.5, 1.1]


def test_where_nothing_can_be_written(tmp_path):
    with pytest.raises(OutputError, match="cannot write"):
        EventLog(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_the_end_on_a_full_disk_is_reported_as_such_and_once():
    log = EventLog(Path("/dev/full"))
    with pytest.raises(OutputError, match="cannot write"):
        log.write([Spoken(t=1.0, told_t=1.0, text=said("a"))])
    with pytest.raises(OutputError, match="cannot write"):
        log.close()
    log.close()
