"""Live sets among the poses on disk: kept to the digit, refused when damaged, and judged again regardless."""

import json
from dataclasses import replace

import numpy as np
import pytest

from formcheck.codec.set_recordings import set_recordings_from_json, set_recordings_to_json
from formcheck.engine.calibrate import calibrate, calibrate_live
from formcheck.engine.parts import judge_parts, parts_of_takes
from formcheck.engine.pieces import ClipPiece
from formcheck.engine.session import judge
from formcheck.engine.set_recording import pieces_from, set_recording
from formcheck.errors import SourceError
from formcheck.exercises import catalog, find_exercise
from formcheck.pose.store import load_poses, save_poses
from formcheck.sensor import usual_profile
from tests.unit.live.people import joined, nobody, set_of, standing, task, watch

SQUAT = find_exercise("squat")


@pytest.fixture(scope="module")
def kept():
    """The poses of one live set with a pause in it."""
    return watch(joined(set_of("squat", 2), nobody(3.0), set_of("squat", 1, lead_s=3.0)), task("squat")).kept


def test_a_calibration_comes_back_just_as_it_was():
    found = calibrate_live(standing(3.0), SQUAT, "left")
    again = read_again(set_recording(SQUAT, ((0.0, 1.0),), [ClipPiece.whole(found)]))
    for name in ("scale_px", "trunk_m", "view", "facing", "near_side", "cycle", "declared", "live"):
        assert getattr(again, name) == getattr(found, name), name
    np.testing.assert_equal(
        [again.tilt_deg, again.fps, again.exchanges_per_s], [found.tilt_deg, found.fps, found.exchanges_per_s]
    )
    np.testing.assert_array_equal(again.longest, found.longest)


def test_a_take_of_0_6_0_is_known_by_the_bytes_of_its_exercise_file():
    sit_up = find_exercise("sit_up")
    take = set_recording(sit_up, (), [ClipPiece.whole(calibrate_live(standing(1.0), sit_up))])
    kept = replace(take, digest="e0b4642ab4c5593ac704d65779b8ca1ecd260a9da9fb109dda2feeb16f5ebf82")
    assert pieces_from(kept, sit_up, usual_profile()) is not None
    assert pieces_from(replace(take, digest="0" * 64), sit_up, usual_profile()) is None


def read_again(take):
    """The one calibration of a set without turns."""
    (piece,) = pieces_from(written(take), SQUAT, usual_profile())
    return piece.calibration


def written(take):
    """Through JSON, as on disk."""
    (again,) = set_recordings_from_json(set_recordings_to_json([take]))
    return again


def test_nothing_known_is_kept_as_nothing_known():
    found = calibrate_live(nobody(1.0), SQUAT)
    again = read_again(set_recording(SQUAT, (), [ClipPiece.whole(found)]))
    assert np.isnan([again.scale_px, again.facing, again.fps]).all()
    assert again.cycle is None
    assert again.view.name == "unknown"


def test_takes_are_kept_with_the_poses_to_the_digit(kept, tmp_path):
    again = load_poses(save_poses(tmp_path / "p.npz", kept))
    assert set_recordings_to_json(again.takes) == set_recordings_to_json(kept.takes)
    assert len(again.takes[0].spans) == 2
    np.testing.assert_array_equal(again.within(again.takes[0].spans).t, kept.within(kept.takes[0].spans).t)


def test_poses_without_sets_have_none(tmp_path):
    assert load_poses(save_poses(tmp_path / "p.npz", standing(1.0))).takes == ()


def test_within_takes_both_ends_and_leaves_out_the_pause(kept):
    (take,) = kept.takes
    t = kept.within(take.spans).t
    (a, b), (c, d) = take.spans
    assert (t[0], t[-1]) == (a, d)
    assert {b, c} <= set(t)
    assert not ((t > b) & (t < c)).any()
    assert len(kept.within(())) == 0
    assert kept.within([(-1.0, 1e9)]) is kept


def damaged(path, kept, change):
    """A poses.npz whose list of sets was changed."""
    save_poses(path, kept)
    with np.load(path) as archive:
        arrays = dict(archive)
    listed = json.loads(str(arrays["takes"]))
    text = change(listed)
    arrays["takes"] = np.array(text if isinstance(text, str) else json.dumps(text))
    np.savez(path, **arrays)
    return path


def with_(**changed):
    return lambda listed: [{**listed[0], **changed}]


DAMAGED = {
    "no JSON": lambda listed: "[{",
    "a number": lambda listed: "7",
    "null": lambda listed: "null",
    "a word": lambda listed: '"squat"',
    "numbers": lambda listed: "[1, 2]",
    "lists": lambda listed: "[[]]",
    "nothing in it": lambda listed: "[{}]",
    "no spans": with_(spans=None),
    "one number for a span": with_(spans=[[1.0]]),
    "three numbers for a span": with_(spans=[[1.0, 2.0, 3.0]]),
    "words for seconds": with_(spans=[["one", "two"]]),
    "backward": with_(spans=[[2.0, 1.0]]),
    "NaN": with_(spans=[[float("nan"), 1.0]]),
    "endless": with_(spans=[[0.0, float("inf")]]),
    "a number too large": lambda listed: json.dumps([{**listed[0], "spans": [[0, 10**400]]}]),
    "no calibration": with_(calibration=None),
    "a word for a calibration": with_(calibration="good"),
    "a number for a calibration": with_(calibration=4),
    "nested beyond reason": lambda listed: "[" * 100_000,
}


