"""All of one person: out in one file, in again without doubles, and gone."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formcheck.apps import person
from formcheck.apps.plan import plan_of, tell
from formcheck.errors import SourceError
from formcheck.store import Store, open_store
from formcheck.types.training import PainTold, Start
from tests.unit.store.made import golden

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    kept = open_store(tmp_path / "from.sqlite")
    tell(kept, Start(NOON, "none"), "Ana")
    tell(kept, PainTold(NOON, "squat", "none"), "Ana")
    squat, plank = golden("squat_side_shallow"), golden("plank_sag")
    kept.add_session(squat, origin="video", person="Ana", when=NOON)
    kept.add_session(plank, origin="live", folder=tmp_path / "live", person="Ana", when=NOON)
    nameless = replace(squat, source=replace(squat.source, sha256=None))
    kept.add_session(nameless, origin="video", person="Ana", when=NOON)
    return kept


def test_the_plan_is_the_same_after_a_journey(store: Store, tmp_path: Path) -> None:
    """Out, in twice, under another name: nothing doubled, nothing lost."""
    written = person.write_export(store, tmp_path / "ana.json", "Ana")
    data = person.read_export(tmp_path / "ana.json")
    assert data == written
    assert (len(data.sessions), len(data.entries)) == (3, 2)
    with open_store(tmp_path / "to.sqlite") as other:
        for _ in range(2):
            person.import_person(other, data, "Bea")
        assert len(other.history("Bea")) == 3
        assert other.entries("Bea") == store.entries("Ana")
        mine, hers = plan_of(store, "Ana", NOON.date()), plan_of(other, "Bea", NOON.date())
    assert [d.told for d in mine.decisions] == [d.told for d in hers.decisions]
    assert mine.programme == hers.programme


@pytest.mark.parametrize(
    "broken",
    [
        {"schema": "other"},
        {"entries": [{"kind": "start", "when": "2026-11-02T12:00:00Z", "pain": "none", "days": 99}]},
        {"entries": [{"kind": "pain", "when": "2026-11-02T12:00:00", "exercise": None, "pain": "none"}]},
        {"sessions": [{"origin": "video", "when": "2026-11-02T12:00:00Z", "folder": None, "session": {}}]},
        {"sessions": [{"origin": "moon", "when": "2026-11-02T12:00:00Z", "folder": None, "session": {}}]},
        {"sessions": 3},
    ],
)
def test_a_damaged_export_is_told_in_one_line(
    store: Store, tmp_path: Path, broken: dict[str, object]
) -> None:
    told = person.export_person(store, "Ana") | broken
    (tmp_path / "x.json").write_text(json.dumps(told))
    with pytest.raises(SourceError, match="export") as error:
        person.read_export(tmp_path / "x.json")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "[", "[" * 100_000, "3", "null"])
def test_no_export_at_all(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(SourceError):
        person.read_export(tmp_path / "x.json")


def test_only_folders_of_our_own_are_removed(store: Store, tmp_path: Path) -> None:
    ours, theirs = tmp_path / "workouts", tmp_path / "theirs"
    for folder in (ours / "one", ours / "other", theirs):
        folder.mkdir(parents=True)
    rows = store.sessions(person="Ana")
    named = [replace(rows[0], folder=str(f)) for f in (ours / "one", theirs, ours / "..", ours / "gone")]
    assert person.remove_folders(named, ours) == sorted([theirs, ours / ".."])
    assert not (ours / "one").exists()
    assert (ours / "other").is_dir()
    assert theirs.is_dir()
