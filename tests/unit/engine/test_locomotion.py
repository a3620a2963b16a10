"""Running, walking, on the spot, and feet on the ground: from bodies whose every point is made by hand."""

import numpy as np
import pytest

from formcheck.engine.gait.contacts import contact
from formcheck.engine.gait.locomotion import locomotion
from formcheck.engine.gait.recent import BodyWindow, Recent
from formcheck.engine.gait.rhythm import RATE_HZ
from formcheck.types.landmark import COUNT, INDEX

#: Two steps of 0.4 s, between flights at 0.2, 0.6 and 1.0 s; a trunk is 100 px.
STEP_S, SCALE = 0.4, 100.0
PEAKS = (0.2, 0.6, 1.0)
T = np.arange(0, 1.2, 1 / RATE_HZ)
GONE = complex(np.nan, np.nan)


def window(**at):
    points = np.full((len(T), COUNT), GONE)
    for name, path in at.items():
        for full in (name,) if name in INDEX else (f"left_{name}", f"right_{name}"):
            points[:, INDEX[full]] = path
    return BodyWindow(T, points, SCALE)


def hips(bounce=8.0, x=0.0):
    """Highest at the flights."""
    return x + 1j * bounce * np.cos(2 * np.pi * (T - PEAKS[0]) / STEP_S)


def legs(reach, *, apart_in_flight=True):
    """Ankles twice ``reach`` trunks apart once a step: when the hips are high, or when they are low."""
    swing = np.cos(np.pi * (T - PEAKS[0]) / STEP_S)
    swing = swing if apart_in_flight else np.sin(np.pi * (T - PEAKS[0]) / STEP_S)
    return {
        "left_ankle": reach * SCALE * swing - 85j,
        "right_ankle": -reach * SCALE * swing - 85j,
    }


def from_the_side(**words):
    return locomotion(window(hip=hips(), **words), PEAKS, side_on=True)


def test_a_runner_is_high_with_the_feet_apart_and_a_walker_with_the_feet_together():
    assert from_the_side(**legs(0.7)) == "run"
    assert from_the_side(**legs(0.7, apart_in_flight=False)) == "walk"


@pytest.mark.parametrize(("reach", "kind"), [(0.29, "on_the_spot"), (0.31, "run")])
def test_feet_that_stay_below_the_hips_go_nowhere(reach, kind):
    assert from_the_side(**legs(reach)) == kind


@pytest.mark.parametrize("side", ["left", "right"])
def test_one_leg_is_enough_from_the_side(side):
    shown = {name: path for name, path in legs(0.7).items() if side in name}
    assert from_the_side(**shown) == "run"
    shown = {name: path for name, path in legs(0.7, apart_in_flight=False).items() if side in name}
    assert from_the_side(**shown) == "walk"


def test_without_legs_or_hips_nobody_can_tell():
    assert from_the_side() is None
    assert locomotion(window(**legs(0.7)), PEAKS, side_on=True) is None
    half = hips().copy()
    half[60:] = GONE
    assert locomotion(window(hip=half, **legs(0.7)), PEAKS, side_on=True) is None


@pytest.mark.parametrize("x", [-5000.0, 0.0, 300.0])
@pytest.mark.parametrize("mirror", [1, -1])
def test_where_in_the_picture_and_which_way_changes_nothing(x, mirror):
    for apart, kind in ((True, "run"), (False, "walk")):
        moved = {n: x + mirror * p.real + 1j * p.imag for n, p in legs(0.7, apart_in_flight=apart).items()}
        assert locomotion(window(hip=hips(x=x), **moved), PEAKS, side_on=True) == kind


def lifted(knee, shank):
    """Knees that rise by ``knee`` trunks in turn, ankles at least ``shank`` trunks below them."""
    up = np.sin(np.pi * (T - PEAKS[0]) / STEP_S) ** 2
    joints = {"hip": 0 * T + 0j}
    for side, rise in (("left", up), ("right", 1 - up)):
        joints[f"{side}_knee"] = 1j * SCALE * (knee * rise - 0.8)
        joints[f"{side}_ankle"] = joints[f"{side}_knee"] - 1j * SCALE * (0.85 - (0.85 - shank) * rise)
    return joints


