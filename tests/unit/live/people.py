"""People before a camera who do not know that they are drawn: what they do, put together from figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import numpy as np

from formcheck.exercises import find_exercise
from formcheck.live.session import LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.messages import sentence
from formcheck.types import PoseSequence
from formcheck.types.event import AttemptFinished, Event, SetFinished, StateChanged
from formcheck.types.landmark import INDEX
from formcheck.types.live_update import LiveUpdate
from formcheck.types.reason import Reason
from formcheck.types.set_recording import SetRecording
from formcheck.types.set_summary import SetSummary
from tests.figures import figure

#: Fewer pictures than a camera gives: nothing here is as quick as to need more.
FPS = 15.0
LEGS = ("left_ankle", "right_ankle", "left_heel", "right_heel", "left_toe", "right_toe")


@cache
def person(exercise: str, **words: Any) -> PoseSequence:
    """Somebody who stands still for ``lead_s`` before and after."""
    return figure(exercise, **{"fps": FPS, "lead_s": 0.5, "sway": 1.0, "seed": 3, **words}).poses


def standing(seconds: float, exercise: str = "squat", **words: Any) -> PoseSequence:
    """The start pose of an exercise and nothing else."""
    if "hold" in {cycle.kind for cycle in find_exercise(exercise).cycle}:
        return person(exercise, duration_s=seconds - 1.0, **words)
    return person(exercise, reps=0, lead_s=seconds / 2, **words)


def set_of(exercise: str, reps: int, lead_s: float = 6.0, **words: Any) -> PoseSequence:
    """Still for long enough to be set up, repetitions, and a moment."""
    return joined(standing(lead_s, exercise, **words), person(exercise, reps=reps, **words))


def joined(*parts: PoseSequence) -> PoseSequence:
    """One after the other on one clock, of one size."""
    arrays = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in ("image", "world", "visibility", "looked", "doubt", "exchanged", "another", "shot")
    }
    starts, now = [], 0.0
    for part in parts:
        starts.append(part.t - part.t[0] + now)
        now = float(starts[-1][-1]) + 1.0 / FPS
    return replace(parts[0], t=np.concatenate(starts), camera=None, **arrays)


def nobody(seconds: float) -> PoseSequence:
    """An empty room."""
    poses = standing(seconds)
    gone = {name: np.full_like(getattr(poses, name), np.nan) for name in ("image", "world", "visibility")}
    return replace(poses, **gone)


def walking_by(seconds: float = 5.0) -> PoseSequence:
    """Somebody walks through the picture, left to right; nobody at both ends."""
    return _walking(seconds, -0.7, 0.7)


def walking_in(seconds: float = 5.0) -> PoseSequence:
    """Somebody walks from the left edge to the middle."""
    return _walking(seconds, -0.7, 0.0)


def walking_out(seconds: float = 5.0) -> PoseSequence:
    """Somebody walks from the middle to the right edge."""
    return _walking(seconds, 0.0, 0.7)


def _walking(seconds: float, start: float, end: float) -> PoseSequence:
    """From one place to another, picture widths from the middle; outside of the picture is nobody."""
    walker = person("walking", duration_s=seconds, lead_s=0.0)
    size = (walker.width_px, walker.height_px)
    place = np.linspace(start, end, len(walker)) * walker.width_px
    image = walker.image + np.stack([place, 0 * place], axis=-1)[:, None]
    inside = np.all((image >= 0) & (image < size), axis=-1)
    visibility, world = np.where(inside, walker.visibility, 0.1), np.array(walker.world)
    away = ~inside[:, [INDEX["left_hip"], INDEX["right_hip"]]].all(axis=1)
    for part in (image, world, visibility):
        part[away] = np.nan
    return replace(walker, image=image, world=world, visibility=visibility)


def without_feet(poses: PoseSequence) -> PoseSequence:
    """The feet are below the picture, where the model guesses them."""
    knees = [INDEX["left_knee"], INDEX["right_knee"]]
    feet = [INDEX[name] for name in LEGS]
    middle = (
        np.nanmedian(poses.image[:, knees, 1]) + np.nanmin(np.nanmedian(poses.image[:, feet, 1], 0))
    ) / 2
    image = poses.image + np.array([0.0, poses.height_px - middle])
    outside = image[..., 1] >= poses.height_px
    return replace(poses, image=image, visibility=np.where(outside, 0.1, poses.visibility))


def far_away(poses: PoseSequence, by: float = 0.25) -> PoseSequence:
    """Small in the middle of the picture."""
    middle = np.array([poses.width_px, poses.height_px]) / 2
    return replace(poses, image=(poses.image - middle) * by + middle)


def hiding(poses: PoseSequence, *joints: str) -> PoseSequence:
    """Something stands before these landmarks."""
    visibility = np.array(poses.visibility)
    visibility[:, [INDEX[j] for j in joints]] = 0.1
    return replace(poses, visibility=visibility)


def thinned(poses: PoseSequence, every: int) -> PoseSequence:
    """Every second or third frame only: the computer is slow."""
    return poses.rows(slice(None, None, every))


def task(exercise: str, **words: Any) -> Task:
    """One open-ended set."""
    return Task(find_exercise(exercise), **{"sets": 1, "reps": None, "seconds": None, **words})


@dataclass
class Seen:
    """All that a live session said."""

    session: LiveSession
    poses: PoseSequence
    updates: list[LiveUpdate] = field(default_factory=list)

    @property
    def events(self) -> list[Event]:
        return [event for update in self.updates for event in update.events]

    @property
    def attempts(self) -> list[AttemptFinished]:
        return [e for e in self.events if isinstance(e, AttemptFinished)]

    @property
    def states(self) -> list[str]:
        """Each state it went to, in order."""
        return [e.state for e in self.events if isinstance(e, StateChanged)]

    @property
    def sets(self) -> list[SetSummary]:
        """The summaries as they were shown."""
        return [e.summary for e in self.events if isinstance(e, SetFinished)]  # type: ignore[misc]

    @property
    def spoken(self) -> list[tuple[float, str]]:
        return [(u.t, sentence(u.say)) for u in self.updates if u.say]

    @property
    def kept(self) -> PoseSequence:
        """The poses as they are recorded."""
        takes: tuple[SetRecording, ...] = tuple(self.session.takes)
        return replace(self.poses, takes=takes)

    def when(self, state: str) -> float:
        """When it first went to a state."""
        return next(e.t for e in self.events if isinstance(e, StateChanged) and e.state == state)

    def heard(self, what: Reason) -> bool:
        return any(sentence(what) in text for _, text in self.spoken)


def watch(
    poses: PoseSequence,
    *tasks: Task,
    countdown_s: float | None = None,
    commands: Mapping[float, Any] | None = None,
    finish: bool = True,
) -> Seen:
    """A session over these poses; ``commands`` by the second from which they are given."""
    session = LiveSession(Workout(tasks), (poses.width_px, poses.height_px), countdown_s=countdown_s)
    seen, due = Seen(session, poses), sorted((commands or {}).items())
    for pose in poses:
        while due and due[0][0] <= pose.t:
            session.command(due.pop(0)[1])
        seen.updates.append(session.step(pose))
    if finish and (last := session.finish()) is not None:
        seen.updates.append(last)
    return seen
