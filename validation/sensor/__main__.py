"""Fill the cache of looks and write docs/sensor.md: ``python -m validation.sensor``."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence

from validation.sensor import rows
from validation.sensor.command import command, say
from validation.sensor.fair import apart
from validation.sensor.looks import WAYS, fill
from validation.sensor.report import FILE, page
from validation.sensor.sights import SIGHTS
from validation.sensor.signal_table import entries
from validation.sensor.suite import TAKES, Take

#: Whose signals are listed.
_LISTED = ("full", "auto")


def main() -> None:
    """Look at what has not been looked at, then report."""
    parser = ArgumentParser(prog="python -m validation.sensor", description=__doc__)
    parser.add_argument("--ways", nargs="*", metavar="WAY", default=[way.name for way in WAYS])
    command(parser, TAKES, _look, _report)


def _look(takes: Sequence[Take], given: Namespace) -> Iterator[str]:
    return fill(takes, [way for way in WAYS if way.name in given.ways])


def _report() -> None:
    say("two looks at drawn and real clips")
    fair = list(apart())
    say("scoring")
    scored = list(rows.scored(TAKES))
    rows.keep(scored)
    listed = {sight.name: entries(TAKES, sight) for sight in SIGHTS if sight.name in _LISTED}
    FILE.write_text(page(scored, listed, fair), encoding="utf-8")
    say(f"written: {FILE.name}, {rows.FILE.name}")


if __name__ == "__main__":
    main()
