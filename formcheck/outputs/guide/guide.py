"""All that an exercise file tells, in the order and the words people read it; what shows it only sets it."""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.engine.as_read import as_read
from formcheck.exercises import Exercise, Measure, StrideNumber, TempoRule
from formcheck.exercises.sources import Publication
from formcheck.exercises.strides import DriftRule
from formcheck.outputs import words
from formcheck.outputs.guide import phrases
from formcheck.outputs.guide.camera import shown
from formcheck.outputs.guide.origin import Origin, cited, origin
from formcheck.sensor import SensorProfile, usual_profile

_KINDS = {
    "reps": "counted in repetitions",
    "hold": "held, timed in seconds",
    "stretch": "a stretch",
    "gait": "a run, told in steps",
}


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under a small heading of their own, and where their numbers come from."""

    title: str
    lines: tuple[str, ...]
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One limit of form in words."""

    id: str
    what: str
    measured: str
    warns: str
    fault: str
    cue: str
    why: str
    views: str
    needs: str
    safety: bool
    origin: Origin
    camera: str


@dataclass(frozen=True, slots=True)
class ExerciseGuide:
    """An exercise in words, from what it is to what no camera can judge."""

    id: str
    name: str
    about: str
    level: int
    facts: tuple[tuple[str, str], ...]
    views: str
    setup: str
    start: tuple[Block, ...]
    counted: tuple[Block, ...]
    checks: tuple[CheckLine, ...]
    tempo: tuple[Block, ...]
    beside: tuple[Block, ...]
    tiring: tuple[Block, ...]
    signature: tuple[Block, ...]
    not_judged: tuple[str, ...]
    sources: dict[str, Publication]
    status: str

    @property
    def origins(self) -> dict[str, Origin]:
        """Where the limits of each check come from; one text once, under all the checks that share it."""
        shared: dict[str, tuple[Origin, list[str]]] = {}
        for check in self.checks:
            shared.setdefault(check.origin.text, (check.origin, []))[1].append(check.id)
        return {", ".join(dict.fromkeys(ids)): origin for origin, ids in shared.values()}


def guide(e: Exercise, sensor: SensorProfile | None = None) -> ExerciseGuide:
    """The guide to an exercise: its numbers of true bodies, or as a pose model shows them and reports say."""
    camera = shown(e, sensor or usual_profile())
    e = as_read(e, sensor) if sensor else e
    return ExerciseGuide(
        id=e.id,
        name=e.name,
        about=e.about,
        level=e.level,
        facts=_facts(e),
        views=phrases.views(e.camera.views),
        setup=e.camera.setup,
        start=tuple(Block(words.sentence(p.name), tuple(phrases.ranges(p.pose))) for p in e.start),
        counted=_counted(e),
        checks=_checks(e, camera),
        tempo=tuple(_tempo(name, tempo) for name, tempo in e.tempo.items()),
        beside=tuple(_beside(e, m) for m in e.limited.values() if not (m.low or m.high)),
        tiring=tuple(_tiring(e, name, drift) for name, drift in e.drift.items()),
        signature=_signature(e),
        not_judged=tuple(words.sentence(line) for line in e.not_judged),
        sources=cited(e.bases()),
        status=words.status(e.status) + (f" Reviewed by {e.reviewed_by}." if e.reviewed_by else ""),
    )


def _facts(e: Exercise) -> tuple[tuple[str, str], ...]:
    facts = [
        ("Kind", f"{_KINDS[e.kind]}; {e.group}"),
        ("Level", f"{e.level}, easy to hard" if e.level else "none: it stands outside the order"),
        ("Also called", ", ".join(words.plain(alias) for alias in e.aliases)),
    ]
    return tuple((name, text) for name, text in facts if text)


def _counted(e: Exercise) -> tuple[Block, ...]:
    blocks = []
    for k, cycle in enumerate(e.cycle):
        title = "from any view" if len(cycle.views) == 5 else f"from {phrases.views(cycle.views)}"
        title = f"else, {title}" if k else title
        known_from = origin(cycle.basis) if cycle.basis else None
        blocks.append(Block(words.sentence(title), (phrases.counted(cycle),), known_from))
    if e.range:
        blocks.append(Block("Range", (f"{e.range.what} When it is short: “{e.range.say}”.",)))
    return tuple(blocks)


def _tempo(name: str, tempo: TempoRule) -> Block:
    half, limits = phrases.tempo(tempo)
    line = f"{half}: {limits}; says “{tempo.say}”."
    return Block(words.sentence(words.plain(name)), (words.sentence(line), tempo.why), origin(tempo.basis))


def _beside(e: Exercise, limited: Measure | StrideNumber) -> Block:
    """A number that is given and never judged."""
    line = f"{phrases.usual(limited)}; from {phrases.views(_seen_from(e, limited))}. {phrases.needs(limited)}"
    return Block(limited.what.rstrip("."), (words.sentence(line).rstrip(),), origin(limited.basis))


def _tiring(e: Exercise, name: str, drift: DriftRule) -> Block:
    """What counts as a change from the first to the last third of a run."""
    limited = e.limited[name]
    line = f"{drift.why.rstrip('.')}: {phrases.change(drift, limited.unit)}."
    return Block(limited.what.rstrip("."), (line,), origin(drift.basis))


def _checks(e: Exercise, camera: Sequence[str]) -> tuple[CheckLine, ...]:
    return tuple(
        CheckLine(
            id=name,
            what=measure.what,
            measured=words.sentence(phrases.measured(measure, _turns(e))),
            warns=phrases.beyond(limit.warn, upper, measure.unit),
            fault=phrases.beyond(limit.error, upper, measure.unit),
            cue=limit.say,
            why=limit.why,
            views=phrases.views(_seen_from(e, measure)),
            needs=phrases.needs(measure),
            safety=limit.safety,
            origin=origin(measure.basis),
            camera=seen,
        )
        for (name, measure, limit, upper), seen in zip(e.limits(), camera, strict=True)
    )


def _signature(e: Exercise) -> tuple[Block, ...]:
    s = e.signature
    parts = [
        ("At rest" if _turns(e) else "All along", phrases.ranges(s.rest)),
        ("At the peak", phrases.ranges(s.peak)),
        ("It moves by", phrases.ranges(s.moves, unsigned=True)),
    ]
    return tuple(Block(title, tuple(lines)) for title, lines in parts if lines)


def _turns(e: Exercise) -> bool:
    """Whether it has repetitions, with a rest and a peak."""
    return any(cycle.is_excursion for cycle in e.cycle)


def _seen_from(e: Exercise, measure: Measure | StrideNumber) -> Sequence[str]:
    """The views to film from that show it; if none does, those that would."""
    return [view for view in e.camera.views if view in measure.seen_from] or measure.seen_from
