"""Which clips are meant: files, folders, patterns and manifests become one list without doubles."""

import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import typer

from formcheck.errors import ExerciseError, SourceError
from formcheck.exercises import AUTO, find_exercise
from formcheck.types.frame import Turn

#: What a folder is searched for; any other file is judged when it is named itself.
SUFFIXES = frozenset(
    ".3gp .asf .avi .flv .gif .m2ts .m4v .mkv .mov .mp4 .mpeg .mpg .mts .mxf .ogv .ts .webm .wmv".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip that shall be judged.

    Attributes
    ----------
    path : absolute.
    exercise : an id, the path of a TOML file, "auto" to recognise it, or None where nobody said.
    side, view, rotation_deg, slowmo : as `formcheck.apps.analysis.Options` has them.
    """

    path: Path
    exercise: str | None = None
    side: str | None = None
    view: str | None = None
    rotation_deg: Turn | None = None
    slowmo: float | None = None


def find_clips(words: Sequence[str], listed: Sequence[Clip], exercise: str | None, out: Path) -> list[Clip]:
    """The clips that files, folders and patterns stand for, after those of a manifest; each once.

    Parameters
    ----------
    words : as the command was given them.
    listed : clips of a manifest; what it says of a clip holds.
    exercise : of those of which nobody said; None takes it from the name of the clip's folder where that is
        an exercise, else the clip's is to be recognised.
    out : a folder that is passed over, since results are no input.

    Raises
    ------
    SourceError
        If a folder cannot be read.
    """
    clips = {clip.path: clip for clip in listed}
    for word in words:
        for path in _paths(word, absolute(out)):
            clips.setdefault(path, Clip(path))
    return [
        clip if clip.exercise else replace(clip, exercise=exercise or _of_folder(clip.path.parent.name))
        for clip in clips.values()
    ]


def refuse_empty(words: Iterable[str], out: Path) -> None:
    """Refuse words that stand for nothing: a slip of the pen, said before anything begins."""
    for word in words:
        if next(_paths(word, absolute(out)), None) is not None:
            continue
        what = "holds no video" if os.path.isdir(word) else "no such file or folder"
        raise typer.BadParameter(f"{word}: {what}; check the path", param_hint="IN")


def absolute(path: str | Path) -> Path:
    """The path from the root, links kept: they are the names that people know."""
    return Path(os.path.abspath(Path(path).expanduser()))  # noqa: PTH100


def _paths(word: str, out: Path) -> Iterator[Path]:
    path = absolute(word)
    if os.path.isdir(path):
        yield from _inside(path, out)
    elif os.path.lexists(path):
        yield path
    elif glob.has_magic(word):
        for found in sorted(glob.glob(str(path), recursive=True)):  # noqa: PTH207  keeps ** and absolute paths
            yield from _inside(Path(found), out) if os.path.isdir(found) else [Path(found)]


def _inside(folder: Path, out: Path) -> Iterator[Path]:
    for at, folders, files in os.walk(folder, onerror=_unreadable):
        here = Path(at)
        folders[:] = sorted(name for name in folders if not name.startswith(".") and here / name != out)
        if here != out:
            yield from (here / name for name in sorted(files) if _is_video(name))


def _is_video(name: str) -> bool:
    """Whether the name says so; hidden files are what systems and half-done copies leave."""
    return not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES


def _unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):  # gone meanwhile
        raise SourceError(f"{error.filename}: cannot be read ({error.strerror}); check its rights") from None


def _of_folder(name: str) -> str:
    try:
        return AUTO if name.endswith(".toml") else find_exercise(name).id
    except ExerciseError:
        return AUTO
