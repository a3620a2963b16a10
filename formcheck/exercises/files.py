"""Where exercise files lie, and how their text is read."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from formcheck.errors import ExerciseError
from formcheck.types.text import plain

ENDING = ".toml"
#: Letters. The longest that comes with formcheck has 17,000.
MOST_TEXT = 100_000


@cache
def shipped() -> dict[str, Traversable]:
    """The files that come with formcheck, by the id of their exercise: each bears its name."""
    folder = resources.files("formcheck.exercises") / "catalog"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(ENDING)), key=lambda f: f.name)
    return {f.name.removesuffix(ENDING): f for f in files}


def read_text(path: Path) -> str:
    """The text of an exercise file, as far as one can be long; more is for `problems` to refuse.

    Raises
    ------
    ExerciseError
        If it cannot be read as text.
    """
    try:
        with path.open(encoding="utf-8-sig") as file:
            return file.read(MOST_TEXT + 1)
    except FileNotFoundError:
        raise ExerciseError(f"{plain(str(path))}: no such file; give an exercise id or a TOML file") from None
    except UnicodeDecodeError:
        why = "it is not UTF-8"
    except (OSError, ValueError) as error:  # a path with a zero in it is a ValueError
        why = getattr(error, "strerror", None) or str(error)
    raise ExerciseError(f"{plain(str(path))}: cannot be read as text ({why}); give a TOML file")
