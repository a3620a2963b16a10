"""The whole result in one plain sentence or two."""

from collections import Counter

from formcheck.outputs import words
from formcheck.types import Session


def verdict(session: Session) -> str:
    """What happened, how well, and what to work on first; never more than was seen."""
    told = _whathappened(session)
    judged = [check for check in session.checks if check.verdict != "not_assessable"]
    if not happened(session):
        return told
    if not judged:
        return f"{told} {_nothing_judged(session)}"
    if session.faults:
        return f"{told} Work on this first: “{session.faults[0].cue.rstrip('.')}”."
    hidden = len(session.checks) - len(judged)
    rest = f"; {words.count(hidden, 'check')} could not be judged" if hidden else ""
    return f"{told} No fault was seen{rest}."


def happened(session: Session) -> bool:
    """Whether there was any attempt, hold or run at all."""
    s = session.summary
    return bool(s.attempts or s.hold_s or (session.gait and session.gait.steps))


def _whathappened(session: Session) -> str:
    if session.gait is not None:
        return _gait(session)
    if session.summary.hold_s is not None or session.exercise.kind == "hold":
        return _hold(session)
    return _reps(session)


def _reps(session: Session) -> str:
    s = session.summary
    if s.attempts == 0:
        return "No repetition was found in this clip."
    if s.reps == 0:
        which = "The one attempt" if s.attempts == 1 else f"None of the {s.attempts} attempts"
        return f"{which} was {'not ' if s.attempts == 1 else ''}a full repetition."
    if s.reps < s.attempts:
        were = "was a full repetition" if s.reps == 1 else "were full repetitions"
        told = f"{s.reps} of {s.attempts} attempts {were}"
    elif s.reps == 1:
        told = "You did one full repetition"
    else:
        told = f"All {s.attempts} attempts were full repetitions"
    return told + _well(session)


def _well(session: Session) -> str:
    s = session.summary
    if s.score is None:
        return ", but too little was visible for a score."
    if s.good_reps == s.reps:
        return ", done well." if s.reps == 1 else ", all done well."
    if s.good_reps == 0:
        return "." if s.reps == 1 else ", none of them quite clean."
    return f"; {s.good_reps} of them {'was' if s.good_reps == 1 else 'were'} done well."


def _hold(session: Session) -> str:
    s = session.summary
    if not s.hold_s:
        return "The position was not held in this clip."
    told = f"You held the position for {words.duration(s.hold_s)}"
    if s.clean_hold_s is None:
        return told + "."
    if s.clean_hold_s >= s.hold_s - 0.05:
        return told + ", all of it without a clear fault."
    return f"{told}, {words.duration(s.clean_hold_s)} of it without a clear fault."


def _gait(session: Session) -> str:
    gait = session.gait
    if gait is None or gait.cadence_spm is None:
        return "No steady running rhythm was found in this clip."
    return f"You ran at {gait.cadence_spm:.0f} steps a minute, over {words.count(gait.steps, 'step')}."


def _nothing_judged(session: Session) -> str:
    reasons = Counter(words.reason(check.reason) for check in session.checks if check.reason)
    if not reasons:
        return "Nothing about the form could be judged."
    return f"Nothing about the form could be judged: {reasons.most_common(1)[0][0].rstrip('.')}."
