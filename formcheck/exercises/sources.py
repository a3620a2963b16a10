"""What limits rest upon: the sources that can be opened, and how each limit names them."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, model_validator

from formcheck.exercises.fields import Line, Listed, Named, Table, Text
from formcheck.signals.registry import nearest

#: What a limit can rest upon, the firmest first. A judgement is its authors' own: no source states it.
Kind = Literal["study", "guideline", "coach", "measured", "convention", "judgement"]
#: Kinds that are nothing without a source, and those that are nothing without either a source or a note.
CITING: tuple[Kind, ...] = ("study", "guideline", "coach")
TELLING: tuple[Kind, ...] = ("measured", "convention")


class Publication(Table):
    """A study, page or set of data. ``says``: what of it is used here; ``read``: how far it was read."""

    authors: Line = ""
    year: int | None = Field(default=None, ge=1900, le=2100)
    title: Text
    journal: Line = ""
    doi: str = Field(default="", pattern=r"^(10\.\S+/\S+)?$", max_length=300)
    link: str = Field(default="", pattern=r"^(https://\S+)?$", max_length=300)
    says: Text
    read: Literal["whole", "page", "table", "excerpts", "abstract", "second-hand", "known"]

    @property
    def short(self) -> str:
        """Its name in a sentence: authors and year, or the title up to its first colon or bracket."""
        name = self.authors or re.split(r"[:(]", self.title)[0].strip()
        return f"{name} {self.year}" if self.year else name

    @property
    def citation(self) -> str:
        """All that names it, in one line without a full stop."""
        parts = (self.title, self.journal, str(self.year or ""))
        return (f"{self.authors}. " if self.authors else "") + ", ".join(part for part in parts if part)

    @property
    def url(self) -> str:
        """Where it can be opened; empty if that is not known."""
        return f"https://doi.org/{self.doi}" if self.doi else self.link


@cache
def sources() -> Mapping[str, Publication]:
    """Every source that a basis may name, by its id, in the order of the file."""
    text = (resources.files("formcheck.exercises") / "sources.toml").read_text(encoding="utf-8")
    return MappingProxyType(TypeAdapter(Named[Publication]).validate_python(tomllib.loads(text)))


def _known_source(name: str) -> str:
    if name not in sources():
        raise ValueError(f"no source '{name}'{nearest(name, sources())}: see 'formcheck exercises sources'")
    return name


SourceId = Annotated[str, AfterValidator(_known_source)]


class Basis(Table):
    """What the numbers of a table rest upon: the kind, the sources, and what they do not say."""

    kind: Kind
    sources: Listed[SourceId] = ()
    note: Line = ""

    @model_validator(mode="before")
    @classmethod
    def _no_text(cls, given: Any) -> Any:
        if isinstance(given, str):
            raise ValueError(
                'is text; write a table: { kind = "judgement", note = "..." }, or a kind with sources'
            )
        return given
