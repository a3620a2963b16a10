"""The live page in a real browser, its camera a drawn clip: what it counts, says, saves and sends."""

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from itertools import chain, islice, repeat
from pathlib import Path

import av
import pytest

from formcheck.apps.web.app import create_app
from formcheck.pose import models
from formcheck.pose.browser import are_whole, assets_folder
from tests.unit.web.service import serving

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")
in_browser = pytest.mark.skipif(not are_whole(assets_folder()), reason="needs the assets; run: make web")

SAMPLES = Path(__file__).parents[2] / "sample_videos"
WIDE, TALL = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
PATIENCE_MS = 40_000
STATE = "document.getElementById('stage').dataset.state"
BIG = "Number(document.getElementById('big').textContent)"


def webcam(clip: str, path: Path, still_s: int, frames: int | None = None, end_s: int = 3) -> Path:
    """The start of a clip as a camera shows it again and again: the person is still before and after."""
    with av.open(str(SAMPLES / f"{clip}.mp4")) as source, av.open(str(path), "w", format="mjpeg") as out:
        shown = list(islice(source.decode(video=0), frames))
        stream = out.add_stream("mjpeg", rate=Fraction(30))
        stream.width, stream.height, stream.pix_fmt = shown[0].width, shown[0].height, "yuvj420p"
        stream.codec_context.qmin = stream.codec_context.qmax = 3
        for frame in chain(repeat(shown[0], 30 * still_s), shown, repeat(shown[-1], 30 * end_s)):
            picture = av.VideoFrame.from_ndarray(frame.to_ndarray(format="rgb24"), format="rgb24")
            out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def squats(tmp_path_factory):
    """Two squats."""
    path = tmp_path_factory.mktemp("webcam") / "squats.mjpeg"
    return webcam("squat_side_clean", path, still_s=10, frames=243)


@pytest.fixture(scope="module")
def plank(tmp_path_factory):
    return webcam("plank_sag", tmp_path_factory.mktemp("webcam") / "plank.mjpeg", still_s=4)


@pytest.fixture
def service(tmp_path, model_path):
    with serving(create_app(tmp_path, models.load("full"))) as running:
        yield running


@pytest.fixture
def service_without_assets(tmp_path, model_path):
    with serving(create_app(tmp_path, models.load("full"), vendor=tmp_path / "nothing")) as running:
        yield running


