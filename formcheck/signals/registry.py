"""What a signal is, and the names by which exercises call it.

A signal is a function whose parameter names are the joints it needs; that is its whole declaration:
``hip`` is the hip of the side asked for, ``mid_hip`` the middle of both, ``left_hip`` and ``right_hip``
themselves, ``plan_left_hip`` the left one as seen from above: to the right, and away from the camera.
``facing`` (+1 the person faces image right, -1 left) and ``scale`` (pixels per trunk length) come from the
engine. A signal of one side is asked for a role (`formcheck.signals.roles`): ``knee_flexion.near``.
"""

import inspect
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any

import numpy as np

from formcheck.signals.renamed import RENAMED
from formcheck.signals.roles import BY_FRAME, SIDES, VIEWS, Role
from formcheck.types.landmark import COUNT, INDEX, SIDED

#: Every word that may follow a signal of one side.
ROLES = (*SIDES, *BY_FRAME)
GIVEN = ("facing", "scale")
#: Made-up bodies that a signal is tried on.
_BODIES = 20
#: What is said before a joint that is seen from above.
PLAN = "plan_"
#: Per parameter the landmarks to average, those from above after all others, or a word of `GIVEN`.
Joint = tuple[int, ...] | str


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
    both : what it is of both sides, where that is better said than by adding to ``doc``.
    """

    name: str
    unit: str
    doc: str
    joints: tuple[str, ...]
    views: tuple[str, ...]
    sided: bool
    compute: Callable[..., Any]
    both: str = ""

    @property
    def roles(self) -> tuple[str, ...]:
        """What it may be asked for; nothing where it has no sides."""
        shown = (name for name, role in BY_FRAME.items() if role.shown(self.views))
        return (*SIDES, *shown) if self.sided else ()


@dataclass(frozen=True, slots=True)
class BoundSignal:
    """A signal bound to a role: what an exercise file writes as ``knee_flexion.near``.

    ``role`` is None for a signal without sides. Near and far stay open until `plan` is given the near side.
    """

    text: str
    signal: Signal
    role: str | None

    @property
    def unit(self) -> str:
        """The unit of its signal."""
        return self.signal.unit

    @property
    def views(self) -> tuple[str, ...]:
        """The camera views that can show it."""
        return self._by_frame.shown(self.signal.views) if self._by_frame else self.signal.views

    @property
    def doc(self) -> str:
        """What it is, in a sentence: "Bend of the knee of the foot in front; 0 straight."."""
        if self._by_frame is None:
            return self.signal.doc
        if self.role == "both" and self.signal.both:
            return self.signal.both
        what, mark, rest = _parted(self.signal.doc)
        return f"{what}{self._by_frame.words}{mark}{rest}"

    @property
    def facing(self) -> bool:
        """Whether it must be known which way the person faces."""
        return "facing" in (*self.signal.joints, *(self._by_frame.joints if self._by_frame else ()))

    @property
    def plumb(self) -> bool:
        """Whether it is measured against the vertical, so that a tilted camera changes it."""
        return _plumb(self.text)

    def plan(self, near_side: str) -> tuple[Callable[..., Any], tuple[Joint, ...]]:
        """What computes it, and of what, in order."""
        if self._by_frame is None:
            side = {"near": near_side, "far": _OTHER[near_side]}.get(self.role or "", self.role or "")
            return self.signal.compute, self._joints(side)
        left, right = self._joints("left"), self._joints("right")
        found_by = tuple(_resolve(joint, "left") for joint in self._by_frame.joints)
        return self._of_both, (*left, *right, *found_by)

    def landmarks(self, near_side: str) -> tuple[int, ...]:
        """The numbers of the landmarks that it reads, each once."""
        _, joints = self.plan(near_side)
        return tuple(dict.fromkeys(i % COUNT for j in joints if not isinstance(j, str) for i in j))

    @property
    def _by_frame(self) -> Role | None:
        return BY_FRAME.get(self.role or "")

    def _joints(self, side: str) -> tuple[Joint, ...]:
        return tuple(_resolve(joint, side) for joint in self.signal.joints)

    def _of_both(self, *points: Any) -> Any:
        n, compute, role = len(self.signal.joints), self.signal.compute, BY_FRAME[self.role or ""]
        return role.choose(compute(*points[:n]), compute(*points[n : 2 * n]), *points[2 * n :])


_OTHER = {"left": "right", "right": "left"}
SIGNALS: dict[str, Signal] = {}


def signal(
    unit: str, views: str = " ".join(VIEWS), both: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as a signal; its name, docstring and parameters are the declaration.

    ``both`` says what it is of both sides together, in a sentence for reports.
    """

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
        SIGNALS[name] = Signal(name, unit, doc, joints, tuple(views.split()), sided, compute, both)
        return compute

    return register


