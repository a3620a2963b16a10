import dataclasses

import numpy as np
import pytest

from formcheck.draw import Overlay, banner, gauge, palette, text
from formcheck.draw.skeleton import draw_skeleton
from formcheck.types import ActiveFault, AttemptFinished, Pose, Update
from formcheck.types.landmark import COUNT, INDEX

SIZES = [(360, 640), (1280, 720), (640, 480)]
FOLD = ActiveFault("trunk_fold", "Chest up", "error", (11, 12, 23, 24))
HEEL = ActiveFault("heels_up", "Heels down", "warn", (29, 31))


def pose(width=640, height=480, **visibility):
    image = np.full((COUNT, 2), (width * 0.5, height * 0.5), np.float32)
    spots = {
        "shoulder": (0.5, 0.35), "hip": (0.45, 0.55), "knee": (0.55, 0.65), "ankle": (0.5, 0.8),
        "heel": (0.48, 0.82), "toe": (0.55, 0.82), "elbow": (0.6, 0.45), "wrist": (0.65, 0.5),
        "ear": (0.52, 0.28),
    }  # fmt: skip
    for name, (x, y) in spots.items():
        for side, shift in (("left", 0), ("right", 0.03)):
            image[INDEX[f"{side}_{name}"]] = ((x + shift) * width, y * height)
    image[0] = (0.55 * width, 0.28 * height)
    seen = np.ones(COUNT, np.float32)
    for name, value in visibility.items():
        seen[INDEX[name]] = value
    return Pose(1.0, image, np.full((COUNT, 3), np.nan, np.float32), seen)


def update(**kwargs):
    values = {
        "t": 1.0, "pose": pose(), "state": "exercising", "view": "side", "phase": "out", "progress": 0.5,
        "attempts": 4, "reps": 3, "hold_s": None, "cadence_spm": None, "row": {}, "faults": (), "events": (),
    }  # fmt: skip
    return Update(**(values | kwargs))


def grey(width=640, height=480):
    return np.full((height, width, 3), 128, np.uint8)


def count(picture, colour):
    return int((np.abs(picture.astype(int) - colour).sum(axis=2) < 6).sum())


def shot(overlay, rgb, given):
    """A picture to keep: the overlay uses its own paper again."""
    return overlay.draw(rgb, given).copy()


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("kind", ["reps", "hold", "stretch", "gait"])
def test_every_size_and_kind(width, height, kind):
    given = grey(width, height)
    shown = Overlay("Quadruped limb raise", kind).draw(
        given, update(pose=pose(width, height), faults=(FOLD, HEEL))
    )
    assert shown.shape == given.shape
    assert shown.dtype == np.uint8
    assert (given == 128).all()
    assert (shown != 128).any()


def test_a_fault_is_shown_in_colour_thickness_and_words():
    overlay = Overlay("Squat", "reps")
    well, ill = shot(overlay, grey(), update()), shot(overlay, grey(), update(faults=(FOLD,)))
    assert count(well, palette.ERROR) == 0
    assert count(ill, palette.ERROR) > 500
    assert (well[420:, 200:440] == 128).all()  # no banner
    assert (ill[420:, 200:440] != 128).any()


def test_nobody_leaves_no_body():
    picture = grey()
    draw_skeleton(picture, Pose.nobody(1.0), (FOLD,))
    assert (picture == 128).all()


def test_hidden_landmarks_are_faint_or_absent():
    def drawn(visibility):
        picture = grey()
        draw_skeleton(picture, pose(left_ankle=visibility, left_heel=visibility, left_toe=visibility))
        return count(picture, palette.GOOD), count(picture, palette.FAINT)

    (all_firm, no_faint), (firm, faint), (still, none) = drawn(1.0), drawn(0.3), drawn(0.05)
    assert no_faint == none == 0
    assert faint > 0
    assert firm == still < all_firm


def test_nan_landmarks_and_wild_ones_are_survived():
    broken = pose().image.copy()
    broken[25], broken[26] = np.nan, (1e9, -1e9)
    shown = Overlay("Squat", "reps").draw(
        grey(), update(pose=dataclasses.replace(pose(), image=broken), progress=float("nan"), phase=None)
    )
    assert shown.shape == (480, 640, 3)


