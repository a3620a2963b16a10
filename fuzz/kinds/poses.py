"""Saved poses: fields, kinds of numbers, shapes, times, texts, and archives that lie or explode."""

import io
import json
import math
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from fuzz.command import JUDGED, no_half, refusal, run, warnings
from fuzz.ending import Ending, ImproperError
from fuzz.inputs import MARK, Input, Kind
from fuzz.mutate import NUMBERS, TEXTS, TREES, dump, hostile
from tests.figures import figure

#: Fields of the file by name; bytes are written as they are.
Fields = Mapping[str, Any]
_FIGURES: dict[str, dict[str, Any]] = {
    "squat": {"reps": 2, "fps": 8.0, "view": "side", "trunk_fold": 1.0},
    "running": {"duration_s": 4.0, "fps": 24.0},
    "plank_hold": {"duration_s": 4.0, "fps": 8.0},
}
_TAKES = [{"exercise": "squat", "digest": "ab" * 32, "spans": [[0.5, 4.0], [5.0, 8.0]], "calibration": {}}]
#: Arrays with a row a frame.
_ROWS = ("t", "image", "world", "visibility", "camera", "looked", "doubt")
_BOMB = 2**31
_BLOCK = 2**20


@cache
def fields(exercise: str) -> dict[str, Any]:
    """A figure's poses as the file has them, rounded so that files stay small."""
    poses = figure(exercise, **_FIGURES[exercise]).poses
    image, world = np.round(poses.image), np.round(poses.world, 2)
    size = {"width_px": np.array(poses.width_px), "height_px": np.array(poses.height_px)}
    texts = {"source": "figure", "source_fps": "30", "model": "full", "model_sha256": "f" * 64, "people": "1"}
    texts["clock"] = "raw"
    arrays = {
        "t": poses.t,
        "image": image,
        "world": world,
        "visibility": poses.visibility,
        "camera": poses.camera,
        "looked": poses.looked,
        "doubt": poses.doubt.astype(np.float16),
    }
    return {**arrays, **size, **{name: np.array(text) for name, text in texts.items()}}


def _base(rng: Random) -> Fields:
    chosen = dict(fields(rng.choice(tuple(_FIGURES))))
    if rng.random() < 0.2:
        chosen["takes"] = np.array(json.dumps(_TAKES))
    return chosen


