"""Whether the body is in one of the exercise's start (or hold) poses."""

from dataclasses import dataclass

from formcheck.exercises.schema import Exercise, StartPose

#: Once in the pose, its limits give way by this share of their width, so that noise does not throw one out.
SLACK = 0.1
#: At least this share of a pose's signals must be seen before it is believed.
LEAST_SEEN = 0.5


@dataclass(slots=True)
class PoseCheck:
    """Remembers which of the poses is being kept."""

    poses: tuple[StartPose, ...]
    least_seen: float = LEAST_SEEN
    current: StartPose | None = None

    @classmethod
    def of(cls, exercise: Exercise, view: str, least_seen: float = LEAST_SEEN) -> "PoseCheck":
        """The poses of an exercise that this view shows; all of them where the view is none of the named."""
        shown = tuple(p for p in exercise.start if view in p.views)
        return cls(shown or exercise.start, least_seen)

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals the poses are made of."""
        return tuple(dict.fromkeys(name for pose in self.poses for name in pose.pose))

    def step(self, row: dict[str, float]) -> bool | None:
        """Whether one of the poses is kept; None where too little of it is seen."""
        answers = [(pose, self._fits(pose, row)) for pose in self.poses]
        self.current = next((pose for pose, fits in answers if fits), None)
        if self.current is not None:
            return True
        return None if not answers or all(fits is None for _, fits in answers) else False

    def _fits(self, pose: StartPose, row: dict[str, float]) -> bool | None:
        seen = [(row[name], limits) for name, limits in pose.pose.items() if row[name] == row[name]]
        if any(not self._inside(x, limits, pose) for x, limits in seen):
            return False
        return True if len(seen) >= self.least_seen * len(pose.pose) else None

    def _inside(self, x: float, limits: tuple[float, float], pose: StartPose) -> bool:
        low, high = limits
        slack = SLACK * (high - low) if pose is self.current else 0.0
        return low - slack <= x <= high + slack
