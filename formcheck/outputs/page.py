"""What the report says, in its order; the template only sets it."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from formcheck.messages import sentence
from formcheck.outputs import words
from formcheck.outputs.guide.phrases import in_words, listed
from formcheck.outputs.verdict import (
    check_name,
    counted,
    counted_only,
    fine,
    happened,
    hidden,
    score_details,
    score_name,
    section_done,
    sides,
    verdict,
)
from formcheck.signals.registry import SIGNALS
from formcheck.types import Fault, Grounds, Rep, Section, Session, Trace


@dataclass(frozen=True, slots=True)
class Tile:
    """A number worth a glance, and the words beneath it."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """A drawing (markup made here; None if nothing was seen), its heading, and in words what it shows."""

    title: str
    unit: str
    svg: str | None
    alt: str


def page(session: Session, created: str | None, evidence: Mapping[str, bytes]) -> dict[str, Any]:
    """Everything that the template of repetitions and holds needs, by name."""
    names = {check.id: check_name(check) for check in session.checks}
    faulty = {fault.id for fault in session.faults}
    drawn = {trace.id: _plot(trace, session) for trace in session.traces}
    shown = [i for i in drawn if i == "cycle"] or [i for i in drawn if i not in faulty][:1]
    return {
        **frame(session, created),
        "tiles": tiles(session),
        "faults": [_fault(fault, session, evidence, drawn.get(fault.id)) for fault in session.faults],
        "fine": fine(session.checks),
        "hidden": hidden(session.checks),
        "reps": [_rep(rep, session.faults, names) for rep in session.reps],
        "sided": any(rep.side in {"left", "right"} for rep in session.reps),
        "range_in": next((words.scale(r.rom.unit) for r in session.reps if r.rom), ""),
        "holds": session.holds,
        "plots": [drawn[i] for i in shown],
        "other_plots": [drawn[i] for i in drawn if i not in faulty and i not in shown],
    }


def frame(session: Session, created: str | None) -> dict[str, Any]:
    """What every page has: its head and foot, the parts of the clip, how to film it better."""
    return {
        "session": session,
        "day": _day(created),
        "facts": _facts(session, created),
        "verdict": verdict(session),
        "counted": counted(session),
        "sides": sides(session),
        "sections": [_section(part) for part in session.sections or ()],
        "not_judged": session.not_judged,
        "capture": [sentence(tip.advice) for tip in session.capture],
        "words": words,
    }


def tiles(session: Session) -> list[Tile]:
    """The numbers at the top: what was done, how much of it well, and the score with its coverage."""
    s = session.summary
    out = []
    if s.hold_s is not None:
        out.append(Tile(words.duration(s.hold_s), "held"))
        if s.clean_hold_s is not None:
            out.append(Tile(words.duration(s.clean_hold_s), "without a clear fault"))
    else:
        out.append(Tile(str(s.reps), "full repetitions", f"of {words.count(s.attempts, 'attempt')}"))
        if s.score is not None:
            out.append(Tile(str(s.good_reps), "good repetitions", "score 80 or more, no clear fault"))
    return [*out, score_tile(session)]


def score_tile(session: Session) -> Tile:
    """The score never stands without how much of the form was seen."""
    s = session.summary
    seen = sum(check.verdict != "not_assessable" for check in session.checks)
    coverage = f"{seen} of {words.count(len(session.checks), 'check')} visible"
    name = score_name(session)
    if s.score is not None:
        return Tile(str(s.score), f"{name} out of 100", "; ".join([*score_details(session), coverage]))
    if not happened(session):
        return Tile("–", f"no {name}", "nothing to judge")
    if counted_only(session):
        return Tile("–", f"no {name}", "this exercise is only counted")
    return Tile("–", f"no {name}", f"too little was seen: {coverage}")


def _fault(
    fault: Fault, session: Session, evidence: Mapping[str, bytes], drawn: Plot | None
) -> dict[str, Any]:
    worst = fault.worst
    value, judged = words.judged(worst.value, worst.limit, worst.unit, fault.level)
    line = words.judged_line(worst.value, worst.limit, worst.unit, fault.level)
    return {
        "fault": fault,
        "value": value,
        "judged": judged,
        "worst_at": words.clock(worst.t_s),
        "often": _often(fault, session),
        "when": words.moments(fault.spans),
        "picture": picture(fault, evidence),
        "alt": f"The person at {words.clock(worst.t_s)}, the worst moment, the joints marked. "
        f"Measured {line}.",
        "plot": drawn,
    }


def picture(fault: Fault, evidence: Mapping[str, bytes]) -> str | None:
    """The JPEG of a fault as text; None without one: no picture shows how quick something was."""
    jpeg = evidence.get(fault.id) if fault.worst.unit != "s" else None
    return base64.b64encode(jpeg).decode() if jpeg else None


def _often(fault: Fault, session: Session) -> str:
    if session.holds:
        return f"for {words.duration(sum(b - a for a, b in fault.spans))} in all"
    if session.reps:
        return f"in {fault.count} of {words.count(len(session.reps), 'attempt')}"
    return words.count(fault.count, "time")


def _rep(rep: Rep, faults: Sequence[Fault], names: Mapping[str, str]) -> dict[str, Any]:
    cues = {fault.id: fault.cue for fault in faults}
    broken = [f.check for f in rep.findings if f.verdict in {"warn", "error"}]
    tempo = rep.tempo
    return {
        "rep": rep,
        "when": f"{words.clock(rep.start_s)}–{words.clock(rep.end_s)}",
        "why": words.not_counted(rep.reason),
        "rom": words.quantity(rep.rom.value, rep.rom.unit, brief=True) if rep.rom else "–",
        "tempo": " · ".join(words.number(x, 1) for x in (tempo.up_s, tempo.hold_s, tempo.down_s))
        if tempo
        else "–",
        "notes": [cues.get(check) or names.get(check) or words.plain(check) for check in broken],
    }


def _section(part: Section) -> dict[str, Any]:
    s = part.summary
    return {
        "name": part.exercise.name,
        "when": f"{words.clock(part.start_s)}–{words.clock(part.end_s)}",
        "done": section_done(part),
        "score": "–" if s.score is None else str(s.score),
        "faults": [fault.cue for fault in part.faults],
    }


def _plot(trace: Trace, session: Session) -> Plot:
    from formcheck.outputs import plots  # noqa: PLC0415  matplotlib is slow to wake, and a run needs none

    fault = next((f for f in session.faults if f.id == trace.id), None)
    title = words.sentence(words.short(trace.what) or words.plain(trace.id))
    drawn = plots.plot(trace, session.reps, fault) if np.isfinite(trace.value).any() else None
    return Plot(title, words.scale(trace.unit), drawn, _alt(trace, fault))


def _alt(trace: Trace, fault: Fault | None) -> str:
    seen = trace.value[np.isfinite(trace.value)]
    if not len(seen):
        return "Could not be seen in this clip."
    low, high = (words.quantity(float(x), trace.unit) for x in (seen.min(), seen.max()))
    line = f"Between {low} and {high} over the clip."
    if fault is not None:
        line += f" Beyond the limit at {words.moments(fault.spans)}."
    return line


def _day(created: str | None) -> str:
    try:
        when = datetime.fromisoformat(created or "")
    except ValueError:
        return created or ""
    return f"{when.day} {when:%B %Y}, {when:%H:%M}"


def _facts(session: Session, created: str | None) -> list[tuple[str, str]]:
    src, exercise = session.source, session.exercise
    rate = f"{src.fps:.2f} pictures a second" if src.fps else words.count(src.frames, "picture")
    chosen = "chosen by the user"
    if exercise.chosen_by == "recognised":
        sure = "" if exercise.confidence is None else f", {exercise.confidence:.0%} sure"
        chosen = f"recognised from the movement{sure}"
    return [
        ("Clip", f"{src.name}, {words.duration(src.duration_s)}"),
        ("Picture", f"{src.width_px} × {src.height_px} pixels, {rate}"),
        ("Person found", f"in {src.frames_with_pose} of {words.count(src.frames, 'picture')}"),
        ("View", _view(session)),
        ("Exercise", f"{exercise.name} ({exercise.id}), {chosen}"),
        *_grounds(exercise.grounds),
        ("Limits", f"{exercise.status}, {exercise.digest[:12]}"),
        ("Pose model", f"{session.model.name}, {session.model.sha256[:12]}"),
        ("Clip's fingerprint", (src.sha256 or "none")[:12]),
        ("Made by", f"formcheck {session.formcheck}" + (f", {_day(created)}" if created else "")),
    ]


def _grounds(why: Grounds | None) -> list[tuple[str, str]]:
    """What spoke for an exercise that was recognised, and against it, in words for signals."""
    if why is None:
        return []
    both = ((why.speak_for, "for it"), (why.speak_against, "against it"))
    said = [f"{side}: {listed(in_words(SIGNALS[s].doc) for s in names)}" for names, side in both if names]
    return [("Signals that spoke", "; ".join(said) or "none above all others")]


def _view(session: Session) -> str:
    line = words.sentence(words.view(session.view.name))
    if session.view.near_side:
        line += f", {session.view.near_side} side near the camera"
    return line
