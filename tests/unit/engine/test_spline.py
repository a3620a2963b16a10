"""The smoothing spline is the one of the library, found sooner."""

import numpy as np
import pytest
from scipy.interpolate import make_smoothing_spline

from formcheck.engine.body.spline import LEAST, smoothing_spline


@pytest.mark.parametrize("n", [LEAST, LEAST + 1, 300])
@pytest.mark.parametrize("stiffness", [1e-9, (2 * np.pi * 8.0) ** -4, 1.0])
def test_it_is_that_of_the_library_at_uneven_times_and_weights(n, stiffness):
    rng = np.random.default_rng(n)
    t = np.cumsum(rng.uniform(0.01, 0.06, n))
    x, weights = rng.normal(size=(n, 3)), np.gradient(t) * rng.uniform(0.1, 1.0, n)
    at = np.sort(np.r_[t, rng.uniform(t[0], t[-1], 200)])
    found = smoothing_spline(t, x, weights, stiffness)
    wanted = make_smoothing_spline(t, x, weights, stiffness)
    np.testing.assert_allclose(found(at), wanted(at), atol=1e-9)
    np.testing.assert_allclose(found(t), found.values, atol=1e-9)


def test_a_straight_way_stays_as_it_is_however_stiff_the_spline():
    t = np.array([0.0, 0.1, 0.15, 0.4, 0.5, 0.9])
    way = smoothing_spline(t, np.outer(t, [1.0, -2.0]), np.ones(6), 10.0)
    np.testing.assert_allclose(way(np.array([0.05, 0.7])), [[0.05, -0.1], [0.7, -1.4]], atol=1e-12)
