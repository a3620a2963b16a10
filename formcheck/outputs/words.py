"""Numbers, times and codes in plain words."""

import math
import re
from collections.abc import Sequence

from formcheck import messages
from formcheck.types.reason import Reason

_UNITS: dict[str, tuple[str, str, int]] = {  # what follows the number, of what (said once), decimals
    "deg": ("°", "", 0),
    "S": (" %", " of trunk length", 0),
    "S/s": (" %", " of trunk length a second", 0),
    "deg/s": ("° a second", "", 0),
    "s": (" s", "", 1),
    "%": (" %", "", 0),
    "spm": (" steps a minute", "", 0),
    "1": ("", "", 2),
    "": ("", "", 2),
}
_AXES = {
    "deg": "degrees",
    "S": "trunk lengths",
    "S/s": "trunk lengths/s",
    "deg/s": "degrees/s",
    "s": "seconds",
    "1": "",
}

_VIEWS = {
    "side": "seen from the side",
    "front": "seen from the front",
    "back": "seen from behind",
    "oblique": "seen at an angle",
    "axial": "seen along the body",
}

#: From which confidence on a fault is called so. Of simulated and drawn people left out of the fit, what is
#: called sure is there in 97 of 100 (docs/decisions/0037); the others are judgement.
_SURENESS = (("sure", 0.9), ("likely", 0.6), ("hint", 0.0))

_STATUS = {
    "draft": "The limits for this exercise are a draft. No physiotherapist or coach has reviewed them yet.",
    "reviewed": "The limits for this exercise were reviewed by an expert, but not yet tested on many people.",
    "validated": "The limits for this exercise were reviewed by an expert and tested on labelled clips.",
}


def number(value: float, decimals: int) -> str:
    """A number with a true minus sign; what is not finite is a dash."""
    if not math.isfinite(value):
        return "–"
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def factor(unit: str) -> float:
    """What a value is multiplied by to be shown: lengths come as shares of the trunk and show as percent."""
    return 100.0 if unit.startswith("S") else 1.0


def quantity(value: float | None, unit: str, finer: int = 0, brief: bool = False) -> str:
    """A value as "43°" or "31 % of trunk length"; ``finer`` adds decimals, ``brief`` says "31 %"."""
    if value is None or not math.isfinite(value):
        return "–"
    suffix, of, decimals = _UNITS.get(unit, (f" {unit}", "", 2))
    return number(value * factor(unit), decimals + finer) + suffix + ("" if brief else of)


def judged(value: float, limit: float, unit: str, level: str) -> tuple[str, str]:
    """A fault's number and its limit, precise enough to differ: "43°" and "should be at most 38°"."""
    finer = 0
    while finer < 2 and value != limit and quantity(value, unit, finer) == quantity(limit, unit, finer):
        finer += 1
    shown, bound = quantity(value, unit, finer, brief=True), quantity(limit, unit, finer)
    above = value > limit
    if unit == "s":
        level_name = "a clear fault" if level == "error" else "warned"
        return shown, f"for the quicker half; {level_name} {'above' if above else 'below'} {bound}"
    return shown, f"should be {'at most' if above else 'at least'} {bound}"


def judged_line(value: float, limit: float, unit: str, level: str) -> str:
    """The same in one phrase: "43°, should be at most 38°"."""
    shown, limit_text = judged(value, limit, unit, level)
    return f"{shown}{' ' if unit == 's' else ', '}{limit_text}"


def wanted(low: float | None, high: float | None, unit: str) -> str:
    """The range without a warning: "−2° to 16°", "at most 26 %"."""
    ends = [quantity(x, unit, brief=True) for x in (low, high)]
    if low is not None and high is not None:
        return " to ".join(ends)
    if low is not None:
        return f"at least {ends[0]}"
    return f"at most {ends[1]}" if high is not None else "–"


def axis(unit: str) -> str:
    """A unit as signals and exercise files have it."""
    return _AXES.get(unit, unit)


def scale(unit: str) -> str:
    """A unit as numbers are shown: "degrees", "% of trunk length"."""
    suffix, of, _ = _UNITS.get(unit, ("", "", 0))
    return (suffix + of).strip() if of else axis(unit)


def clock(seconds: float) -> str:
    """A time of the clip as "0:07" or "1:02:03"; tenths are left out."""
    if not math.isfinite(seconds):
        return "–"
    whole = max(0, math.floor(seconds + 1e-9))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def duration(seconds: float | None) -> str:
    """A span of time: "4.2 s", "16.6 s", "42 s", "3 min 20 s"."""
    if seconds is None or not math.isfinite(seconds):
        return "–"
    if round(seconds, 1) < 100:
        return f"{round(seconds, 1):g} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def moments(spans: Sequence[tuple[float, float]], most: int = 6) -> str:
    """When something was so: "0:07, 0:12–0:14 and 3 more times"."""
    times = list(
        dict.fromkeys(
            clock(a) if clock(a) == clock(b) else f"{clock(a)}–{clock(b)}" for a, b in sorted(spans)
        )
    )
    if len(times) > most:
        return f"{', '.join(times[: most - 1])} and {len(times) - most + 1} more times"
    return ", ".join(times)


def not_counted(code: str | None) -> str:
    """Why an attempt is no full repetition; ``code`` as `formcheck.types.Rep` has it."""
    return messages.sentence(Reason("not_counted", why=code) if code else Reason("not_a_rep"))


def unseen(reason: Reason | None) -> str:
    """Why a check could not be judged."""
    return messages.sentence(reason or Reason("unseen"))


def sureness(confidence: float) -> str:
    """How sure a fault is, in a word: "sure", "likely" or "hint"."""
    return next(word for word, least in _SURENESS if confidence >= least)


def plain(code: str) -> str:
    """An id as words: "trunk_fold" is "trunk fold"."""
    return code.replace("_", " ").strip()


def short(text: str) -> str:
    """The phrase before the first semicolon or colon: "Bend of the knee; 0 straight." ends at "knee"."""
    return re.split(r"[;:]", text, maxsplit=1)[0].strip().rstrip(".")


def sentence(text: str) -> str:
    """Starts with a capital letter."""
    return text[:1].upper() + text[1:]


def view(name: str) -> str:
    """How the camera saw the body."""
    return _VIEWS.get(name, "view not recognised")


def status(code: str) -> str:
    """How far the limits of an exercise can be trusted."""
    return _STATUS.get(code, _STATUS["draft"])


def count(n: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 repetition", "3 repetitions"."""
    return f"{n} {one if n == 1 else many or one + 's'}"