@pytest.mark.parametrize(
    ("knee", "shank", "kind"),
    [
        (0.44, 0.58, "on_the_spot"),
        (0.44, 0.50, "run"),  # heels to the seat
        (0.36, 0.58, "run"),
        (0.90, 0.40, "on_the_spot"),  # high knees
        (0.90, 0.30, "run"),
        (0.16, 0.43, "walk"),
        (0.16, 0.30, "run"),
        (0.24, 0.60, "run"),
    ],
)
def test_from_the_front_knees_and_shanks_tell(knee, shank, kind):
    slowly = (0.0, 0.5, 1.0)  # steps of a walk
    assert locomotion(window(**lifted(knee, shank)), slowly, side_on=False) == kind
    assert locomotion(window(**lifted(knee, shank)), PEAKS, side_on=False) == kind.replace("walk", "run")


@pytest.mark.parametrize("joint", ["left_knee", "right_ankle", "hip"])
def test_from_the_front_both_legs_must_be_seen(joint):
    assert locomotion(window(**{**lifted(0.44, 0.58), joint: GONE}), PEAKS, side_on=False) is None


# --- contacts --------------------------------------------------------------------------------------------


#: How fast a foot falls and rises, px/s, how far it is lifted, px, and how exactly its times are found, s. It
#: lands by what body and ankle do together, and these hips fall fastest at 0.3 s whenever it lands.
FAST, LIFTED, EXACT_S, LANDS_S = 400.0, 60.0, 0.012, 0.025


def landing(on_s, off_s, *, side="left", rises=0.0, hidden=()):
    """A foot down from ``on_s`` to ``off_s``, falling before and rising after; the other one stays up.

    ``rises``: how fast the ground does in the picture, px/s, as feet come nearer or go away.
    """
    y = np.clip(FAST * np.maximum(on_s - T, T - off_s), 0.0, LIFTED) + rises * T
    other = "right" if side == "left" else "left"
    joints = {"hip": hips()}
    for joint in ("ankle", "heel", "toe"):
        joints[f"{side}_{joint}"] = 1j * y
        joints[f"{other}_{joint}"] = 1j * (LIFTED + rises * T)
    return window(**joints | dict.fromkeys(hidden, GONE))


def of_step(body):
    return contact(body, 0.2, 0.6, np.nan)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("rises", [-60.0, 0.0, 60.0])
@pytest.mark.parametrize(("on_s", "off_s"), [(0.30, 0.50), (0.283, 0.547)])
def test_a_foot_is_on_the_ground_while_it_is_down(side, rises, on_s, off_s):
    found = of_step(landing(on_s, off_s, side=side, rises=rises))
    assert found.side == side
    assert found.on_s == pytest.approx(on_s, abs=LANDS_S)
    assert found.off_s == pytest.approx(off_s, abs=EXACT_S)
    assert found.mid_s == pytest.approx(0.4, abs=0.011)
    assert found.time_s == pytest.approx(found.off_s - found.on_s)


@pytest.mark.parametrize("side", ["left", "right"])
def test_one_ankle_tells_which_foot_stands_and_none_does_not(side):
    own, other = f"{side}_ankle", f"{'right' if side == 'left' else 'left'}_ankle"
    for hidden in (own, other):
        body = landing(0.3, 0.5, side=side)
        swing = np.sin(np.pi * (T - 0.2) / STEP_S)  # the other leg is up at 0.4 s and down at 0.8
        body.points[:, INDEX[other]] = 0.5j * LIFTED * (1 + swing)
        body.points[:, INDEX[hidden]] = GONE
        assert of_step(body).side == side
    assert of_step(landing(0.3, 0.5, hidden=(own, other))) is None


def test_a_foot_that_is_hidden_has_no_times():
    found = of_step(landing(0.3, 0.5, hidden=("left_toe", "left_heel", "left_ankle")))
    assert np.isnan([found.on_s, found.off_s, found.time_s]).all()


