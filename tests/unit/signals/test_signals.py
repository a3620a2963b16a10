"""Every signal by a body whose answer is known, and by what must not change it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.signals import SIGNALS, reading
from formcheck.signals.registry import ROLES
from formcheck.signals.renamed import RENAMED
from formcheck.signals.roles import BY_FRAME, SIDES, VIEWS
from formcheck.signals.rows import Rows
from formcheck.types.landmark import COUNT, INDEX, MIRROR
from tests.unit.signals.bodies import anybody, body, from_above
from tests.unit.signals.known import MODULES

#: Every signal as an exercise file may write it.
NAMES = [f"{n}.{r}" for n, s in SIGNALS.items() for r in s.roles] + [
    n for n, s in SIGNALS.items() if not s.sided
]
#: `MIRROR` of what is seen in the picture and from above.
BOTH_MIRRORED = np.concatenate((MIRROR, MIRROR + COUNT))
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE = {
    "pelvis_tilt",
    "shoulder_tilt",
    "trunk_sway",
    "hip_shift",
    "leg_reach_side",
    "knee_reach_side",
    "trunk_over_foot",
}.union(*(m.SIGNED_BY_SIDE for m in MODULES))
#: Tell where in the picture, not how the body is.
ABSOLUTE = {"shoulder_bounce", "hip_bounce", "hip_sink", "shoulder_sink"}.union(
    *(m.ABSOLUTE for m in MODULES)
)
#: NaN where they do not apply, though every joint is seen; or a value where one joint of theirs is not.
CONDITIONAL = {"body_line", "line_as_seen", "low_foot"}.union(*(m.CONDITIONAL for m in MODULES))

GONE = complex(np.nan, np.nan)
UPRIGHT = {"hip": 0, "shoulder": 1j}
#: Lying on the belly, head to the right: who stands up from there faces right.
PRONE = {"hip": 0, "shoulder": 1}
KNEELING = {
    "hip": 0,
    "shoulder": 1 + 0j,
    "left_ankle": -0.7 - 0.7j,
    "left_knee": -0.7j,
    "right_ankle": -1.6 + 0.2j,
    "right_knee": -0.8 + 0.1j,
    "left_wrist": 2 + 0.1j,
    "right_wrist": 1.2 - 1j,
}
FRONT = {"left_hip": 0.2, "right_hip": -0.2, "left_shoulder": 0.4 + 1j, "right_shoulder": -0.4 + 1j}
LEGS = {"left_ankle": 0.2 - 2j, "right_ankle": -0.2 - 2j, "left_knee": 0.2 - 1j, "right_knee": -0.2 - 1j}

KNOWN = [
    # name, points, facing, value
    ("knee_flexion.left", {"hip": 1j, "knee": 0, "ankle": -1j}, 1, 0),
    ("knee_flexion.left", {"hip": 1j, "knee": 0, "ankle": -1}, 1, 90),
    ("elbow_flexion.right", {"shoulder": 1, "elbow": 0, "wrist": 1j}, 1, 90),
    ("elbow_angle.right", {"shoulder": 1, "elbow": 0, "wrist": -1 + 1j}, 1, 135),
    ("hip_flexion.near", {**UPRIGHT, "knee": 0.7}, 1, 90),
    ("hip_flexion.near", {**UPRIGHT, "knee": -0.7 - 0.7j}, 1, -45),
    ("hip_flexion.near", {**UPRIGHT, "knee": -0.7}, -1, 90),
    ("body_line.near", {**PRONE, "ankle": -1.5}, 1, 0),
    ("line_as_seen.near", {"shoulder": 1 + 1j, "hip": 0, "ankle": -1 + 1j, "knee": -0.5 + 0.5j}, 1, -90),
    ("line_as_seen.near", {"shoulder": 1 + 1j, "hip": 0, "ankle": np.nan, "knee": -1}, 1, -45),
    # Sagging: shoulder and ankle are higher than the hip.
    ("body_line.near", {"shoulder": 1 + 1j, "hip": 0, "ankle": -1 + 1j}, 1, -90),
    ("body_line.near", {"shoulder": -1 + 1j, "hip": 0, "ankle": 1 + 1j}, -1, -90),
    ("body_line.near", {"shoulder": 1 - 1j, "hip": 0, "ankle": -1 - 1j}, 1, 90),
    ("body_line.near", {"shoulder": -1 - 1j, "hip": 0, "ankle": 1 - 1j}, -1, 90),
    ("thigh_elevation.left", {"hip": 0, "knee": -1j}, 1, -90),
    ("thigh_elevation.left", {"hip": 0, "knee": -1 + 1j}, 1, 45),
    ("leg_elevation.left", {"hip": 0, "ankle": -2}, 1, 0),
    ("shank_tilt.left", {"knee": 1j, "ankle": 0.5 + 0.5j}, 1, 45),
    ("shank_tilt.left", {"knee": 1j, "ankle": 0.5 + 0.5j}, -1, -45),
    ("arm_elevation.left", {"shoulder": 0, "wrist": 1 - 1j}, 1, -45),
    ("upper_arm_angle.left", {**UPRIGHT, "elbow": 2j}, 1, 180),
    ("upper_arm_angle.left", {**UPRIGHT, "elbow": 1 + 1j}, 1, 90),
    ("upper_arm_swing.left", {**UPRIGHT, "elbow": 1 + 1j}, 1, 90),
    ("upper_arm_swing.left", {**UPRIGHT, "elbow": 1 + 1j}, -1, -90),
    ("upper_arm_swing.left", {**UPRIGHT, "elbow": -0.5 + 0.5j}, 1, -45),
    ("hand_swing.left", {**UPRIGHT, "wrist": 1 + 1j}, 1, 90),
    ("hand_swing.left", {**UPRIGHT, "wrist": 1 + 1j}, -1, -90),
    ("heel_rise.left", {"heel": 0.3j, "toe": 1 + 0.1j}, 1, 0.2),
    ("hand_offset.left", {"shoulder": 0.3, "wrist": -1j}, 1, 0.3),
    ("hand_depth.left", {"shoulder": 1j, "wrist": 0.2j}, 1, 0.8),
    ("elbow_depth.left", {"shoulder": 1j, "elbow": 1.4j}, 1, -0.4),
    ("knee_depth.left", {"hip": 1j, "knee": 0.25j}, 1, 0.75),
    ("hand_height.left", {**UPRIGHT, "wrist": 3 + 0.5j}, 1, 0.5),
    ("hand_height.left", {**PRONE, "wrist": 0.7 - 3j}, 1, 0.7),
    ("trunk_elevation.left", {"hip": 0, "shoulder": -1 + 1j}, 1, 45),
    ("trunk_tilt", {**PRONE}, 1, 0),
    ("trunk_lean", {"hip": 0, "shoulder": 1 + 1j}, 1, 45),
    ("trunk_lean", {"hip": 0, "shoulder": 1 + 1j}, -1, -45),
    ("trunk_lean", {"hip": 0, "shoulder": -1 + 1j}, -1, 45),
    ("trunk_over_shin.near", {"hip": -1 + 0j, "shoulder": 1j, "knee": 0, "ankle": -0.5j}, 1, 45),
    ("trunk_over_shin.near", {"hip": 1 + 0j, "shoulder": 1j, "knee": 0, "ankle": -0.5j}, -1, 45),
    ("trunk_over_shin.near", {"hip": 0, "shoulder": 1 + 1j, "knee": 0.5, "ankle": -0.5j}, 1, 0),
    ("trunk_sway", {"hip": 0, "shoulder": 1 + 1j}, 1, 45),
    ("pelvis_tilt", {"left_hip": 1 + 1j, "right_hip": 0}, 1, 45),
    ("pelvis_tilt", {"left_hip": -1 + 1j, "right_hip": 0}, 1, 45),
    ("shoulder_tilt", {"left_shoulder": 1, "right_shoulder": 1j}, 1, -45),
    ("shoulder_width", FRONT, 1, 0.8),
    ("hip_width", FRONT, 1, 0.4),
    ("trunk_length", FRONT, 1, 1),
    ("handedness", FRONT, 1, -1.2),
    ("hip_height", {"hip": 1j, "left_ankle": 0, "right_ankle": 0.2j}, 1, 0.9),
    ("hip_drop", {"hip": 1j, "left_ankle": 0, "right_ankle": 0.2j}, 1, -0.9),
    ("hip_sink", {"hip": -2j}, 1, 2),
    ("shoulder_sink", {"shoulder": 3j}, 1, -3),
    ("shoulder_bounce", {"shoulder": 3j}, 1, 3),
    ("hip_bounce", {"left_hip": 3j, "right_hip": 1j}, 1, 2),
    ("head_offset", {**UPRIGHT, "ear": 0.2 + 1.4j}, 1, 0.2),
    ("head_offset", {**UPRIGHT, "ear": 0.2 + 1.4j}, -1, -0.2),
    ("head_offset", {**PRONE, "ear": 1.4 - 0.1j}, 1, 0.1),
    ("neck_length", {**UPRIGHT, "ear": 0.3 + 1.4j}, 1, 0.4),
    ("neck_distance", {**UPRIGHT, "ear": 0.3 + 1.4j}, 1, 0.5),
    ("head_pitch", {**UPRIGHT, "ear": 1.4j, "nose": 0.1 + 1.3j}, 1, -45),
    ("head_pitch", {**UPRIGHT, "ear": 1.4j, "nose": -0.1 + 1.5j}, -1, 45),
    ("head_pitch", {**PRONE, "ear": 1.4 + 0j, "nose": 1.5 - 0.1j}, 1, 45),
    ("leg_reach", KNEELING, 1, 1.6),
    ("knee_reach", KNEELING, 1, 0.8),
    ("leg_reach_side", KNEELING, 1, -0.9),
    ("knee_reach_side", KNEELING, 1, -0.8),
    ("raised_leg_line", KNEELING, 1, -np.degrees(np.arctan2(0.2, 1.6))),
    ("raised_leg_elevation", KNEELING, 1, np.degrees(np.arctan2(0.2, 1.6))),
    ("arm_reach", KNEELING, 1, 1.0),
    ("raised_arm_elevation", KNEELING, 1, np.degrees(np.arctan2(0.1, 1.0))),
    ("diagonal", KNEELING, 1, 0.9 * 0.8),
    ("diagonal", {**KNEELING, "left_wrist": 1.2 - 1j, "right_wrist": 2 + 0.1j}, 1, -0.9 * 0.8),
    ("worse_frontal_plane_projection_angle", {**FRONT, **LEGS}, 1, 0),
    (
        "worse_frontal_plane_projection_angle",
        {**FRONT, **LEGS, "left_knee": 0.1 - 1j},
        1,
        2 * np.degrees(np.arctan(0.1)),
    ),
    (
        "worse_frontal_plane_projection_angle",
        {**FRONT, **LEGS, "right_knee": -0.1 - 1j},
        1,
        2 * np.degrees(np.arctan(0.1)),
    ),
    (
        "worse_frontal_plane_projection_angle",
        {**FRONT, **LEGS, "left_knee": 0.4 - 1j, "right_knee": -0.3 - 1j},
        1,
        -2 * np.degrees(np.arctan(0.1)),
    ),
    ("hip_shift", {**FRONT, "ankle": -0.3 - 2j}, 1, 0.3),
    (
        "foot_clearance",
        {"left_ankle": 1j, "right_ankle": 0, "plan_left_ankle": 1j, "plan_right_ankle": 3},
        1,
        0.42,
    ),
    (
        "foot_clearance",
        {"left_ankle": 1j, "right_ankle": 0, "plan_left_ankle": 0, "plan_right_ankle": 1j},
        1,
        1,
    ),
    (
        "foot_clearance",
        {"left_ankle": 0, "right_ankle": 1j, "plan_left_ankle": 0, "plan_right_ankle": 1j},
        1,
        0.42,
    ),
    ("foot_separation", {"left_ankle": -1 + 5j, "right_ankle": 0.5}, 1, 1.5),
    # The middle of the body is at x = 0; the left hand belongs to the right of the picture.
    ("arm_crossover", {**FRONT, "left_wrist": 0.2 + 0.5j, "right_wrist": -0.3 + 0.5j}, 1, -0.2),
    ("arm_crossover", {**FRONT, "left_wrist": -0.1 + 0.5j, "right_wrist": -0.3 + 0.5j}, 1, 0.1),
    ("arm_crossover", {**FRONT, "left_wrist": 0.2 + 0.5j, "right_wrist": 0.3 + 0.5j}, 1, 0.3),
    *(known for module in MODULES for known in module.KNOWN),
]


def conditional(name):
    """Whether a signal may be NaN with every joint there, or a number with one of them gone."""
    word, _, role = name.partition(".")
    return word in CONDITIONAL or role in BY_FRAME


def seen_twice(seed):
    """Anybody, in the picture and from above."""
    rng = np.random.default_rng(seed)
    return np.concatenate((anybody(rng), anybody(rng)))


def value(name, points, facing=1.0, scale=1.0, near="left"):
    with np.errstate(invalid="ignore", divide="ignore"):
        return Rows([name], near)(points, facing, scale)[0]


def test_every_signal_has_a_known_answer():
    assert {name.partition(".")[0] for name, *_ in KNOWN} == set(SIGNALS)


@pytest.mark.parametrize(("name", "joints", "facing", "expected"), KNOWN)
def test_known_answers(name, joints, facing, expected):
    # Only the joints named are there at all: a signal that reads another gives NaN.
    points = from_above(**joints)
    assert value(name, points, facing) == pytest.approx(expected, abs=1e-9, nan_ok=True)
    if reading(name).unit == "S":
        assert value(name, points, facing, scale=2.0) == pytest.approx(expected / 2, abs=1e-9, nan_ok=True)


def test_seen_from_behind_the_handedness_turns():
    behind = {name: complex(-at.real, at.imag) for name, at in ((n, complex(p)) for n, p in FRONT.items())}
    assert value("handedness", body(**behind)) == pytest.approx(1.2)


def test_near_and_far_follow_the_near_side():
    points = body(left_hip=1j, left_knee=0, left_ankle=1, right_hip=1j, right_knee=0, right_ankle=-1j)
    for near, far in (("left", "right"), ("right", "left")):
        assert value("knee_flexion.near", points, near=near) == value(f"knee_flexion.{near}", points)
        assert value("knee_flexion.far", points, near=near) == value(f"knee_flexion.{far}", points)


@given(st.integers(0, 2**32 - 1), st.sampled_from(NAMES), st.sampled_from([-1.0, 1.0]))
@settings(max_examples=150, deadline=None)
def test_mirror_scale_and_shift(seed, name, facing):
    points = seen_twice(seed)
    plain = value(name, points, facing)
    word = name.partition(".")[0]
    assert np.isfinite(plain) or conditional(name)
    mirror = name.replace(".left", ".LEFT").replace(".right", ".left").replace(".LEFT", ".right")
    flipped = value(mirror, -points[BOTH_MIRRORED].conjugate(), -facing, near="right")
    sign = -1 if word in SIGNED_BY_SIDE else 1
    assert flipped == pytest.approx(sign * plain, rel=1e-9, abs=1e-9, nan_ok=True)
    unit = SIGNALS[word].unit
    assert value(name, 3 * points, facing, 3.0) == pytest.approx(
        plain * (3 if unit == "px" else 1), nan_ok=True
    )
    moved = value(name, points + (5 - 7j), facing)
    if word in ABSOLUTE:
        assert abs(moved - plain) == pytest.approx(5 if word in SIGNED_BY_SIDE else 7)
    else:
        assert moved == pytest.approx(plain, rel=1e-6, abs=1e-6, nan_ok=True)


@given(st.integers(0, 2**32 - 1), st.sampled_from(NAMES), st.integers(0, COUNT - 1))
@settings(max_examples=200, deadline=None)
def test_a_missing_joint_is_missed_by_those_who_read_it_and_by_nobody_else(seed, name, joint):
    points = seen_twice(seed)
    plain = value(name, points)
    rows = Rows([name], "left")
    others = points.copy()
    others[[i for i in range(2 * COUNT) if i % COUNT not in rows.joints(name)]] = GONE
    assert value(name, others) == pytest.approx(plain, nan_ok=True)
    points[[joint, COUNT + joint]] = GONE
    one_less = value(name, points)
    if joint in rows.joints(name):
        assert np.isnan(one_less) or conditional(name)
    else:
        assert one_less == pytest.approx(plain, nan_ok=True)


def test_a_clip_gives_the_numbers_of_its_frames():
    clip = np.stack([seen_twice(i) for i in range(5)])
    scales = np.linspace(0.5, 2.0, 5)
    rows = Rows(NAMES, "right")
    whole = np.array(rows(clip, -1.0, scales))
    single = np.array([rows(frame, -1.0, scale) for frame, scale in zip(clip, scales, strict=True)]).T
    assert whole.shape == (len(NAMES), 5)
    np.testing.assert_allclose(whole, single, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("knee_flexon.near", "no signal 'knee_flexon' (did you mean 'knee_flexion'?)"),
        ("knee_flexion", "needs a side: one of knee_flexion.near"),
        ("knee_flexion.middle", "needs a side: one of knee_flexion.near"),
        ("trunk_lean.near", "has no sides: write 'trunk_lean'"),
    ],
)
def test_a_wrong_name_is_reported_with_the_right_one(text, expected):
    with pytest.raises(KeyError) as error:
        reading(text)
    assert expected in error.value.args[0]


def test_every_signal_says_what_it_is():
    for name, signal in SIGNALS.items():
        assert len(signal.doc) > 10, name
        assert signal.doc.endswith("."), name
        assert signal.unit in {"deg", "S", "1", "px"}
        assert set(signal.views) <= {"side", "front", "back", "oblique"}


# ------------------------------------------------------------------ roles

SIDED = [n for n, s in SIGNALS.items() if s.sided]
seeds = st.integers(0, 2**32 - 1)


def role_values(name, points, facing=1.0):
    """What a signal of one side is for every role that it may be asked for."""
    return {r: value(f"{name}.{r}", points, facing) for r in SIGNALS[name].roles}


@given(seeds, st.sampled_from(SIDED))
@settings(max_examples=100, deadline=None)
def test_left_of_a_mirrored_body_is_right(seed, name):
    points = seen_twice(seed)
    sign = -1 if name in SIGNED_BY_SIDE else 1
    mirrored = value(f"{name}.left", -points[BOTH_MIRRORED].conjugate(), -1.0)
    assert mirrored == pytest.approx(sign * value(f"{name}.right", points, 1.0), nan_ok=True)


@given(seeds, st.sampled_from(SIDED))
@settings(max_examples=100, deadline=None)
def test_both_of_a_body_with_two_like_sides_is_either(seed, name):
    points = seen_twice(seed)
    for i, j in enumerate(MIRROR):
        points[max(i, j)] = points[min(i, j)]
    found = role_values(name, points)
    assert found["both"] == pytest.approx(found["left"], nan_ok=True)
    assert found["both"] == pytest.approx(found["right"], nan_ok=True)


@given(seeds, st.sampled_from(SIDED), st.sampled_from([-1.0, 1.0]))
@settings(max_examples=150, deadline=None)
def test_every_role_of_a_leg_is_that_of_one_of_the_two(seed, name, facing):
    found = role_values(name, seen_twice(seed), facing)
    sides = (found["left"], found["right"])
    for role in set(found) - {"both", *SIDES}:
        assert np.isnan(found[role]) or found[role] in sides
    if "lead" in found:
        np.testing.assert_array_equal(np.sort([found["lead"], found["rear"]]), np.sort(sides))


@given(seeds, st.sampled_from(SIDED), st.sampled_from(["left", "right"]))
@settings(max_examples=100, deadline=None)
def test_with_one_foot_hidden_only_the_seen_one_may_stand(seed, name, side):
    points = seen_twice(seed)
    points[INDEX[f"{side}_ankle"]] = GONE
    found = role_values(name, points)
    assert all(np.isnan(found[r]) for r in ("lead", "rear", "lower", "stance") if r in found)
    other = {"left": "right", "right": "left"}[side]
    for role in {"support", "support_square"} & set(found):
        assert found[role] == pytest.approx(found[other], nan_ok=True)


LEGS_APART = body(
    left_hip=0, left_knee=-1j, left_ankle=0.3 - 1.8j, right_hip=0, right_knee=-1j, right_ankle=-0.3 - 2j
)


def test_which_leg_leads_stands_and_carries():
    left, right = (value(f"knee_flexion.{side}", LEGS_APART) for side in ("left", "right"))
    assert left != right
    forward = {r: value(f"knee_flexion.{r}", LEGS_APART, 1.0) for r in ("lead", "rear", "lower", "stance")}
    assert (forward["lead"], forward["rear"], forward["lower"]) == (left, right, right)
    assert np.isnan(forward["stance"])  # a fifth of a trunk may be a heel
    assert value("knee_flexion.lead", LEGS_APART, -1.0) == right
    lifted = LEGS_APART + np.where(np.arange(COUNT) == INDEX["left_ankle"], 0.1j, 0)
    assert value("knee_flexion.stance", lifted) == right


def test_a_body_turned_aside_has_no_supporting_leg_square_to_the_camera():
    name = "frontal_plane_projection_angle.support_square"
    front = body(hip=0, left_knee=0.2 - 1j, right_knee=-0.2 - 1j, left_ankle=0.3 - 2j, right_ankle=-0.3 - 1j)
    front[[INDEX["left_hip"], INDEX["right_hip"]]] = 0.2, -0.2
    assert np.isfinite(value(name, front))
    front[INDEX["right_ankle"]] -= 0.3
    assert np.isnan(value(name, front))
    assert np.isfinite(value("frontal_plane_projection_angle.support", front))


def test_a_role_is_seen_from_where_both_it_and_the_signal_are():
    assert reading("knee_flexion.lead").views == ("side",)
    assert set(reading("knee_flexion.both").views) == set(VIEWS)
    assert "lead" not in SIGNALS["frontal_plane_projection_angle"].roles
    assert reading("knee_flexion.lead").facing
    assert not reading("knee_flexion.near").facing


def test_a_bound_signal_says_whose_it_is():
    assert reading("knee_flexion.lead").doc == "Bend of the knee of the foot in front; 0 straight."
    assert reading("knee_flexion.near").doc == SIGNALS["knee_flexion"].doc
    assert reading("knee_flexion.both").doc == "Bend of both knees, their mean; 0 straight."
    assert reading("shank_tilt.both").doc.startswith("Shank against the vertical, mean of both sides;")
    assert all(reading(name).doc.endswith(".") for name in NAMES)


def test_every_role_says_what_it_is():
    assert set(ROLES) == {*SIDES, *BY_FRAME}
    assert all(len(role.doc) > 20 and role.doc.endswith(".") for role in BY_FRAME.values())


@pytest.mark.parametrize(("old", "now"), RENAMED.items())
def test_an_old_name_is_reported_with_the_new_one(old, now):
    assert old not in SIGNALS
    if "." not in now and SIGNALS[now].sided:
        old, now = f"{old}.left", f"{now}.left"
    reading(now)
    with pytest.raises(KeyError) as error:
        reading(old)
    assert f"it is '{now}'" in error.value.args[0]
