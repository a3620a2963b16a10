"""Receiving a video: it goes to disk as it comes, hashed and counted; what is refused leaves nothing."""

import errno
import hashlib
import logging
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from formcheck.apps.web.kinds import HEAD, kind
from formcheck.apps.web.limits import Limits
from formcheck.apps.web.problems import RefusedError
from formcheck.files.writing import discard, make_folder

FILE = "file"
_NAME_LENGTH = 200
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_FULL = "the disk of this computer is full; delete old videos or free some space"
logging.getLogger("python_multipart").setLevel(logging.ERROR)  # a bad form is answered, not logged
_NO_VIDEO = "this is no video that formcheck knows; give MP4, MOV, MKV, WebM or AVI"


@dataclass(frozen=True, slots=True)
class Upload:
    """A video that came whole; ``name`` is what its sender called it, only ever shown."""

    path: Path
    name: str
    sha256: str
    size_bytes: int
    fields: Mapping[str, str]


async def receive(request: Request, folder: Path, limits: Limits) -> Upload:
    """Read a multipart body with one file.

    Parameters
    ----------
    folder : gets the file, under a random name.

    Raises
    ------
    RefusedError
        If the body is no such form, the file is no video, is empty or too large, or the disk is full.
    """
    form, options = parse_options_header(request.headers.get("content-type"))
    if form != b"multipart/form-data" or not options.get(b"boundary"):
        raise RefusedError(415, f"not a form; send multipart/form-data with a field '{FILE}'")
    _check_room(make_folder(folder), request, limits)
    reader = _Reader(folder, limits)
    try:
        parser = reader.parser(options[b"boundary"])
        async for chunk in request.stream():
            await run_in_threadpool(parser.write, chunk)
        parser.finalize()
        return reader.upload()
    except BaseException as error:
        reader.discard()
        refusal = _refusal(error)
        if refusal is None:
            raise
        raise refusal from None


def _refusal(error: BaseException) -> RefusedError | None:
    """What a client hears of an error that is its own, or the disk's; None for others."""
    if isinstance(error, FormParserError):
        return RefusedError(400, "the form is broken; send multipart/form-data")
    if isinstance(error, ClientDisconnect):
        return RefusedError(400, "the connection was lost")
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return RefusedError(507, _FULL, close=True)
    if isinstance(error, OSError):
        why = (error.strerror or "it cannot be written").lower()
        return RefusedError(503, f"this computer cannot keep it ({why})", close=True)
    return None


def shown(name: str, length: int = _NAME_LENGTH) -> str:
    """A name as it may be shown: in one line, of bearable length, without what cannot be seen."""
    return " ".join(_UNSEEN.sub("", name).split())[:length].strip()


def _check_room(folder: Path, request: Request, limits: Limits) -> None:
    announced = request.headers.get("content-length", "")
    wanted = int(announced) if announced.isdecimal() else limits.upload_bytes
    if shutil.disk_usage(folder).free < wanted + limits.free_bytes:
        raise RefusedError(507, _FULL)


class _Reader:
    """Takes the parts of a form as they come."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder, self._limits = folder, limits
        self._hash = hashlib.sha256()
        self._file: BinaryIO | None = None
        self._path: Path | None = None
        self._name: str | None = None
        self._head = b""
        self._size = 0
        self._fields: dict[str, bytes] = {}
        self._field: str | None = None
        self._header, self._value = b"", b""
        self._about: dict[bytes, bytes] = {}
        self._parts = 0
        self._ended = False

    def parser(self, boundary: bytes) -> MultipartParser:
        return MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_begins,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_ends,
                "on_headers_finished": self._headers_end,
                "on_part_data": self._data,
                "on_part_end": self._part_ends,
                "on_end": self._form_ends,
            },
        )

    def upload(self) -> Upload:
        """What was received."""
        if not self._ended:
            raise RefusedError(400, "the form is cut off; send it again")
        if self._name is None:
            raise RefusedError(422, f"no file; give one in the field '{FILE}'")
        if not self._size:
            raise RefusedError(422, "the file is empty; copy or record it again")
        if self._path is None:
            raise RefusedError(415, _NO_VIDEO)
        fields = {name: value.decode("utf-8", "replace") for name, value in self._fields.items()}
        return Upload(self._path, self._name, self._hash.hexdigest(), self._size, fields)

    def discard(self) -> None:
        """Leave nothing."""
        if self._file is not None:
            self._file.close()
        if self._path is not None:
            discard(self._path)

    def _part_begins(self) -> None:
        self._about, self._field = {}, None
        self._parts += 1
        if self._parts > self._limits.fields + 1:
            raise RefusedError(422, f"more than {self._limits.fields} fields")

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ends(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._about = parse_options_header(self._value)[1]
        self._header = self._value = b""

    def _headers_end(self) -> None:
        name = self._about.get(b"name", b"").decode("utf-8", "replace")
        if name == FILE and b"filename" in self._about:
            if self._name is not None:
                raise RefusedError(422, "two files in one form; send each in its own")
            called = self._about[b"filename"].decode("utf-8", "replace")
            self._name = shown(called) or "video"
            return
        self._field = name[:80]
        self._fields[self._field] = b""

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._field is None:
            return self._keep(data[start:end])
        self._fields[self._field] += data[start:end]
        if len(self._fields[self._field]) > self._limits.field_bytes:
            raise RefusedError(422, f"{shown(self._field, 40)}: longer than {self._limits.field_bytes} bytes")
        return None

    def _keep(self, data: bytes) -> None:
        """Write it; the first bytes wait until they tell what kind of file it is."""
        self._size += len(data)
        if self._size > self._limits.upload_bytes:
            most = f"{self._limits.upload_bytes / 1e6:.3g} MB"
            raise RefusedError(413, f"more than {most}; export the video smaller or shorter", close=True)
        if self._file is None:
            self._head = data = self._head + data
            if len(data) < HEAD:
                return
            self._open()
        assert self._file is not None
        self._file.write(data)
        self._hash.update(data)

    def _open(self) -> None:
        ending = kind(self._head)
        if ending is None:
            raise RefusedError(415, _NO_VIDEO)
        self._path = self._folder / f"{secrets.token_hex(16)}.{ending}"
        self._file = self._path.open("xb")

    def _part_ends(self) -> None:
        if self._field is None and self._file is not None:
            self._file.close()
            self._file = None

    def _form_ends(self) -> None:
        self._ended = True
