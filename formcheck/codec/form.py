"""How our types are written in one kind of document: the one place for names, order and rounding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


def _unrounded(kind: type, name: str, unit: str) -> None:
    """No number is rounded."""


@dataclass(frozen=True, slots=True)
class Flattened:
    """A field that a document does not have, but the parts of it, which its owner has as properties.

    Attributes
    ----------
    name : of the field.
    parts : the names that stand in its place, in their order, and the type of each.
    build : takes them out of what was read of the owner, and makes the field's value of them.
    """

    name: str
    parts: Mapping[str, Any]
    build: Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Form:
    """What the JSON of a document has that its types do not say.

    Attributes
    ----------
    decimals : of a number, by the type it belongs to, its field and the type's ``unit``; None is unrounded.
    left_out : fields of a type that are no part of the document.
    last : fields of a type that stand behind all others.
    since : fields that are younger than the schema, and what a document without them means.
    flattened : the field of a type whose parts stand in its place.
    names : of fields that the document, which is only written, calls otherwise.
    tag : key that says which type of several it is; ``tags`` the word for each.
    """

    decimals: Callable[[type, str, str], int | None] = _unrounded
    left_out: Mapping[type, frozenset[str]] = field(default_factory=dict)
    last: Mapping[type, tuple[str, ...]] = field(default_factory=dict)
    since: Mapping[tuple[type, str], str] = field(default_factory=dict)
    flattened: Mapping[type, Flattened] = field(default_factory=dict)
    names: Mapping[tuple[type, str], str] = field(default_factory=dict)
    tag: str = ""
    tags: Mapping[type, str] = field(default_factory=dict)


#: Every field as it stands.
PLAIN = Form()
