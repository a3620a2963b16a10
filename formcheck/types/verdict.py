"""The words of a verdict."""

from typing import Literal

Verdict = Literal["ok", "warn", "error", "not_assessable"]
#: From nothing known to clearly wrong.
RANK: tuple[Verdict, ...] = ("not_assessable", "ok", "warn", "error")
Level = Literal["warn", "error"]
Side = Literal["left", "right", "both", "unknown"]
