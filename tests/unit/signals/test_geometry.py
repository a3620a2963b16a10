"""Plane geometry, by points whose angles can be read off."""

import numpy as np
import pytest

from formcheck.signals.geometry import (
    along,
    bend,
    elevation,
    flexion,
    interior,
    to_plane,
    turn,
    unit,
    ventral,
)


def test_pixels_turn_y_up():
    assert np.array_equal(to_plane(np.array([[3.0, 4.0], [0.0, -2.0]])), [3 - 4j, 2j])


@pytest.mark.parametrize(("direction", "degrees"), [(1, 0), (1j, 90), (-1j, -90), (-1 + 1j, 135), (-1, 180)])
def test_turn_is_counter_clockwise_from_the_right(direction, degrees):
    assert turn(np.complex128(direction)) == pytest.approx(degrees)


@pytest.mark.parametrize("facing", [1, -1])
def test_a_body_that_folds_bends_on_and_on(facing):
    fold = np.arange(-140.0, 205.0)
    trunk, way = np.exp(0.7j), np.exp(1j * np.radians(facing * fold))
    found = bend(np.complex128(0), trunk, trunk + 0.8 * trunk * way, facing)
    assert found == pytest.approx(fold)


@pytest.mark.parametrize(("c", "inside"), [(2, 180), (1 + 1j, 90), (1 - 1j, 90), (0.5, 0), (2 + 1j, 135)])
def test_interior_and_flexion_of_a_joint(c, inside):
    a, b = np.complex128(0), np.complex128(1)
    assert interior(a, b, np.complex128(c)) == pytest.approx(inside)
    assert flexion(a, b, np.complex128(c)) == pytest.approx(180 - inside)


@pytest.mark.parametrize(
    ("facing", "foot", "degrees"), [(1, 1, 90), (1, -1, -90), (-1, 1, -90), (-1, -1, 90)]
)
def test_bend_is_positive_toward_the_belly(facing, foot, degrees):
    # A standing trunk above the joint at 0, the limb below it pointing level to the right or left.
    assert bend(np.complex128(1j), np.complex128(0), np.complex128(foot), facing) == pytest.approx(degrees)


@pytest.mark.parametrize(("b", "degrees"), [(1 + 1j, 45), (-1 + 1j, 45), (-1 - 1j, -45), (-2, 0), (-3j, -90)])
def test_elevation_forgets_left_and_right(b, degrees):
    assert elevation(np.complex128(0), np.complex128(b)) == pytest.approx(degrees)


def test_unit_and_components():
    assert unit(np.complex128(3 - 4j)) == pytest.approx(0.6 - 0.8j)
    with np.errstate(invalid="ignore"):
        assert np.isnan(unit(np.complex128(0)))
    assert along(np.complex128(3 + 4j), np.complex128(1j)) == 4
    # Standing and facing right the belly is to the right; lying on it, head to the right, it is below.
    assert ventral(1j, 1) == 1
    assert ventral(1j, -1) == -1
    assert ventral(1, 1) == -1j
