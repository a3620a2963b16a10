import http.server
import threading
import time
from itertools import islice

import cv2
import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.sources.camera import LiveCamera
from formcheck.sources.camera_device import OpenCvCapture
from formcheck.sources.live import LiveSource, host_of, open_live
from formcheck.sources.live_file import LiveFile
from formcheck.sources.slot import FrameSlot
from formcheck.sources.video import open_source
from formcheck.types.frame import Frame
from tests.clips import write_clip

#: Longer than anything here takes; a test that waits so long has failed.
LONG_S = 20.0
DEAD = None


def picture(shade=0, size=(8, 6)):
    return np.full((size[1], size[0], 3), shade, np.uint8)


def until(condition):
    """Wait for what another thread does."""
    give_up = time.monotonic() + LONG_S
    while not condition():
        assert time.monotonic() < give_up, "it never happened"
        time.sleep(0.001)


class Script:
    """A camera that gives one picture for each permit, from one list for each time it is opened.

    A list that has run out is a camera that fails, DEAD in its place one that does not even open; `hangs`
    keeps `grab` waiting.
    """

    def __init__(self, *lives, permits=0):
        self.lives = list(lives)
        self.life = iter(())
        self.opened = self.released = 0
        self.held = False
        self.hangs = threading.Event()
        self.hangs.set()
        self.permits = threading.Semaphore(permits)

    def open(self):
        self.opened += 1
        life = self.lives.pop(0) if self.lives else DEAD
        self.held = life is not DEAD
        self.life = iter(life or ())
        return self.held

    def grab(self):
        self.hangs.wait()
        self.picture = next(self.life, None)
        if self.picture is not None:
            self.permits.acquire()
        return self.picture is not None

    def retrieve(self):
        return self.picture

    def release(self):
        self.released += 1
        self.held = False

    def show(self, pictures=1):
        self.permits.release(pictures)


def endless(shade=7):
    while True:
        yield picture(shade)


@pytest.fixture
def film():
    """Opens a camera on a script, and lets it go afterwards."""
    opened = []

    def film(script, **words):
        camera = LiveCamera("camera 0", script, **{"pause_s": 0.001, "lost_s": LONG_S, **words})
        opened.append((camera, script))
        return camera

    yield film
    for camera, script in opened:
        script.hangs.set()
        threading.Timer(0.05, script.show, [1000]).start()
        camera.close()


# --- one slot, newest wins --------------------------------------------------------------------------------


def test_the_newest_frame_wins_and_the_others_are_counted():
    slot = FrameSlot()
    for index in range(3):
        slot.put(Frame(picture(), float(index), index))
    assert slot.take(LONG_S).index == 2
    assert slot.dropped == 2
    assert slot.take(0.0) is None


def test_the_last_frame_can_be_taken_after_the_end():
    slot = FrameSlot()
    slot.put(Frame(picture(), 0.0, 0))
    slot.end()
    assert not slot.over
    assert slot.take(LONG_S).index == 0
    assert slot.over
    assert slot.take(LONG_S) is None  # at once, or this test is slow


def test_a_reader_is_woken_by_the_next_frame():
    slot = FrameSlot()
    threading.Timer(0.01, slot.put, [Frame(picture(), 0.0, 0)]).start()
    assert slot.take(LONG_S).index == 0


# --- cameras ----------------------------------------------------------------------------------------------


def test_a_camera_gives_frames_with_rising_times(film):
    script = Script([picture(n) for n in range(3)], permits=1)
    camera = film(script)
    frames = [camera.read(LONG_S)]
    for _ in range(2):
        script.show()
        frames.append(camera.read(LONG_S))

    assert isinstance(camera, LiveSource)
    assert (camera.info.name, camera.info.kind) == ("camera 0", "camera")
    assert (camera.info.width_px, camera.info.height_px) == (8, 6)
    assert [int(f.rgb[0, 0, 0]) for f in frames] == [0, 1, 2]
    assert [f.index for f in frames] == [0, 1, 2]
    assert frames[0].t == 0.0
    assert frames[0].t < frames[1].t < frames[2].t < camera.now()
    assert camera.dropped == 0


def test_a_slow_reader_gets_the_newest_frame(film):
    script = Script([picture(n) for n in range(5)], permits=5)
    camera = film(script)
    until(lambda: camera.dropped == 4)
    assert camera.read(LONG_S).index == 4


def test_the_same_picture_twice_is_two_frames(film):
    same = picture(1)
    script = Script([same, same], permits=1)
    camera = film(script)
    first = camera.read(LONG_S)
    script.show()
    assert camera.read(LONG_S).t > first.t


def test_a_camera_may_change_its_size(film):
    script = Script([picture(size=(8, 6)), picture(size=(6, 8))], permits=1)
    camera = film(script)
    assert camera.read(LONG_S).rgb.shape == (6, 8, 3)
    script.show()
    assert camera.read(LONG_S).rgb.shape == (8, 6, 3)


