"""The lab: strangers and real people judged, and docs/lab.md: ``python -m validation.lab``."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from validation.lab import fit, report, spread
from validation.lab.judged import judged
from validation.lab.sensor import fitted
from validation.labels import KEPT
from validation.manifests import labelled
from validation.sensor.suite import TAKES
from validation.verdicts import rows

PAGE = Path(__file__).parents[2] / "docs" / "lab.md"


#: The first seed of a report: what lies before has been looked at.
FIRST = 1021


def main() -> None:
    """Judge and write the page."""
    parser = ArgumentParser(prog="python -m validation.lab", description=__doc__)
    parser.add_argument("--many", type=int, default=20, help="strangers of each exercise")
    parser.add_argument("--tune", action="store_true", help="even seeds, printed and not written")
    parser.add_argument("--kinds", nargs="*", help="only of these exercises; printed and not written")
    parser.add_argument("--verdicts", default="now", help="kept verdicts of real inputs (make verdicts)")
    given = parser.parse_args()
    words = {"kinds": given.kinds} if given.kinds else {}
    found = list(judged(given.many, 0 if given.tune else FIRST, **words))
    lines = [
        *report.strangers(found), "", "## Confidence", "", *report.calibration(report.answers(found)),
    ]  # fmt: skip
    if given.tune or given.kinds:
        wrong = [row for row in found if row.recognised == "wrong"]
        lines += [f"{row.truth.exercise} {row.seed} as {', '.join(row.auto.exercises)}" for row in wrong]
        sys.stdout.write("\n".join([*lines, ""]))
        return
    labels = {one.name: one.label for one in labelled(KEPT / "poses")}
    page = [
        "# The lab",
        "",
        f"Written by `make lab`: {given.many} simulated strangers an exercise, of odd seeds from {FIRST} on",
        "(even ones are for tuning), with exact truth; no pixels. Intervals are Wilson's, 95 %. How",
        "strangers are drawn was widened after the spread below was read, which is of odd seeds up to 79: no",
        "held-out figures there. Attempts and holds with the exercise named.",
        "",
        "## Strangers",
        "",
        *lines,
        "",
        "## Real people, by halves of their sources",
        "",
        "Rules were tuned on these clips, and recognition was learnt from them: no held-out figures. Those",
        "of recognition stand in [recognition.md](recognition.md).",
        "",
        *report.real(rows(given.verdicts), labels),
        "",
        "## The sensor simulation, on the takes whose numbers it was not given",
        "",
        "The form of the fit was chosen with these takes in sight, so they are no held-out figure.",
        "",
        *fit.page(fit.pairs(TAKES[1::2]), fitted()),
        "",
        "## Spread of signals: median over clips (p10 to p90) of their ends",
        "",
        "As the picture shows them, from any view; strangers without what they do before and after.",
        "Facing is read off the feet: of a body on its toes the sign of hip_flexion may be wrong.",
        "",
        *spread.table(),
        "",
    ]
    PAGE.write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main()
