"""Drawn runs of known cadence, faults and drift, from every side, at every rate, from a moving camera."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from formcheck.apps.estimate import estimate
from formcheck.engine.recording import judge_recording
from formcheck.pose.looks import looks_of
from formcheck.sources.video import open_source
from formcheck.types import Session
from sample_videos.drawn.clips import Clip
from sample_videos.drawn.figure import play
from sample_videos.drawn.film import write
from sample_videos.drawn.timeline import Script, Span
from tests.exercises.cases.common import Case
from tests.exercises.cases.running import CASES
from tests.exercises.takes import flipped, legs_exchanged

RUNNING = "running"
VIEWS = (("side", "left"), ("side", "right"), ("back", "right"), ("front", "right"))
RATES, CADENCES = (24, 30, 60, 120), (150, 165, 180, 200)
#: What drifts from the middle of the run on, how far the dial turns, and from where it shows.
DRIFTS = (
    ("lean_forward", 0.35, "side", "lean"),
    ("head_forward", 0.3, "side", "head_forward"),
    ("shoulders_up", 0.4, "side", "neck"),
    ("arms_tight", 0.3, "side", "elbow"),
    ("arms_high", 0.3, "side", "arms_high"),
    ("bounce", 0.25, "side", "vertical_oscillation"),
    ("trunk_sway", 0.4, "back", "trunk_sway"),
    (None, 0.0, "side", None),
    (None, 0.0, "back", None),
)
#: A change of a number that left and right exchanged in a tenth of the frames may make, by unit.
DEAD_BAND = {"deg": 4.0, "S": 0.03, "spm": 1.7, "s": 0.03, "%": 4.0}


#: Runs that are drawn as pictures and go through the pose model.
PICTURED = (
    ("clean", {"facing": "left"}),
    ("clean", {"view": "back"}),
    ("clean, panning", {"facing": "left", "filming": "panning"}),
    ("bounce", {"facing": "left", "dials": {"bounce": 1.0}}),
    ("overstride", {"facing": "left", "dials": {"overstride": 1.0}}),
    ("narrow_step", {"view": "back", "dials": {"narrow_step": 1.0}}),
    ("trunk_sway", {"view": "back", "dials": {"trunk_sway": 1.0}}),
    ("pelvic_drop", {"view": "back", "dials": {"pelvic_drop": 1.0}}),
    ("walking", {"facing": "left", "exercise": "walking"}),
    ("on the spot", {"view": "front", "exercise": "running_on_the_spot"}),
)
#: Numbers of the truth beside those that are read.
TRUE = {
    "contact_time": "contact_s",
    "vertical_oscillation": "vertical_oscillation",
    "overstride": "shank_at_contact",
    "foot_ahead": "ankle_ahead_at_contact",
    "narrow_step_left": "step_width",
    "pelvic_drop_left": "pelvic_drop",
}


def judged(**words: object) -> Session:
    """A drawn run, judged from its joints."""
    return judge_recording(play(Script("running", **words)).poses, RUNNING)  # type: ignore[arg-type]


def table() -> list[str]:
    """Everything, as Markdown."""
    return [*_cadences(), "", *_dials(), "", *_drifts(), "", *_exchanges()]


def _cadences() -> Iterator[str]:
    yield "| view | filmed | " + " | ".join(f"{fps} fps" for fps in RATES) + " | faults |"
    yield "|---|---|" + "---|" * (len(RATES) + 1)
    for (view, facing), filming in product(VIEWS, ("fixed", "panning")):
        worst, faults = [], 0
        for fps in RATES:
            off = []
            for spm in CADENCES:
                words = {"view": view, "facing": facing, "fps": fps, "filming": filming}
                session = judged(cadence_spm=spm, duration_s=12, **words)
                gait = session.gait
                off.append(abs((gait.cadence_spm or 0.0) / spm - 1) if gait else 1.0)
                faults += len(session.faults)
            worst.append(max(off))
        errors = " | ".join(f"{x:.2%}" for x in worst)
        yield f"| {view}, facing {facing} | {filming} | {errors} | {faults} |"
    yield ""
    yield f"Largest error of the cadence over {CADENCES} steps a minute; no fault was drawn."


def _dials() -> Iterator[str]:
    tried = {fps: [_right(case, fps) for case in CASES.dials] for fps in (24, 30, 60, 120)}
    yield "| fps | dial raises its fault, and only it | others |"
    yield "|---|---|---|"
    for fps, found in tried.items():
        wrong = [f"{case}: {why}" for case, why in zip(CASES.dials, found, strict=True) if why is not None]
        yield f"| {fps} | {len(found) - len(wrong)} of {len(found)} | {'; '.join(wrong) or 'none'} |"


def _right(case: Case, fps: int) -> str | None:
    """What a dial raised instead of its own fault alone; None if all is right."""
    words = {k: v for k, v in case.words if k != "fps"}
    session = judged(view=case.view, fps=fps, dials={case.dial: case.value}, **{"duration_s": 14, **words})
    levels = {f.id: f.level for f in session.faults}
    why = ", ".join(f"{i} ({level})" for i, level in levels.items()) or "nothing"
    return None if levels == {case.fault: case.level} else why


def _drifts() -> Iterator[str]:
    yield "| planted at half-time | seen from | reported as changed |"
    yield "|---|---|---|"
    for dial, value, view, _ in DRIFTS:
        dials = {dial: Span(31, value=value)} if dial else {}
        session = judged(view=view, fps=60, duration_s=60, sway=1.0, noise=0.01, dials=dials)
        drift = session.gait.drift if session.gait else {}
        clear = [f"{i} {d.delta:+.2f} {d.unit}" for i, d in drift.items() if d.clear]
        yield f"| {dial or 'nothing'} | {view} | {', '.join(clear) or 'none'} |"


def _exchanges() -> Iterator[str]:
    yield "| view | fps | exchanged in 10 % of frames | cadence | numbers beyond their dead band | faults |"
    yield "|---|---|---|---|---|---|"
    for view, fps in product(("side", "front", "back"), (30, 60)):
        poses = play(Script("running", view=view, fps=fps, duration_s=20)).poses
        first = judge_recording(poses, RUNNING)
        for name, taken in (("legs", legs_exchanged), ("everything", flipped)):
            again = judge_recording(taken(poses, 0.1, 1), RUNNING)
            yield f"| {view} | {fps} | {name} | {_compared(first, again)} |"


def _compared(first: Session, again: Session) -> str:
    assert first.gait is not None
    assert again.gait is not None
    off = (again.gait.cadence_spm or 0.0) / (first.gait.cadence_spm or 1.0) - 1
    moved = [
        name
        for name, metric in first.gait.metrics.items()
        if metric.value is not None
        and abs((again.gait.metrics[name].value or 0.0) - metric.value) > DEAD_BAND[metric.unit]
    ]
    return f"{off:+.2%} | {', '.join(moved) or 'none'} | {', '.join(f.id for f in again.faults) or 'none'}"


def pictured() -> Iterator[str]:
    """Runs drawn as pictures, ten seconds of 60 a second, through the pose model, as Markdown."""
    yield "| drawn | reported | cadence | faults | number: drawn, read |"
    yield "|---|---|---|---|---|"
    for name, words in PICTURED:
        script = Script(**{"exercise": "running", "fps": 60.0, "duration_s": 10.0, **words})  # type: ignore[arg-type]
        with TemporaryDirectory() as folder:
            path = write(Clip("run", name, script, treadmill=script.filming == "fixed"), Path(folder))
            with open_source(path) as source:
                session = judge_recording(estimate(source, looks_of(), runs=True), RUNNING)
        truth, gait = play(script).truth, session.gait
        assert gait is not None
        read = [
            f"{metric}: {truth['stride'][key]:.3g}, {gait.metrics[metric].value:.3g}"
            for metric, key in TRUE.items()
            if key in truth.get("stride", {}) and gait.metrics[metric].value is not None
        ]
        off = f"{(gait.cadence_spm or 0.0) / truth['cadence_spm'] - 1:+.2%}"
        faults = ", ".join(f"{f.id} ({f.level})" for f in session.faults) or "none"
        view = session.view.name
        yield f"| {name}, {view} | {gait.kind}, camera {gait.camera} | {off} | {faults} | {'; '.join(read)} |"
