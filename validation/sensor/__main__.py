"""Fill the cache of looks and write docs/sensor.md: ``python -m validation.sensor``."""

import argparse
import sys

from validation.sensor import rows
from validation.sensor.fair import apart
from validation.sensor.looks import WAYS, fill
from validation.sensor.report import FILE, page
from validation.sensor.sights import SIGHTS
from validation.sensor.signal_table import entries
from validation.sensor.suite import TAKES

#: Whose signals are listed.
_LISTED = ("full", "auto")


def main() -> None:
    """Look at what has not been looked at, then report."""
    parser = argparse.ArgumentParser(prog="python -m validation.sensor", description=__doc__)
    parser.add_argument("--part", metavar="K/N", help="only look, at every N-th clip from the K-th on")
    parser.add_argument("--ways", nargs="*", metavar="WAY", default=[way.name for way in WAYS])
    parser.add_argument("--report", action="store_true", help="only report what has been looked at")
    arguments = parser.parse_args()
    k, n = map(int, (arguments.part or "1/1").split("/"))
    takes = TAKES[k - 1 :: n]
    ways = [way for way in WAYS if way.name in arguments.ways]
    try:
        if not arguments.report:
            for done, name in enumerate(fill(takes, ways), 1):
                _say(f"{done} of {len(takes)} {name}")
        if not arguments.part:
            _report()
    except KeyboardInterrupt:
        sys.exit("ended; what is finished is kept, and the next run goes on from there")


def _report() -> None:
    _say("two looks at drawn and real clips")
    fair = list(apart())
    _say("scoring")
    scored = list(rows.scored(TAKES))
    rows.keep(scored)
    listed = {sight.name: entries(TAKES, sight) for sight in SIGHTS if sight.name in _LISTED}
    FILE.write_text(page(scored, listed, fair), encoding="utf-8")
    _say(f"written: {FILE.name}, {rows.FILE.name}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
