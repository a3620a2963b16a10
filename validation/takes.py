"""`make takes`: a take turned, slowed, cut, hidden or walked into, against the same one untouched.

Kinds and truth are those of the tests' generators, over all drawn exercises, with seeds of one's own choice.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from formcheck.engine.recording import judge_recording
from formcheck.types import PoseSequence
from formcheck.types.frame import QUARTERS
from sample_videos.drawn.motions import EXERCISES
from tests.exercises import cutting, obstructed, takes
from tests.exercises.asides import ASIDES
from tests.exercises.comings import APART, take
from tests.figures import figure
from validation.lab.report import share

#: A hold may be so many seconds off, and a cadence so many steps a minute.
HELD_S, CADENCE_SPM = 0.8, 3.0


@dataclass(frozen=True)
class Found:
    """What is said of a take: how much, and its faults at the level of errors."""

    amount: float
    errors: frozenset[str]
    said: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A take, least and most of what may be found in it, and the faults that the untouched one has.

    ``instead`` is what may be said instead of counting.
    """

    kind: str
    exercise: str
    what: str
    poses: PoseSequence
    least: float
    most: float
    errors: frozenset[str]
    instead: str = ""

    def right(self, found: Found) -> bool:
        """Whether as much is found, and no false error."""
        enough = self.least <= found.amount <= self.most or self.instead in found.said
        return enough and found.errors <= self.errors


def found(poses: PoseSequence, exercise: str) -> Found:
    """What is said of poses whose exercise is named."""
    session = judge_recording(poses, exercise)
    summary, errors = session.summary, frozenset(f.id for f in session.faults if f.level == "error")
    gait = session.gait.cadence_spm if session.gait else None
    amount = summary.hold_s if summary.hold_s is not None else gait if session.gait else summary.attempts
    return Found(float(amount or 0), errors, tuple(a.id for a in session.capture))


def _as(clean: Found, exercise: str, times: float = 1.0) -> tuple[float, float, frozenset[str]]:
    tempo = EXERCISES[exercise].tempo
    spare = 0.0 if tempo else CADENCE_SPM if EXERCISES[exercise].cadence_spm else HELD_S * max(times, 1.0)
    return clean.amount * times - spare, clean.amount * times + spare, clean.errors


def _drawn(exercise: str, seed: int) -> PoseSequence:
    view = EXERCISES[exercise].view
    return figure(exercise, view=view, reps=3, duration_s=8.0, sway=1.0, noise=0.004, seed=seed).poses


def turned(exercise: str, seed: int) -> Iterator[Case]:
    """The picture lies on its side or head."""
    poses = _drawn(exercise, seed)
    turn = QUARTERS[1 + seed % 3]
    yield Case("turned", exercise, str(turn), poses.turned(turn), *_as(found(poses, exercise), exercise))


def mirrored(exercise: str, seed: int) -> Iterator[Case]:
    """Who faces the other way in the second half."""
    poses = _drawn(exercise, seed)
    twice = 1.0 if EXERCISES[exercise].cadence_spm else 2.0
    both = takes.joined(poses, takes.mirrored(poses))
    yield Case("mirrored", exercise, "", both, *_as(found(poses, exercise), exercise, twice))


def slow(exercise: str, seed: int) -> Iterator[Case]:
    """In slow motion, which is said or counts all the same."""
    rng, poses = np.random.default_rng([seed, *exercise.encode()]), _drawn(exercise, seed)
    by = float(rng.choice([2, 3, 4, 6, 8, 10]))
    if EXERCISES[exercise].tempo:
        least, most, _ = _as(found(poses, exercise), exercise)
        slowed = takes.slowed(poses, by)
        errors = found(slowed, exercise).errors
        yield Case("slow", exercise, f"{by:.0f}", slowed, least, most, errors, "slow_motion")


