"""Verdicts: the one frozen result that outputs, store and plan read. `contract.md` names its JSON."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types.pose import Model
from formcheck.types.reason import Reason
from formcheck.types.result import Result, WithResult
from formcheck.types.verdict import Level, Verdict

SCHEMA = "formcheck/session/1"


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """The input. ``fps`` is frames over their own time span, None for fewer than two frames."""

    name: str
    sha256: str | None
    duration_s: float
    fps: float | None
    width_px: int
    height_px: int
    frames: int
    frames_with_pose: int


@dataclass(frozen=True, slots=True)
class Grounds:
    """Signals that spoke most for an exercise that was recognised, and against it; the loudest first."""

    speak_for: tuple[str, ...]
    speak_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExerciseRecord:
    """Which exercise judged the clip, and who chose it. ``digest`` is the sha256 of what judges.

    ``confidence`` 0..1 and ``grounds`` are of what was recognised; None of what a person chose.
    """

    id: str
    name: str
    kind: str
    digest: str
    status: str
    chosen_by: Literal["user", "recognised"] = "user"
    confidence: float | None = None
    grounds: Grounds | None = None


@dataclass(frozen=True, slots=True)
class ViewRecord:
    """How the camera saw the body."""

    name: str
    facing: Literal["left", "right"] | None
    near_side: Literal["left", "right"] | None


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What was earned of each part of a score, 0..100; None where it was not assessed.

    ``form`` of the checks that were seen; ``range`` of a full movement (of a hold, that it was kept; of a
    run, that its strides are usual); ``tempo`` of its times (of a hold steadiness, of a run rhythm).
    """

    form: int | None
    range: int | None
    tempo: int | None


@dataclass(frozen=True, slots=True)
class Summary:
    """The clip in numbers. ``score`` 0..100 or None; ``coverage`` 0..1 the seen share of what is scored.

    ``score_parts`` are what the score is made of, ``score_range`` from and to where it may lie as far as the
    sensor errs; both None without a score.

    ``count_confidence`` is the probability that ``attempts`` is exact, None where none was counted;
    ``count_doubt`` what else it may be and why, None where it is sure.
    """

    attempts: int
    reps: int
    good_reps: int
    hold_s: float | None
    clean_hold_s: float | None
    score: int | None
    coverage: float
    count_confidence: float | None = None
    count_doubt: Reason | None = None
    score_parts: ScoreParts | None = None
    score_range: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst moment of a fault."""

    value: float
    unit: str
    limit: float
    t_s: float


@dataclass(frozen=True, slots=True)
class Fault:
    """A check that was broken: in ``count`` repetitions or blocks, during ``spans`` (seconds).

    ``joints`` are the landmark numbers to mark in a picture; ``evidence`` a path beside the report; ``train``
    the exercises that work on it; ``clip`` the clip it was seen in, where a session joins several; ``metric``
    the number of the run that it is about; ``confidence`` 0..1 the probability that it is there, None
    where nobody measured how far the pose model is off.
    """

    id: str
    cue: str
    why: str
    level: Level
    safety: bool
    count: int
    worst: Worst
    spans: tuple[tuple[float, float], ...]
    joints: tuple[int, ...] = ()
    evidence: str | None = None
    train: tuple[str, ...] = ()
    clip: str | None = None
    metric: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A check's verdict over the whole clip; ``what`` says in words what it looks at."""

    id: str
    verdict: Verdict
    reason: Reason | None
    seen: float
    what: str = ""
    #: Name of the measure or number that it looks at, which its other limit may share.
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of the check of the clip: ``ok``, it ``limits`` what can be said, or ``prevents`` it."""

    id: str
    verdict: Literal["ok", "limits", "prevents"]
    told: Reason


@dataclass(frozen=True, slots=True)
class ClipRecord:
    """One of several clips that a session joins."""

    source: SourceRecord
    view: ViewRecord
    summary: Summary
    cadence_spm: float | None
    steps: int
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """What to do better when filming."""

    id: str
    advice: Reason


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """One signal over the clip, for plots only: not part of session.json.

    Attributes
    ----------
    id, what, unit : check id (or "cycle"), what it looks at in words, unit of ``value``.
    t, value : (T,) seconds and value; NaN where it could not be seen.
    warn, error : (low, high) limits, None where there is none on that side.
    full : for the cycle, the level a repetition has to reach; None otherwise.
    measure : name of the measure or number that is read; empty for the cycle.
    """

    id: str
    what: str
    unit: str
    t: NDArray[np.floating]
    value: NDArray[np.floating]
    warn: tuple[float | None, float | None] = (None, None)
    error: tuple[float | None, float | None] = (None, None)
    full: float | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Section(WithResult):
    """One exercise of a clip that holds several."""

    start_s: float
    end_s: float
    exercise: ExerciseRecord
    view: ViewRecord
    summary: Summary
    result: Result | None
    faults: tuple[Fault, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Session(WithResult):
    """The whole result of one clip.

    ``result`` (in session.json its parts: reps, holds, gait, balance) is what was counted, held or run, None
    where nothing was attempted that could be seen; ``conditions`` are the check of the clip itself;
    ``height_m`` the person's, if given, turns trunk lengths into centimetres; ``clips`` those that were
    joined, None for one. ``traces`` serve the plots, ``not_judged`` (what this exercise can never show to one
    camera) the report; neither is part of session.json, nor are `GaitResult.mean_stride`, `Check.what`,
    `Check.measure` and `Fault.joints`.
    """

    formcheck: str
    source: SourceRecord
    model: Model
    exercise: ExerciseRecord
    view: ViewRecord
    summary: Summary
    result: Result | None = None
    faults: tuple[Fault, ...] = ()
    checks: tuple[Check, ...] = ()
    sections: tuple[Section, ...] | None = None
    capture: tuple[Advice, ...] = ()
    conditions: tuple[Condition, ...] = ()
    height_m: float | None = None
    clips: tuple[ClipRecord, ...] | None = None
    traces: tuple[Trace, ...] = field(default=(), compare=False)
    not_judged: tuple[str, ...] = ()
