"""Which exercise is done when, by what the windows of a clip say; and what speaks for it being so."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.recognise.performed import Performed
from formcheck.engine.recognise.windows import EVERY_S, Windows

Floats = NDArray[np.floating]

#: Of what follows nothing was varied but on people whom the networks were learnt with: judgement.
#: Neighbouring windows share most of their frames: each says so much of what it would say alone.
SHARE = 0.35
#: A change of exercise is as likely as the exponential of minus this.
CHANGE = 2.0
#: Seconds of an exercise further apart than this are two stretches.
PAUSE_S = 20.0
#: A hold no longer than this between repetitions of one exercise is their rest. Push-ups four times slower
#: than life stay at the top for 4 to 7 s.
REST_S = 10.0
#: No window is surer than this of what it sees not.
SUREST = np.log(1e-4)
#: Further ahead of a rival than this, or behind it, says no more; nor does more than this share of the time.
FAR, ENOUGH = 3.0, 0.6


@dataclass(frozen=True, slots=True)
class Claim:
    """One class for some windows, which `rows` numbers in their order."""

    name: str
    rows: tuple[int, ...]
    start_s: float
    end_s: float


def likeliest(said: Floats) -> NDArray[np.intp]:
    """(N,) the class of each window in the likeliest course, of ``said`` (N, K): Viterbi's algorithm."""
    n, k = said.shape
    best, before = said[0].copy(), np.zeros((n, k), np.intp)
    for i in range(1, n):
        top = best.argmax()
        changed = best < best[top] - CHANGE
        before[i] = np.where(changed, top, np.arange(k))
        best = np.where(changed, best[top] - CHANGE, best) + said[i]
    path = [int(best.argmax())]
    for i in range(n - 1, 0, -1):
        path.append(int(before[i, path[-1]]))
    return np.array(path[::-1])


def claims(windows: Windows, said: Floats, classes: Sequence[str], none: str) -> list[Claim]:
    """Stretches of one class each, without ``none``; a pause parts none."""
    path = likeliest(SHARE * np.maximum(said, SUREST))
    found: list[Claim] = []
    for k, run in groupby(range(len(path)), key=lambda i: int(path[i])):
        rows = tuple(run)
        if classes[k] == none:
            continue
        found.append(Claim(classes[k], rows, float(windows.start_s[rows[0]]), float(windows.end_s[rows[-1]])))
    return _joined(found)


def _joined(found: Sequence[Claim]) -> list[Claim]:
    """Neighbours of one class as one claim, where no long pause parts them."""
    joined: list[Claim] = []
    for claim in found:
        last = joined[-1] if joined else None
        if last and last.name == claim.name and claim.start_s - last.end_s <= PAUSE_S:
            joined[-1] = Claim(last.name, last.rows + claim.rows, last.start_s, claim.end_s)
        else:
            joined.append(claim)
    return joined


def without_rests(found: Sequence[Claim], held: Collection[str]) -> list[Claim]:
    """Claims without the holds that are the rest of the repetitions about them.

    A hold between two stretches of one exercise is their rest, if it is no longer than `REST_S`; one no
    longer before or after them is how they begin or end.

    Parameters
    ----------
    held : the classes in which a pose is held.
    """
    rest_s: dict[tuple[str, str], float] = {}
    for before, hold, after in zip(found, found[1:], found[2:], strict=False):
        if before.name == after.name and hold.name in held and before.name not in held:
            pair, lasts = (hold.name, before.name), hold.end_s - hold.start_s
            rest_s[pair] = max(rest_s.get(pair, 0.0), lasts if lasts <= REST_S else 0.0)
    beside = {*pairwise(found), *((b, a) for a, b in pairwise(found))}
    rests = [
        hold
        for hold, other in beside
        if hold.end_s - hold.start_s <= rest_s.get((hold.name, other.name), 0.0)
    ]
    return _joined([claim for claim in found if claim not in rests])


def facts(claim: Claim, said: Floats, classes: Sequence[str], none: str, done: Sequence[Performed]) -> Floats:
    """(6,) what speaks for a claim.

    How sure its windows are on average, how far ahead of the next exercise and of none, how many they are,
    their share of all, and the share of their time in which the exercise's own rules find it.
    """
    mean = np.maximum(said[list(claim.rows)], SUREST).mean(axis=0)
    own, other = mean[classes.index(claim.name)], mean[classes.index(none)]
    rival = max(x for x, name in zip(mean, classes, strict=True) if name not in (claim.name, none))
    lasts = max(claim.end_s - claim.start_s, EVERY_S)
    found = sum(w * max(0.0, min(b, claim.end_s) - max(a, claim.start_s)) for a, b, w in done)
    ahead = np.clip([own - rival, own - other], -FAR, FAR)
    many = len(claim.rows)
    return np.array([np.exp(own), *ahead, np.log1p(many), many / len(said), min(found / lasts, ENOUGH)])


def next_best(claim: Claim, said: Floats, classes: Sequence[str], none: str) -> str:
    """The exercise that the windows of a claim speak for besides."""
    mean = said[list(claim.rows)].mean(axis=0)
    return max(
        (name for name in classes if name not in (claim.name, none)),
        key=lambda name: mean[classes.index(name)],
    )
