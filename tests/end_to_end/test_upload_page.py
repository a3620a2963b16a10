"""Uploading in a real browser: a clip is sent, judged, played, jumped to its fault, and deleted."""

import shutil
from fractions import Fraction
from pathlib import Path

import av
import pytest

from formcheck.apps.web.app import create_app
from formcheck.pose import models
from tests.end_to_end.clips import SAMPLES
from tests.unit.web.service import serving

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")

TALL = {"width": 390, "height": 844}
PATIENCE_MS = 40_000
VIDEO = "document.getElementById('video')"
#: Shown as it is wherever names are shown, and never run.
NAME = "sag <img src=x onerror=alert(1)>.mp4"


def ending(clip: str, path: Path, from_s: float, to_s: float) -> Path:
    """A part of a clip as a clip of its own."""
    with av.open(str(SAMPLES / f"{clip}.mp4")) as source, av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=Fraction(30))
        stream.width, stream.height = source.streams.video[0].width, source.streams.video[0].height
        for frame in source.decode(video=0):
            if from_s <= frame.time < to_s:
                picture = av.VideoFrame.from_ndarray(frame.to_ndarray(format="rgb24"), format="rgb24")
                out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return path


@pytest.fixture
def service(tmp_path, model_path):
    with serving(create_app(tmp_path / "data", models.load("full"))) as running:
        yield running


@pytest.fixture
def page(service):
    """A page; at the end, all it asked for must have been its own server, and nothing may have gone wrong."""
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--headless=new", "--no-sandbox"])
        page = browser.new_page(viewport=TALL)
        page.set_default_timeout(PATIENCE_MS)
        asked, wrong = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        yield page
        browser.close()
    assert [url for url in asked if not url.startswith((f"http://{service.host}/", "data:", "blob:"))] == []
    assert wrong == []


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


def test_a_clip_is_sent_judged_played_and_deleted(service, page, tmp_path):
    clip = ending("plank_sag", tmp_path / NAME.replace("/", ""), 8.5, 13.0)
    notes = tmp_path / "notes.mp4"
    notes.write_text("no video at all")
    address = f"http://{service.host}"

    page.goto(f"{address}/upload")
    page.select_option("#exercise", "plank_hold")
    page.fill("#person", "Anna")
    page.click("summary:has-text('More')")
    page.select_option("#rotate", "0")
    page.set_input_files("#files", [notes, clip])
    assert fits(page)
    page.wait_for_selector("#videos .state.failed:has-text('no video')")
    page.wait_for_selector("#videos .state.ok:has-text('held')")
    page.click(f"#videos a:has-text('{NAME[:4]}')")

    page.wait_for_selector("h1:has-text('Plank')")
    assert NAME in page.inner_text("main")
    assert "As you said: up is at the top." in page.inner_text("main")
    assert "held the position" in page.inner_text(".verdict")
    until(page, f"{VIDEO}.readyState >= 3")
    page.evaluate(f"{VIDEO}.play()")
    until(page, f"{VIDEO}.currentTime > 0.5 && !{VIDEO}.paused && {VIDEO}.videoWidth > 0")

    fault = page.locator(".moment.error, .moment.warn").first
    begins = float(fault.get_attribute("data-at"))
    fault.click()
    until(page, f"{VIDEO}.paused && !{VIDEO}.seeking && Math.abs({VIDEO}.currentTime - {begins}) < 0.01")
    worst = page.locator(".finding .jump").first
    worst.click()
    until(page, f"Math.abs({VIDEO}.currentTime - {worst.get_attribute('data-at')}) < 0.01")
    assert "Lift your hips" in page.inner_text(".finding h3")
    until(page, "[...document.querySelectorAll('.finding img')].every((image) => image.naturalWidth > 0)")
    report = page.frame_locator("#frame")
    assert "The movement over time" in report.locator("#s-plots").inner_text()
    until(page, "document.getElementById('frame').clientHeight > window.innerHeight")
    assert fits(page)

    page.goto(f"{address}/sessions")
    assert "Plank" in page.inner_text("main")
    page.goto(f"{address}/history")
    assert "Anna" in page.inner_text("main")
    page.goto(f"{address}/videos")
    page.click(f"li:has-text('{NAME[:4]}') >> text=Delete")
    page.wait_for_selector("#notice:has-text('Deleted')")
    page.reload()
    assert NAME not in page.inner_text("main")
    left = [path for path in (tmp_path / "data").rglob("*") if path.suffix in {".mp4", ".jpg"}]
    assert left == []
