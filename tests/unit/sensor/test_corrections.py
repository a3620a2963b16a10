"""What a pose model makes of a signal: who it speaks of, which of two is meant, and how it is stated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from formcheck.sensor import usual_profile
from formcheck.sensor.correction import Correction
from formcheck.sensor.profile import Timing

VALUES = st.floats(-180, 180)


def correction(*signals, **words):
    return Correction(signals=signals or ("knee_flexion",), evidence="made up", **words)


@pytest.mark.parametrize(
    ("words", "asked", "fits"),
    [
        ({}, ("knee_flexion.near", "level", "side", "standing"), True),
        ({}, ("knee_flexion", "level", "unknown", None), True),
        ({}, ("knee_flexion.near", "change", "side", None), False),
        ({}, ("trunk_lean", "level", "side", None), False),
        ({"of": "change"}, ("knee_flexion.far", "change", "side", None), True),
        ({"views": ("side", "back")}, ("knee_flexion.far", "level", "back", None), True),
        ({"views": ("side", "back")}, ("knee_flexion.far", "level", "front", None), False),
        ({"views": ("side", "back")}, ("knee_flexion.far", "level", "oblique", None), False),
    ],
)
def test_a_correction_speaks_of_what_was_measured_alone(words, asked, fits):
    assert correction(**words).fits(*asked) == fits


def test_one_of_a_side_speaks_of_no_other():
    near = correction("knee_flexion.near")
    assert near.fits("knee_flexion.near", "level", "side", None)
    assert not near.fits("knee_flexion.far", "level", "side", None)
    assert not near.fits("knee_flexion", "level", "side", None)


@pytest.mark.parametrize(
    ("one", "other", "rivals"),
    [
        ({}, {}, True),
        ({}, {"of": "change"}, False),
        ({}, {"views": ("side",)}, False),  # the second is narrower
        ({"views": ("side",)}, {"views": ("front",)}, False),
        ({"views": ("side", "front")}, {"views": ("front", "back")}, True),
    ],
)
def test_two_that_speak_of_the_same_are_rivals_unless_one_is_narrower(one, other, rivals):
    a, b = correction(**one), correction("knee_flexion", "trunk_lean", **other)
    assert a.rivals(b) == b.rivals(a) == rivals
    assert not a.rivals(correction("trunk_lean", **other))


def test_a_posture_narrows_more_than_a_view():
    postures = usual_profile().signal
    by_posture = next(c for c in postures if c.postures)
    assert correction().narrow < correction(views=("side",)).narrow < by_posture.narrow


@given(VALUES, VALUES, st.floats(0.2, 2), st.floats(-20, 20))
def test_a_larger_true_value_is_never_shown_smaller(a, b, gain, offset):
    less, more = sorted((a, b))
    of = correction(gain=gain, offset=offset)
    assert of.value(less) <= of.value(more)


@given(VALUES, st.floats(0.2, 2), st.floats(-20, 20), st.floats(0, 20), st.floats(0, 20))
def test_what_is_shown_lies_between_where_it_is_surely_less_and_surely_more(x, gain, offset, below, above):
    of = correction(gain=gain, offset=offset, below=below, above=above)
    assert of.low(x) <= of.value(x) <= of.high(x)


@given(VALUES, st.floats(0.2, 2), st.floats(1, 20))
def test_degrees_are_stated_in_halves(x, gain, offset):
    shown = correction(gain=gain, offset=offset).value(x)
    assert 2 * shown == round(2 * shown)
    assert abs(shown - (gain * x + offset)) <= 0.25 + 1e-9


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ({"signals": ()}, "signals"),
        ({"signals": ("knee_flexoin",)}, "did you mean 'knee_flexion'"),
        ({"signals": ("knee_flexion.middle",)}, "has no side 'middle'"),
        ({"signals": ("trunk_lean.near",)}, "has no side 'near'"),
        ({"signals": ("trunk_lean", "shoulder_width")}, "several units"),
        ({"gain": 0.0}, "gain"),
        ({"gain": float("inf")}, "gain"),
        ({"offset": float("nan")}, "offset"),
        ({"below": -1.0}, "below"),
        ({"n": 0}, "n"),
        ({"evidence": ""}, "evidence"),
        ({"view": ("side",)}, "view"),
        ({"gain": "1.0"}, "gain"),
    ],
)
def test_a_correction_that_makes_no_sense_is_refused_by_name(words, names):
    with pytest.raises(ValidationError, match=names):
        Correction(**{"signals": ("knee_flexion",), "evidence": "made up", **words})


def test_of_a_half_the_part_that_is_timed_depends_on_the_signal():
    timing = Timing(usual=0.7, signals={"knee_flexion.near": 0.5})
    assert timing.timed(2.0, "knee_flexion.near") == 1.0
    assert timing.timed(2.0, "knee_flexion.far") == 1.4
    assert timing.timed(2.0, None) == 1.4
    assert timing.timed(0.333, None) == 0.23  # to a hundredth
