"""Sensor profiles: read strictly, found by the model, the most specific correction wins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sensor import Correction, profile_for, profiles, usual_profile
from formcheck.sensor.loader import parse
from formcheck.types.pose import Model
from tests.unit.sensor.made_up import NEUTRAL, profile

FULL = "8cad46c330b287d6b601d4d984fd7f2ecd22aeccef4a1b24856100ab6b7f5e40"
LITE = "30053f5773b4e4e677e15d89a431b40cbb58922fe74869108001231d6e2032ce"
HEAD = 'based_on = "neutral"\n'
ENTRY = '[[signal]]\nsignals = ["body_line"]\noffset = 3\nevidence = "seen so"\n'


def made(*entries):
    """A profile of some corrections."""
    return profile("\n".join(f"[[signal]]\nevidence = 'made up'\n{entry}" for entry in entries))


@pytest.mark.parametrize(
    ("name", "sha256", "expected"),
    [
        ("full", "", "blazepose-full"),
        ("pose_landmarker_full", "1" * 64, "blazepose-full"),
        ("my_copy", FULL, "blazepose-full"),
        ("full", LITE, "blazepose-lite"),
        ("", LITE, "blazepose-lite"),
        ("mediapipe-legacy", "", "blazepose-full"),
        ("drawn", "0" * 64, "blazepose-full"),
        ("", "", "blazepose-full"),
        ("heavy", "", "blazepose-heavy"),
        ("lite", "", "blazepose-lite"),
        ("seventeen", "2" * 64, "neutral"),
        ("fuller", "", "neutral"),
    ],
)
def test_a_model_is_known_by_its_file_before_its_name(name, sha256, expected):
    assert profile_for(Model(name, sha256)).name == expected


def test_only_what_was_measured_says_so():
    assert {p.name for p in profiles().values() if not p.measured} == {"neutral"}
    assert usual_profile().name == "blazepose-full"
    assert profiles()["blazepose-lite"].based_on == "blazepose-full"
    assert profiles()["blazepose-lite"].signal == usual_profile().signal


def test_heavy_takes_the_corrections_of_full_and_has_spreads_of_its_own():
    full, heavy = usual_profile(), profiles()["blazepose-heavy"]
    seen = ("elbow_angle.near", "level", "side", "running")
    assert heavy.correction(*seen).sd == 4.7
    assert heavy.correction(*seen).value(90) == full.correction(*seen).value(90)
    assert all(c in heavy.signal or c.sd is not None for c in full.signal)


def test_every_correction_has_its_evidence_and_none_is_ambiguous():
    for found in profiles().values():
        assert all(c.evidence for c in found.signal)
        assert not any(a.rivals(b) for a in found.signal for b in found.signal if a is not b)


@pytest.mark.parametrize(
    ("view", "posture", "expected"),
    [
        ("side", "plank", 4),
        ("side", None, 2),
        ("front", None, 1),
        ("front", "plank", 3),
        ("back", "prone", 1),
    ],
)
def test_the_most_specific_correction_holds(view, posture, expected):
    found = made(
        'signals = ["body_line"]\noffset = 1',
        'signals = ["body_line"]\nviews = ["side"]\noffset = 2',
        'signals = ["body_line"]\npostures = ["plank"]\noffset = 3',
        'signals = ["body_line"]\npostures = ["plank"]\nviews = ["side"]\noffset = 4',
        'signals = ["body_line"]\nof = "change"\noffset = 9',
    )
    assert found.correction("body_line.near", "level", view, posture).offset == expected
    assert found.correction("body_line.far", "change", view, posture).offset == 9
    assert found.correction("hip_flexion.near", "level", view, posture).offset == 0


def test_a_correction_of_one_side_leaves_the_other():
    found = made('signals = ["knee_flexion"]\noffset = 0', 'signals = ["knee_flexion.near"]\noffset = 5')
    assert found.correction("knee_flexion.near", "level", "side", None).value(20) == 25
    assert found.correction("knee_flexion.far", "level", "side", None).value(20) == 20


@given(st.floats(-180, 180), st.floats(0.2, 2), st.floats(-20, 20), st.floats(0, 20), st.floats(0, 20))
def test_limits_give_way_outward_by_what_good_form_was_shown_beyond_them(x, gain, offset, below, above):
    c = Correction(
        signals=("hip_flexion",), gain=gain, offset=offset, below=below, above=above, evidence="made up"
    )
    assert c.low(x) <= c.value(x) <= c.high(x)
    assert c.value(x) == pytest.approx(gain * x + offset, abs=0.26)
    assert c.high(x) - c.low(x) == pytest.approx(below + above, abs=0.51)


@given(st.floats(-180, 180))
def test_what_nothing_corrects_stays_to_the_last_digit(x):
    c = Correction(signals=("hip_flexion",), evidence="made up", sd=3.0)
    assert (c.low(x), c.value(x), c.high(x)) == (x, x, x)


def test_what_is_shown_is_stated_to_half_a_degree_and_a_hundredth():
    assert (
        made('signals = ["body_line"]\ngain = 0.72')
        .correction("body_line.near", "level", "side", None)
        .value(18)
        == 13.0
    )
    assert (
        made('signals = ["neck_distance"]\ngain = 0.335')
        .correction("neck_distance", "level", "side", None)
        .value(0.35)
        == 0.12
    )


def test_a_profile_takes_from_the_one_it_is_based_on_what_it_has_not():
    entry = '[[signal]]\nsignals = ["body_line"]\noffset = {}\nevidence = "seen so"\n'
    own = '[timing]\nsignals = { "elbow_flexion.near" = 0.7 }\n[noise]\ncounts = 7\n'
    found = parse(
        {
            "neutral": NEUTRAL,
            "first": 'based_on = "neutral"\nmodels = ["a"]\n' + entry.format(3),
            "second": 'based_on = "first"\nmodels = ["b"]\n' + own,
            "third": 'based_on = "second"\n' + entry.format(5),
        }
    )
    first, second, third = (found[name] for name in ("first", "second", "third"))
    assert second.timing.timed(1.0, "elbow_flexion.near") == 0.7
    assert second.timing.timed(1.0, "knee_flexion.near") == first.timing.timed(1.0, "knee_flexion.near")
    assert second.noise == first.noise.model_copy(update={"counts": 7.0})
    assert [p.correction("body_line.near", "level", "side", None).offset for p in (first, second, third)] == [
        3,
        3,
        5,
    ]
    assert third.models == ()
    assert len(third.signal) == len(first.signal)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nonsense", "sensor profile bad: not valid TOML"),
        ("", "timing: Field required"),
        (HEAD + "colour = 1\n", "colour: Extra inputs are not permitted"),
        (HEAD + ENTRY.replace("body_line", "body_lime"), "no signal 'body_lime' (did you mean 'body_line'?)"),
        (HEAD + ENTRY.replace("body_line", "body_line.front"), "has no side 'front'"),
        (HEAD + ENTRY.replace('["body_line"]', '["body_line", "neck_length"]'), "several units"),
        (HEAD + ENTRY.replace("3", "nan"), "signal.0.offset"),
        (HEAD + ENTRY.replace("3", '"3"'), "signal.0.offset: Input should be a valid number"),
        (HEAD + ENTRY + 'postures = ["lying about"]\n', "signal.0.postures.0"),
        (HEAD + ENTRY.replace('evidence = "seen so"', ""), "evidence: Field required"),
        (HEAD + ENTRY + ENTRY, "two corrections of body_line (level)"),
        (HEAD + "[noise]\ncounts = -1\n", "noise.counts"),
        ('based_on = "nobody"\n' + ENTRY, "based_on: no other profile 'nobody'"),
        ('based_on = "bad"\n' + ENTRY, "based_on: no other profile 'bad'"),
    ],
)
def test_a_mistake_is_named_with_profile_and_key(text, expected):
    with pytest.raises(ValueError, match="sensor profile bad") as error:
        parse({"neutral": NEUTRAL, "bad": text})
    assert expected in str(error.value)


def test_two_that_are_based_on_each_other_are_refused():
    with pytest.raises(ValueError, match="based_on"):
        parse({"a": 'based_on = "b"\n' + ENTRY, "b": 'based_on = "a"\n' + ENTRY})
