"""Folders of results: named after the clip, never another clip's, and filled when all is whole."""

import errno
import hashlib
import json
import os
import re
import shutil
from collections.abc import Collection, Container, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from formcheck import ends
from formcheck.errors import OutputError
from formcheck.files.claims import claimed_folder, sweep
from formcheck.files.writing import cannot_write, discard, make_folder, replacing, writable

SESSION = "session.json"
POSES = "poses.npz"
VIDEO = "annotated.mp4"
THUMBNAIL = "thumbnail.jpg"
#: All files that a clip's folder may hold, but for its evidence pictures.
RESULTS = (SESSION, "reps.csv", "report.html", VIDEO, THUMBNAIL, POSES)

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def clip_name(name: str) -> str:
    """The name of a clip's folder: its file name without ending, and without what some disk forbids."""
    last = re.split(r"[/\\]", name.rstrip("/\\"))[-1]
    text = Path(last).stem.encode("utf-8", "replace").decode()  # some names are no text
    stem = _FORBIDDEN.sub("_", text).strip(" .")
    while len(stem.encode()) > 180:
        stem = stem[:-1]
    return stem or "clip"


def own_folder(place: Path, sources: Collection[str], taken: Container[str] = ()) -> Path:
    """``place``, or beside it a folder with a short hash in its name where ``place`` holds something else.

    A folder is free if it holds no results; one whose session was judged from the same ``sources`` is theirs
    already. What cannot be read belongs to somebody else.

    Parameters
    ----------
    place : the folder that they would have.
    sources : sha256 of what is judged; the same give the same hash.
    taken : case-folded names of folders that are not free although they may not be there yet.
    """
    short = hashlib.sha256(" ".join(sorted(sources)).encode("utf-8", "replace")).hexdigest()[:8]
    for n in count():
        ending = f"-{short}" if n == 1 else f"-{short}-{n}" if n else ""
        folder = place.with_name(f"{place.name}{ending}")
        if folder.name.casefold() not in taken and _free(folder, sources):
            return folder
    raise AssertionError  # count() never ends


def _free(folder: Path, sources: Collection[str]) -> bool:
    if not os.path.isdir(folder):
        return not os.path.lexists(folder)
    if os.path.lexists(folder / SESSION):
        return bool(sources) and sources_of(folder) == set(sources)
    return not any(os.path.lexists(path) for path in _results(folder))


def sources_of(folder: Path) -> frozenset[str]:
    """The sha256 of the clips that the session in a folder was judged from; empty where it does not tell."""
    try:
        session = json.loads((folder / SESSION).read_text(encoding="utf-8"))
        found = [clip["source"]["sha256"] for clip in session.get("clips") or [session]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return frozenset()
    return frozenset(found) if all(isinstance(sha256, str) for sha256 in found) else frozenset()


@dataclass(frozen=True, slots=True)
class Staging:
    """Where results are written until they are whole.

    Attributes
    ----------
    at : a hidden folder of their own.
    place : the folder that they are for.
    sources, taken : as `own_folder` takes them; without ``sources`` (None) the results go into ``place``,
        whatever it holds.
    """

    at: Path
    place: Path
    sources: frozenset[str] | None
    taken: Container[str] = ()

    def target(self) -> Path:
        """Where the results will go, as things stand."""
        return self.place if self.sources is None else own_folder(self.place, self.sources, self.taken)

    def publish(self) -> Path:
        """Move the results to their folder, all at once if it is new; that folder.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        while True:
            folder = self.target()
            if not os.path.lexists(folder):
                with suppress(OSError):  # another process was quicker, or what is said below
                    return self.at.rename(folder)
            if folder == self.target():
                with ends.later():
                    publish(self.at, folder)
                return folder


@contextmanager
def staged(place: Path, sources: frozenset[str] | None, taken: Container[str] = ()) -> Iterator[Staging]:
    """A folder to write results to; it vanishes if they are not published, as do those of killed runs.

    Raises
    ------
    OutputError
        If nothing can be written to where the results will go; said before the work.
    """
    inside = place if sources is None else place.parent
    with writable(inside):
        sweep(inside)
        try:
            claimed = claimed_folder(inside)
        except OSError as error:
            raise cannot_write(place, error) from error
        staging = Staging(claimed.path, place, sources, taken)
        target = staging.target()
        try:
            _check_writable(target)
            yield staging
        except OutputError as error:  # people know the folder that it would have become
            raise OutputError(str(error).replace(str(staging.at), str(target))) from error
        finally:
            claimed.remove()


def _check_writable(folder: Path) -> None:
    if os.path.isdir(folder) and not os.access(folder, os.W_OK | os.X_OK):
        raise cannot_write(folder, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


def publish(staging: Path | None, folder: Path) -> None:
    """Move the results in ``staging`` to ``folder``, session.json last; None where there are none.

    What an older judgement left there and this one has not goes; other people's files stay, and so do poses:
    they may be what was judged.
    """
    files = sorted(p.relative_to(staging) for p in staging.rglob("*") if p.is_file()) if staging else []
    for old in _results(folder):
        if old.relative_to(folder) not in files and old.name != POSES:
            discard(old)
    with suppress(OSError):
        (folder / "evidence").rmdir()  # only if it is empty
    if staging is None:
        return
    for file in sorted(files, key=lambda f: f.name == SESSION):
        make_folder((folder / file).parent)
        try:
            _move(staging / file, folder / file)
        except OSError as error:
            raise cannot_write(folder / file, error) from error


def _move(file: Path, to: Path) -> None:
    """Give a whole file its place at once, on another disk too: a folder of results may be a link to one."""
    try:
        file.replace(to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        with replacing(to) as part:
            shutil.copyfile(file, part)


def _results(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in RESULTS)
    yield from folder.glob("evidence/*.jpg")
