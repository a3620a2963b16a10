"""All of one person: out in one file, in again without doubles or damage to others, and gone."""

import io
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from formcheck.apps import person
from formcheck.apps.plan import plan_of, tell
from formcheck.errors import SourceError
from formcheck.store import Store, open_store
from formcheck.types.training import PainReport, Start
from tests.unit.store.made import golden

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SQUAT, PLANK = golden("squat_side_shallow"), golden("plank_sag")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "from.sqlite") as kept:
        tell(kept, Start(NOON, "none"), "Ana")
        tell(kept, PainReport(NOON, "squat", "none"), "Ana")
        kept.add_session(SQUAT, origin="video", person="Ana", when=NOON)
        kept.add_session(PLANK, origin="live", folder=tmp_path / "live", person="Ana", when=NOON)
        nameless = replace(SQUAT, source=replace(SQUAT.source, sha256=None))
        kept.add_session(nameless, origin="video", person="Ana", when=NOON)
        yield kept


def exported(store: Store, whose: str | None = "Ana") -> dict[str, Any]:
    found: dict[str, Any] = json.loads("".join(person.Export(store, whose)))
    return found


def take_in(store: Store, given: object, whose: str | None = None) -> person.Counted:
    return take_in_bytes(store, json.dumps(given).encode(), whose)


def take_in_bytes(store: Store, data: bytes, whose: str | None = None) -> person.Counted:
    person.check(file := io.BytesIO(data), "x.json")
    return person.take_in(store, file, "x.json", whose)


def test_the_plan_is_the_same_after_a_journey(store: Store, tmp_path: Path) -> None:
    """Out, in twice, under another name: nothing doubled, nothing lost."""
    written = person.write_export(store, tmp_path / "ana.json", "Ana")
    assert (written.counted, written.damages) == (person.Counted(3, 2), [])
    with open_store(tmp_path / "to.sqlite") as other:
        for _ in range(2):
            with person.checked(tmp_path / "ana.json") as file:
                assert person.take_in(other, file, "", "Bea") == person.Counted(3, 2)
        assert other.counts_of("Bea") == (3, 2)
        assert other.entries("Bea") == store.entries("Ana")
        mine, hers = plan_of(store, "Ana", NOON.date()), plan_of(other, "Bea", NOON.date())
        assert exported(other, "Bea")["sessions"] == exported(store)["sessions"]
    assert [d.why for d in mine.decisions] == [d.why for d in hers.decisions]
    assert mine.programme == hers.programme