def ways(exercise: str, seed: int) -> Iterator[Case]:
    """What is done before and after."""
    if exercise in APART:
        return
    rng = np.random.default_rng([seed, *exercise.encode()])
    way = str(rng.choice(["walk", "jog", "phone", "turn", *ASIDES]))
    around = {"before": (way,)} if seed % 2 else {"after": (way,)}
    heading = float(rng.choice([0, 90, -90, 180, 45, -45]))
    words = {"view": EXERCISES[exercise].view, "reps": 3, "duration_s": 8.0, "sway": 1.0, "noise": 0.004}
    clean = found(take(exercise, seed=seed, **words), exercise)
    poses = take(exercise, **around, seed=seed, heading=heading, **words)
    yield Case("ways", exercise, f"{around} {heading:.0f}", poses, *_as(clean, exercise))


def cut(exercise: str, seed: int) -> Iterator[Case]:
    """Cut, with close-ups, title cards, fades, other angles or quick pieces."""
    if EXERCISES[exercise].cadence_spm:
        return
    kinds = sorted(cutting.KINDS)
    kind = kinds[(seed + list(EXERCISES).index(exercise)) % len(kinds)]
    film = cutting.KINDS[kind](cutting.Scene(exercise, EXERCISES[exercise].view, seed))
    shots = [found(shot, exercise) for shot in film.uncut]
    spare = 0.0 if EXERCISES[exercise].tempo else 2 * HELD_S
    most, errors = film.truth + spare, frozenset[str]().union(*(shot.errors for shot in shots))
    if kind == "sped_up":  # what is done in a piece that is played too fast is nobody's business
        most, errors = np.inf, errors | found(film.poses, exercise).errors
    yield Case("cut", exercise, kind, film.poses, film.truth - spare, most, errors)


def hidden(exercise: str, seed: int) -> Iterator[Case]:
    """Gaps, hidden and flickering joints, rests, clips that begin within a repetition."""
    kinds = [kind for kind in sorted(obstructed.KINDS) if obstructed.suits(kind, exercise)]
    if not EXERCISES[exercise].tempo:
        return
    one = obstructed.variant(kinds[seed % len(kinds)], exercise, EXERCISES[exercise].view, seed)
    errors = found(one.clean, exercise).errors
    yield Case("hidden", exercise, one.what, one.poses, one.least, one.most, errors)


KINDS: tuple[Callable[[str, int], Iterator[Case]], ...] = (turned, mirrored, slow, ways, cut, hidden)


def main() -> None:
    """A table of kinds, and every take that is wrong."""
    parser = ArgumentParser(prog="python -m validation.takes", description=__doc__)
    parser.add_argument("--first", type=int, default=500, help="the first seed")
    parser.add_argument("--each", type=int, default=2, help="seeds an exercise and kind")
    parser.add_argument("--kinds", nargs="*", default=[kind.__name__ for kind in KINDS])
    given = parser.parse_args()
    rows: dict[str, list[tuple[Case, Found]]] = {name: [] for name in given.kinds}
    seeds = range(given.first, given.first + given.each)
    for kind in (kind for kind in KINDS if kind.__name__ in rows):
        for case in (case for name in EXERCISES for seed in seeds for case in kind(name, seed)):
            rows[case.kind].append((case, found(case.poses, case.exercise)))
        sys.stdout.write("\n".join([*_lines(kind.__name__, rows[kind.__name__]), ""]))
        sys.stdout.flush()


def _lines(kind: str, rows: list[tuple[Case, Found]]) -> Iterator[str]:
    wrong = [(case, one) for case, one in rows if not case.right(one)]
    counted = [case.least <= one.amount <= case.most for case, one in rows]
    false = sum(bool(one.errors - case.errors) for case, one in rows)
    lost = sum(bool(case.errors - one.errors) for case, one in rows)
    silent = sum(not one.said for _, one in wrong)
    yield f"\n{kind}: right {share([case.right(one) for case, one in rows])}; amount {share(counted)}"
    yield f"  false errors in {false}, errors lost in {lost}; wrong without a word {silent}"
    for case, one in wrong:
        wants = f"{case.least:g}" if case.least == case.most else f"{case.least:g} to {case.most:g}"
        other = sorted(one.errors ^ case.errors)
        yield f"  {case.exercise} {case.what}: {one.amount:g} for {wants} {other} {list(one.said)}"


if __name__ == "__main__":
    main()
