"""What a signal is, and the names by which exercises call it.

A signal is a function whose parameter names are the joints it needs; that is its whole declaration:
``hip`` is the hip of the side asked for, ``mid_hip`` the middle of both, ``left_hip`` and ``right_hip``
themselves. ``facing`` (+1 the person faces image right, -1 left) and ``scale`` (pixels per trunk length) come
from the engine.
"""

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import numpy as np

from formcheck.types.landmark import INDEX, SIDED

ROLES = ("near", "far", "left", "right")
GIVEN = ("facing", "scale")
#: Made-up bodies that a signal is tried on.
_BODIES = 20


@dataclass(frozen=True, slots=True)
class Signal:
    """A named number about one pose.

    Attributes
    ----------
    name, unit, doc : unit is "deg", "S" (trunk lengths) or "1" (a pure number).
    joints : its parameters, in order.
    views : the camera views that can show it.
    sided : whether it is asked for one side of the body.
    compute : complex points (...), y up, in the order of ``joints`` -> (...).
    """

    name: str
    unit: str
    doc: str
    joints: tuple[str, ...]
    views: tuple[str, ...]
    sided: bool
    compute: Callable[..., Any]

    @property
    def plumb(self) -> bool:
        """Whether it is measured against the vertical, so that a tilted camera changes it."""
        return _plumb(self.name)


@dataclass(frozen=True, slots=True)
class BoundSignal:
    """A signal bound to a side of the body: what an exercise file writes as ``knee_flexion.near``.

    ``roles`` holds one entry per parameter: the landmark names it is the middle of, or a word of `GIVEN`.
    Near and far stay open until `landmarks` is told the near side.
    """

    text: str
    signal: Signal
    role: str | None

    def landmarks(self, near_side: str) -> tuple[tuple[int, ...] | str, ...]:
        """Per parameter the landmark numbers to average, or the word of `GIVEN`."""
        return tuple(_resolve(joint, self._side(near_side)) for joint in self.signal.joints)

    def _side(self, near_side: str) -> str:
        other = "right" if near_side == "left" else "left"
        return {"near": near_side, "far": other}.get(self.role or "", self.role or "")


SIGNALS: dict[str, Signal] = {}


def signal(
    unit: str, views: str = "side front back oblique"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a signal; its name, docstring and parameters are the declaration."""

    def register(compute: Callable[..., Any]) -> Callable[..., Any]:
        joints = tuple(inspect.signature(compute).parameters)
        for joint in joints:
            if joint not in GIVEN:
                _resolve(joint, "left")
        name: str = compute.__name__
        if name in SIGNALS:
            raise ValueError(f"signal '{name}' exists already, in {SIGNALS[name].compute.__module__}")
        sided = any(joint in SIDED for joint in joints)
        doc = inspect.cleandoc(compute.__doc__ or "").splitlines()[0]
        SIGNALS[name] = Signal(name, unit, doc, joints, tuple(views.split()), sided, compute)
        return compute

    return register


@cache
def _plumb(name: str) -> bool:
    """Asks the signal itself: one that sees the same body turned tells another number."""
    signal, rng = SIGNALS[name], np.random.default_rng(0)
    joints = [j for j in signal.joints if j not in GIVEN]
    body = {j: rng.normal(size=_BODIES) + 1j * rng.normal(size=_BODIES) for j in joints}
    given = {j: 1.0 for j in signal.joints if j in GIVEN}
    with np.errstate(invalid="ignore", divide="ignore"):
        plain = signal.compute(**body, **given)
        turned = signal.compute(**{j: p * np.exp(0.1j) for j, p in body.items()}, **given)
    return not np.allclose(plain, turned, equal_nan=True)


def reading(text: str) -> BoundSignal:
    """Look up ``name`` or ``name.role``.

    Raises
    ------
    KeyError
        With a sentence that names the nearest word, if the signal or the role does not exist.
    """
    name, _, role = text.partition(".")
    if name not in SIGNALS:
        raise KeyError(f"no signal '{name}'" + nearest(name, SIGNALS))
    found = SIGNALS[name]
    if found.sided and role not in ROLES:
        raise KeyError(f"signal '{name}' needs a side: one of " + ", ".join(f"{name}.{r}" for r in ROLES))
    if role and not found.sided:
        raise KeyError(f"signal '{name}' has no sides: write '{name}'")
    return BoundSignal(text, found, role or None)


def nearest(word: str, words: Iterable[str]) -> str:
    """``" (did you mean 'x'?)"``, or nothing when no word is near."""
    close = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f" (did you mean '{close[0]}'?)" if close else ""


def _resolve(joint: str, side: str) -> tuple[int, ...] | str:
    if joint in GIVEN:
        return joint
    if joint in INDEX:
        return (INDEX[joint],)
    if joint in SIDED:
        return (INDEX[f"{side}_{joint}"],)
    base = joint.removeprefix("mid_")
    if base in SIDED and base != joint:
        return (INDEX[f"left_{base}"], INDEX[f"right_{base}"])
    raise ValueError(f"'{joint}' is no joint" + nearest(joint, (*INDEX, *SIDED, *GIVEN)))
