"""Words and signs large enough for three metres: paragraphs, rows of numbers, a shape for every meaning."""

import itertools
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import banner, palette, text
from formcheck.draw.palette import Colour

Pixels = NDArray[np.uint8]

#: error: triangle. warn: diamond. praise: a tick on a disc. no: a cross on a square. info: an i on a disc.
#: pause: two bars.
Sign = Literal["error", "warn", "praise", "no", "info", "pause"]

_GAIN = 1.1  # another line must make the letters larger by so much to be worth it


@dataclass(frozen=True, slots=True)
class Piece:
    """A word of a row: what, how high its letters are in pixels, its colour, and the space before it."""

    words: str
    px: int
    colour: Colour = palette.PAPER
    gap: int = 0
    room: str = ""  #: the words whose width it takes at least, so that counting on does not move the rest


def paragraph(words: str, px: int, width: int, most: int = 3) -> list[Pixels]:
    """The words on 1 to ``most`` lines within ``width``, broken where the letters stay largest."""
    best, lines = 0.0, [words]
    for n in range(1, min(most, len(words.split())) + 1):
        broken = _broken(words, n)
        size = min(float(px), px * width / max(1, *(text.mask(line, px).shape[1] for line in broken)))
        if size > best * _GAIN:
            best, lines = size, broken
    fine = max(text.SMALLEST, int(best))
    return [text.fit(line, fine, width, text.SMALLEST) for line in lines]


def _broken(words: str, n: int) -> list[str]:
    parts = words.split()
    cuts = ((0, *inner, len(parts)) for inner in itertools.combinations(range(1, len(parts)), n - 1))
    ways = ([" ".join(parts[a:b]) for a, b in itertools.pairwise(cut)] for cut in cuts)
    return min(ways, key=lambda lines: max(map(len, lines)))


def row(pieces: list[Piece], width: int) -> tuple[Pixels, Pixels]:
    """Pieces side by side on one baseline, all smaller if they do not fit: their cover and their colours."""
    drawn = _drawn(pieces, 1.0)
    whole = sum(w for _, w, _ in drawn)
    if whole > width:
        drawn = _drawn(pieces, width / whole)
    height = max((letters.shape[0] for letters, _, _ in drawn), default=1)
    cover = np.zeros((height, max(1, sum(w for _, w, _ in drawn))), np.uint8)
    ink = np.zeros((*cover.shape, 3), np.uint8)
    x = 0
    for piece, (letters, w, gap) in zip(pieces, drawn, strict=True):
        ink[:, x : x + w] = piece.colour
        cover[height - letters.shape[0] :, x + gap : x + gap + letters.shape[1]] = letters
        x += w
    return cover, ink


def _drawn(pieces: list[Piece], scale: float) -> list[tuple[Pixels, int, int]]:
    out = []
    for piece in pieces:
        px, gap = max(text.SMALLEST, int(piece.px * scale)), int(piece.gap * scale)
        letters = trimmed(text.mask(piece.words, px))
        room = text.mask(piece.room, px).shape[1] if piece.room else 0
        out.append((letters, gap + max(room, letters.shape[1]), gap))
    return out


def trimmed(letters: Pixels) -> Pixels:
    """Without the empty lines above and below, which a huge number would waste."""
    inked = np.flatnonzero(letters.any(axis=1))
    return letters[inked[0] : inked[-1] + 1] if len(inked) else letters[:1]


def blend(rgb: Pixels, cover: Pixels, ink: Pixels, x: int, y: int) -> None:
    """Lay a row on the picture in place; it must lie inside."""
    area = rgb[y : y + cover.shape[0], x : x + cover.shape[1]]
    weight = cover[: area.shape[0], : area.shape[1], None].astype(np.uint16)
    mixed = area * (255 - weight) + ink[: area.shape[0], : area.shape[1]] * weight
    area[:] = ((mixed + 127) // 255).astype(np.uint8)


def sign(rgb: Pixels, x: int, y: int, size: int, kind: Sign, colour: Colour, ground: Colour) -> None:
    """Draw a sign of ``size`` pixels around ``x, y`` in place."""
    r = size / 2
    stroke = max(2, round(size / 8))
    if kind in {"error", "warn"}:
        banner.sign(rgb, x, y, size, kind, colour, ground)
    elif kind == "no":
        box = (round(x - 0.8 * r), round(y - 0.8 * r), round(1.6 * r), round(1.6 * r))
        cv2.rectangle(rgb, box, colour, -1)
        _strokes(rgb, x, y, r, [[(-0.4, -0.4), (0.4, 0.4)], [(-0.4, 0.4), (0.4, -0.4)]], ground, stroke)
    elif kind == "pause":
        _strokes(rgb, x, y, r, [[(-0.4, -0.7), (-0.4, 0.7)], [(0.4, -0.7), (0.4, 0.7)]], colour, 2 * stroke)
    else:
        cv2.circle(rgb, (x, y), round(r), colour, -1, cv2.LINE_AA)
        tick: list[list[tuple[float, float]]] = [[(-0.5, 0.0), (-0.12, 0.4), (0.52, -0.4)]]
        lines = tick if kind == "praise" else [[(0.0, -0.1), (0.0, 0.55)], [(0.0, -0.52), (0.0, -0.5)]]
        _strokes(rgb, x, y, r, lines, ground, stroke)


def _strokes(
    rgb: Pixels, x: int, y: int, r: float, lines: list[list[tuple[float, float]]], colour: Colour, thick: int
) -> None:
    for line in lines:
        points = np.array([(round(x + r * dx), round(y + r * dy)) for dx, dy in line], np.int32)
        cv2.polylines(rgb, [points], False, colour, thick, cv2.LINE_AA)
