"""What happened in a live session as JSON: name and times first, numbers to a thousandth."""

from dataclasses import replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from formcheck.codec.form import Form
from formcheck.codec.schema import adapter
from formcheck.types.event import (
    ActiveFault,
    AttemptFinished,
    BlockFinished,
    Event,
    FaultCleared,
    FaultSaid,
    Found,
    Lost,
    RepFinished,
    SetFinished,
    Spoken,
    StateChanged,
    ViewChanged,
)
from formcheck.types.session import Fault

AnyEvent = (
    StateChanged
    | AttemptFinished
    | RepFinished
    | BlockFinished
    | FaultSaid
    | FaultCleared
    | ViewChanged
    | Lost
    | Found
    | SetFinished
    | Spoken
)
_KINDS: tuple[type[Event], ...] = AnyEvent.__args__

FORM = Form(
    decimals=lambda *_: 3,
    left_out={  # they serve the picture and the voice
        AttemptFinished: frozenset({"clean"}),
        BlockFinished: frozenset({"clean"}),
        ActiveFault: frozenset({"joints"}),
        Fault: frozenset({"joints"}),
    },
    tag="event",
    tags={kind: kind.__name__ for kind in _KINDS},
)


def event_to_dict(event: Event, known_t: float | None = None) -> dict[str, Any]:
    """The event as the contract writes it.

    ``known_t`` is when it was known by a real clock, which overrules the event's own unless that is later.
    """
    if known_t is not None:
        event = replace(event, told_t=max(event.told_t, known_t))
    data: dict[str, Any] = document().dump_python(event, mode="json")
    return data


@cache
def document() -> TypeAdapter[Any]:
    """The adapter of one line of events."""
    return adapter(AnyEvent, FORM)
