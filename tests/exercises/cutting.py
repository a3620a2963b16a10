"""Films that were cut: pauses taken out, other framings, close-ups, title cards, fades, pieces played faster.

Every film is made of shots whose truth is known: what lies wholly inside a shot counts, and nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises import find_exercise
from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from tests.exercises.takes import mirrored, remade
from tests.figures import Drawn, figure

Floats = NDArray[np.floating]
_ROWS = ("image", "world", "visibility", "camera", "looked", "doubt", "exchanged", "another", "shot")
#: What a model guesses of limbs outside of the picture is so far astray, trunk lengths.
ASTRAY_S = 0.3
#: A repetition is cut through at this share of its length: after it has begun, before it is nearly back.
THROUGH = (0.3, 0.6)


@dataclass(frozen=True)
class Film:
    """Poses, how many attempts (of holds: seconds) lie wholly in a shot, and the takes it was cut from."""

    poses: PoseSequence
    truth: float
    uncut: tuple[PoseSequence, ...]


@dataclass(frozen=True)
class Scene:
    """An exercise that is performed anew for every take; ``words`` are those of `figure`.

    Where ``marked``, the shots are known from the pictures; else the poses alone can show them.
    """

    exercise: str
    view: str
    seed: int
    marked: bool = True
    words: tuple[tuple[str, Any], ...] = ()

    @cached_property
    def rng(self) -> np.random.Generator:
        """What is drawn of this scene, always the same."""
        return np.random.default_rng([self.seed, *map(ord, self.exercise + self.view)])

    @property
    def held(self) -> bool:
        """Whether it is timed, and not counted."""
        return not any(cycle.signal for cycle in find_exercise(self.exercise).cycle)

    def take(self, number: int, **words: Any) -> Drawn:
        """The take of that number."""
        rest = {} if self.exercise == "mountain_climber" else {"rest_s": 1.2}
        usual = {"reps": 3, "duration_s": 7.0, "sway": 1.0, "noise": 0.004, "seed": 10 * self.seed + number}
        return figure(self.exercise, **({"view": self.view} | usual | rest | dict(self.words) | words))


def film(scene: Scene, shots: Sequence[PoseSequence]) -> PoseSequence:
    """Shots one after the other, a frame apart."""
    first, t, end, out = shots[0], [], 0.0, []
    for n, shot in enumerate(shots):
        frame_s = float(np.median(np.diff(shot.t)))
        t.append(shot.t - shot.t[0] + end)
        end = float(t[-1][-1]) + frame_s
        out.append(remade(shot, shot=np.full(len(shot), n if scene.marked else 0)))
    arrays = {name: np.concatenate([getattr(shot, name) for shot in out]) for name in _ROWS}
    return remade(first, t=np.concatenate(t), **arrays)


def framed(poses: PoseSequence, by: float, right: float = 0.0, down: float = 0.0) -> PoseSequence:
    """Filmed from nearer, and elsewhere in the picture (shares of it); outside of it limbs are guessed."""
    size = np.array([poses.width_px, poses.height_px])
    image = (poses.image - size / 2) * by + size / 2 + size * [right, down]
    out = ~np.all((image >= 0) & (image < size), axis=2)
    rng = np.random.default_rng(len(poses))
    trunk = by * np.nanmedian(_trunk(poses))
    waves = np.cumsum(rng.normal(0, 0.15, (*image.shape[:2], 2)), axis=0)
    image = np.where(out[..., None], image + ASTRAY_S * trunk * np.tanh(waves), image)
    return remade(poses, image=image, visibility=np.where(out, 0.1, poses.visibility))


def _trunk(poses: PoseSequence) -> Floats:
    ends = [
        (poses.image[:, INDEX[f"left_{j}"]] + poses.image[:, INDEX[f"right_{j}"]]) / 2
        for j in ("shoulder", "hip")
    ]
    length: Floats = np.linalg.norm(ends[0] - ends[1], axis=1)
    return length


def _lasting(poses: PoseSequence, seconds: float) -> PoseSequence:
    """The last of some poses, for so long."""
    t = np.arange(max(2, round(seconds * 30))) / 30
    last = {name: np.repeat(getattr(poses, name)[-1:], len(t), axis=0) for name in _ROWS}
    return remade(poses, t=t, **last)


def empty(like: PoseSequence, seconds: float) -> PoseSequence:
    """Nobody for a while."""
    rows = _lasting(like, seconds)
    nothing = {name: np.full_like(getattr(rows, name), np.nan) for name in ("image", "world", "visibility")}
    return remade(rows, **nothing)


def faster(poses: PoseSequence, by: int) -> PoseSequence:
    """The same played so many times faster: as many frames a second, and fewer in all."""
    rows = poses.rows(slice(None, None, by))
    return remade(rows, t=poses.t[0] + (rows.t - poses.t[0]) / by)


def worth(scene: Scene, drawn: Drawn, start_s: float = -np.inf, end_s: float = np.inf) -> float:
    """What of a take between two times counts."""
    if scene.held:
        return float(min(end_s, drawn.poses.t[-1]) - max(start_s, 0.0))
    return sum(start_s <= rep["start_s"] and rep["end_s"] <= end_s for rep in drawn.truth["reps"])


def _through(scene: Scene, drawn: Drawn) -> float:
    """A moment in the middle of a repetition that is not the first; of a hold, in the middle."""
    if scene.held:
        return float(drawn.poses.t[-1]) / 2
    reps = drawn.truth["reps"]
    rep = reps[scene.rng.integers(1, len(reps))]
    return float(rep["start_s"] + scene.rng.uniform(*THROUGH) * (rep["end_s"] - rep["start_s"]))


def _rest(scene: Scene, drawn: Drawn) -> float:
    """A moment between two repetitions; of a hold, in the middle."""
    if scene.held:
        return float(drawn.poses.t[-1]) / 2
    reps = drawn.truth["reps"]
    k = scene.rng.integers(1, len(reps))
    return float((reps[k - 1]["end_s"] + reps[k]["start_s"]) / 2)


def _joined(
    scene: Scene, parts: Sequence[tuple[Drawn, float, float]], between: Callable[..., Any] | None = None
) -> Film:
    """Parts of takes, from and to seconds, one a shot."""
    shots: list[PoseSequence] = []
    for drawn, a, b in parts:
        if shots and between:
            shots += between(shots[-1], drawn.poses.between(a, b))
        shots.append(drawn.poses.between(a, b))
    truth = sum(worth(scene, *part) for part in parts)
    return Film(film(scene, shots), truth, tuple(part[0].poses for part in parts))


def jump_at_rest(scene: Scene) -> Film:
    """The same framing; a pause was taken out."""
    one, two = scene.take(1), scene.take(2)
    return _joined(scene, [(one, -np.inf, _rest(scene, one)), (two, _rest(scene, two), np.inf)])


def jump_within(scene: Scene) -> Film:
    """The same framing; cut from the middle of a repetition to the middle, or the rest, of another."""
    one, two = scene.take(1), scene.take(2)
    to = _through(scene, two) if scene.seed % 2 else _rest(scene, two)
    return _joined(scene, [(one, -np.inf, _through(scene, one)), (two, to, np.inf)])


def zoom(scene: Scene) -> Film:
    """Another framing: nearer or farther, and elsewhere."""
    film_ = jump_within(scene) if scene.seed % 2 else jump_at_rest(scene)
    rng, poses = scene.rng, film_.poses
    at = _boundary(film_)
    by = float(rng.uniform(0.5, 0.75) if rng.random() < 0.5 else rng.uniform(1.1, 1.25))
    near = framed(poses.rows(slice(at, None)), by, *(rng.uniform(-0.08, 0.08, 2) * (by < 1)))
    return Film(film(scene, [poses.rows(slice(0, at)), near]), film_.truth, film_.uncut)


def _boundary(film_: Film) -> int:
    first = film_.uncut[0]
    same = np.flatnonzero(
        (film_.poses.image[: len(first)] != first.image[: len(film_.poses)]).any(axis=(1, 2))
    )
    return int(same[0])


def close_up(scene: Scene) -> Film:
    """A close-up before, between, or after, of the head, the hips or the feet."""
    one, two, near = scene.take(1), scene.take(2), scene.take(3)
    part = ("nose", "left_hip", "left_ankle")[scene.rng.integers(3)]
    by, still = float(scene.rng.uniform(2.5, 5.0)), near.poses.between(0.0, 0.9)
    if scene.rng.random() < 0.5 and not scene.held:  # of the movement
        reps = near.truth["reps"]
        still = near.poses.between(reps[0]["start_s"], (reps[0]["start_s"] + reps[0]["end_s"]) / 2)
    size = np.array([still.width_px, still.height_px])
    off = by * (0.5 - np.nanmedian(still.image[:, INDEX[part]], axis=0) / size)
    shot = framed(still, by, *off)
    shots = [one.poses, two.poses]
    shots.insert(int(scene.rng.integers(3)), shot)
    return Film(film(scene, shots), worth(scene, one) + worth(scene, two), (one.poses, two.poses))


def title(scene: Scene) -> Film:
    """A title card before, between, or after."""
    at, seconds = int(scene.rng.integers(4)), float(scene.rng.uniform(0.5, 3.0))
    one, two = scene.take(1), scene.take(2)
    if at == 3:  # in the middle of a repetition
        parts = [(one, -np.inf, _through(scene, one)), (two, _rest(scene, two), np.inf)]
        return _joined(scene, parts, lambda a, _: [empty(a, seconds)])
    shots = [one.poses, two.poses]
    shots.insert(at, empty(one.poses, seconds))
    return Film(film(scene, shots), worth(scene, one) + worth(scene, two), (one.poses, two.poses))


def fade(scene: Scene) -> Film:
    """Through black: landmarks shake more and more, then nobody is found for a while."""
    seconds = float(scene.rng.uniform(0.2, 0.8))
    at_rest = scene.rng.random() < 0.5
    one, two = scene.take(1), scene.take(2)
    cut = _rest if at_rest else _through
    parts = [(one, -np.inf, cut(scene, one)), (two, _rest(scene, two), np.inf)]
    film_ = _joined(scene, parts, lambda a, _: [empty(a, seconds)])
    gone = ~film_.poses.found
    t = film_.poses.t
    start, end = t[gone][0], t[gone][-1]
    near = np.clip(1 - np.maximum(start - t, t - end) / 0.3, 0, 1)[:, None, None]
    shaken = scene.rng.normal(0, 0.06 * np.nanmedian(_trunk(film_.poses)), film_.poses.image.shape)
    return Film(remade(film_.poses, image=film_.poses.image + near * shaken), film_.truth, film_.uncut)


def cross_fade(scene: Scene) -> Film:
    """From one shot into another: landmarks wander over, and shake."""
    seconds = float(scene.rng.uniform(0.3, 0.8))

    def wander(a: PoseSequence, b: PoseSequence) -> list[PoseSequence]:
        rows = _lasting(a, seconds)
        share = np.linspace(0, 1, len(rows))[:, None, None]
        mixed = {n: (1 - share) * getattr(a, n)[-1] + share * getattr(b, n)[0] for n in ("image", "world")}
        shaken = scene.rng.normal(0, 0.04 * np.nanmedian(_trunk(a)), mixed["image"].shape)
        return [remade(rows, image=mixed["image"] + shaken, world=mixed["world"])]

    one, two = scene.take(1), scene.take(2)
    cut = _rest if scene.rng.random() < 0.5 else _through
    return _joined(scene, [(one, -np.inf, cut(scene, one)), (two, _rest(scene, two), np.inf)], wander)


def other_angle(scene: Scene) -> Film:
    """The same from another side: from the front, or the other way round."""
    views = find_exercise(scene.exercise).camera.views
    others = [v for v in views if v != scene.view and v in ("side", "front")]
    one = scene.take(1)
    two = scene.take(2, view=others[0]) if others and scene.seed % 2 else scene.take(2)
    second = two.poses if others and scene.seed % 2 else mirrored(two.poses)
    a, b = _rest(scene, one), _rest(scene, two)
    shots = [one.poses.between(-np.inf, a), second.between(b, np.inf)]
    truth = worth(scene, one, -np.inf, a) + worth(scene, two, b, np.inf)
    return Film(film(scene, shots), truth, (one.poses, second))


def sped_up(scene: Scene) -> Film:
    """A piece between is played many times faster; what it counts is nobody's business."""
    one, two, quick = scene.take(1), scene.take(2), scene.take(3, reps=8, duration_s=20.0)
    by = int(scene.rng.choice([4, 6, 8, 12]))
    shots = [one.poses, faster(quick.poses, by), two.poses]
    return Film(film(scene, shots), worth(scene, one) + worth(scene, two), (one.poses, two.poses))


KINDS = {
    kind.__name__: kind
    for kind in (
        jump_at_rest, jump_within, zoom, close_up, title, fade, cross_fade, other_angle, sped_up,
    )
}  # fmt: skip
