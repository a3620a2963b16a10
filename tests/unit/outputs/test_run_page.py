import re
from dataclasses import replace

import numpy as np
import pytest

from formcheck.outputs.html import report_html
from formcheck.outputs.verdict import verdict
from formcheck.types import Metric
from formcheck.types.gait import MeanStride
from formcheck.types.reason import Reason
from formcheck.types.result import GaitResult
from formcheck.types.session import Advice
from tests.results import with_gait
from tests.unit.outputs import runs, sessions
from tests.unit.outputs.reading import parse, read

NO_NUMBER = re.compile(r"\b(nan|inf|none)\b", re.IGNORECASE)


def attributes(page):
    return [value for tag, _, value in parse(page).attrs if tag in {"path", "rect", "circle", "text"}]


def headings(session):
    return re.findall(r"<h2[^>]*>([^<]+)</h2>", report_html(session, sessions.CREATED))


def test_a_page_tells_things_in_the_runners_order():
    assert headings(runs.rich_run()) == [
        "Capture check", "What to work on", "Posture in numbers", "Stride in numbers", "Your stride",
        "Early against late", "Over the run", "What was not judged, and how to film it", "How this was made",
    ]  # fmt: skip


@pytest.mark.parametrize("name", runs.ALL)
def test_nothing_that_is_missing_is_printed_or_drawn(name):
    page = report_html(runs.ALL[name](), sessions.CREATED)
    assert not NO_NUMBER.search(" ".join(parse(page).text))
    assert not [value for value in attributes(page) if NO_NUMBER.search(value)]


def test_three_priorities_in_full_and_the_rest_in_a_line():
    text = read(runs.rich_run())
    assert "17.3° typically; should be at most 10°" in text
    assert "28.4 % typically; should be at most 26 % of trunk length" in text
    assert "Seen in 6 stretches of the run, at 0:22–0:44, 0:48–0:57. The worst, at 0:41: 19.1°." in text
    assert "Medium confidence, from 74 strides." in text
    assert "Exercises for this: Superman pull, Wall lat pull-down, Quadruped limb raise" in text
    assert "Also seen Swing from the shoulder: 17.0° at worst; should be at least 20°" in text
    assert report_html(runs.rich_run()).count('<li class="fault">') == 3


def test_a_fault_of_some_stretches_is_reported_by_its_worst():
    text = read(runs.rich_run())
    assert "−6.2 % at worst; should be at least −5 % of trunk length" in text
    assert "Typically −3.0 %." in text
    assert "−3.0 % at least −5 % 3.0 % 81 medium ◆ watch this at times" in text


def test_posture_before_stride_each_number_with_all_that_belongs_to_it():
    text = read(runs.rich_run())
    assert (
        "Lean of the trunk from upright Forward is positive 13.1° −2° to 16° usual 2° to 12° 2.4° 81 high"
        in text
    )
    assert "experimental 247 ms ±25 ms usual 200 to 290 ms 17 ms 74 low no limit" in text
    assert "172/min usual 155 to 185/min" in text
    assert text.index("Angle inside the elbow") < text.index("Time that a foot is on the ground")


def test_centimetres_once_the_height_is_known():
    text = read(runs.tall_run())
    assert "14.3 cm typically; should be at most 13.1 cm" in text
    assert "13.2 cm early, 15.4 cm late (+2.2 cm)" in text
    assert "right within about 8 %" in text
    assert "trunk length" not in text


def test_what_changed_and_what_did_not():
    text = read(runs.rich_run())
    assert "In the last third you leaned further forward: 11.1° early, 14.9° late (+3.8°)" in text
    assert "26.2 % early, 30.6 % late (+4.4 % of trunk length)" in text
    assert "2 numbers without a clear change How much nearer" in text
    assert "Cadence 172/min early, 171/min late" in text


def test_nothing_changed_is_kept_apart_from_nothing_compared():
    run = runs.rich_run()
    same = {i: replace(d, clear=False) for i, d in runs.DRIFTS.items()}
    assert "Nothing changed clearly" in read(with_gait(run, drift=same))
    assert "The clip is too short to compare early with late (20 strides in each third" in read(
        runs.short_run()
    )


def test_the_capture_check_stands_open_only_where_something_is_wrong():
    page = report_html(runs.rich_run())
    assert (
        page.index("The far arm is hidden")
        < page.index("30 pictures a second:")
        < page.index("Plays in real")
    )
    assert page.index("The far arm is hidden") < page.index("What to work on")
    assert "All 7 points are fine" not in page
    assert "<summary>All 7 points are fine</summary>" in report_html(runs.short_run())


def test_not_judged_with_its_reason_and_how_to_film_it():
    text = read(runs.rich_run())
    assert (
        "How far the upper body rocks from side to side How far the free side of the pelvis drops "
        "Needs a view from the front or back; this one is side. Film it better next time Film a second clip"
    ) in text


