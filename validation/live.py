"""The same poses live, one by one, as when they were recorded: where both say the same, and where not.

`python -m validation.live [SET ...]` plays saved poses of labelled inputs, and `drawn` figures, both ways. Of
poses that were not looked at in every frame live has only those that were; ``--poses`` takes others.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from formcheck.engine.parts import judge_parts, parts_of_takes
from formcheck.engine.recording import judge_recording
from formcheck.exercises import Exercise, find_exercise
from formcheck.live.session import LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.pose.store import load_poses
from formcheck.types import AttemptFinished, PoseSequence, Session, StateChanged
from formcheck.types.set_summary import SetSummary
from sample_videos.drawn import EXERCISES, motion
from validation.labels import KEPT
from validation.manifests import labelled
from validation.score import HOLD_S

#: What is asked about where nothing is named.
SETS = ("clips", "clips2", "sample_videos", "trials", "drawn")
#: What began no later than this before "go" is live's too, seconds: the rest before a repetition is short.
_BEGUN_S = 0.35
#: Steps a minute are the same within this share.
_CADENCE = 0.02


@dataclass(frozen=True, slots=True)
class LiveRun:
    """A clip played to a live session.

    Attributes
    ----------
    go_s : when counting began; None if never.
    before : attempts reported before that.
    summary : of its one set; None without.
    judged : that set, judged again from its saved poses.
    again : whether that gives the same attempts, faults and seconds as were reported.
    """

    go_s: float | None
    before: int
    summary: SetSummary | None = None
    judged: Session | None = None
    again: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """An input both ways."""

    name: str
    recorded: Session
    run: LiveRun

    @property
    def agreed(self) -> dict[str, bool]:
        """Per question whether live says the same as the recording does of what came after "go"."""
        live, go_s, recorded = self.run.judged, self.run.go_s, self.recorded
        if live is None or go_s is None:
            return {}
        answers = {level: _faults(recorded, level, go_s) == _faults(live, level, go_s) for level in _LEVELS}
        if recorded.summary.hold_s is not None:
            return answers | {"seconds held": abs(_held(recorded, go_s) - _held(live, go_s)) <= HOLD_S}
        if recorded.gait is not None:
            return answers | {"cadence": _same_cadence(recorded, live)}
        reps = [r for r in recorded.reps if r.start_s >= go_s - _BEGUN_S]
        counted = [sum(r.counted for r in some) for some in (reps, live.reps)]
        return answers | {"attempts": len(reps) == len(live.reps), "repetitions": counted[0] == counted[1]}


_LEVELS = {"errors": ("error",), "faults": ("warn", "error")}


def _faults(session: Session, level: str, since_s: float) -> set[str]:
    """Those of a level that lasted beyond a moment."""
    return {
        fault.id
        for fault in session.faults
        if fault.level in _LEVELS[level] and max((end for _, end in fault.spans), default=since_s) >= since_s
    }


def _held(session: Session, since_s: float) -> float:
    """Seconds held since then, breaks being spread evenly."""
    shares = ((h.end_s - max(h.start_s, since_s)) / (h.end_s - h.start_s) * h.total_s for h in session.holds)
    return sum(max(0.0, share) for share in shares)


def _same_cadence(recorded: Session, live: Session) -> bool:
    a, b = (session.gait.cadence_spm if session.gait else None for session in (recorded, live))
    return a == b if a is None or b is None else abs(b - a) <= _CADENCE * a


def live(poses: PoseSequence, exercise: Exercise) -> LiveRun:
    """Play a clip to a live session: one open-ended set, without a countdown, as a clip does not listen.

    Only the frames that a model looked at: a camera gives no others.
    """
    poses = poses.only(poses.looked > 0)
    session = LiveSession(
        Workout((Task(exercise, sets=1, reps=None, seconds=None),)),
        (poses.width_px, poses.height_px),
        countdown_s=0,
        model=poses.model,
    )
    updates = [session.step(pose) for pose in poses]
    last = session.finish()
    events = [event for update in (*updates, *([last] if last else [])) for event in update.events]
    going = (e.t for e in events if isinstance(e, StateChanged) and e.state == "exercising")
    go_s = next(going, None)
    attempts = [e for e in events if isinstance(e, AttemptFinished)]
    before = sum(go_s is None or e.told_t < go_s for e in attempts)
    if not session.sets:
        return LiveRun(go_s, before)
    kept = replace(poses, takes=tuple(session.takes))
    judged, (summary,) = judge_parts(kept, parts_of_takes(kept, {exercise.id: exercise})), session.sets
    return LiveRun(go_s, before, summary, judged, _again(judged, attempts, summary))


def _again(judged: Session, attempts: Sequence[AttemptFinished], summary: SetSummary) -> bool:
    same = [(r.n, r.side, r.counted, r.reason) for r in judged.reps]
    live_attempts = [(a.n, a.side, a.counted, a.reason) for a in attempts]
    faults = judged.faults[: len(summary.faults)]
    return same == live_attempts and faults == summary.faults and judged.summary.hold_s == summary.hold_s


def table(found: Sequence[tuple[str, Session, LiveRun]]) -> list[str]:
    """Clips by name, what the recording was judged to be, and what was reported live."""
    compared = [Compared(*one) for one in found]
    return [
        "| clip | exercise | go at | live | recorded | faults live | faults recorded | reported again |",
        "|---|---|---|---|---|---|---|---|",
        *map(_line, compared),
        "",
        *sums(compared),
    ]


def sums(compared: Sequence[Compared]) -> list[str]:
    """In how many live and the recording agree, by question."""
    began = [one for one in compared if one.run.judged is not None]
    answers = [answer for one in began for answer in one.agreed.items()]
    lines = []
    for question in dict.fromkeys(question for question, _ in answers):
        same = [agreed for asked, agreed in answers if asked == question]
        lines.append(f"The same {question} live from go on: {sum(same)} of {len(same)}.")
    return [
        *lines,
        f"Live never began on {len(compared) - len(began)} of {len(compared)}.",
        f"Attempts reported before it began: {sum(one.run.before for one in compared)}.",
        f"The same from the saved poses on {sum(one.run.again for one in compared)} of {len(compared)}.",
    ]


def _line(one: Compared) -> str:
    run, session, summary = one.run, one.recorded, one.run.summary
    go = "never" if run.go_s is None else f"{run.go_s:.1f} s"
    recorded = _count(session.summary.attempts, session.summary.reps, session.summary.hold_s)
    now = _count(summary.attempts, summary.reps, summary.hold_s) if summary else "nothing"
    heard = ", ".join(f.id for f in summary.faults) if summary else ""
    seen = ", ".join(f.id for f in session.faults)
    again = "yes" if run.again else "no"
    return (
        f"| {one.name} | {session.exercise.id} | {go} | {now} | {recorded} "
        f"| {heard or 'none'} | {seen or 'none'} | {again} |"
    )


def _count(attempts: int, reps: int, hold_s: float | None) -> str:
    return f"{reps} of {attempts}" if hold_s is None else f"{hold_s:.1f} s"


def _inputs(sets: Iterable[str], poses: str = "poses") -> Iterator[tuple[str, PoseSequence, Exercise]]:
    """The labelled inputs of some sets whose exercise the catalogue has, and figures."""
    for one in labelled(KEPT / poses):
        if one.set in sets and one.label.named is not None:
            yield one.name, load_poses(one.poses), find_exercise(one.label.named)
    for name in EXERCISES if "drawn" in sets else ():
        exercise = find_exercise(name)
        view = exercise.camera.views[0]
        yield f"drawn/{name}", motion(name, view=view, lead_s=1.5, sway=1.0, noise=0.005).poses, exercise


def main(words: Sequence[str]) -> int:
    """Print where they disagree, and in how many they agree."""
    parser = ArgumentParser(prog="python -m validation.live", description=__doc__)
    parser.add_argument("sets", nargs="*", help=f"of {', '.join(SETS)}; all by default")
    parser.add_argument("--poses", default="poses", help="which poses of pictures, under validation/.same")
    given = parser.parse_args(words)
    found = [
        Compared(name, judge_recording(poses, exercise), live(poses, exercise))
        for name, poses, exercise in _inputs(given.sets or SETS, given.poses)
    ]
    for one in found:
        apart = [question for question, agreed in one.agreed.items() if not agreed]
        if apart or one.run.judged is None:
            sys.stdout.write(f"{_line(one)} {', '.join(apart)}\n")
    for name in dict.fromkeys(one.name.partition("/")[0] for one in found):
        here = [one for one in found if one.name.partition("/")[0] == name]
        sys.stdout.write("\n".join(["", f"{name}:", *sums(here), ""]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
