"""What shall be judged, and the key that decides whether it was judged before."""

import hashlib
import json
import os
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from formcheck.apps.analysis import Options
from formcheck.apps.batch.inputs import Clip
from formcheck.apps.batch.lengths import Lengths
from formcheck.exercises import AUTO, catalog, find_exercise
from formcheck.files.folders import clip_name, own_folder
from formcheck.pose import estimators
from formcheck.pose.looks import USUAL, looks_of
from formcheck.sources.container import sha256
from formcheck.store.records import JobRequest
from formcheck.version import __version__

#: What stands beside the clips' folders, so that a clip of such a name gets another.
STORE = "formcheck.sqlite"
FILES = ("index.html", "results.parquet", "summary.csv", STORE)


@dataclass(frozen=True, slots=True)
class JobRules:
    """How all clips of a run are judged: ``model`` is the sha256 of the pose models in ``options``."""

    options: Options
    model: str

    def of(self, request: JobRequest) -> Options:
        """The options of one clip."""
        return replace(
            self.options,
            looks=looks_of(careful=True) if request.careful else self.options.looks,
            side=request.side,  # type: ignore[arg-type]
            view=request.view,  # type: ignore[arg-type]
            rotation_deg=request.rotation_deg,
            slowmo=request.slowmo,
        )

    @property
    def can_be_careful(self) -> bool:
        """Whether a request may ask for careful looks: the models for them are those that look anyway."""
        return self.options.looks == USUAL

    def key(self, request: JobRequest) -> str:
        """A digest of everything that decides the result, so that equal keys mean equal results."""
        parts = [
            request.sha256,
            _digest_of(request.exercise),
            self.model,
            asdict(self._nameless(self.of(request))),
            __version__,
        ]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    @staticmethod
    def _nameless(options: Options) -> Options:
        """The bytes of a model count, not its name."""
        return replace(options, looks=options.looks.by([""]))


def rules_with(options: Options) -> JobRules:
    """The rules of such options.

    Raises
    ------
    ModelError
        If a model cannot be loaded.
    """
    loaded = map(estimators.load, options.looks.models)
    return JobRules(options, " ".join(one.model.sha256 for one in loaded))


def look_at(
    clips: Sequence[Clip],
    rules: JobRules,
    known: Mapping[str, JobRequest],
    out: Path,
    looked: Callable[[], None] = lambda: None,
) -> list[JobRequest]:
    """Read the bytes and the length of every clip; what is wrong with one is left to the judge to name.

    Parameters
    ----------
    known : the requests of before, by path: each keeps its folder, and its length with the same bytes.
    out : where the clips' folders are.
    looked : called after each clip.
    """
    taken = {*FILES, *(_name(request.folder) for request in known.values())}
    found = []
    with Lengths() as lengths:
        for clip in clips:
            before, (digest, size) = known.get(shown(clip.path)), _bytes(clip.path)
            if before is not None:
                taken.discard(_name(before.folder))
            folder = folder_of(clip.path, digest, before, out, taken)
            taken.add(_name(folder))
            same = before if before is not None and digest is not None and before.sha256 == digest else None
            length = same.duration_s if same else lengths.of(clip.path) if digest else None
            found.append(_request(clip, folder, rules, digest, size, length))
            looked()
    return found


def folder_of(
    path: Path, digest: str | None, before: JobRequest | None, out: Path, taken: Container[str]
) -> Path:
    """The folder of a clip: the one it has, unless other bytes were judged into it; else one of its own.

    Parameters
    ----------
    digest : sha256 of the clip; None of one that cannot be read: it takes no results away either.
    before : the request of the same path.
    taken : case-folded names of folders that are some other clip's, or no clip's.
    """
    if before is not None and before.sha256 == digest:
        return Path(before.folder)
    return own_folder(out / clip_name(shown(path)), {digest or shown(path)}, taken)


def _name(folder: Path | str) -> str:
    return Path(folder).name.casefold()


def shown(path: Path) -> str:
    """The path as text; on some disks names hold bytes that are none."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def minutes(requests: Iterable[JobRequest]) -> float:
    """Minutes of video, as far as known."""
    return sum(w.duration_s or 0 for w in requests) / 60


def _request(
    clip: Clip, folder: Path, rules: JobRules, digest: str | None, size: int | None, length: float | None
) -> JobRequest:
    request = JobRequest(
        path=shown(clip.path),
        name=Path(shown(clip.path)).name,
        key="",
        folder=str(folder),
        exercise=clip.exercise or AUTO,
        side=clip.side,
        view=clip.view,
        rotation_deg=clip.rotation_deg,
        slowmo=clip.slowmo,
        sha256=digest,
        size_bytes=size,
        duration_s=length,
    )
    return replace(request, key=rules.key(request))


def _bytes(path: Path) -> tuple[str | None, int | None]:
    """Digest and size of a file; None of what is no file (a pipe would never end) or cannot be read."""
    try:
        return (sha256(path), path.stat().st_size) if path.is_file() else (None, None)
    except OSError:
        return None, None


@cache
def _digest_of(word: str) -> str:
    """A digest of all that the exercise says; of the whole catalog where it is to be recognised from that.

    Unlike `Exercise.digest` this one knows the words too: reports show them.
    """
    exercises = catalog().values() if word == AUTO else [find_exercise(word)]
    return hashlib.sha256("".join(map(repr, exercises)).encode()).hexdigest()
