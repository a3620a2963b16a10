"""The smoothing spline: of all ways the one that bends least for how near it comes to what was seen."""

from dataclasses import dataclass

import numpy as np
import scipy  # its parts load when they are first used
from numpy.typing import NDArray

Floats = NDArray[np.floating]

#: Fewer looks make no spline.
LEAST = 5


@dataclass(frozen=True, slots=True, eq=False)
class NaturalSpline:
    """A natural cubic spline.

    Attributes
    ----------
    t : (n,) seconds of its knots.
    values, bends : (n, d) there: of the spline, and of its second derivative.
    """

    t: Floats
    values: Floats
    bends: Floats

    def __call__(self, at: Floats) -> Floats:
        """(m, d) at times from the first knot to the last."""
        i = np.clip(np.searchsorted(self.t, at, "right") - 1, 0, len(self.t) - 2)
        h, since, until = (x[:, None] for x in (np.diff(self.t)[i], at - self.t[i], self.t[i + 1] - at))
        straight = (since * self.values[i + 1] + until * self.values[i]) / h
        bent = (1 + since / h) * self.bends[i + 1] + (1 + until / h) * self.bends[i]
        values: Floats = straight - since * until * bent / 6
        return values


def smoothing_spline(t: Floats, x: Floats, weights: Floats, stiffness: float) -> NaturalSpline:
    """The way f with the least sum of w (x - f)^2 and ``stiffness`` times the integral of f''^2.

    As `scipy.interpolate.make_smoothing_spline` finds it, to rounding, which takes ten times as long: it
    fills its matrices knot by knot.

    Parameters
    ----------
    t : (n,) seconds, strictly rising; at least `LEAST`.
    x : (n, d), without NaN.
    weights : (n,) above 0.

    Notes
    -----
    Reinsch's algorithm, as in P. J. Green and B. W. Silverman, Nonparametric Regression (1994), 2.3.3.
    """
    h, give = np.diff(t), stiffness / weights
    before, after = 1 / h[:-1], 1 / h[1:]
    here = -(before + after)
    bands = np.zeros((3, len(t) - 2))
    bands[0] = (h[:-1] + h[1:]) / 3 + before**2 * give[:-2] + here**2 * give[1:-1] + after**2 * give[2:]
    bands[1, :-1] = h[1:-1] / 6 + after[:-1] * (here[:-1] * give[1:-2] + here[1:] * give[2:-1])
    bands[2, :-2] = after[:-2] * before[2:] * give[2:-2]
    bends = np.zeros_like(x)
    bends[1:-1] = scipy.linalg.solveh_banded(
        bands, np.diff(np.diff(x, axis=0) / h[:, None], axis=0), lower=True
    )
    slopes = np.diff(bends, axis=0) / h[:, None]
    pull = np.diff(slopes, axis=0, prepend=0.0, append=0.0)
    return NaturalSpline(t, x - give[:, None] * pull, bends)
