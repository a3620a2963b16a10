"""How many times slower than life a clip plays: by how bodies fall in it, and how long movements take.

A factor is proposed where life is unlikely, and never applied: only a phone's own tag is taken at its word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.engine.analyser import Analyser
from formcheck.engine.body.observe import Observation, observe
from formcheck.engine.calibrate import Calibration, calibrate
from formcheck.engine.count.phases import split
from formcheck.engine.count.segment import Attempt
from formcheck.engine.count.typical_rom import attempts
from formcheck.engine.cycles import choose_cycle
from formcheck.engine.gait.run import Run, cadence_of
from formcheck.engine.gait.tracker import GaitTracker
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.signals.geometry import mean_seen
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence

Floats = NDArray[np.floating]

#: Metres a second squared: a body in flight falls with it, and more slowly only in slow motion.
GRAVITY = 9.81
#: What cameras and players do.
FACTORS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)
#: Slow movements are looked for on a clock so many times faster, as what is sought has its length in life; of
#: ten times slow motion it leaves two and a half.
FASTER = 4.0


@dataclass(frozen=True, slots=True)
class SlowMotion:
    """So many repetitions or steps that are slower than life, seconds of each, and the factor to try."""

    factor: float
    n: int
    each_s: float


def slower_than_life(
    poses: PoseSequence, exercise: Exercise, calibration: Calibration, run: Run | None = None
) -> SlowMotion | None:
    """What is slow beyond doubt in the poses of one exercise; None where life is as likely.

    Parameters
    ----------
    run : the run that was found in them, where that is known already.
    """
    if exercise.is_gait:
        run = run or _run(poses, exercise, calibration)
        return None if run is None else slow_run(poses, exercise, calibration, run)
    seen = observe(poses, calibration.view.name if calibration.view_declared else None)
    return None if seen is None else slow_movements(seen, exercise)


def nearest(factor: float) -> float:
    """The factor that cameras and players know which comes nearest."""
    return min(FACTORS, key=lambda f: abs(np.log(f / factor)))


# --- repetitions -------------------------------------------------------------------------------------------

#: A repetition is slow from this share of the exercise's longest on, and not below these seconds: strength is
#: trained at 4 to 6 seconds a repetition. Of 43 real clips one holds a longer movement (8.4 s).
SLOW_SHARE, SLOW_S = 0.6, 7.0
#: Each way takes this share of it, or so long: a rest within a repetition is no slow motion. Judgement.
SLOW_WAY, SLOW_WAY_S = 0.22, 2.5
#: What a repetition usually takes, of the geometric mean of the exercise's shortest and longest: 31 drawn
#: exercises 0.6 to 1.1, middle 0.84.
USUAL = 0.84
#: A leap falls this freely in real time: four drawn and two real clips 0.8 to 1.1 times life.
MOST_FALL = 1.5
#: The upper part of a leap that is surely flight: this share of the way from standing to its top.
FLIGHT = 0.5


@np.errstate(invalid="ignore", divide="ignore")
def slow_movements(seen: Observation, exercise: Exercise) -> SlowMotion | None:
    """Repetitions that are slow beyond doubt; None where there are none, or life is as likely."""
    cycle, found = _movements(seen, exercise, FASTER)
    if cycle is None or not found:
        return None
    if cycle.signal == "leap":
        return _slow_leaps(seen, [m.attempt for m in found])
    slow = [m.lasted_s for m in found if m.slow]
    if 2 * len(slow) < max(1, len(found)):
        return None
    _, in_life = _movements(seen, exercise, 1.0)
    each_s = float(np.median(slow))
    alone = len(slow) == 1 and each_s <= cycle.max_s
    if alone or sum(not m.slow for m in in_life) >= len(slow):
        return None
    usual_s = USUAL * float(np.sqrt(cycle.min_s * cycle.max_s))
    return SlowMotion(nearest(each_s / usual_s), len(slow), each_s)


@dataclass(frozen=True, slots=True)
class _Movement:
    attempt: Attempt
    slow: bool

    @property
    def lasted_s(self) -> float:
        return self.attempt.end_s - self.attempt.start_s


def _movements(seen: Observation, exercise: Exercise, faster: float) -> tuple[Cycle | None, list[_Movement]]:
    """The cycle and its attempts, found on a clock that runs so many times faster; in seconds of the clip."""
    quick = replace(seen, body=replace(seen.body, t=seen.t / faster))
    cycle, rom = choose_cycle(exercise, quick)
    if cycle is None or cycle.signal is None or cycle.min_range is None:
        return None, []
    q = seen.rows((cycle.signal,))[cycle.signal]
    found = attempts(quick.t, q, rom, cycle.min_range, cycle.min_s, cycle.max_s)
    slowed = [_at(a, faster) for a in found]
    return cycle, [_Movement(a, _is_slow(seen.t, q, a, cycle)) for a in slowed]


def _at(attempt: Attempt, faster: float) -> Attempt:
    start_s, peak_s, end_s = (faster * s for s in (attempt.start_s, attempt.peak_s, attempt.end_s))
    return replace(attempt, start_s=start_s, peak_s=peak_s, end_s=end_s)


def _is_slow(t: Floats, q: Floats, attempt: Attempt, cycle: Cycle) -> bool:
    """Whether a whole movement, and each way of it, takes longer than it should."""
    lasted = attempt.end_s - attempt.start_s
    if lasted <= min(cycle.max_s, max(SLOW_S, SLOW_SHARE * cycle.max_s)):
        return False
    rows = (t >= attempt.start_s) & (t <= attempt.end_s)
    phases, _ = split(t[rows], q[rows], attempt)
    return min(phases[p][1] - phases[p][0] for p in ("out", "back")) >= min(SLOW_WAY_S, SLOW_WAY * lasted)


def _slow_leaps(seen: Observation, leaps: Sequence[Attempt]) -> SlowMotion | None:
    fall = np.array([_fall(seen, leap) for leap in leaps])
    if not np.isfinite(fall).any() or np.nanmedian(fall) < MOST_FALL:
        return None
    each_s = float(np.median([a.end_s - a.start_s for a in leaps]))
    return SlowMotion(nearest(float(np.nanmedian(fall))), len(leaps), each_s)


def _fall(seen: Observation, leap: Attempt) -> float:
    """How many times too slowly a body falls at the top of a leap; NaN not known."""
    t = seen.t
    hips = mean_seen(*(seen.body.image[:, INDEX[f"{s}_hip"]].imag for s in ("left", "right")))
    height = hips / seen.body.scale_px * seen.trunk_m
    rows = np.flatnonzero((t >= leap.start_s) & (t <= leap.end_s) & np.isfinite(height))
    if not len(rows):
        return float("nan")
    top = int(rows[np.argmax(height[rows])])
    level = height[top] - FLIGHT * (height[top] - np.nanmedian(height))
    below = np.flatnonzero(~(height >= level))
    start, end = below[below < top].max(initial=-1) + 1, below[below > top].min(initial=len(t))
    if end - start < 4:
        return float("nan")
    curve = np.polyfit(t[start:end] - t[top], height[start:end], 2)[0]
    return float(np.sqrt(GRAVITY / (-2 * curve))) if curve < 0 else float("nan")


# --- runs --------------------------------------------------------------------------------------------------

#: Steps a minute of running in life, and how many times too slowly a runner's hips fall if they rise and sink
#: as a sine of his steps: four real clips 144 to 169 and 0.7 to 1.0.
RUNNING_SPM, RUNNING_FALL = 169.0, 0.85
#: Steps and fall must both tell of so much, and to this share of the same: walkers do not fall, who skips
#: falls freely, and where strides were taken for steps hardly anything rises. Five real runs in slow motion
#: agree to 1.35; a walk, drills and a run away from the camera not to 1.55.
LEAST_SLOW, AGREE = 1.35, 1.45
#: Strides are alike in a run, and neither in drills nor where steps were not found. Judgement.
UNEVEN = 0.3


def slow_run(
    poses: PoseSequence, exercise: Exercise, calibration: Calibration, run: Run
) -> SlowMotion | None:
    """Steps that are slow beyond doubt; None where there are none, or life is as likely.

    Parameters
    ----------
    run : what was found in ``poses`` by the clip's own clock; without a cadence in it a faster one is tried.
    """
    found = _slowness(run, calibration.trunk_m)
    if found is None and run.cadence_spm is None:
        quick = replace(poses, t=poses.t / FASTER)
        known = calibrate(quick, exercise, view=calibration.view.name if calibration.view_declared else None)
        again = _run(quick, exercise, known)
        found = None if again is None else _slowness(again, known.trunk_m, FASTER)
    return found


def _run(poses: PoseSequence, exercise: Exercise, calibration: Calibration) -> Run | None:
    """The run in poses; None where nothing of it is seen."""
    analyser = Analyser(exercise, calibration, (poses.width_px, poses.height_px))
    analyser.over(poses)
    tracker = analyser.finish().tracker
    return tracker.run if isinstance(tracker, GaitTracker) else None


def _slowness(run: Run, trunk_m: float, faster: float = 1.0) -> SlowMotion | None:
    if run.kind == "walk" or not run.strides:
        return None
    low, middle, high = np.percentile([s.lasts_s for s in run.strides], [25, 50, 75])
    by_steps = faster * RUNNING_SPM / cadence_of(run.strides)
    by_fall = faster * fall_of(run, trunk_m) / RUNNING_FALL
    if not by_fall > 0:
        return None
    agree = max(by_steps, by_fall) <= AGREE * min(by_steps, by_fall)
    sure = agree and min(by_steps, by_fall) >= LEAST_SLOW and high - low <= UNEVEN * middle
    step_s = 60.0 * faster / cadence_of(run.strides)
    return SlowMotion(nearest(np.sqrt(by_steps * by_fall)), len(run.steps), step_s) if sure else None


def fall_of(run: Run, trunk_m: float) -> float:
    """How many times too slowly a runner's hips fall; NaN not known.

    A bounce of height h and period T falls with (h / 2) (2 pi / T)^2 at its top.
    """
    bounce = np.array([s.bounce for s in run.strides])
    if not np.isfinite(bounce).any():
        return float("nan")
    metres = float(np.nanmedian(bounce)) * trunk_m
    if not metres > 0:
        return float("nan")
    period = float(np.median([s.lasts_s for s in run.strides])) / 2
    return float(np.sqrt(GRAVITY / (metres / 2 * (2 * np.pi / period) ** 2)))
