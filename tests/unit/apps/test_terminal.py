"""Whatever is printed: nothing steers the terminal, and signs are shown in those that it knows."""

import io
import json
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.table import Table

from formcheck.apps.cli import terminal
from formcheck.apps.cli.terminal import Console, echo, echo_json, escape
from formcheck.types.text import one_line

HOSTILE = {
    "clear": "a\x1b[2Jb",
    "colour": "a\x1b[31mb",
    "title": "a\x1b]0;owned\x07b",
    "link": "a\x1b]8;;http://x\x1b\\b",
    "clipboard": "a\x1b]52;c;cm0gLXJm\x07b",
    "C1 sequence": "a\x9b31mb",
    "C1 string": "a\x90q\x9cb",
    "bell": "a\x07b",
    "back": "a\x08\x08b",
    "delete": "a\x7fb",
    "null": "a\x00b",
    "override": "a\u202egpj.exeb",
    "isolate": "a\u2067b\u2069",
    "half a letter": "a\udcffb",
    "other alphabet": "a\x0eb",
}
BREAKS = ["\n", "\r", "\r\n", "\t", "\v", "\f", "\x85", "\u2028", "\u2029", "\x1c", "\n   \n"]


def steers(text: str) -> bool:
    """By the properties of Unicode, not by our own list."""
    turns = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return any(
        unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or unicodedata.bidirectional(c) in turns
        for c in text
    )


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_way_of_printing_lets_a_sequence_through(kind, capsys):
    text = HOSTILE[kind]
    table = Table(text, title=text)
    table.add_row(text, escape(text))
    console = Console()
    for found in (text, escape(text), table, f"[bold]{escape(text)}[/]"):
        console.print(found)
    echo(text)
    echo(text, err=True)
    said = capsys.readouterr()
    assert not steers((said.out + said.err).replace("\n", ""))
    assert one_line(text).startswith("a\\")


@pytest.mark.parametrize("end", BREAKS)
def test_a_name_stays_in_one_line(end, capsys):
    text = f"a{end}b"
    echo(text)
    Console().print(escape(text))
    assert capsys.readouterr().out == "a b\na b\n"


@pytest.mark.parametrize(
    "text", ["two  spaces", "深蹲 Übung", "a\u00a0b", "नमस्ते", "a\u200db", "[bold]x[/] :cat:", " in"]
)
def test_what_harms_nobody_is_shown_as_it_is(text, capsys):
    echo(text)
    Console().print(escape(text), highlight=False)
    assert capsys.readouterr().out == f"{text}\n{text}\n"


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters()))
def test_any_text_becomes_one_line_that_steers_nothing(text):
    assert not steers(one_line(text))
    assert one_line(one_line(text)) == one_line(text)


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(st.characters()), st.text(st.characters()), max_size=3))
def test_json_stays_the_same_data(answer):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "utf-8"))
        echo_json(json.dumps(answer, indent=1, ensure_ascii=False) + "\n")
        text = sys.stdout.buffer.getvalue().decode()
    assert json.loads(text) == answer
    assert not steers(text.replace("\n", ""))


SIGNS = "Squat · 3 ✗ “chest up” → −5° … ▁█ – don’t • ±2×"
PLAIN = 'Squat - 3 x "chest up" -> -5 deg ... 18 - don\'t * +-2x'


@pytest.mark.parametrize(
    ("encoding", "environment", "signs", "letters"),
    [
        ("ascii", {}, PLAIN, b"?"),
        ("ascii", {"LC_ALL": "C"}, PLAIN, b"?"),
        ("utf-8", {"LC_ALL": "C"}, PLAIN, "ü".encode()),
        ("utf-8", {"LANG": "C", "LC_CTYPE": "C.UTF-8"}, PLAIN, "ü".encode()),
        ("utf-8", {"LANG": "POSIX"}, PLAIN, "ü".encode()),
        ("utf-8", {"LANG": "C", "PYTHONIOENCODING": "utf-8"}, SIGNS, "ü".encode()),
        ("utf-8", {"LANG": "C", "LC_ALL": "de_DE.UTF-8"}, SIGNS, "ü".encode()),
        ("utf-8", {"LC_CTYPE": "C.UTF-8"}, SIGNS, "ü".encode()),
        ("utf-8", {}, SIGNS, "ü".encode()),
        ("cp1252", {}, "Squat · 3 x “chest up” -> -5° … 18 – don’t • ±2×", b"\xfc"),
        ("cp437", {}, 'Squat · 3 x "chest up" -> -5° ... 1█ - don\'t * ±2x', b"\x81"),
        ("latin-1", {}, 'Squat · 3 x "chest up" -> -5° ... 18 - don\'t * ±2×', b"\xfc"),
    ],
)
def test_signs_are_those_that_the_console_knows(monkeypatch, encoding, environment, signs, letters):
    for name in ("LC_ALL", "LC_CTYPE", "LANG", "PYTHONIOENCODING", "PYTHONUTF8"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    out = io.TextIOWrapper(io.BytesIO(), encoding, newline="\n")
    monkeypatch.setattr(sys, "stdout", out)
    terminal.prepare()
    echo(SIGNS)
    echo("ü")
    expected, _, name = out.buffer.getvalue().rpartition(b"\n")[0].partition(b"\n")
    assert (expected.decode(encoding), name) == (signs, letters)
