"""Panels and letters: laid down anywhere they change nothing but their own place."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.draw.panel import blank, finish, paste, rounded
from formcheck.draw.text import cadence, clock, fit, mask, stamp

GREY, INK, PAPER = 90, (10, 20, 30), (250, 250, 250)
SIZES, CORNERS = st.integers(2, 40), st.integers(-60, 60)


def picture(height=30, width=40):
    return np.full((height, width, 3), GREY, np.uint8)


def outside(shape, x, y, width, height):
    """Which pixels lie beside a box."""
    rows, columns = np.indices(shape[:2])
    return ~((columns >= x) & (columns < x + width) & (rows >= y) & (rows < y + height))


@given(SIZES, SIZES, CORNERS, CORNERS, st.floats(0, 1))
def test_a_panel_changes_its_own_place_only_wherever_it_lies(width, height, x, y, opacity):
    face, shape = blank(width, height, 3, INK)
    rgb = picture()
    paste(rgb, finish(face, shape, opacity), x, y)
    assert (rgb[outside(rgb.shape, x, y, width, height)] == GREY).all()


@given(SIZES, SIZES, CORNERS, CORNERS)
def test_an_opaque_panel_covers_and_a_clear_one_leaves_all_but_a_rounding(width, height, x, y):
    face, shape = blank(width, height, 0, INK)
    covered, left = picture(), picture()
    paste(covered, finish(face, shape, 1.0), x, y)
    paste(left, finish(face, shape, 0.0), x, y)
    inside = ~outside(covered.shape, x, y, width, height)
    assert (covered[inside] == INK).all()
    assert (np.abs(left.astype(int) - GREY) <= 1).all()


def test_half_of_the_picture_shines_through_a_half_transparent_panel():
    face, shape = blank(40, 30, 0, (0, 0, 0))
    rgb = picture()
    paste(rgb, finish(face, shape, 0.5), 0, 0)
    assert (np.abs(rgb.astype(int) - GREY / 2) <= 1).all()


def test_bright_ink_stays_opaque_on_a_half_transparent_ground():
    face, shape = blank(40, 30, 0, INK)
    face[10:20, 10:30] = PAPER
    rgb = picture()
    paste(rgb, finish(face, shape, 0.2), 0, 0)
    assert (rgb[12:18, 12:28] == PAPER).all()


@given(SIZES, SIZES, st.integers(0, 60))
def test_corners_are_round_and_the_middle_is_whole(width, height, radius):
    shape = rounded(width, height, radius)
    assert shape.shape == (height, width)
    assert shape[height // 2, width // 2] == 255
    if radius == 0:
        assert (shape == 255).all()
    elif min(radius, width // 2 - 1, height // 2 - 1) >= 4:
        assert max(shape[0, 0], shape[-1, -1], shape[0, -1], shape[-1, 0]) < 255


@given(st.sampled_from(["9", "Hips up", "82°", "—"]), CORNERS, CORNERS)
def test_letters_tint_their_own_place_only(text, x, y):
    letters, rgb = mask(text, 14), picture()
    stamp(rgb, letters, x, y, PAPER)
    height, width = letters.shape
    assert (rgb[outside(rgb.shape, x, y, width, height)] == GREY).all()
    assert (rgb >= GREY).all()


@given(st.text(max_size=30), st.integers(11, 60))
def test_a_line_has_the_height_of_its_size_whatever_it_says(text, px):
    letters = mask(text, px)
    assert letters.shape[0] == round(1.2 * px)
    assert not letters.flags.writeable or letters.size == 0


def test_letters_are_there_larger_ones_are_wider_and_bold_ones_have_more_ink():
    small, large, thin = mask("Hips up", 20), mask("Hips up", 40), mask("Hips up", 20, bold=False)
    assert 1.8 < large.shape[1] / small.shape[1] < 2.2
    assert thin.sum() < small.sum()
    assert mask("  \n", 20).shape == (24, 0)
    assert np.array_equal(mask("a\x07b", 20), mask("ab", 20))


@given(st.text(max_size=60), st.integers(12, 40), st.integers(1, 400))
def test_what_is_fitted_is_never_wider_than_its_room(text, px, room):
    assert fit(text, px, room, smallest=11).shape[1] <= room


def test_what_fits_is_as_large_as_may_be_and_what_does_not_is_cut():
    whole = fit("Hips up", 30, 1000, 11)
    assert np.array_equal(whole, mask("Hips up", 30))
    shrunk = fit("Hips up", 30, whole.shape[1] - 1, 11)
    assert shrunk.shape[0] < whole.shape[0]
    cut = fit("Hips up and hold them there", 30, 80, 11)
    assert np.array_equal(cut[:, :20], mask("Hips up…", 11)[:, :20])


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0, "0:00"), (7.9, "0:07"), (59.999, "0:59"), (60, "1:00"), (90, "1:30"), (3600, "60:00"), (-3, "0:00")],
)
def test_a_clock_counts_whole_seconds(seconds, shown):
    assert clock(seconds) == shown


def test_a_cadence_is_whole_steps_and_a_dash_without_a_rhythm():
    assert [cadence(x) for x in (169.6, 170.4, None)] == ["170", "170", "–"]
