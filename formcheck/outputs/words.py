"""Numbers, times and codes in plain words."""

import math
import re
from collections.abc import Sequence

_UNITS: dict[str, tuple[str, int]] = {  # what follows the number, and decimals
    "deg": ("°", 0),
    "S": (" trunk lengths", 2),
    "S/s": (" trunk lengths a second", 2),
    "deg/s": ("° a second", 0),
    "s": (" s", 1),
    "%": (" %", 0),
    "spm": (" steps a minute", 0),
    "1": ("", 2),
    "": ("", 2),
}
_AXES = {
    "deg": "degrees",
    "S": "trunk lengths",
    "S/s": "trunk lengths/s",
    "deg/s": "degrees/s",
    "s": "seconds",
    "1": "",
}

_REASONS = {
    "partial_range": "stopped short of the full range",
    "shallow": "stopped short of the full range",
    "too_fast": "too quick to be controlled",
    "too_short": "too quick to be controlled",
    "too_long": "took too long for one repetition",
    "too_slow": "took too long for one repetition",
    "not_seen": "could not be seen well enough",
    "lost": "the person was lost on the way",
}

_VIEWS = {
    "side": "seen from the side",
    "front": "seen from the front",
    "back": "seen from behind",
    "oblique": "seen at an angle",
    "axial": "seen along the body",
}

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


def quantity(value: float | None, unit: str, finer: int = 0) -> str:
    """A value with its unit, as "43°" or "0.31 trunk lengths"; ``finer`` adds decimals."""
    if value is None or not math.isfinite(value):
        return "–"
    suffix, decimals = _UNITS.get(unit, (f" {unit}", 2))
    return number(value, decimals + finer) + suffix


def against(value: float, limit: float, unit: str) -> tuple[str, str]:
    """A broken limit as two phrases: "43°" and "at most 38°", precise enough to tell them apart."""
    finer = 0
    while finer < 2 and value != limit and quantity(value, unit, finer) == quantity(limit, unit, finer):
        finer += 1
    bound = "at most" if value > limit else "at least"
    return quantity(value, unit, finer), f"{bound} {quantity(limit, unit, finer)}"


def axis(unit: str) -> str:
    """A unit as the label of an axis."""
    return _AXES.get(unit, unit)


def clock(seconds: float) -> str:
    """A time of the clip as "0:07" or "1:02:03"; tenths are left out."""
    if not math.isfinite(seconds):
        return "–"
    whole = max(0, math.floor(seconds + 1e-9))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def duration(seconds: float | None) -> str:
    """A span of time: "4.2 s", "42 s", "3 min 20 s"."""
    if seconds is None or not math.isfinite(seconds):
        return "–"
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"


def moments(spans: Sequence[tuple[float, float]], most: int = 6) -> str:
    """When something was so: "0:07, 0:12–0:14 and 3 more times"."""
    told = list(
        dict.fromkeys(
            clock(a) if clock(a) == clock(b) else f"{clock(a)}–{clock(b)}" for a, b in sorted(spans)
        )
    )
    if len(told) > most:
        return f"{', '.join(told[: most - 1])} and {len(told) - most + 1} more times"
    return ", ".join(told)


def reason(code: str | None) -> str:
    """Why not, in words; a sentence passes as it is."""
    if not code:
        return ""
    if code in _REASONS:
        return _REASONS[code]
    return plain(code) if re.fullmatch(r"[a-z0-9_]+", code) else code


def plain(code: str) -> str:
    """An id as words: "trunk_fold" is "trunk fold"."""
    return code.replace("_", " ").strip()


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
