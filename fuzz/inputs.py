"""What is tried: an input is drawn by a kind from a seed and a number, and so can be made again."""

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar
from urllib.parse import quote_from_bytes, unquote_to_bytes

from fuzz.ending import Ending
from fuzz.mutate import BYTES

M = TypeVar("M")
#: Stands in every name, and so must stand in every message about an input.
MARK = "fuzzed"
#: What an input is called but for its ending; most have an honest name.
_NAMES = (MARK,) * 12 + (
    f"a\n{MARK}",
    f"\x1b[31m{MARK}",
    f"{MARK} \udcff",
    f"[red]{MARK}",
    f"{MARK}%s{{0}}",
    f"深蹲\u202e{MARK}",
)
_MOST_CHANGES = 4


@dataclass(frozen=True, slots=True)
class Input:
    """One file as the program meets it: kind of input, file name, bytes."""

    kind: str
    name: str
    data: bytes

    @property
    def kept_as(self) -> str:
        """The name under which it is kept: its own, in letters that every disk can hold."""
        digest = hashlib.sha256(self.data).hexdigest()[:8]
        return f"{digest}-{quote_from_bytes(os.fsencode(self.name), safe='')}"

    @classmethod
    def kept(cls, path: Path) -> "Input":
        """An input that was kept in the folder of its kind."""
        name = os.fsdecode(unquote_to_bytes(path.name.partition("-")[2]))
        return cls(path.parent.name, name, path.read_bytes())


@dataclass(frozen=True, slots=True)
class Kind(Generic[M]):
    """A way in.

    Attributes
    ----------
    base : something honest, as data that is easily changed.
    shapes : change that data in the terms of its format.
    write : the data as an ending and bytes.
    bends : change the bytes in the terms of their format.
    meet : gives the input in an empty folder to the program.
    plain : its file only tells what is sent: it has an honest name, and its bytes are not changed.
    """

    name: str
    base: Callable[[Random], M]
    shapes: Sequence[Callable[[M, Random], M]]
    write: Callable[[M], tuple[str, bytes]]
    meet: Callable[[Input, Path], Ending]
    bends: Sequence[Callable[[bytes, Random], bytes]] = ()
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Draw:
    """One input of a kind before it is made, so that it can be made again with fewer changes."""

    kind: str
    seed: int
    n: int
    without: frozenset[int] = frozenset()

    def make(self, kind: Kind[Any]) -> tuple[Input, int]:
        """The input, and how many changes there were to choose from."""
        rng = Random(f"{self.seed} {self.kind} {self.n}")
        model = kind.base(rng)
        name = MARK if kind.plain else rng.choice(_NAMES)
        every = [
            *((True, shape) for shape in kind.shapes),
            *((False, bend) for bend in (*kind.bends, *(() if kind.plain else BYTES))),
        ]
        weights = [3 if early else 1 for early, _ in every]
        chosen = rng.choices(every, weights, k=rng.choice(range(1, _MOST_CHANGES)))
        changes = [(early, change, Random(rng.random())) for early, change in chosen]
        left = [change for i, change in enumerate(changes) if i not in self.without]
        for early, change, own in left:
            if early:
                with suppress(TypeError, ValueError, IndexError):  # it does not fit what others left
                    model = change(model, own)
        ending, data = kind.write(model)
        for early, change, own in left:
            if not early:
                data = change(data, own)
        return Input(kind.name, f"{name}{ending}", data), len(changes)
