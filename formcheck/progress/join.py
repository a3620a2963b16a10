"""Several clips of one run as one session: each check is known from the clip that shows it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from formcheck.engine.judge.score import SAFETY_CAP
from formcheck.errors import FormcheckError
from formcheck.types.gait import Gait, GaitDrift, Metric
from formcheck.types.reason import Reason
from formcheck.types.result import GaitResult
from formcheck.types.session import Advice, Check, ClipRecord, Fault, Session
from formcheck.types.verdict import RANK, Verdict

#: Clips of one run at one speed differ less in cadence: it is counted within 1 %, and even a tired runner's
#: changes by about 3 % (source apte_2021).
CADENCE_TOLERANCE = 0.05
_SQUARE = ("side", "front", "back")
#: Advice that a clip from the view it asks for makes needless.
_ASKS_FOR = {"turn_side_on": "side", "turn_to_front": "front", "turn_to_back": "back"}


def join(sessions: Sequence[Session]) -> Session:
    """One session of several clips of one run.

    The clip that assessed most checks leads: source, view, cadence and plots are its own; the score is the
    worst clip's. Each check with its fault, and each number, is that of the clip to be believed: one that
    assessed it, from a square view, with the worse verdict, that saw more of it, in this order. Times stay on
    each clip's own clock.

    Raises
    ------
    FormcheckError
        If there are fewer than two, one comes twice, or they are not one run.
    """
    _require_one_run(sessions)
    leader = max(sessions, key=_assessed)
    clips = [leader, *(s for s in sessions if s is not leader)]
    chosen = _checks(clips)
    checks = tuple(check for _, check in chosen.values())
    known = sum(check.verdict != "not_assessable" for check in checks)
    return replace(
        leader,
        summary=replace(leader.summary, score=_score(sessions), coverage=known / max(1, len(checks))),
        result=GaitResult(_gait(clips), leader.mean_stride),
        faults=_faults(sessions, {name: clip for name, (clip, _) in chosen.items()}),
        checks=checks,
        capture=tuple(_advice(sessions)),
        clips=tuple(_record(s) for s in sessions),
    )


def _score(sessions: Sequence[Session]) -> int | None:
    """The worst of the clips: what one view shows is not made good by what another does not see."""
    scores = [s.summary.score for s in sessions if s.summary.score is not None]
    unsafe = any(f.safety and f.level == "error" for s in sessions for f in s.faults)
    return min([*scores, *([SAFETY_CAP] if unsafe else [])]) if scores else None


def _require_one_run(sessions: Sequence[Session]) -> None:
    names = ", ".join(s.source.name for s in sessions)
    if len(sessions) < 2:
        raise FormcheckError(f"{names or 'no clip'}: nothing to join; give two or more clips of one run")
    for a, b in combinations(sessions, 2):
        if a.source.sha256 is not None and a.source.sha256 == b.source.sha256:
            raise FormcheckError(f"{names}: the same clip twice; give clips from different views")
        if a.source.name == b.source.name:
            raise FormcheckError(
                f"{names}: two clips of one name; rename one, so that they can be told apart"
            )
    if len({s.exercise.id for s in sessions}) > 1 or not all(s.gait for s in sessions):
        names_of = ", ".join(s.exercise.name for s in sessions)
        raise FormcheckError(f"{names}: not all of one run ({names_of}); only clips of one run can be joined")
    cadences = [s.gait.cadence_spm for s in sessions if s.gait and s.gait.cadence_spm]
    if cadences and max(cadences) > min(cadences) * (1 + CADENCE_TOLERANCE):
        speeds = " and ".join(f"{spm:.0f}" for spm in (min(cadences), max(cadences)))
        why = f"these do not look like one run at one speed ({speeds} steps a minute)"
        raise FormcheckError(f"{names}: {why}; analyse them one by one")


def _assessed(session: Session) -> int:
    return sum(check.verdict != "not_assessable" for check in session.checks)


def _tells(clip: Session, verdict: Verdict, seen: float) -> tuple[bool, bool, int, float]:
    """Orders what several clips say about one thing; the largest is believed."""
    return verdict != "not_assessable", clip.view.name in _SQUARE, RANK.index(verdict), seen


def _checks(clips: Sequence[Session]) -> dict[str, tuple[Session, Check]]:
    """Of each check the clip that is believed, and what it says."""
    said: dict[str, list[tuple[Session, Check]]] = defaultdict(list)
    for clip in clips:
        for check in clip.checks:
            said[check.id].append((clip, check))
    return {
        name: max(all_, key=lambda cc: _tells(cc[0], cc[1].verdict, cc[1].seen))
        for name, all_ in said.items()
    }


def _faults(sessions: Sequence[Session], shown_by: Mapping[str, Session]) -> tuple[Fault, ...]:
    """The faults of the clips that are believed, sorted as those of one clip."""
    faults = [
        replace(fault, clip=s.source.name) for s in sessions for fault in s.faults if shown_by[fault.id] is s
    ]
    stride = {name for s in sessions if s.gait for name, m in s.gait.metrics.items() if m.part == "stride"}
    return tuple(sorted(faults, key=lambda f: (f.level != "error", f.metric in stride, not f.safety)))


def _gait(clips: Sequence[Session]) -> Gait:
    """The first clip's run with all steps, and each number of the clip that is believed."""
    runs = [(clip, clip.gait) for clip in clips if clip.gait]
    metrics: dict[str, list[tuple[Session, Metric]]] = defaultdict(list)
    drifts: dict[str, list[GaitDrift]] = defaultdict(list)
    for clip, run in runs:
        for name, metric in run.metrics.items():
            metrics[name].append((clip, metric))
        for name, drift in run.drift.items():
            drifts[name].append(drift)
    return replace(
        runs[0][1],
        steps=sum(run.steps for _, run in runs),
        strides=sum(run.strides for _, run in runs),
        metrics={
            name: max(all_, key=lambda cm: _tells(cm[0], cm[1].verdict, cm[1].n))[1]
            for name, all_ in metrics.items()
        },
        drift={name: max(all_, key=lambda drift: drift.clear) for name, all_ in drifts.items()},
    )


def _advice(sessions: Sequence[Session]) -> Iterator[Advice]:
    """What would still let more be judged, each with the clip it is about."""
    views = {s.view.name for s in sessions}
    for s in sessions:
        for tip in s.capture:
            if _ASKS_FOR.get(tip.id) not in views:
                yield Advice(tip.id, Reason("of_clip", clip=s.source.name, reason=tip.advice))


def _record(session: Session) -> ClipRecord:
    gait = session.gait
    cadence, steps = (gait.cadence_spm, gait.steps) if gait else (None, 0)
    return ClipRecord(session.source, session.view, session.summary, cadence, steps, session.conditions)
