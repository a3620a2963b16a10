"""A live session for a program of one's own: an exercise and poses in, updates and a session out."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from formcheck.engine.parts import judge_parts, parts_of_takes
from formcheck.exercises import Exercise, find_exercise
from formcheck.live.session import Command, LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.sensor import UNNAMED
from formcheck.types.frame import SourceInfo
from formcheck.types.live_update import LiveUpdate
from formcheck.types.pose import Model, Pose, PoseSequence
from formcheck.types.session import Session


class Live:
    """Guides one person through sets of one exercise, and judges them while they are done.

    It tells how to stand, waits for the start pose, counts down and counts; it has no camera, window or
    voice. The poses are kept until the end, about a megabyte for half a minute.

    Parameters
    ----------
    exercise : an exercise, its id, or the path of its TOML file.
    size : width and height in pixels of the pictures that the poses refer to.
    sets, reps, seconds, rest_s : how often, what ends a set (None is open-ended), and the rest after it.
    side : the working side, if the person said it.
    countdown_s : from the start pose to "go"; None is 3, and 0 for what is held.
    model : what finds the poses.

    Raises
    ------
    ExerciseError
        If there is no such exercise, or its file breaks the grammar.

    Examples
    --------
    >>> live = Live("squat", (640, 480), reps=10)  # doctest: +SKIP
    >>> for pose in poses:  # doctest: +SKIP
    ...     update = live.update(pose)
    ...     print(update.reps, sentence(update.say) if update.say else "")  # of formcheck.messages
    >>> live.finish().summary.reps  # doctest: +SKIP
    10
    """

    def __init__(
        self,
        exercise: Exercise | str | Path,
        size: tuple[int, int],
        *,
        sets: int = 1,
        reps: int | None = None,
        seconds: float | None = None,
        rest_s: float = 60.0,
        side: Literal["left", "right"] | None = None,
        countdown_s: float | None = None,
        model: Model = UNNAMED,
    ) -> None:
        self._exercise = exercise if isinstance(exercise, Exercise) else find_exercise(exercise)
        task = Task(self._exercise, sets, reps, seconds, rest_s, side)
        self._session = LiveSession(Workout((task,)), size, countdown_s=countdown_s, model=model)
        self._source, self._model = SourceInfo("live", "camera", *size), model
        self._poses: list[Pose] = []

    def update(self, pose: Pose) -> LiveUpdate:
        """Take the newest pose (times must rise; frames left out do no harm) and say what is known now."""
        update = self._session.step(pose)
        self._poses.append(pose)
        return update

    def command(self, command: Command) -> None:
        """Pause or go on ("toggle"), end the set or the rest ("skip"), end it all; with the next pose."""
        self._session.command(command)

    def finish(self) -> Session | None:
        """It is over: what was done, judged again from its poses; None if no set was begun."""
        self._session.finish()
        if not self._session.takes:
            return None
        poses = PoseSequence.from_poses(self._poses, self._source, self._model)
        poses = replace(poses, takes=tuple(self._session.takes))
        return judge_parts(poses, parts_of_takes(poses, {self._exercise.id: self._exercise}))
