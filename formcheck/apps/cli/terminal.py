"""What reaches a terminal: lines without control characters, in signs that it can show.

Names of files and people, texts of exercise files and stored sessions come from anywhere. Every command
prints through here, so that none of them can steer a terminal, reverse its writing or break a line in two.
"""

import codecs
import io
import os
import sys
from collections.abc import Iterable
from typing import Any

import rich.console
import rich.markup
import typer
from rich.segment import Segment

from formcheck.types.text import is_plain, one_line, plain

#: What stands for a sign where only ASCII can be shown.
_ASCII = str.maketrans(
    {
        **dict.fromkeys("‐‑–—−·", "-"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("\u00a0\u202f", " "),
        **{level: str(n) for n, level in enumerate("▁▂▃▄▅▆▇█", 1)},
        "°": " deg",
        "→": "->",
        "•": "*",
        "±": "+-",
        "×": "x",
        "✗": "x",
        "…": "...",
    }
)
#: Python puts these in the place of the C locale, and writes UTF-8 then.
_COERCED = {"C.UTF-8", "C.utf8", "UTF-8"}


def escape(text: object) -> str:
    """The text in one clean line, without meaning as rich markup."""
    return rich.markup.escape(one_line(text))


def echo(text: object, *, err: bool = False) -> None:
    """Print one clean line."""
    stream = sys.stderr if err else sys.stdout  # typer's own would write UTF-8 to a console of ASCII
    stream.write(one_line(text) + "\n")
    stream.flush()


def echo_json(text: str) -> None:
    """Print JSON alone on standard output: the same data, steering characters as JSON escapes them."""
    escaped = "".join(c if is_plain(c) or c == "\n" else f"\\u{ord(c):04x}" for c in text)
    sys.stdout.flush()
    sys.stdout.buffer.write(escaped.encode("utf-8"))
    sys.stdout.buffer.flush()


class Console(rich.console.Console):
    """A console whose texts cannot steer the terminal, wherever they come from; it draws no ``:emoji:``."""

    def __init__(self, *, stderr: bool = False, quiet: bool = False) -> None:
        super().__init__(stderr=stderr, quiet=quiet, emoji=False)

    def input(self, *args: Any, **more: Any) -> str:
        """A line that somebody typed."""
        try:
            return super().input(*args, **more)
        except EOFError:
            raise typer.Abort from None

    def render(
        self,
        renderable: rich.console.RenderableType,
        options: rich.console.ConsoleOptions | None = None,
    ) -> Iterable[Segment]:
        """The segments of something printed; line ends are the console's own."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(_without(segment.text), segment.style)


def _without(text: str) -> str:
    return "\n".join(plain(line, len(line)) for line in text.split("\n"))


def prepare() -> None:
    """Make standard output and error show signs in ASCII where they know no others; letters become "?".

    In the C locale, whose terminals may show nothing else, letters of names stay as they are.
    """
    codecs.register_error("formcheck", _in_ascii)
    codecs.register_error("formcheck-c", _in_ascii_c)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if _plain_locale() and stream.encoding.lower() == "utf-8":
                stream.reconfigure(encoding="ascii", errors="formcheck-c")
            else:
                stream.reconfigure(errors="formcheck")


def _plain_locale() -> bool:
    """Whether the user asks for the C locale by name, and not Python for another encoding."""
    if sys.platform == "win32" or os.environ.get("PYTHONIOENCODING") or os.environ.get("PYTHONUTF8"):
        return False
    given = [os.environ.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if given[1] in _COERCED:
        given[1] = None
    return next(filter(None, given), None) in {"C", "POSIX"}


def _in_ascii(error: UnicodeError) -> tuple[str | bytes, int]:
    """Of a letter that cannot be shown, its sign in ASCII or a question mark."""
    assert isinstance(error, UnicodeEncodeError)
    signs = error.object[error.start : error.end].translate(_ASCII)
    return "".join(sign if sign.isascii() else "?" for sign in signs), error.end


def _in_ascii_c(error: UnicodeError) -> tuple[str | bytes, int]:
    assert isinstance(error, UnicodeEncodeError)
    return error.object[error.start : error.end].translate(_ASCII).encode("utf-8", "replace"), error.end
