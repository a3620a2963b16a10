"""What fills the picture when nobody moves: paused, the set's summary with the rest timer, the end."""

import math
from collections.abc import Mapping, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.draw import palette, text
from formcheck.draw.live_words import Piece, blend, paragraph, row, sign, trimmed
from formcheck.draw.palette import Colour
from formcheck.draw.panel import Panel, blank, finish
from formcheck.messages import sentence
from formcheck.types import Fault
from formcheck.types.set_summary import SetSummary

Pixels = NDArray[np.uint8]


def paused(how: str, unit: float, width: int) -> Panel:
    """That the set waits, and what to do to go on."""
    pad = round(3 * unit)
    room = width - 2 * pad
    side = round(11 * unit)
    title = trimmed(text.fit("Paused", round(14 * unit), room - side - pad, text.SMALLEST))
    below = paragraph(how, round(8 * unit), room)
    w = max(title.shape[1] + side, *(line.shape[1] for line in below)) + 2 * pad
    head = max(side, title.shape[0])
    face, shape = blank(w, head + sum(line.shape[0] for line in below) + 3 * pad, pad, palette.INK)
    left = (w - title.shape[1] - side) // 2
    sign(face, left + side // 2, pad + head // 2, side, "pause", palette.WARN, palette.INK)
    text.stamp(face, title, left + side + pad // 3, pad + (head - title.shape[0]) // 2, palette.PAPER)
    y = head + 2 * pad
    for line in below:
        text.stamp(face, line, (w - line.shape[1]) // 2, y, palette.PAPER)
        y += line.shape[0]
    return finish(face, shape, 0.84)


class _Sheet:
    """A column that is written from the top, and knows how much of it is left."""

    def __init__(self, width: int, height: int, unit: float) -> None:
        self.unit, self.pad = unit, round(2.5 * unit)
        self.face, self.shape = blank(width, height, self.pad, palette.INK)
        self.y = round(0.8 * self.pad)

    @property
    def room(self) -> int:
        return int(self.face.shape[1]) - 2 * self.pad

    @property
    def left(self) -> int:
        return int(self.face.shape[0]) - self.y - self.pad // 2

    def line(self, words: str, size: float, colour: Colour = palette.PAPER, most: int = 1) -> None:
        for drawn in paragraph(words, round(size * self.unit), self.room, most):
            text.stamp(self.face, drawn, self.pad, self.y, colour)
            self.y += drawn.shape[0]

    def pieces(self, pieces: Sequence[Piece]) -> None:
        cover, ink = row(list(pieces), self.room)
        self.y += round(1.5 * self.unit)
        blend(self.face, cover, ink, self.pad, self.y)
        self.y += cover.shape[0] + round(1.5 * self.unit)


def summary(
    result: SetSummary, pictures: Mapping[str, Pixels], size: tuple[int, int], unit: float, title: str
) -> Panel:
    """The set that is over: good of attempted, score, sides, two faults pictured, what was unseen."""
    sheet = _Sheet(*size, unit)
    sheet.line(title, 5.2, palette.DIM)
    sheet.pieces(_done(result, unit))
    for line in _numbers(result):
        sheet.line(line, 5.2)
    unseen = result.not_assessed
    foot = paragraph(sentence(unseen), round(4.2 * unit), sheet.room, 2) if unseen else []
    below = sum(line.shape[0] for line in foot)
    sheet.y += round(unit)
    if result.faults:
        _faults(sheet, result.faults[:2], pictures, sheet.left - below - sheet.pad // 2)
    else:
        _clean(sheet, result)
    y = sheet.face.shape[0] - below - round(0.6 * sheet.pad)
    for drawn in foot:
        text.stamp(sheet.face, drawn, sheet.pad, y, palette.DIM)
        y += drawn.shape[0]
    return finish(sheet.face, sheet.shape, 0.86)


def _done(done: SetSummary, unit: float) -> list[Piece]:
    """The number of the set and what it is of."""
    huge, large = round(17 * unit), round(8 * unit)
    gap = round(2 * unit)
    if done.hold_s is not None:
        pieces = [Piece(text.clock(done.hold_s), huge), Piece("held", large, gap=gap)]
        if done.clean_hold_s is not None:
            pieces.append(Piece(f"{text.clock(done.clean_hold_s)} in form", large, palette.GOOD, 2 * gap))
        return pieces
    if done.cadence_spm is not None:
        return [Piece(f"{done.cadence_spm:.0f}", huge), Piece("steps a minute", large, gap=gap)]
    return [
        Piece(str(done.good_reps), huge, palette.GOOD),
        Piece(f"good of {done.attempts}", large, gap=gap),
    ]


def _numbers(result: SetSummary) -> list[str]:
    out = []
    if result.attempts and result.reps != result.attempts:
        out.append(f"{result.reps} counted, {result.attempts - result.reps} not")
    if result.score is not None:
        out.append(f"Score {result.score} of 100, {result.coverage:.0%} seen")
    elif result.attempts or result.hold_s or result.cadence_spm:
        out.append(f"No score: only {result.coverage:.0%} was seen")
    if result.left is not None and result.right is not None:
        out.append(f"Left {result.left}, right {result.right}")
    return out


def _faults(sheet: _Sheet, faults: Sequence[Fault], pictures: Mapping[str, Pixels], height: int) -> None:
    """Picture, sign and the words that mend each: side by side, or in lines on a tall sheet."""
    unit, gap = sheet.unit, round(2 * sheet.unit)
    shown = [pictures.get(fault.id) for fault in faults]
    tall = sheet.face.shape[0] > sheet.face.shape[1]
    px = round((5.2 if any(p is not None for p in shown) else 7.5) * unit)
    px = max(text.SMALLEST, min(px, round((height / 2 - gap) / 2.4))) if tall else px  # two lines for each
    mark = round(1.1 * px)
    wide = sheet.room if tall else (sheet.room - gap) // 2
    side = min(
        round(0.45 * wide) if tall else wide, (height - gap) // 2 if tall else height - round(2.8 * px)
    )
    side = side if side >= 8 * unit else 0
    beside = side + gap if tall and any(p is not None for p in shown) else 0
    most = 2 if side < 3.6 * px else 3  # lines that fit beside or beneath
    words = _alike([fault.cue for fault in faults], px, wide - beside - round(1.3 * mark), most)
    for i, (fault, kept, lines) in enumerate(zip(faults, shown, words, strict=True)):
        x = sheet.pad + (0 if tall else i * (wide + gap))
        colour, y = palette.of_level(fault.level), sheet.y
        if kept is not None and side:
            _picture(sheet.face[y : y + side, x : x + side], kept, colour, round(0.7 * unit))
            y += 0 if tall else side + gap // 2
        x += beside
        middle = y + lines[0].shape[0] // 2
        sign(sheet.face, x + mark // 2, middle, mark, fault.level, colour, palette.INK)
        for line in lines:
            text.stamp(sheet.face, line, x + round(1.3 * mark), y, palette.PAPER)
            y += line.shape[0]
        if tall:
            sheet.y = max(y, sheet.y + side) + gap


def _picture(area: Pixels, kept: Pixels, colour: Colour, border: int) -> None:
    side = int(area.shape[0])
    area[:] = cv2.resize(kept, (side, side), interpolation=cv2.INTER_AREA)
    for edge in (area[:border], area[-border:], area[:, :border], area[:, -border:]):
        edge[:] = colour


def _alike(cues: Sequence[str], px: int, width: int, most: int) -> list[list[Pixels]]:
    """Cues in letters of one size, which is that of the longest."""
    lines = [paragraph(cue, px, width, most) for cue in cues]
    least = round(min(line.shape[0] for each in lines for line in each) / 1.2)
    return [paragraph(cue, least, width, most) for cue in cues]


def _clean(sheet: _Sheet, result: SetSummary) -> None:
    if result.score is None:
        return
    mark = round(7 * sheet.unit)
    sign(sheet.face, sheet.pad + mark // 2, sheet.y + mark // 2, mark, "praise", palette.GOOD, palette.INK)
    drawn = text.fit("No faults seen", round(6 * sheet.unit), sheet.room - mark - sheet.pad, text.SMALLEST)
    text.stamp(sheet.face, drawn, sheet.pad + round(1.4 * mark), sheet.y, palette.PAPER)


def rest(seconds: int, coming: str, size: tuple[int, int], unit: float) -> Panel:
    """The seconds that are left to rest, and what comes then."""
    sheet = _Sheet(*size, unit)
    sheet.line("Rest", 6.5, palette.DIM)
    number = str(seconds) if seconds < 100 else text.clock(seconds)
    sheet.pieces([Piece(number, round(0.4 * size[1]), room="00")])
    if coming:
        sheet.line("Next", 5, palette.DIM)
        sheet.line(coming, 6, most=3)
    return finish(sheet.face, sheet.shape, 0.86)


def finished(sets: Sequence[SetSummary], size: tuple[int, int], unit: float) -> Panel:
    """The workout is over: a line for each set, as many as fit."""
    sheet = _Sheet(*size, unit)
    sheet.line("Done", 12)
    sheet.y += round(unit)
    most = max(1, math.floor(sheet.left / (7 * unit)))
    several = len({result.exercise for result in sets}) > 1
    for result in sets[-most:]:
        name = f"{result.exercise} {result.n}" if several else f"Set {result.n}"
        sheet.line(f"{name}: {_line(result)}", 5.2)
    return finish(sheet.face, sheet.shape, 0.86)


def _line(result: SetSummary) -> str:
    if result.hold_s is not None:
        return f"{text.clock(result.hold_s)} held"
    if result.cadence_spm is not None:
        return f"{result.cadence_spm:.0f} a minute"
    return f"{result.good_reps} good of {result.attempts}"
