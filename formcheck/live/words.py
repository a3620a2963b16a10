"""What a live session says: short enough to be heard between two repetitions."""

from collections.abc import Iterable

from formcheck.exercises.schema import Exercise

SAFETY = "Stop if it hurts, or if a leg tingles or goes numb. See a doctor if that stays."
COME_IN = "Step into the picture"
STEP_BACK = "Step back, so that I see all of you"
COME_CLOSER = "Come closer, you are small in the picture"
HOLD_IT = "Hold it there"
HOLD_STILL = "Hold still"
WAIT = "Wait for go"
LOST = "I cannot see you. Come back into the picture"
ASKED = "Paused"
GO = "Go"
GO_ON = "Go on"
PRAISE = "Good"
DONE = "All done. Well done"
NOT_COUNTED = "Not counted"

_TURN = {
    "side": "Turn your side to the camera",
    "front": "Face the camera",
    "back": "Turn your back to the camera",
}
_SEEN_FROM = {"side": "side to the camera", "front": "facing the camera", "back": "back to the camera"}
REASONS = {
    "incomplete_return": "Come all the way back",
    "too_fast": "Too fast, slower",
    "range_not_seen": "Too little of it is seen from here",
}
#: Which part of the body a landmark belongs to, from the feet up: what to ask for first.
_PARTS = (
    ("feet", ("ankle", "heel", "toe")),
    ("knees", ("knee",)),
    ("hands", ("wrist", "pinky", "index", "thumb")),
    ("elbows", ("elbow",)),
    ("head", ("nose", "eye", "ear", "mouth")),
    ("hips", ("hip",)),
    ("shoulders", ("shoulder",)),
)


def turn(view: str) -> str:
    """How to turn for a view: side, front or back."""
    return _TURN[view]


def start_position(exercise: Exercise, view: str, side: str | None) -> str:
    """Where the exercise begins, seen from ``view``; ``side`` the one that works, if only one does."""
    fitting = [p for p in exercise.start if view in p.views] or list(exercise.start)
    pose = f": {fitting[0].name}" if fitting else ""
    which = f" for your {side} side" if side else ""
    return f"Take the start position{which}{pose}, {_SEEN_FROM[view]}"


def parts(landmarks: Iterable[str]) -> list[str]:
    """The parts of the body that landmarks ("left_heel") belong to, from the feet up."""
    words = {word for name in landmarks for word in name.split("_")}
    return [part for part, joints in _PARTS if words & set(joints)]


def out_of_picture(part: str, edge: str) -> str:
    """What to do when a part of the body is beyond an edge: bottom, top or aside."""
    how = {"bottom": "Step back or tilt the camera down", "top": "Step back or tilt the camera up"}
    return f"{how.get(edge, 'Step back, toward the middle')}: I need your {part}"


def hidden(part: str) -> str:
    """A part of the body is in the picture, but not seen."""
    return f"I cannot see your {part}: more light, or nothing in front"


def why_not(reason: str | None, exercise: Exercise, cues: dict[str, str]) -> str:
    """Why an attempt was not counted, as what to do; ``cues`` are those of the faults found in it."""
    if reason in cues:
        return cues[reason]
    if reason == "partial_range" and exercise.range is not None:
        return exercise.range.say
    return REASONS.get(reason or "", "Once more, all the way")


def seconds(s: float) -> str:
    """A time to be heard."""
    whole = max(1, round(s))
    if whole == 1:
        return "one second"
    if whole >= 60 and whole % 60 == 0:
        minutes = whole // 60
        return "one minute" if minutes == 1 else f"{minutes} minutes"
    return f"{whole} seconds"
