"""How fast a repetition went, held against what the exercise asks of each part."""

from collections.abc import Mapping

import numpy as np

from formcheck.engine.judge.measurement import Measurement, Span
from formcheck.exercises.schema import Half, TempoRule
from formcheck.exercises.tables import Limit
from formcheck.types.event import Phase
from formcheck.types.reason import Reason
from formcheck.types.result import Finding
from formcheck.types.verdict import Verdict

TEMPO_WHAT: dict[Half, str] = {
    "either": "Seconds for the quicker half of the repetition.",
    "out": "Seconds for the way out.",
    "back": "Seconds for the way back.",
    "peak": "Seconds at the peak.",
}
_PHASES: dict[Half, tuple[Phase, ...]] = {
    "either": ("out", "back"),
    "out": ("out",),
    "back": ("back",),
    "peak": ("hold",),
}
#: Range and tempo have their own parts of the score, so their findings weigh nothing in the form part.
SCORED_APART = 0.0


def measure_tempo(
    rules: Mapping[str, TempoRule],
    lasted: Mapping[Phase, float],
    phases: Mapping[Phase, Span],
    frame_s: float,
) -> list[Measurement]:
    """One measurement for every rule.

    Parameters
    ----------
    lasted : seconds of each part of the repetition that was seen all the way.
    frame_s : time between frames: no part can be timed finer, and the doubt is the person's.
    """
    return [_measured(name, rule, lasted, phases, frame_s) for name, rule in rules.items()]


def tempo_share(
    rules: Mapping[str, TempoRule], lasted: Mapping[Phase, float], frame_s: float
) -> float | None:
    """How much of the tempo's part of the score was earned, 0..1; None where it is not assessed."""
    seen = ((rule, part[0]) for rule in rules.values() if (part := _part(lasted, rule.half)))
    return min((_share(rule, part_s, frame_s) for rule, part_s in seen), default=None)


def _share(rule: TempoRule, part_s: float, frame_s: float) -> float:
    most, error = part_s + frame_s, rule.error or 0.0
    return float(np.clip((most - error) / (rule.warn - error), 0.0, 1.0))


def _measured(
    name: str, rule: TempoRule, lasted: Mapping[Phase, float], phases: Mapping[Phase, Span], frame_s: float
) -> Measurement:
    limit = Limit(warn=rule.warn, say=rule.say, why=rule.why, weight=SCORED_APART)
    what, part = TEMPO_WHAT[rule.half], _part(lasted, rule.half)
    if part is None:
        hidden = Finding(name, None, "s", None, "not_assessable", 0.0, Reason("tempo_unseen"))
        return Measurement(hidden, limit, what)
    part_s, phase = part
    most, error = part_s + frame_s, rule.error or 0.0
    verdict: Verdict = "error" if most < error else "warn" if most < rule.warn else "ok"
    finding = Finding(name, part_s, "s", rule.error if verdict == "error" else rule.warn, verdict, 1.0)
    span = phases[phase]
    where = ((span,), (), sum(span) / 2, 1.0) if verdict != "ok" else ()
    return Measurement(finding, limit, what, (), -1.0, "", *where)


def _part(lasted: Mapping[Phase, float], half: Half) -> tuple[float, Phase] | None:
    """Seconds of the part of a repetition that a rule looks at, and its phase; None if not all was seen."""
    phases = _PHASES[half]
    if not lasted.keys() >= set(phases):
        return None
    quickest = min(phases, key=lasted.__getitem__)
    return lasted[quickest], quickest
