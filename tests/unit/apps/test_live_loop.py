import json

import pytest

from formcheck.apps.live.events import EventLog
from formcheck.apps.live.loop import Loop
from formcheck.apps.live.recorder import Recorder
from formcheck.apps.live.screen import Screen
from formcheck.apps.live.window import check_display, key_of
from formcheck.errors import SourceError
from formcheck.pose.store import load_poses
from formcheck.types import Model
from formcheck.types.event import Spoken
from formcheck.types.reason import said
from tests.unit.apps.sessions import INFO, MODEL, Eyes, Guide, Script, Slow, frame

LITE = Model("lite", "1" * 64)


class Pane:
    """A window whose keys a test presses: one list of keys, one entry a look."""

    def __init__(self, *keys):
        self.keys, self.shown, self.order = list(keys), [], []

    def show(self, rgb):
        self.shown.append(rgb.copy())
        self.order.append("picture")

    def key(self):
        return self.keys.pop(0) if self.keys else None

    def close(self):
        self.order.append("closed")


class Voice:
    def __init__(self, order=None):
        self.muted, self.said, self.order = False, [], order if order is not None else []

    def say(self, text):
        self.said.append(text)
        self.order.append("voice")

    def mute(self):
        self.muted = True

    def unmute(self):
        self.muted = False


def screen_of(pane, **words):
    return Screen(pane, **({"mirror": True, "speaks": True} | words))


def frames(n):
    return [frame(i / 10) for i in range(n)]


def run(steps, session=None, **parts):
    loop = Loop(Script(steps), Eyes(), session or Guide(), **parts)
    loop.run()
    return loop


@pytest.mark.parametrize(
    ("code", "key"),
    [(32, "toggle"), (ord("s"), "skip"), (ord("S"), "skip"), (ord("m"), "mute"), (ord("f"), "figures"),
     (ord("q"), "leave"), (27, "leave"), (-1, None), (ord("x"), None), (0x100000 | ord("q"), "leave")],
)  # fmt: skip
def test_what_keys_mean(code, key):
    assert key_of(code) == key


def test_keys_go_where_they_belong():
    session, voice, pane = Guide(), Voice(), Pane("toggle", "skip", "mute", None, "mute")
    run(frames(5), session, screen=screen_of(pane), voice=voice)
    assert session.commands == ["toggle", "skip"]
    assert not voice.muted
    assert len(pane.shown) == 5


def test_the_footer_tells_whether_the_voice_is_on():
    pane = Pane("mute")
    run([frame(t, (640, 480)) for t in (0.0, 0.1)], screen=screen_of(pane), voice=Voice())
    assert (pane.shown[0] != pane.shown[1]).any()


def test_leaving_stops_at_once_and_the_rest_is_reported():
    session, found = Guide(), []
    loop = run(frames(9), session, screen=screen_of(Pane(None, "leave")), watch=found.append)
    assert len(session.poses) == 2
    loop.finish()
    assert found[-1].state == "finished"


def test_figures_are_shown_on_demand():
    pane = Pane(None, "figures", None, "figures")
    run(frames(6), screen=screen_of(pane))
    plain, shown, hidden = pane.shown[1], pane.shown[2], pane.shown[4]
    assert (plain != shown).any()
    assert (plain == hidden).all()


def test_voice_and_events_come_before_the_picture(tmp_path):
    pane = Pane()
    voice = Voice(pane.order)
    words = Spoken(t=0.0, told_t=0.0, text=said("Go"))
    session = Guide(**{"0.0": {"say": said("Go"), "events": (words,)}})
    with EventLog(tmp_path / "e.jsonl") as log:
        run(frames(1), session, screen=screen_of(pane), voice=voice, log=log)
    assert pane.order == ["voice", "picture"]
    line = json.loads((tmp_path / "e.jsonl").read_text())
    assert (line["text"], line["t"], line["told_t"]) == ("Go", 0.0, 0.02)


