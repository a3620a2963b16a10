"""Sessions: session.json as a stranger hands it over, compared, added to a history, and shown."""

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from formcheck.codec.session import session_to_dict
from formcheck.store import open_store
from fuzz.command import JUDGED, after, no_half, refusal, run, warnings
from fuzz.ending import Ending, ImproperError
from fuzz.inputs import MARK, Input, Kind
from fuzz.mutate import TREES, Tree, dump
from tests.unit.outputs import runs, sessions

_STORE = ("--store", "store.sqlite")


@cache
def honest() -> tuple[Tree, ...]:
    """Sessions of each kind, as the file has them."""
    made = (sessions.squat(), sessions.plank(), runs.rich_run(), sessions.unjudged(), sessions.mixed())
    return tuple(json.loads(json.dumps(session_to_dict(one, sessions.CREATED))) for one in made)


def _base(rng: Random) -> Tree:
    return rng.choice(honest())


def write(tree: Tree) -> tuple[str, bytes]:
    """Data as JSON."""
    return ".json", dump(tree)


def showing(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Commands that show what a store holds."""
    exercises = ("squat", "plank", "running", "unknown")
    return [
        ("history", *words),
        ("history", "--json", *words),
        *(("history", "-e", one, *words) for one in exercises),
        ("plan", "show", *words),
    ]


def _meet(given: Input, folder: Path) -> Ending:
    (folder / given.name).write_bytes(given.data)
    same = _exercise(given.data)
    good = folder / "good.json"
    good.write_bytes(dump(next((h for h in honest() if h["exercise"]["id"] == same), honest()[0])))
    open_store("store.sqlite").close()
    added = run("history", "add", given.name, *_STORE)
    for words in ((good.name, given.name), (given.name, good.name), ("--json", given.name, good.name)):
        compared = run("compare", *words)
        if compared.code:
            refusal(compared, "" if added.code == JUDGED else MARK)
        else:
            warnings(compared)
    no_half(folder)
    if added.code:
        after([("history", *_STORE)])
        return Ending("refused", refusal(added, MARK))
    if not added.out.strip():
        raise ImproperError("message", "added, and nothing said")
    warnings(added)
    after([("history", "add", good.name, *_STORE), *showing(_STORE)])
    after([("compare", "1", "2", *_STORE), ("data", "export", "out.json", *_STORE)])
    after([("history", "forget", "1", *_STORE), ("data", "delete", "--yes", *_STORE), ("history", *_STORE)])
    return Ending("judged")


def _exercise(data: bytes) -> Any:
    try:
        return json.loads(data)["exercise"]["id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


KIND = Kind("session", _base, TREES, write, _meet)
