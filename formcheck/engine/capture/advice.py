"""What to do better when filming, from what the engine could not see."""

import numpy as np

from formcheck.engine.body.landmarks import seen
from formcheck.engine.calibrate import Calibration
from formcheck.engine.capture.cuts import without_anybody
from formcheck.engine.capture.subject import spans_of_others
from formcheck.engine.capture.time_scale import SlowMotion
from formcheck.engine.gait.run import Run
from formcheck.exercises.schema import Exercise
from formcheck.sensor import profile_for
from formcheck.types.landmark import INDEX
from formcheck.types.pose import PoseSequence
from formcheck.types.reason import Reason
from formcheck.types.session import Advice

#: Fewer frames per second, a smaller person, one lost more often, more pictures of nobody are worth a word.
#: Judgement.
LOW_FPS, SMALL = 20.0, 0.25
OFTEN_LOST = 0.10
#: Dark, tight or wide clothing is the usual reason. Of runners seen from the side `full` takes one leg for
#: the other 1.0 to 1.5 times a second with nothing to blame (7 drawn clips), which is put right.
MANY_EXCHANGES_PER_S = 2.0
#: Others who were followed more often, or for a larger share of a clip, have taken turns. Judgement.
MANY_TIMES, MUCH = 3, 0.3
_FEET = ("left_ankle", "right_ankle", "left_toe", "right_toe")
_HEAD = ("nose", "left_ear", "right_ear")


def advice(
    poses: PoseSequence,
    exercise: Exercise,
    calibration: Calibration,
    run: Run | None,
    slow: SlowMotion | None,
) -> tuple[Advice, ...]:
    """Everything that would have let more be judged, most useful first.

    Parameters
    ----------
    run : where there are strides.
    slow : what is slower than life, as `time_scale` says.
    """
    found = poses.found
    if not found.any():
        return ()
    tips = [
        *tagged(poses),
        *turned(poses),
        *followed(poses),
        *_slow(slow, exercise),
        *_framing(poses, found),
        *_view(exercise, calibration),
        *_camera(calibration),
        *_rate(poses, found),
    ]
    if run is not None:
        tips += _rhythm(run, exercise, slow)
    else:
        tips += several(poses)  # of a run it is one of the conditions
    if not calibration.sensor.measured:
        tips.append(Advice("sensor_unknown", Reason("sensor_unknown", model=poses.model.name)))
    return tuple(tips)


def tagged(poses: PoseSequence) -> list[Advice]:
    """That slow motion was taken out, by the phone's own tag."""
    factor = poses.source.tagged_slowmo
    return [] if factor is None else [Advice("slow_motion_taken_out", Reason("slowed_by_tag", factor=factor))]


def turned(poses: PoseSequence) -> list[Advice]:
    """That the picture was turned, or may have to be, where nobody said which way is up."""
    if poses.source.rotation_deg is not None:
        return []
    if poses.turned_deg == 180:
        return [Advice("picture_turned", Reason("picture_upside_down"))]
    if poses.turned_deg:
        return [Advice("picture_turned", Reason("picture_on_its_side", by_deg=poses.turned_deg))]
    if poses.perhaps_turned:
        return [Advice("picture_perhaps_turned", Reason("picture_perhaps_turned"))]
    return []


def several(poses: PoseSequence) -> list[Advice]:
    """That several people were in view at once, and who of them was followed."""
    if poses.people is None or poses.people < 2:
        return []
    return [Advice("people_in_view", Reason("people_in_view", n=poses.people))]


def followed(poses: PoseSequence) -> list[Advice]:
    """That somebody else than the subject was followed, when, and that this is not judged."""
    spans = spans_of_others(poses)
    if not spans:
        return []
    seconds = sum(end - start for start, end in spans)
    if len(spans) >= MANY_TIMES or seconds > MUCH * (poses.t[-1] - poses.t[0]):
        reason = Reason("people_alternate", n=len(spans), others_s=seconds)
    else:
        first, *_ = spans
        reason = Reason("somebody_else", n=len(spans), start_s=first[0], end_s=first[1])
    return [Advice("somebody_else", reason)]


