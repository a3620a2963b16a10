"""How far a score may be off because the sensor is."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.engine.judge.judged_span import JudgedSpan, entering
from formcheck.engine.judge.sure import by_check
from formcheck.sensor.noise import Spread


def score_range(judged: Sequence[JudgedSpan], spread: Spread) -> tuple[int, int]:
    """Lowest and highest score, if every check may be off throughout, each apart from the others.

    Parameters
    ----------
    judged : spans, at least one that enters the mean and has points.
    spread : how far values may be off.
    """
    usual = _mean_points(judged)

    def apart(sign: float) -> float:
        moved = ([_moved(span, check, sign, spread) for span in judged] for check in by_check(judged))
        return float(np.sqrt(sum((_mean_points(spans) - usual) ** 2 for spans in moved)))

    return max(0, round(usual - apart(1.0))), min(100, round(usual + apart(-1.0)))


def _moved(span: JudgedSpan, check: str, sign: float, spread: Spread) -> JudgedSpan:
    """A span in which one check is worse (sign 1) or better (-1) by as much as it may be off."""
    moved = (
        m.if_worse(sign * spread.of(m.signal, m.finding.unit)) if m.finding.check == check else m
        for m in span.measurements
    )
    return replace(span, measurements=tuple(moved))


def _mean_points(judged: Sequence[JudgedSpan]) -> float:
    points = (span.grade.score for span in entering(judged))
    return float(np.mean([p for p in points if p is not None]))
