"""What is left of a clip that was analysed: its session, and where its files are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from formcheck.engine.parts import NAMELESS
from formcheck.messages import sentence
from formcheck.types import Session

#: Fewer frames with a person than this show no movement.
LEAST_FRAMES = 5


@dataclass(frozen=True, slots=True)
class Analysis:
    """A finished clip: the verdict, where its files are, what was wrong with the clip itself, its pictures.

    ``pictures`` are the JPEG bytes of the worst moment of each fault, by its id. ``taken`` is the folder that
    would have been named after the clip, where that holds something else.
    """

    session: Session
    folder: Path
    files: tuple[Path, ...]
    warning: str | None
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    taken: Path | None = None

    @property
    def unjudged(self) -> str | None:
        """Why the clip holds too little to judge anything; None if it holds enough."""
        session = self.session
        frames, name = session.source.frames_with_pose, session.exercise.name
        if frames < LEAST_FRAMES:
            return f"too short to judge: a person in {frames} frame(s); give a clip of some seconds"
        if session.exercise.id == NAMELESS.id:
            why = sentence(session.capture[0].advice).rstrip(".")
            return why[:1].lower() + why[1:]
        if not session.traces and not _happened(session):
            return f"nothing of '{name}' could be judged; the report says why and how to film it"
        return None


def _happened(session: Session) -> bool:
    """Whether anything was counted or timed."""
    return bool(session.reps or session.holds or (session.gait and session.gait.steps))
