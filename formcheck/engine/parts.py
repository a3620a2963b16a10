"""A clip of one exercise, of several, or of none that is known: parts judged apart, one result for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from formcheck.engine.analyser import Analyser, Outcome
from formcheck.engine.capture.advice import followed, several, tagged, turned
from formcheck.engine.pieces import ClipPiece, pieces_of
from formcheck.engine.recognise.recognise import ExerciseSpan, Recognition
from formcheck.engine.recognise.slowed import Slowed
from formcheck.engine.session import judge, source_record
from formcheck.engine.set_recording import pieces_from
from formcheck.exercises.schema import Exercise
from formcheck.sensor import profile_for
from formcheck.types.event import Event, Update
from formcheck.types.pose import Pose, PoseSequence
from formcheck.types.reason import Reason
from formcheck.types.session import Advice, ExerciseRecord, Grounds, Section, Session, Summary, ViewRecord
from formcheck.version import __version__

NAMELESS = ExerciseRecord("unknown", "Unknown exercise", "unknown", "", "draft", "recognised")
_NOTHING = Summary(0, 0, 0, None, None, None, 0.0)
#: A stretch is looked at this much before and after it.
AROUND_S = 1.0
#: How many exercises that came near are named.
_MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class Part:
    """From ``start_s`` to before ``end_s`` one exercise; how sure it is, and why, where it was recognised.

    ``pieces`` are its stretches between turns and cuts, at least one; ``spans`` those that count, of a live
    set; None for all of it.
    """

    start_s: float
    end_s: float
    exercise: Exercise
    pieces: tuple[ClipPiece, ...]
    confidence: float | None = None
    grounds: Grounds | None = None
    spans: tuple[tuple[float, float], ...] | None = None

    def of(self, poses: PoseSequence) -> PoseSequence:
        """Its poses, of those of the whole clip."""
        return poses.between(self.start_s, self.end_s) if self.spans is None else poses.within(self.spans)


def whole(
    poses: PoseSequence,
    exercise: Exercise,
    view: str | None = None,
    declared: Literal["left", "right"] | None = None,
) -> Part:
    """The whole clip as one exercise that somebody chose."""
    pieces = pieces_of(poses, exercise, view=view, declared=declared)
    return Part(float("-inf"), float("inf"), exercise, pieces)


def parts_of_takes(poses: PoseSequence, exercises: Mapping[str, Exercise]) -> tuple[Part, ...]:
    """The sets of a live session that are not empty, each judged from what its set-up found.

    ``exercises`` by id; a set of any other is left out.
    """
    parts = []
    for take in poses.takes:
        exercise, doing = exercises.get(take.exercise), poses.within(take.spans)
        if exercise is None or not len(doing):
            continue
        known = pieces_from(take, exercise, profile_for(poses.model))
        pieces = known or pieces_of(doing, exercise)  # the exercise has changed since: as a recording
        start, end = take.spans[0][0], take.spans[-1][1]
        parts.append(Part(start, end, exercise, _lacking(pieces, doing.lacks), spans=take.spans))
    return tuple(parts)


def _lacking(pieces: Sequence[ClipPiece], lacks: tuple[str, ...]) -> tuple[ClipPiece, ...]:
    """Pieces of poses in which some landmarks are never found."""
    return tuple(replace(p, calibration=replace(p.calibration, lacks=lacks)) for p in pieces)


def parts_of(
    poses: PoseSequence,
    recognition: Recognition,
    view: str | None = None,
    declared: Literal["left", "right"] | None = None,
) -> tuple[Part, ...]:
    """The parts of a clip whose exercises were recognised; the time between two is shared by both."""
    stretches = _joined(recognition.stretches)
    cuts = [(a.end_s + b.start_s) / 2 for a, b in pairwise(stretches)]
    starts, ends = [float("-inf"), *cuts], [*cuts, float("inf")]
    parts = []
    for s, start, end in zip(stretches, starts, ends, strict=False):
        # Who talks to the camera first stands otherwise than he exercises: only the exercise tells the view.
        doing = poses.between(s.start_s - AROUND_S, s.end_s + AROUND_S)
        pieces = pieces_of(doing, s.exercise, view=view, declared=declared, span=(start, end))
        parts.append(Part(start, end, s.exercise, pieces, s.confidence, s.grounds))
    return tuple(parts)


def _joined(stretches: Sequence[ExerciseSpan]) -> list[ExerciseSpan]:
    """Neighbours of the same exercise are one: what lies between was a rest."""
    joined: list[ExerciseSpan] = []
    for s in stretches:
        if joined and joined[-1].exercise.id == s.exercise.id:
            surer = max(s, joined[-1], key=lambda s: s.confidence)
            joined[-1] = replace(surer, start_s=joined[-1].start_s, end_s=s.end_s)
        else:
            joined.append(s)
    return joined


@dataclass(frozen=True, slots=True)
class Unsure:
    """What came near where no exercise was sure, and what a clip may show in slow motion."""

    near: Sequence[Exercise] = ()
    slow: Slowed | None = None


def judge_parts(poses: PoseSequence, parts: Sequence[Part], unsure: Unsure = Unsure()) -> Session:
    """One session of all parts: the longest at the top, each in its section where there are several."""
    if not parts:
        return nameless(poses, unsure)
    sessions = [_judged(poses, part) for part in parts]
    if unsure.near:
        sessions = [replace(s, capture=(*s.capture, _unsure(unsure.near, "part"))) for s in sessions]
    if len(parts) == 1:
        return sessions[0]
    longest = max(sessions, key=lambda s: s.source.duration_s)
    advice = {a.id: a for s in (*reversed(sessions), longest) for a in s.capture}
    sections = tuple(_section(s, poses, part) for s, part in zip(sessions, parts, strict=True))
    return replace(longest, source=source_record(poses), sections=sections, capture=tuple(advice.values()))


def _judged(poses: PoseSequence, part: Part) -> Session:
    if part.confidence is None:
        return judge(part.of(poses), part.exercise, part.pieces)
    as_it_is = replace(poses, perhaps_turned=False)  # what was recognised in it shows that it is upright
    session = judge(part.of(as_it_is), part.exercise, part.pieces)
    exercise = replace(
        session.exercise, chosen_by="recognised", confidence=part.confidence, grounds=part.grounds
    )
    return replace(session, exercise=exercise)


def _section(session: Session, poses: PoseSequence, part: Part) -> Section:
    times = part.of(poses).t
    return Section(
        float(times[0]),
        float(times[-1]),
        session.exercise,
        session.view,
        session.summary,
        session.result,
        session.faults,
        session.checks,
    )


def nameless(poses: PoseSequence, unsure: Unsure = Unsure()) -> Session:
    """The session of a clip whose exercise is not known."""
    advice = _unsure(unsure.near, "clip")
    view = ViewRecord("unknown", None, None)
    return Session(
        formcheck=__version__,
        source=source_record(poses),
        model=poses.model,
        exercise=NAMELESS,
        view=view,
        summary=_NOTHING,
        capture=(
            advice,
            *_slow(unsure.slow),
            *tagged(poses),
            *turned(poses),
            *several(poses),
            *followed(poses),
        ),
    )


def _slow(found: Slowed | None) -> list[Advice]:
    if found is None:
        return []
    name, factor = found.exercise.name, found.slow.factor
    return [Advice("slow_motion", Reason("exercise_slow", exercise=name, factor=factor))]


def _unsure(near: Sequence[Exercise], what: Literal["clip", "part"]) -> Advice:
    names = tuple(e.name for e in near[:_MOST_NAMES])
    if not names:
        return Advice("exercise_unknown", Reason("exercise_unknown", what=what))
    return Advice("exercise_unknown", Reason("exercise_unsure", what=what, names=names))


class SegmentedAnalyser:
    """The engine over a clip of several parts, pose by pose.

    Parameters
    ----------
    parts : in order of time; at least one.
    size : width and height of the picture in pixels.
    """

    def __init__(self, parts: Sequence[Part], size: tuple[int, int]) -> None:
        self._parts, self._size = list(parts), size
        self._at = self._piece = 0
        self._analyser = self._engine()
        self._closed: tuple[Event, ...] = ()

    @property
    def part(self) -> Part:
        """The part that the last pose belonged to."""
        return self._parts[self._at]

    def update(self, pose: Pose) -> Update:
        """Take the next pose (times must rise) and tell what is known now."""
        while pose.t >= self.part.end_s:
            self._at, self._piece = self._at + 1, 0
            self._analyser = self._engine()
        while pose.t >= self.part.pieces[self._piece].end_s:
            self._turn()
        update = self._analyser.update(pose)
        closed, self._closed = self._closed, ()
        return replace(update, events=(*closed, *update.events)) if closed else update

    def _turn(self) -> None:
        self._piece += 1
        piece = self.part.pieces[self._piece]
        self._closed += self._analyser.turn(piece.calibration, cut=piece.cut)

    def finish(self) -> Outcome:
        """The clip is over: the outcome of its last part."""
        return self._analyser.finish()

    def _engine(self) -> Analyser:
        return Analyser(self.part.exercise, self.part.pieces[0].calibration, self._size)
