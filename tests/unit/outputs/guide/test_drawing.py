"""The person in a picture: inside the canvas, mirrored when mirrored, described in words, also as dots."""

import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from formcheck.exercises import catalog
from formcheck.exercises.pictures import find_picture
from formcheck.outputs.guide.body import capsule, person
from formcheck.outputs.guide.dots import COLUMNS, ROWS, dots
from formcheck.outputs.guide.svg import HEIGHT, WIDTH, svg
from formcheck.types.landmark import MIRROR

SVG = "{http://www.w3.org/2000/svg}"


def outlines(text):
    """Every outline of a drawing as points (n, 2)."""
    for d in re.findall(r'fill="#\w+" d="([^"]+)"', text):
        for x, y, steps in re.findall(r"M(\d+) (\d+)l([^z]+)z", d):
            moved = np.array(re.findall(r"-?\d+", steps), int).reshape(-1, 2)
            yield np.cumsum([[int(x), int(y)], *moved], axis=0)


@pytest.mark.parametrize("exercise", catalog())
def test_all_of_the_person_is_on_the_canvas(exercise):
    drawn = list(outlines(svg(find_picture(exercise), "", "")))
    points = np.concatenate(drawn)
    assert len(drawn) > 10
    assert points.min() >= 0
    assert (points.max(axis=0) <= [WIDTH, HEIGHT]).all()


def test_words_are_escaped_and_read_to_those_who_hear_the_page():
    root = ET.fromstring(svg(find_picture("squat"), "Sit & <stand>", "a < b"))
    assert root.findtext(f"{SVG}title") == "Sit & <stand>"
    assert root.findtext(f"{SVG}desc") == "a < b"
    assert [text.text for text in root.iter(f"{SVG}text")] == ["start", "peak"]


@pytest.mark.parametrize("exercise", ["squat", "jumping_jack", "quadruped_limb_raise"])
def test_a_mirrored_person_is_drawn_mirrored(exercise):
    picture = find_picture(exercise)
    flip = {"left": "right", "right": "left", None: None}
    for posture in picture.postures.values():
        one = person(posture.points, picture.near)
        other = person(posture.points[MIRROR] * [-1, 1], flip[picture.near])
        apart = middles(one)[:, None] - middles(other) * [-1, 1]
        assert len(one) == len(other)
        assert np.hypot(*apart.T).min(axis=0).max() < 1e-6


def middles(shapes):
    """(n, 2) of each shape's box."""
    points = [np.concatenate(shape.outlines) for shape in shapes]
    return np.array([(p.min(axis=0) + p.max(axis=0)) / 2 for p in points])


def test_the_far_side_is_drawn_first_and_paler():
    posture = find_picture("quadruped_limb_raise").postures["peak"]
    tones = [shape.tone for shape in person(posture.points, "right")]
    assert tones == sorted(tones)
    assert {"far", "near"} == set(tones)


def test_a_capsule_holds_both_its_circles():
    outline = capsule(np.zeros(2), np.array([10.0, 0.0]), 3.0, 1.0)
    assert np.allclose([*outline.min(axis=0), *outline.max(axis=0)], [-3, -3, 11, 3], atol=0.1)
    inside = capsule(np.zeros(2), np.array([0.5, 0.0]), 3.0, 1.0)
    assert np.allclose(np.hypot(*inside.T), 3.0)


@pytest.mark.parametrize("exercise", catalog())
def test_dots_fit_a_narrow_terminal(exercise):
    *lines, captions = dots(find_picture(exercise))
    assert 2 <= len(lines) <= ROWS
    assert max(map(len, lines)) <= 2 * COLUMNS + 2 < 80
    assert captions.split() == " ".join(find_picture(exercise).postures).split()
    assert all(0x2800 <= ord(letter) <= 0x28FF for line in lines for letter in line.replace(" ", ""))
