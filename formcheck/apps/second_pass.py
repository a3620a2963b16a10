"""The second pass over a video: what the engine says drawn over each frame, and the telling moments kept."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.apps.looking import Progress, counted
from formcheck.engine.parts import Part, SegmentedAnalyser
from formcheck.sources.video import VideoSource
from formcheck.types import Fault, Frame, Pose, PoseSequence, Session

if TYPE_CHECKING:
    from formcheck.draw.overlay import Overlay

#: When the clip's end makes a last repetition known, its last picture is shown again after this long.
_LAST_S = 0.1
#: The annotated video is at most so long a side: larger is no clearer, and costs time and space.
MOST_PX = 1280


@dataclass(slots=True)
class Pictures:
    """What is wanted of single moments, and what was found: JPEG bytes.

    ``evidence`` by the fault's id; ``thumbnail`` None until its moment came.
    """

    faults: dict[float, list[Fault]] = field(default_factory=dict)
    shown: float | None = None
    evidence: dict[str, bytes] = field(default_factory=dict)
    thumbnail: bytes | None = None

    @property
    def moments(self) -> set[float]:
        """The times of the frames that are wanted."""
        return {*self.faults} | ({self.shown} if self.shown is not None else set())

    def look(self, frame: Frame, pose: Pose) -> None:
        """Keep of a frame what is wanted of it."""
        if pose.t not in self.moments:
            return
        from formcheck.outputs.evidence import evidence_jpeg, thumbnail_jpeg  # noqa: PLC0415  cv2 is slow

        for fault in self.faults.get(pose.t, []):
            self.evidence[fault.id] = evidence_jpeg(frame.rgb, pose, fault)
        if pose.t == self.shown:
            self.thumbnail = thumbnail_jpeg(frame.rgb, pose)


def wanted(session: Session, poses: PoseSequence, *, evidence: bool, thumbnail: bool) -> Pictures:
    """The worst moment of each fault; for the thumbnail the first of them, else the clip's middle."""
    faults = _worst(session.faults, poses)
    shown = None
    if thumbnail and poses.found.any():
        middle = (float(poses.t[0]) + float(poses.t[-1])) / 2
        shown = next(iter(faults)) if faults else _nearest(poses, middle)
    return Pictures(faults if evidence else {}, shown)


def find_pictures(source: VideoSource, poses: PoseSequence, pictures: Pictures) -> None:
    """Fill in ``pictures`` without reading the whole clip again."""
    at = {float(pose.t): pose for pose in poses if pose.t in pictures.moments}
    for frame in source.frames_at(pictures.moments):
        pictures.look(frame, at[frame.t])


def draw_video(
    source: VideoSource,
    poses: PoseSequence,
    parts: tuple[Part, ...],
    pictures: Pictures,
    path: Path,
    progress: Progress,
) -> Path:
    """Draw the whole clip to ``path``, and fill in ``pictures`` on the way."""
    from formcheck.draw.canvas import canvas_size  # noqa: PLC0415  cv2 is slow to import
    from formcheck.outputs.video import VideoWriter  # noqa: PLC0415

    analyser = SegmentedAnalyser(parts, (poses.width_px, poses.height_px))
    overlays = _overlays(parts)
    with VideoWriter(path, *canvas_size(poses.width_px, poses.height_px, MOST_PX)) as video:
        for frame, pose in zip(counted(source, "drawing", progress), poses, strict=False):
            update = analyser.update(pose)
            video.append(overlays[analyser.part.exercise.id].draw(frame.rgb, update), frame.t)
            pictures.look(frame, update.pose)
        last = analyser.finish().update
        if last is not None and last.events:  # known only now: the last picture again, with the right count
            overlay = overlays[analyser.part.exercise.id]
            video.append(overlay.draw(frame.rgb, last), frame.t + _LAST_S)
    return path


def _overlays(parts: Iterable[Part]) -> "dict[str, Overlay]":
    from formcheck.draw.overlay import Overlay  # noqa: PLC0415  cv2 is slow to import

    exercises = {part.exercise.id: part.exercise for part in parts}
    return {name: Overlay(e.name, e.kind, max_px=MOST_PX) for name, e in exercises.items()}


def _worst(faults: Iterable[Fault], poses: PoseSequence) -> dict[float, list[Fault]]:
    """The faults by the time of the frame nearest to their worst moment, worst fault first."""
    moments: dict[float, list[Fault]] = defaultdict(list)
    for fault in faults:
        if fault.worst.unit != "s":  # no picture shows a tempo
            moments[_nearest(poses, fault.worst.t_s)].append(fault)
    return dict(moments)


def _nearest(poses: PoseSequence, t: float) -> float:
    return float(poses.t[int(abs(poses.t - t).argmin())])
