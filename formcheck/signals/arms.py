"""Numbers about both arms together."""

from formcheck.signals.geometry import Point, Value, flexion
from formcheck.signals.registry import signal


@signal("deg", views="front back")
def arm_difference(
    left_hip: Point,
    left_shoulder: Point,
    left_elbow: Point,
    right_hip: Point,
    right_shoulder: Point,
    right_elbow: Point,
) -> Value:
    """Angle by which one upper arm is farther from the trunk than the other; 0 even."""
    left = flexion(left_hip, left_shoulder, left_elbow)
    right = flexion(right_hip, right_shoulder, right_elbow)
    return abs(left - right)
