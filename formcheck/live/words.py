"""What a live session says, as codes; the messages are short enough to be heard between two repetitions."""

from collections.abc import Iterable

from formcheck.exercises.schema import Exercise
from formcheck.types.reason import Reason, said

SAFETY = Reason("safety")
COME_IN = Reason("come_in")
COME_CLOSER = Reason("come_closer")
HOLD_IT = Reason("hold_it")
HOLD_STILL = Reason("hold_still")
WAIT = Reason("wait_for_go")
LOST = Reason("come_back")
ASKED = Reason("paused")
GO = Reason("go")
GO_ON = Reason("go_on")
TURNED = Reason("turned_and_counted")
PRAISE = Reason("praise")
DONE = Reason("all_done")
NOT_COUNTED = Reason("attempt_not_counted")

#: Why an attempt was not counted, where the reason itself says how to mend it.
MENDED = frozenset({"incomplete_return", "too_fast", "range_not_seen", "peak_hidden"})
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


def turn(view: str) -> Reason:
    """How to turn for a view: side, front or back."""
    return Reason("turn", view=view)


def start_position(exercise: Exercise, view: str, side: str | None) -> Reason:
    """Where the exercise begins, seen from ``view``; ``side`` the one that works, if only one does."""
    fitting = [p for p in exercise.start if view in p.views] or list(exercise.start)
    if not fitting:
        if side is None:
            return Reason("start_position", view=view)
        return Reason("start_position_of_side", view=view, side=side)
    if side is None:
        return Reason("start_pose", view=view, pose=fitting[0].name)
    return Reason("start_pose_of_side", view=view, pose=fitting[0].name, side=side)


def parts(landmarks: Iterable[str]) -> list[str]:
    """The parts of the body that landmarks ("left_heel") belong to, from the feet up."""
    words = {word for name in landmarks for word in name.split("_")}
    return [part for part, joints in _PARTS if words & set(joints)]


def out_of_picture(part: str, edge: str) -> Reason:
    """What to do when a part of the body is beyond an edge: bottom, top or aside."""
    return Reason("out_of_picture", part=part, edge=edge)


def hidden(part: str) -> Reason:
    """A part of the body is in the picture, but not seen."""
    return Reason("part_hidden", part=part)


def mend(reason: str | None) -> Reason | None:
    """How to mend what kept an attempt from being counted; None where its code does not say it."""
    return Reason("mend", why=reason) if reason in MENDED else None


def why_not(reason: str | None, exercise: Exercise, cues: dict[str, str]) -> Reason:
    """Why an attempt was not counted, as what to do; ``cues`` are those of the faults found in it."""
    if reason in cues:
        return said(cues[reason])
    if reason == "partial_range" and exercise.range is not None:
        return said(exercise.range.say)
    return mend(reason) or Reason("once_more")


def seconds(s: float) -> Reason:
    """A time to be heard."""
    whole = max(1, round(s))
    if whole % 60 == 0:
        return Reason("minutes", n=whole // 60)
    return Reason("seconds", n=whole)


def together(said_now: tuple[Reason, ...]) -> Reason | None:
    """What is said with one breath; None for nothing."""
    return Reason("together", parts=said_now) if len(said_now) > 1 else next(iter(said_now), None)
