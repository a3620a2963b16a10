from dataclasses import replace

import numpy as np
import pytest

from formcheck.outputs import run_bar, run_chart, run_figure
from formcheck.outputs.run_units import Units
from formcheck.types import Metric, Trace
from tests.unit.outputs import runs

PERCENT, TALL = Units(), Units(1.75)


def points(path):
    return np.array([p.split() for p in path.replace("M", "L").strip("Lz").split("L")], float)


@pytest.mark.parametrize(
    ("units", "value", "unit", "expected"),
    [
        (PERCENT, 0.284, "S", "28.4 %"),
        (TALL, 0.284, "S", "14.3 cm"),
        (PERCENT, 0.247, "s", "247 ms"),
        (PERCENT, 171.6, "spm", "172/min"),
        (PERCENT, -1.26, "deg", "−1.3°"),
        (PERCENT, None, "S", "–"),
        (TALL, float("nan"), "S", "–"),
    ],
)
def test_numbers_in_their_units(units, value, unit, expected):
    assert units.quantity(value, unit) == expected


@pytest.mark.parametrize(
    ("units", "limits", "unit", "expected"),
    [
        (PERCENT, (-2, 16), "deg", "−2° to 16°"),
        (PERCENT, (0.03, 0.2), "S", "3 to 20 %"),
        (TALL, (None, 0.26), "S", "at most 13.1 cm"),
        (PERCENT, (-0.05, None), "S", "at least −5 %"),
        (PERCENT, (None, 7.5), "deg", "at most 7.5°"),
        (PERCENT, (None, None), "deg", "–"),
    ],
)
def test_the_wanted_range(units, limits, unit, expected):
    assert units.wanted(limits, unit) == expected


def test_a_number_and_its_limit_always_differ():
    assert PERCENT.judged(10.02, 10, "deg") == ("10.02°", "should be at most 10.00°")
    assert PERCENT.judged(-0.0504, -0.05, "S") == ("−5.04 %", "should be at least −5.00 % of trunk length")
    assert PERCENT.judged(10.0, 10.0, "deg")[0].startswith("10.0")


def test_a_change_has_its_sign():
    assert PERCENT.change(0.044, "S") == "+4.4 % of trunk length"
    assert TALL.change(-0.044, "S") == "−2.2 cm"
    assert TALL.change(0.0, "deg") == "0.0°"


def test_the_running_median_passes_over_an_outlier_and_a_gap():
    value = np.array([1, 1, 9, 1, 1, np.nan, 1, np.nan, np.nan, np.nan, np.nan, np.nan, 2.0])
    median = run_chart.running_median(value)
    assert median[2] == 1
    assert median[5] == 1
    assert np.isnan(median[9])
    assert median[12] == 2


def test_a_curve_within_its_band_and_a_gap_in_both():
    curve = next(c for c in runs.curves() if c.id == "elbow")
    chart = run_chart.curve_chart(curve, (0.2, 0.4), PERCENT)
    assert chart.line.count("M") == 2
    assert chart.band.count("z") == 2
    assert points(chart.line.split("M")[1])[0, 0] == run_chart.FRAME.left
    x, width, _ = chart.shades[0]
    assert width / (run_chart.FRAME.right - run_chart.FRAME.left) == pytest.approx(0.2)
    assert x > run_chart.FRAME.left


def test_higher_is_drawn_higher():
    t = np.arange(9.0)
    line = points(run_chart.trace_chart(Trace("a", "A", "deg", t, t), (), PERCENT).line)
    assert (np.diff(line[:, 0]) > 0).all()
    assert (np.diff(line[:, 1]) <= 0).all()
    assert line[0, 1] > line[-1, 1]


def test_a_trace_of_one_stride_and_of_none():
    one = Trace("a", "A", "deg", np.array([2.0]), np.array([3.0]))
    assert run_chart.trace_chart(one, (), PERCENT).dots.count("M") == 1
    none = replace(one, value=np.array([np.nan]))
    assert run_chart.trace_chart(none, (), PERCENT) is None
    flat = replace(one, t=np.arange(4.0), value=np.zeros(4))
    assert np.isfinite(points(run_chart.trace_chart(flat, ((0, 1), (2, 3)), PERCENT).line)).all()


def test_the_bar_orders_value_limit_and_worst():
    metric = Metric(12.0, "deg", "warn", 40, 2.0, limits=(None, 10.0))
    bar = run_bar.bar(metric, 15.0, PERCENT)
    (limit, label), *_ = bar.limits
    assert limit < bar.value < bar.worst
    assert bar.wanted == (0.0, limit)
    assert bar.spread[0] < bar.value < sum(bar.spread)
    assert label == "10°"
    assert run_bar.bar(replace(metric, value=None), 15.0, PERCENT) is None
    assert run_bar.bar(replace(metric, limits=(None, None)), 15.0, PERCENT) is None


def test_the_moments_follow_each_other_from_flight_to_flight():
    moments = run_figure.moments((0.12, 0.47))
    shares = [at for at, _ in moments]
    assert len(shares) == 8
    assert shares == sorted(shares)
    assert shares[-1] < 1
    assert [label for _, label in moments][:5] == ["flight", "landing", "mid-stance", "toe-off", "flight"]


@pytest.mark.parametrize("contact", [None, (0.1, 0.7), (0.5, 0.4)])
def test_without_a_runners_contact_the_moments_are_even(contact):
    assert [at for at, _ in run_figure.moments(contact)] == [k / 8 for k in range(8)]


def test_feet_carry_on_the_ground_and_leave_it_in_flight():
    stride = runs.rich_run().mean_stride
    figures = run_figure.strip(stride, "right")
    low = [
        max(points(part)[:, 1].max() for part in (f.near, f.far) for part in part.split("M")[1:])
        for f in figures
    ]
    for figure, foot in zip(figures, low, strict=True):
        if figure.grounded:
            assert foot == pytest.approx(run_figure.GROUND, abs=1.0)
    assert low[4] < run_figure.GROUND - 1


def test_a_runner_to_the_left_is_drawn_to_the_right():
    right = runs.rich_run().mean_stride
    left = replace(right, bodies=runs.bodies(facing=-1.0))
    assert run_figure.strip(left, "left") == run_figure.strip(right, "right")
    assert run_figure.strip(left, "right") != run_figure.strip(right, "right")