def test_the_cue_stays_until_it_can_be_read():
    overlay = Overlay("Squat", "reps")
    with_cue = shot(overlay, grey(), update(t=1.0, faults=(FOLD,)))[430:]
    assert (shot(overlay, grey(), update(t=1.5))[430:] == with_cue).all()
    assert (shot(overlay, grey(), update(t=3.0))[430:, 200:440] == 128).all()


def test_cues_do_not_flicker_but_an_error_may_interrupt():
    overlay = Overlay("Squat", "reps")
    heel = shot(overlay, grey(), update(t=1.0, faults=(HEEL,)))[430:]
    knee = dataclasses.replace(HEEL, cue="Knees out")
    assert (shot(overlay, grey(), update(t=1.3, faults=(knee,)))[430:] == heel).all()
    fold = shot(overlay, grey(), update(t=1.4, faults=(FOLD, HEEL)))[430:]
    assert (fold != heel).any()
    assert (shot(overlay, grey(), update(t=1.5, faults=(HEEL,)))[430:] == fold).all()


def test_an_earlier_time_starts_anew():
    overlay = Overlay("Squat", "reps")
    shot(overlay, grey(), update(t=50.0, faults=(FOLD,)))
    assert (shot(overlay, grey(), update(t=0.0))[430:, 200:440] == 128).all()


def test_the_counter_tells_what_became_of_an_attempt():
    overlay = Overlay("Squat", "reps")
    plain = shot(overlay, grey(), update(t=1.0))[:150, :200]

    def after(counted, t):
        event = AttemptFinished(t=t, told_t=t, n=4, side="both", counted=counted, reason=None)
        return shot(overlay, grey(), update(t=t, events=(event,)))[:150, :200]

    assert count(after(True, 2.0), palette.GOOD) > 100
    assert count(after(False, 4.0), palette.WARN) > 100
    assert (shot(overlay, grey(), update(t=9.0))[:150, :200] == plain).all()


def test_the_counter_says_what_its_colour_means(monkeypatch):
    found = []
    build = banner.counter
    monkeypatch.setattr(banner, "counter", lambda *args: found.append(args[2]) or build(*args))
    overlay = Overlay("Squat", "reps")
    for t, counted in ((1.0, True), (2.0, False)):
        event = AttemptFinished(t=t, told_t=t, n=4, side="both", counted=counted, reason=None)
        overlay.draw(grey(), update(t=t, events=(event,)))
    overlay.draw(grey(), update(t=9.0))
    assert found == ["counted", "not counted", "of 4 attempts"]


def test_the_meter_says_what_to_do(monkeypatch):
    found = []
    build = gauge._empty
    monkeypatch.setattr(gauge, "_empty", lambda *args: found.append(args[0]) or build(*args))
    overlay = Overlay("Push-up", "reps")
    for phase in ("rest", "out", "hold", "back", "rest", "out"):
        overlay.draw(grey(), update(phase=phase))
    assert found == ["ready", "go", "hold", "return", "ready", "go"]


def test_the_meter_rises():
    overlay = Overlay("Squat", "reps")
    filled = [
        count(shot(overlay, grey(), update(progress=p))[:, 560:], palette.GOOD) for p in (0.0, 0.4, 0.9, 7.0)
    ]
    assert filled == sorted(filled)
    assert filled[0] < filled[-1]


def test_a_mirror_turns_the_body_and_not_the_words():
    plain, mirrored = Overlay("Squat", "reps"), Overlay("Squat", "reps", mirror=True)
    a, b = plain.draw(grey(), update()), mirrored.draw(grey(), update())
    assert (a[:120, :120] == b[:120, :120]).all()
    middle = np.s_[230:400, 130:510]
    assert (a[middle] == b[:, ::-1][middle]).all()


def test_large_pictures_can_be_drawn_smaller():
    shown = Overlay("Squat", "reps", max_px=320).draw(grey(), update())
    assert shown.shape == (240, 320, 3)
    assert count(shown[100:200, 100:250], palette.GOOD) > 50


def test_text_fits_its_room():
    for words in ("Chest up", "Ein sehr langer Übungsname, der nirgends hinpasst", "膝"):
        assert text.fit(words, 40, 120, 11).shape[1] <= 120
    assert text.mask("", 20).shape == (24, 0)
    assert text.mask("43°", 20).max() > 200
