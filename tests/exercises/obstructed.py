"""Takes of which a part is not seen, or in which somebody rests: with what can be known of them.

Gaps, limbs outside the picture or hidden for a while, joints that flicker at its edge, rests and pauses,
clips that begin within a repetition, arms held otherwise than the exercise's figure holds them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises import find_exercise
from formcheck.signals.registry import reading
from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX, NAMES
from sample_videos.drawn.motions import EXERCISES
from tests.exercises import takes
from tests.exercises.comings import filmed
from tests.exercises.hiding import BOTH, ENDS, armed, bursts, held, hidden, longest
from tests.figures import Drawn, figure

Array = NDArray[np.float64]

#: Of a body in flight nobody rests, and a swing has no pause.
BALLISTIC = ("jump_squat", "forward_jump_squat", "single_leg_jump_squat", "jumping_jack", "pommel_horse")
#: Exercises in which the arms only accompany; from which the hands may go to the hips or behind the head.
FREE_ARMS = ("squat", "lunge", "jump_squat", "single_leg_deadlift", "glute_bridge", "single_leg_bridge")
#: Counted by both arms, of which one may do it alone.
ONE_ARMED = ("front_raise", "bench_press", "jumping_jack")
#: A way is seen when less than this share of it, at either end, is missing. What counts is the end of it.
SHARE = 0.25
REPS = 3


@dataclass(frozen=True, eq=False)
class Variant:
    """A take, and what of it can be known.

    Attributes
    ----------
    poses, clean : the take, and the same untouched.
    least, most : attempts that must, and may, be found.
    full : full repetitions that must be found at least, of those that the untouched take has.
    what : what was done, for a failing test to say.
    """

    exercise: str
    poses: PoseSequence
    clean: PoseSequence
    least: int
    most: int
    full: int
    what: str


def drawn(exercise: str, view: str, seed: int, **words: object) -> Drawn:
    """The take before anything is hidden."""
    return figure(exercise, view=view, reps=REPS, sway=1.0, noise=0.004, seed=seed, **words)


def beats(take: Drawn) -> list[tuple[float, float, float, float]]:
    """Start, top, leave and end of each repetition, seconds."""
    tempo = EXERCISES[take.script.exercise].tempo
    if tempo is None:
        return []
    half_s, peak_s, _ = tempo
    starts = [r["start_s"] for r in take.truth["reps"]]
    return [(s, s + half_s, s + half_s + peak_s, s + 2 * half_s + peak_s) for s in starts]


def gap(take: Drawn, rng: np.random.Generator) -> Variant:
    """Nobody found for .2 to 1.5 s, once or twice."""
    poses = take.poses
    middle = rng.uniform(0.3, 0.7) * poses.t[-1]
    parts = ((0.3, middle - 2.0), (middle + 0.5, poses.t[-1] - 1.7))
    chosen = [p for p in parts if p[1] > p[0]] or [(0.3, poses.t[-1] - 0.5)]
    starts = [float(rng.uniform(*p)) for p in chosen[: int(rng.integers(1, 3))]]
    spans = [(s, s + float(rng.uniform(0.2, 1.5))) for s in starts]
    unknown = sum(any(_hides(span, beat) for span in spans) for beat in beats(take))
    touched = sum(any(a < beat[3] + 0.5 and b > beat[0] - 0.5 for a, b in spans) for beat in beats(take))
    return _of(take, takes.dropped(poses, *spans), unknown, touched, f"gaps {spans}")


def out(take: Drawn, rng: np.random.Generator) -> Variant:
    """The ends of a limb, or of both, outside the picture throughout."""
    joints, what = _limb(rng)
    unknown = 0 if _shown(take, joints) else REPS
    return _of(take, hidden(take.poses, joints, np.ones(len(take.poses), bool), rng), unknown, unknown, what)


def away(take: Drawn, rng: np.random.Generator) -> Variant:
    """The same for 0.5 to 4 s."""
    joints, what = _limb(rng)
    start = rng.uniform(0.2, take.poses.t[-1] - 1.0)
    span = (start, start + rng.uniform(0.5, 4.0))
    t = take.poses.t
    poses = hidden(take.poses, joints, (t >= span[0]) & (t < span[1]), rng)
    shown = _shown(take, joints)
    unknown = 0 if shown else sum(_hides(span, beat) for beat in beats(take))
    touched = 0 if shown else sum(span[0] < b[3] + 0.5 and span[1] > b[0] - 0.5 for b in beats(take))
    return _of(take, poses, unknown, touched, f"{what} from {span[0]:.1f} to {span[1]:.1f}")


def flicker(take: Drawn, rng: np.random.Generator) -> Variant:
    """The same in bursts, seen in 30 to 80 % of the frames."""
    joints, what = _limb(rng)
    share, mask = bursts(take.poses.t, rng)
    known = _shown(take, joints) or (1 - np.mean(mask) >= 0.5 and longest(take.poses.t, mask) <= 0.7)
    unknown = 0 if known and take.script.exercise not in BALLISTIC else REPS
    return _of(take, hidden(take.poses, joints, mask, rng), unknown, REPS, f"{what} seen in {share:.2f}")


def edge(take: Drawn, rng: np.random.Generator) -> Variant:
    """A picture too small, beyond whose edge some of the body lies, or gets to."""
    poses = take.poses
    axis, first = int(rng.integers(2)), bool(rng.integers(2))
    x = poses.image[..., axis]
    size = (poses.width_px, poses.height_px)[axis]
    cut = float(np.quantile(x, rng.uniform(0.03, 0.15) if first else rng.uniform(0.85, 0.97)))
    beyond = ((x < cut) if first else (x > cut)).any(axis=0)
    image = np.array(poses.image)
    image[..., axis] -= cut if first else 0.0
    left = round(size - cut if first else cut)
    size_px = {"width_px": left} if axis == 0 else {"height_px": left}
    outside = (image[..., axis] < 0) | (image[..., axis] > left)
    seen = np.where(outside, rng.uniform(0.01, 0.3, outside.shape), poses.visibility)
    joints = tuple(NAMES[i] for i in np.flatnonzero(beyond))
    unknown = 0 if _shown(take, joints) else REPS
    small = takes.remade(poses, image=image, visibility=seen, **size_px)
    return _of(take, small, unknown, unknown, f"without {', '.join(joints)}")


def rest(take: Drawn, rng: np.random.Generator) -> Variant:
    """5 to 15 s at the peak or between two repetitions."""
    beat = beats(take)[int(rng.integers(REPS - 1))]
    there = take.script.exercise not in BALLISTIC and rng.random() < 0.6
    at = (beat[1] + beat[2]) / 2 if there else beat[3] + 0.05
    seconds = rng.uniform(5.0, 15.0)
    where = "peak" if there else "rest"
    return _of(take, held(take.poses, at, seconds, rng), 0, 0, f"{seconds:.1f} s at the {where}")


def pause(take: Drawn, rng: np.random.Generator) -> Variant:
    """1 to 3 s on the way out or back."""
    beat = beats(take)[int(rng.integers(REPS))]
    a, b = (beat[0], beat[1]) if rng.random() < 0.5 else (beat[2], beat[3])
    share = rng.uniform(0.3, 0.7)
    seconds = rng.uniform(1.0, 3.0)
    poses = held(take.poses, a + share * (b - a), seconds, rng)
    return _of(take, poses, 0, 0, f"{seconds:.1f} s at {share:.2f} of {'out' if a == beat[0] else 'back'}")


def begun(take: Drawn, rng: np.random.Generator) -> Variant:
    """The clip begins within the first repetition."""
    beat = beats(take)[0]
    at = rng.uniform(beat[0], beat[3])
    poses = take.poses.between(at, np.inf)
    return _of(take, takes.delayed(poses, -at), 1, 1, f"begins at {at - beat[0]:.1f} s of the repetition")


def arms(take: Drawn, rng: np.random.Generator) -> Variant:
    """Hands on the hips or behind the head."""
    where = ("hips", "head")[int(rng.integers(2))]
    return _of(take, filmed(take, armed(take.joints, where), rng), 0, 0, f"hands at the {where}")


def one_arm(take: Drawn, rng: np.random.Generator) -> Variant:
    """One arm works, the other stays; one of the two flickers."""
    still, gone = (str(rng.choice(BOTH)) for _ in range(2))
    joints = np.array(take.joints)
    shoulder = joints[:, INDEX[f"{still}_shoulder"]]
    for name in ENDS["arm"]:
        i = INDEX[f"{still}_{name}"]
        joints[:, i] = shoulder + (joints[0, i] - shoulder[0])
    poses = filmed(take, joints, rng)
    share, where = bursts(poses.t, rng)
    limb = tuple(f"{gone}_{name}" for name in ENDS["arm"])
    what = f"{still} arm still, {gone} seen in {share:.2f}"
    return _of(take, hidden(poses, limb, where, rng), REPS * (still != gone), REPS, what)


KINDS: dict[str, Callable[[Drawn, np.random.Generator], Variant]] = {
    f.__name__: f for f in (gap, out, away, flicker, edge, rest, pause, begun, arms, one_arm)
}


def suits(kind: str, exercise: str) -> bool:
    """Whether there is such a variant of an exercise."""
    only = {"arms": FREE_ARMS, "one_arm": ONE_ARMED}
    return exercise in only.get(kind, (exercise,)) and not (kind == "pause" and exercise in BALLISTIC)


def variant(kind: str, exercise: str, view: str, seed: int, **dials: object) -> Variant:
    """One of a kind."""
    rng = np.random.default_rng([seed, *exercise.encode()])
    return KINDS[kind](drawn(exercise, view, seed, **dials), rng)


def _of(take: Drawn, poses: PoseSequence, unknown: int, touched: int, what: str) -> Variant:
    return Variant(take.script.exercise, poses, take.poses, REPS - unknown, REPS, REPS - touched, f"{what}")


def _limb(rng: np.random.Generator) -> tuple[tuple[str, ...], str]:
    end = str(rng.choice(list(ENDS)))
    sides = (BOTH, ("left",), ("right",))[int(rng.integers(3))]
    return tuple(f"{side}_{name}" for side in sides for name in ENDS[end]), f"{end} {'+'.join(sides)}"


def _shown(take: Drawn, joints: tuple[str, ...]) -> bool:
    """Whether what this view counts first is seen though ``joints`` are not."""
    exercise = find_exercise(take.script.exercise)
    near = take.script.facing
    for cycle in sorted(exercise.cycle, key=lambda c: take.script.view not in c.views):
        if cycle.signal is None:
            return True
        sides = BOTH if cycle.signal.endswith(".both") else (near,)
        signal = cycle.signal.replace(".both", ".near")
        for side in sides:
            if not {NAMES[i] for i in reading(signal).landmarks(side)} & set(joints):
                return True
    return False


def _hides(span: tuple[float, float], beat: tuple[float, float, float, float]) -> bool:
    """Whether a repetition's turning point, or where it begins or ends, lies in a gap."""
    start, top, leave, end = beat
    a, b = span
    at_top = a < leave - 0.1 and b > top + 0.1 and b - a > 0.15
    around = (a < start + SHARE * (top - start) and b > start + 0.6 * (top - start)) or (
        a < leave + 0.4 * (end - leave) and b > end - SHARE * (end - leave)
    )
    return at_top or around
