"""Bodies: one person in one frame, and over a whole clip."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from formcheck.types.column import Column
from formcheck.types.frame import QUARTERS, SourceInfo, Turn
from formcheck.types.landmark import COUNT, NAMES
from formcheck.types.set_recording import SetRecording
from formcheck.types.times import check_times

Floats = NDArray[np.floating]

#: left, top, right, bottom in pixels.
Box = tuple[float, float, float, float]


def box_of(image: Floats) -> Box:
    """The box around a body's landmarks, pixels."""
    left, top = np.nanmin(image, axis=0)
    right, bottom = np.nanmax(image, axis=0)
    return float(left), float(top), float(right), float(bottom)


@dataclass(frozen=True, slots=True)
class Model:
    """The pose model that made the landmarks."""

    name: str
    sha256: str


#: How a model that follows a video was asked: with its own smoothing, or "raw" without; "" where nobody said.
Clock = Literal["", "smoothed", "raw"]


def _frozen(array: NDArray[Any], dtype: type[np.generic]) -> NDArray[Any]:
    """A read-only view: the arrays of a long clip are too large to copy for it."""
    out: NDArray[Any] = np.ascontiguousarray(array, dtype=dtype).view()
    out.flags.writeable = False
    return out


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """One person in one frame, raw as the model gave it.

    Attributes
    ----------
    t : seconds on the source's clock.
    image : (L, 2) float32 pixels of each landmark, origin top left, y down; NaN where it was not found.
    world : (L, 3) float32 metres, origin between the hips; NaN where unknown.
    visibility : (L,) float32, 0..1; 0 for a landmark that was not found, NaN where nobody was.
    """

    t: float
    image: Floats
    world: Floats
    visibility: Floats

    @classmethod
    def nobody(cls, t: float) -> "Pose":
        """A frame in which no person was found: all NaN."""
        return cls(t, *(np.full(s, np.nan, np.float32) for s in ((COUNT, 2), (COUNT, 3), (COUNT,))))

    @property
    def found(self) -> bool:
        """Whether a person was found in this frame."""
        return not bool(np.isnan(self.image).all())


#: The arrays of a `PoseSequence`, all with a row a frame.
_ROWS = ("t", "image", "world", "visibility", "camera", "looked", "doubt", "exchanged", "another", "shot")
#: Of these, what a frame is marked with, its type, and what it is by default.
_MARKS = (
    ("looked", np.uint8, 1),
    ("exchanged", np.bool_, False),
    ("another", np.bool_, False),
    ("shot", np.int32, 0),
)


