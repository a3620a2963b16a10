"""The review sheet: one page with every number and its origin, without network or scripts, to be signed."""

import re
from html import unescape
from pathlib import Path

import pytest

from formcheck.errors import OutputError
from formcheck.exercises import catalog, read_exercise
from formcheck.outputs.guide.guide import guide
from formcheck.outputs.guide.review import review_html, write_review
from formcheck.sensor import usual_profile
from tests.unit.exercises.test_loader import GOOD


def said(exercise):
    """What a reader sees, without marks and breaks of lines."""
    text = re.sub(r"<(style|svg).*?</\1>", " ", review_html(exercise), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ").split())


@pytest.fixture
def nod(tmp_path):
    """An exercise of one's own, with a name that would be a script."""
    file = tmp_path / "nod.toml"
    file.write_text(GOOD.replace("Head nod", "<script>alert(1)</script>"), encoding="utf-8")
    return read_exercise(file)


@pytest.mark.parametrize("exercise", catalog().values(), ids=lambda e: e.id)
def test_every_number_stands_there_with_its_origin_and_an_answer(exercise):
    g, text = guide(exercise), said(exercise)
    for check in g.checks:
        for part in (check.what, check.cue, check.why, check.origin.note, check.camera):
            assert part in text
        assert f"warns {check.warns}" in text
        assert check.fault == "–" or f"fault {check.fault}" in text
    blocks = [b for b in (*g.counted, *g.tempo, *g.beside, *g.tiring) if b.origin]
    assert all(line in text for block in blocks for line in block.lines)
    assert text.count("agree change to") == len(g.checks) + len(blocks)
    assert g.status in text
    assert exercise.digest[:12] in text
    assert all(line in text for line in g.not_judged)


@pytest.mark.parametrize("exercise", catalog().values(), ids=lambda e: e.id)
def test_each_source_is_numbered_and_each_number_has_its_source(exercise):
    html, g = review_html(exercise), guide(exercise)
    pointed = {int(n) for n in re.findall(r'href="#s(\d+)"', html)}
    listed = [int(n) for n in re.findall(r'<li id="s(\d+)"', html)]
    assert listed == list(range(1, len(g.sources) + 1))
    assert pointed == set(listed)
    for source in g.sources.values():
        assert source.title in said(exercise)
        assert source.url in unescape(html)


def test_the_sheet_has_limits_of_a_true_body_and_says_what_the_model_makes_of_them():
    squat = said(catalog()["squat"])
    assert "warns above 18°" in squat  # reports say 13, for the model shows 72 % of it
    assert "What the camera shows of it. It shows 18° as 13°, 25° as 18°." in squat
    assert squat.count("How well it is shown: not measured.") == 4  # of five
    assert usual_profile().name in squat


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(nod):
    for exercise in (*catalog().values(), nod):
        html = review_html(exercise)
        assert not re.search(r"<script|<link|<img|<iframe|@import|url\(|\bon\w+=", html)
        assert html.count("<html") == html.count("</html>") == 1
        assert "None" not in said(exercise)


def test_an_own_exercise_without_a_picture_has_a_sheet_that_shows_its_words(nod):
    html = review_html(nod)
    assert "<svg" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Judgement . No source states these numbers." in said(nod)
    assert "<svg" in review_html(catalog()["squat"])


def test_the_sheet_goes_to_a_file_or_into_a_folder(tmp_path):
    squat = catalog()["squat"]
    assert write_review(squat, tmp_path / "new") == tmp_path / "new" / "squat-review.html"
    assert write_review(squat, tmp_path / "mine.html") == tmp_path / "mine.html"
    assert (tmp_path / "mine.html").read_text(encoding="utf-8") == review_html(squat)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="a part of the path is a file"):
        write_review(squat, Path(tmp_path / "file" / "below"))
