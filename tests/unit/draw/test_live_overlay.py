import dataclasses
import math

import numpy as np
import pytest

from formcheck.draw import live_pictures, palette
from formcheck.draw.live_overlay import Around, LiveOverlay
from formcheck.draw.live_words import Piece, paragraph, row
from formcheck.types import AttemptFinished, FaultSaid, Pose
from formcheck.types.landmark import COUNT, INDEX
from formcheck.types.live_update import Cue
from formcheck.types.reason import said
from tests.unit.draw.live import FOLD, HEEL, summary, update

SIZES = [(640, 480), (1280, 720), (1920, 1080), (480, 854), (160, 120)]
STATES = {
    "searching": {"state": "searching", "instruction": said("Step into the picture")},
    "setting_up": {"state": "setting_up", "instruction": said("Step back, so that I see all of you")},
    "ready": {"state": "ready", "instruction": said("Hold it there")},
    "countdown": {"state": "countdown", "seconds_left": 2.4},
    "exercising": {},
    "error": {"cue": Cue("a", said("Chest up"), "error")},
    "warn": {"cue": Cue("a", said("Chest up"), "warn")},
    "praise": {"cue": Cue("a", said("Chest up"), "praise")},
    "not counted": {"why_not": said("Come all the way back")},
    "sides": {"per_side": True, "left": 4, "right": 3},
    "hold": {"kind": "hold", "hold_s": 23.0, "goal_s": 60.0, "goal_reps": None, "phase": None},
    "open hold": {"kind": "hold", "hold_s": 23.0, "goal_reps": None, "progress": math.nan},
    "gait": {"kind": "gait", "cadence_spm": 172.0, "goal_reps": None, "progress": math.nan},
    "paused": {"state": "paused", "instruction": said("Come back into the picture")},
    "set_done": {"state": "set_done", "summary": summary()},
    "resting": {"state": "resting", "summary": summary(), "seconds_left": 42.0, "next": said("Squat, set 2")},
    "finished": {"state": "finished", "summary": summary()},
}


def pose(width=640, height=480, x=0.3):
    """Somebody on the left of the picture, straight up."""
    image = np.full((COUNT, 2), (width * x, height * 0.5), np.float32)
    heights = {"shoulder": 0.35, "hip": 0.55, "knee": 0.67, "ankle": 0.8, "heel": 0.82, "ear": 0.28}
    for name, y in heights.items():
        for side in ("left", "right"):
            image[INDEX[f"{side}_{name}"]] = (x * width, y * height)
    return Pose(5.0, image, np.full((COUNT, 3), np.nan, np.float32), np.ones(COUNT, np.float32))


def grey(width=640, height=480):
    return np.full((height, width, 3), 128, np.uint8)


def near(picture, colour, within=6):
    return np.abs(picture.astype(int) - colour).sum(axis=2) < within


def drawn(given=None, size=(640, 480), around=None, **words):
    overlay = LiveOverlay(**words)
    return overlay.draw(grey(*size), update(pose(*size), **(given or {})), around or Around())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("state", STATES)
def test_every_state_at_every_size(state, size):
    given = grey(*size)
    overlay = LiveOverlay(mirror=True)
    shown = overlay.draw(
        given, update(pose(*size), **STATES[state]), Around("lost", "24 a second", "q finish")
    )
    assert shown.shape == given.shape
    assert shown.dtype == np.uint8
    assert (given == 128).all()


def test_every_state_has_a_picture_of_its_own():
    pictures = {state: drawn(found).tobytes() for state, found in STATES.items()}
    assert len(set(pictures.values())) == len(STATES)


def test_cues_differ_without_their_colour():
    """Error, warning and praise have shapes of their own: distinct in grey as well."""
    ink = []
    for state in ("error", "warn", "praise"):
        plate = drawn(STATES[state])[400:]
        ground = np.median(plate[plate.max(axis=2) != 128].reshape(-1, 3), axis=0)
        ink.append(np.abs(plate.astype(int) - ground).sum(axis=2) > 120)
    assert (ink[0] != ink[1]).sum() > 60
    assert (ink[1] != ink[2]).sum() > 60


def test_a_mirror_turns_the_person_and_no_word():
    nobody = Pose.nobody(5.0)
    plain = LiveOverlay().draw(grey(), update(nobody, cue=Cue("a", said("Chest up"), "error")))
    mirrored = LiveOverlay(mirror=True).draw(grey(), update(nobody, cue=Cue("a", said("Chest up"), "error")))
    assert (plain == mirrored).all()  # nothing but words on a grey picture
    left = np.flatnonzero(near(drawn()[200:], palette.INK, 30).any(axis=0))
    right = np.flatnonzero(near(drawn(mirror=True)[200:], palette.INK, 30).any(axis=0))
    assert left.max() < 320 < right.min()
    picture = grey()
    picture[:, :320] = 200
    turned = LiveOverlay(mirror=True).draw(picture, update(nobody))
    assert turned[470, 10, 0] == 128
    assert turned[470, 630, 0] == 200


def test_a_mirror_exchanges_no_side():
    """The fault of the left leg stays on the same pixels of the person, and L on the left of the counter."""
    body = pose()
    image = body.image.copy()
    for name in ("left_hip", "left_knee", "left_ankle"):
        image[INDEX[name], 0] = 250
    body = dataclasses.replace(body, image=image)
    lame = dataclasses.replace(FOLD, joints=(INDEX["left_hip"], INDEX["left_knee"]))
    found = update(body, faults=(lame,), per_side=True, left=4, right=3)
    plain, mirrored = LiveOverlay().draw(grey(), found), LiveOverlay(mirror=True).draw(grey(), found)
    at = np.argwhere(near(plain[:, :400], palette.ERROR))
    turned = np.argwhere(near(mirrored[:, 200:500], palette.ERROR))
    assert len(at) > 100
    assert abs((639 - at[:, 1].mean()) - (turned[:, 1].mean() + 200)) < 3
    assert (plain[:130, :200] == mirrored[:130, :200]).all()  # the counter


