"""A recording: poses in, one session out; its exercise is named, recorded with it, or recognised."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

from formcheck.engine.body.restore import restored
from formcheck.engine.capture.subject import subject_alone
from formcheck.engine.parts import Part, Unsure, judge_parts, parts_of, parts_of_takes, whole
from formcheck.engine.recognise.recognise import recognise
from formcheck.engine.recognise.slowed import slowed
from formcheck.engine.recognise.upright import upright
from formcheck.errors import NobodyError
from formcheck.exercises import AUTO, Exercise, catalog, find_exercise
from formcheck.types.frame import Turn
from formcheck.types.kind import is_hold
from formcheck.types.pose import PoseSequence
from formcheck.types.session import Session


def judge_recording(
    poses: PoseSequence,
    exercise: Exercise | str | Path = AUTO,
    *,
    side: Literal["left", "right"] | None = None,
    view: Literal["side", "front", "back"] | None = None,
    rotation_deg: Turn | None = None,
) -> Session:
    """Judge the poses of a recording; nothing is read or written.

    Parameters
    ----------
    poses : raw, as a pose model gave them.
    exercise : an exercise, its id, the path of its TOML file, or "auto" to recognise it.
    side, view : the working side, and how the camera saw the person; None leaves both to geometry.
    rotation_deg : how far the picture has to be turned clockwise to be upright; None leaves it to the body.

    Returns
    -------
    Session
        What was counted, timed, found, and what could not be judged and why. Its top level describes the
        longest part of a recording that holds several exercises.

    Raises
    ------
    ExerciseError
        If there is no such exercise, or its file breaks the grammar.
    NobodyError
        If nobody is in any of the poses.

    Examples
    --------
    >>> judge_recording(load_poses("squat.npz"), "squat").summary.reps  # doctest: +SKIP
    4
    """
    chosen = chosen_exercise(exercise)
    require_somebody(poses, poses.source.name)
    bodies = bodies_of(poses, chosen, rotation_deg)
    parts, unsure = take_apart(bodies, chosen, view, side)
    return judge_parts(bodies, parts, unsure)


def bodies_of(
    poses: PoseSequence, exercise: Exercise | None, rotation_deg: Turn | None = None
) -> PoseSequence:
    """What is judged of raw poses: the subject, made upright and restored; live sets as they were.

    Parameters
    ----------
    rotation_deg : as `judge_recording` takes it.
    """
    if _replays(poses, exercise):
        return poses
    return restored(_turned(subject_alone(poses), exercise, rotation_deg))


def _turned(poses: PoseSequence, exercise: Exercise | None, said_deg: Turn | None) -> PoseSequence:
    """The poses turned as somebody says, or said before they were looked at; else as the body shows.

    A body that lies and whose exercise nobody knows may well stand in a picture on its side.
    """
    if said_deg is not None:
        source = replace(poses.source, rotation_deg=said_deg)
        return replace(poses.turned(said_deg), source=source)
    if poses.source.rotation_deg is not None:
        return poses
    found = upright(poses, exercise)
    lies = exercise is None and not (found.sure or found.stands)
    return replace(poses.turned(found.turn_deg), perhaps_turned=found.doubtful or lies)


def _replays(poses: PoseSequence, exercise: Exercise | None) -> bool:
    return bool(poses.takes) and (exercise is None or exercise.id in {take.exercise for take in poses.takes})


def chosen_exercise(exercise: Exercise | str | Path) -> Exercise | None:
    """The exercise that was named; None for "auto".

    Raises
    ------
    ExerciseError
        If there is no such exercise, or its file breaks the grammar.
    """
    if isinstance(exercise, Exercise):
        return exercise
    return None if exercise == AUTO else find_exercise(exercise)


def require_somebody(poses: PoseSequence, name: str) -> None:
    """Refuse poses that show nobody; ``name`` is what the message calls them.

    Raises
    ------
    NobodyError
        If nobody is in any of them.
    """
    if poses.found.any():
        return
    frames = "its one frame" if len(poses) == 1 else f"{len(poses)} frames"
    raise NobodyError(
        f"{name}: nobody was found in {frames}; check that the whole body is in the picture, and come closer"
        " where it is small"
    )


def take_apart(
    poses: PoseSequence,
    exercise: Exercise | None,
    view: Literal["side", "front", "back"] | None = None,
    side: Literal["left", "right"] | None = None,
) -> tuple[tuple[Part, ...], Unsure]:
    """The parts of `bodies_of` to judge apart, and what came near where nothing was recognised.

    The sets of a live session are its parts, unless another exercise is asked for.
    """
    if _replays(poses, exercise):
        return parts_of_takes(poses, catalog() if exercise is None else {exercise.id: exercise}), Unsure()
    if exercise is not None:
        return (whole(poses, exercise, view, side),), Unsure()
    recognition = recognise(poses, catalog().values(), view)
    still = all(is_hold(s.exercise.kind) for s in recognition.stretches)  # as who moves slowly enough seems
    slow = slowed(poses, catalog().values(), view) if still else None
    parts = parts_of(poses, recognition, view, side) if slow is None else ()
    return parts, Unsure(recognition.near, slow)
