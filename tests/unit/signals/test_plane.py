"""Plane geometry: what turning, mirroring, moving and hiding points does to it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.signals.geometry import (
    ARCHED,
    GONE,
    along,
    aside,
    bend,
    bend_aside,
    elevation,
    farther_of,
    flexion,
    interior,
    lower_of,
    mean_seen,
    pick,
    reach_of,
    tilt,
    to_image,
    to_plane,
    turn,
    unit,
    ventral,
)

#: No two of three points so near that rounding makes their angle.
POINTS = st.tuples(st.floats(-100, 100), st.floats(-100, 100)).map(lambda p: np.complex128(complex(*p)))
APART = st.tuples(POINTS, POINTS, POINTS).filter(
    lambda p: min(abs(p[0] - p[1]), abs(p[2] - p[1]), abs(p[2] - p[0])) > 1
)
ANGLES = st.floats(-180, 180)


def turned(p, degrees):
    return p * np.exp(1j * np.radians(degrees))


@given(APART, ANGLES, st.floats(0.1, 10), POINTS)
def test_the_angle_of_a_joint_is_that_of_the_body_and_of_no_camera(points, degrees, scale, shift):
    a, b, c = points
    moved = [shift + scale * turned(p, degrees) for p in points]
    mirrored = [-p.conjugate() for p in points]
    assert interior(*moved) == pytest.approx(interior(a, b, c), abs=1e-6)
    assert interior(*mirrored) == pytest.approx(interior(a, b, c), abs=1e-6)
    assert interior(c, b, a) == pytest.approx(interior(a, b, c), abs=1e-6)
    assert interior(a, b, c) + flexion(a, b, c) == pytest.approx(180)


@given(APART)
def test_a_bend_has_the_size_of_the_flexion_and_the_sign_of_the_facing(points):
    a, b, c = points
    forward, back = (bend(a, b, c, facing) for facing in (1.0, -1.0))
    assert ARCHED <= forward <= ARCHED + 360
    assert abs((forward + 180) % 360 - 180) == pytest.approx(flexion(a, b, c), abs=1e-6)
    assert abs((forward + back + 180) % 360 - 180) < 1e-6
    mirrored = [-p.conjugate() for p in points]
    assert abs((bend(*mirrored, -1.0) - forward + 180) % 360 - 180) < 1e-6


@given(POINTS.filter(lambda p: abs(p) > 1e-3), ANGLES)
def test_turning_a_direction_adds_to_its_angle(direction, degrees):
    more = turn(turned(direction, degrees)) - turn(direction) - degrees
    assert abs((more + 180) % 360 - 180) < 1e-6
    assert abs(unit(direction)) == pytest.approx(1)
    assert abs((turn(unit(direction)) - turn(direction) + 180) % 360 - 180) < 1e-6


@given(APART)
def test_elevation_and_tilt_forget_left_and_right(points):
    a, b, _ = points
    assert elevation(-a.conjugate(), -b.conjugate()) == pytest.approx(elevation(a, b))
    assert elevation(b, a) == pytest.approx(-elevation(a, b))
    assert tilt(a, b) == pytest.approx(-tilt(b, a))
    assert -90 <= tilt(a, b) <= 90


@pytest.mark.parametrize(
    ("left", "right", "degrees"), [(1j, 1, 45), (0, 1 + 1j, -45), (1, -1, 0), (2j, 0, 90)]
)
def test_the_higher_left_one_tilts_up(left, right, degrees):
    assert tilt(np.complex128(left), np.complex128(right)) == pytest.approx(degrees)


def test_off_a_line_is_measured_square_to_it():
    hip, ankle = np.complex128(0), np.complex128(-2j)
    for knee, off in ((0.3 - 1j, 0.3), (-0.3 - 0.5j, -0.3), (-1j, 0.0)):
        assert aside(hip, np.complex128(knee), ankle, 1 + 0j) == pytest.approx(off)
        assert aside(hip, np.complex128(knee), ankle, -5 + 0j) == pytest.approx(-off)
    out, inward = (bend_aside(hip, np.complex128(k), ankle, 1 + 0j) for k in (1 - 1j, -1 - 1j))
    assert (out, inward) == (pytest.approx(90), pytest.approx(-90))


@given(APART, ANGLES)
def test_off_a_line_turns_with_the_body(points, degrees):
    a, b, c = points
    there = aside(a, b, c, 1 + 0j)
    again = aside(*(turned(p, degrees) for p in points), turned(1 + 0j, degrees))
    assert again == pytest.approx(there, abs=1e-6)


@given(st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), min_size=1, max_size=5))
def test_pixels_come_back_from_the_plane(pixels):
    image = np.array(pixels)
    assert to_image(to_plane(image)) == pytest.approx(image)


@pytest.mark.parametrize(("first", "chosen"), [(0.1, 1.0), (0.0, 2.0), (-0.1, 2.0), (np.nan, np.nan)])
def test_a_choice_that_is_not_known_is_none(first, chosen):
    assert pick(first, 1.0, 2.0) == pytest.approx(chosen, nan_ok=True)
    assert pick(np.array([first] * 3), 1.0, 2.0) == pytest.approx(np.full(3, chosen), nan_ok=True)


@pytest.mark.parametrize(
    ("left", "right", "mean"), [(1, 3, 2), (np.nan, 3, 3), (1, np.nan, 1), (np.nan, np.nan, np.nan)]
)
def test_the_mean_of_what_is_seen(left, right, mean):
    assert mean_seen(float(left), float(right)) == pytest.approx(mean, nan_ok=True)


def test_the_lower_and_the_farther_of_two_are_known_only_where_both_are():
    high, low = np.complex128(5 + 1j), np.complex128(2 - 1j)
    assert lower_of(high, low) == lower_of(low, high) == low
    assert farther_of(high, low, 0, 1 + 0j) == farther_of(low, high, 0, 1 + 0j) == high
    assert farther_of(high, low, 0, -1 + 0j) == low
    for a, b in ((high, GONE), (GONE, high)):
        assert np.isnan(lower_of(a, b))
        assert np.isnan(farther_of(a, b, 0, 1 + 0j))
        assert np.isnan(reach_of(a, b, 0, 1 + 0j, 2.0))
    assert reach_of(high, low, 1, 1 + 0j, 2.0) == 2.0


@given(POINTS, POINTS.filter(lambda p: abs(p) > 1e-3))
def test_a_vector_is_its_parts_along_and_across(vector, direction):
    axis = unit(direction)
    assert along(vector, axis) * axis + along(vector, 1j * axis) * 1j * axis == pytest.approx(
        vector, abs=1e-9
    )
    assert along(ventral(axis, 1.0), axis) == pytest.approx(0, abs=1e-12)
    assert ventral(axis, -1.0) == -ventral(axis, 1.0)
