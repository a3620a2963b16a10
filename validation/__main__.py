"""`make validate`: judge everything that has a label, and write the tables."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from formcheck.version import __version__
from validation import live, real_clips, runs, samples, yardsticks

RESULTS = Path(__file__).parent / "results.md"


def main() -> None:
    """Write `results.md`; real clips only where they are present."""
    lines = [
        "# Accuracy",
        "",
        f"formcheck {__version__}, {datetime.now(UTC).date()}, model `full`, by `make validate`.",
        "",
        "## Drawn samples (exact truth)",
        "",
        *samples.table(samples.rows()),
        "",
        "## Drawn runs (judged from their joints)",
        "",
        *runs.table(),
        "",
        "## Drawn runs through the pose model (pictures)",
        "",
        *runs.pictured(),
        "",
        "## Real clips (labels by eye)",
        "",
    ]
    if real_clips.CLIPS.is_dir():
        found = list(real_clips.rows())
        lines += real_clips.table(found)
        lines += [
            "",
            "## The real clips, live",
            "",
            *live.table([(r.file, r.session, r.live_run) for r in found]),
        ]
    else:
        lines.append("Not measured: the labelled clips are not on this machine.")
    lines += ["", "## Landmark sequences", ""]
    if yardsticks.YARDSTICKS.is_dir():
        lines += yardsticks.table()
    else:
        lines.append("Not measured: the landmark sequences are not on this machine.")
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
