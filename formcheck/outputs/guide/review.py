"""The sheet on which a physiotherapist reviews an exercise: its numbers, their origin, room to differ."""

from pathlib import Path
from typing import Any

from markupsafe import Markup

from formcheck.exercises import Exercise
from formcheck.exercises.pictures import find_picture
from formcheck.files.writing import write_text
from formcheck.outputs import words
from formcheck.outputs.guide.guide import guide
from formcheck.outputs.guide.origin import Origin
from formcheck.outputs.guide.svg import svg
from formcheck.outputs.html import environment
from formcheck.sensor import usual_profile
from formcheck.version import __version__

ENDING = ".html"


def review_html(e: Exercise) -> str:
    """The sheet as one self-contained page, to read on a screen or print on A4."""
    return environment().get_template("review.html.j2").render(_sheet(e))


def write_review(e: Exercise, out: Path) -> Path:
    """Write the sheet to ``out``, a file that ends in .html, or into the folder ``out``."""
    path = out if out.suffix.lower() == ENDING else out / f"{e.id}-review{ENDING}"
    return write_text(path, review_html(e))


def _sheet(e: Exercise) -> dict[str, Any]:
    g = guide(e)
    picture = find_picture(e.id)
    numbers = {name: n for n, name in enumerate(g.sources, 1)}

    def cited(origin: Origin | None) -> list[int]:
        return [numbers[name] for name in origin.sources] if origin else []

    return {
        "g": g,
        "version": __version__,
        "sensor": usual_profile().name,
        "digest": e.digest[:12],
        "picture": Markup(svg(picture, g.name, g.about)) if picture else None,
        "picture_of": words.view(picture.view) if picture else "",
        "cited": cited,
    }
