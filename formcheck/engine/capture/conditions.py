"""The check of a runner's clip itself, before any verdict: what it can show, and what it cannot."""

import numpy as np

from formcheck.engine.calibrate import Calibration
from formcheck.engine.capture.advice import LOW_FPS, SMALL, share_of_picture
from formcheck.engine.gait.drift import LEAST_STRIDES
from formcheck.engine.gait.run import Run
from formcheck.engine.gait.stride_judge import BLOCK
from formcheck.types.pose import PoseSequence
from formcheck.types.reason import Reason
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
        _rate(calibration.fps, calibration.sensor.feet.event_s),
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
        return Condition("view", "ok", Reason("clip_view", view=name))
    if name == "oblique":
        return Condition("view", "limits", Reason("clip_oblique"))
    return Condition("view", "prevents", Reason("clip_view_unknown"))


def _rate(fps: float, event_s: float) -> Condition:
    if not fps > 0:
        return Condition("frame_rate", "prevents", Reason("clip_one_frame"))
    error_s = 1 / fps + event_s
    if fps >= GOOD_FPS:
        return Condition("frame_rate", "ok", Reason("clip_fps", fps=fps, error_ms=1000 * error_s))
    if fps >= LOW_FPS:
        return Condition("frame_rate", "limits", Reason("clip_fps_low", fps=fps, error_ms=1000 * error_s))
    return Condition("frame_rate", "prevents", Reason("clip_fps_too_low", fps=fps))


def _time(calibration: Calibration, run: Run) -> Condition:
    factor = slow_motion(calibration, run)
    if run.kind == "walk":
        return Condition("real_time", "prevents", Reason("clip_walking"))
    if run.slow:
        slow = Reason("clip_slow_by", factor=factor) if factor >= 2 else Reason("clip_slow")
        return Condition("real_time", "limits", slow)
    spm = run.cadence_spm
    if spm is None:
        return Condition("real_time", "prevents", Reason("clip_no_rhythm"))
    if run.kind == "run" and spm < DOUBTFUL_SPM and factor > DOUBTFUL:
        return Condition("real_time", "limits", Reason("clip_few_steps_a_minute", spm=spm))
    return Condition("real_time", "ok", Reason("clip_rhythm", spm=spm))


def _steps(run: Run) -> Condition:
    n = len(run.strides)
    if n < BLOCK:
        return Condition("steps", "prevents", Reason("clip_few_steps", steps=2 * n, least=2 * BLOCK))
    if n < 3 * LEAST_STRIDES:
        reason = Reason("clip_short", steps=2 * n, least=6 * LEAST_STRIDES)
        return Condition("steps", "ok" if n >= LEAST_STRIDES else "limits", reason)
    return Condition("steps", "ok", Reason("clip_long_enough", steps=2 * n))


def _size(poses: PoseSequence) -> Condition | None:
    share = share_of_picture(poses)
    if np.isnan(share):
        return None
    if share < SMALL:
        return Condition("size", "limits", Reason("clip_runner_small", percent=100 * share))
    return Condition("size", "ok", Reason("clip_runner_size", percent=100 * share))


def _camera(calibration: Calibration) -> Condition:
    camera = calibration.camera
    if camera.name == "moving":
        return Condition("camera", "limits", Reason("clip_camera_moved"))
    if camera.name == "unknown":
        return Condition("camera", "limits", Reason("clip_camera_unknown"))
    if camera.shakes:
        return Condition("camera", "limits", Reason("clip_camera_shook"))
    return Condition("camera", "ok", Reason("clip_camera_still"))


def _tilt(calibration: Calibration) -> Condition | None:
    if not abs(calibration.tilt_deg) > 0:
        return None
    return Condition("tilt", "limits", Reason("clip_leans", by_deg=abs(calibration.tilt_deg)))


def _people(poses: PoseSequence) -> Condition | None:
    if poses.people is None or poses.people < 2:
        return None
    return Condition("people", "limits", Reason("clip_people", n=poses.people))
