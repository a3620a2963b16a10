"""A small FlatBuffers writer whose bytes never change.

The official Python builder lays tables out differently from release to release (25.2 and 25.12 do), and a
bundle whose sha256 is pinned cannot depend on that. Here is only what TFLite metadata needs: every field of a
table takes four bytes, and everything a table refers to is written after it.
"""

import struct
from collections import deque
from dataclasses import dataclass

#: Vectors of bytes, and the body, start at multiples of this: TFLite wants its weights so.
_ALIGN = 16


@dataclass(frozen=True, slots=True)
class At:
    """Something already written: its position in the body that follows the new part."""

    position: int


#: Fields of a table by slot: numbers, text, bytes, tables, vectors of numbers or of tables.
Table = dict[int, "Field"]
Field = int | str | bytes | At | Table | tuple["float | Table | At", ...]


def write(root: Table, identifier: bytes, body: bytes = b"") -> bytes:
    """One buffer: header, ``root`` and what hangs on it, then ``body`` unchanged at a multiple of 16 bytes.

    Parameters
    ----------
    root : the root table; `At` in it refers to positions in ``body``.
    identifier : four bytes that name the kind of file.
    body : another buffer, or nothing.
    """
    out = bytearray(struct.pack("<I4s", 0, identifier))
    pending: deque[tuple[int, Field]] = deque([(0, root)])
    into_body: list[tuple[int, At]] = []
    while pending:
        where, field = pending.popleft()
        if isinstance(field, At):
            into_body.append((where, field))
        else:
            start, children = _append(out, field)
            struct.pack_into("<I", out, where, start - where)
            pending.extend(children)
    if body:
        out += bytes(-len(out) % _ALIGN)
    for where, at in into_body:
        struct.pack_into("<I", out, where, len(out) + at.position - where)
    return bytes(out) + body


def _append(out: bytearray, field: Field) -> tuple[int, list[tuple[int, Field]]]:
    """Write one object; return its position and what it refers to, each with the place of its offset."""
    out += bytes(-len(out) % 4)
    match field:
        case dict():
            return _append_table(out, field)
        case str():
            text = field.encode()
            start = len(out)
            out += struct.pack("<I", len(text)) + text + b"\0"
            return start, []
        case bytes():
            out += bytes(-(len(out) + 4) % _ALIGN)
            start = len(out)
            out += struct.pack("<I", len(field)) + field
            return start, []
        case tuple():
            return _append_vector(out, field)
        case _:
            raise TypeError(f"{type(field).__name__} cannot be referred to")


def _append_vector(
    out: bytearray, items: tuple["float | Table | At", ...]
) -> tuple[int, list[tuple[int, Field]]]:
    start = len(out)
    out += struct.pack("<I", len(items))
    children: list[tuple[int, Field]] = []
    for item in items:
        if isinstance(item, float):
            out += struct.pack("<f", item)
        else:
            children.append((len(out), item))
            out += bytes(4)
    return start, children


def _append_table(out: bytearray, table: Table) -> tuple[int, list[tuple[int, Field]]]:
    """The list of field positions (vtable), then the table: a way back to that list, and the fields."""
    slots = max(table, default=-1) + 1
    size = 4 + 4 * len(table)
    places = {slot: 4 + 4 * i for i, slot in enumerate(sorted(table))}
    vtable = struct.pack(f"<{2 + slots}H", 4 + 2 * slots, size, *(places.get(s, 0) for s in range(slots)))
    vtable += bytes(-len(vtable) % 4)
    out += vtable
    start = len(out)
    out += struct.pack("<i", len(vtable)) + bytes(size - 4)
    children: list[tuple[int, Field]] = []
    for slot, place in places.items():
        value = table[slot]
        if isinstance(value, int):
            struct.pack_into("<I", out, start + place, value)
        else:
            children.append((start + place, value))
    return start, children


class Reader:
    """The root table of a buffer, as far as needed to write a new one around it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._table = self._u32(0)
        self._vtable = self._table - struct.unpack_from("<i", data, self._table)[0]

    def _u32(self, at: int) -> int:
        value: int = struct.unpack_from("<I", self._data, at)[0]
        return value

    def _place(self, slot: int) -> int:
        size = struct.unpack_from("<H", self._data, self._vtable)[0]
        if 4 + 2 * slot >= size:
            return 0
        place: int = struct.unpack_from("<H", self._data, self._vtable + 4 + 2 * slot)[0]
        return place and self._table + place

    def number(self, slot: int) -> int:
        """An unsigned number; 0 if absent."""
        place = self._place(slot)
        return self._u32(place) if place else 0

    def target(self, slot: int) -> At | None:
        """What a slot refers to; None if absent."""
        place = self._place(slot)
        return At(place + self._u32(place)) if place else None

    def items(self, slot: int) -> list[At]:
        """What the entries of a vector of tables refer to; empty if absent."""
        vector = self.target(slot)
        if vector is None:
            return []
        first = vector.position + 4
        places = range(first, first + 4 * self._u32(vector.position), 4)
        return [At(place + self._u32(place)) for place in places]
