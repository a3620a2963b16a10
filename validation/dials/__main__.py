"""Draw and look at the clips, judge them, and write docs/dials.md: ``python -m validation.dials``."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from validation.dials import table
from validation.dials.page import FILE, page
from validation.dials.readings import WAY, readings
from validation.dials.suite import CLIPS, Dialled
from validation.sensor.command import command, say
from validation.sensor.looks import fill


def main() -> None:
    """Look at what has not been looked at, then report."""
    command(ArgumentParser(prog="python -m validation.dials", description=__doc__), CLIPS, _look, _report)


def _look(clips: Sequence[Dialled], _: Namespace) -> Iterator[str]:
    return fill([clip.take for clip in clips], [WAY])


def _report() -> None:
    found = list(readings())
    FILE.write_text(page(found), encoding="utf-8")
    table.write(found)
    say(f"written: {FILE.name}, {table.FILE.name}")


if __name__ == "__main__":
    main()