def test_the_clips_of_a_joined_run_and_the_clip_of_each_fault():
    text = read(runs.joined_run())
    assert "treadmill rear.mp4 Seen from behind 45 s 128 172" in text
    assert "Seen in 3 stretches of treadmill rear.mp4, at 0:18–0:25." in text
    assert "Experimental: formcheck cannot yet vouch for it, from 40 strides." in text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("walk", "You walked at 112 steps a minute; running was not judged."),
        (
            "on_the_spot",
            "You ran on the spot at 172 steps a minute, over 162 steps. Work on this first: “Land",
        ),
        (
            "rich_run",
            "You ran at 172 steps a minute, over 162 steps. Work on this first: “Land under your hips”.",
        ),
        ("short_run", "You ran at 168 steps a minute, over 24 steps. No fault was seen; 2 checks could not"),
        (
            "unseen_run",
            "You ran at 171 steps a minute, over 40 steps. Nothing about the form could be judged: ",
        ),
    ],
)
def test_the_verdict_names_the_kind_of_gait(name, expected):
    assert verdict(runs.ALL[name]()).startswith(expected)


def test_no_rhythm_is_no_run():
    run = runs.unseen_run()
    lost = with_gait(run, cadence_spm=None, steps=0)
    assert verdict(lost) == "No steady running rhythm was found in this clip."
    assert "– steps a minute" in read(lost)


def test_a_walk_shows_nothing_of_running():
    assert headings(runs.walk()) == [
        "Capture check",
        "What was not judged, and how to film it",
        "How this was made",
    ]
    assert "score" not in read(runs.walk())


def test_empty_states_leave_no_empty_section():
    assert "Your stride" not in headings(runs.short_run())
    assert "What to work on" not in headings(runs.short_run())
    unseen = headings(runs.unseen_run())
    assert "Your stride" not in unseen
    assert "Posture in numbers" not in unseen
    assert "Over the run" not in unseen


def test_eight_figures_with_landing_and_toe_off():
    page = report_html(runs.rich_run())
    assert page.count('<path class="near"') == 8
    assert page.count('<li class="marked">') == 2
    assert page.count('<path class="carries"') == 3


def test_a_stride_of_one_leg_alone_draws_that_leg():
    bodies = runs.bodies()
    bodies[:, 1::1] = np.where(np.arange(1, 33) % 2 == 0, np.nan, bodies[:, 1:])
    run, stride = runs.rich_run(), MeanStride((), bodies, runs.CONTACT, "left")
    page = report_html(replace(run, result=GaitResult(run.gait, stride)))
    assert '<path class="far" d=""/>' in page
    assert '<path class="near" d=""/>' not in page


def test_a_number_without_limit_spread_or_confidence():
    run = runs.rich_run()
    bare = with_gait(run, metrics={"lean": Metric(9.0, "deg", "ok", 1)}, drift={})
    assert "Lean 9.0° – – 1 – no limit" in read(bare)


@pytest.mark.parametrize(
    ("value", "limits", "word"),
    [
        (112.0, (62, 128), "✓ fine"),
        (118.0, (62, 128), "at the edge of usual"),  # by less than the pose model may be off
        (123.0, (62, 128), "unusual, no fault"),
        (123.0, (None, None), "unusual, no fault"),  # which costs points, too
        (112.0, (None, None), "no limit"),
    ],
)
def test_what_lies_outside_the_usual_is_not_fine(value, limits, word):
    elbow = Metric(value, "deg", "ok", 9, limits=limits, usual=(70, 115), error=5.0, confidence="high")
    text = read(with_gait(runs.rich_run(), metrics={"elbow": elbow}, drift={}))
    assert f"{value:.1f}° ±5.0°" in text
    assert f"9 high {word}" in text


def test_hostile_words_stay_text():
    page = report_html(runs.hostile_run(), sessions.CREATED)
    assert "<script" not in page.lower()
    assert page.count("&lt;script&gt;") > 10


def test_evidence_stands_beside_its_fault():
    page = report_html(runs.rich_run(), sessions.CREATED, {"head_forward": b"jpeg"})
    assert page.count("data:image/jpeg") == 1
    assert "The runner at 0:55, the worst moment, the joints marked. Measured 31.2 %." in page


def test_a_run_in_slow_motion_has_no_cadence_but_is_a_run():
    run = runs.rich_run()
    slow = with_gait(run, cadence_spm=None)
    tip = Advice("slow_motion", Reason("steps_slow", factor=4.0))
    said = verdict(replace(slow, capture=(*run.capture, tip)))
    assert said.startswith("You ran, over 162 steps; in slow motion, as it seems, so steps a minute")
    assert verdict(slow).startswith("You ran, over 162 steps; their rhythm was not steady enough")
