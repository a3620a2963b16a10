"""Poses on disk: raw and unsmoothed, so that a clip can be judged again without its pictures."""

import hashlib
import math
from pathlib import Path
from typing import Any, cast, get_args

import numpy as np

from formcheck.codec.set_recordings import set_recordings_from_json, set_recordings_to_json
from formcheck.errors import OutputError, SourceError
from formcheck.files.unfinished import PartialFile
from formcheck.pose.arrays import ARRAYS, LANDMARKS, check_arrays
from formcheck.pose.npz import UNDECODABLE, PackedError, read_arrays
from formcheck.types.frame import QUARTERS, SourceInfo, Turn
from formcheck.types.pose import Clock, Model, PoseSequence
from formcheck.types.set_recording import SetRecording
from formcheck.types.text import plain

#: No picture is as wide, pixels.
_WIDEST = 100_000
#: No number beside the landmarks is larger.
_MOST_BESIDE = 1e7
_NEEDED = (*LANDMARKS, "width_px", "height_px", "source", "model")
_NUMBERS = ("source_fps", "source_duration_s", "source_slowmo", "source_rotation_deg", "people")
_TEXTS = ("source_sha256", "model_sha256", "takes", "others", "clock")
#: More models look at no clip.
_MOST_MODELS = 8


def save_poses(path: str | Path, poses: PoseSequence) -> Path:
    """Write `poses.npz`, to a temporary name first, so that no half file is ever seen.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    path = Path(path)
    source = poses.source
    arrays: dict[str, Any] = {name: getattr(poses, name) for name in ARRAYS}
    names = [(plain(other.name), plain(other.sha256)) for other in poses.others]
    arrays["others"] = np.array(names, np.str_).reshape(-1, 2)
    arrays["doubt"] = poses.doubt.astype(np.float16)  # estimated no better than that
    arrays |= {"width_px": poses.width_px, "height_px": poses.height_px}
    texts = {
        "source": source.name,
        "source_sha256": source.sha256,
        "source_fps": source.nominal_fps,
        "source_duration_s": source.duration_s,
        "source_slowmo": source.tagged_slowmo,
        "source_rotation_deg": source.rotation_deg,
        "people": poses.people,
        "model": poses.model.name,
        "model_sha256": poses.model.sha256,
        "clock": poses.clock,
        "takes": set_recordings_to_json(poses.takes) if poses.takes else None,
    }
    arrays |= {name: np.array("" if text is None else _written(name, text)) for name, text in texts.items()}
    try:
        _write(path, arrays)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror}); choose another folder") from None
    return path


def _written(name: str, text: object) -> str:
    return str(text) if name == "takes" else plain(str(text))


def _write(path: Path, arrays: dict[str, Any]) -> None:
    part = PartialFile(path)
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
        name=_text(path, arrays, "source") or path.name,
        kind="poses",
        width_px=width,
        height_px=height,
        nominal_fps=_number(path, arrays, "source_fps"),
        duration_s=_number(path, arrays, "source_duration_s"),
        sha256=_text(path, arrays, "source_sha256") or _digest(path),
        tagged_slowmo=_number(path, arrays, "source_slowmo"),
        rotation_deg=_rotation(path, arrays),
    )
    model = Model(_text(path, arrays, "model"), _text(path, arrays, "model_sha256"))
    given = {name: arrays[name] for name in ARRAYS if name in arrays}  # older files know fewer
    known: dict[str, Any] = {
        "people": _people(path, arrays),
        "takes": _sets(path, arrays),
        "others": _others(path, arrays),
        "clock": _clock(path, arrays),
    }
    try:
        check_arrays(given)
        return PoseSequence(**given, width_px=width, height_px=height, source=info, model=model, **known)
    except ValueError as error:
        raise _malformed(path, str(error)) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        if path.is_fifo():
            raise SourceError(
                f"{path}: is a pipe, and poses are not read in one go; save them as a file first"
            )
        return read_arrays(path, (*ARRAYS, *_NEEDED, *_NUMBERS, *_TEXTS))
    except SourceError:
        raise
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file; check the path") from None
    except IsADirectoryError:
        raise SourceError(f"{path}: is a folder; give a poses.npz") from None
    except PackedError as error:
        raise _malformed(path, str(error)) from None
    except UNDECODABLE:
        raise _malformed(path, "cannot be decoded, it is damaged or something else") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error}); check the file") from None


def _size(path: Path, arrays: dict[str, Any], name: str) -> int:
    value = arrays[name]
    if value.size != 1 or value.dtype.kind not in "fiu" or not 1 <= float(value.reshape(-1)[0]) <= _WIDEST:
        raise _malformed(path, f"{name} must be one number of pixels, at most {_WIDEST:,}")
    return round(float(value.reshape(-1)[0]))


def _text(path: Path, arrays: dict[str, Any], name: str) -> str:
    """A text in one plain line; empty where there is none."""
    return plain(_raw(path, arrays, name))


def _raw(path: Path, arrays: dict[str, Any], name: str) -> str:
    value = arrays.get(name)
    if value is None:
        return ""
    if value.size != 1 or value.dtype.kind not in "Ufiu":
        raise _malformed(path, f"{name} must be one text")
    return _letters(path, value, 0, name)


def _letters(path: Path, array: np.ndarray, i: int, name: str) -> str:
    try:
        return str(array.reshape(-1)[i])
    except (ValueError, SystemError):  # of numbers that are no letters NumPy makes the latter
        raise _malformed(path, f"{name} is no text") from None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _number(path: Path, arrays: dict[str, Any], name: str) -> float | None:
    text = _text(path, arrays, name)
    try:
        value = float(text) if text else None
    except ValueError:
        raise _malformed(path, f"{name} is '{text}', not a number") from None
    if value is None or not math.isfinite(value):
        return None
    if not 0 <= value <= _MOST_BESIDE:
        raise _malformed(path, f"{name} is {value:g}, which it cannot be")
    return value


def _rotation(path: Path, arrays: dict[str, Any]) -> Turn | None:
    degrees = _number(path, arrays, "source_rotation_deg")
    if degrees is None:
        return None
    turn = next((known for known in QUARTERS if known == degrees), None)
    if turn is None:
        raise _malformed(path, f"source_rotation_deg is {degrees:g}, not one of 0, 90, 180, 270")
    return turn


def _people(path: Path, arrays: dict[str, Any]) -> int | None:
    count = _number(path, arrays, "people")
    if count is None:
        return None
    if count < 1 or not count.is_integer():
        raise _malformed(path, f"people is {count:g}, not a number of people")
    return int(count)


def _sets(path: Path, arrays: dict[str, Any]) -> tuple[SetRecording, ...]:
    text = _raw(path, arrays, "takes")
    try:
        return set_recordings_from_json(text) if text else ()
    except ValueError:
        raise _malformed(path, "its list of sets is damaged") from None


def _others(path: Path, arrays: dict[str, Any]) -> tuple[Model, ...]:
    given = arrays.get("others", np.zeros((0, 2), "U1"))
    if given.dtype.kind != "U" or given.shape[1:] != (2,) or len(given) > _MOST_MODELS:
        raise _malformed(path, "others must be names of models and their digests")
    texts = [plain(_letters(path, given, i, "others")) for i in range(given.size)]
    return tuple(Model(name, sha256) for name, sha256 in zip(texts[::2], texts[1::2], strict=True))


def _clock(path: Path, arrays: dict[str, Any]) -> Clock:
    text = _text(path, arrays, "clock")
    clock = next((known for known in get_args(Clock) if known == text), None)
    if clock is None:
        raise _malformed(path, f"clock is '{text[:40]}', not one of smoothed, raw")
    return cast("Clock", clock)


def _malformed(path: Path, what: str) -> SourceError:
    return SourceError(f"{path}: is no poses file: {what}; write it again with --save-poses")
