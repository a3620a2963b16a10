"""One signal over the clip as a drawing inside the page: the fine range, the limits, what was seen."""

import io
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from formcheck.outputs import words
from formcheck.outputs.chart import STRAY, known, reach, tick_label
from formcheck.types import Fault, Rep, Trace

Floats = NDArray[np.floating]

INK, QUIET, LINE = "#1d2a33", "#5a6670", "#17618f"
FINE, WARN, ERROR = "#e4eff5", "#a86400", "#b83a00"
_SIZE = (6.6, 2.05)  # inches of 100 pixels each
_BUCKETS = 330  # two points each: more than the drawing has columns

_STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # letters stay letters: smaller, and in the page's typeface
    "font.size": 9,
    "axes.edgecolor": "#b9c2c8",
    "axes.linewidth": 0.8,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "axes.labelcolor": QUIET,
    "text.color": QUIET,
    "text.parse_math": False,
    "path.simplify": True,
    "path.simplify_threshold": 0.3,
}


def thin(t: Floats, value: Floats, buckets: int = _BUCKETS) -> tuple[Floats, Floats]:
    """Fewer points that look the same: lowest and highest of each bucket, in their order; gaps stay NaN."""
    if len(t) <= 2 * buckets:
        return t, value
    edges = np.linspace(0, len(t), buckets + 1).astype(int)
    keep: list[int] = []
    for a, b in pairwise(edges):
        part = value[a:b]
        if np.isnan(part).all():
            keep.append(int(a))
        else:
            keep += sorted({int(a + np.nanargmin(part)), int(a + np.nanargmax(part))})
    return t[keep], value[keep]


def plot(trace: Trace, reps: Sequence[Rep] = (), fault: Fault | None = None) -> str:
    """The drawing as an ``<svg>`` element; the same bytes for the same trace."""
    with mpl.rc_context(_STYLE | {"svg.hashsalt": trace.id}):
        figure = Figure(figsize=_SIZE, dpi=100)
        axes = figure.add_axes((0.06, 0.155, 0.825, 0.735))
        t, value = thin(trace.t, trace.value)
        low, high = _span(trace, value)
        _limits(axes, trace, low, high)
        _reps(axes, reps)
        axes.plot(t, value, color=LINE, linewidth=1.5, solid_joinstyle="round")
        if fault is not None:
            _fault(axes, fault)
        _frame(axes, trace, low, high)
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _inline(out.getvalue())


def _span(trace: Trace, value: Floats) -> tuple[float, float]:
    """Bottom and top of the drawing: all that was measured but a few stray points, and all limits."""
    limits, seen = known((*trace.warn, *trace.error, trace.full)), value[np.isfinite(value)]
    if not limits and not len(seen):
        return 0.0, 1.0
    low, high = reach([*limits, *(np.percentile(seen, STRAY) if len(seen) else ())])
    room = 0.09 * (high - low) or 1.0
    return low - room, high + room


def _limits(axes: Axes, trace: Trace, low: float, high: float) -> None:
    warn, error = trace.warn, trace.error
    if known(warn):
        bottom = low if warn[0] is None else warn[0]
        top = high if warn[1] is None else warn[1]
        axes.axhspan(bottom, top, color=FINE, linewidth=0, zorder=0)
    labels: list[tuple[float, str, str, Any]]
    labels = [(y, WARN, "warning", (0, (4, 2))) for y in known(warn)]
    labels += [(y, ERROR, "clear fault", "-") for y in known(error)]
    labels += [(y, QUIET, "full range", (0, (1, 1.5))) for y in known([trace.full])]
    taken: list[float] = []
    for y, colour, label, dash in labels:
        axes.axhline(y, color=colour, linewidth=1, linestyle=dash, zorder=1)
        if all(abs(y - other) > 0.1 * (high - low) for other in taken):
            taken.append(y)
            axes.annotate(
                label, (1.012, y), xycoords=("axes fraction", "data"), color=colour, va="center", fontsize=8.5
            )


def _reps(axes: Axes, reps: Sequence[Rep]) -> None:
    crowded = len(reps) > 24
    for i, rep in enumerate(reps):
        axes.axvspan(rep.start_s, rep.end_s, color="#1d2a33", alpha=0.055, linewidth=0, zorder=0.5)
        if crowded and (i + 1) % 5 and i:
            continue
        label = str(rep.n) if rep.counted else f"({rep.n})"
        x = (rep.start_s + rep.end_s) / 2
        axes.annotate(label, (x, 1.03), xycoords=("data", "axes fraction"), ha="center", fontsize=8.5)


def _fault(axes: Axes, fault: Fault) -> None:
    colour = ERROR if fault.level == "error" else WARN
    for a, b in fault.spans:
        axes.axvspan(a, max(b, a + 0.05), ymin=0, ymax=0.035, color=colour, linewidth=0, zorder=3)
    axes.plot([fault.worst.t_s], [fault.worst.value], "o", ms=6, mfc="none", mec=colour, mew=1.6, zorder=4)


def _frame(axes: Axes, trace: Trace, low: float, high: float) -> None:
    axes.set_ylim(low, high)
    if len(trace.t):
        axes.set_xlim(float(trace.t[0]), max(float(trace.t[-1]), float(trace.t[0]) + 0.1))
    axes.spines[["top", "right"]].set_visible(False)
    axes.yaxis.set_major_locator(MaxNLocator(5))
    times = words.factor(trace.unit)
    axes.yaxis.set_major_formatter(FuncFormatter(lambda y, _: tick_label(y * times)))
    axes.xaxis.set_major_locator(MaxNLocator(8, steps=[1, 2, 3, 5, 6, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: words.clock(x) if x == int(x) else ""))
    axes.tick_params(length=3, width=0.8, pad=4.5)


def _inline(svg: str) -> str:
    """Fit for the middle of a page: no prologue, no fixed size, no ids that two drawings would share."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<(metadata|style).*?</\1>", "", svg, flags=re.DOTALL)
    svg = re.sub(
        r' id="(?:figure|axes|patch|line2d|text|xtick|ytick|matplotlib\.axis|PolyCollection)_?\d*"', "", svg
    )
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r"\1", svg)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg)
    svg = re.sub(r' (?:xmlns(?::\w+)?|version)="[^"]*"', "", svg)
    svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.DOTALL)
    return svg.replace("<svg", '<svg aria-hidden="true" focusable="false"', 1).strip()