@cache
def _plumb(text: str) -> bool:
    """Asks the signal itself: one that sees the same body turned tells another number."""
    compute, joints = reading(text).plan("left")
    rng = np.random.default_rng(0)
    given = dict.fromkeys(GIVEN, 1.0)
    body = {
        j: rng.normal(size=_BODIES) + 1j * rng.normal(size=_BODIES)
        for j in dict.fromkeys(joints)
        if j not in given
    }

    def value(turned: complex) -> Any:
        return compute(*[given[j] if j in given else body[j] * turned for j in joints])

    with np.errstate(invalid="ignore", divide="ignore"):
        return not np.allclose(value(1.0), value(np.exp(0.1j)), equal_nan=True)


def _parted(doc: str) -> tuple[str, str, str]:
    """A signal's sentence at the first mark: what it is, the mark, and what its numbers mean."""
    found = re.match(r"([^;,.]*)([;,.])(.*)", doc, re.DOTALL)
    return (found[1], found[2], found[3]) if found else (doc, "", "")


@cache
def reading(text: str) -> BoundSignal:
    """Look up ``name`` or ``name.role``.

    Raises
    ------
    KeyError
        With a sentence that names the right word, if the signal or the role does not exist.
    """
    name, _, role = text.partition(".")
    if name not in SIGNALS:
        raise KeyError(f"no signal '{name}'" + (_renamed(name, role) or nearest(name, SIGNALS)))
    found = SIGNALS[name]
    if found.sided and role not in found.roles:
        raise KeyError(
            f"signal '{name}' needs a side: one of " + ", ".join(f"{name}.{r}" for r in found.roles)
        )
    if role and not found.sided:
        raise KeyError(f"signal '{name}' has no sides: write '{name}'")
    return BoundSignal(text, found, role or None)


def _renamed(name: str, role: str) -> str:
    """Where a signal was called otherwise before: its name now."""
    now = RENAMED.get(name)
    if now is None:
        return ""
    return f": since 0.8 it is '{now}{'.' + role if role and '.' not in now else ''}'"


def nearest(word: str, words: Iterable[str]) -> str:
    """``" (did you mean 'x'?)"``, or nothing when no word is near."""
    close = get_close_matches(word, list(words), n=1, cutoff=0.5)
    return f" (did you mean '{close[0]}'?)" if close else ""


def _resolve(joint: str, side: str) -> Joint:
    if joint in GIVEN:
        return joint
    if joint.startswith(PLAN):
        return tuple(COUNT + i for i in _resolve(joint.removeprefix(PLAN), side) if isinstance(i, int))
    if joint in INDEX:
        return (INDEX[joint],)
    if joint in SIDED:
        return (INDEX[f"{side}_{joint}"],)
    base = joint.removeprefix("mid_")
    if base in SIDED and base != joint:
        return (INDEX[f"left_{base}"], INDEX[f"right_{base}"])
    raise ValueError(f"'{joint}' is no joint" + nearest(joint, (*INDEX, *SIDED, *GIVEN)))
