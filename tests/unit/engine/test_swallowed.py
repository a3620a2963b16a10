"""Repetitions on another level than the rest before them are found; one long movement stays one."""

import numpy as np
import pytest

from formcheck.engine.count.swallowed import Finder
from formcheck.engine.count.typical_rom import TypicalRom
from formcheck.types.reason import Reason

FPS, LEAST, MIN_S, MAX_S = 30.0, 10.0, 0.5, 6.0
HEIGHT = 30.0


def path(*points):
    t = np.arange(round(points[-1][0] * FPS) + 1) / FPS
    return t, np.interp(t, *np.transpose(points))


def on_level(level, n, *, period=2.0, back=True):
    """Two seconds at 0, up to a level, ``n`` repetitions there, and down again."""
    t0, rest = 3.0, 0.5
    points = [(0, 0), (2, 0), (t0, level)]
    for k in range(n):
        start = t0 + rest + k * (period + rest)
        points += [(start, level), (start + period / 2, level + HEIGHT), (start + period, level)]
    end = points[-1][0] + 1.0
    points += [(end, level)] + ([(end + 1, 0), (end + 3, 0)] if back else [])
    return path(*points)


def found(t, q, finder=None):
    finder = finder or Finder(TypicalRom.steady(HEIGHT), LEAST, MIN_S, MAX_S)
    closed = [a for s, x in zip(t.tolist(), q.tolist(), strict=True) for a in finder.take(s, x)]
    return [*closed, *finder.end()]


@pytest.mark.parametrize("level", [40.0, 90.0, 300.0])
@pytest.mark.parametrize("n", [4, 7])
@pytest.mark.parametrize("back", [True, False])
def test_all_repetitions_on_another_level_are_found(level, n, back):
    t, q = on_level(level, n, back=back)
    peaks = [a.peak_s for a in found(t, q)]
    assert peaks == pytest.approx([4.5 + 2.5 * k for k in range(n)], abs=0.1)


@pytest.mark.parametrize("noise", range(5))
def test_noise_changes_nothing(noise):
    t, q = on_level(120.0, 5)
    q = q + np.random.default_rng(noise).normal(0.0, 0.5, len(q))
    assert len(found(t, q)) == 5


def test_a_long_rest_at_the_peak_is_one_repetition():
    t, q = path((0, 0), (1, 0), (2, HEIGHT), (2 + MAX_S, HEIGHT), (3 + MAX_S, 0), (5 + MAX_S, 0))
    assert len(found(t, q)) == 1


def test_what_never_comes_back_is_said_once_and_what_it_swallowed_is_not():
    finder = Finder(TypicalRom.steady(HEIGHT), LEAST, MIN_S, MAX_S)
    assert not found(*path((0, 0), (1, 0), (2, 100), (30, 100)), finder)
    assert [p.reason.code for p in finder.passed_over] == [Reason("slower_than_longest").code]
    finder = Finder(TypicalRom.steady(HEIGHT), LEAST, MIN_S, MAX_S)
    assert len(found(*on_level(100.0, 6), finder)) == 6
    assert "slower_than_longest" not in [p.reason.code for p in finder.passed_over]
