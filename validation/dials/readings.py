"""What is said of each check in each clip through pixels, beside what is true of the body that was drawn."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from formcheck.engine.analyser import Outcome
from formcheck.engine.parts import whole
from formcheck.engine.recording import bodies_of
from formcheck.engine.session import outcome_of, session_of
from formcheck.exercises import find_exercise
from formcheck.pose.store import load_poses
from formcheck.types import Model, PoseSequence, Session
from formcheck.types.verdict import Verdict
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script
from tests.exercises.cases import COUPLED
from validation.dials.suite import CLIPS, FOLDER, Dialled, Level
from validation.sensor.looks import WAYS, looked, seen_at
from validation.sensor.sights import Truth

#: Of whom nobody knows the errors: limits are those of a true body.
_TRUE = Model("the drawing itself", "")
#: So much of the time a joint may be outside the picture.
BRIEFLY = 0.02
#: The product's own way to look, the exercise named.
WAY = next(way for way in WAYS if way.name == "auto")


@dataclass(frozen=True, slots=True)
class Value:
    """A measure in a clip: the median over its spans, and the worst of them."""

    middle: float
    worst: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A check in a clip.

    Attributes
    ----------
    clip, exercise, view, person, scene : where and of whom.
    level, fault : of what is wrong in the clip; "clean" and "".
    spared : whether the body cannot help breaking this check too, so that it says nothing.
    verdict, reason : what is said of it, and why nothing is.
    true : what is to be said of the body that was drawn, by the limits of a true body.
    read, drawn : each measure of the check through pixels and as it was drawn.
    """

    clip: str
    exercise: str
    view: str
    person: str
    scene: str
    level: Level
    fault: str
    check: str
    spared: bool
    verdict: Verdict
    reason: str
    true: Verdict
    read: Mapping[str, Value]
    drawn: Mapping[str, Value]

    @property
    def planted(self) -> bool:
        """Whether it is what is wrong in the clip, beyond its last limit; a gross one may end it."""
        clearly = self.level == "gross" or self.true in broken(self.exercise)[self.check]
        return self.fault == self.check and clearly

    @property
    def found(self) -> bool:
        """Whether it was said to be broken."""
        return self.verdict in ("warn", "error")

    @property
    def right(self) -> bool:
        """Whether the body does it well, so that nothing is to be said."""
        return self.fault != self.check and not self.spared and self.true == "ok"


@cache
def broken(exercise: str) -> Mapping[str, tuple[Verdict, ...]]:
    """What is clearly wrong by each check: an error, or a warning where it knows no more."""
    found = find_exercise(exercise)
    limits = [(name, limit.error) for name, _, limit, _ in found.limits()]
    limits += [(name, rule.error) for name, rule in found.tempo.items()]
    hard = {name for name, error in limits if error is not None}
    return {name: ("error",) if name in hard else ("warn", "error") for name, _ in limits}


def readings(clips: Iterable[Dialled] = CLIPS) -> Iterator[Reading]:
    """Of every clip that has been looked at, but for those in which a long body leaves the picture."""
    for clip in clips:
        if looked(clip.take, WAY) and _whole(clip):
            yield from _readings(clip, load_poses(seen_at(clip.take, WAY)))


def _whole(clip: Dialled) -> bool:
    """Whether all joints stay in the picture, but for moments."""
    truth = Truth.of(clip.name)
    outside = ((truth.image < 0) | (truth.image > truth.size)).any(axis=2)
    return bool(outside.mean(axis=0).max() <= BRIEFLY)


def _readings(clip: Dialled, poses: PoseSequence) -> Iterator[Reading]:
    script, case, take = clip.script, clip.case, clip.take
    drawn, read = (
        judged(drawn_poses(clip.square), script.exercise, script.view),
        judged(poses, script.exercise),
    )
    true = {check.id: check.verdict for check in drawn.session.checks}
    spared = COUPLED.get((case.exercise, case.dial), set()) if case else set()
    where = (clip.name.removeprefix(FOLDER), script.exercise, script.view, take.person, take.scene)
    wrong = (clip.level, case.fault if case else "")
    for check in read.session.checks:
        if check.id in broken(script.exercise):
            yield Reading(
                *where, *wrong, check.id, check.id in spared, check.verdict,
                check.reason.code if check.reason else "", true.get(check.id, "not_assessable"),
                read.values.get(check.id, {}), drawn.values.get(check.id, {}),
            )  # fmt: skip


def drawn_poses(script: Script) -> PoseSequence:
    """A body as it is drawn, of whose joints nobody doubts anything."""
    return replace(play(script).poses, model=_TRUE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A session, and what was read of every measure of every check."""

    session: Session
    values: Mapping[str, Mapping[str, Value]]


def judged(poses: PoseSequence, exercise: str, view: str | None = None) -> Judged:
    """As `judge_recording` does, but with what was read of every measure."""
    chosen = find_exercise(exercise)
    bodies = bodies_of(poses, chosen)
    outcome = outcome_of(bodies, chosen, whole(bodies, chosen, view).pieces)
    return Judged(session_of(outcome, bodies), _values(outcome))


def _values(outcome: Outcome) -> dict[str, dict[str, Value]]:
    """Of every check what was read of each of its measures; a way's time is a measure of its own name."""
    of = {id(check.limit): check for check in outcome.judge.checks}
    found: dict[tuple[str, str, float], list[float]] = defaultdict(list)
    for one in (one for span in outcome.tracker.judged for one in span.measurements):
        check, value = of.get(id(one.limit)), one.finding.value
        if value is not None:
            name = outcome.exercise.name_of(check.measure) if check else one.finding.check
            found[one.finding.check, name, check.sign if check else -1.0].append(value)
    values: dict[str, dict[str, Value]] = defaultdict(dict)
    for (check_id, name, sign), them in found.items():
        values[check_id][name] = Value(float(np.median(them)), sign * max(sign * x for x in them))
    return values