@pytest.mark.parametrize("how", DAMAGED)
def test_damaged_sets_are_refused_in_one_line(how, kept, tmp_path):
    path = damaged(tmp_path / "p.npz", kept, DAMAGED[how])
    with pytest.raises(SourceError) as found:
        load_poses(path)
    assert "\n" not in str(found.value)
    assert "p.npz" in str(found.value)
    assert "damaged" in str(found.value)


def recalibrated(kept, without=(), **changed):
    """The poses with another calibration in the file."""
    (found,) = json.loads(set_recordings_to_json(kept.takes))
    found["calibration"] = {k: v for k, v in (found["calibration"] | changed).items() if k not in without}
    return replace(kept, takes=set_recordings_from_json(json.dumps([found])))


WRONG = {
    "no scale": {"scale_px": "far"},
    "a list for a number": {"fps": [1]},
    "a number too large": {"tilt_deg": 10**400},
    "view a number": {"view": 7},
    "view alone": {"view": ["side"]},
    "a view that is none": {"view": ["above", None]},
    "a word for nearly": {"view": ["side", "so-so"]},
    "no size at all": {"scale_px": 0},
    "a size below nothing": {"trunk_m": -0.5},
    "half turned": {"facing": 0.5},
    "no side": {"near_side": "front"},
    "another working side": {"declared": "both"},
    "no such cycle": {"cycle": 99},
    "a cycle by name": {"cycle": "first"},
    "bones unknown": {"longest": None},
    "bones in words": {"longest": ["long"] * 10},
    "too few bones": {"longest": [1.0, 1.0, 1.0]},
    "too many bones": {"longest": [1.0] * 40},
    "bones in tables": {"longest": [[1.0]] * 10},
}


@pytest.mark.parametrize("how", WRONG)
def test_a_damaged_calibration_is_made_anew_as_of_a_recording(how, kept):
    spoilt = recalibrated(kept, **WRONG[how])
    assert pieces_from(spoilt.takes[0], SQUAT, usual_profile()) is None
    session = judge_parts(spoilt, parts_of_takes(spoilt, catalog()))
    assert session.summary.attempts == 3


@pytest.mark.parametrize("missing", ["scale_px", "view", "near_side", "declared", "cycle", "longest", "fps"])
def test_a_calibration_that_lacks_something_is_made_anew(missing, kept):
    (take,) = recalibrated(kept, without=[missing]).takes
    assert pieces_from(take, SQUAT, usual_profile()) is None
    assert written(take) == take


@pytest.mark.parametrize("scale", [0.0, -1.0, 1e-30])
def test_a_scale_that_cannot_be_is_no_reason_to_stop(scale, kept):
    spoilt = recalibrated(kept, scale_px=scale)
    judge_parts(spoilt, parts_of_takes(spoilt, catalog()))


def test_an_exercise_that_has_changed_since_is_judged_as_a_recording(kept):
    (take,) = kept.takes
    changed = replace(kept, takes=(replace(take, digest="0" * 64),))
    assert pieces_from(changed.takes[0], SQUAT, usual_profile()) is None
    (part,) = parts_of_takes(changed, catalog())
    assert not part.pieces[0].calibration.live
    doing = kept.within(take.spans)
    again = judge_parts(changed, (part,))
    assert again.summary == judge(doing, SQUAT, [ClipPiece.whole(calibrate(doing, SQUAT))]).summary
    assert again.summary.attempts == 3


def test_a_set_of_an_exercise_that_is_gone_is_left_out(kept):
    (take,) = kept.takes
    both = replace(kept, takes=(replace(take, exercise="hopscotch"), take))
    parts = parts_of_takes(both, catalog())
    assert [p.exercise.id for p in parts] == ["squat"]
    assert parts_of_takes(replace(kept, takes=(replace(take, exercise="hopscotch"),)), catalog()) == ()


@pytest.mark.parametrize("spans", [(), ((1e6, 2e6),)])
def test_a_set_without_poses_is_left_out(spans, kept):
    (take,) = kept.takes
    empty = replace(kept, takes=(replace(take, spans=spans),))
    assert parts_of_takes(empty, catalog()) == ()
    assert parts_of_takes(replace(empty.between(-2.0, -1.0)), catalog()) == ()


def test_a_part_of_spans_takes_its_own_poses_only(kept):
    (part,) = parts_of_takes(kept, catalog())
    assert part.pieces[0].calibration.live
    assert len(part.of(kept)) == len(kept.within(kept.takes[0].spans)) < len(kept)
    assert (part.start_s, part.end_s) == (kept.takes[0].spans[0][0], kept.takes[0].spans[-1][1])