def write(given: Fields) -> tuple[str, bytes]:
    """The fields as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in given.items():
            entry = zipfile.ZipInfo(f"{name}.npy")
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, value if isinstance(value, bytes) else _npy(value))
    return ".npz", out.getvalue()


def _npy(array: Any) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asanyarray(array), allow_pickle=True)
    return out.getvalue()


def _array(given: Fields, rng: Random, names: tuple[str, ...] = _ROWS) -> str:
    return rng.choice([name for name in names if isinstance(given.get(name), np.ndarray)] or ["t"])


def _values(given: Fields, rng: Random) -> Fields:
    """Some numbers of one field become others."""
    name = _array(given, rng)
    array = np.array(given.get(name), np.float64)
    value = rng.choice([float(n) if abs(n) < 1e308 else math.inf for n in NUMBERS if n == n] + [math.nan])
    part = np.random.default_rng(rng.getrandbits(32)).random(array.shape) < rng.choice((0.001, 0.1, 0.5, 1.0))
    array[part] = value
    return {**given, name: array}


def _scaled(given: Fields, rng: Random) -> Fields:
    name = _array(given, rng, ("image", "world", "visibility"))
    array = np.array(given.get(name), np.float64)
    return {
        **given,
        name: array * rng.choice((0, -1, 1e-6, 1e-3, 0.2, 10, 1e3, 1e6, 1e30)) + rng.choice((0, 0, 1e5)),
    }


def _shaken(given: Fields, rng: Random) -> Fields:
    """Jitter, as weak models give it."""
    array = np.array(given.get("image"), np.float64)
    noise = np.random.default_rng(rng.getrandbits(32)).normal(0, rng.choice((1, 10, 100)), array.shape)
    return {**given, "image": np.round(array + noise)} if array.ndim else given


def _hidden(given: Fields, rng: Random) -> Fields:
    """Joints are not seen, or never."""
    image, seen = np.array(given.get("image"), np.float64), np.array(given.get("visibility"), np.float64)
    if image.ndim != 3 or seen.ndim != 2:
        return given
    joints = rng.sample(range(33), rng.choice((1, 4, 16, 32)))
    rows = slice(rng.randrange(len(image) + 1), None if rng.random() < 0.5 else rng.randrange(len(image) + 1))
    if rng.random() < 0.5:
        seen[rows, joints] = rng.choice((0.0, 0.1, 0.45))
    else:
        image[rows, joints] = np.nan
    return {**given, "image": image, "visibility": seen}


def _timed(given: Fields, rng: Random) -> Fields:
    t = np.array(given.get("t"), np.float64).reshape(-1)
    at = rng.randrange(len(t) + 1)
    changes = (
        lambda: t + rng.choice((1e12, 1e15, -1e12, -5.0, 1e300)),
        lambda: t * rng.choice((1e-9, 1e-3, 1e3, 1e6, 1e12, 0.0, -1.0)),
        lambda: np.concatenate((t[:at], t[at:] + rng.choice((1e-9, 100, 1e6, 1e12, -1.0)))),
        lambda: np.repeat(t[::2], 2)[: len(t)],
        lambda: t[::-1],
        lambda: np.arange(len(t)) * 2.0 ** rng.choice((-40, -10, 3, 20)),
        lambda: np.cumsum(np.random.default_rng(rng.getrandbits(32)).exponential(0.1, len(t))),
    )
    return {**given, "t": rng.choice(changes)()}


def _length(given: Fields, rng: Random) -> Fields:
    """Fewer frames, of all fields or of one."""
    keep = rng.choice((0, 1, 2, 4, 5, 20))
    names = _ROWS
    chosen = names if rng.random() < 0.7 else (rng.choice(names),)
    return {
        n: v[:keep] if n in chosen and isinstance(v, np.ndarray) and v.ndim else v for n, v in given.items()
    }


def _typed(given: Fields, rng: Random) -> Fields:
    name = rng.choice(list(given) or ["t"])
    kinds = ("?", "i1", "u8", "f2", "f4", ">f8", "c16", "S4", "U4", "O", "M8[s]", "m8[s]", "V8")
    try:
        with np.errstate(all="ignore"):
            return {**given, name: np.asarray(given.get(name)).astype(rng.choice(kinds))}
    except (TypeError, ValueError):
        return {**given, name: np.array({"a": 1}, object)}


def _shaped(given: Fields, rng: Random) -> Fields:
    name = rng.choice(list(given) or ["t"])
    array = np.asarray(given.get(name))
    other = ((*array.shape, 1), (1, *array.shape), array.shape[::-1], (1,) * 32, (0, *array.shape[1:]))
    shape = rng.choice((*other, (array.size,)))
    try:
        return {**given, name: array.reshape(shape)}
    except ValueError:  # it holds another number
        return {**given, name: np.zeros(shape)}


def _texts(given: Fields, rng: Random) -> Fields:
    """Another text where texts stand, or a number."""
    names = (
        "source",
        "source_sha256",
        "source_fps",
        "source_duration_s",
        "model",
        "model_sha256",
        "people",
        "takes",
        "others",
        "clock",
        "width_px",
        "height_px",
    )
    value = rng.choice((*TEXTS, *(str(n) for n in NUMBERS), *(n for n in NUMBERS if abs(n) < 2**63)))
    return {**given, rng.choice(names): np.array(value)}


def _takes(given: Fields, rng: Random) -> Fields:
    takes = rng.choice(TREES)(_TAKES, rng)
    return {**given, "takes": np.array(dump(takes).decode())}


def _sizes(given: Fields, rng: Random) -> Fields:
    value = rng.choice([float(n) if abs(n) < 1e308 else math.inf for n in NUMBERS])
    return {**given, rng.choice(("width_px", "height_px")): np.array(value)}


def _drop(given: Fields, rng: Random) -> Fields:
    gone = rng.choice(list(given) or [""])
    return {name: value for name, value in given.items() if name != gone}


def _more(given: Fields, rng: Random) -> Fields:
    name = rng.choice(("../out", "/etc/x", "a/b", "t ", "", "\n", "extra", "x" * 300))
    return {**given, name: np.zeros(3)}


def _lie(given: Fields, rng: Random) -> Fields:
    """A header that claims another size, kind or order than what follows it."""
    name = _array(given, rng)
    data = _npy(given.get(name))
    shape = rng.choice(
        ("(99999999999,)", "(1000000, 33, 2)", "(-1,)", "()", "(0,)", "(1e3,)", "(((((", "None")
    )
    start, end = data.find(b"(", 10), data.find(b")", 10) + 1
    old = data[start:end]
    return {
        **given,
        name: data[:start] + shape.encode().ljust(len(old))[: max(len(old), len(shape))] + data[end:],
    }


def _raw(given: Fields, rng: Random) -> Fields:
    name = rng.choice(list(given) or ["t"])
    return {
        **given,
        name: rng.choice((b"", b"\x93NUMPY", b"\x93NUMPY\x09\0", rng.randbytes(200), dump(hostile(rng)))),
    }


def _bomb(data: bytes, rng: Random) -> bytes:
    """An entry that is small here and gigabytes there."""
    name = rng.choice(("t", "image", "extra"))
    head = _npy(np.zeros(0))
    shape = f"({_BOMB // 8},)".encode()
    start = head.find(b"(0,)")
    head = head[:start] + shape + head[start + 4 :]
    head = (
        head[:10] + head[10:].rstrip(b"\n ").ljust(len(head) - 11 - 10) + b"\n" if len(head) > 128 else head
    )
    block = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = block.compress(head) + block.flush(zlib.Z_FULL_FLUSH)
    piece = block.compress(bytes(_BLOCK)) + block.flush(zlib.Z_FULL_FLUSH)
    packed = first + piece * (_BOMB // _BLOCK) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    return _with_entry(data, f"{name}.npy", packed, len(head) + _BOMB)


def _with_entry(data: bytes, name: str, packed: bytes, size: int) -> bytes:
    """An archive with one more entry, given as it is packed already; its checksum is a lie."""
    stored = io.BytesIO(data)
    try:
        with zipfile.ZipFile(stored, "a") as archive:
            entry = zipfile.ZipInfo(name)
            archive.NameToInfo.pop(name, None)  # else Python warns that there are two of it
            archive.writestr(entry, packed)  # stored; then called deflated
            entry.compress_type, entry.file_size = zipfile.ZIP_DEFLATED, min(size, 2**32 - 2)
            at = entry.header_offset
    except zipfile.BadZipFile:
        return data
    out = bytearray(stored.getvalue())
    out[at + 8 : at + 10] = (8).to_bytes(2, "little")
    out[at + 22 : at + 26] = min(size, 2**32 - 2).to_bytes(4, "little")
    return bytes(out)


def _other_size(data: bytes, rng: Random) -> bytes:
    """An archive whose own list lies."""
    at = data.rfind(b"PK\1\2")
    if at < 0:
        return data
    field = at + rng.choice((8, 10, 16, 20, 24, 28, 42))
    return data[:field] + rng.choice((b"\0\0\0\0", b"\xff\xff\xff\xff", rng.randbytes(4))) + data[field + 4 :]


def _no_archive(data: bytes, rng: Random) -> bytes:
    return rng.choice(
        (_npy(np.zeros(3)), b"PK\5\6" + bytes(18), b"PK\3\4", b"", data[::-1], b"\x80\x04cos\nsystem\n.")
    )


def _meet(given: Input, folder: Path) -> Ending:
    (folder / given.name).write_bytes(given.data)
    ran = run("analyze", given.name, "-o", "out", "--quiet", "--save-poses")
    no_half(folder)
    if not any(folder.glob("out/*/session.json")):
        if ran.code == JUDGED or (folder / "out").exists():
            raise ImproperError("leftover", f"exit code {ran.code}, no session, a folder of results")
        return Ending("refused", refusal(ran, MARK))
    warnings(ran, MARK)
    said = ran.err.strip()
    for exercise in ("running", "squat"):
        again = run("analyze", given.name, "-e", exercise, "-o", exercise, "--quiet", "--no-report")
        warnings(again, MARK)
    return Ending("judged", said)


KIND = Kind(
    "poses",
    _base,
    (
        _values,
        _values,
        _scaled,
        _shaken,
        _hidden,
        _timed,
        _timed,
        _length,
        _typed,
        _shaped,
        _texts,
        _texts,
        _takes,
        _sizes,
        _drop,
        _more,
        _lie,
        _raw,
    ),
    write,
    _meet,
    bends=(_bomb, _other_size, _no_archive),
)
