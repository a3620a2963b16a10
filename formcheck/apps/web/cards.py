"""What the page knows of the exercises: enough to choose one and to set up the camera for it."""

from functools import cache
from typing import Any

from formcheck.draw import palette
from formcheck.exercises import Exercise, catalog
from formcheck.exercises.pictures import find_picture
from formcheck.live.workout import Task
from formcheck.outputs import words
from formcheck.outputs.guide.phrases import listed
from formcheck.outputs.guide.svg import svg
from formcheck.types.landmark import BONES, INDEX

_PARTS = ("eye", "mouth", "pinky", "index", "thumb")


@cache
def cards() -> list[dict[str, Any]]:
    """Every exercise, easy to hard."""
    return [_card(exercise) for exercise in catalog().values()]


def _card(e: Exercise) -> dict[str, Any]:
    task = Task(e)
    return {
        "id": e.id,
        "name": e.name,
        "also": [words.plain(alias) for alias in e.aliases],
        "kind": e.kind,
        "timed": task.timed or e.is_gait,
        "held": task.timed,
        "per_side": task.per_side,
        "sides": e.sides,
        "group": e.group,
        "level": e.level,
        "about": e.about,
        "setup": e.camera.setup,
        "views": list(e.camera.views),
        "picture": None if find_picture(e.id) is None else f"/live/pictures/{e.id}.svg",
        "caption": _caption(e),
    }


def _caption(e: Exercise) -> str:
    picture = find_picture(e.id)
    return "" if picture is None else f"{e.name}, {words.view(picture.view)}: {listed(picture.postures)}."


@cache
def drawing(exercise: str) -> str | None:
    """The picture of an exercise as SVG; None if there is none."""
    picture, known = find_picture(exercise), catalog().get(exercise)
    return None if picture is None or known is None else svg(picture, _caption(known), known.about)


@cache
def figure() -> dict[str, Any]:
    """How a body is drawn: which landmarks are joined, which are dots, and the colours of what is wrong."""
    colours = {"good": palette.GOOD, "warn": palette.WARN, "error": palette.ERROR, "faint": palette.FAINT}
    return {
        "bones": [list(bone) for bone in BONES],
        "joints": [i for name, i in INDEX.items() if not any(part in name for part in _PARTS)],
        "colours": {name: "#{:02x}{:02x}{:02x}".format(*rgb) for name, rgb in colours.items()},
    }