def _slow(slow: SlowMotion | None, exercise: Exercise) -> list[Advice]:
    if slow is None:
        return []
    if exercise.is_gait:
        return [Advice("slow_motion", Reason("steps_slow", factor=slow.factor))]
    return [Advice("slow_motion", Reason("movements_slow", n=slow.n, each_s=slow.each_s, factor=slow.factor))]


def _view(exercise: Exercise, calibration: Calibration) -> list[Advice]:
    name = calibration.view.name
    if name in exercise.camera.views:
        return []
    if name == "axial":
        return [Advice("turn_side_on", Reason("view_axial"))]
    best = exercise.camera.views[0]
    turn = {"side": "turn_side_on", "front": "turn_to_front", "back": "turn_to_back"}[best]
    if name == "unknown":
        return [Advice(turn, Reason("view_unknown", best=best))]
    return [Advice(turn, Reason("view_other", view=name, best=best))]


def _camera(calibration: Calibration) -> list[Advice]:
    tips = []
    if abs(calibration.tilt_deg) > 0:
        tips.append(Advice("camera_tilted", Reason("picture_leans", by_deg=abs(calibration.tilt_deg))))
    if calibration.exchanges_per_s > MANY_EXCHANGES_PER_S:
        tips.append(Advice("low_contrast", Reason("sides_confused")))
    return tips


def _framing(poses: PoseSequence, found: np.ndarray) -> list[Advice]:
    size = (poses.width_px, poses.height_px)
    image, visibility = poses.image[found], poses.visibility[found]
    trust = profile_for(poses.model).trust
    weak = ~seen(image, visibility, size, trust.countable, trust.margin)

    def hidden(names: tuple[str, ...]) -> bool:
        return bool(np.mean(weak[:, [INDEX[n] for n in names]].all(axis=1)) > 0.3)

    tips = []
    if hidden(_FEET):
        tips.append(Advice("feet_out_of_frame", Reason("feet_outside")))
    if hidden(_HEAD):
        tips.append(Advice("head_out_of_frame", Reason("head_outside")))
    if share_of_picture(poses) < SMALL:
        tips.append(Advice("come_closer", Reason("person_small")))
    return tips


def share_of_picture(poses: PoseSequence) -> float:
    """How much of the picture's height or width the person fills, 0..1, the larger; NaN if never seen."""
    size = (poses.width_px, poses.height_px)
    image, trust = poses.image[poses.found], profile_for(poses.model).trust
    shown = seen(image, poses.visibility[poses.found], size, trust.usable, trust.margin)
    ok = shown.any(axis=1)
    if not ok.any():
        return float("nan")
    spans = []
    for axis in (0, 1):
        x = np.where(shown, image[..., axis], np.nan)[ok]
        spans.append((np.nanmax(x, axis=1) - np.nanmin(x, axis=1)) / size[axis])
    return float(np.median(np.maximum(*spans)))


def _rate(poses: PoseSequence, found: np.ndarray) -> list[Advice]:
    tips = []
    span = float(poses.t[-1] - poses.t[0]) if len(poses) > 1 else 0.0
    if span and (len(poses) - 1) / span < LOW_FPS:
        tips.append(Advice("low_fps", Reason("low_fps", least=LOW_FPS)))
    apart = without_anybody(poses)
    if np.mean((~found & ~poses.another)[~apart]) > OFTEN_LOST:
        tips.append(Advice("often_lost", Reason("often_lost")))
    if np.mean(apart) > OFTEN_LOST:
        share = Reason("shots_without_anybody", percent=100 * float(np.mean(apart)))
        tips.append(Advice("shots_without_anybody", share))
    return tips


def _rhythm(run: Run, exercise: Exercise, slow: SlowMotion | None) -> list[Advice]:
    if run.kind == "walk" or slow is not None or run.cadence_spm is not None:
        return []
    return [Advice("no_rhythm", Reason("no_rhythm", setup=exercise.camera.setup))]
