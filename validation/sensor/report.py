"""The page docs/sensor.md: what was measured, on what, and what came out."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from validation.sensor.fair import Apart
from validation.sensor.rows import Scored
from validation.sensor.sights import SIGHTS
from validation.sensor.signal_table import Entry
from validation.sensor.suite import FAMILIES, TAKES
from validation.sensor.table import Of

FILE = Path(__file__).parents[2] / "docs" / "sensor.md"

_HEAD = """\
# How far the landmarks are from the truth

Written by `make sensor`, which draws the clips, looks at them and adds up; do not edit by hand.

**On what.** {clips} drawn clips of 5 to 6 s: every exercise of the catalogue, at its own tempo and quickly,
and {runs} runs (from both sides, the front and the back; 150 to 185 steps a minute). {people} people
(build, height, skin, clothes) in {scenes} scenes (room, light, camera, noise, blur), compressed as phones
and messengers do; {fps}. `validation/sensor/suite.py` lists them. What is said of all clips is a mean over
clips, each counting alike; what stands in brackets is the interval of 95 % when clips are drawn again with
putting back.

**What the truth is.** The joints of the drawn skeleton, projected. They sit near where `full` puts its
landmarks, so a constant offset favours `full`; "own" is the error without the constant offset of each joint
in each clip. Errors are in trunk lengths, of shoulders, elbows, wrists, hips, knees and ankles. "Fastest
tenth" is the error in the tenth of a clip's frames and joints that move fastest. Lag is the shift at which
a joint that moves fits the truth best. Limbs are exchanged in a frame where left on right and right on left
fit clearly better, of the frames in which that would show. The price is CPU time a frame, decoding
included, against `full` on every frame of the same clip in the same run.

**How far it reaches.** One renderer, smooth bodies, one person in view. Real pictures are harder in ways
that are not drawn: wrinkled cloth, other people, hands and hair before the body. The last table says how
much harder.
"""

_WAYS = """
## Ways

