"""What `--record` keeps: the poses, what happened, and the results that analysis gives for them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from formcheck.apps.analysis import Options, analyse_file
from formcheck.apps.finished import Analysis
from formcheck.apps.live.events import Clock, EventLog
from formcheck.errors import FormcheckError, SourceError
from formcheck.exercises import AUTO
from formcheck.files.claims import sweep
from formcheck.files.writing import cannot_write, make_folder
from formcheck.pose.spool import BusyError, PoseSpool, read_spool
from formcheck.pose.store import load_poses, save_poses
from formcheck.types import Event, Model, Pose, SourceInfo
from formcheck.types.live_update import LiveUpdate
from formcheck.types.set_recording import SetRecording

POSES, EVENTS, SESSION = "poses.npz", "events.jsonl", "session.json"
_SPOOL = ".poses.spool"


class Recording:
    """Keeps one live session in a folder of its own; safe against being killed from the first pose on.

    Parameters
    ----------
    folder : where; it is made.
    source, model : what the poses come from.
    now : the source's clock, for when things became known; None takes the events' own.

    Raises
    ------
    OutputError
        If nothing can be written there.

    Examples
    --------
    >>> recording = Recording(new_folder(out, "squat"), source.info, estimator.model)  # doctest: +SKIP
    >>> recording.add(pose, session.step(pose))  # doctest: +SKIP
    >>> recording.finish(session.takes).session.summary.reps  # doctest: +SKIP
    7
    """

    def __init__(self, folder: Path, source: SourceInfo, model: Model, now: Clock | None = None) -> None:
        self.folder = make_folder(folder)
        self._now = now
        self._last_t = float("-inf")
        self._spool = PoseSpool(folder / _SPOOL, source, model)
        self._log = EventLog(folder / EVENTS)

    def add(self, pose: Pose, update: LiveUpdate) -> None:
        """Keep the raw pose of a frame and what happened with it."""
        self.keep(pose)
        self.tell(update.events)

    def keep(self, pose: Pose) -> None:
        """Keep the raw pose of a frame; one that is not newer than the last is passed over."""
        if pose.t > self._last_t:
            self._last_t = pose.t
            self._spool.add(pose)

    def tell(self, events: Iterable[Event]) -> None:
        """Keep what happened without a frame."""
        self._log.write(events, self._now)

    def finish(self, takes: Sequence[SetRecording]) -> Analysis | None:
        """Write `poses.npz` and, if a set was done, the results; None if there is nothing to judge.

        Raises
        ------
        FormcheckError
            If something cannot be written; the poses are kept then, and it may be called again.
        """
        self._log.close()
        self._spool.close()
        poses = _settled(self._spool.path, takes)
        return _judged(poses) if poses and takes else None


def new_folder(out: Path, exercise: str) -> Path:
    """A folder for a recording that begins now: ``out/YYYYMMDD-HHMMSS-exercise``, with a number if taken."""
    name = f"{datetime.now(UTC).astimezone():%Y%m%d-%H%M%S}-{exercise}"
    make_folder(out)
    for n in range(1, 100):
        place = out / (name if n == 1 else f"{name}-{n}")
        try:
            place.mkdir()
        except FileExistsError:
            continue
        except OSError as error:
            raise cannot_write(place, error) from error
        return place
    return out / f"{name}-{os.getpid()}"


def mend(out: Path) -> list[tuple[Path, str]]:
    """Finish what was cut off below ``out``: folder, and what became of it.

    What killed recordings left becomes their `poses.npz`, and sets that are kept without a report, as there
    was no room for it, are judged. What is still being written belongs to another session and is left alone.
    Half a video goes.
    """
    reports = []
    for folder in {part.parent for part in out.glob("*/.*.part")}:
        sweep(folder)
    for spool in sorted(out.glob(f"*/{_SPOOL}")):
        try:
            poses = _settled(spool, ())
        except BusyError:
            continue
        except SourceError as error:
            reports.append((spool.parent, str(error)))
            continue
        words = "its poses were saved" if poses else "it held no pose"
        reports.append((spool.parent, f"a recording that was cut off; {words}"))
    return [*reports, *_unjudged(out)]


def _unjudged(out: Path) -> Iterator[tuple[Path, str]]:
    """Judge the sets that have no report."""
    for path in sorted(out.glob(f"*/{POSES}")):
        if path.with_name(SESSION).exists():
            continue
        try:
            if load_poses(path).takes:
                _judged(path)
                yield path.parent, "a recording without a report; it is judged now"
        except FormcheckError as error:
            yield path.parent, str(error)


def _judged(poses: Path) -> Analysis:
    """The results of the sets in a `poses.npz`, written beside it."""
    folder = poses.parent
    return analyse_file(poses, AUTO, folder.parent, Options(video=False), folder=folder)


def _settled(spool: Path, takes: Sequence[SetRecording]) -> Path | None:
    """Save what a spool holds as `poses.npz` beside it and remove it; None if nobody was ever seen."""
    path = spool.with_name(POSES)
    if not path.exists():  # else it was saved before, and what comes after that was cut off or found no room
        poses = read_spool(spool)
        if poses.found.any():
            save_poses(path, replace(poses, takes=tuple(takes), clock="smoothed"))
    with suppress(OSError):
        spool.unlink()
    if path.exists():
        return path
    _drop_empty(spool.parent)
    return None


def _drop_empty(folder: Path) -> None:
    """Remove a recording in which nothing happened."""
    events = folder / EVENTS
    with suppress(OSError):
        if not events.stat().st_size:
            events.unlink()
            folder.rmdir()
