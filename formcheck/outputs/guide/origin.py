"""Where the numbers of an exercise come from, in words: the kind of evidence, its sources, a note."""

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.exercises.sources import Basis, Publication, sources

_KINDS = {
    "study": "Study",
    "guideline": "Guideline",
    "coach": "Coaching",
    "measured": "Measured",
    "convention": "Convention",
    "judgement": "Judgement",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """What a limit rests upon; ``sources`` by their ids."""

    kind: str
    sources: dict[str, Publication]
    note: str

    @property
    def text(self) -> str:
        """All of it in one line."""
        return self._line([s.short for s in self.sources.values()])

    @property
    def markdown(self) -> str:
        """The same with a link for each source that can be opened."""
        return self._line([f"[{s.short}]({s.url})" if s.url else s.short for s in self.sources.values()])

    def _line(self, cited: list[str]) -> str:
        head = f"{self.kind} ({'; '.join(cited)})" if cited else self.kind
        return f"{head}. {self.note}".rstrip()


def origin(basis: Basis) -> Origin:
    """The words for a basis."""
    known = sources()
    alone = basis.kind == "judgement" and not basis.sources
    note = f"No source states these numbers. {basis.note}".rstrip() if alone else basis.note
    return Origin(_KINDS[basis.kind], {name: known[name] for name in basis.sources}, note)


def cited(bases: Iterable[Basis]) -> dict[str, Publication]:
    """Every source that any of them names, once, in the order of the file of sources."""
    named = {name for basis in bases for name in basis.sources}
    return {name: source for name, source in sources().items() if name in named}