@contextmanager
def page_at(address: str, camera: Path, size: dict[str, int]) -> Iterator[playwright.Page]:
    """A page that sees the clip in its camera; at the end, all it asked for must have been its own server."""
    flags = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--headless=new", *flags, f"--use-file-for-fake-video-capture={camera}"],
        )
        page = browser.new_page(viewport=size)
        page.set_default_timeout(PATIENCE_MS)
        asked, wrong = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda ws: asked.append(ws.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        yield page
        browser.close()
    own = (f"http://{address}/", f"ws://{address}/", "blob:", "data:")
    assert [url for url in asked if not url.startswith(own)] == []
    assert any(url.startswith("ws://") for url in asked)
    assert wrong == []


def begin(page, address: str, exercise: str, **plan: int) -> None:
    """From the cards to the stage."""
    page.goto(f"http://{address}/live")
    page.click(f'#cards a[href="#{exercise}"]')
    for name, value in plan.items():
        page.fill(f"[name={name}]", str(value))
    page.click("#start")
    page.wait_for_selector("#stage:not([hidden])")


def until(page, true: str) -> None:
    """Until an expression holds on the page, whose policy forbids Playwright's own way of waiting."""
    for _ in range(PATIENCE_MS // 100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    pytest.fail(f"it did not happen: {true}; the page says {page.inner_text('body')!r}")


def fits(page) -> bool:
    """Whether nothing sticks out at the sides."""
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def count_squats(page, service) -> None:
    begin(page, service.host, "squat", sets=1, reps=10)
    until(page, f"{STATE} === 'exercising'")
    assert page.evaluate(BIG) == 0  # nothing counts before "go"
    until(page, f"{BIG} === 2")
    page.wait_for_timeout(3000)  # the clip is over: who stands still is not counted
    assert page.evaluate(BIG) == 2
    assert fits(page)
    page.keyboard.press("q")
    page.wait_for_selector("#done:not([hidden])")
    assert " ".join(page.inner_text("#done-set .headline").split()) == "2 of 2 counted, 2 with good form"
    page.click("#report")
    page.wait_for_load_state()
    assert "Squat" in page.title()
    assert fits(page)


@in_browser
def test_squats_are_counted_with_the_poses_found_in_the_browser(service, squats):
    with page_at(service.host, squats, WIDE) as page:
        pictures = []
        page.on(
            "websocket", lambda ws: ws.on("framesent", lambda sent: pictures.append(isinstance(sent, bytes)))
        )
        count_squats(page, service)
        assert len(pictures) > 100
        assert not any(pictures)  # landmarks, never a picture


def test_squats_are_counted_with_the_poses_found_by_the_server(service_without_assets, squats):
    with page_at(service_without_assets.host, squats, TALL) as page:
        begin_reported = "Pictures go to your own computer running formcheck, and nowhere else"
        page.goto(f"http://{service_without_assets.host}/live#squat")
        page.wait_for_selector(f"#where:has-text('{begin_reported}')")
        count_squats(page, service_without_assets)
    (saved,) = (service_without_assets.app.state.site.data / "live").iterdir()
    assert not [p for p in saved.rglob("*") if p.suffix in {".jpg", ".png", ".mp4"}]


@in_browser
def test_a_planks_time_runs_and_its_sag_is_reported(service, plank):
    with page_at(service.host, plank, TALL) as page:
        begin(page, service.host, "plank_hold", sets=1, seconds=60)
        until(page, f"{STATE} === 'exercising' && {BIG} >= 3")
        page.wait_for_selector("#cue:not([hidden])")
        assert "Lift your hips" in page.inner_text("#cue")
        assert fits(page)
        until(page, "document.getElementById('aloud').textContent.includes('Lift your hips')")
        page.click("#finish")
        page.wait_for_selector("#done .faults img")  # the picture of the fault, from the page's own memory
        assert page.inner_text("#done .faults b") == "Lift your hips"
        page.goto(f"http://{service.host}/sessions")
        page.on("dialog", lambda dialog: dialog.accept())
        page.click("text=Delete")
        page.wait_for_selector("#notice:has-text('0 left')")


class Line:
    """A line to a server that can be cut, as when the wireless network goes away."""

    def __init__(self, port: int) -> None:
        self._to, self._open, self._port = port, [], 0
        self.mend()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._port}"

    def mend(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", self._port))
        self._port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listening,), daemon=True).start()

    def cut(self) -> None:
        for end in (self._listening, *self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.create_connection(("127.0.0.1", self._to))
                self._open += [near, far]
                for pair in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    @staticmethod
    def _pass_on(from_: socket.socket, to: socket.socket) -> None:
        with suppress(OSError):
            while data := from_.recv(1 << 16):
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)


@in_browser
def test_a_connection_lost_for_five_seconds_comes_back_to_the_same_session(service, plank):
    line = Line(service.port)
    with page_at(line.host, plank, WIDE) as page:
        begin(page, line.host, "plank_hold", sets=1, seconds=60)
        until(page, f"{BIG} >= 2")
        (token,) = service.app.state.site.live_sessions._open
        line.cut()
        page.wait_for_selector("#banner:has-text('Connection lost, trying again')")
        before = page.evaluate(BIG)
        page.wait_for_timeout(5000)
        line.mend()
        page.wait_for_selector("#banner", state="hidden")
        until(page, f"{BIG} > {before}")
        assert list(service.app.state.site.live_sessions._open) == [token]
        page.keyboard.press("q")
        page.wait_for_selector("#report:not([hidden])")
    line.cut()
