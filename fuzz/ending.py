"""How meeting an input ended, and what counts as a proper end."""

import re
import traceback
from dataclasses import dataclass, replace
from typing import Literal

from formcheck.types.text import is_plain

What = Literal["judged", "refused", "traceback", "message", "leftover", "hang", "memory", "crash"]
PROPER: tuple[What, ...] = ("judged", "refused")
#: A message longer than this is no line that a person reads.
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended.

    Attributes
    ----------
    why : what was wrong, or what the program said; in one line.
    seconds, peak_mb : CPU time it took, and most resident memory of the process meanwhile.
    """

    what: What
    why: str = ""
    seconds: float = 0.0
    peak_mb: float = 0.0

    @property
    def proper(self) -> bool:
        """Whether the input was judged or refused as it must be."""
        return self.what in PROPER

    def cost(self, seconds: float, peak_mb: float) -> "Ending":
        """The same, with what it cost."""
        return replace(self, seconds=seconds, peak_mb=peak_mb)

    @property
    def signature(self) -> str:
        """Equal for failures that are likely one: without numbers and names."""
        return f"{self.what} {re.sub(r'[0-9]+|[^ -~]', '#', self.why)[:120]}"


class ImproperError(Exception):
    """The program did what it must not do.

    Parameters
    ----------
    what, why : as `Ending` has them.
    """

    def __init__(self, what: What, why: str) -> None:
        super().__init__(why)
        self.ending = Ending(what, " ".join(why.split())[:_LONGEST])


def raised(error: BaseException) -> ImproperError:
    """An exception that nobody caught, known by its kind and its place."""
    here = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in here if "formcheck" in frame.filename] or here
    where = f"{ours[-1].filename.rsplit('/formcheck/', 1)[-1]}:{ours[-1].lineno}" if ours else "?"
    return ImproperError("traceback", f"{type(error).__name__} at {where}: {str(error)[:200]!r}")


def check_line(line: str, mark: str = "") -> str:
    """One line that a person can read and that names its input; gives it back.

    Raises
    ------
    ImproperError
        If it is empty, endless, cannot be printed, or names nothing.
    """
    if not line.strip() or len(line) > _LONGEST:
        raise ImproperError("message", f"{len(line)} letters: {line[:200]!r}")
    if not all(map(is_plain, line)):
        raise ImproperError("message", f"cannot be printed: {line[:300]!r}")
    if mark not in line:
        raise ImproperError("message", f"names no input: {line[:300]!r}")
    return line
