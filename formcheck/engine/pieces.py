"""A clip in pieces: each one shot, from one side, measured by what the pieces show that are alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

import numpy as np

from formcheck.engine.body.observe import Observation, observe
from formcheck.engine.calibrate import Calibration, calibrate
from formcheck.engine.capture.cuts import alike, cuts
from formcheck.engine.capture.turns import LOOK_S, turns
from formcheck.engine.count.asides import Aside
from formcheck.engine.count.position import in_place
from formcheck.engine.count.typical_rom import TypicalRom
from formcheck.engine.cycles import asides_of, clearest_cycle, movements_of, shows
from formcheck.exercises.schema import Cycle, Exercise
from formcheck.types.pose import PoseSequence


@dataclass(frozen=True, slots=True)
class ClipPiece:
    """From ``start_s`` to before ``end_s``, and what is steady about it; ``cut``: a shot begins it."""

    start_s: float
    end_s: float
    calibration: Calibration
    cut: bool = False

    @classmethod
    def whole(cls, calibration: Calibration) -> "ClipPiece":
        """A clip or set that is one piece."""
        return cls(-np.inf, np.inf, calibration)

    def of(self, poses: PoseSequence) -> PoseSequence:
        """Its poses."""
        return poses.between(self.start_s, self.end_s)


def pieces_of(
    poses: PoseSequence,
    exercise: Exercise,
    *,
    view: str | None = None,
    declared: Literal["left", "right"] | None = None,
    span: tuple[float, float] = (-np.inf, np.inf),
) -> tuple[ClipPiece, ...]:
    """The pieces of ``span``, by what ``poses`` show of it; one of a run, and where nobody is seen.

    ``view`` (side, front, back) and ``declared`` (the working side) overrule what geometry would find.
    """
    poses = in_place(poses, exercise)
    seen = observe(poses, view)
    if seen is None or exercise.is_gait:
        return (ClipPiece(*span, calibrate(poses, exercise, view=view, declared=declared)),)
    begun = cuts(poses)
    turned = [t for t in turns(seen, exercise.camera.views) if all(abs(t - cut) > LOOK_S for cut in begun)]
    edges = list(pairwise([span[0], *sorted((*begun, *turned)), span[1]]))
    parts = [observe(poses.between(*edge), view) for edge in edges] if len(edges) > 1 else [seen]
    framing = alike(parts)
    of = np.array(framing)[np.searchsorted([b for _, b in edges[:-1]], poses.t, "right")]
    found = {
        one: calibrate(poses.only(of == one), exercise, view=view, declared=declared) for one in set(framing)
    }
    known = [found[one] for one in framing]
    if len(edges) > 1:
        known = _counted_alike(known, parts, exercise)
    return tuple(ClipPiece(*edge, k, edge[0] in begun) for edge, k in zip(edges, known, strict=True))


def _counted_alike(
    found: Sequence[Calibration], seen: Sequence[Observation | None], exercise: Exercise
) -> list[Calibration]:
    """Pieces in one view are counted by one cycle and one idea of the usual range.

    So who only talks in one piece is not counted by his gestures. Where a piece does not show that cycle, as
    a close-up may, it is counted by its own.
    """
    alike: dict[str, list[Observation]] = {}
    for piece in filter(None, seen):
        alike.setdefault(piece.view.name, []).append(piece)
    counted = {view: clearest_cycle(exercise, *pieces) for view, pieces in alike.items()}
    aside = asides_of(*(movements_of(exercise, *counted[view], *pieces) for view, pieces in alike.items()))
    return [_by(known, piece, counted, aside) for known, piece in zip(found, seen, strict=True)]


def _by(
    known: Calibration,
    piece: Observation | None,
    counted: Mapping[str, tuple[Cycle | None, TypicalRom]],
    aside: tuple[Aside, ...],
) -> Calibration:
    """A piece with what it is counted by, and what is none of the set."""
    cycle, rom = counted.get(known.view.name, (known.cycle, known.typical_rom))
    if piece is not None and known.typical_rom.moves and not shows(piece, cycle):
        cycle, rom = known.cycle, known.typical_rom
    return replace(known, cycle=cycle, typical_rom=rom, asides=aside)
