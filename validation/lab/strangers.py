"""People whom nobody tuned on: `stranger` draws one by a seed, as a pose model sees him, with the truth."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any
from zlib import crc32

import numpy as np

from formcheck.exercises import find_exercise
from formcheck.types import PoseSequence
from formcheck.types.landmark import INDEX
from sample_videos.drawn.figure import Drawn, dials, play
from sample_videos.drawn.motions import EXERCISES
from sample_videos.drawn.person import built
from sample_videos.drawn.rig import Array
from sample_videos.drawn.timeline import Script
from tests.exercises.comings import APART, ways
from tests.exercises.takes import joined, mirrored
from validation.lab import people, sensor
from validation.lab.distractors import distraction

NONE = "none"
KINDS = (*EXERCISES, NONE)
#: What may be done before and after, and how often nothing is.
BEFORE, AFTER = (
    ("walk", "talk", "sway", "clothes", "shake", "stand", "reach", "sit"),
    ("walk", "talk", "stand", "drink"),
)
NOTHING = 0.5
#: How far a dial is turned where something is wrong (1 is beyond the error limit); how often it is no haste.
WRONG, FORM = (0.3, 1.4), 0.85
#: Not reached on foot over the floor.
ALONE = APART | {"bench_press"}


@dataclass(frozen=True)
class Truth:
    """What a stranger does.

    Attributes
    ----------
    exercise : id, or `NONE`.
    view : "side", "front" or "back", up to 25 degrees off.
    reps : seconds from and to of each repetition, and whether it is a full one.
    attempts : how many; None of what is not counted.
    hold_s, cadence_spm : seconds held, steps a minute.
    start_s, end_s : of the exercise in the take.
    """

    exercise: str
    view: str
    reps: tuple[tuple[float, float, bool], ...] = ()
    attempts: int | None = None
    hold_s: float | None = None
    cadence_spm: float | None = None
    start_s: float = 0.0
    end_s: float = 0.0

    @property
    def full(self) -> int | None:
        """How many of the repetitions are full ones."""
        return None if self.attempts is None else sum(full for *_, full in self.reps)


def stranger(
    exercise: str, seed: int, *, perfect: bool = False, anywhere: bool = False, faulty: bool = False
) -> tuple[PoseSequence, Truth]:
    """A take of somebody at random, and what he does in it.

    Parameters
    ----------
    exercise : one of `KINDS`.
    seed : even ones are for tuning, odd ones for reports (up to 799 they have been looked at).
    perfect : seen without any error.
    anywhere : the camera may be far from the views that the exercise asks for, high up or near.
    faulty : something that can be wrong is, in all repetitions or in some.

    Returns
    -------
    PoseSequence
        Raw looks, as of the model `full` on every frame.
    """
    rng = np.random.default_rng([seed, crc32(exercise.encode())])
    wrong = _wrong(exercise, np.random.default_rng([seed, crc32(exercise.encode()), 1])) if faulty else {}
    drawn = _drawn(exercise, seed, rng, anywhere, wrong)
    parts = [drawn.poses]
    steps = _steps(exercise, rng)
    if steps[0] or steps[1]:
        before, after = ways(drawn, *steps, seed=seed, heading=float(rng.choice([0.0, 90.0, -90.0, 180.0])))
        parts = [*before, drawn.poses, *after]
        start = float(before[0].t[-1] - before[0].t[0]) + 0.05 if before else 0.0
    else:
        start = 0.0
    poses = reduce(joined, parts)
    if rng.random() < 0.5:
        poses = mirrored(poses)
    source = replace(poses.source, duration_s=float(poses.t[-1]) + 1 / drawn.script.fps)
    poses = replace(poses, camera=np.full((len(poses), 2), np.nan), people=1, source=source)
    return poses if perfect else sensor.seen(poses, rng), _truth(exercise, drawn, start)


def _steps(exercise: str, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    if exercise == NONE or exercise in ALONE:
        return [], []
    return tuple(  # type: ignore[return-value]
        []
        if rng.random() < NOTHING
        else [str(s) for s in rng.choice(known, int(rng.integers(1, 3)), replace=False)]
        for known in (BEFORE, AFTER)
    )


def _wrong(exercise: str, rng: np.random.Generator) -> dict[str, float]:
    """One dial at random, and how far it is turned: form rather than haste."""
    known = dials(exercise)
    form = [name for name in known if name != "too_fast"]
    names = form if form and rng.random() < FORM else known
    return {str(rng.choice(names)): float(rng.uniform(*WRONG))} if names else {}


def _drawn(
    exercise: str, seed: int, rng: np.random.Generator, anywhere: bool, wrong: Mapping[str, float]
) -> Drawn:
    """The exercise itself, seen without error."""
    played = "squat" if exercise == NONE else exercise
    views = tuple(v for v in find_exercise(played).camera.views if v in ("side", "front", "back"))
    words = people.filmed(played, views, rng, anywhere=anywhere) | people.paced(played, rng)
    if exercise == NONE:
        words["view"] = str(rng.choice(["side", "front"], p=[0.4, 0.6]))
    words["dials"] = words["dials"] | {name: _in_some(value, words, seed) for name, value in wrong.items()}
    drawn = play(Script(played, seed=seed, person=people.person(rng), **words))
    if exercise == NONE:
        joints = distraction(drawn.script.fps, float(rng.uniform(6, 15)), rng)
        return _of(drawn, built(joints, drawn.script.person))
    return _of(drawn, people.styled(exercise, drawn.joints, rng))


def _in_some(value: float, words: Mapping[str, Any], seed: int) -> float | list[float]:
    """A dial in all repetitions, or, of every second stranger, in about half of them."""
    if "reps" not in words or seed % 4 < 2:
        return value
    rng = np.random.default_rng([seed, 2])
    return [value * float(rng.random() < 0.5) for _ in range(words["reps"])]


def _of(drawn: Drawn, joints: Array) -> Drawn:
    """The same take of other joints."""
    hip = (joints[:, INDEX["left_hip"]] + joints[:, INDEX["right_hip"]]) / 2
    n = len(joints)
    like = drawn.poses
    poses = PoseSequence(
        np.arange(n) / drawn.script.fps, drawn.camera.project(joints), drawn.camera.world(joints, hip),
        np.repeat(like.visibility[:1], n, axis=0), like.width_px, like.height_px, like.source, like.model,
    )  # fmt: skip
    return replace(drawn, joints=joints, poses=poses)


def _truth(exercise: str, drawn: Drawn, start: float) -> Truth:
    view, end = drawn.script.view, start + float(drawn.poses.t[-1])
    if exercise == NONE:
        return Truth(NONE, view, start_s=start, end_s=end)
    known = drawn.truth
    held = known.get("hold")
    reps = tuple((start + r["start_s"], start + r["end_s"], r["full"]) for r in known["reps"])
    return Truth(
        exercise, view, reps, len(reps) if EXERCISES[exercise].tempo else None,
        held["end_s"] - held["start_s"] if held else None, known.get("cadence_spm"), start, end,
    )  # fmt: skip
