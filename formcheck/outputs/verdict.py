"""The whole result in one plain sentence or two, and the checks in words."""

from collections import Counter
from collections.abc import Iterable, Sequence

from formcheck.messages import sentence
from formcheck.outputs import words
from formcheck.types import Check, Reason, Section, Session
from formcheck.types.kind import is_gait, is_hold

_MOST_CUES = 3
#: With less of what is scored seen, nothing is called well done without saying so. Judgement.
_ALL_SEEN = 0.85
#: What the three parts of a score are called, by what was done.
_PARTS = {
    "reps": ("form", "range", "tempo"),
    "hold": ("form", "kept", "steadiness"),
    "gait": ("form", "stride", "rhythm"),
}


def verdict(session: Session) -> str:
    """What happened, how well, and what to work on first; never more than was seen."""
    opening = _whathappened(session)
    judged = [check for check in session.checks if check.verdict != "not_assessable"]
    if not happened(session) or (session.gait and session.gait.kind == "walk"):
        return opening
    if not judged:
        return f"{opening} {_nothing_judged(session)}"
    if session.faults:
        return f"{opening} {_todo(session)}"
    if counted_only(session):
        return f"{opening} This exercise is only counted; its form is not judged."
    unseen = len(session.checks) - len(judged)
    rest = f"; {words.count(unseen, 'check')} could not be judged" if unseen else ""
    return f"{opening} No fault was seen{rest}."


def _todo(session: Session) -> str:
    """A clear fault comes first and alone; warnings are small things."""
    cues = list(dict.fromkeys(f"“{fault.cue.rstrip('.')}”" for fault in session.faults))
    if session.faults[0].level == "error":
        return f"Work on this first: {cues[0]}."
    if len(cues) == 1:
        return f"One small thing: {cues[0]}."
    return f"Small things to watch: {', '.join(cues[:_MOST_CUES])}."


def happened(session: Session) -> bool:
    """Whether there was any attempt, hold or run at all."""
    s = session.summary
    return bool(s.attempts or s.hold_s or (session.gait and session.gait.steps))


def counted_only(session: Session) -> bool:
    """Whether the exercise has no checks of form: repetitions are counted and nothing is scored."""
    return happened(session) and all(check.id == "partial_range" for check in session.checks)


def section_done(part: Section | Session) -> str:
    """What was done in a clip or one part of it: repetitions, seconds held, or steps a minute."""
    s = part.summary
    if part.gait is not None:
        spm = part.gait.cadence_spm
        return f"{spm:.0f} steps a minute" if spm else "no steady rhythm"
    if s.hold_s is not None:
        return f"{words.duration(s.hold_s)} held"
    return f"{s.reps} of {words.count(s.attempts, 'attempt')}"


def counted(session: Session) -> str | None:
    """How sure the count is, in a sentence; None where nothing was counted, or a session does not know."""
    s = session.summary
    if s.count_confidence is None:
        return None
    doubt = "" if s.count_doubt is None else f" ({sentence(s.count_doubt)})"
    return f"The count is {s.count_confidence:.0%} sure{doubt}.".replace("%", " %")


def sides(session: Session) -> str | None:
    """How left and right compare, in a sentence; None where one side did all or neither is known."""
    b = session.balance
    if b is None:
        return None
    sides = f"Left {b.left}, right {b.right} full repetitions"
    if b.range_percent is None or b.time_percent is None:
        return f"{sides}; four of each side would let them be compared."
    if b.verdict == "ok":
        return f"{sides}, without a clear difference."
    if b.weaker is not None:
        less = f"the {b.weaker} side goes {abs(b.range_percent):.0f} % less far"
        return f"{sides}; {less}. Start the next set with it."
    slower = "left" if b.time_percent > 0 else "right"
    return f"{sides}; the {slower} side takes {abs(b.time_percent):.0f} % longer."


def score_name(session: Session) -> str:
    """What the score is called."""
    return "running score" if is_gait(session.exercise.kind) else "score"


def score_details(session: Session) -> list[str]:
    """Where a score may lie and what it is made of, where that is known: "82 to 90", "form 92, range 100"."""
    s, of = session.summary, "reps"
    if s.score is None or s.score_parts is None or s.score_range is None:
        return []
    if s.hold_s is not None or session.gait:
        of = "gait" if session.gait else "hold"
    parts = zip(_PARTS[of], (s.score_parts.form, s.score_parts.range, s.score_parts.tempo), strict=True)
    low, high = s.score_range
    between = [f"{low} to {high} as far as the camera errs"] if low < high else []
    return [*between, ", ".join(f"{name} {points}" for name, points in parts if points is not None)]


