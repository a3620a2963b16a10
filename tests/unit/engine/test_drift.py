"""Early against late, from strides made by hand; and once from a drawn minute."""

import numpy as np
import pytest

from formcheck.engine.gait.drift import LEAST_STRIDES, drifts, thirds
from formcheck.engine.gait.strides import Stride
from formcheck.engine.session import judge
from formcheck.exercises import find_exercise
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script, Span

RUNNING = find_exercise("running")
LEAN = RUNNING.drift["lean"]
N, PERIOD = 3 * LEAST_STRIDES, 0.7


def strode(n=N, **values):
    """``n`` strides with these values, one each or one for all; every other value is not seen."""
    nothing = dict.fromkeys(RUNNING.limited, np.nan)
    columns = {name: np.broadcast_to(x, n) for name, x in values.items()}
    out = []
    for i in range(n):
        now = {name: float(x[i]) for name, x in columns.items()}
        flight_peaks = (i * PERIOD, (i + 0.5) * PERIOD, (i + 1) * PERIOD)
        out.append(Stride(flight_peaks, (None, None), "run", 0.1, nothing | now))
    return out


def late(change, before, n=N):
    """``before``, and that much more in the last third."""
    return np.where(np.arange(n) < n - n // 3, before, before + change)


def noise(sd, n=N, seed=0):
    return np.random.default_rng(seed).normal(0.0, sd, n)


def found(name="lean", **values):
    return drifts(strode(**values), RUNNING, {name})[name]


# --- thirds ----------------------------------------------------------------------------------------------


def test_thirds_are_the_first_and_the_last():
    (first, last) = thirds(strode())
    assert first == pytest.approx((0.0, LEAST_STRIDES * PERIOD))
    assert last == pytest.approx(((N - LEAST_STRIDES) * PERIOD, N * PERIOD))


def test_what_does_not_go_into_three_is_left_out_in_the_middle():
    (first, last) = thirds(strode(N + 2))
    assert first[1] == pytest.approx(LEAST_STRIDES * PERIOD)
    assert last == pytest.approx(((N + 2 - LEAST_STRIDES) * PERIOD, (N + 2) * PERIOD))


@pytest.mark.parametrize("n", [0, N - 1])
def test_a_run_too_short_has_no_thirds_and_no_drift(n):
    assert thirds(strode(n)) == ()
    assert drifts(strode(n, lean=5.0), RUNNING, {"lean"}) == {}


# --- drifts ----------------------------------------------------------------------------------------------


def test_a_planted_change_is_reported_with_its_size():
    drift = found(lean=late(LEAN.least + 1, 6.0) + noise(0.5))
    assert drift.clear
    assert (drift.early, drift.late) == pytest.approx((6.0, 6.0 + LEAN.least + 1), abs=0.4)
    assert drift.delta == drift.late - drift.early
    assert (drift.unit, drift.why) == ("deg", LEAN.why)


def test_a_change_below_the_least_is_shown_and_not_reported():
    drift = found(lean=late(LEAN.least - 0.5, 6.0))
    assert drift.delta == pytest.approx(LEAN.least - 0.5)
    assert (drift.clear, drift.why) == (False, "")


@pytest.mark.parametrize("seed", range(5))
def test_noise_is_no_drift(seed):
    assert not found(lean=6.0 + noise(4.0, seed=seed)).clear


def test_a_change_that_noise_hides_is_not_reported():
    to_and_fro = np.resize([-1.0, 1.0], N)
    quiet, loud = (found(lean=late(LEAN.least + 1, 6.0) + size * to_and_fro) for size in (2.0, 4.0))
    assert quiet.delta == loud.delta == LEAN.least + 1
    assert (quiet.clear, loud.clear) == (True, False)
    assert (loud.noise, loud.why) == (pytest.approx(2 * quiet.noise), "")


def test_strides_go_into_the_noise_by_fives():
    drift = found(lean=6.0 + noise(2.0, 30 * N), n=30 * N)
    assert drift.noise == pytest.approx(2.0 / np.sqrt(30 * LEAST_STRIDES / 5), rel=0.05)


@pytest.mark.parametrize(("name", "tired"), [("lean", 1), ("neck", -1), ("elbow", -1), ("cadence", -1)])
def test_why_is_said_only_of_the_way_that_people_tire(name, tired):
    least = RUNNING.drift[name]
    step = 1.5 * least.least * (1.7 if least.relative else 1.0)
    expected, other = (found(name, **{name: late(sign * step, 170.0)}) for sign in (tired, -tired))
    assert (expected.clear, expected.why) == (True, least.why)
    assert (other.clear, other.why) == (True, "")


@pytest.mark.parametrize(("before", "clear"), [(0.1, True), (0.3, False)])
def test_a_relative_change_counts_by_what_it_was_before(before, clear):
    least = RUNNING.drift["contact_time"]
    assert least.relative
    change = least.least / 100 * 0.2
    assert found("contact_time", contact_time=late(change, before)).clear == clear


def test_what_the_clip_does_not_show_or_the_exercise_does_not_watch_is_left_out():
    strides = strode(lean=late(10.0, 6.0), elbow=late(-20.0, 90.0), overstride=late(9.0, 0.0))
    assert drifts(strides, RUNNING, {"lean", "overstride"}).keys() == {"lean"}
    assert drifts(strides, RUNNING, set()) == {}


@pytest.mark.parametrize(("hidden", "expected"), [(1, False), (0, True)])
def test_each_third_needs_enough_strides_in_which_it_was_seen(hidden, expected):
    lean = late(10.0, 6.0)
    lean[:hidden] = np.nan
    assert ("lean" in drifts(strode(lean=lean), RUNNING, {"lean"})) == expected


def test_a_drawn_minute_tells_the_dial_that_was_turned():
    poses = play(Script("running", duration_s=60.0, dials={"lean_forward": Span(31.0, value=0.35)})).poses
    gait = judge(poses, RUNNING).gait
    assert {name: d.why for name, d in gait.drift.items() if d.clear} == {"lean": LEAN.why}
    (early, late_) = gait.drift_spans
    assert early[1] < 31.0 < late_[0]
    assert early[1] - early[0] == pytest.approx(late_[1] - late_[0], rel=0.05)
