"""A command that looks at many clips, in parts if wanted, keeps what is finished, and reports."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")


def command(
    parser: ArgumentParser,
    clips: Sequence[T],
    look: Callable[[Sequence[T], Namespace], Iterator[str]],
    report: Callable[[], None],
) -> None:
    """Look at what has not been looked at, then report.

    Parameters
    ----------
    parser : with the command's own words.
    look : looks at some of the clips, as the words say; yields the name of each that is done.
    """
    parser.add_argument("--part", metavar="K/N", help="only look, at every N-th clip from the K-th on")
    parser.add_argument("--report", action="store_true", help="only report what has been looked at")
    given = parser.parse_args()
    k, n = map(int, (given.part or "1/1").split("/"))
    chosen = () if given.report else clips[k - 1 :: n]
    try:
        for done, name in enumerate(look(chosen, given), 1):
            say(f"{done} of {len(chosen)} {name}")
        if not given.part:
            report()
    except KeyboardInterrupt:
        sys.exit("ended; what is finished is kept, and the next run goes on from there")


def say(line: str) -> None:
    """At once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
