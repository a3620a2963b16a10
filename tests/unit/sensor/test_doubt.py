"""A profile's table of doubt: every landmark has a part, and what each sign adds."""

import numpy as np
import pytest
from pydantic import ValidationError

from formcheck.sensor import profiles, usual_profile
from formcheck.sensor.doubt import Doubt, Parts, part_of
from formcheck.types.landmark import COUNT, INDEX, MIRROR, NAMES

TABLE = usual_profile().doubt


def of(shaking=0.0, hidden=0.0, lying=0.0, *, smoothed=False):
    """The doubt (L,) of one look whose landmarks all show the same."""
    return TABLE.of(
        np.full((1, COUNT), shaking), np.full((1, COUNT), hidden), np.array([[lying]]), smoothed=smoothed
    )[0]


def test_every_landmark_belongs_to_a_part_and_both_sides_alike():
    assert {part_of(name) for name in NAMES} == set(Parts.model_fields)
    assert [part_of(name) for name in ("nose", "right_ear", "left_thumb", "left_heel", "right_hip")] == [
        "head", "head", "hand", "foot", "hip"
    ]  # fmt: skip
    base = TABLE.base.by_landmark
    np.testing.assert_array_equal(base, base[MIRROR])
    assert base[INDEX["left_toe"]] == TABLE.base.foot


def test_each_sign_adds_by_the_squares():
    base = TABLE.base.by_landmark
    np.testing.assert_allclose(of(), base)
    np.testing.assert_allclose(of(hidden=1.0), np.hypot(base, TABLE.hidden))
    np.testing.assert_allclose(of(hidden=0.5), np.hypot(base, TABLE.hidden / 2))
    np.testing.assert_allclose(of(lying=1.0), np.hypot(base, TABLE.lying))
    np.testing.assert_allclose(of(shaking=0.03), np.hypot(base, 0.03 * TABLE.shaking))
    np.testing.assert_allclose(of(0.03, 1.0, 1.0) ** 2, of(0.03) ** 2 + of(0, 1.0, 1.0) ** 2 - base**2)
    np.testing.assert_allclose(of(0.03, smoothed=True), of(0.03) * TABLE.smoothed)
    assert np.isnan(of(hidden=np.nan)).all()


def test_a_model_that_nobody_measured_is_doubted_as_the_smallest_one():
    assert profiles()["neutral"].doubt.base == profiles()["blazepose-lite"].doubt.base
    assert profiles()["neutral"].doubt.shaking == profiles()["blazepose-lite"].doubt.shaking


@pytest.mark.parametrize(
    "wrong",
    [{"hidden": -0.1}, {"smoothed": 0.9}, {"shaking": -0.1}, {"n": 0}, {"evidence": ""}, {"colour": 1.0}],
)
def test_a_table_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValidationError):
        Doubt.model_validate({**TABLE.model_dump(), **wrong})
