"""Exercise files: numbers, words, nesting and lines of the catalog's own, checked, shown and used."""

import re
from pathlib import Path
from random import Random

import formcheck.exercises
from fuzz.command import JUDGED, WRONG_WORDS, no_half, refusal, run, warnings
from fuzz.ending import Ending, ImproperError
from fuzz.inputs import MARK, Input, Kind
from fuzz.kinds import poses
from fuzz.mutate import LINES, NUMBERS, TEXTS

CATALOG = Path(formcheck.exercises.__file__).parent / "catalog"
_EXERCISES = ("squat", "plank_hold", "running", "mountain_climber", "push_up", "supine_twist")
_FIGURES = {b"gait": "running", b"hold": "plank_hold"}


def _base(rng: Random) -> bytes:
    return (CATALOG / f"{rng.choice(_EXERCISES)}.toml").read_bytes()


def _write(text: bytes) -> tuple[str, bytes]:
    return ".toml", text


def _limit(text: bytes, rng: Random) -> bytes:
    """One of the numbers that decide gets another, or one that TOML has words for."""
    words = b"min_range|full|rest|target|usual|warn|error|min_s|max_s|least_fps|level|low|high"
    found = list(re.finditer(rb"(?m)^(%s)(\s*=\s*)(.+)$" % words, text))
    if not found:
        return text
    at = rng.choice(found)
    value = rng.choice(
        (
            "nan",
            "inf",
            "-inf",
            "0",
            "-1",
            "0.0",
            "-0.0",
            "1e-300",
            "1e300",
            *map(str, NUMBERS),
            "[1, 2]",
            "[]",
            '"1"',
            "true",
            "{}",
        )
    )
    return text[: at.start(3)] + value.encode() + text[at.end(3) :]


def _nudge(text: bytes, rng: Random) -> bytes:
    """One of the numbers becomes another that may be right."""
    found = list(re.finditer(rb"(?<= )-?[0-9]+(?:\.[0-9]+)?(?=$|\]|,| )", text, re.MULTILINE))
    if not found:
        return text
    at = rng.choice(found)
    value = float(at[0]) * rng.choice((0.01, 0.5, 0.9, 1.1, 2, 30))
    return text[: at.start()] + f"{value:.4g}".encode() + text[at.end() :]


def _key(text: bytes, rng: Random) -> bytes:
    """A key lost, misspelt or quoted."""
    found = list(re.finditer(rb"(?m)^([a-z_]+)\s*=.*$", text))
    if not found:
        return text
    at = rng.choice(found)
    other = rng.choice(
        (
            b"",
            b"x = 1",
            at[0] + b"\n" + at[0],
            at[0].replace(at[1], b'"%s"' % rng.choice(TEXTS).encode("utf-8", "surrogatepass"), 1),
        )
    )
    return text[: at.start()] + other + text[at.end() :]


def _deep(text: bytes, rng: Random) -> bytes:
    depth = rng.choice((50, 1000, 20_000))
    deep = rng.choice((b"[" * depth + b"]" * depth, b"{a=" * depth + b"1" + b"}" * depth))
    table = b"\n[" + b".".join([b"a"] * depth) + b"]\nb = 1\n"
    return rng.choice((text + b"\nx = " + deep, b"x = " + deep + b"\n" + text, text + table, deep))


def _meet(given: Input, folder: Path) -> Ending:
    (folder / given.name).write_bytes(given.data)
    kind = re.search(rb'(?m)^kind\s*=\s*"(gait|hold)"', given.data)
    figure = _FIGURES[kind[1]] if kind else "squat"
    (folder / "poses.npz").write_bytes(poses.write(poses.fields(figure))[1])
    checked = run("exercises", "check", given.name)
    shown = run("exercises", "show", given.name)
    ran = run("analyze", "poses.npz", "-e", given.name, "-o", "out", "--quiet")
    no_half(folder)
    if checked.code == JUDGED:
        warnings(checked)
        warnings(shown)
        warnings(ran)
        if not (folder / "out/poses/session.json").exists():
            raise ImproperError("message", f"fine for check, and then: {ran.err[:300]!r}")
        return Ending("judged", ran.err.strip())
    if {checked.code, shown.code, ran.code} != {WRONG_WORDS} or (folder / "out").exists():
        raise ImproperError(
            "message", f"exit codes {checked.code}, {shown.code}, {ran.code}: {ran.err[:300]!r}"
        )
    refusal(checked, "", several=True)
    refusal(shown, MARK)
    return Ending("refused", refusal(ran, MARK))


KIND = Kind("exercise", _base, (_nudge, _nudge, _nudge, _limit, _key, _deep, *LINES), _write, _meet)
