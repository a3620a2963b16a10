"""The check of a runner's clip itself, before any verdict: what it can show, and what it cannot."""

import numpy as np

from formcheck.engine.calibrate import Calibration
from formcheck.engine.capture.advice import LOW_FPS, SMALL, share_of_picture
from formcheck.engine.gait.drift import LEAST_STRIDES
from formcheck.engine.gait.result import EVENT_S
from formcheck.engine.gait.run import Run
from formcheck.engine.gait.stride_judge import BLOCK
from formcheck.types.pose import PoseSequence
from formcheck.types.session import Condition

#: From here on times of the feet are worth reading: 60 a second, as cameras keep it.
GOOD_FPS = 57.0
#: Metres a second squared: a body in flight falls with it, and more slowly only in slow motion.
GRAVITY = 9.81
#: A rhythm of running that falls this many times too slowly, at fewer steps a minute than this, is doubtful.
DOUBTFUL, DOUBTFUL_SPM = 1.5, 140.0


def conditions(poses: PoseSequence, calibration: Calibration, run: Run) -> tuple[Condition, ...]:
    """One line each, in the order in which a runner would mend them."""
    found = [
        _view(calibration),
        _rate(calibration.fps),
        _time(calibration, run),
        _steps(run),
        _size(poses),
        _camera(calibration),
        _tilt(calibration),
        _people(poses),
    ]
    return tuple(c for c in found if c is not None)


def slow_motion(calibration: Calibration, run: Run) -> float:
    """How many times slower than life the clip plays, by how the body falls in flight; NaN not known.

    A bounce of height h and period T falls with (h / 2) (2 pi / T)^2 at its top.
    """
    bounce = np.array([s.bounce for s in run.strides])
    if not np.isfinite(bounce).any():
        return float("nan")
    metres = float(np.nanmedian(bounce)) * calibration.trunk_m
    if not metres > 0:
        return float("nan")
    period = float(np.median([s.lasts_s for s in run.strides])) / 2
    return float(np.sqrt(GRAVITY / (metres / 2 * (2 * np.pi / period) ** 2)))


def _view(calibration: Calibration) -> Condition:
    name = calibration.view.name
    if name in ("side", "front", "back"):
        where = {"side": "square from the side", "front": "from the front", "back": "from behind"}[name]
        missing = {
            "side": "sway, hips and step width need a clip from behind or from the front",
            "front": "lean, head and landing need a clip from the side",
            "back": "lean, head and landing need a clip from the side",
        }[name]
        return Condition("view", "ok", f"Filmed {where}; {missing}.")
    if name == "oblique":
        told = (
            "Filmed at an angle between side and front: limits are wider, and some things cannot be judged."
        )
        return Condition("view", "limits", told)
    return Condition("view", "prevents", "Shoulders and hips were not seen well enough to tell the view.")


def _rate(fps: float) -> Condition:
    if not fps > 0:
        return Condition("frame_rate", "prevents", "A single picture shows no movement.")
    error = f"±{1000 * (1 / fps + EVENT_S):.0f} ms"
    if fps >= GOOD_FPS:
        return Condition("frame_rate", "ok", f"{fps:.0f} pictures a second; times of the feet to {error}.")
    if fps >= LOW_FPS:
        told = f"{fps:.0f} pictures a second: times of the feet only to {error}; film with 60 if you can."
        return Condition("frame_rate", "limits", told)
    told = f"{fps:.0f} pictures a second are too few to see the feet land; film with 30, better 60."
    return Condition("frame_rate", "prevents", told)


def _time(calibration: Calibration, run: Run) -> Condition:
    factor = slow_motion(calibration, run)
    if run.kind == "walk":
        return Condition("real_time", "prevents", "This is walking; only running is judged.")
    if run.slow:
        about = f", about {factor:.0f} times by how the body falls in flight" if factor >= 2 else ""
        told = (
            f"The steps are slower than any running, so this looks like slow motion{about}. Posture was "
            "judged; for cadence and times give --slowmo."
        )
        return Condition("real_time", "limits", told)
    spm = run.cadence_spm
    if spm is None:
        return Condition("real_time", "prevents", "No steady rhythm of steps was found.")
    if run.kind == "run" and spm < DOUBTFUL_SPM and factor > DOUBTFUL:
        told = f"{spm:.0f} steps a minute are few: if this is slow motion, give --slowmo."
        return Condition("real_time", "limits", told)
    return Condition("real_time", "ok", f"A steady rhythm in real time: {spm:.0f} steps a minute.")


def _steps(run: Run) -> Condition:
    n = len(run.strides)
    steps = f"{2 * n} steps in whole strides"
    if n < BLOCK:
        return Condition("steps", "prevents", f"{steps}; {2 * BLOCK} are needed. Film 20 seconds or more.")
    if n < 3 * LEAST_STRIDES:
        told = f"{steps}; to compare early with late, film {6 * LEAST_STRIDES} or more (about 45 seconds)."
        return Condition("steps", "ok" if n >= LEAST_STRIDES else "limits", told)
    return Condition("steps", "ok", f"{steps}, enough to compare early with late.")


def _size(poses: PoseSequence) -> Condition | None:
    share = share_of_picture(poses)
    if np.isnan(share):
        return None
    told = f"The runner fills {100 * share:.0f} % of the picture's longer way."
    if share < SMALL:
        return Condition("size", "limits", f"{told} Film from nearer by.")
    return Condition("size", "ok", told)


def _camera(calibration: Calibration) -> Condition:
    camera = calibration.camera
    if camera.name == "moving":
        told = "The camera moved along: how far you bounce cannot be measured."
        return Condition("camera", "limits", told)
    if camera.name == "unknown":
        told = "Nothing tells whether the camera stood still: how far you bounce cannot be measured."
        return Condition("camera", "limits", told)
    if camera.shakes:
        return Condition("camera", "limits", "The camera shook up and down: put it on something firm.")
    return Condition("camera", "ok", "The camera stood still.")


def _tilt(calibration: Calibration) -> Condition | None:
    if not abs(calibration.tilt_deg) > 0:
        return None
    told = f"The picture leans by about {abs(calibration.tilt_deg):.0f} degrees: level the camera."
    return Condition("tilt", "limits", told)


def _people(poses: PoseSequence) -> Condition | None:
    if poses.people is None or poses.people < 2:
        return None
    told = f"{poses.people} people in view; one was followed. If it is the wrong one, try --subject."
    return Condition("people", "limits", told)
