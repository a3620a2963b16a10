"""The truth about steps: when each foot is down, and the stride as the true joints show it in the picture."""

from itertools import pairwise
from typing import Any

import numpy as np

from sample_videos.drawn.rig import SIDES, Array, Side
from sample_videos.drawn.strides import Strides
from sample_videos.drawn.truth import Plane, front_angles, side_angles


def steps(pace: Strides) -> list[dict[str, Any]]:
    """Every contact in full motion: t_s, side, off_s when the foot leaves."""
    found = [
        {"t_s": round(down, 3), "side": side, "off_s": round(off, 3)}
        for side in SIDES
        for down, off in pace.contacts(side)
    ]
    return sorted(found, key=lambda step: step["t_s"])


def medians(steps: list[dict[str, Any]], t: Array, plane: Plane, near: Side | None) -> dict[str, float]:
    """Medians over the ``steps`` steps, those of the near leg where ``near`` is a side; lengths in trunks.

    contact_s, flight_s, step_asymmetry (%), vertical_oscillation. Side view: shank_, knee_, ankle_ahead_ and
    foot_at_contact (+ ankle ahead, toes up against mid-stance), knee_in_stance (the most). Front and back:
    pelvic_drop (toward the swinging side), step_width and knee_in at mid-stance.
    """
    down = np.array([step["t_s"] for step in steps])
    length = float(np.median(plane.trunk[2]))
    hips = plane("hip")[:, 1] / length
    rows = [_between(t, step["t_s"], step["off_s"]) for step in steps]
    middles = [int(row[np.argmin(hips[row])]) for row in rows]
    found: dict[str, Any] = {
        "contact_s": [step["off_s"] - step["t_s"] for step in steps],
        "flight_s": [after["t_s"] - step["off_s"] for step, after in pairwise(steps)],
        "step_asymmetry": [_asymmetry(steps)],
        "vertical_oscillation": [np.ptp(hips[_between(t, a, b)]) for a, b in pairwise(down)],
    }
    if near:
        own = [k for k, step in enumerate(steps) if step["side"] == near]
        legs = _leg(plane, near, length)
        for name in ("shank", "knee", "ankle_ahead", "foot"):
            found[f"{name}_at_contact"] = np.interp(down[own], t, legs[name])
        found["knee_in_stance"] = [legs["knee"][rows[k]].max() for k in own]
        found["foot_at_contact"] -= legs["foot"][[middles[k] for k in own]]
    else:
        found |= _front(plane, [step["side"] for step in steps], middles, length)
    return {name: round(float(np.median(values)), 3) for name, values in found.items()}


def _between(t: Array, start_s: float, end_s: float) -> Array:
    return np.arange(np.searchsorted(t, start_s), np.searchsorted(t, end_s, "right"))


def _asymmetry(steps: list[dict[str, Any]]) -> float:
    """How much the steps onto one foot take longer than those onto the other, percent of their mean."""
    left, right = (
        np.median([b["t_s"] - a["t_s"] for a, b in pairwise(steps) if b["side"] == side]) for side in SIDES
    )
    return float(200 * abs(left - right) / (left + right))


def _leg(plane: Plane, near: Side, length: float) -> dict[str, Array]:
    shank, foot = plane("n_ankle") - plane("n_knee"), plane("n_toe") - plane("n_heel")
    return {
        "shank": np.degrees(np.arctan2(plane.facing * shank[:, 0], -shank[:, 1])),
        "knee": side_angles(plane, near)["knee_flexion"],
        "ankle_ahead": plane.facing * (plane("n_ankle") - plane("hip"))[:, 0] / length,
        "foot": np.degrees(np.arctan2(foot[:, 1], plane.facing * foot[:, 0])),
    }


def _front(plane: Plane, sides: list[Side], middles: list[int], length: float) -> dict[str, Any]:
    angles = front_angles(plane)
    tilt = angles["hip_tilt"] - angles["hip_tilt"].mean()
    left = np.sign((plane("left_hip") - plane("right_hip"))[:, 0])
    signs = [1.0 if side == "left" else -1.0 for side in sides]
    each = list(zip(sides, signs, middles, strict=True))
    return {
        "pelvic_drop": [sign * tilt[k] for _, sign, k in each],
        "step_width": [
            sign * left[k] * (plane(f"{side}_ankle") - plane("hip"))[k, 0] / length for side, sign, k in each
        ],
        "knee_in": [angles[f"knee_in_{side}"][k] for side, _, k in each],
    }