def check_name(check: Check) -> str:
    """What a check looks at, in words."""
    return words.sentence(check.what or words.plain(check.id))


def fine(checks: Sequence[Check]) -> list[str]:
    """What was looked at and found well, each once; a measure broken on its other side is not fine."""
    broken = {_measure(check) for check in checks if check.verdict in {"warn", "error"}}
    fine = [check for check in checks if check.verdict == "ok" and _measure(check) not in broken]
    return _once(check_name(check) for check in fine)


def _measure(check: Check) -> str:
    """What both limits of a measure share; a session that was read back does not know."""
    return check.measure or check.id


def _once(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))


def hidden(checks: Sequence[Check]) -> list[tuple[str, list[str]]]:
    """What could not be judged, gathered by why."""
    by_reason: dict[Reason | None, list[str]] = {}
    for check in checks:
        if check.verdict == "not_assessable":
            by_reason.setdefault(check.reason, []).append(check_name(check))
    return [(words.sentence(words.unseen(why)).rstrip("."), _once(names)) for why, names in by_reason.items()]


def _whathappened(session: Session) -> str:
    if session.gait is not None:
        return _gait(session)
    if session.summary.hold_s is not None or is_hold(session.exercise.kind):
        return _hold(session)
    return _reps(session)


def _reps(session: Session) -> str:
    s = session.summary
    if session.exercise.id == "unknown":
        return "The exercise could not be told."
    if s.attempts == 0:
        return "No repetition was found in this clip."
    if s.reps == 0:
        none = {1: "The one attempt was not", 2: "Neither attempt was"}
        return f"{none.get(s.attempts, f'None of the {s.attempts} attempts was')} a full repetition."
    if s.reps < s.attempts:
        were = "was a full repetition" if s.reps == 1 else "were full repetitions"
        counted = f"{s.reps} of {s.attempts} attempts {were}"
    elif s.reps == 1:
        counted = "You did one full repetition"
    else:
        all_of_them = "Both attempts" if s.attempts == 2 else f"All {s.attempts} attempts"
        counted = f"{all_of_them} were full repetitions"
    return counted + _well(session)


def _well(session: Session) -> str:
    s = session.summary
    if s.score is None:
        return "." if counted_only(session) else ", but too little was visible for a score."
    if s.good_reps == s.reps:
        seen = " as far as was seen" if s.coverage < _ALL_SEEN else ""
        return f", done well{seen}." if s.reps == 1 else f", all done well{seen}."
    if s.good_reps == 0:
        return "." if s.reps == 1 else ", none of them quite clean."
    return f"; {s.good_reps} of them {'was' if s.good_reps == 1 else 'were'} done well."


def _hold(session: Session) -> str:
    s = session.summary
    if not s.hold_s:
        return "The position was not held in this clip."
    held = f"You held the position for {words.duration(s.hold_s)}"
    if s.clean_hold_s is None:
        return held + "."
    if s.clean_hold_s >= s.hold_s - 0.05:
        return held + ", all of it without a clear fault."
    return f"{held}, {words.duration(s.clean_hold_s)} of it without a clear fault."


def _gait(session: Session) -> str:
    gait = session.gait
    if gait is None or (gait.cadence_spm is None and gait.kind == "run" and not gait.strides):
        return "No steady running rhythm was found in this clip."
    at = "" if gait.cadence_spm is None else f" at {gait.cadence_spm:.0f} steps a minute"
    if gait.kind == "walk":
        return f"You walked{at}; running was not judged."
    spot = " on the spot" if gait.kind == "on_the_spot" else ""
    return f"You ran{spot}{at}, over {words.count(gait.steps, 'step')}{_without_cadence(session)}."


def _without_cadence(session: Session) -> str:
    if session.gait is None or session.gait.cadence_spm is not None:
        return ""
    if any(tip.id == "slow_motion" for tip in session.capture):
        return "; in slow motion, as it seems, so steps a minute are not given"
    return "; their rhythm was not steady enough to give steps a minute"


def _nothing_judged(session: Session) -> str:
    reasons = Counter(check.reason for check in session.checks if check.reason)
    if not reasons:
        return "Nothing about the form could be judged."
    most = words.unseen(reasons.most_common(1)[0][0]).rstrip(".")
    return f"Nothing about the form could be judged: {most}."
