"""Write docs/accuracy.md from tables: ``python -m validation.accuracy [NAME]``.

For each check of the catalogue what shows it, its limits and what they rest upon, what the pose model makes
of it, and how it did on drawn bodies (`validation.dials`) and on labelled people. Of a NAME, under which
verdicts were kept (`make verdicts`), the table of labelled people is made anew first.
"""

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from math import isnan
from pathlib import Path

from formcheck.engine.as_read import correction_of
from formcheck.exercises import Exercise, Measure, StrideNumber, catalog
from formcheck.outputs.guide import phrases
from formcheck.sensor import usual_profile
from validation.dials import table
from validation.dials.lines import Line, about
from validation.labels import KEPT, Labelled
from validation.manifests import labelled
from validation.score import Said, looked_at
from validation.sensor.report import ruled
from validation.verdicts import rows

FILE, LABELLED = Path(__file__).parents[1] / "docs" / "accuracy.md", Path(__file__).with_name("labelled.csv")
#: Of people; what is drawn has tables of its own.
SETS = ("form", "clips", "clips2", "corpus")
_COLUMNS = (
    "check", "seen from", "warn, error", "rests upon", "sensor", "drawn", "faults drawn", "labelled people",
)  # fmt: skip
_SAID = {"warn": "warnings", "error": "errors"}
_COUNTED = ("found", "planted", "errors", "warnings", "right")

_HEAD = """\
# How well each check is judged

Written by `make accuracy` from the catalogue, the sensor's profile, and the tables that `make dials` and
`make verdicts` leave; do not edit by hand.

**Warn, error** are limits of a true body; reports have them as the pose model shows them, and what they rest
upon stands whole on the exercise's [own page](exercises/README.md). **Sensor** is what the profile of `full`
makes of a true value, by which limits are moved; how far lower or higher good form was shown, by which they
give way; and the spread that is left. **Drawn** is a line through what was read of drawn bodies
([all of it](dials.md)), by which nothing is moved. Both are in degrees or trunk lengths. **Faults drawn**:
found of those just clear of the limit, and of gross ones; then errors, and warnings, of those who did it
right. **Labelled people**: faults found of those that labels name; then errors, and warnings, of those
labelled right. Most limits were chosen with some of these people in sight, so these are no held-out figures.
"""


def page() -> str:
    """All of it."""
    people = people_by_check()
    return _HEAD + "".join(_exercise(exercise, people) for exercise in catalog().values())


def checks(exercise: Exercise) -> list[str]:
    """The checks of an exercise, each limit by itself, in the order of the page."""
    return [check for check, *_ in exercise.limits()] + list(exercise.tempo)


def _exercise(exercise: Exercise, people: Mapping[tuple[str, str], Counter[str]]) -> str:
    did = [
        (_planted(exercise.id, check), _labelled(people.get((exercise.id, check))))
        for check in checks(exercise)
    ]
    limits = [*_limits(exercise), *_tempos(exercise)]
    never = f"\nNever judged: {'; '.join(exercise.not_judged)}.\n" if exercise.not_judged else ""
    title = f"{exercise.name} (`{exercise.id}`)"
    if not limits:
        return f"\n## {title}\n\nOnly counted.\n{never}"
    return ruled(title, _COLUMNS, [a + b for a, b in zip(limits, did, strict=True)]) + never


def _limits(exercise: Exercise) -> Iterator[tuple[str, ...]]:
    for check, limited, limit, upper in exercise.limits():
        levels = ", ".join(phrases.beyond(x, upper, limited.unit) for x in (limit.warn, limit.error))
        sensor, drawn = "times of steps", "-"
        if isinstance(limited, Measure):
            sensor, drawn = _sensor(exercise, limited), _drawn(exercise, limited)
        yield f"`{check}`", _shown(exercise, limited), levels, limited.basis.kind, sensor, drawn


