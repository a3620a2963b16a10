"""The messages of one language, as its file has them."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any

from formcheck.types.reason import Reason

#: The plural form of a number; every other number takes "other".
_FORMS: Mapping[Any, str] = {1: "one"}
_OTHER = "other"


class Catalogue:
    """Sentences by code.

    Parameters
    ----------
    tables : ``message`` has a template for each code, or one for each plural form (``one``, ``other``) with
        the parameter it goes by (``by``); ``term`` tables of words for ids; ``join`` what stands between
        the members of a list.

    A template has its parameters in braces, numbers with a format as Python has it. Words may be followed by
    the table of terms they are looked up in, and by how a list is joined: ``{views:view|or}``. An id that is
    not in its table is said in its own words. ``{exercise!l}`` begins a name in lower case, as English has it
    within a sentence.

    Examples
    --------
    >>> tables = {"message": {"hidden": "{joints:joint} not visible"}, "term": {}, "join": {"list": ", "}}
    >>> english = Catalogue(tables)
    >>> english.sentence(Reason("hidden", joints=("left_knee", "nose")))
    'left knee, nose not visible'
    """

    def __init__(self, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self._messages, self._terms, self._join = tables["message"], tables["term"], tables["join"]
        self._format = _Words(self)

    @property
    def codes(self) -> frozenset[str]:
        """Every code that has a message."""
        return frozenset(self._messages)

    def parameters(self, code: str) -> frozenset[str]:
        """The names of the parameters that the message of a code has."""
        message = self._messages[code]
        if isinstance(message, str):
            return self._fields(message)
        return frozenset({message["by"]}.union(*map(self._fields, _plurals(message).values())))

    def sentence(self, reason: Reason) -> str:
        """The message of a reason, with its parameters.

        Raises
        ------
        KeyError
            If there is no such message, or a parameter of it is missing.
        """
        params = dict(reason.params)
        message = self._messages[reason.code]
        if not isinstance(message, str):
            message = message[_FORMS.get(params[message["by"]], _OTHER)]
        return self._format.vformat(message, (), params)

    def terms(self, ids: tuple[str | Reason, ...], table: str, join: str) -> str:
        """Ids in the words of a table, joined; without a table they are words already."""
        words, between = self._terms.get(table, {}), str(self._join[join or "list"])
        said = (self.sentence(i) if isinstance(i, Reason) else i for i in ids)
        return between.join(words.get(i, i.replace("_", " ")) if table else i for i in said)

    def _fields(self, template: str) -> frozenset[str]:
        return frozenset(name for _, name, _, _ in self._format.parse(template) if name)


class _Words(Formatter):
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        if conversion != "l":
            return super().convert_field(value, conversion)
        return tuple(map(_lower, value)) if isinstance(value, tuple) else _lower(value)

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Reason):
            return self._catalogue.sentence(value)
        if isinstance(value, str):
            return self._catalogue.terms((value,), format_spec, "") if format_spec else value
        if isinstance(value, tuple):
            table, _, join = format_spec.partition("|")
            return self._catalogue.terms(value, table, join)
        return str(super().format_field(value, format_spec))


def _lower(name: str) -> str:
    return name if name.split(maxsplit=1)[0].isupper() else name[:1].lower() + name[1:]


def _plurals(message: Mapping[str, str]) -> dict[str, str]:
    return {form: template for form, template in message.items() if form != "by"}


@cache
def load_catalogue(language: str) -> Catalogue:
    """The messages of a language, by its code as ``locale`` has it."""
    text = resources.files("formcheck.messages").joinpath("locale", f"{language}.toml").read_text("utf-8")
    return Catalogue(tomllib.loads(text))
