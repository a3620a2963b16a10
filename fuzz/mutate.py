"""Changes that every kind of input can suffer: of bytes, of text, and of data as JSON has it."""

import json
import math
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from random import Random
from typing import Any

Tree = Any
#: Stands for nesting that no dump of JSON would write.
_DEEP = "@deep@"
_DEEPEST = 5_000

TEXTS: tuple[str, ...] = (
    *("", " ", "\n", "a\nb", "\t", "\0", "\x1b[31mred", "\x1b]0;title\x07", "\ud800", "\udfff\ud800"),
    *("\u202efdp", "\u2028", "\ufeff", "x" * 5000, "<script>alert(1)</script>", "[bold]b[/nothing]", "[/]"),
    *("$\\frac{", "$x", "%s%n%d", "{0.__class__}", "../../etc/passwd", "/etc/passwd", "file:///etc/passwd"),
    *("C:\\con", "nan", "inf", "-0", "1e999", "9" * 400, "0x10", "true", "null", "auto", "unknown"),
    *("0001-01-01T00:00:00+00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "9999-12-31"),
    *("2026-02-30T10:00:00+00:00", "2026-11-28T10:00:00", "2026-11-28T10:00:00+99:00", "10:00"),
)
NUMBERS: tuple[float, ...] = (
    *(0, -1, 1, 2, 33, 2**31, 2**32, 2**53 + 1, 2**63, -(2**63) - 1, 2**64, 10**30, 10**400),
    *(0.5, -0.0, 1e-320, 1e12, 1e38, 1e39, 1e200, 1.7e308, -1.7e308, math.nan, math.inf, -math.inf),
)


def hostile(rng: Random) -> Tree:
    """A value that seldom comes."""
    return rng.choice(
        (
            lambda: rng.choice(TEXTS),
            lambda: rng.choice(NUMBERS),
            lambda: rng.choice((None, True, False, [], {}, [[]], [None], {"": None}, _DEEP)),
            lambda: [rng.choice(NUMBERS) for _ in range(rng.choice((1, 2, 3, 1000)))],
            lambda: {rng.choice(TEXTS): rng.choice(NUMBERS)},
        )
    )()


def dump(tree: Tree) -> bytes:
    """Data as JSON; nesting is put in by hand."""
    text = json.dumps(tree, indent=1)
    deep = "[" * _DEEPEST + "]" * _DEEPEST
    return text.replace(f'"{_DEEP}"', deep).encode()


# --- data --------------------------------------------------------------------------------------------------


def _places(tree: Tree) -> Iterator[tuple[Any, Any]]:
    """Every container with a key of it."""
    todo = [tree]
    while todo:
        at = todo.pop()
        keys = list(at) if isinstance(at, dict) else range(len(at)) if isinstance(at, list) else ()
        for key in keys:
            yield at, key
            todo.append(at[key])


def _changed(change: Callable[[Any, Any, Random], None]) -> Callable[[Tree, Random], Tree]:
    def changed(tree: Tree, rng: Random) -> Tree:
        tree = deepcopy(tree)
        places = list(_places(tree))
        if not places:
            return hostile(rng)
        at, key = rng.choice(places)
        if rng.random() < 0.5:
            at, key = rng.choice(places[: max(1, len(places) // 8)])
        change(at, key, rng)
        return tree

    changed.__name__ = change.__name__
    return changed


def _replace(at: Any, key: Any, rng: Random) -> None:
    at[key] = hostile(rng)


def _number(at: Any, key: Any, rng: Random) -> None:
    same = [(a, k) for a, k in _places(at) if isinstance(a[k], int | float) and not isinstance(a[k], bool)]
    at, key = rng.choice(same or [(at, key)])
    at[key] = rng.choice(NUMBERS)


def _text(at: Any, key: Any, rng: Random) -> None:
    same = [(a, k) for a, k in _places(at) if isinstance(a[k], str)]
    at, key = rng.choice(same or [(at, key)])
    at[key] = rng.choice(TEXTS)


def _drop(at: Any, key: Any, rng: Random) -> None:
    del rng, at[key]


def _double(at: Any, key: Any, rng: Random) -> None:
    if isinstance(at, list):
        at.extend([at[key]] * rng.choice((1, 2, 100)))
    else:
        at[rng.choice((f"{key}2", *TEXTS))] = at[key]


def _swap(at: Any, key: Any, rng: Random) -> None:
    other = rng.choice(list(at) if isinstance(at, dict) else range(len(at)))
    at[key], at[other] = at[other], at[key]


def _wrap(at: Any, key: Any, rng: Random) -> None:
    for _ in range(rng.choice((1, 1, 200))):
        at[key] = [at[key]] if rng.random() < 0.5 else {"a": at[key]}


TREES = tuple(
    _changed(change) for change in (_replace, _number, _number, _text, _text, _drop, _double, _swap, _wrap)
)

# --- text --------------------------------------------------------------------------------------------------

_NUMBER = re.compile(rb"(?<![\w.])-?[0-9]+(?:\.[0-9]+)?(?![\w.])")
_QUOTED = re.compile(rb'"[^"\n]*"')


def _as_text(value: float | str) -> bytes:
    return str(value).encode("utf-8", "surrogatepass")


def numbers(data: bytes, rng: Random) -> bytes:
    """Another number somewhere."""
    return _instead(data, _NUMBER, rng, _as_text(rng.choice(NUMBERS)))


def quoted(data: bytes, rng: Random) -> bytes:
    """Another text somewhere, escaped or not."""
    text = rng.choice(TEXTS)
    return _instead(
        data, _QUOTED, rng, json.dumps(text).encode() if rng.random() < 0.7 else b'"%s"' % _as_text(text)
    )


def _instead(data: bytes, what: re.Pattern[bytes], rng: Random, by: bytes) -> bytes:
    found = list(what.finditer(data))
    if not found:
        return data
    at = rng.choice(found)
    return data[: at.start()] + by + data[at.end() :]


def lines(data: bytes, rng: Random) -> bytes:
    """A line lost, doubled, moved, joined to the next, or made endless."""
    every = data.split(b"\n")
    i, j = rng.randrange(len(every)), rng.randrange(len(every))
    match rng.randrange(5):
        case 0:
            del every[i]
        case 1:
            every.insert(j, every[i])
        case 2:
            every[i], every[j] = every[j], every[i]
        case 3:
            every[i : i + 2] = [b" ".join(every[i : i + 2])]
        case _:
            every[i] *= rng.choice((2, 50))
    return b"\n".join(every)


def encoding(data: bytes, rng: Random) -> bytes:
    """The same text as another system writes it."""
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-8-sig", "latin-1", "utf-32")), "replace")


LINES = (numbers, numbers, quoted, quoted, lines, encoding)

# --- bytes -------------------------------------------------------------------------------------------------


def _flip(data: bytes, rng: Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 8, 64)) if out else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _cut(data: bytes, rng: Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _noise(data: bytes, rng: Random) -> bytes:
    at, size = rng.randrange(len(data) + 1), rng.choice((1, 4, 64, 1024))
    return data[:at] + rng.randbytes(size) + data[at + size * rng.randrange(2) :]


def _lose(data: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + data[at + rng.choice((1, 4, 100, 5000)) :]


def _again(data: bytes, rng: Random) -> bytes:
    at, to, size = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1), rng.choice((4, 100, 5000))
    return data[:to] + data[at : at + size] + data[to:]


def _blank(data: bytes, rng: Random) -> bytes:
    at, size = rng.randrange(len(data) + 1), rng.choice((4, 64, 1000))
    return data[:at] + bytes(len(data[at : at + size])) + data[at + size :]


BYTES = (_flip, _flip, _cut, _noise, _lose, _again, _blank)
