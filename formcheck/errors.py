"""What can go wrong: few classes, each also the stdlib error a Python programmer would catch."""

from typing import Self


class FormcheckError(Exception):
    """Any failure a user can act on. The message is one line: what was given, what is wrong, what to do."""

    def with_advice(self, advice: str) -> Self:
        """The same failure, but another way out than the one at the end of its message."""
        what, _, _ = str(self).rpartition("; ")
        return type(self)(f"{what or self}; {advice}")


class SourceError(FormcheckError, OSError):
    """A clip, camera or pose file cannot be read."""


class ModelError(FormcheckError, OSError):
    """A pose model is missing, damaged or cannot be fetched."""


class ExerciseError(FormcheckError, ValueError):
    """An exercise is unknown, or its file breaks the rules of the catalog."""


class OutputError(FormcheckError, OSError):
    """A result cannot be written."""


class MissingExtraError(FormcheckError, ImportError):
    """A package is not installed that only some uses of formcheck need."""


class NobodyError(FormcheckError, ValueError):
    """No person was found in the whole input."""
