"""A large JSON object read piece by piece: no more of it is in memory than one piece."""

import codecs
import re
from collections.abc import Collection, Iterator
from json import loads
from typing import BinaryIO

#: Deeper nesting is no data of ours.
DEEPEST = 100
_CHUNK = 2**18
_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^\s,:\[\]{}\"]*")
#: A whole string, or a sign of structure; a quote alone opens a string that is not read to its end yet.
_SIGNS = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|["\[\]{}]', re.DOTALL)
_KEY_LETTERS = 100


def pieces(file: BinaryIO, lists: Collection[str], most: int) -> Iterator[tuple[str, str]]:
    """The values of an object, each with its key, as text that is still to be parsed.

    Parameters
    ----------
    lists : keys whose values are arrays: these give their items one by one.
    most : letters of one piece.

    Raises
    ------
    ValueError
        If the file is no such object, is cut off, or a piece is too large or too deeply nested.
    """
    text = _Text(file, most)
    text.must("{")
    if not text.take("}"):
        yield from _members(text, lists)
    text.ends()


def _members(text: "_Text", lists: Collection[str]) -> Iterator[tuple[str, str]]:
    while True:
        key = _key(text.value())
        text.must(":")
        if key in lists:
            yield from ((key, item) for item in _items(text))
        else:
            yield key, text.value()
        if text.take("}"):
            return
        text.must(",")


def _key(text: str) -> str:
    if not text.startswith('"') or len(text) > _KEY_LETTERS:
        raise ValueError("it is not JSON")
    return str(loads(text))


def _items(text: "_Text") -> Iterator[str]:
    text.must("[")
    if text.take("]"):
        return
    yield text.value()
    while not text.take("]"):
        text.must(",")
        yield text.value()


class _Text:
    """What is read and not yet used."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._most = file, most
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._read, self._at, self._ended = "", 0, False

    def take(self, sign: str) -> bool:
        """Go past a sign, if it comes next."""
        self._skip()
        found = self._read.startswith(sign, self._at)
        self._at += len(sign) if found else 0
        return found

    def must(self, sign: str) -> None:
        """Go past a sign, which has to come next."""
        if not self.take(sign):
            raise ValueError("it is cut off" if self._used else f"{sign} is missing")

    def ends(self) -> None:
        """Nothing may follow."""
        self._skip()
        if not self._used:
            raise ValueError("something follows its end")

    def value(self) -> str:
        """The next value."""
        self._skip()
        length = self._nested() if self._read[self._at : self._at + 1] in {"{", "[", '"'} else self._scalar()
        if length == 0:
            raise ValueError("it is cut off" if self._used else "it is not JSON")
        self._at += length
        return self._read[self._at - length : self._at]

    @property
    def _used(self) -> bool:
        return self._ended and self._at == len(self._read)

    def _skip(self) -> None:
        while True:
            space = _SPACE.match(self._read, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._read) or not self._more():
                return

    def _scalar(self) -> int:
        while True:
            found = _SCALAR.match(self._read, self._at)
            end = found.end() if found else self._at
            if end < len(self._read) or not self._more():
                return end - self._at

    def _nested(self) -> int:
        """The length of an object, array or string."""
        depth, done = 0, 0
        while True:
            for sign in _SIGNS.finditer(self._read, self._at + done):
                kind = sign[0]
                if kind == '"':
                    break
                done = sign.end() - self._at
                depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(kind, 0)
                if depth == 0:
                    return done
                if depth > DEEPEST:
                    raise ValueError(f"it is nested deeper than {DEEPEST}")
            if not self._more():
                raise ValueError("it is cut off")

    def _more(self) -> bool:
        """Read on, the faster the more is wanted; False at the end."""
        if self._ended:
            return False
        kept = self._read[self._at :]
        if len(kept) > self._most:
            raise ValueError(f"a part of it is longer than {self._most} letters")
        data = self._file.read(max(_CHUNK, len(kept)))
        self._ended = not data
        self._read, self._at = kept + self._decoder.decode(data, final=self._ended), 0
        return True
