"""A run's numbers in words: short times in milliseconds, lengths in centimetres once a height is given."""

import math
from dataclasses import dataclass

from formcheck.outputs import words
from formcheck.types.gait import Bounds

#: A trunk is about this share of a person's height (source winter), give or take 8 %.
TRUNK_OF_HEIGHT = 0.288

_UNITS: dict[str, tuple[float, str, int]] = {  # times, what follows the number, decimals
    "deg": (1, "°", 1),
    "deg/s": (1, "° a second", 0),
    "S": (100, " %", 1),
    "S/s": (100, " %", 0),
    "s": (1000, " ms", 0),
    "%": (1, " %", 1),
    "spm": (1, "/min", 0),
    "1": (1, "", 2),
    "": (1, "", 2),
}
_WHOLE = 1e-6  # a number this near to a whole one is one


@dataclass(frozen=True, slots=True)
class Units:
    """How the numbers of one runner are shown; ``height_m`` turns trunk lengths into centimetres."""

    height_m: float | None = None

    def factor(self, unit: str) -> float:
        """What a value is multiplied by to be shown."""
        return self._shown(unit)[0]

    def quantity(self, value: float | None, unit: str, finer: int = 0) -> str:
        """A value as "16.2°", "28.4 %" or "14.3 cm"; what is not finite is a dash."""
        if value is None or not math.isfinite(value):
            return "–"
        times, suffix, decimals = self._shown(unit)
        return words.number(value * times, decimals + finer) + suffix

    def change(self, delta: float, unit: str) -> str:
        """A difference with its sign: "+2.2 cm", "−3.1 % of trunk length"."""
        change = self.quantity(delta, unit)
        return ("+" if delta > 0 and change[:1].isdigit() else "") + change + self._of(unit)

    def limit(self, value: float, unit: str) -> str:
        """A limit, which is shown without decimals where it is a whole number."""
        times, _, decimals = self._shown(unit)
        whole = abs(value * times - round(value * times)) < _WHOLE
        return self.quantity(value, unit, -decimals if whole else 0)

    def wanted(self, limits: Bounds, unit: str) -> str:
        """The range without a warning: "−2° to 16°", "at most 13.1 cm"; a dash where there is no limit."""
        low, high = ("" if x is None else self.limit(x, unit) for x in limits)
        if low and high:
            suffix = self._shown(unit)[1]
            return f"{low if suffix == '°' else low.removesuffix(suffix)} to {high}"
        if low:
            return f"at least {low}"
        return f"at most {high}" if high else "–"

    def judged(self, value: float, limit: float, unit: str) -> tuple[str, str]:
        """A number and its limit, precise enough to differ: "17.3°" and "should be at most 10°"."""
        finer = 0
        while finer < 2 and self.quantity(value, unit, finer) == self.quantity(limit, unit, finer):
            finer += 1
        bound = self.quantity(limit, unit, finer) if finer else self.limit(limit, unit)
        limit_text = f"should be {'at most' if value > limit else 'at least'} {bound}{self._of(unit)}"
        return self.quantity(value, unit, finer), limit_text

    def axis(self, unit: str) -> str:
        """What a drawing's numbers are in: "in degrees"; nothing for a bare number."""
        if unit.startswith("S"):
            length = "cm" if self.height_m else "% of trunk length"
            return f"in {length}{' a second' if unit.endswith('/s') else ''}"
        axis = {"s": "ms", "spm": "steps a minute", "%": "%"}.get(unit) or words.axis(unit)
        return f"in {axis}" if axis else ""

    def _of(self, unit: str) -> str:
        """What a percentage is of, where it is not plain."""
        return " of trunk length" if unit.startswith("S") and not self.height_m else ""

    def _shown(self, unit: str) -> tuple[float, str, int]:
        if self.height_m and unit.startswith("S"):
            return 100 * TRUNK_OF_HEIGHT * self.height_m, " cm", 1
        return _UNITS.get(unit, (1, f" {unit}", 2))
