"""A frame of a live session as front ends get it."""

import math
from typing import Any

from formcheck.live.course import Course
from formcheck.live.one_set import OneSet
from formcheck.types.event import Update
from formcheck.types.live_update import LiveState, LiveUpdate
from formcheck.types.pose import Pose


def live_update(
    pose: Pose,
    state: LiveState,
    course: Course,
    running: OneSet | None,
    live: Update | None,
    *,
    counting_s: float | None,
    **others: Any,
) -> LiveUpdate:
    """The frame of ``pose``.

    Parameters
    ----------
    running : the set while it lasts; ``live`` what the engine says of this frame, None where nothing counts.
    counting_s : left of the countdown; None outside of it.
    others : the further fields of `LiveUpdate`.
    """
    known = live or (running.update if running else None)
    step, resting = course.step, state in ("set_done", "resting")
    task = step.task
    sides = running.sides if running else {}
    goal_reps = None if task.timed or task.exercise.is_gait else task.reps
    goal_s = task.seconds if task.timed else None
    return LiveUpdate(
        t=pose.t,
        state=state,
        pose=live.pose if live else pose,
        exercise=task.exercise.name,
        kind=task.exercise.kind,
        set_n=step.n,
        sets=task.sets,
        goal_reps=goal_reps,
        goal_s=goal_s,
        per_side=task.per_side,
        reps=known.reps if known else 0,
        attempts=known.attempts if known else 0,
        left=sides.get("left", 0) if task.per_side else None,
        right=sides.get("right", 0) if task.per_side else None,
        hold_s=(known.hold_s if known else 0.0) if task.timed else None,
        cadence_spm=known.cadence_spm if known else None,
        phase=live.phase if live else None,
        progress=_progress(live, goal_s),
        tempo=running.tempo if running else None,
        faults=live.faults if live else (),
        seconds_left=max(0.0, course.rest_ends_s - pose.t) if resting else counting_s,
        why_not=running.why_not(pose.t) if running else None,
        summary=course.sets[-1] if course.sets and (resting or state == "finished") else None,
        next=step.title if resting else None,
        side=step.side,
        **others,
    )


def _progress(live: Update | None, goal_s: float | None) -> float:
    if live is None:
        return math.nan
    if live.hold_s is None:
        return live.progress
    return min(1.0, live.hold_s / goal_s) if goal_s else math.nan
