"""What both overlays draw on: its size, the body, the panels that are kept, and what lingers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.draw import Overlay, palette
from formcheck.draw.canvas import Canvas, canvas_size
from formcheck.draw.lingering import Lingering
from formcheck.draw.live_overlay import LiveOverlay
from formcheck.draw.panel import blank, finish
from tests.unit.draw import live
from tests.unit.draw.test_overlay import FOLD, grey, pose, update

sides = st.integers(16, 4000)


def panel(width=40, height=20):
    return finish(*blank(width, height, 3, palette.GOOD))


@given(sides, sides, st.none() | st.integers(200, 900), st.none() | st.integers(900, 2000))
def test_the_longer_side_is_within_the_bounds(width, height, least, most):
    w, h = canvas_size(width, height, most, least)
    longest = max(w, h)
    assert (least or 0) <= longest <= (most or longest)
    if (least or 0) <= max(width, height) <= (most or longest):
        assert (w, h) == (width, height)
    if min(w, h) > 2:
        assert abs(w / width - h / height) <= 1 / min(width, height)


@pytest.mark.parametrize("mirror", [False, True])
def test_both_overlays_show_the_same_body(mirror):
    seen = update(faults=(FOLD,))
    recorded = Overlay("Squat", "reps", mirror=mirror).draw(grey(), seen)
    shown = LiveOverlay(mirror=mirror).draw(grey(), live.update(pose(), faults=(FOLD,), state="searching"))
    body = np.s_[200:400, 200:440]
    assert (recorded[body] == shown[body]).all()
    assert (recorded[body] != 128).any()


@pytest.mark.parametrize(("least", "most", "shape"), [(None, None, 480), (960, None, 720), (None, 320, 240)])
def test_the_picture_that_was_given_is_left_as_it_was(least, most, shape):
    given_, canvas = grey(), Canvas(min_px=least, max_px=most)
    canvas.begin(given_, pose(), ())
    canvas.paste(panel(), 0, 0)
    assert (given_ == 128).all()
    assert canvas.height == shape
    canvas.begin(given_, pose(), ())
    assert (canvas.out[:10, :10] == 128).all()


def test_a_panel_is_written_anew_when_its_words_or_the_size_of_the_picture_change():
    written, canvas = [], Canvas()

    def shown(key):
        canvas.panel("slot", key, lambda: written.append(key) or panel())

    for size, key in (((640, 480), "a"), ((640, 480), "a"), ((640, 480), "b"), ((320, 240), "b")):
        canvas.begin(grey(*size), pose(), ())
        shown(key)
    assert written == ["a", "b", "b"]


def test_panels_stack_upward_from_the_foot():
    canvas = Canvas()
    canvas.begin(grey(), pose(), ())
    foot = canvas.foot
    canvas.stack(panel(height=20))
    canvas.stack(panel(height=30))
    assert canvas.foot == foot - 50 - 2 * round(canvas.unit)
    assert (canvas.out[foot - 10, 320] == palette.GOOD).all()
    assert (canvas.out[foot, 320] == 128).all()


@given(st.floats(0.1, 5.0), st.floats(-10.0, 10.0), st.floats(-10.0, 10.0))
def test_what_lingers_is_gone_after_its_time_and_before_it(seconds, start, later):
    news = Lingering[str](seconds)
    assert news.at(start) is None
    news.show("counted", start)
    assert (news.at(start + later) == "counted") == (0 <= (start + later) - start < seconds)
    news.show(None, start)
    assert news.at(start) is None
