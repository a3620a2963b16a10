"""The same poses live, one by one, as when they were recorded: what is reported, and if again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from formcheck.engine.parts import judge_parts, parts_of_takes
from formcheck.exercises import Exercise
from formcheck.live.session import LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.types import AttemptFinished, PoseSequence, Session, StateChanged
from formcheck.types.set_summary import SetSummary


@dataclass(frozen=True, slots=True)
class LiveRun:
    """A clip played to a live session.

    Attributes
    ----------
    go_s : when counting began; None if never.
    before : attempts reported before that.
    summary : of its one set; None without.
    again : whether judging the saved poses gives the same attempts, faults and seconds.
    """

    go_s: float | None
    before: int
    summary: SetSummary | None
    again: bool


def live(poses: PoseSequence, exercise: Exercise) -> LiveRun:
    """Play a clip to a live session: one open-ended set, without a countdown, as a clip does not listen."""
    session = LiveSession(
        Workout((Task(exercise, sets=1, reps=None, seconds=None),)),
        (poses.width_px, poses.height_px),
        countdown_s=0,
    )
    updates = [session.step(pose) for pose in poses]
    last = session.finish()
    events = [event for update in (*updates, *([last] if last else [])) for event in update.events]
    going = (e.t for e in events if isinstance(e, StateChanged) and e.state == "exercising")
    go_s = next(going, None)
    attempts = [e for e in events if isinstance(e, AttemptFinished)]
    before = sum(go_s is None or e.told_t < go_s for e in attempts)
    summary = session.sets[0] if session.sets else None
    return LiveRun(go_s, before, summary, summary is None or _again(poses, session, attempts, exercise))


def _again(
    poses: PoseSequence, session: LiveSession, attempts: Sequence[AttemptFinished], exercise: Exercise
) -> bool:
    kept = replace(poses, takes=tuple(session.takes))
    judged = judge_parts(kept, parts_of_takes(kept, {exercise.id: exercise}))
    summary = session.sets[0]
    same = [(r.n, r.side, r.counted, r.reason) for r in judged.reps]
    live_attempts = [(a.n, a.side, a.counted, a.reason) for a in attempts]
    faults = judged.faults[: len(summary.faults)]
    return same == live_attempts and faults == summary.faults and judged.summary.hold_s == summary.hold_s


def table(found: Sequence[tuple[str, Session, LiveRun]]) -> list[str]:
    """Clips by name, what the recording was judged to be, and what was reported live."""
    lines = [
        "| clip | exercise | go at | live | recorded | faults live | faults recorded | reported again |",
        "|---|---|---|---|---|---|---|---|",
        *(_line(*row) for row in found),
        "",
    ]
    counted = [(s, t) for _, s, t in found if t.summary and s.reps]
    equal = sum(s.summary.attempts == t.summary.attempts for s, t in counted if t.summary)
    return [
        *lines,
        f"Attempts as in the recording on {equal} of {len(counted)} clips that counting began in.",
        f"Attempts reported before it began: {sum(t.before for _, _, t in found)}.",
        f"The same from the saved poses on {sum(t.again for _, _, t in found)} of {len(found)}.",
    ]


def _line(name: str, session: Session, run: LiveRun) -> str:
    go = "never" if run.go_s is None else f"{run.go_s:.1f} s"
    recorded = _count(session.summary.attempts, session.summary.reps, session.summary.hold_s)
    summary = run.summary
    now = _count(summary.attempts, summary.reps, summary.hold_s) if summary else "nothing"
    heard = ", ".join(f.id for f in summary.faults) if summary else ""
    seen = ", ".join(f.id for f in session.faults)
    again = "yes" if run.again else "no"
    return (
        f"| {name} | {session.exercise.id} | {go} | {now} | {recorded} "
        f"| {heard or 'none'} | {seen or 'none'} | {again} |"
    )


def _count(attempts: int, reps: int, hold_s: float | None) -> str:
    return f"{reps} of {attempts}" if hold_s is None else f"{hold_s:.1f} s"