| way | what it is |
|---|---|
{rows}
"""


def page(rows: Sequence[Scored], entries: dict[str, list[Entry]], apart: Sequence[Apart]) -> str:
    """All of it."""
    parts = [_head(), _ways(rows), _overall(rows), _families(rows), _rates(rows), _runs(rows), _doubts(rows)]
    return "".join([*parts, *_signals(entries), _fair(apart)])


def _head() -> str:
    fps = [take.clip.script.fps for take in TAKES]
    each = ", ".join(f"{fps.count(rate)} at {rate:.0f}" for rate in sorted(set(fps)))
    return _HEAD.format(
        clips=len(TAKES), runs=sum(take.family == "running" for take in TAKES),
        people=len({take.person for take in TAKES}), scenes=len({take.scene for take in TAKES}),
        fps=f"{each} frames a second",
    )  # fmt: skip


def _ways(rows: Sequence[Scored]) -> str:
    looked = {row.sight for row in rows}
    about = (f"| {sight.name} | {sight.about} |" for sight in SIGHTS if sight.name in looked)
    return _WAYS.format(rows="\n".join(about))


def ruled(title: str, head: Sequence[str], lines: Iterable[Sequence[str]], note: str = "") -> str:
    """A table in Markdown under its title; the note stands between."""
    ruled = ["| " + " | ".join(line) + " |" for line in (head, ["---"] * len(head), *lines)]
    return "\n".join([f"\n## {title}\n", *([note, ""] if note else []), *ruled, ""])


def _percent(share: float) -> str:
    return f"{100 * share:.1f}" if share == share else "-"


def number(value: float, digits: int) -> str:
    """A dash where it is not known."""
    return f"{value:.{digits}f}" if value == value else "-"


def _overall(rows: Sequence[Scored]) -> str:
    head = ["way", "n", "error", "95th percentile", "fastest tenth", "own", "against 0.6.0",
            "fastest against 0.6.0", "lag median / 90th percentile, ms", "found %", "price"]  # fmt: skip
    return ruled("All clips", head, [_line(of, name) for name, of in _by_sight(rows)])


def _by_sight(rows: Sequence[Scored]) -> Iterator[tuple[str, Of]]:
    """The ways by which some of these clips have been looked at."""
    for sight in SIGHTS:
        of = Of(rows, sight.name)
        if of.n:
            yield sight.name, of


def _line(of: Of, name: str) -> list[str]:
    figures = [number(of.mean(key), 4) for key in ("mean", "p95", "fast", "own")]
    lag = f"{number(of.lag(0.5), 0)} / {number(of.lag(0.9), 0)}"
    against = [str(of.ratio("mean")), str(of.ratio("fast"))]
    return [name, str(of.n), *figures, *against, lag, _percent(of.mean("found")), str(of.price())]


def _families(rows: Sequence[Scored]) -> str:
    head = ["family", "way", "n", "error", "fastest tenth", "own", "against 0.6.0", "legs exchanged %",
            "arms %", "trunk %", "lag 90th percentile, ms"]  # fmt: skip
    lines = []
    for family in FAMILIES:
        own = [row for row in rows if row.family == family]
        for name, of in _by_sight(own):
            figures = [number(of.mean(key), 4) for key in ("mean", "fast", "own")]
            shares = [_percent(of.mean(key)) for key in ("legs", "arms", "trunk")]
            lines.append(
                [family, name, str(of.n), *figures, number(of.ratio("mean").value, 2), *shares,
                 number(of.lag(0.9), 0)]
            )  # fmt: skip
    return ruled("By family", head, lines)


def _rates(rows: Sequence[Scored]) -> str:
    lines = []
    for fps, runs in sorted({(row.fps, row.family == "running") for row in rows}):
        own = [row for row in rows if (row.fps, row.family == "running") == (fps, runs)]
        for name, of in _by_sight(own):
            figures = [number(of.mean(key), 4) for key in ("mean", "fast")]
            what = "runs" if runs else "exercises"
            lines.append([f"{fps:.0f}", what, name, str(of.n), *figures, str(of.price())])
    head = ["frames a second", "of", "way", "n", "error", "fastest tenth", "price"]
    return ruled("By frame rate", head, lines)


def _runs(rows: Sequence[Scored]) -> str:
    own = [row for row in rows if row.family == "running" and row.view == "side"]
    lines = []
    for fps in sorted({row.fps for row in own}):
        for name, of in _by_sight([row for row in own if row.fps == fps]):
            worst = max(row.row.knee for row in of.rows)
            lines.append([f"{fps:.0f}", name, str(of.n), number(of.mean("knee"), 1), number(worst, 1)])
    head = ["frames a second", "way", "n", "mean of the clips", "worst clip"]
    note = (
        "95th percentile of the error of the near knee's flexion from the first landing to the last, degrees."
    )
    return ruled("Runs from the side", head, lines, note)


def _doubts(rows: Sequence[Scored]) -> str:
    lines = []
    for name, of in _by_sight(rows):
        share, said = of.kept()
        if said:
            lines.append([name, str(of.n), str(said), _percent(share)])
    note = "Of the landmarks whose doubt is at most 0.1 trunk lengths, how many are as near as that."
    return ruled("Doubt", ["way", "clips", "landmarks said to be near", "of them near %"], lines, note)


def _signals(entries: dict[str, list[Entry]]) -> Iterable[str]:
    note = (
        "Of the signals that the exercises of a posture read: what is shown less the truth, median over\n"
        "clips +- standard deviation between them; gain of movement within a clip; standard deviation of\n"
        "what is left within a clip, median. Fewer than three clips say nothing. A spread of tens of\n"
        "degrees is that of clips in which limbs are exchanged or a sign is read the other way."
    )
    merged: dict[tuple[str, str, str], dict[str, Entry]] = {}
    for sight, found in entries.items():
        for entry in found:
            merged.setdefault((entry.signal, entry.view, entry.posture), {})[sight] = entry
    lines = []
    for (signal, view, posture), by_sight in merged.items():
        first = next(iter(by_sight.values()))
        cells = [_cell(by_sight.get(sight)) for sight in entries]
        lines.append([f"`{signal}`", first.unit, view, posture, str(first.n), *cells])
    head = ["signal", "unit", "view", "posture", "n", *entries]
    return [ruled("Signals", head, sorted(lines), note)]


def _cell(entry: Entry | None) -> str:
    if entry is None:
        return "-"
    digits = 1 if entry.unit == "deg" else 3
    gain = number(entry.gain, 2)
    return f"{entry.bias:.{digits}f} +- {entry.between:.{digits}f}; {gain}; {entry.sd:.{digits}f}"


def _fair(apart: Sequence[Apart]) -> str:
    note = (
        "Real clips have no truth, but two looks at them can be compared: `full` in the picture and in its\n"
        "mirror image, and `full` and `heavy`. Where drawn clips lie as far apart as real ones, they are as\n"
        "hard. Median over clips, and between which figures nine of ten clips lie; trunk lengths."
    )
    lines = []
    for what, key in (("picture and mirror image", "mirror"), ("`full` and `heavy`", "models")):
        for kind, real in (("drawn", False), ("real", True)):
            pairs = np.array([getattr(each, key) for each in apart if each.real is real]).reshape(-1, 2)
            if len(pairs):
                lines.append([what, kind, str(len(pairs)), *(_spread(column) for column in pairs.T)])
    head = ["looks", "clips", "n", "mean of a clip", "95th percentile of a clip"]
    return ruled("Drawn against real", head, lines, note)


def _spread(values: np.ndarray) -> str:  # type: ignore[type-arg]
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{middle:.3f} ({low:.3f} to {high:.3f})"
