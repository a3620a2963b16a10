"""Fill the cache of looks and write docs/sensor.md: ``python -m validation.sensor``."""

import argparse
import sys

from validation.sensor.looks import WAYS, fill
from validation.sensor.suite import TAKES


def main() -> None:
    """Look at what has not been looked at, then report."""
    parser = argparse.ArgumentParser(prog="python -m validation.sensor", description=__doc__)
    parser.add_argument("--part", default="1/1", metavar="K/N", help="only every N-th clip from the K-th on")
    parser.add_argument("--ways", nargs="*", metavar="WAY", default=[way.name for way in WAYS])
    arguments = parser.parse_args()
    k, n = map(int, arguments.part.split("/"))
    ways = [way for way in WAYS if way.name in arguments.ways]
    for line in fill(list(TAKES[k - 1 :: n]), ways):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
