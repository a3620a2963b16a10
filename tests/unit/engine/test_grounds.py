"""Which signals are said to have spoken for an exercise: of networks made by hand."""

import numpy as np
import pytest

from formcheck.engine.recognise.evidence import NONE, Evidence
from formcheck.engine.recognise.grounds import grounds
from formcheck.engine.recognise.windows import STATISTICS, VIEWS, Windows

SIGNALS = ("knee_flexion.near", "knee_flexion.far", "leap", "head_pitch")


def taught(**weights):
    """One network that finds a squat likelier, per signal, by so much times its middle."""
    n = len(STATISTICS) * len(SIGNALS)
    hidden = np.zeros((n + len(SIGNALS) + len(VIEWS), len(SIGNALS)))
    answer = np.zeros((len(SIGNALS), 3))
    for i, signal in enumerate(SIGNALS):
        hidden[len(SIGNALS) + i, i] = 1.0  # the second statistic is the middle
        answer[i, 2] = weights.get(signal.partition(".")[0], 0.0)
    units, out = np.zeros((1, len(SIGNALS))), np.zeros((1, 3))
    return Evidence(
        SIGNALS, ("lunge", NONE, "squat"), np.zeros(n), np.ones(n), hidden[None], units, answer[None], out,
        np.zeros(7),
    )  # fmt: skip


def windows(n):
    looks = np.ones((n, len(STATISTICS), len(SIGNALS)))
    return Windows(np.arange(n) * 1.0, np.arange(n) + 4.0, looks, np.zeros(n, int))


@pytest.mark.parametrize("n", [1, 5, 40])
def test_signals_are_named_by_how_much_they_move_the_lead(n):
    why = grounds(windows(n), tuple(range(n)), "squat", taught(knee_flexion=1.0, leap=0.5, head_pitch=-0.7))
    assert why.speak_for == ("knee_flexion", "leap")
    assert why.speak_against == ("head_pitch",)


def test_what_is_not_seen_or_does_not_matter_says_nothing():
    seen = windows(3)
    seen.looks[..., 2] = np.nan
    why = grounds(seen, (0, 1, 2), "squat", taught(knee_flexion=0.02, leap=2.0))
    assert (why.speak_for, why.speak_against) == ((), ())


def test_only_the_windows_of_the_claim_are_asked():
    seen = windows(4)
    seen.looks[:2] = 0.0
    assert grounds(seen, (0, 1), "squat", taught(leap=2.0)).speak_for == ()
    assert grounds(seen, (2, 3), "squat", taught(leap=2.0)).speak_for == ("leap",)
