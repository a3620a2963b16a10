"""The panels of the live window: counter, title, tempo, notices, figures, footer, countdown."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import banner, palette, text
from formcheck.draw.live_words import Piece, Sign, blend, paragraph, row, sign
from formcheck.draw.palette import Colour
from formcheck.draw.panel import Panel, blank, finish
from formcheck.types import Tempo

Pixels = NDArray[np.uint8]

#: What a notice is: its sign, and the colours of its ground and its letters.
Tone = Literal["error", "warn", "praise", "info", "no"]


class _Look(NamedTuple):
    ground: Colour
    ink: Colour
    lit: Colour  # of the sign
    opacity: float


_COVER = 0.55  # of panels that may stand before the person

_LOOKS: dict[Tone, _Look] = {
    "error": _Look(banner.ALARM, palette.PAPER, palette.PAPER, 0.94),
    "warn": _Look(palette.WARN, palette.INK, palette.INK, 0.94),
    "praise": _Look(palette.GOOD, palette.INK, palette.INK, 0.94),
    "info": _Look(palette.INK, palette.PAPER, palette.GOOD, 0.78),
    "no": _Look(palette.INK, palette.PAPER, palette.WARN, 0.78),
}


def notice(words: str, tone: Tone, px: int, width: int, most: int) -> Panel:
    """A panel with one thing to read: its sign on the left, the words as large as ``px`` where they fit."""
    look = _LOOKS[tone]
    pad, side = round(0.35 * px), min(round(0.95 * px), width // 8)
    lines = paragraph(words, px, width - side - 3 * pad, most)
    w = min(width, max(line.shape[1] for line in lines) + side + 3 * pad)
    h = max(sum(line.shape[0] for line in lines), side) + round(1.2 * pad)
    face, shape = blank(w, h, pad, look.ground)
    sign(face, pad + side // 2, h // 2, side, tone, look.lit, look.ground)
    y = (h - sum(line.shape[0] for line in lines)) // 2
    for line in lines:
        text.stamp(face, line, side + 2 * pad, y, look.ink)
        y += line.shape[0]
    return finish(face, shape, look.opacity)


def counter(
    head: str,
    rows: Sequence[Sequence[Piece]],
    foot: str,
    unit: float,
    width: int,
    mark: Sign | None = None,
) -> Panel:
    """The numbers that matter, what they count above what qualifies them beneath; ``mark`` is the news."""
    pad = round(2.0 * unit)
    side = round(9 * unit) if mark else 0
    news = side + pad if side else 0
    room = width - 2 * pad
    top = text.fit(head, round(4.6 * unit), room, text.SMALLEST)
    drawn = [row(list(pieces), room - news) for pieces in rows]
    low = text.fit(foot, round(4.6 * unit), room, text.SMALLEST) if foot else top[:0]
    gap = round(1.6 * unit)
    wide = max(cover.shape[1] for cover, _ in drawn)
    w = max(top.shape[1], wide + news, low.shape[1]) + 2 * pad
    high = sum(cover.shape[0] + gap for cover, _ in drawn)
    h = 2 * pad + top.shape[0] + gap + high + low.shape[0]
    face, shape = blank(w, h, pad, palette.INK)
    text.stamp(face, top, pad, round(0.8 * pad), palette.DIM)
    y = pad + top.shape[0] + gap
    middle = y + (high - gap) // 2
    for cover, ink in drawn:
        blend(face, cover, ink, pad, y)
        y += cover.shape[0] + gap
    if mark:
        lit = palette.GOOD if mark == "praise" else palette.WARN
        sign(face, w - pad - side // 2, middle, side, mark, lit, palette.PAPER)
    if foot:
        text.stamp(face, low, pad, h - round(0.8 * pad) - low.shape[0], palette.PAPER)
    return finish(face, shape, _COVER)


def lines(words: Sequence[str], px: int, width: int, colour: Colour = palette.PAPER) -> Panel:
    """A plain panel with a line for each of the words."""
    pad = round(0.5 * px)
    drawn = [text.fit(line, px, width - 2 * pad, text.SMALLEST) for line in words]
    w = max(line.shape[1] for line in drawn) + 2 * pad
    h = sum(line.shape[0] for line in drawn) + pad
    face, shape = blank(w, h, pad, palette.INK)
    y = pad // 2
    for line in drawn:
        text.stamp(face, line, pad, y, colour)
        y += line.shape[0]
    return finish(face, shape, _COVER)


def tempo(phases: Tempo, unit: float, width: int) -> Panel:
    """How long the last repetition took out, at its peak and back: seconds above, words beneath."""
    pad, px = round(1.6 * unit), round(6.0 * unit)
    parts = [("out", phases.up_s), ("hold", phases.hold_s), ("back", phases.down_s)]
    numbers = [text.mask(f"{seconds:.1f}", px) for _, seconds in parts]
    names = [text.mask(name, round(0.66 * px), bold=False) for name, _ in parts]
    each = max(m.shape[1] for m in (*numbers, *names)) + round(3.5 * unit)
    each = min(each, (width - 2 * pad) // len(parts))
    h = numbers[0].shape[0] + names[0].shape[0] + pad
    face, shape = blank(each * len(parts) + 2 * pad, h, pad, palette.INK)
    for i, (number, name) in enumerate(zip(numbers, names, strict=True)):
        middle = pad + each * i + each // 2
        text.stamp(face, number, middle - number.shape[1] // 2, pad // 3, palette.PAPER)
        text.stamp(face, name, middle - name.shape[1] // 2, pad // 3 + number.shape[0], palette.DIM)
    return finish(face, shape, _COVER)


def countdown(seconds: int, unit: float) -> Panel:
    """The seconds to "go" as a huge number on a disc; "Go" when there are none."""
    d = round(64 * unit)
    face, _ = blank(d, d, 0, palette.INK)
    shape = np.zeros((d, d), np.uint8)
    cv2.circle(shape, (d // 2, d // 2), d // 2 - 1, 255, -1, cv2.LINE_AA)
    ring = max(3, round(2 * unit))
    cv2.circle(face, (d // 2, d // 2), d // 2 - ring, palette.GOOD, ring, cv2.LINE_AA)
    words = str(seconds) if seconds > 0 else "Go"
    cover, ink = row([Piece(words, round(50 * unit) if seconds > 0 else round(30 * unit))], round(0.8 * d))
    blend(face, cover, ink, (d - cover.shape[1]) // 2, (d - cover.shape[0]) // 2)
    return finish(face, shape, 0.74)