@pytest.mark.parametrize(
    "spelt",
    [
        lambda char: {"/": r"\/"}.get(char, char),
        lambda char: f"\\u{ord(char):04x}",
        lambda char: f"\\u{ord(char):04X}",
    ],
    ids=["slashes", "all", "capitals"],
)
def test_an_export_may_escape_what_json_lets_it(store: Store, spelt: Callable[[str], str]) -> None:
    strings = re.compile(r'"([^"\\]*)"')
    written = "".join(person.Export(store, "Ana"))
    assert "\\" not in written
    escaped = strings.sub(lambda text: f'"{"".join(map(spelt, text[1]))}"', written)
    assert json.loads(escaped) == json.loads(written)
    assert take_in_bytes(store, escaped.encode(), "Bea") == person.Counted(3, 2)
    assert exported(store, "Bea")["sessions"] == exported(store)["sessions"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a user's files by itself")
def test_an_export_is_its_owners_alone(store: Store, tmp_path: Path) -> None:
    (tmp_path / "ana.json").touch(0o644)
    person.write_export(store, tmp_path / "ana.json", "Ana")
    assert (tmp_path / "ana.json").stat().st_mode & 0o777 == 0o600


def test_an_import_takes_nothing_from_anybody(store: Store, tmp_path: Path) -> None:
    """Not the sessions that are here, not their folders: neither moved nor removed with the other person."""
    (tmp_path / "live").mkdir()
    before = store.sessions(person="Ana")
    for _ in range(2):
        take_in(store, exported(store), "Bea")
    assert store.sessions(person="Ana") == before
    assert [row.folder for row in store.sessions(person="Bea")] == [None] * 3
    assert store.forget_person("Bea") == []
    assert store.sessions(person="Ana") == before
    assert store.forget_person("Ana") == [str(tmp_path / "live")]


def test_a_folder_that_an_export_names_is_not_owned(store: Store, tmp_path: Path) -> None:
    found = exported(store)
    for one in found["sessions"]:
        one["folder"] = str(tmp_path / "live")
    take_in(store, found, "Eve")
    take_in(store, found)
    assert store.counts_of("Eve") == store.counts_of() == (3, 2)
    assert store.forget_person("Eve") == store.forget_person() == []
    assert store.counts_of("Ana") == (3, 2)


def test_what_was_owned_twice_stays_while_one_owns_it(store: Store, tmp_path: Path) -> None:
    """Before 0.7 an import took over folders."""
    store.add_session(SQUAT, origin="video", folder=tmp_path / "live", person="Bea")
    assert store.forget_person("Bea") == []
    assert store.forget_person("Ana") == [str(tmp_path / "live")]


def test_what_is_here_is_not_doubled(store: Store) -> None:
    take_in(store, exported(store), "Ana")
    assert store.counts_of("Ana") == (3, 2)
    take_in(store, exported(store), "Bea")
    better = replace(SQUAT, summary=replace(SQUAT.summary, score=1))
    store.add_session(better, origin="video", person="Bea", when=NOON)
    assert store.counts_of("Bea") == (3, 2)
    assert 1 in [row.score for row in store.sessions(person="Bea")]
    take_in(store, exported(store), "Bea")
    assert store.counts_of("Bea") == (3, 2)


def nested(times: int) -> Any:
    inner: Any = 0
    for _ in range(times):
        inner = [inner]
    return inner


HOSTILE: list[dict[str, Any]] = [
    {"schema": "other"},
    {"schema": 10**400},
    {"entries": [{"kind": "later"}]},
    {"entries": [{"kind": []}]},
    {"entries": [7]},
    {"entries": [{"kind": "start", "when": "2026-11-02T12:00:00Z", "pain": "none", "days": 99}]},
    {"entries": [{"kind": "start", "when": "2026-11-02T12:00:00Z", "pain": "none", "days": 10**400}]},
    {"entries": [{"kind": "pain", "when": "2026-11-02T12:00:00", "exercise": None, "pain": "none"}]},
    {"entries": [{"kind": "pain", "when": "0001-01-01T00:00:00Z", "exercise": None, "pain": "none"}]},
    {"entries": [{"kind": "pain", "when": "9999-12-31T23:59:59Z", "exercise": None, "pain": "none"}]},
    {"entries": [{"kind": "pain", "when": "2026-11-02T12:00:00Z", "exercise": "\ud800", "pain": "none"}]},
    {"entries": nested(800)},
    {"later": nested(150)},
    {"sessions": 3},
    {"sessions": {}},
    {"sessions": [{"origin": "video", "when": "2026-11-02T12:00:00Z", "folder": None, "session": {}}]},
]
CHANGES: list[tuple[list[str | int], Any]] = [
    (["origin"], "moon"),
    (["when"], "2026-11-02T12:00:00"),
    (["when"], "0001-01-01T00:00:00Z"),
    (["when"], "9999-12-31T23:59:59+00:00"),
    (["when"], 10**400),
    (["session", "schema"], "formcheck/session/9"),
    (["session", "summary", "reps"], 2**63),
    (["session", "summary", "reps"], 10**400),
    (["session", "summary", "coverage"], float("nan")),
    (["session", "source", "duration_s"], 1e300),
    (["session", "source", "name"], "\udcff"),
    (["session", "exercise", "id"], "a\0b"),
    (["session", "reps"], nested(98)),
]


@pytest.mark.parametrize("broken", [*HOSTILE, *CHANGES], ids=range(len(HOSTILE) + len(CHANGES)))
def test_a_damaged_export_is_one_line_and_nothing_is_kept(
    store: Store, broken: dict[str, Any] | tuple[list[str | int], Any]
) -> None:
    found = exported(store)
    if isinstance(broken, dict):
        found |= broken
    else:
        inner = found["sessions"][2]
        for key in broken[0][:-1]:
            inner = inner[key]
        inner[broken[0][-1]] = broken[1]
    with pytest.raises(SourceError, match=r"^x.json: .*export") as error:
        take_in(store, found, "Zoe")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 300
    assert store.counts_of("Zoe") == (0, 0)


@pytest.mark.parametrize(
    "data",
    [b"", b"[", b"[" * 100_000, b"3", b"null", b"\xff\xfe\0", b'{"', b'{"schema": "formcheck/person/1"'],
    ids=range(8),
)
def test_no_export_at_all(store: Store, data: bytes) -> None:
    with pytest.raises(SourceError, match="export"):
        take_in_bytes(store, data)


def test_an_export_that_is_cut_off_anywhere_is_refused(store: Store) -> None:
    data = "".join(person.Export(store, "Ana")).encode().rstrip()
    for end in range(0, len(data), 997):
        with pytest.raises(SourceError, match="export"):
            take_in_bytes(store, data[:end], "Zoe")
    assert store.counts_of("Zoe") == (0, 0)
    assert take_in_bytes(store, data, "Zoe").sessions == 3


def test_only_folders_of_our_own_are_removed(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "workouts", tmp_path / "theirs"
    for folder in (ours / "one", ours / "other", theirs):
        folder.mkdir(parents=True)
    named = [str(f) for f in (ours / "one", theirs, ours / "..", ours / "gone")]
    assert person.remove_folders(named, ours) == sorted([theirs, ours / ".."])
    assert not (ours / "one").exists()
    assert (ours / "other").is_dir()
    assert theirs.is_dir()


@pytest.mark.parametrize("data", [b"{}", b" {\n} ", b'{"entries": []}'])
def test_an_object_without_a_schema_is_said_to_have_none(data: bytes) -> None:
    with pytest.raises(SourceError, match="expected schema formcheck/person/1, found none"):
        person.check(io.BytesIO(data), "x.json")
