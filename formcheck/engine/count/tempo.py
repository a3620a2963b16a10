"""How fast a repetition went, held against what the exercise asks of each part."""

from collections.abc import Mapping

import numpy as np

from formcheck.engine.judge.measurement import Measurement, Span
from formcheck.exercises.schema import Half, TempoRule
from formcheck.exercises.tables import Limit
from formcheck.types.event import Phase
from formcheck.types.reason import Reason
from formcheck.types.result import Finding, Tempo
from formcheck.types.verdict import Verdict

TEMPO_WHAT: dict[Half, str] = {
    "either": "Seconds for the quicker half of the repetition.",
    "out": "Seconds for the way out.",
    "back": "Seconds for the way back.",
    "peak": "Seconds at the peak.",
}
#: Range and tempo have their own parts of the score, so their findings weigh nothing in the form part.
SCORED_APART = 0.0


def measure_tempo(
    rules: Mapping[str, TempoRule], tempo: Tempo | None, phases: Mapping[Phase, Span], frame_s: float
) -> list[Measurement]:
    """One measurement for every rule.

    Parameters
    ----------
    tempo : of the repetition; None where it was not seen all the way.
    frame_s : time between frames: no part can be timed finer, and the doubt is the person's.
    """
    return [_measured(name, rule, tempo, phases, frame_s) for name, rule in rules.items()]


def tempo_share(rules: Mapping[str, TempoRule], tempo: Tempo | None, frame_s: float) -> float | None:
    """How much of the tempo's part of the score was earned, 0..1; None where it is not assessed."""
    if not rules or tempo is None:
        return None
    return min(_share(rule, tempo, frame_s) for rule in rules.values())


def _share(rule: TempoRule, tempo: Tempo, frame_s: float) -> float:
    lasted, error = _part(tempo, rule.half)[0] + frame_s, rule.error or 0.0
    return float(np.clip((lasted - error) / (rule.warn - error), 0.0, 1.0))


def _measured(
    name: str, rule: TempoRule, tempo: Tempo | None, phases: Mapping[Phase, Span], frame_s: float
) -> Measurement:
    limit = Limit(warn=rule.warn, say=rule.say, why=rule.why, weight=SCORED_APART)
    what = TEMPO_WHAT[rule.half]
    if tempo is None:
        hidden = Finding(name, None, "s", None, "not_assessable", 0.0, Reason("tempo_unseen"))
        return Measurement(hidden, limit, what)
    lasted, phase = _part(tempo, rule.half)
    most, error = lasted + frame_s, rule.error or 0.0
    verdict: Verdict = "error" if most < error else "warn" if most < rule.warn else "ok"
    finding = Finding(name, lasted, "s", rule.error if verdict == "error" else rule.warn, verdict, 1.0)
    span = phases[phase]
    where = ((span,), (), sum(span) / 2, 1.0) if verdict != "ok" else ()
    return Measurement(finding, limit, what, (), -1.0, "", *where)


def _part(tempo: Tempo, half: Half) -> tuple[float, Phase]:
    """Seconds of the part of a repetition that a rule looks at, and the phase it lies in."""
    if half == "either":
        half = "out" if tempo.up_s <= tempo.down_s else "back"
    parts: dict[Half, tuple[float, Phase]] = {
        "out": (tempo.up_s, "out"),
        "back": (tempo.down_s, "back"),
        "peak": (tempo.hold_s, "hold"),
    }
    return parts[half]
