"""The page docs/dials.md: what was drawn, what was found, what was missed, and what was read of it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from formcheck.exercises import catalog
from formcheck.signals import reading
from validation.dials.lines import known, line, moved, points
from validation.dials.readings import WAY, Reading
from validation.dials.suite import CLIPS, FPS, GROSS, RUN_FPS
from validation.dials.tally import by, silent, tally
from validation.lab.report import share
from validation.sensor.looks import looked
from validation.sensor.report import number, ruled

FILE = Path(__file__).parents[2] / "docs" / "dials.md"

_HEAD = """\
# Faults drawn, and found through pixels

Written by `make dials`, which draws the clips, looks at them as `formcheck analyze` does, the exercise named,
and adds up; do not edit by hand. {done} of {all} clips have been looked at; who runs it again goes on.

**On what.** Each check of the catalogue that a drawn body can break (`tests/exercises/cases`), from each
view, is planted just clear of its error limit (`validation/dials/turned.csv` says how far that is, by exact
joints and the limits of a true body) and grossly ({gross:g} times what the tests turn, or more); every
exercise that has checks is drawn without fault besides. Two repetitions or a hold of five seconds at
{fps:.0f} pictures a second, runs of nine at {run_fps:.0f} or 60; {people} people, {scenes} scenes, turned by
up to 18 degrees, 480 by 360 pixels, compressed as phones and messengers do. The clip's name chooses who does
it and where.

**What counts.** A fault is found where its check warns or more. Planted counts what the drawn body does
clearly wrong by the limits of a true body, seen squarely, and what is gross; what it does rightly by the same
counts as right, also where another fault is planted, unless the body cannot break one without the other. What
lies between says nothing. Where a fault keeps the exercise from being counted or held at all, it is not
judged ("nothing happened"), and not found.

A body that does not fit into the picture is left out ({left_out} clips).

