"""Text that came from outside: one line of it, in letters that every file and terminal can hold."""

import re
import unicodedata

#: Letters; no name or reason is worth more.
LONGEST = 500
#: What ends a line, with the space around it.
_BREAKS = re.compile("[ \t]*[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]\\s*")
#: Control characters, halves of a pair, separators of lines, and what turns the reading direction.
_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def unplain(text: str) -> str | None:
    """The first character that plain text may not hold, as an escape; None if there is none."""
    return next((_escape(c) for c in text if not is_plain(c)), None)


def plain(text: str, most: int = LONGEST) -> str:
    """The text in one line: other characters as escapes, and no more than ``most`` letters of it."""
    short = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(c if is_plain(c) else _escape(c) for c in short)


def one_line(text: object, most: int | None = None) -> str:
    """The text in one plain line, a space for each break in it; at most so many letters of it."""
    line = _BREAKS.sub(" ", str(text).strip("\r\n")).rstrip()
    return plain(line, len(line) if most is None else most)


def error_line(error: BaseException, most: int = 300) -> str:
    """Name and message of an error that nobody foresaw, in one plain line."""
    return one_line(f"{type(error).__name__}: {error}", most)


def is_plain(c: str) -> bool:
    """Whether plain text may hold this character."""
    return c.isprintable() or (c not in _TURNING and unicodedata.category(c) not in _CATEGORIES)


def _escape(c: str) -> str:
    return c.encode("unicode_escape").decode("ascii")
