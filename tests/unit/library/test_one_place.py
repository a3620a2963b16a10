"""The pose model is named in one room, and how many landmarks there are in one file."""

import io
import re
import tokenize
from pathlib import Path

import formcheck
from formcheck.types.landmark import COUNT, NAMES

ROOT = Path(formcheck.__file__).parent
#: Where the model's name belongs: what runs it, what says how wrong it is, and the titles of papers about it.
MODEL = ("pose/", "sensor/", "exercises/sources.toml")
#: What a camera cannot show is said to people as it always was (`not_judged`).
BY_FRAME = re.compile(r'^\s*"whether .*",?$')
#: The id of a paper that names it.
SOURCE = re.compile(r"\b(blazepose|mediapipe)_[a-z]+(_\d{4})?\b")


def texts():
    for path in sorted(ROOT.rglob("*")):
        if path.suffix in {".py", ".toml", ".js", ".html", ".j2", ".css"}:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def test_the_model_is_named_where_it_runs_and_where_its_errors_stand():
    named = {
        f"{name}: {line.strip()}"
        for name, text in texts()
        if not name.startswith(MODEL)
        for line in text.splitlines()
        if re.search("mediapipe|blazepose", SOURCE.sub("", line), re.IGNORECASE) and not BY_FRAME.match(line)
    }
    assert not named


def test_nothing_else_knows_how_many_landmarks_there_are():
    known = set()
    for name, text in texts():
        if name.endswith(".py"):
            tokens = tokenize.generate_tokens(io.StringIO(text).readline)
            known |= {
                name for token in tokens if token.type == tokenize.NUMBER and token.string == str(COUNT)
            }
        if re.search(rf"\(([.nTP]+, )?{COUNT}[,)]", text):
            known.add(name)
    assert not known


def test_landmarks_are_listed_in_one_file():
    """A row of several names in the model's own order is such a list."""
    rows = [" ".join(NAMES[i : i + 5]) for i in range(COUNT - 4)]
    listed = {name for name, text in texts() if any(row in re.sub(r"\W+", " ", text) for row in rows)}
    assert listed == {"types/landmark.py"}
