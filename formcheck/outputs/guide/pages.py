"""The pages of the exercises for the docs: Markdown and pictures, written whole from the catalog."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from formcheck.exercises import Exercise
from formcheck.exercises.pictures import find_picture
from formcheck.files.writing import write_text
from formcheck.outputs import words
from formcheck.outputs.guide.guide import guide
from formcheck.outputs.guide.phrases import listed
from formcheck.outputs.guide.svg import svg
from formcheck.sensor import usual_profile


def pages(exercises: Iterable[Exercise]) -> dict[str, str]:
    """The text of every file, by its name."""
    chosen = list(exercises)
    guides = [guide(e, usual_profile()) for e in chosen]
    files = {"README.md": _render("exercises.md.j2", guides=guides, words=words)}
    for e, g in zip(chosen, guides, strict=True):
        picture, alt = find_picture(e.id), ""
        if picture is not None:
            alt = f"{e.name}, {words.view(picture.view)}: {listed(picture.postures)}."
            files[f"{e.id}.svg"] = svg(picture, alt, e.about)
        files[f"{e.id}.md"] = _render("exercise.md.j2", g=g, picture=alt)
    return files


def write_pages(exercises: Iterable[Exercise], folder: Path) -> None:
    """Write all pages to ``folder`` and remove those of exercises that are gone."""
    files = pages(exercises)
    for name, text in files.items():
        write_text(folder / name, text)
    for path in folder.iterdir():
        if path.suffix in {".md", ".svg"} and path.name not in files:
            path.unlink()


def _render(template: str, **given: object) -> str:
    text = _environment().get_template(template).render(given)
    return re.sub(r"\n{3,}", "\n\n", text)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("formcheck.outputs"),
        autoescape=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["cell"] = lambda text: text.replace("|", "\\|")
    return environment
