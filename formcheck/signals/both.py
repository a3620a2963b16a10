"""Both sides at once, as far as they are seen: for counting, where one side may be hidden or mistaken."""

import numpy as np

from formcheck.signals.geometry import Point, Value, elevation, flexion
from formcheck.signals.registry import signal


def _mean_seen(left: Value, right: Value) -> Value:
    """The mean of two values, or the one that is there."""
    both = (left + right) / 2
    return np.where(np.isnan(both), np.where(np.isnan(left), right, left), both)[()]


@signal("deg")
def elbows_bend(
    left_shoulder: Point,
    left_elbow: Point,
    left_wrist: Point,
    right_shoulder: Point,
    right_elbow: Point,
    right_wrist: Point,
) -> Value:
    """Bend of both elbows, their mean; 0 straight."""
    return _mean_seen(
        flexion(left_shoulder, left_elbow, left_wrist), flexion(right_shoulder, right_elbow, right_wrist)
    )


@signal("deg")
def knees_bend(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> Value:
    """Bend of both knees, their mean; 0 straight."""
    return _mean_seen(flexion(left_hip, left_knee, left_ankle), flexion(right_hip, right_knee, right_ankle))


@signal("deg")
def hips_bend(
    left_shoulder: Point,
    left_hip: Point,
    left_knee: Point,
    right_shoulder: Point,
    right_hip: Point,
    right_knee: Point,
) -> Value:
    """Bend between trunk and thighs, mean of both sides, unsigned; 0 straight."""
    return _mean_seen(
        flexion(left_shoulder, left_hip, left_knee), flexion(right_shoulder, right_hip, right_knee)
    )


@signal("deg")
def arms_raised(
    left_hip: Point,
    left_shoulder: Point,
    left_elbow: Point,
    right_hip: Point,
    right_shoulder: Point,
    right_elbow: Point,
) -> Value:
    """Upper arms against the trunk, mean of both; 0 arms at the sides, 180 overhead."""
    return 180.0 - _mean_seen(
        flexion(left_hip, left_shoulder, left_elbow), flexion(right_hip, right_shoulder, right_elbow)
    )


@signal("deg")
def arms_lowered(
    left_hip: Point,
    left_shoulder: Point,
    left_elbow: Point,
    right_hip: Point,
    right_shoulder: Point,
    right_elbow: Point,
) -> Value:
    """Upper arms from overhead, mean of both; 0 overhead, 180 at the sides."""
    return _mean_seen(
        flexion(left_hip, left_shoulder, left_elbow), flexion(right_hip, right_shoulder, right_elbow)
    )


@signal("S")
def hands_height(
    left_shoulder: Point, left_wrist: Point, right_shoulder: Point, right_wrist: Point, scale: Value
) -> Value:
    """Wrists above the shoulders, mean of both; below 0 hanging."""
    return _mean_seen((left_wrist - left_shoulder).imag, (right_wrist - right_shoulder).imag) / scale


@signal("S")
def crouch(mid_shoulder: Point, mid_knee: Point, scale: Value) -> Value:
    """Shoulders toward the knees, rising toward 0 as the body folds up; count it against its rest value."""
    return -abs(mid_shoulder - mid_knee) / scale


@signal("S")
def feet_aside(mid_hip: Point, mid_ankle: Point, scale: Value) -> Value:
    """Feet beside the hips; + to image right."""
    return (mid_ankle - mid_hip).real / scale


@signal("S")
def dip(nose: Point, left_wrist: Point, right_wrist: Point, scale: Value) -> Value:
    """Head toward the hands that carry the body, rising as it sinks; count it against its rest value."""
    return -(nose.imag - _mean_seen(left_wrist.imag, right_wrist.imag)) / scale


@signal("deg")
def sitting_up(
    left_shoulder: Point,
    left_hip: Point,
    left_knee: Point,
    right_shoulder: Point,
    right_hip: Point,
    right_knee: Point,
    mid_hip: Point,
    mid_shoulder: Point,
) -> Value:
    """Mean of how far the trunk is off the floor and off the line of the thighs: both rise in a sit-up."""
    fold = _mean_seen(
        flexion(left_shoulder, left_hip, left_knee), flexion(right_shoulder, right_hip, right_knee)
    )
    return (fold + elevation(mid_hip, mid_shoulder)) / 2