**How far it reaches.** One renderer, smooth bodies, one person in view. No limit and no correction was fitted
on these clips; the last table tries lines on people whom they were not fitted on. The pose model shows half
of how far a drawn head is turned, and of real ones all but ten degrees (18 frames of 14 people, up to 73
degrees, ears and noses by eye): what is missed of heads is missed of drawn ones.
"""


def page(readings: Sequence[Reading]) -> str:
    """All of it."""
    parts = (_head, _totals, _exercises, _checks, _missed, _false, _people, _lines, _moved)
    return "".join(part(readings) for part in parts)


def _head(readings: Sequence[Reading]) -> str:
    clips = {one.clip: one for one in readings}
    done = sum(looked(one.take, WAY) for one in CLIPS)
    return _HEAD.format(
        done=done, all=len(CLIPS), left_out=done - len(clips), gross=GROSS, fps=FPS, run_fps=RUN_FPS,
        people=len({one.person for one in clips.values()}), scenes=len({one.scene for one in clips.values()}),
    )  # fmt: skip


def _totals(readings: Sequence[Reading]) -> str:
    found = tally(readings)
    lines = [
        ("faults found, just clear of the limit", share(found.clear)),
        ("faults found, gross", share(found.gross)),
        ("not found: called right", str(found.planted.count(False) - found.unread.total())),
        ("not found: not judged, and why", _reasons(found.unread)),
        ("of checks done right, no error", share(found.without("error"))),
        ("of checks done right, neither error nor warning", share(found.without("error", "warn"))),
        ("of clips without fault, no error", share(silent(readings, "error"))),
        ("of clips without fault, neither error nor warning", share(silent(readings, "error", "warn"))),
    ]
    return ruled("All", ("what", "how often"), lines)


def _of(right: Sequence[bool]) -> str:
    return f"{sum(right)} of {len(right)}" if right else "-"


def _exercises(readings: Sequence[Reading]) -> str:
    head = ("exercise", "found: clear", "gross", "not judged", "done right: checks", "errors", "warnings",
            "clips without fault: no error", "no warning either")  # fmt: skip
    lines = []
    for exercise, them in by(readings, lambda one: one.exercise).items():
        found = tally(them)
        lines.append(
            (exercise, _of(found.clear), _of(found.gross), str(found.unread.total()), str(found.right),
             str(found.false["error"]), str(found.false["warn"]), _of(silent(them, "error")),
             _of(silent(them, "error", "warn")))
        )  # fmt: skip
    undrawn = sorted(set(catalog()) - {one.exercise for one in readings})
    return ruled("By exercise", head, lines, f"Not drawn yet, or without checks: {', '.join(undrawn)}.")


def _checks(readings: Sequence[Reading]) -> str:
    head = (
        "exercise",
        "check",
        "view",
        "found: clear",
        "gross",
        "not judged",
        "done right",
        "errors",
        "warnings",
    )
    lines = []
    for (exercise, check, view), them in by(
        readings, lambda one: (one.exercise, one.check, one.view)
    ).items():
        found = tally(them)
        if found.planted or found.right:
            lines.append(
                (exercise, f"`{check}`", view, _of(found.clear), _of(found.gross), _reasons(found.unread),
                 str(found.right), str(found.false["error"]), str(found.false["warn"]))
            )  # fmt: skip
    return ruled("By check", head, lines)


def _reasons(why: Counter[str]) -> str:
    return ", ".join(f"{reason.replace('_', ' ')} {n}" for reason, n in why.most_common()) or "-"


def _missed(readings: Sequence[Reading]) -> str:
    head = ("clip", "who", "where", "said", "read (drawn)")
    them = (one for one in readings if one.planted and not one.found)
    return ruled("Missed", head, map(_clip, them), "The worst value read, and in brackets the true one.")


def _false(readings: Sequence[Reading]) -> str:
    head = ("clip", "who", "where", "said", "read (drawn)")
    them = (one for one in readings if one.right and one.verdict == "error")
    return ruled("Errors of what is right", head, map(_clip, them))


def _clip(one: Reading) -> tuple[str, ...]:
    said = one.verdict if one.verdict != "not_assessable" else one.reason.replace("_", " ")
    values = [f"{name} {_exact(v.worst)}{_drawn(one, name)}" for name, v in one.read.items()]
    return one.clip, one.person, one.scene, f"`{one.check}` {said}", ", ".join(values) or "-"


def _exact(value: float) -> str:
    return f"{value:.3g}"


def _drawn(one: Reading, name: str) -> str:
    return f" ({_exact(one.drawn[name].worst)})" if name in one.drawn else ""


def _people(readings: Sequence[Reading]) -> str:
    return "".join(
        ruled(f"By {what}", (what, "found", "checks done right, no error"), _folds(readings, what))
        for what in ("person", "scene")
    )


def _folds(readings: Sequence[Reading], what: str) -> Iterator[tuple[str, ...]]:
    for name, them in by(readings, lambda one: getattr(one, what)).items():
        yield name, share(tally(them).planted), share(tally(them).without("error"))


def _lines(readings: Sequence[Reading]) -> str:
    head = ("signal", "of", "view", "posture", "clips (people)", "gain", "offset", "spread", "profile: gain",
            "offset", "below, above")  # fmt: skip
    note = (
        "What is read is gain times what is true and offset; a gain only where true values differ between\n"
        "clips. Beside it what the profile of `full` has, by which limits are moved."
    )
    return ruled("Read against true", head, _line_rows(readings), note)


def _line_rows(readings: Iterable[Reading]) -> Iterator[tuple[str, ...]]:
    for key, them in points(readings).items():
        unit, now = reading(key[0]).unit, known(key)
        if found := line(them, unit):
            digits = 1 if unit == "deg" else 3
            numbers = (number(x, digits) for x in (found.offset, found.spread))
            profile = (f"{now.gain:g}", f"{now.offset:g}", f"{now.below:g}, {now.above:g}")
            clips = f"{found.n} ({found.people})"
            yield f"`{key[0]}`", *key[1:], clips, number(found.gain, 2), *numbers, *profile


def _moved(readings: Sequence[Reading]) -> str:
    note = (
        "Of checks of poses with a line: as the product has its limits, and with each limit where gain and\n"
        "offset of the other people would put it (the value for `warn`; no dead band, no view's slack)."
    )
    head = ("what", "product", "limits moved by the lines of others")
    judged = [(one, broken) for one, broken in moved(readings) if broken is not None]
    planted = [(one.found, broken) for one, broken in judged if one.planted]
    right = [(not one.found, not broken) for one, broken in judged if one.right]
    lines = [
        (what, share([now for now, _ in them]), share([then for _, then in them]))
        for what, them in (("faults found, of those read", planted), ("right, nothing said", right))
    ]
    return ruled("How much gain and offset explain", head, lines, note)
