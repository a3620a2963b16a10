"""Steps, found from the rhythm in which the body goes up and down."""

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.body.track import Track
from formcheck.engine.gait.rhythm import (
    LONGEST_S,
    Rhythm,
    agreed,
    cadence,
    find_rhythms,
    steady,
    step_times,
    uniform,
)
from formcheck.engine.judge.judge import WEAK

Floats = NDArray[np.floating]

#: The hips come first: what is highest in flight is low in a walker's double support.
BOUNCES = ("hip_bounce", "shoulder_bounce", "foot_separation")
#: The rhythm is sought in this much of the past.
WINDOW_S, LEAST_WINDOW_S = 8.0, 2.0
#: And in no less than this share of it the bounce was seen. Judgement.
LEAST_SEEN = 0.6
#: Whose size in the picture changes this many times comes or goes, and bounces higher when near. Judgement.
COMES = 1.5
#: Fewer sizes make no curve.
LEAST_SIZES = 4


class StepFinder:
    """Finds steps in the bounces on the track.

    Attributes
    ----------
    steps : seconds of the steps, rising.
    period_s : between two steps, by the latest rhythm; NaN before there was one.
    cadence_spm : steps a minute so far; None without a steady rhythm, or when too slow to be running.
    slow : whether there is a rhythm that is too slow to be running.
    """

    def __init__(self, track: Track) -> None:
        self.steps: list[float] = []
        self.period_s = float("nan")
        self.cadence_spm: float | None = None
        self.slow = False
        self._track = track
        self._by = ""

    def look(self, now: float, until_s: float, sizes: tuple[Floats, Floats]) -> bool:
        """Add the steps up to ``until_s``; whether there is a rhythm at all.

        ``sizes`` (n,) s and px of the body lately.
        """
        grids = self._grids(now, sizes)
        rhythms = {name: find_rhythms(x) for name, (_, x) in grids.items()}
        rhythm = agreed(list(rhythms.values()))
        if rhythm is None:
            return False
        has_it = [name for name, found in rhythms.items() if any(rhythm.near(r) for r in found)]
        if self._by not in has_it:  # one signal for the whole run: each has its flight_peaks at another phase
            self._by = has_it[0]
        self._add(step_times(*grids[self._by], rhythm), rhythm, until_s)
        return True

    def _grids(self, now: float, sizes: tuple[Floats, Floats]) -> dict[str, tuple[Floats, Floats]]:
        """Each bounce that was seen for long enough, on an even clock: seconds and values."""
        rows = self._track.between(now - WINDOW_S, now)
        t = self._track.t[rows]
        waves = np.array([self._track.values(WEAK + name, rows) for name in BOUNCES])
        there = np.flatnonzero(np.isfinite(waves).any(axis=0))
        if not len(there) or t[there[-1]] - t[there[0]] < LEAST_WINDOW_S:
            return {}
        here = slice(there[0], there[-1] + 1)  # who runs past is soon gone
        seen = {n: w for n, w in zip(BOUNCES, waves[:, here], strict=True) if _seen(w) >= LEAST_SEEN}
        return {name: _alike(*uniform(t[here], wave), *sizes) for name, wave in seen.items()}

    def _add(self, times: Floats, rhythm: Rhythm, until_s: float) -> None:
        last = self.steps[-1] if self.steps else -np.inf
        self.steps += [float(s) for s in times if last + 0.5 * rhythm.period_s < s <= until_s]
        self.period_s = rhythm.period_s
        spm = cadence(np.array(self.steps))
        self.slow = spm is not None and spm < 60.0 / LONGEST_S
        self.cadence_spm = None if self.slow else spm


def _alike(grid: Floats, wave: Floats, t: Floats, sizes: Floats) -> tuple[Floats, Floats]:
    """A wave on its ``grid``, as high far away as near by; ``sizes`` (n,) px of the body at ``t``."""
    known = (sizes > 0) & (t >= grid[0]) & (t <= grid[-1])
    if known.mean() < LEAST_SEEN or known.sum() < LEAST_SIZES:
        return grid, wave
    size = np.exp(np.polynomial.Polynomial.fit(t[known], np.log(sizes[known]), 2)(grid))
    comes = size.max() > COMES * size.min()
    return grid, steady(wave) / size if comes else wave


def _seen(wave: Floats) -> float:
    return float(np.mean(np.isfinite(wave)))
