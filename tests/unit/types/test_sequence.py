"""Sequences of poses: what they refuse, and how parts are taken out of them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.types.frame import SourceInfo
from formcheck.types.landmark import COUNT, INDEX, NAMES
from formcheck.types.pose import Model, Pose, PoseSequence, box_of
from formcheck.types.times import TimesError

SOURCE = SourceInfo("made up", "poses", 640, 480)
MODEL = Model("none", "")


def arrays(n):
    """Every number is another one."""
    shapes = {"image": (n, COUNT, 2), "world": (n, COUNT, 3), "visibility": (n, COUNT), "camera": (n, 2)}
    return {name: np.arange(np.prod(s), dtype=float).reshape(s) for name, s in shapes.items()}


def sequence(n=10, t=None, **changed):
    t = np.arange(n) / 10 if t is None else np.asarray(t)
    return PoseSequence(t=t, width_px=640, height_px=480, source=SOURCE, model=MODEL, **arrays(n) | changed)


@pytest.mark.parametrize(
    ("t", "why"),
    [
        ([0.0, 0.1, 0.1], "rise strictly"),
        ([0.0, 0.2, 0.1], "rise strictly"),
        ([0.0, np.nan, 1.0], "finite"),
        ([0.0, 1.0, np.inf], "finite"),
        ([1e11, 2e11, 3e11], "finite seconds"),
        ([0.0, 1.0, 2e6], "must be seconds"),  # milliseconds of half an hour
    ],
)
def test_times_that_no_clip_has_are_refused(t, why):
    with pytest.raises(TimesError, match=why):
        sequence(3, t)


def test_times_in_two_dimensions_are_refused():
    with pytest.raises(TimesError, match="one list of seconds"):
        sequence(3, np.zeros((3, 1)))


@pytest.mark.parametrize("name", ["image", "world", "visibility", "camera"])
def test_an_array_of_another_shape_is_named_with_both_shapes(name):
    wrong = arrays(9)[name]
    with pytest.raises(ValueError, match=f"{name}: expected shape") as refused:
        sequence(10, **{name: wrong})
    assert str(wrong.shape) in str(refused.value)


def test_nothing_in_it_can_be_changed_and_the_givers_array_stays_his():
    given_image = arrays(10)["image"].astype(np.float32)
    poses = sequence(10, image=given_image)
    for name in ("t", "image", "world", "visibility", "camera"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(poses, name)[0] = 1
    given_image[0] = 7  # still writable


@pytest.mark.parametrize("n", [0, 1, 511, 512, 513, 1200])
def test_collected_one_by_one_they_are_the_same(n):
    whole = sequence(n)
    again = PoseSequence.from_poses(iter(whole), SOURCE, MODEL)
    for name in ("t", "image", "world", "visibility"):
        np.testing.assert_array_equal(getattr(again, name), getattr(whole, name))
    assert np.isnan(again.camera).all()
    assert (len(again), again.width_px, again.height_px) == (n, 640, 480)


@given(st.floats(-1, 4), st.floats(-1, 4))
@settings(max_examples=60)
def test_two_halves_are_the_whole_wherever_it_is_cut(a, b):
    poses = sequence(30)
    first, last = sorted((a, b))
    parts = [poses.between(-np.inf, first), poses.between(first, last), poses.between(last, np.inf)]
    assert np.concatenate([p.t for p in parts]).tolist() == poses.t.tolist()
    assert np.concatenate([p.image for p in parts]).tolist() == poses.image.tolist()


def test_a_part_begins_with_its_first_moment_and_ends_before_its_last():
    poses = sequence(t=np.arange(10.0))
    assert poses.between(2.0, 5.0).t.tolist() == [2, 3, 4]
    assert poses.within([(2.0, 5.0)]).t.tolist() == [2, 3, 4, 5]
    assert poses.within([(7.5, 8.5), (2.0, 3.0), (2.5, 4.0)]).t.tolist() == [2, 3, 4, 8]
    assert len(poses.within([])) == 0


def test_all_of_it_is_itself_and_no_copy():
    poses = sequence()
    assert poses.between(-1, 99) is poses
    assert poses.within([(-1, 99)]) is poses


def test_rows_belong_together_in_every_part():
    part = sequence().rows(slice(3, 5))
    assert part.t == pytest.approx([0.3, 0.4])
    for name, whole in arrays(10).items():
        assert getattr(part, name).tolist() == whole[3:5].tolist()


def test_who_is_found_in_a_frame_and_what_the_model_never_finds():
    image = arrays(4)["image"]
    image[0] = np.nan
    image[:, INDEX["nose"]] = np.nan
    image[2, INDEX["left_toe"]] = np.nan
    poses = sequence(4, image=image)
    assert poses.found.tolist() == [False, True, True, True]
    assert poses.lacks == ("nose",)
    assert [p.found for p in poses] == poses.found.tolist()


def test_of_nobody_nothing_is_lacking():
    assert sequence(3, image=np.full((3, COUNT, 2), np.nan)).lacks == ()
    assert sequence(0).lacks == ()
    assert not Pose.nobody(1.0).found
    assert len(NAMES) == len(Pose.nobody(1.0).visibility) == COUNT


def test_a_box_holds_what_was_found():
    image = np.full((COUNT, 2), np.nan)
    image[3], image[9] = (10, 40), (30, 20)
    assert box_of(image) == (10.0, 20.0, 30.0, 40.0)


def test_who_looked_must_be_known():
    assert (sequence(3).looked == 1).all()
    other = Model("heavy", "")
    assert sequence(3, looked=[0, 2, 1], others=(other,)).looked.tolist() == [0, 2, 1]
    with pytest.raises(ValueError, match="looked: expected"):
        sequence(3, looked=[0, 2, 1])
    with pytest.raises(ValueError, match="looked: expected"):
        sequence(3, looked=[0, 1])


def test_a_part_names_the_model_that_looked_most_often_at_it():
    full, heavy, lite = (Model(name, "") for name in ("full", "heavy", "lite"))
    looks = {"model": full, "others": (heavy, lite), "looked": np.array([1, 2, 2, 0, 0, 3, 1, 1])}
    whole = replace(sequence(8), **looks)
    assert whole.rows(slice(6, 8)).model == full
    part = whole.rows(slice(0, 4))
    assert (part.model, part.others) == (heavy, (full, lite))
    assert part.looked.tolist() == [2, 1, 1, 0]
    assert whole.rows(slice(5, 6)).model == lite
    assert whole.rows(slice(3, 5)).model == full  # nobody looked
    assert [p.model for p in (whole.between(0.05, 0.25), whole.within([(0.1, 0.2)]))] == [heavy, heavy]


def test_parts_keep_who_looked_and_how_sure_it_was():
    whole = sequence(4, looked=[1, 0, 1, 0], doubt=np.arange(4 * COUNT).reshape(4, COUNT))
    part = whole.between(0.1, 0.3)
    assert part.looked.tolist() == [0, 1]
    assert part.doubt[:, 0].tolist() == [COUNT, 2 * COUNT]
    assert not part.exchanged.any()
    assert np.isnan(sequence(4).doubt).all()


def test_turning_clockwise_moves_the_top_left_corner_to_the_top_right():
    corner = np.zeros((1, COUNT, 2))
    poses = sequence(1, image=corner, world=np.full((1, COUNT, 3), (1, 2, 3)), camera=[[5, 7]]).turned(90)
    assert (poses.width_px, poses.height_px, poses.turned_deg) == (480, 640, 90)
    assert poses.image[0, 0].tolist() == [480, 0]
    assert poses.world[0, 0].tolist() == [-2, 1, 3]
    assert poses.camera[0].tolist() == [-7, 5]


def test_turning_adds_up_and_four_quarters_are_none():
    poses = sequence(3, doubt=np.full((3, COUNT), 0.1))
    assert poses.turned(0) is poses
    for a, b in ((90, 180), (180, 270), (270, 90), (180, 180)):
        twice, once = poses.turned(a).turned(b), poses.turned((a + b) % 360)
        assert (twice.width_px, twice.turned_deg) == (once.width_px, once.turned_deg)
        for name in ("image", "world", "camera", "visibility"):
            np.testing.assert_allclose(getattr(twice, name), getattr(once, name), atol=1e-3)
    assert np.isnan(poses.turned(90).doubt).all()
