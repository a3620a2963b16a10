import numpy as np
import pytest

from formcheck.pose.subject import PATIENCE_S, WATCH_S, Subject, overlap
from formcheck.types.pose import box_of
from tests.unit.pose.bodies import body

DT = 1 / 30


def follow(*frames, rule="largest"):
    """Indices chosen over frames, each a list of bodies, 30 a second in a picture of 640 x 400."""
    subject = Subject(640, 400, rule)
    return [subject.choose(i * DT, bodies) for i, bodies in enumerate(frames)]


def test_overlap_of_boxes():
    assert overlap((0, 0, 2, 2), (0, 0, 2, 2)) == 1
    assert overlap((0, 0, 2, 2), (1, 0, 3, 2)) == pytest.approx(1 / 3)
    assert overlap((0, 0, 2, 2), (2, 0, 4, 2)) == 0
    assert box_of(body(100, 200, 300)) == pytest.approx((50, 50, 150, 350))


def test_nobody_there():
    assert follow([], []) == [None, None]


@pytest.mark.parametrize(
    ("bodies", "chosen"),
    [
        ([body(320, height=150), body(320, height=350)], 1),
        ([body(60), body(330)], 1),
        ([body(300), body(600)], 0),
    ],
    ids=["the larger", "the central", "the first"],
)
def test_first_choice_is_large_and_central(bodies, chosen):
    assert follow(bodies) == [chosen]


def test_the_subject_is_followed_whatever_the_order_and_size():
    moving = [[body(320 + 2 * i), body(80, height=380)] for i in range(40)]
    shuffled = [pair[::-1] if i % 2 else pair for i, pair in enumerate(moving)]
    assert follow(*shuffled) == [i % 2 for i in range(40)]


def test_a_passer_by_does_not_take_over():
    frames, expected = [], []
    for i in range(120):
        walker = body(-40 + 6 * i, height=340)
        hidden = abs(-40 + 6 * i - 320) < 60
        frames.append([walker] if hidden else [walker, body(320)])
        expected.append(None if hidden else 1)
    frames[0], expected[0] = [body(320)], 0
    assert follow(*frames) == expected


def test_a_double_detection_does_not_take_over():
    frames = [[body(320)] for _ in range(60)]
    for i in (20, 21, 40):
        frames[i] = [body(330, 215), body(318)]
    chosen = follow(*frames)
    assert [chosen[i] for i in (20, 21, 40)] == [1, 1, 1]
    assert None not in chosen


def test_somebody_else_is_followed_only_when_patience_has_run_out():
    frames = [[body(320), body(80)]] + [[body(80)]] * 40
    chosen = follow(*frames)
    waited = next(i for i in range(1, 41) if chosen[i] is not None)
    assert waited * DT > PATIENCE_S
    assert waited * DT < PATIENCE_S + 0.1


def test_the_subject_comes_back_where_he_was():
    frames = [[body(320), body(80)]] + [[body(80)]] * 15 + [[body(80), body(310)]]
    assert follow(*frames)[-1] == 1


def runner(i, x, height=200.0):
    """Somebody whose inner landmarks swing by a tenth of the height, 1.4 times a second; the box stays."""
    image = body(x, height=height)
    image[2:, 0] += 0.1 * height * np.sin(2 * np.pi * 1.4 * i * DT + np.arange(31)) * 0.5
    return image


def wavering(i, x, height=380.0):
    """A spectator whose landmarks tremble by half a percent of the height, as found from frame to frame."""
    return body(x, height=height) + np.random.default_rng(i).normal(0, 0.005 * height, (33, 2)).astype("f4")


def test_who_moves_is_followed_among_larger_spectators_once_watched():
    chosen = follow(*[[wavering(i, 320), runner(i, 60), body(560)] for i in range(60)], rule="moving")
    first = chosen.index(1)
    assert first * DT == pytest.approx(WATCH_S, abs=DT)
    assert chosen == [None] * first + [1] * (60 - first)


def test_a_camera_that_pans_with_the_runner_moves_no_spectator():
    frames = [[wavering(i, 700 - 5 * i), runner(i, 320)] for i in range(60)]
    assert set(follow(*frames, rule="moving")[20:]) == {1}


def test_a_runner_who_comes_late_is_waited_for():
    frames = [[wavering(i, 320)] + [runner(i, 60 + 2 * i)] * (i >= 60) for i in range(120)]
    chosen = follow(*frames, rule="moving")
    assert set(chosen[:60]) == {None}
    assert set(chosen[90:]) == {1}


def test_who_stands_in_the_middle_is_followed():
    frames = [[body(60, height=380), body(310, height=150)]] * 3
    assert follow(*frames, rule="central") == [1, 1, 1]
    assert follow(*frames) == [0, 0, 0]


def test_the_mover_stays_the_subject_when_somebody_else_moves_more():
    frames = [[runner(i, 100), body(450)] for i in range(40)]
    frames += [[runner(i, 100), runner(3 * i, 450, 380)] for i in range(40, 100)]
    assert set(follow(*frames, rule="moving")[20:]) == {0}


def test_who_was_followed_longest_is_followed_again_once_he_is_back():
    comes = [[body(-40 + 6 * i, height=380), body(320)] for i in range(55)]
    stops, goes = (
        [[body(300, height=380)]] * 40,
        [[body(300 + 6 * i, height=380), body(320)] for i in range(50)],
    )
    chosen = follow([body(320)], *comes, *stops, *goes)
    assert chosen[90] == 0, "nobody else was there for longer than patience lasts"
    assert chosen[-20:] == [1] * 20


def test_who_left_for_good_is_followed_no_more():
    frames = [[body(320), body(80)]] * 30 + [[body(80)]] * 90
    assert follow(*frames)[-1] == 0


def test_who_is_in_the_box_is_followed_whoever_is_larger():
    small = body(80, height=150)
    assert follow(*[[body(320), small]] * 3, rule=box_of(small)) == [1, 1, 1]
    assert follow(*[[body(320), body(500)]] * 3, rule=box_of(small)) == [0, 0, 0]


def test_who_passes_before_somebody_who_crouches_does_not_take_his_place():
    crouching = body(320, 290, height=200)
    frames = [[crouching, body(225, height=380)]] * 20 + [[body(300, height=380)]]
    assert follow(*frames, rule=box_of(crouching)) == [0] * 20 + [None]
