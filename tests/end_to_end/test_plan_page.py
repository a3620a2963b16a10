"""The plan in a real browser: three answers, the first guided set, a log, a stop."""

import shutil

import pytest

from formcheck.apps.web.app import create_app
from formcheck.pose import models
from tests.unit.web.service import serving

playwright = pytest.importorskip("playwright.sync_api", reason="needs playwright")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")


def test_from_three_answers_to_a_guided_set(tmp_path, model_path):
    app = create_app(tmp_path / "data", models.load("full"), token="secret")
    with serving(app) as service, playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--headless=new", "--no-sandbox"])
        page = browser.new_page(viewport={"width": 390, "height": 844})
        wrong = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"http://{service.host}/plan")
        page.fill("input[name=token]", "secret")  # the forms of our pages are let in as our own
        page.click("button[type=submit]")
        page.wait_for_url("**/plan")
        page.check("input[name=pain][value=none]")
        page.click("text=Begin")
        page.wait_for_url("**/live?plan=1")
        page.wait_for_selector("#plan-target:has-text('5 repetitions')")
        assert page.inner_text("#name") == "Superman"
        assert page.is_visible("#plan-warning")
        page.click("#skip-item")
        page.wait_for_selector("#name:has-text('Beetle')")
        assert page.inner_text("#plan-target") == "5 repetitions a side"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.click("text=Back to the plan")
        page.fill("input[name=sets]", "5")
        page.check("form[action='/plan/done'] input[value=none]")
        page.click("text=Log it")
        page.wait_for_selector(".slots:has-text('Superman')")
        page.check("form[action='/plan/pain'] input[value=numb]")
        page.click("text=Tell the plan")
        page.wait_for_selector("text=Stopped: see a doctor")
        assert not page.is_visible("text=Begin with the camera")
        browser.close()
        assert wrong == []
