import pytest

from formcheck.pose.subject import PATIENCE_S, Subject, box_of, overlap
from tests.unit.pose.bodies import body

DT = 1 / 30


def follow(*frames):
    """Indices chosen over frames, each a list of bodies, 30 a second in a picture of 640 x 400."""
    subject = Subject(640, 400)
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
