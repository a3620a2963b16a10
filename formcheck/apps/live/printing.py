"""A live session in a terminal: a line for what happens, and a table of the sets at the end."""

from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table

from formcheck.apps.cli.terminal import Console, escape
from formcheck.messages import sentence
from formcheck.types import AttemptFinished, Event, Lost, RepFinished
from formcheck.types.event import SetFinished, StateChanged
from formcheck.types.live_update import LiveUpdate
from formcheck.types.reason import Reason
from formcheck.types.set_summary import SetSummary

_STATES = {
    "searching": "looking for a person",
    "setting_up": "setting up",
    "ready": "start pose",
    "countdown": "countdown",
    "exercising": "go",
    "paused": "paused",
    "set_done": "set done",
    "resting": "rest",
    "finished": "finished",
}


class EventPrinter:
    """Writes a line for every change of state, attempt and cue."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._cue: tuple[str, str] | None = None
        self._instruction: Reason | None = None

    def __call__(self, update: LiveUpdate) -> None:
        """Print what is new with this update."""
        for line in (*_happened(update.events), *self._advice(update)):
            self._console.print(f"{update.t:7.1f} s  {escape(line)}", highlight=False, soft_wrap=True)

    def _advice(self, update: LiveUpdate) -> Iterator[str]:
        cue = (update.cue.id, update.cue.level) if update.cue else None
        if update.cue and cue != self._cue:
            yield f"{'mended' if update.cue.level == 'praise' else 'cue'}: {sentence(update.cue.text)}"
        if update.instruction and update.instruction != self._instruction:
            yield f"to do: {sentence(update.instruction)}"
        self._cue, self._instruction = cue, update.instruction


def _happened(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        match event:
            case StateChanged():
                yield _STATES.get(event.state, event.state)
            case AttemptFinished(counted=False):
                yield f"attempt {event.n}{_side(event.side)}: not counted ({event.reason or 'unknown'})"
            case RepFinished():
                score = "" if event.score is None else f", score {event.score}"
                yield f"repetition {event.n}{_side(event.side)}{score}"
            case SetFinished(summary=SetSummary() as summary):
                yield f"set {summary.n} of {summary.of}: {done(summary)}"
            case Lost():
                yield f"lost: {sentence(event.reason)}"


def _side(side: str) -> str:
    return f" {side}" if side in {"left", "right"} else ""


def done(done: SetSummary) -> str:
    """What a set came to, in a few words."""
    if done.hold_s is not None:
        return f"{done.hold_s:.0f} s held"
    if done.cadence_spm is not None:
        return f"{done.cadence_spm:.0f} steps a minute"
    return f"{done.good_reps} good of {done.attempts}"


def print_sets(sets: Sequence[SetSummary], console: Console) -> None:
    """A table with a line for each set that was done."""
    if not sets:
        console.print("No set was begun.", highlight=False)
        return
    sided = any(one.left is not None for one in sets)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in (
        "exercise",
        "set",
        "done",
        "counted",
        *(["left/right"] if sided else []),
        "score",
        "seen",
    ):
        table.add_column(heading)
    table.add_column("to mend")
    for one in sets:
        table.add_row(
            escape(one.exercise),
            f"{one.n} of {one.of}{f' {one.side}' if one.side else ''}",
            done(one),
            str(one.reps) if one.attempts else "",
            *([f"{one.left or 0}/{one.right or 0}"] if sided else []),
            "–" if one.score is None else str(one.score),
            f"{one.coverage:.0%}",
            escape(", ".join(fault.cue for fault in one.faults)),
        )
    console.print(table)