def test_a_lost_camera_is_reported_shown_and_shows_nobody(tmp_path):
    session, pane = Guide(), Pane()
    steps = [frame(0.0), "camera 0: gone", "camera 0: gone", frame(5.0)]
    with EventLog(tmp_path / "e.jsonl") as log:
        run(steps, session, screen=screen_of(pane), log=log)
    names = [json.loads(line)["event"] for line in (tmp_path / "e.jsonl").read_text().splitlines()]
    assert names == ["Lost", "Found"]
    seen = [bool(pose.visibility[0] == 1) for pose in session.poses]
    assert seen == [True, False, False, True]
    assert len(pane.shown) == 4
    assert (pane.shown[0] != pane.shown[1]).any()


def test_a_frame_older_than_the_last_pose_is_passed_over():
    session = Guide()
    run([frame(1.0), frame(0.5), frame(1.5)], session)
    assert [pose.t for pose in session.poses] == [1.0, 1.5]


def test_another_size_is_set_up_anew(tmp_path):
    session = Guide()
    recorder = Recorder(tmp_path, "squat", INFO, MODEL, lambda: 0.0)
    loop = run([frame(0.0), frame(0.1, (48, 64)), frame(0.2, (48, 64))], session, recorder=recorder)
    recorder.finish(())
    assert session.sizes == [(48, 64)]
    assert [len(load_poses(f / "poses.npz")) for f in recorder.folders] == [1, 2]
    assert loop.seen


def test_without_a_window_it_ends_with_the_workout():
    session = Guide(**{"0.1": {"state": "finished"}})
    run(frames(9), session)
    assert len(session.poses) == 2


def test_in_a_window_the_end_stands_for_a_while():
    session = Guide(**{f"{t:.1f}": {"state": "finished"} for t in (1.0, 5.0, 40.0, 41.0)})
    run([frame(t) for t in (0.0, 1.0, 5.0, 40.0, 41.0)], session, screen=screen_of(Pane()))
    assert [pose.t for pose in session.poses] == [0.0, 1.0, 5.0, 40.0]


def test_no_display_is_one_line(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for display in ({}, {"DISPLAY": ":987"}):
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.delenv("DISPLAY", raising=False)
        for name, value in display.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SourceError, match="add --headless"):
            check_display()


def kept_up(takes_s, n=40, go=0, **parts):
    """A loop whose model takes so long for a look, where the first set begins with frame ``go``."""
    source, lite, asked = Script(frames(n)), Eyes(LITE), []
    session = Guide(**{str(i / 10): {"state": "setting_up" if i < go else "exercising"} for i in range(n)})
    session.state = "searching" if go else "exercising"

    def lighter(per_s):
        asked.append(per_s)
        return lite

    Loop(source, Slow(source, takes_s), session, lighter=lighter, **parts).run()
    return session, lite, asked


def test_a_model_that_is_too_slow_gives_way_before_the_set():
    session, lite, asked = kept_up(0.2, go=20)
    assert asked == [pytest.approx(5.0)]
    assert session.models == [LITE]
    assert lite.looked == [pytest.approx(i / 10) for i in range(15, 40)]


def test_a_model_that_is_quick_enough_stays():
    session, lite, asked = kept_up(1 / 8, go=40)
    assert (session.models, lite.looked, asked) == ([], [], [])


@pytest.mark.parametrize("go", [0, 14])
def test_no_model_gives_way_in_a_set(go):
    session, lite, asked = kept_up(0.2, go=go)
    assert (session.models, lite.looked, asked) == ([], [], [])


def test_where_there_is_no_lighter_model_it_is_asked_for_once():
    source, asked = Script(frames(40)), []
    session = Guide(**{str(i / 10): {"state": "setting_up"} for i in range(40)})
    session.state = "searching"
    eyes = Slow(source, 0.2)
    Loop(source, eyes, session, lighter=asked.append).run()
    assert len(asked) == 1
    assert len(eyes.looked) == 40


def test_each_model_has_a_recording_of_its_own(tmp_path):
    recorder = Recorder(tmp_path, "squat", INFO, MODEL, lambda: 0.0)
    kept_up(0.2, go=20, recorder=recorder)
    recorder.finish(())
    kept = [load_poses(folder / "poses.npz") for folder in recorder.folders]
    assert [poses.model for poses in kept] == [MODEL, LITE]
    assert [len(poses) for poses in kept] == [15, 25]
