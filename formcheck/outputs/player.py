"""What a page with a player says of a session: its moments as marks to jump to, its faults in words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from formcheck.exercises import catalog
from formcheck.outputs import words
from formcheck.outputs.page import page, score_tile
from formcheck.outputs.run_page import run_page
from formcheck.outputs.run_sentences import priority
from formcheck.outputs.run_units import Units
from formcheck.outputs.verdict import happened, hidden
from formcheck.types import Check, Fault, Rep, Session

#: A fault seen more often than this is shown by so many buttons; the marks under the player show all.
MOST_JUMPS = 6


@dataclass(frozen=True, slots=True)
class Moment:
    """A part of the clip in its own seconds; ``text`` stands on it, ``label`` says it whole."""

    start_s: float
    end_s: float
    text: str
    label: str
    level: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    """Moments of one kind, in the order of time; ``level`` is that of a fault, else empty."""

    name: str
    moments: tuple[Moment, ...]
    level: str = ""


@dataclass(frozen=True, slots=True)
class MarkedFinding:
    """A fault in words: its number, the limit it is held against, how often and when, where to look."""

    fault: Fault
    value: str
    limit: str
    often: str
    worst_at: str
    jumps: tuple[Moment, ...]


def player(session: Session) -> dict[str, Any]:
    """Everything that the page of one video needs, by name; times are those of the annotated clip.

    The session may be one that was read back: names of its checks come from the catalog then.
    """
    session = replace(session, checks=tuple(_named(session)), traces=())
    shown = page(session, None, {}) if session.gait is None else run_page(session, None, {})
    names = ("verdict", "sides", "tiles", "capture")
    return {
        **{name: shown[name] for name in names},
        "hidden": hidden(session.checks),
        "lanes": lanes(session),
        "findings": findings(session),
        "no_faults": _no_faults(session),
        "trust": words.status(session.exercise.status),
        "length_s": session.source.duration_s,
        "width": session.source.width_px,
        "height": session.source.height_px,
    }


def lanes(session: Session) -> list[Lane]:
    """Parts of the clip, repetitions or holds, then one lane for each fault, worst first."""
    parts = [_moment(s.start_s, s.end_s, s.exercise.name, s.exercise.name) for s in session.sections or ()]
    holds = [
        _moment(h.start_s, h.end_s, words.duration(h.total_s), f"Held for {words.duration(h.total_s)}")
        for h in session.holds
    ]
    first = [
        Lane("Parts of the clip", tuple(parts)),
        Lane("Repetitions", tuple(map(_rep, session.reps))),
        Lane("Holds", tuple(holds)),
    ]
    faults = [Lane(fault.cue, tuple(_spans(fault)), fault.level) for fault in session.faults]
    return [lane for lane in (*first, *faults) if lane.moments]


def findings(session: Session) -> list[MarkedFinding]:
    """The faults, worst first, in the words of the report."""
    if session.gait is not None:
        units = Units(session.height_m)
        found = [priority(fault, session, units) for fault in session.faults]
        return [_finding(p.fault, p.value, p.wanted, f"{p.often} {p.sure}".strip()) for p in found]
    return [
        _finding(f["fault"], f["value"], f["judged"], f"Seen {f['often']}.")
        for f in page(session, None, {})["faults"]
    ]


def _finding(fault: Fault, value: str, limit: str, often: str) -> MarkedFinding:
    at, clock = fault.worst.t_s, words.clock(fault.worst.t_s)
    worst = Moment(at, at, f"Worst, {clock}", f"{fault.cue}: the worst moment, at {clock}")
    others = [m for m in _spans(fault) if not m.start_s <= at <= m.end_s]
    return MarkedFinding(fault, value, limit, often, clock, (worst, *others[: MOST_JUMPS - 1]))


def _rep(rep: Rep) -> Moment:
    side = f" {rep.side}" if rep.side in {"left", "right"} else ""
    if not rep.counted:
        label = f"Attempt {rep.n}{side}, not counted: {words.not_counted(rep.reason)}"
        return _moment(rep.start_s, rep.end_s, f"({rep.n})", label, "missed")
    score = "" if rep.score is None else f", score {rep.score}"
    return _moment(rep.start_s, rep.end_s, str(rep.n), f"Repetition {rep.n}{side}{score}")


def _spans(fault: Fault) -> Iterable[Moment]:
    return (_moment(a, b, words.clock(a), fault.cue, fault.level) for a, b in sorted(fault.spans))


def _moment(start_s: float, end_s: float, text: str, label: str, level: str = "") -> Moment:
    return Moment(start_s, end_s, text, f"{label}, at {words.clock(start_s)}", level)


def _named(session: Session) -> Iterable[Check]:
    known = catalog().get(session.exercise.id)
    looks_at = {} if known is None else {i: limited for i, limited, _, _ in reversed(known.limits())}
    for check in session.checks:
        limited = looks_at.get(check.id)
        if known is None or limited is None:
            yield check
        else:
            what = check.what or words.short(limited.what)
            yield replace(check, what=what, measure=known.name_of(limited))


def _no_faults(session: Session) -> str:
    """Why there is no fault to show."""
    if not happened(session) or score_tile(session).value == "–":
        return "Nothing was found that could be judged."
    return "None was seen."