def test_a_damaged_picture_now_and_then_is_no_loss(film):
    script = Script([picture(1), None, None, picture(2)], permits=1)
    camera = film(script)
    camera.read(LONG_S)
    script.show()
    assert camera.read(LONG_S).rgb[0, 0, 0] == 2
    assert script.opened == 1


def test_a_lost_camera_is_reported_and_comes_back_with_rising_times(film):
    script = Script([picture(1)], DEAD, DEAD, [picture(2)], permits=1)
    camera = film(script)
    before = camera.read(LONG_S)
    until(lambda: camera.lost)
    assert camera.lost == "camera 0: gives no pictures any more; trying again"
    assert camera.read(0.0) is None
    assert not camera.over

    script.show()
    after = camera.read(LONG_S)
    assert after.rgb[0, 0, 0] == 2
    assert after.t > before.t
    assert script.opened == 4
    assert script.released >= 3


def test_what_came_back_is_no_longer_lost(film):
    script = Script([picture(1)], endless(), permits=1)
    camera = film(script)
    camera.read(LONG_S)
    until(lambda: camera.lost)
    script.show()
    camera.read(LONG_S)
    assert camera.lost is None


def test_pauses_between_attempts_grow_up_to_a_limit(film, monkeypatch):
    waited = []
    script = Script([picture(1)], permits=1)
    camera = film(script, pause_s=0.5)
    wait = camera._closing.wait
    monkeypatch.setattr(camera._closing, "wait", lambda s: waited.append(s) or wait(0.001))
    until(lambda: len([s for s in waited if s >= 0.5]) >= 6)
    assert [s for s in waited if s >= 0.5][:6] in ([0.5, 1, 2, 4, 5, 5], [1, 2, 4, 5, 5, 5])


def test_a_camera_that_hangs_is_reported_and_goes_on(film):
    script = Script(endless(), permits=1)
    camera = film(script, lost_s=0.02)
    camera.read(LONG_S)
    script.hangs.clear()
    until(lambda: camera.lost)
    assert camera.lost == "camera 0: no picture for 0.02 s; waiting for it"
    assert not camera.over

    script.hangs.set()
    script.show(3)
    assert camera.read(LONG_S) is not None


def test_closing_gives_the_device_back_and_ends_the_thread(film):
    script = Script(endless(), permits=10**9)
    camera = film(script)
    with camera:
        camera.read(LONG_S)
    assert camera.over
    assert not script.held
    assert not camera._thread.is_alive()
    camera.close()


def test_closing_a_lost_camera_does_not_wait_for_its_pause(film):
    camera = film(Script([picture(1)], permits=1), pause_s=10 * LONG_S)
    until(lambda: camera.lost)
    camera.close()
    assert not camera._thread.is_alive()


def test_an_exception_gives_the_device_back(film):
    script = Script(endless(), permits=10**9)
    with pytest.raises(KeyboardInterrupt), film(script):
        raise KeyboardInterrupt
    assert not script.held


def test_a_mistake_in_the_thread_is_raised_by_the_reader(film):
    script = Script([picture(1)], permits=1)
    camera = film(script)
    camera.read(LONG_S)
    script.open = lambda: 1 / 0
    until(lambda: not camera._thread.is_alive())
    with pytest.raises(ZeroDivisionError):
        camera.read(LONG_S)


@pytest.mark.parametrize(
    ("life", "patience_s", "expected"), [(DEAD, LONG_S, "does not answer"), ([], 0.05, "gives no picture")]
)
def test_a_camera_without_pictures_is_refused(life, patience_s, expected):
    script = Script(life)
    with pytest.raises(SourceError, match=f"camera 9: {expected}"):
        LiveCamera("camera 9", script, patience_s=patience_s)
    assert not script.held


# --- numbers and addresses --------------------------------------------------------------------------------


def test_a_number_no_camera_has_says_what_to_do(capfd):
    with pytest.raises(SourceError, match=r"^camera 97: does not answer; \w"):
        open_live("97")
    assert capfd.readouterr() == ("", "")


def test_an_address_nobody_answers_is_one_line_without_the_password(capfd):
    with pytest.raises(SourceError, match=r"^http://127\.0\.0\.1:9: does not answer; check") as found:
        open_live("http://admin:s3cret@127.0.0.1:9/video?pwd=s3cret")
    assert "s3cret" not in str(found.value)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("rtsp://10.0.0.7:554/live?pw=x", "rtsp://10.0.0.7:554"),
        ("rtsp://me:x@cam.local/user=me_password=x", "rtsp://cam.local"),
        ("http://me:x@y@cam.local/", "http://cam.local"),
        ("rtsp://me:x/y@cam.local/", "rtsp camera"),
        ("http://cam.local/?pw=a@b", "http camera"),
    ],
)
def test_no_part_of_a_password_is_shown(address, shown):
    assert host_of(address) == shown


