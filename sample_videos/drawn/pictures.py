"""Start and peak of each exercise for its page: ``python -m sample_videos.drawn.pictures``.

Writes ``formcheck/exercises/pictures.json``: millimetres, x to the right, y down, the floor at 0.
"""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import formcheck.exercises
from formcheck.types.landmark import INDEX
from sample_videos.drawn.camera import AZIMUTH, Camera
from sample_videos.drawn.figure import Drawn, motion
from sample_videos.drawn.motions import EXERCISES

Array = NDArray[np.float64]
Thing = tuple[float, float, float, float, float]  # a stroke: from x, y to x, y, and its half width

FILE = Path(formcheck.exercises.__file__).with_name("pictures.json")
NEAR = "right"
#: Where the view of the sample clip would show little.
_SEEN_FROM = {
    "single_leg_stability_reach": "side",
    "single_leg_stability_hold": "side",
    "single_leg_jump_squat": "side",
}
_TURN = 12.0  # degrees toward the front, so that the far limbs show beside the near ones


def picture(exercise: str) -> dict[str, Any]:
    """View, near side, and by caption the landmarks and the things the body uses."""
    kind = EXERCISES[exercise]
    view = _SEEN_FROM.get(exercise, kind.view)
    drawn = motion(exercise, view=view, facing=NEAR, fps=60.0, reps=2, side=NEAR, duration_s=4.0)
    turn, near = (_TURN, NEAR) if view == "side" else (0.0, None)
    camera = Camera(turn - AZIMUTH["side"] if near else 0.0, 0.0, 1.0, 1000.0, (0, 0), flat=True)
    flat = camera.project(drawn.joints)
    poses = {}
    for caption, t_s in _moments(drawn, kind.sides == "alternate").items():
        points = flat[int(np.argmin(np.abs(drawn.poses.t - t_s)))]
        points = points - [(points[:, 0].min() + points[:, 0].max()) / 2, 0.0]
        poses[caption] = {"points": _whole(points), "things": [_whole(x) for x in _things(exercise, points)]}
    return {"view": view, "near": near, "poses": poses}


def _moments(drawn: Drawn, alternate: bool) -> dict[str, float]:
    """Captions and their times; of limbs that take turns, when the near one works."""
    if "steps" in drawn.truth:
        step = next(step for step in drawn.truth["steps"] if step["side"] == NEAR)
        between = 30.0 / drawn.script.cadence_spm
        return {"landing": step["t_s"], "in the air": step["t_s"] - between}
    if not drawn.truth["reps"]:
        return {"held": float(drawn.poses.t[len(drawn.poses.t) // 2])}
    rep = drawn.truth["reps"][1 if alternate else 0]
    return {"start": rep["start_s"], "peak": rep["peak_s"]}


def _things(exercise: str, points: Array) -> list[Thing]:
    """What the body hangs on, lies on or holds."""
    hand = (points[INDEX["left_wrist"]] + points[INDEX["right_wrist"]]) / 2
    hip, head = points[INDEX["right_hip"]], points[INDEX["right_ear"]]
    if exercise == "pull_up":
        return [(-620, hand[1] - 30, 620, hand[1] - 30, 16)]
    if exercise == "bench_press":
        pad, rack = hip[1] + 150, (head[0] + 0.2 * (hip[0] - head[0]), head[0] + 0.8 * (hip[0] - head[0]))
        legs = [(x, pad, x, -20, 18) for x in rack]
        return [
            *legs,
            (head[0] - 60, pad, hip[0] + 60, pad, 32),
            (hand[0], hand[1] - 30, hand[0], hand[1] - 30, 150),
        ]
    if exercise == "hip_thrust":
        x, y = points[INDEX["right_shoulder"]]
        return _seat(x - 220, x, y + 85)
    if exercise == "sit_to_stand":
        x = points[INDEX["right_ankle"]][0]
        return _seat(x - 430, x - 250, -340)
    if exercise == "pommel_horse":
        pad = hand[1] + 190
        legs = [(hand[0] + x, pad, hand[0] + 1.2 * x, -20, 24) for x in (-260, 260)]
        return [*legs, (hand[0] - 300, pad, hand[0] + 300, pad, 130)]
    return []


def _seat(left: float, right: float, top: float) -> list[Thing]:
    """A box, or something to sit on, with its legs."""
    return [(x, top, x, -20, 18) for x in (left + 20, right - 20)] + [(left, top, right, top, 32)]


def _whole(numbers: Array | Thing) -> list[int]:
    return [round(float(x)) for x in np.ravel(numbers)]


def text() -> str:
    """The whole file, one exercise a line."""
    lines = [f'"{name}":{json.dumps(picture(name), separators=(",", ":"))}' for name in sorted(EXERCISES)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
