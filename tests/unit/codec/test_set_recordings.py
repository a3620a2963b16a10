"""Sets of a live session as text: as 0.7.0 wrote them, and nothing but sets."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.codec.set_recordings import set_recordings_from_json, set_recordings_to_json
from formcheck.types.set_recording import SetCalibration, SetRecording, SetTurn

#: One set, just as 0.7.0 wrote it.
OLD = (
    '[{"exercise": "squat", "digest": "ab12", "spans": [[4.25, 16.2], [18.5, 25.75]], "calibration": '
    '{"scale_px": 109.35369772618544, "trunk_m": 0.5, "facing": 1.0, "exchanges_per_s": 0.0, '
    '"tilt_deg": null, "fps": 15.0, "view": ["side", null], "near_side": "right", "declared": null, '
    '"cycle": 0, "longest": [1.04, null, 0.816, 0.816, 1.36, 1.36, 1.36, 1.36, 0.672, 0.672]}}]'
)

numbers = st.floats(-1e6, 1e6) | st.just(float("nan"))
calibrations = st.builds(
    SetCalibration,
    **dict.fromkeys(
        ("scale_px", "trunk_m", "facing", "exchanges_per_s", "tilt_deg", "turned_deg", "fps"), numbers
    ),
    view=st.tuples(st.text(max_size=9).filter(lambda x: "\0" not in x), st.none() | st.just("oblique")),
    near_side=st.sampled_from(["left", "right"]),
    cycle=st.none() | st.integers(0, 9),
    longest=st.lists(numbers, max_size=12).map(tuple),
)  # fmt: skip


def test_what_0_7_0_wrote_is_read_and_written_alike():
    (old,) = set_recordings_from_json(OLD)
    assert old.spans == ((4.25, 16.2), (18.5, 25.75))
    assert old.calibration.view == ("side", None)
    assert (old.calibration.cycle, old.calibration.scale_px) == (0, 109.35369772618544)
    assert np.isnan([old.calibration.tilt_deg, old.calibration.longest[1]]).all()
    assert np.isnan(old.calibration.turned_deg)
    assert set_recordings_to_json([old]) == OLD.replace("0.672]", '0.672], "turned_deg": null')


@given(st.none() | calibrations)
def test_what_is_written_is_read_to_the_digit(calibration):
    text = set_recordings_to_json([SetRecording("plank", "d", ((0.0, 1.0),), calibration)])
    (again,) = set_recordings_from_json(text)
    assert (again.calibration is None) == (calibration is None)
    assert set_recordings_to_json([again]) == text


@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.none() | calibrations), max_size=3))
def test_turns_are_read_to_the_digit(turns):
    kept = SetRecording("plank", "d", ((0.0, 1.0),), None, tuple(SetTurn(*turn) for turn in turns))
    text = set_recordings_to_json([kept])
    (again,) = set_recordings_from_json(text)
    assert [(turn.left_s, turn.since_s) for turn in again.turns] == [turn[:2] for turn in turns]
    assert set_recordings_to_json([again]) == text
    assert ("turns" in text) == bool(turns)


def changed(**parts):
    return json.dumps([json.loads(OLD)[0] | parts])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[{", "not JSON"),
        ("{}", "should be a valid array"),
        (changed(spans=[[1.0, None]]), r"spans\.0\.1: Input should be a valid number"),
        (changed(spans=[[1.0, 1e13]]), r"spans\.0\.1: Input should be less"),
        (changed(spans=[[i, i] for i in range(1001)]), "at most 1000"),
        (changed(spans=[[2.0, 1.0]]), "order of time"),
        (json.dumps(json.loads(OLD) * 2), "order of time"),
        (changed(calibration=None), "calibration: Input should be an object"),
        (changed(exercise=7), "exercise: Input should be a valid string"),
        (
            changed(turns=[{"left_s": 1.0, "since_s": None, "calibration": {}}]),
            r"turns\.0\.since_s: Input should be a valid",
        ),
        (changed(turns=7), "turns: Input should be a valid array"),
    ],
)
def test_what_is_no_list_of_sets_is_refused_in_one_line(text, says):
    with pytest.raises(ValueError, match=says) as caught:
        set_recordings_from_json(text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("spoilt", [{}, {"fps": "x"}, {"cycle": -1}, {"view": ["side"]}, {"declared": "no"}])
def test_a_damaged_calibration_is_none(spoilt):
    kept = json.loads(OLD)[0]["calibration"] | spoilt
    (read,) = set_recordings_from_json(changed(calibration=kept if spoilt else {}))
    assert read.calibration is None


def test_names_are_one_plain_line():
    (read,) = set_recordings_from_json(changed(exercise="a\nb\u202e"))
    assert read.exercise == "a\\nb\\u202e"