@pytest.mark.parametrize("given", ["no.mp4", "http:/cam", "-1", "video0"])
def test_anything_else_is_a_file(given):
    with pytest.raises(SourceError, match="no such file"):
        open_live(given)


class Stream(http.server.BaseHTTPRequestHandler):
    """An MJPEG camera: red pictures, as quickly as they are fetched."""

    def do_GET(self):
        bgr = np.zeros((48, 64, 3), np.uint8)
        bgr[..., 2] = 255
        jpeg = cv2.imencode(".jpg", bgr)[1].tobytes()
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=next")
        self.end_headers()
        part = b"--next\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n%b\r\n" % (len(jpeg), jpeg)
        while not self.server.unplugged.wait(0.01):
            try:
                self.wfile.write(part)
            except OSError:
                return

    def log_message(self, *words):
        pass


@pytest.fixture
def stream():
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Stream) as server:
        server.daemon_threads = True
        server.unplugged = threading.Event()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.unplugged.set()
        server.shutdown()


def test_a_stream_is_read_lost_and_found_again(stream, capfd):
    address = f"http://127.0.0.1:{stream.server_port}/video.mjpg"
    with LiveCamera(host_of(address), OpenCvCapture(address), "stream", pause_s=0.01) as camera:
        frame = camera.read(LONG_S)
        assert (camera.info.kind, camera.info.width_px, camera.info.height_px) == ("stream", 64, 48)
        assert frame.rgb[24, 32] == pytest.approx([254, 0, 0], abs=3)  # red first

        stream.unplugged.set()
        until(lambda: camera.lost)
        last = camera.read(0.0) or frame

        stream.unplugged.clear()
        assert camera.read(LONG_S).t > last.t
        assert camera.lost is None
    assert capfd.readouterr() == ("", "")


# --- clips ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Half a second, 25 frames a second."""
    return write_clip(tmp_path_factory.mktemp("live") / "clip.mp4", frames=12)


def all_of(source):
    frames = []
    while not source.over:
        frame = source.read(LONG_S)
        if frame is not None:
            frames.append(frame)
    return frames


def test_an_unpaced_clip_gives_every_frame_of_the_file(clip):
    with open_live(str(clip), paced=False) as source:
        frames = all_of(source)
    whole = list(open_source(clip))
    assert [(f.t, f.index) for f in frames] == [(f.t, f.index) for f in whole]
    assert all(np.array_equal(a.rgb, b.rgb) for a, b in zip(frames, whole, strict=True))
    assert (source.dropped, source.lost, source.truncated) == (0, None, None)


def test_a_paced_clip_never_runs_ahead_of_its_clock_and_ends(clip):
    with open_live(str(clip)) as source:
        assert source.now() == 0.0
        times = []
        while not source.over:
            frame = source.read(LONG_S)
            if frame is not None:
                assert source.now() >= frame.t
                times.append(frame.t)
    assert times == sorted(set(times))
    assert set(times) <= {f.t for f in open_source(clip)}
    assert len(times) + source.dropped == 12
    assert times[-1] == pytest.approx(11 / 25)
    assert isinstance(source, LiveSource)


def test_a_reader_that_sleeps_misses_frames_of_a_paced_clip(clip):
    with open_live(str(clip)) as source:
        assert source.read(LONG_S) is not None
        until(lambda: not source._player.is_alive())
        assert not source.over
        assert source.read(LONG_S).index == 11
        assert source.dropped == 10
        assert source.over


def test_a_clip_can_be_played_again_and_again(clip):
    with open_live(str(clip), paced=False, loop=3) as source:
        frames = all_of(source)
    assert [f.index for f in frames] == list(range(36))
    assert np.diff([f.t for f in frames]) == pytest.approx(1 / 25, abs=1e-6)


def test_a_clip_can_be_played_without_end(clip):
    with open_live(str(clip), paced=False, loop=None) as source:
        last = list(islice(iter(lambda: source.read(LONG_S), None), 100))[-1]
        assert last.t == pytest.approx(99 / 25)
        assert not source.over
    assert source.over
    assert source.read(LONG_S) is None


def test_closing_a_paced_clip_ends_it_at_once(clip):
    source = LiveFile(open_source(clip), loop=None)
    source.read(LONG_S)
    source.close()
    source.close()
    assert source.over
    assert not source._player.is_alive()


def test_a_clip_that_cannot_be_read_any_more_says_so(clip, tmp_path):
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(clip.read_bytes())
    source = open_live(str(copy))
    copy.write_bytes(b"rubbish")
    with source, pytest.raises(SourceError, match="is not a video"):
        source.read(LONG_S)
