"""Exports of a person's data: taken in by the command, shown, exported anew, and deleted."""

import json
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from random import Random

from fuzz.command import JUDGED, after, no_half, refusal, run, warnings
from fuzz.ending import Ending, ImproperError
from fuzz.inputs import MARK, Input, Kind
from fuzz.kinds.session import honest, showing, write
from fuzz.mutate import TEXTS, TREES, Tree

_STORE = ("--store", "store.sqlite")
_WHEN = "2026-11-{:02d}T18:30:00+01:00"
_ENTRIES: list[Tree] = [
    {
        "kind": "start",
        "when": _WHEN.format(1),
        "pain": "none",
        "place": "indoors",
        "equipment": ["mat"],
        "days": 3,
    },
    {
        "kind": "done",
        "when": _WHEN.format(2),
        "exercise": "superman",
        "sets": [{"reps": 10, "good": 9}],
        "pain": "none",
    },
    {"kind": "pain", "when": _WHEN.format(3), "exercise": "superman", "pain": "pain"},
]


def _base(rng: Random) -> Tree:
    kept = []
    for i in range(rng.choice((1, 2, 5))):
        session = deepcopy(rng.choice(honest()))
        session["reps"] = session["reps"][:2]
        kept.append(
            {
                "origin": rng.choice(("video", "live")),
                "when": _WHEN.format(2 + i),
                "folder": rng.choice((None, "workouts/a")),
                "session": session,
            }
        )
    return {
        "schema": "formcheck/person/1",
        "formcheck": "0.7.0",
        "person": None,
        "entries": deepcopy(_ENTRIES),
        "sessions": kept,
    }


def _moment(tree: Tree, rng: Random) -> Tree:
    """When it was done becomes another time, or none."""
    tree = deepcopy(tree)
    with suppress(KeyError, TypeError, IndexError):
        rng.choice([*tree["sessions"], *tree["entries"]])["when"] = rng.choice(TEXTS[-12:])
    return tree


def _folder(tree: Tree, rng: Random) -> Tree:
    """It names a folder that is not its own."""
    tree = deepcopy(tree)
    folders = ("/", ".", "..", "live", "workouts", "\0", "", "mine/treasure", *TEXTS)
    with suppress(KeyError, TypeError, IndexError):
        rng.choice(tree["sessions"])["folder"] = rng.choice(folders)
    return tree


def _meet(given: Input, folder: Path) -> Ending:
    (folder / given.name).write_bytes(given.data)
    treasure = folder / "mine/treasure"
    treasure.mkdir(parents=True)
    (treasure / "session.json").write_text(json.dumps(honest()[0]))
    ran = run("data", "import", given.name, *_STORE)
    no_half(folder)
    if ran.code:
        after([("history", *_STORE)])
        return Ending("refused", refusal(ran, MARK))
    warnings(ran)
    after([*showing(_STORE), ("plan", *_STORE), ("data", "export", "out.json", *_STORE)])
    if run("data", "import", "out.json", "--store", "other.sqlite").code != JUDGED:
        raise ImproperError("message", "what was exported anew cannot be taken in")
    after([("data", "import", given.name, "--person", "Anna", *_STORE), ("data", "delete", "--yes", *_STORE)])
    after(
        [("history", "--person", "Anna", *_STORE), ("data", "delete", "--yes", "--person", "Anna", *_STORE)]
    )
    if not (treasure / "session.json").exists():
        raise ImproperError("leftover", "a folder that is not the export's own was removed")
    return Ending("judged")


KIND = Kind("export", _base, (*TREES, _moment, _moment, _folder), write, _meet)
