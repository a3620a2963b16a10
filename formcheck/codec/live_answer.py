"""What the live page is answered: plain JSON, finite numbers or null."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, NotRequired, TypedDict

from pydantic import TypeAdapter
from pydantic_core import CoreSchema
from pydantic_core import core_schema as cs

from formcheck.codec.form import Form
from formcheck.codec.schema import Fields, adapter_of, fields_of, parts_of, schema_of, taker, written
from formcheck.types.event import ActiveFault
from formcheck.types.live_update import LiveUpdate
from formcheck.types.pose import Pose
from formcheck.types.session import Fault
from formcheck.types.set_summary import SetSummary

_DECIMALS: dict[type, dict[str, int]] = {
    LiveUpdate: {"hold_s": 2, "cadence_spm": 1, "progress": 3, "seconds_left": 2},
    SetSummary: {"hold_s": 1, "clean_hold_s": 1, "cadence_spm": 0, "coverage": 2},
}
_OF_FAULT = frozenset({"id", "cue", "why", "level"})

FORM = Form(
    decimals=lambda kind, name, _: _DECIMALS.get(kind, {}).get(name),
    left_out={
        LiveUpdate: frozenset({"t", "pose", "tempo", "events"}),
        ActiveFault: frozenset({"safety", "about"}),
        Fault: frozenset(parts_of(Fault, Form())) - _OF_FAULT,
    },
)


@dataclass(frozen=True, slots=True)
class LiveAnswer:
    """The answer to one pose of a live client.

    Attributes
    ----------
    t : the client's own time of it, seconds.
    update : what is known now.
    dropped : poses that were left out so far, as newer ones came while they waited.
    pose : sent back only to a page that cannot find poses itself; None otherwise.

    The last one of a session tells in ``saved`` where its report is; None if nothing was kept.
    """

    t: float
    update: LiveUpdate
    dropped: int
    pose: Pose | None = None


class Hello(TypedDict):
    """The first message: ``hello`` is the token to come back with, ``latest`` the newest answer so far."""

    hello: str
    resumed: bool
    latest: dict[str, Any] | None


class Trouble(TypedDict):
    """What is wrong, in words for who exercises; ``over`` if the session is."""

    error: str
    over: NotRequired[bool]


def answer_to_dict(answer: LiveAnswer) -> dict[str, Any]:
    """The answer as plain data."""
    data: dict[str, Any] = document().dump_python(answer, mode="json")
    return data


@cache
def document() -> TypeAdapter[Any]:
    """The adapter of an answer, which is only written."""
    return adapter_of(_answer())


def answers() -> TypeAdapter[Any]:
    """Describes all that a client hears: a `Hello`, then an answer or a `Trouble` to each of its messages."""
    word, yes = schema_of(str), schema_of(bool)
    hello = _message(Hello, hello=word, resumed=yes, latest=cs.nullable_schema(_answer()))
    return adapter_of(cs.union_schema([hello, _answer(), _message(Trouble, error=word, over=yes)]))


def _message(kind: Any, **parts: CoreSchema) -> CoreSchema:
    must = kind.__required_keys__
    fields = {name: cs.typed_dict_field(part, required=name in must) for name, part in parts.items()}
    return cs.typed_dict_schema(fields, cls=kind)


def _answer() -> CoreSchema:
    point = cs.tuple_schema([schema_of(float)] * 3)
    points = cs.nullable_schema(cs.tuple_schema([point], variadic_item_index=0))
    fields: Fields = {
        "t": cs.typed_dict_field(schema_of(float)),
        **fields_of(LiveUpdate, FORM, written=True),
        "pose": cs.typed_dict_field(points, required=False),
        "dropped": cs.typed_dict_field(schema_of(int)),
        "saved": cs.typed_dict_field(schema_of(str | None), required=False),
    }
    return cs.any_schema(serialization=written(fields, _taker(), LiveAnswer))


def _taker() -> Callable[[LiveAnswer], dict[str, Any]]:
    take = taker(LiveUpdate, FORM)

    def take_answer(answer: LiveAnswer) -> dict[str, Any]:
        pose = {} if answer.pose is None else {"pose": _points(answer.pose)}
        return {"t": answer.t, **take(answer.update), **pose, "dropped": answer.dropped}

    return take_answer


def _points(pose: Pose) -> tuple[tuple[float, float, float], ...] | None:
    """(x, y, visibility) of each landmark, pixels; None if nobody was found."""
    if not pose.found:
        return None
    rows = zip(pose.image.tolist(), pose.visibility.tolist(), strict=True)
    return tuple((round(x, 1), round(y, 1), round(seen, 2)) for (x, y), seen in rows)
