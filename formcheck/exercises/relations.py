"""What the keys of an exercise file say of each other: order of numbers, kinds that go together, known names.

Read off the bare tables, so that all of it is found even where single keys are wrong, too.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args

from formcheck.exercises.fields import MOST
from formcheck.exercises.sources import CITING, TELLING
from formcheck.exercises.tables import REP_PHASES, STRIDE_PHASES, STRIDE_STATISTICS, Statistic
from formcheck.signals.registry import nearest

Where = tuple[str | int, ...]
Mistakes = Iterator[tuple[Where, str]]
BareTable = Mapping[str, Any]

_CYCLES = {
    "reps": ("excursion",),
    "hold": ("hold",),
    "stretch": ("excursion", "hold"),
    "gait": ("oscillation",),
}
_AGAINST = dict.fromkeys(_CYCLES, ("rest", "start")) | {"gait": ("start", "stride", "midstance")}
_PHASES = dict.fromkeys(_CYCLES, REP_PHASES) | {"gait": STRIDE_PHASES}
#: What some kind of exercise has.
_WORDS = {*sum((*_CYCLES.values(), *_AGAINST.values(), *_PHASES.values()), ()), *get_args(Statistic)}


def relations(bare: BareTable) -> Mistakes:
    """Every place at which two keys do not go together, and why."""
    for where, cycle in _tables(bare, "cycle"):
        yield from _cycle(where, cycle)
    for where, limited in (*_tables(bare, "measure"), *_tables(bare, "number")):
        yield from _limits(where, limited)
    for where, tempo in _tables(bare, "tempo"):
        yield from _order((*where, "error"), tempo.get("error"), "below", tempo.get("warn"), "warn")
    for where, start in (*_tables(bare, "start"), *_tables(bare, "broken")):
        yield from _bounds((*where, "pose"), start.get("pose"))
    for key in ("rest", "peak", "moves"):
        yield from _bounds(("signature", key), _table(bare, "signature").get(key))
    yield from _origins(bare)
    kind = bare.get("kind")
    if isinstance(kind, str) and kind in _CYCLES:
        yield from _kinds(bare, kind)
    yield from _names(bare)


def _cycle(where: Where, cycle: BareTable) -> Mistakes:
    kind = cycle.get("kind")
    if kind != "hold" and "signal" not in cycle:
        yield (*where, "signal"), f"is missing; a cycle of kind '{kind}' needs it"
    if kind == "excursion":
        missing = [key for key in ("rest", "full", "min_range") if key not in cycle]
        yield from (((*where, key), "is missing; an excursion needs it") for key in missing)
    yield from _order((*where, "rest"), cycle.get("rest"), "below", cycle.get("full"), "full")
    least = (_number(cycle.get("full")) or 0.0) - (_number(cycle.get("rest")) or 0.0)
    target = _number(cycle.get("target"))
    if target is not None and target < least:
        yield (*where, "target"), f"{target:g} must reach at least from rest to full, {least:g}"
    yield from _order((*where, "min_s"), cycle.get("min_s", 1.0), "below", cycle.get("max_s", 15.0), "max_s")


def _limits(where: Where, limited: BareTable) -> Mistakes:
    if not {"low", "high", "usual"} & limited.keys():
        yield where, "needs a [low] or a [high] limit"
    low, high = _table(limited, "low"), _table(limited, "high")
    yield from _order((*where, "low", "error"), low.get("error"), "below", low.get("warn"), "warn")
    yield from _order((*where, "high", "error"), high.get("error"), "above", high.get("warn"), "warn")
    yield from _order((*where, "low", "warn"), low.get("warn"), "below", high.get("warn"), "high warn")
    yield from _bounds(where, {"usual": limited.get("usual")})


def _origins(bare: BareTable) -> Mistakes:
    """Who and what the numbers rest upon, and lists in which a word stands twice."""
    if bare.get("status") in ("reviewed", "validated") and not bare.get("reviewed_by"):
        yield ("reviewed_by",), f"is missing; status '{bare['status']}' says by whom"
    yield from _once(("camera", "views"), _table(bare, "camera").get("views"))
    for key in ("start", "cycle", "measure", "number", "drift", "tempo"):
        for where, table in _tables(bare, key):
            basis = _table(table, "basis")
            yield from _basis((*where, "basis"), basis)
            yield from _once((*where, "basis", "sources"), basis.get("sources"))
            yield from _once((*where, "views"), table.get("views"))
            yield from _once((*where, "during"), table.get("during"))


def _basis(where: Where, basis: BareTable) -> Mistakes:
    kind = basis.get("kind")
    if kind in CITING and not basis.get("sources"):
        yield (*where, "sources"), f"is missing; kind '{kind}' needs one of 'formcheck exercises sources'"
    if kind in TELLING and not (basis.get("sources") or basis.get("note")):
        yield (*where, "note"), f"is missing; kind '{kind}' needs a note or sources that say what of"


def _kinds(bare: BareTable, kind: str) -> Mistakes:
    for where, cycle in _tables(bare, "cycle"):
        yield from _fits((*where, "kind"), cycle.get("kind"), _CYCLES[kind], kind)
    holds = any(cycle.get("kind") == "hold" for _, cycle in _tables(bare, "cycle"))
    if holds and not bare.get("start"):
        yield ("start",), "is missing; a hold needs at least one [[start]] pose: time counts while it is kept"
    for key in ("number", "drift"):
        if bare.get(key) and kind != "gait":
            yield (key,), f"kind '{kind}' has no such table: only 'gait' has [number] and [drift]"
    for where, measure in _tables(bare, "measure"):
        during = measure.get("during", [])
        if isinstance(during, list) and tuple(during) != REP_PHASES:
            for phase in during:
                yield from _fits((*where, "during"), phase, _PHASES[kind], kind)
        yield from _fits((*where, "against"), measure.get("against"), _AGAINST[kind], kind)
        if kind == "gait":
            yield from _fits((*where, "take"), measure.get("take"), STRIDE_STATISTICS, kind)


def _fits(where: Where, word: Any, words: tuple[str, ...], kind: str) -> Mistakes:
    """A mistake where only other kinds of exercise have the word; one that none has is found elsewhere."""
    if isinstance(word, str) and word in _WORDS and word not in words:
        use = " or ".join(f"'{w}'" for w in words)
        yield where, f"'{word}' does not go with kind '{kind}'; use {use}"


def _names(bare: BareTable) -> Mistakes:
    numbers = (*_tables(bare, "measure"), *_tables(bare, "number"))
    limits = [
        ((*where, side), limit, str(limit.get("id", where[-1])))
        for where, limited in numbers
        for side in ("low", "high")
        if (limit := _table(limited, side))
    ]
    checks = {check for *_, check in limits}
    for where, limit, check in limits:
        wanted = limit.get("only_with")
        if isinstance(wanted, str) and wanted not in checks - {check}:
            yield (*where, "only_with"), f"no other check '{wanted}' in this file" + nearest(wanted, checks)
    names = {str(where[-1]) for where, _ in numbers}
    for where, _ in _tables(bare, "drift"):
        if where[-1] not in names:
            yield where, "no measure or number of that name" + nearest(str(where[-1]), names)


def _once(where: Where, words: Any) -> Mistakes:
    for k, word in enumerate(words if isinstance(words, list) else ()):
        if isinstance(word, str) and word in words[:k]:
            yield (*where, k), f"'{word}' stands there twice; once is enough"


def _bounds(where: Where, pairs: Any) -> Mistakes:
    for name, pair in pairs.items() if isinstance(pairs, dict) else ():
        if isinstance(pair, list) and len(pair) == 2:
            yield from _order((*where, name), pair[0], "below", pair[1], "its upper end")


def _order(where: Where, number: Any, way: Literal["below", "above"], other: Any, name: str) -> Mistakes:
    """A mistake where the number there is not below, or above, another that is called ``name``."""
    a, b = _number(number), _number(other)
    if a is not None and b is not None and not (a < b if way == "below" else a > b):
        yield where, f"{a:g} must be {way} {name} {b:g}"


def _tables(bare: BareTable, key: str) -> list[tuple[Where, BareTable]]:
    """Every table below a key: [[key]] or [key.NAME]."""
    inside = bare.get(key)
    items = dict(enumerate(inside)) if isinstance(inside, list) else _table(bare, key)
    return [((key, name), table) for name, table in items.items() if isinstance(table, dict)]


def _table(bare: BareTable, key: str) -> BareTable:
    inside = bare.get(key)
    return inside if isinstance(inside, dict) else {}


def _number(value: Any) -> float | None:
    """A number as `tables.Number` has it; None for anything else, which is found elsewhere."""
    fine = isinstance(value, int | float) and not isinstance(value, bool) and -MOST <= value <= MOST
    return float(value) if fine else None