@dataclass(frozen=True, slots=True, eq=False)
class PoseSequence:
    """The poses of a whole clip, a row a frame, raw and unsmoothed; arrays are read-only.

    Attributes
    ----------
    t : (T,) float64 seconds, finite, strictly rising, from first to last at most twelve days.
    image, world, visibility : (T, L, 2) px, (T, L, 3) m, (T, L); as in `Pose`.
    width_px, height_px : size of the picture the pixels refer to.
    source : where the frames came from.
    model : what found the landmarks; where several models looked, the one that looked most often.
    camera : (T, 2) float32 px, how far the background moved since the frame before, + right, + down, or NaN.
    people : how many people are in view at once; None if nobody counted.
    takes : the sets, if these are the poses of a live session.
    looked : (T,) uint8, who looked at a frame: 0 nobody (it is all NaN, though somebody may be there), 1
        ``model``, 2 and so on ``others``; 1 by default.
    others : further models.
    doubt : (T, L) float32, how far off each landmark may be, trunk lengths: of those said to be within 0.1,
        95 of 100 are. NaN where nobody estimated it, as everywhere by default.
    clock : how the models were asked.
    exchanged : (T,) bool, where left and right of a limb were put back; nowhere by default.
    another : (T,) bool, where somebody else was seen, who is left out; nowhere by default.
    turned_deg : clockwise degrees by which these landmarks were turned since the picture was looked at.
    perhaps_turned : whether the picture may have to be turned, though by how much is not sure; no by default.
    shot : (T,) int32, in which shot of a film each frame is, a number that changes where it was cut; one shot
        by default.

    Raises
    ------
    TimesError
        If the times are not as above.
    ValueError
        If a shape is not; the message names the array.
    """

    t: Floats
    image: Floats
    world: Floats
    visibility: Floats
    width_px: int
    height_px: int
    source: SourceInfo
    model: Model
    camera: Floats = None  # type: ignore[assignment]  # the default needs to know T
    people: int | None = None
    takes: tuple[SetRecording, ...] = ()
    looked: NDArray[np.uint8] = None  # type: ignore[assignment]
    others: tuple[Model, ...] = ()
    doubt: Floats = None  # type: ignore[assignment]
    clock: Clock = ""
    exchanged: NDArray[np.bool_] = None  # type: ignore[assignment]
    another: NDArray[np.bool_] = None  # type: ignore[assignment]
    turned_deg: Turn = 0
    perhaps_turned: bool = False
    shot: NDArray[np.int32] = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        n = len(self.t)
        usual: dict[str, tuple[int, ...]] = {"camera": (n, 2), "doubt": (n, COUNT)}
        for name, shape in usual.items():
            if getattr(self, name) is None:
                object.__setattr__(self, name, np.broadcast_to(np.float32(np.nan), shape))
        for name, dtype, default in _MARKS:
            marks = getattr(self, name)
            marks = np.full(n, default) if marks is None else marks
            object.__setattr__(self, name, _frozen(marks, dtype))
        object.__setattr__(self, "t", _frozen(self.t, np.float64))
        shapes = {"image": (n, COUNT, 2), "world": (n, COUNT, 3), "visibility": (n, COUNT), **usual}
        for name, shape in shapes.items():
            object.__setattr__(self, name, _frozen(getattr(self, name), np.float32))
            if getattr(self, name).shape != shape:
                raise ValueError(f"{name}: expected shape {shape}, got {getattr(self, name).shape}")
        if self.looked.shape != (n,) or (n and self.looked.max() > 1 + len(self.others)):
            raise ValueError(f"looked: expected ({n},) numbers of models up to {1 + len(self.others)}")
        if self.shot.shape != (n,):
            raise ValueError(f"shot: expected shape ({n},), got {self.shot.shape}")
        check_times(self.t)

    @classmethod
    def from_poses(cls, poses: Iterable[Pose], source: SourceInfo, model: Model) -> "PoseSequence":
        """Collect single poses; an empty iterable gives a sequence of length 0."""
        t, image, world, visibility = (Column(n) for n in ((), (COUNT, 2), (COUNT, 3), (COUNT,)))
        for pose in poses:
            t.add(pose.t)
            image.add(pose.image)
            world.add(pose.world)
            visibility.add(pose.visibility)
        arrays = (t.take(np.float64), image.take(), world.take(), visibility.take())
        return cls(*arrays, source.width_px, source.height_px, source, model)

    def __len__(self) -> int:
        return len(self.t)

    def __iter__(self) -> Iterator[Pose]:
        for i, t in enumerate(self.t):
            yield Pose(float(t), self.image[i], self.world[i], self.visibility[i])

    def between(self, start_s: float, end_s: float) -> "PoseSequence":
        """The poses from ``start_s`` to before ``end_s``; itself if that is all."""
        return self.only((self.t >= start_s) & (self.t < end_s))

    def within(self, spans: Iterable[tuple[float, float]]) -> "PoseSequence":
        """The poses of all of these stretches, first and last second included."""
        kept = np.zeros(len(self), np.bool_)
        for start_s, end_s in spans:
            kept[np.searchsorted(self.t, start_s) : np.searchsorted(self.t, end_s, "right")] = True
        return self.only(kept)

    def only(self, kept: NDArray[np.bool_]) -> "PoseSequence":
        """The poses where ``kept`` (T,) holds; itself if that is all."""
        return self if kept.all() else self.rows(kept)

    def rows(self, kept: NDArray[np.bool_] | slice) -> "PoseSequence":
        """Some of the poses, in their order; ``model`` is who looked most often at these."""
        return replace(self, **{name: getattr(self, name)[kept] for name in _ROWS}).by_most()

    def by_most(self) -> "PoseSequence":
        """The same, its ``model`` the one that looked most often; itself if it is."""
        looks = np.bincount(self.looked, minlength=2 + len(self.others))[1:]
        if looks[0] == looks.max():
            return self
        models, order = (self.model, *self.others), np.argsort(-looks, kind="stable")
        number = np.concatenate(([0], 1 + np.argsort(order)))
        model, *others = (models[i] for i in order)
        return replace(self, model=model, others=tuple(others), looked=number[self.looked])

    def turned(self, clockwise_deg: Turn) -> "PoseSequence":
        """The poses of the same pictures turned clockwise; itself if that is not at all.

        Doubt is not known any more: it was that of a body which lay otherwise.
        """
        poses = self
        for _ in range(clockwise_deg // 90):
            poses = poses._quarter_turned()
        return poses

    def _quarter_turned(self) -> "PoseSequence":
        x, y = np.moveaxis(self.image, 2, 0)
        right, down = self.camera.T
        across, along, deep = np.moveaxis(self.world, 2, 0)
        return replace(
            self,
            image=np.stack((self.height_px - y, x), axis=2),
            world=np.stack((-along, across, deep), axis=2),
            camera=np.stack((-down, right), axis=1),
            doubt=np.full_like(self.doubt, np.nan),
            width_px=self.height_px,
            height_px=self.width_px,
            turned_deg=QUARTERS[(QUARTERS.index(self.turned_deg) + 1) % len(QUARTERS)],
        )

    @property
    def lacks(self) -> tuple[str, ...]:
        """The landmarks that the pose model does not find: in no frame, though somebody is found; by name."""
        found = ~np.isnan(self.image).all(axis=2)
        return tuple(NAMES[i] for i in np.flatnonzero(~found.any(axis=0))) if found.any() else ()

    @property
    def found(self) -> NDArray[np.bool_]:
        """(T,) whether a person was found in each frame."""
        return np.asarray(np.isfinite(self.image[..., 0]).any(axis=1))
