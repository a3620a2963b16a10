"""On a node of a cluster: one video is judged in a temporary folder, and what was found travels back.

All that a video needs travels with it (exercise file, pose models, the video itself if wanted), so that a
node needs nothing but the same formcheck.
"""

import os
import pickle
import shutil
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import psutil

from formcheck.apps.jobs.task import JobOutcome, JobTask, Judge
from formcheck.errors import FormcheckError
from formcheck.version import __version__

#: How often memory is looked at, seconds, as `watchdog` does.
_LOOK_S = 0.1
#: Progress is reported in such shares: a driver hears from a thousand workers.
_STEP = 0.1
#: Looking for the pose takes about that share of the time where a video is drawn too.
_LOOKING = 0.7
_MB = 1_000_000
_PREFIX = "formcheck-node-"


@dataclass(frozen=True, slots=True)
class Parcel:
    """What travels to a node, beside the bytes of models and video, which Ray carries by itself.

    Attributes
    ----------
    task : its folders are the driver's.
    seen : whether the driver finds the video under its path.
    exercise : content of the exercise's file; None for one of the catalog.
    memory_mb : most resident memory that judging may take.
    judge : does the work.
    """

    task: JobTask
    seen: bool
    exercise: bytes | None
    memory_mb: int
    judge: Judge


@dataclass(frozen=True, slots=True)
class Sign:
    """What a node tells meanwhile; the last one has the outcome, and the results as bytes by their paths."""

    share: float = 0.0
    memory_mb: float = 0.0
    outcome: JobOutcome | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)


def work(version: str, parcel: bytes, video: bytes | None, *models: bytes) -> Iterator[Sign]:
    """Judge one video; the first sign comes when it begins, the last when it is done.

    Whoever hears of more memory than allowed ends this process: a thread cannot be ended from within.

    Parameters
    ----------
    version : of the driver's formcheck; another one may not even read the parcel.
    parcel : a pickled `Parcel`.
    video : its bytes; None where the path leads to it from every node.
    models : bytes of each of `Looks.models`; none of one that has to be installed on the node.

    Raises
    ------
    FormcheckError
        If this is another version, or the video's path leads nowhere on this node.
    """
    yield Sign()
    if version != __version__:
        raise FormcheckError(
            f"a node of the cluster has formcheck {__version__}, the driver {version};"
            " install the same on all"
        )
    unpacked: Parcel = pickle.loads(parcel)
    _sweep()
    with (
        TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-") as place,
        ThreadPoolExecutor(1) as thread,
    ):
        task = _settled(unpacked, models, video, Path(place))
        at = _At(_LOOKING if task.options.video else 1.0)
        judging = thread.submit(unpacked.judge, task, at.tell)
        yield from _signs(judging, at, unpacked.memory_mb)
        yield Sign(1.0, at.peak_mb, replace(judging.result(), peak_mb=at.peak_mb), _files(Path(task.folder)))


@dataclass(slots=True)
class _At:
    """How far the work is, and the most memory it took."""

    first: float
    share: float = 0.0
    peak_mb: float = 0.0

    def tell(self, what: str, done_s: float, total_s: float | None) -> None:
        done = min(1.0, done_s / total_s) if total_s else 0.0
        self.share = self.first * done if what == "looking" else self.first + (1 - self.first) * done


def _signs(judging: "Future[JobOutcome]", at: _At, memory_mb: int) -> Iterator[Sign]:
    reported, me = 0.0, psutil.Process()
    while not wait([judging], _LOOK_S).done:
        at.peak_mb = max(at.peak_mb, round(me.memory_info().rss / _MB, 1))
        if at.share >= reported + _STEP or at.peak_mb > memory_mb:
            reported = at.share
            yield Sign(reported, at.peak_mb)


def _settled(parcel: Parcel, models: Sequence[bytes], video: bytes | None, place: Path) -> JobTask:
    """The task with folders of this node, and with what travelled beside it put there."""
    task, path = parcel.task, Path(parcel.task.path)
    if video is not None:
        path = place / "in" / path.name
        _put(path, video)
    elif parcel.seen and not path.is_file():
        raise FormcheckError(
            f"{path}: not found on a node of the cluster; share its folder, or give --send-videos"
        )
    exercise = task.exercise
    if parcel.exercise is not None:
        exercise = str(_put(place / Path(exercise).name, parcel.exercise))
    looks = task.options.looks
    looks = looks.by([_model(*one, place) for one in zip(looks.models, models, strict=True)])
    return replace(
        task,
        path=str(path),
        name=task.name or path.name,
        exercise=exercise,
        options=replace(task.options, looks=looks),
        folder=str(place / "out"),
        work=str(place / "work"),
    )


def _model(which: str, data: bytes, place: Path) -> str:
    """Where the model is now; one without bytes goes by its name."""
    name = Path(which).name.removesuffix(".task")
    return str(_put(place / f"{name}.task", data)) if data else which


def _put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def _files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _sweep() -> None:
    """Remove what killed workers left on this node: only folders of processes that are gone."""
    for rest in Path(gettempdir()).glob(f"{_PREFIX}*"):
        process = rest.name.removeprefix(_PREFIX).partition("-")[0]
        if process.isdigit() and not psutil.pid_exists(int(process)):
            shutil.rmtree(rest, ignore_errors=True)
