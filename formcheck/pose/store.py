"""Poses on disk: raw and unsmoothed, so that a clip can be judged again without its pictures."""

import hashlib
import json
import math
import struct
import zipfile
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.errors import OutputError, SourceError
from formcheck.files.unfinished import Part
from formcheck.types.frame import SourceInfo
from formcheck.types.landmark import COUNT
from formcheck.types.pose import Model, PoseSequence, Take

_LANDMARKS = ("t", "image", "world", "visibility")
_ARRAYS = (*_LANDMARKS, "camera")
#: What NumPy and its helpers raise over damaged files; sizes that are lies end in MemoryError.
_UNDECODABLE = (
    *(ValueError, EOFError, KeyError, TypeError, SyntaxError, NotImplementedError, MemoryError, RuntimeError),
    *(zipfile.BadZipFile, zlib.error, struct.error),
)
#: No picture is as wide in pixels, no person as tall in metres.
_MOST = 1e6
_NEEDED = (*_LANDMARKS, "width_px", "height_px", "source", "model")


def save_poses(path: str | Path, poses: PoseSequence) -> Path:
    """Write `poses.npz`, to a temporary name first, so that no half file is ever seen.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    path = Path(path)
    source = poses.source
    arrays: dict[str, Any] = {name: getattr(poses, name) for name in _ARRAYS}
    arrays |= {"width_px": poses.width_px, "height_px": poses.height_px}
    texts = {
        "source": source.name,
        "source_sha256": source.sha256,
        "source_fps": source.nominal_fps,
        "source_duration_s": source.duration_s,
        "people": poses.people,
        "model": poses.model.name,
        "model_sha256": poses.model.sha256,
        "takes": json.dumps([asdict(take) for take in poses.takes]) if poses.takes else None,
    }
    arrays |= {name: np.array("" if text is None else str(text)) for name, text in texts.items()}
    try:
        _write(path, arrays)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another folder") from None
    return path


def _write(path: Path, arrays: dict[str, Any]) -> None:
    part = Part(path)
    try:
        with part.path.open("wb") as file:
            np.savez_compressed(file, **arrays)
        part.settle()
    finally:
        part.discard()


def load_poses(path: str | Path) -> PoseSequence:
    """Read `poses.npz`; ``source.kind`` is then "poses".

    Raises
    ------
    SourceError
        If it cannot be read, is no such file, or its arrays are not as they must be.
    """
    path = Path(path)
    arrays = _read(path)
    missing = [name for name in _NEEDED if name not in arrays]
    if missing:
        raise _malformed(path, f"lacks {', '.join(missing)}")
    width, height = (_size(path, arrays, name) for name in ("width_px", "height_px"))
    info = SourceInfo(
        name=_text(arrays, "source") or path.name,
        kind="poses",
        width_px=width,
        height_px=height,
        nominal_fps=_number(path, arrays, "source_fps"),
        duration_s=_number(path, arrays, "source_duration_s"),
        sha256=_text(arrays, "source_sha256") or hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    model = Model(_text(arrays, "model"), _text(arrays, "model_sha256"))
    given = {name: arrays[name] for name in _ARRAYS if name in arrays}  # older files know no camera
    _check(path, given)
    known: dict[str, Any] = {"people": _people(path, arrays), "takes": _takes(path, arrays)}
    try:
        return PoseSequence(**given, width_px=width, height_px=height, source=info, model=model, **known)
    except ValueError as error:
        raise _malformed(path, str(error)) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        archive = np.load(path, allow_pickle=False)
        if isinstance(archive, np.ndarray):
            raise _malformed(path, "is a single array")
        with archive:
            return {name: np.asarray(archive[name]) for name in archive.files}
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise SourceError(f"{path}: is a folder; give a poses.npz") from None
    except SourceError:
        raise
    except _UNDECODABLE:
        raise _malformed(path, "cannot be decoded, it is damaged or something else") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error}); check the file") from None


def _check(path: Path, arrays: dict[str, Any]) -> None:
    """Kinds of numbers and infinities; shapes and times are checked by `PoseSequence`."""
    for name, array in arrays.items():
        if array.dtype.kind not in "fiu":
            raise _malformed(path, f"{name} holds {array.dtype}, not numbers")
    n = arrays["t"].size
    if arrays["t"].shape != (n,) or not np.all(np.isfinite(arrays["t"])):
        raise _malformed(path, "t must be one list of finite seconds")
    for name in arrays.keys() - {"t"}:
        if np.any(np.isinf(arrays[name])):
            raise _malformed(path, f"{name} holds infinite values")
        if np.any(np.abs(arrays[name]) > _MOST):  # NaN is not
            raise _malformed(path, f"{name} holds values beyond all measure")
    if arrays["image"].shape != (n, COUNT, 2):
        raise _malformed(path, f"image has shape {arrays['image'].shape}, not ({n}, {COUNT}, 2)")


def _size(path: Path, arrays: dict[str, Any], name: str) -> int:
    value = arrays[name]
    if value.size != 1 or value.dtype.kind not in "fiu" or not 1 <= float(value.reshape(-1)[0]) < math.inf:
        raise _malformed(path, f"{name} must be one number of pixels")
    return round(float(value.reshape(-1)[0]))


def _text(arrays: dict[str, Any], name: str) -> str:
    value = arrays.get(name)
    return str(value.reshape(-1)[0]) if value is not None and value.size == 1 else ""


def _number(path: Path, arrays: dict[str, Any], name: str) -> float | None:
    text = _text(arrays, name)
    try:
        value = float(text) if text else None
    except ValueError:
        raise _malformed(path, f"{name} is {text!r}, not a number") from None
    return value if value is None or math.isfinite(value) else None


def _people(path: Path, arrays: dict[str, Any]) -> int | None:
    count = _number(path, arrays, "people")
    if count is None:
        return None
    if count < 1 or not count.is_integer():
        raise _malformed(path, f"people is {count:g}, not a number of people")
    return int(count)


def _takes(path: Path, arrays: dict[str, Any]) -> tuple[Take, ...]:
    text = _text(arrays, "takes")
    try:
        return tuple(_take(told) for told in json.loads(text)) if text else ()
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise _malformed(path, "its list of sets is damaged") from None


def _take(told: dict[str, Any]) -> Take:
    spans = tuple((float(start), float(end)) for start, end in told["spans"])
    if not all(-math.inf < start <= end < math.inf for start, end in spans):
        raise ValueError("spans must be finite")
    return Take(str(told["exercise"]), str(told["digest"]), spans, dict(told["calibration"]))


def _malformed(path: Path, what: str) -> SourceError:
    return SourceError(f"{path}: is no poses file: {what}; write it again with --save-poses")
