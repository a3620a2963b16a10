"""The picture of an exercise as one small SVG: a person at the start and at the peak."""

from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.pictures import Picture, Posture
from formcheck.outputs.guide.body import BodyShape, scene

Array = NDArray[np.float64]

#: The canvas, in quarters of a pixel so that whole numbers are fine enough.
WIDTH, HEIGHT = 1920, 1440
_SVG = "http://www.w3.org/2000/svg"
_TONES = {"near": "#17618f", "far": "#a5c3d4", "mark": "#eef3f4", "thing": "#8a979e"}
_PAPER, _FLOOR, _WORDS = "#f4f6f5", "#c3cccf", "#56626b"
_STYLE = (
    f"path{{stroke:{_PAPER};stroke-width:11;stroke-linejoin:round;paint-order:stroke}}.c{{stroke:none}}"
    f".f{{stroke:{_FLOOR};stroke-linecap:round}}text{{font:72px system-ui,sans-serif;text-anchor:middle;"
    f"fill:{_WORDS}}}"
)
_EDGE, _CAPTION = 50, 130  # room beside and above a posture, and for the words below it
_FLESH = 95.0  # millimetres of flesh around the landmarks
_LARGEST = 0.80  # canvas a millimetre, so that one who stands alone is no giant


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where one posture stands: its middle, its floor and its width on the canvas."""

    middle: float
    floor: float
    width: float


def svg(picture: Picture, title: str, about: str) -> str:
    """The whole file; ``title`` and ``about`` are for those who hear the page."""
    scale, cells = _arrange(list(picture.postures.values()))
    panels = [
        _panel(caption, posture, picture.near, scale, cell)
        for (caption, posture), cell in zip(picture.postures.items(), cells, strict=True)
    ]
    lines = [
        f'<svg xmlns="{_SVG}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-labelledby="t d">',
        f'<title id="t">{escape(title)}</title>',
        f'<desc id="d">{escape(about)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="48" fill="{_PAPER}"/>',
        *panels,
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _arrange(postures: list[Posture]) -> tuple[float, list[_Cell]]:
    """Canvas a millimetre and the places, side by side or one above the other: whatever is larger."""
    n = len(postures)
    wide = np.array([float(np.ptp(p.points[:, 0])) + 2 * _FLESH for p in postures])
    high = np.array([_FLESH - float(p.points[:, 1].min()) for p in postures])
    across = min((WIDTH - 2 * n * _EDGE) / wide.sum(), (HEIGHT - _EDGE - _CAPTION) / high.max())
    down = min((WIDTH - 2 * _EDGE) / wide.max(), (HEIGHT - n * (_EDGE + _CAPTION)) / high.sum())
    scale = min(max(across, down), _LARGEST)
    if across >= down:
        widths = wide * scale + (WIDTH - wide.sum() * scale) / n
        floor = (HEIGHT + _EDGE - _CAPTION + high.max() * scale) / 2
        return scale, [
            _Cell(m, floor, w) for m, w in zip(np.cumsum(widths) - widths / 2, widths, strict=True)
        ]
    heights = high * scale + (HEIGHT - high.sum() * scale) / n
    return scale, [_Cell(WIDTH / 2, floor - _CAPTION, WIDTH) for floor in np.cumsum(heights)]


def _panel(caption: str, posture: Posture, near: str | None, scale: float, cell: _Cell) -> str:
    place, reach = np.array([cell.middle, cell.floor]), cell.width / 2 - _EDGE
    return "\n".join(
        [
            f'<path class="f" d="M{cell.middle - reach:.0f} {cell.floor:.0f}h{2 * reach:.0f}"/>',
            *(_path(shape, scale, place) for shape in scene(posture, near)),
            f'<text x="{cell.middle:.0f}" y="{cell.floor + 92:.0f}">{escape(caption)}</text>',
        ]
    )


def _path(shape: BodyShape, scale: float, place: Array) -> str:
    flowing = "" if shape.edged else ' class="c"'
    outlines = "".join(_outline(outline * scale + place) for outline in shape.outlines)
    return f'<path{flowing} fill="{_TONES[shape.tone]}" d="{outlines}"/>'


def _outline(points: Array) -> str:
    """Steps from point to point in whole numbers, which are short."""
    whole = np.round(points).astype(int)
    steps = " ".join(map(str, np.diff(whole, axis=0).ravel())).replace(" -", "-")
    return f"M{whole[0, 0]} {whole[0, 1]}l{steps}z"
