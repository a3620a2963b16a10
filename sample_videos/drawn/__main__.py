"""Write the sample clips: ``python -m sample_videos.drawn [NAME...]``."""

import argparse
import sys
from pathlib import Path

from sample_videos.drawn.clips import CLIPS, find
from sample_videos.drawn.film import write


def main() -> None:
    """Write the named clips, or all, beside this package."""
    parser = argparse.ArgumentParser(prog="python -m sample_videos.drawn", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="clips to write; all if none is named")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1], help="folder to write to")
    arguments = parser.parse_args()
    try:
        chosen = [find(name) for name in arguments.names] or list(CLIPS)
    except ValueError as error:
        parser.error(str(error))
    arguments.out.mkdir(parents=True, exist_ok=True)
    for clip in chosen:
        path = write(clip, arguments.out)
        sys.stdout.write(f"{path.name} {path.stat().st_size / 1000:.0f} kB\n")


if __name__ == "__main__":
    main()