@pytest.mark.parametrize("progress", [math.nan, -3.0, 7.0])
def test_odd_numbers_are_survived(progress):
    image = np.full((COUNT, 2), np.nan, np.float32)
    image[0] = (1e9, -1e9)
    odd = Pose(5.0, image, np.full((COUNT, 3), np.nan, np.float32), np.full(COUNT, np.nan, np.float32))
    found = update(odd, progress=progress, faults=(FOLD,), events=(began(FOLD),))
    assert LiveOverlay().draw(grey(), found).shape == (480, 640, 3)


def test_the_meter_moves_and_stays_grey_where_nothing_is_seen():
    overlay = LiveOverlay()

    def meter(progress):
        picture = overlay.draw(grey(), update(pose(), progress=progress))[:320, 540:]
        return near(picture, palette.GOOD).sum(), near(picture, palette.FAINT).sum()

    (little, none), (much, still_none), (lost, faint) = meter(0.2), meter(0.9), meter(math.nan)
    assert 0 < little < much
    assert none == still_none == lost == 0
    assert faint > little


def test_an_attempt_is_news_for_a_moment():
    overlay = LiveOverlay()
    plain = overlay.draw(grey(), update(pose()))[:130, :250].copy()
    for counted, colour in ((True, palette.GOOD), (False, palette.WARN)):
        event = AttemptFinished(t=6, told_t=6, n=8, side="both", counted=counted, reason=None)
        shown = overlay.draw(grey(), update(pose(), t=6.0, events=(event,)))
        assert near(shown[:130, :250], colour).sum() > 200
    assert (overlay.draw(grey(), update(pose(), t=9.0))[:130, :250] == plain).all()


def test_a_lost_camera_and_the_figures_are_reported():
    plain = drawn()
    assert (drawn(around=Around(lost="camera 0: trying again"))[400:] != plain[400:]).sum() > 5000
    assert (drawn(around=Around(figures="24 pictures a second"))[400:] != plain[400:]).sum() > 500


def test_large_pictures_are_drawn_smaller_and_small_ones_larger():
    assert drawn(size=(1920, 1080), max_px=1280).shape == (720, 1280, 3)
    assert drawn(size=(640, 480), min_px=960, max_px=1280).shape == (720, 960, 3)


def began(active):
    return FaultSaid(t=5, told_t=5, id=active.id, cue=active.cue)


class TestPictures:
    def see(self, pictures, **fields):
        pictures.see(grey(), update(pose(), **fields), mirror=False)

    def test_one_a_fault_the_first(self):
        pictures = live_pictures.FaultPictures()
        self.see(pictures, faults=(FOLD,), events=(began(FOLD),))
        first = pictures.by_fault["trunk_fold"]
        self.see(pictures, faults=(FOLD, HEEL), events=(began(FOLD), began(HEEL)))
        assert pictures.by_fault["trunk_fold"] is first
        assert set(pictures.by_fault) == {"trunk_fold", "heels_up"}
        assert near(first, palette.ERROR).any()
        assert first.shape == (live_pictures.SIDE, live_pictures.SIDE, 3)

    def test_forgotten_with_the_next_set(self):
        pictures = live_pictures.FaultPictures()
        self.see(pictures, faults=(FOLD,), events=(began(FOLD),))
        self.see(pictures, state="resting", summary=summary())
        assert pictures.by_fault
        self.see(pictures, set_n=2)
        assert not pictures.by_fault

    def test_known_late_shows_the_peak(self):
        pictures = live_pictures.FaultPictures()
        deep = np.full((480, 640, 3), 40, np.uint8)
        pictures.see(deep, update(pose(), progress=0.9), mirror=False)
        event = AttemptFinished(t=6, told_t=6, n=1, side="both", counted=True, reason=None, faults=(FOLD,))
        self.see(pictures, progress=0.1, events=(event,))
        assert np.median(pictures.by_fault["trunk_fold"]) == 40

    def test_they_stand_in_the_summary(self):
        bare, kept = LiveOverlay(), LiveOverlay()
        found = update(pose(), state="set_done", summary=summary())
        kept.draw(
            np.full((480, 640, 3), 250, np.uint8), update(pose(), faults=(FOLD,), events=(began(FOLD),))
        )
        assert near(kept.draw(grey(), found), (250, 250, 250)).sum() > 2000
        assert near(bare.draw(grey(), found), (250, 250, 250)).sum() < 2000

    @pytest.mark.parametrize("body", [pose(), pose(x=-2.0), Pose.nobody(1.0)])
    def test_whoever_is_seen(self, body):
        small, moved = live_pictures.cutout(grey(), body)
        assert small.shape == (live_pictures.SIDE, live_pictures.SIDE, 3)
        assert moved.image.shape == (COUNT, 2)


class TestWords:
    def test_a_paragraph_breaks_where_letters_stay_large(self):
        assert len(paragraph("Chest up", 40, 400)) == 1
        lines = paragraph("Step back, so that I see all of you", 40, 250)
        assert len(lines) == 3
        assert max(line.shape[1] for line in lines) <= 250

    def test_a_row_shrinks_to_its_room(self):
        pieces = [Piece("13", 100), Piece("of 20", 40, gap=10)]
        wide, _ = row(pieces, 1000)
        narrow, ink = row(pieces, 150)
        assert narrow.shape[1] <= 150 < wide.shape[1]
        assert ink.shape == (*narrow.shape, 3)
