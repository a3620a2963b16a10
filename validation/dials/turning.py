"""Find how far each dial has to be turned, on exact joints: ``python -m validation.dials.turning``.

The least tenth of what the tests turn by which all of `OF` are clearly wrong by the limits of a true body,
and a tenth more, as others are built otherwise. What is never clearly wrong is turned
as far as it can be drawn.
"""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from tests.exercises.cases import Case
from validation.dials.readings import broken, drawn_poses, judged
from validation.dials.suite import CLIPS, name_of, setting
from validation.dials.table import write_rows
from validation.dials.turned import FILE, turned
from validation.sensor.cast import PEOPLE

TENTHS = tuple(tenth / 10 for tenth in range(5, 18))
OF = ("model", "curvy_woman", "stocky")


def share(case: Case, script: Script) -> float:
    """Of what the tests turn."""
    drawable = [tenth for tenth in TENTHS if _drawable(case, script, tenth)]
    first = drawable.index(1.0)
    if _wrong(case, script, drawable[first]):
        while first and _wrong(case, script, drawable[first - 1]):
            first -= 1
    else:
        while first < len(drawable) - 1 and not _wrong(case, script, drawable[first]):
            first += 1
    return drawable[min(first + 1, len(drawable) - 1)]


def _drawn(case: Case, script: Script, share: float) -> Iterator[Script]:
    """All of them, who turn so much."""
    dials = {case.dial: setting(case, share)}
    return (replace(script, person=PEOPLE[name], dials=dials) for name in OF)


def _drawable(case: Case, script: Script, share: float) -> bool:
    """Whether bodies can be so."""
    return all(np.isfinite(play(one).joints).all() for one in _drawn(case, script, share))


def _wrong(case: Case, script: Script, share: float) -> bool:
    """Whether all are clearly wrong."""
    every = _drawn(case, script, share)
    return all(_verdict(case, one) in broken(case.exercise)[case.fault] for one in every)


def _verdict(case: Case, script: Script) -> str:
    session = judged(drawn_poses(script), case.exercise, case.view).session
    return next(check.verdict for check in session.checks if check.id == case.fault)


def main() -> None:
    """Of the exercises that are named, and of cases that the table lacks; the others stay."""
    parser = ArgumentParser(prog="python -m validation.dials.turning", description=__doc__)
    parser.add_argument("exercises", nargs="*", help="whose dials are tried anew")
    anew, kept = parser.parse_args().exercises, turned()
    rows = []
    for clip in CLIPS:
        if clip.case and clip.level == "clear":
            name = name_of(clip.case)
            stays = name in kept and clip.case.exercise not in anew
            rows.append({"case": name, "share": kept[name] if stays else share(clip.case, clip.square)})
    write_rows(FILE, rows)


if __name__ == "__main__":
    main()
