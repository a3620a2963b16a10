"""The verdict in a terminal: what a person wants to know before opening the report."""

from formcheck.apps.cli.terminal import Console, escape
from formcheck.apps.finished import Analysis
from formcheck.messages import sentence
from formcheck.outputs import words
from formcheck.outputs.run_sentences import PRIORITIES, Priority, conditions, drift_lines, priority
from formcheck.outputs.run_units import Units
from formcheck.outputs.verdict import (
    counted,
    counted_only,
    score_details,
    score_name,
    section_done,
    sides,
    verdict,
)
from formcheck.types import Fault, Gait, Reason, Session

_MARK = {"warn": "[yellow]![/]", "error": "[red]✗[/]"}
_CLIP_MARK = {"limits": "[yellow]![/]", "prevents": "[red]✗[/]"}


def print_summary(done: Analysis, console: Console) -> None:
    """Print headline, faults, what could not be judged, and where the files are."""
    session = done.session
    console.print(
        f"\n[bold]{escape(session.exercise.name)}[/]{_recognised(session)} · {escape(session.source.name)}",
        highlight=False,
    )
    more = filter(None, [counted(session), sides(session)])
    for line in [*_sections(session), verdict(session), *_numbers(session), *more]:
        console.print(f"  {escape(line)}", highlight=False)
    if session.gait is None:
        _faults(session, console)
    else:
        _run(session, session.gait, console)
    _unseen(session, console)
    for tip in session.capture:
        console.print(f"  [cyan]filming:[/] {escape(sentence(tip.advice))}", highlight=False)
    for file in done.files:
        console.print(f"  [dim]{escape(file)}[/]", highlight=False, soft_wrap=True)


def _faults(session: Session, console: Console) -> None:
    for fault in session.faults:
        worst = fault.worst
        line = words.judged_line(worst.value, worst.limit, worst.unit, fault.level)
        _fault(fault, f"{line}; at {words.moments(fault.spans, 3)}", console)


def _fault(fault: Fault, number: str, console: Console) -> None:
    known = number if fault.confidence is None else f"{number}; {words.sureness(fault.confidence)}"
    console.print(
        f"  {_MARK[fault.level]} [bold]{escape(fault.cue)}[/]: {escape(fault.why)} ({escape(known)})",
        highlight=False,
    )


def _run(session: Session, gait: Gait, console: Console) -> None:
    """What limits the clip, the priorities with their exercises, and what changed as the runner tired."""
    for condition in conditions(session):
        if condition.verdict != "ok":
            line = f"{_CLIP_MARK[condition.verdict]} clip: {escape(sentence(condition.told))}"
            console.print(f"  {line}", highlight=False)
    units = Units(session.height_m)
    found = [priority(fault, session, units) for fault in session.faults]
    for one in found[:PRIORITIES]:
        _priority(one, console)
    if found[PRIORITIES:]:
        also = ", ".join(one.fault.cue for one in found[PRIORITIES:])
        console.print(f"  [dim]also seen:[/] {escape(also)}", highlight=False)
    if gait.kind == "run":
        for line in drift_lines(gait, units):
            console.print(f"  [dim]early against late:[/] {escape(line)}", highlight=False)


def _priority(one: Priority, console: Console) -> None:
    clip = f" of {one.fault.clip}" if one.fault.clip else ""
    when = f"at {words.moments(one.fault.spans, 3)}{clip}"
    _fault(one.fault, f"{one.value} {one.wanted}; {when}", console)
    if one.train:
        console.print(f"    exercises for this: {escape(', '.join(one.train))}", highlight=False)


def _recognised(session: Session) -> str:
    e = session.exercise
    sure = f" ({e.confidence:.0%} sure)" if e.confidence is not None else ""
    return f" [dim]recognised{sure}[/]" if sure else ""


def _sections(session: Session) -> list[str]:
    """One line for each exercise of a clip that holds several; the rest is about the longest."""
    if not session.sections:
        return []
    lines = [
        f"{len(session.sections)} exercises; what follows is about the longest, {session.exercise.name}."
    ]
    for part in session.sections:
        done = section_done(part)
        when = f"{words.clock(part.start_s)}–{words.clock(part.end_s)}"
        lines.append(f"{when} {part.exercise.name}: {done}")
    return lines


def _numbers(session: Session) -> list[str]:
    s = session.summary
    seen = sum(c.verdict != "not_assessable" for c in session.checks)
    name = score_name(session)
    walked = session.gait is not None and session.gait.kind == "walk"
    if session.exercise.id == "unknown" or counted_only(session) or walked:
        return []
    if s.score is None:
        return [f"No {name}: {seen} of {len(session.checks)} checks were visible."]
    details = "; ".join([*score_details(session), f"{seen} of {len(session.checks)} checks visible"])
    return [f"{words.sentence(name)} {s.score} of 100: {details}."]


def _unseen(session: Session, console: Console) -> None:
    reasons: dict[Reason | None, dict[str, None]] = {}  # a dict keeps their order and each once
    for check in session.checks:
        if check.verdict == "not_assessable":
            what = words.short(check.what) or words.plain(check.id)
            reasons.setdefault(check.reason, {})[what[:1].lower() + what[1:]] = None
    for reason, unseen in reasons.items():
        why = f"{'; '.join(unseen)} ({words.unseen(reason)})"
        console.print(f"  [dim]not judged:[/] {escape(why)}", highlight=False)