def test_a_heel_alone_may_be_hidden_and_without_a_toe_nobody_knows_when_it_leaves():
    found = of_step(landing(0.3, 0.5, hidden=("left_heel",)))
    assert (found.on_s, found.off_s) == (pytest.approx(0.3, abs=LANDS_S), pytest.approx(0.5, abs=EXACT_S))
    found = of_step(landing(0.3, 0.5, hidden=("left_toe",)))
    assert found.on_s == pytest.approx(0.3, abs=LANDS_S)
    assert np.isnan(found.off_s)


def test_a_foot_that_is_always_down_or_never_comes_up_has_no_landing():
    assert np.isnan(of_step(landing(-9.0, 9.0)).on_s)
    assert np.isnan(of_step(landing(0.3, 9.0)).off_s)


def test_a_foot_that_is_hardly_pulled_up_does_not_leave():
    body = landing(0.3, 0.5)
    body.points[:, INDEX["left_toe"]] /= 8
    assert np.isnan(of_step(body).off_s)


@pytest.mark.parametrize(("off_s", "known"), [(0.41, False), (0.46, True)])
def test_a_contact_of_less_than_a_third_of_a_step_is_none(off_s, known):
    found = of_step(landing(0.3, off_s))
    assert np.isfinite(found.off_s) == known
    assert np.isfinite(found.on_s)


def test_too_few_rows_and_hips_that_are_hidden_show_no_contact():
    body = landing(0.3, 0.5)
    assert contact(body, 0.2, 0.215, np.nan) is None
    assert contact(body, 50.0, 50.4, np.nan) is None
    assert of_step(landing(0.3, 0.5, hidden=("left_hip",))) is None


# --- the last seconds ------------------------------------------------------------------------------------


def recent(fps=60.0, seconds=1.2, keep_s=5.0, hidden=None):
    """Every landmark moves right by a trunk a second; nobody is there while ``hidden`` (from, to)."""
    kept = Recent(keep_s)
    for t in np.arange(round(seconds * fps)) / fps:
        gone = hidden is not None and hidden[0] <= t < hidden[1]
        points = np.full(COUNT, GONE) if gone else SCALE * t + 1j * np.arange(COUNT)
        kept.append(t, points, np.full(COUNT, not gone), SCALE)
    return kept


@pytest.mark.parametrize("fps", [24, 30, 60, 120, 240])
def test_a_body_that_moves_evenly_is_read_evenly_at_every_rate(fps):
    body = recent(fps).window(PEAKS, 0.2)
    inside = slice(20, -20)  # a filter that runs both ways ends a little off
    assert body.at("nose")[inside].real == pytest.approx(SCALE * body.t[inside], abs=1.0)
    assert body.at("left_toe").imag == pytest.approx(INDEX["left_toe"], abs=1e-6)
    assert body.scale == pytest.approx(SCALE)


def test_few_pictures_are_no_body():
    assert recent(seconds=0.1).window(PEAKS, 0.2) is None
    assert recent(fps=5).window(PEAKS, 0.2) is None
    assert recent().window((50.0, 50.4, 50.8), 0.2) is None
    assert recent(hidden=(0.0, 9.0)).window(PEAKS, 0.2) is None


def test_what_was_hidden_for_long_is_not_made_up_and_a_blink_is_bridged():
    blink = recent(hidden=(0.5, 0.56)).window(PEAKS, 0.2)
    assert np.isfinite(blink.points).all()
    long = recent(hidden=(0.5, 0.8)).window(PEAKS, 0.2)
    gap = (long.t > 0.5) & (long.t < 0.78)
    assert np.isnan(long.points[gap]).all()
    assert np.isfinite(long.points[~((long.t > 0.47) & (long.t < 0.82))]).all()


def test_what_is_older_than_is_kept_is_forgotten():
    kept = recent(seconds=3.0, keep_s=1.0)
    assert kept.window((0.2, 0.6, 1.0), 0.0) is None
    assert kept.window((2.1, 2.5, 2.9), 0.0).t[0] >= 1.98