def _tempos(exercise: Exercise) -> Iterator[tuple[str, ...]]:
    for check, rule in exercise.tempo.items():
        half, levels = phrases.tempo(rule)
        yield f"`{check}`", f"any view: {half}", levels, rule.basis.kind, "times of pictures", "-"


def _shown(exercise: Exercise, limited: Measure | StrideNumber) -> str:
    asked = [view for view in exercise.camera.views if view in limited.seen_from]
    return f"{phrases.views(asked or limited.seen_from)}. {phrases.needs(limited)}".rstrip(". ")


def _sensor(exercise: Exercise, limited: Measure) -> str:
    known = correction_of(limited, exercise, usual_profile())
    gives = [f"up to {x:g} {way}" for x, way in ((known.below, "lower"), (known.above, "higher")) if x]
    spread = [f"spread {known.sd:g} ({known.n} clips)"] if known.sd is not None else []
    return ", ".join([_shown_as(known.gain, known.offset), *gives, *spread])


def _drawn(exercise: Exercise, limited: Measure) -> str:
    found = ((view, table.lines().get(about(exercise, limited, view))) for view in limited.seen_from)
    return "; ".join(f"{view}: {_line(one)}" for view, one in found if one) or "-"


def _line(line: Line) -> str:
    return f"{_shown_as(line.gain, line.offset)}, spread {line.spread:.2g} ({line.n} clips)"


def _shown_as(gain: float, offset: float) -> str:
    """What is made of a true value; a gain that is not known is none."""
    times = [] if isnan(gain) or gain == 1 else [f"{gain:.2g} times"]
    more = [f"{offset:+.2g}"] if offset else []
    return " ".join([*times, *more]) or "as it is"


def _planted(exercise: str, check: str) -> str:
    found = table.found().get((exercise, check))
    if found is None:
        return "-"
    planted = f"{_of(found.clear, found.of_clear)}, {_of(found.gross, found.of_gross)}"
    return f"{planted}; {_of_right(found.errors, found.warnings, found.right)}"


def _labelled(found: Counter[str] | None) -> str:
    if not found:
        return "-"
    right = _of_right(found["errors"], found["warnings"], found["right"])
    return f"{_of(found['found'], found['planted'])}; {right}"


def _of(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else "-"


def _of_right(errors: int, warnings: int, right: int) -> str:
    return f"{errors}, {warnings} of {right}" if right else "-"


def people_by_check() -> dict[tuple[str, str], Counter[str]]:
    """The table of labelled people, by exercise and check."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return {
            (row["exercise"], row["check"]): Counter({name: int(row[name]) for name in _COUNTED})
            for row in csv.DictReader(file)
        }


def judge_people(name: str) -> None:
    """Make the table of labelled people anew, from verdicts that were kept under a name."""
    kept, counts = rows(name), dict[tuple[str, str], Counter[str]]()
    for one in labelled(KEPT / "poses"):
        exercise, row = one.label.named, kept.get(one.name)
        if one.set in SETS and one.label.faults is not None and exercise and row and row.named:
            for check, what in _of_person(row.named, one):
                counts.setdefault((exercise, check), Counter())[what] += 1
    table.write_rows(
        LABELLED,
        ({"exercise": exercise, "check": check} | {what: found[what] for what in _COUNTED}
         for (exercise, check), found in sorted(counts.items())),
    )  # fmt: skip


def _of_person(said: Said, one: Labelled) -> Iterator[tuple[str, str]]:
    """Each check and what it adds to; what the label leaves open adds to nothing."""
    faults = one.label.faults or {}
    for check in looked_at(said.checks, one.label):
        verdict = said.checks[check]
        if check in faults:
            yield check, "planted"
            if verdict in ("warn", "error"):
                yield check, "found"
        elif check not in one.label.also and verdict != "not_assessable":
            yield check, "right"
            if verdict != "ok":
                yield check, _SAID[verdict]


def main() -> None:
    """Write the page; of a name, the table of labelled people first."""
    if len(sys.argv) > 1:
        judge_people(sys.argv[1])
    FILE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
