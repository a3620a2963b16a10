"""The mean stride as a strip of stick figures that run to the right."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types.gait import MeanStride
from formcheck.types.landmark import INDEX

Floats = NDArray[np.floating]
Body = NDArray[np.complexfloating]

#: A figure's canvas; a trunk length is this many pixels.
WIDTH, HEIGHT, TRUNK = 100, 132, 32.0
GROUND = 126.0
_HEAD = 6.5  # radius, pixels
_FIGURES = 8
_ARM = ("shoulder", "elbow", "wrist")
_LEG = ("hip", "knee", "ankle", "heel", "toe", "ankle")
_TRUNK = [INDEX[i] for i in ("left_hip", "left_shoulder", "right_shoulder", "right_hip", "left_hip")]
_FEET = [INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("heel", "toe")]
#: Below this share of a stride on the ground, both feet leave it: there is flight.
_FLIGHT = 0.5


@dataclass(frozen=True, slots=True)
class StickFigure:
    """One moment: SVG paths of the limbs, the middle of the head, and what moment it is."""

    near: str
    far: str
    trunk: str
    head: tuple[float, float] | None
    label: str
    marked: bool
    grounded: bool


def strip(stride: MeanStride, facing: Literal["left", "right"] | None) -> list[StickFigure]:
    """Eight moments of the stride in their order; those not seen at all are left out."""
    bodies = -stride.bodies.conj() if facing == "left" else stride.bodies
    share = np.linspace(0, 1, len(bodies))
    lift = _hip_height(bodies, share, stride.contact)
    figures = []
    for at, label in moments(stride.contact):
        i = int(np.argmin(np.abs(share - at)))
        if np.isfinite(bodies[i]).any() and np.isfinite(lift[i]):
            figures.append(_figure(bodies[i], float(lift[i]), label, stride, at))
    return figures


def moments(contact: tuple[float, float] | None) -> list[tuple[float, str]]:
    """Shares of the stride worth drawing and their names; even shares if the contact is not known."""
    if contact is None or not 0 < contact[1] - contact[0] < _FLIGHT:
        return [(k / _FIGURES, f"{k / _FIGURES:.0%}".replace("%", " %")) for k in range(_FIGURES)]
    land, leave = contact
    aloft = (leave + land + _FLIGHT) / 2
    rest = [(aloft + (1 - aloft) * k / 4, label) for k, label in enumerate(("", "swing", ""), 1)]
    named = [(0.0, "flight"), (land, "landing"), ((land + leave) / 2, "mid-stance"), (leave, "toe-off")]
    return [*named, (aloft, "flight"), *rest]


def _hip_height(bodies: Body, share: Floats, contact: tuple[float, float] | None) -> Floats:
    """Height of the hips over the ground, (P,): known while the foot carries, the same half a stride on."""
    lowest = np.where(np.isfinite(bodies[:, _FEET]), bodies[:, _FEET].imag, np.inf).min(axis=1)
    height: Floats = np.where(np.isfinite(lowest), -lowest, np.nan)
    if contact is None:
        return height
    down = (share >= contact[0]) & (share <= contact[1]) & np.isfinite(height)
    if not down.any():
        return height
    known, at = np.tile(height[down], 2), np.r_[share[down], share[down] + 0.5]
    values: Floats = np.interp(share, *_sorted(at % 1.0, known), period=1.0)
    return values


def _sorted(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    order = np.argsort(x)
    return x[order], y[order]


def _figure(body: Body, lift: float, label: str, stride: MeanStride, at: float) -> StickFigure:
    other = {"left": "right", "right": "left"}[stride.side]
    points = np.stack([WIDTH / 2 + TRUNK * body.real, GROUND - TRUNK * (body.imag + lift)], axis=-1)

    def middle(joint: str) -> Floats:
        pair = points[[INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]]]
        seen = pair[np.isfinite(pair).all(axis=1)]
        return seen.mean(axis=0) if len(seen) else np.full(2, np.nan)

    ear = middle("ear")
    head = (float(ear[0]), float(ear[1])) if np.isfinite(ear).all() else None
    grounded = stride.contact is not None and stride.contact[0] <= at <= stride.contact[1]
    return StickFigure(
        _limbs(points, stride.side),
        _limbs(points, other),
        _chain([points[i] for i in _TRUNK]) + _chain([middle("hip"), middle("shoulder"), ear]),
        head,
        label,
        label in {"landing", "toe-off"},
        grounded,
    )


def _limbs(points: Floats, side: str) -> str:
    return "".join(_chain([points[INDEX[f"{side}_{joint}"]] for joint in chain]) for chain in (_ARM, _LEG))


def _chain(points: list[Floats]) -> str:
    """A line through the points up to the first that was not seen."""
    seen = np.isfinite(points).all(axis=1)
    whole = points if seen.all() else points[: int(np.argmin(seen))]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in whole) if len(whole) > 1 else ""
