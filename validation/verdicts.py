"""`make verdicts`: what formcheck says of every labelled input of this machine, set against its label.

`save NAME` keeps a row an input, `compare OLD NEW` lists every one that changed and whether that is better.
Poses are read as `make same` keeps them; no pixels are looked at.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby

from pydantic import TypeAdapter

from formcheck.exercises import AUTO
from formcheck.pose.store import load_poses
from validation.changes import changes
from validation.labels import KEPT, Labelled
from validation.manifests import labelled
from validation.score import Row, said_of
from validation.totals import table

ROWS = KEPT / "verdicts"


_ROW = TypeAdapter(Row)


def judge_input(one: Labelled) -> Row:
    """Judge an input both ways."""
    poses, named = load_poses(one.poses), one.label.named
    return Row(one.name, said_of(poses, AUTO), said_of(poses, named) if named else None)


def save(name: str, found: Iterable[Labelled]) -> None:
    """Judge, and keep the rows of each set in a file of its own."""
    with ProcessPoolExecutor(2) as pool:
        for set_, rows in groupby(pool.map(judge_input, found), key=lambda row: row.name.partition("/")[0]):
            path = ROWS / name / f"{set_}.jsonl"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(_ROW.dump_json(row) + b"\n" for row in rows))


def rows(name: str) -> dict[str, Row]:
    """The rows that were kept, by input."""
    lines = (
        line for path in sorted((ROWS / name).glob("*.jsonl")) for line in path.read_bytes().splitlines()
    )
    return {row.name: row for row in map(_ROW.validate_json, lines)}


def main(words: list[str]) -> int:
    """Save under a name and print the totals, print them again, or compare two names."""
    parser = ArgumentParser(prog="python -m validation.verdicts", description=__doc__)
    parser.add_argument("what", choices=("save", "totals", "compare"))
    parser.add_argument("names", nargs="+", help="a name; to compare, two; to save, then sets")
    parser.add_argument("--poses", default="poses", help="which poses of pictures, under validation/.same")
    given = parser.parse_args(words)
    found, (name, *others) = list(labelled(KEPT / given.poses)), given.names
    if given.what == "save":
        save(name, [one for one in found if not others or one.set in others])
    labels = {one.name: one.label for one in found}
    if given.what == "compare":
        lines = changes(rows(name), rows(others[0]), labels)
    else:
        lines = table(rows(name), labels)
    sys.stdout.write("\n".join([*lines, ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
