"""What changed over many sessions, in words."""

from collections.abc import Sequence

from formcheck import messages
from formcheck.outputs import words
from formcheck.outputs.run_units import Units
from formcheck.types.trend import Meaning, Series

_UNITS = Units()
_SUFFIXES = {"points": ("points", 0), "reps": ("", 0), "s": ("s", 2)}
#: From so many seconds on hundredths are of no use.
_LONG_S = 10.0
_BARS = "▁▂▃▄▅▆▇█"
_AS: dict[Meaning, str] = {
    "better": "Better than at first",
    "worse": "Worse than at first",
    "more": "More than at first",
    "less": "Less than at first",
    "more even": "More even than at first",
    "less even": "Less even than at first",
}


def title(series: Series) -> str:
    """What it is: "Range of motion, median"."""
    return words.sentence(words.short(series.what))


def quantity(value: float | None, unit: str, finer: int = 0) -> str:
    """A value as "82 points", "1.31 s" or "92.0°"; None is a dash."""
    if unit not in _SUFFIXES or value is None:
        return _UNITS.quantity(value, unit, finer)
    suffix, decimals = _SUFFIXES[unit]
    if unit == "s" and abs(value) >= _LONG_S:
        decimals = 1
    return f"{words.number(value, decimals + finer)} {suffix}".rstrip()


def change(series: Series) -> str:
    """A change as "+8.0°"; a dash where there is none."""
    text = quantity(series.delta, series.unit)
    return f"+{text}" if (series.delta or 0) > 0 else text


def verdict(series: Series) -> str:
    """The verdict in a sentence or two."""
    if series.reason is not None:
        return f"{words.sentence(messages.sentence(series.reason))}."
    needs = quantity(series.needs, series.unit)
    if series.meaning is None:
        return f"No change beyond what measuring alone gives (needs {needs})."
    now, then = (quantity(x, series.unit) for x in (series.latest, series.base))
    return f"{_AS[series.meaning]}, {now} now and {then} then ({change(series)}; needs {needs})."


def sparkline(values: Sequence[float | None]) -> str:
    """Bars from the least of the values to the most, a dot where there is none."""
    seen = [v for v in values if v is not None]
    if not seen:
        return "·" * len(values)
    low, span = min(seen), (max(seen) - min(seen)) or 1.0
    return "".join("·" if v is None else _BARS[round((v - low) / span * (len(_BARS) - 1))] for v in values)
