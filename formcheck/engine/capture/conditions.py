"""The check of a runner's clip itself, before any verdict: what it can show, and what it cannot."""

import numpy as np

from formcheck.engine.calibrate import Calibration
from formcheck.engine.capture.advice import LOW_FPS, SMALL, share_of_picture
from formcheck.engine.capture.time_scale import SlowMotion
from formcheck.engine.gait.drift import LEAST_STRIDES
from formcheck.engine.gait.run import Run
from formcheck.engine.gait.stride_judge import BLOCK
from formcheck.types.pose import PoseSequence
from formcheck.types.reason import Reason
from formcheck.types.session import Condition

#: From here on times of the feet are worth reading: 60 a second, as cameras keep it.
GOOD_FPS = 57.0


def conditions(
    poses: PoseSequence, calibration: Calibration, run: Run, slow: SlowMotion | None
) -> tuple[Condition, ...]:
    """One line each, in the order in which a runner would mend them; ``slow`` is what is slower than life."""
    found = [
        _view(calibration),
        _rate(calibration.fps, calibration.sensor.feet.event_s),
        _time(run, slow),
        _steps(run),
        _size(poses),
        _camera(calibration),
        _tilt(calibration),
        _people(poses),
    ]
    return tuple(c for c in found if c is not None)


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


def _time(run: Run, slow: SlowMotion | None) -> Condition:
    if run.kind == "walk":
        return Condition("real_time", "prevents", Reason("clip_walking"))
    if slow is not None:
        return Condition("real_time", "limits", Reason("clip_slow", factor=slow.factor))
    if run.cadence_spm is None:
        return Condition("real_time", "prevents", Reason("clip_no_rhythm"))
    return Condition("real_time", "ok", Reason("clip_rhythm", spm=run.cadence_spm))


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
