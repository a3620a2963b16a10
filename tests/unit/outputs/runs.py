"""Made-up runs, as rich as the engine tells them; the numbers are those of a tiring recreational runner."""

from dataclasses import replace

import numpy as np

from formcheck.types import (
    Advice,
    Check,
    Fault,
    Gait,
    GaitDrift,
    Metric,
    Session,
    Summary,
    Trace,
    ViewRecord,
    Worst,
)
from formcheck.types.gait import Curve, MeanStride
from formcheck.types.landmark import COUNT, INDEX
from formcheck.types.reason import said
from formcheck.types.result import GaitResult
from formcheck.types.session import ClipRecord, Condition
from tests.results import with_gait
from tests.unit.outputs.sessions import MODEL, exercise, source

LEAN = "Lean of the trunk from upright; forward is positive."
HEAD = "How far the ears are in front of the shoulders."
SHRUG = "How much nearer the ears are to the shoulders than in the first ten steps."
ELBOW = "Angle inside the elbow; 180 is straight."
SHANK = "Tilt of the shin as the foot lands; positive when the foot is ahead of the knee."
NOT_SIDE = said("needs a view from the front or back; this one is side")
STRIDE_S = 0.7
CONTACT = (0.12, 0.47)

METRICS = {
    "lean": Metric(13.1, "deg", "ok", 81, 2.4, limits=(-2, 16), usual=(2, 12), confidence="high", what=LEAN),
    "head_forward": Metric(
        0.284, "S", "warn", 81, 0.022, limits=(None, 0.26), usual=(0.03, 0.2), confidence="high", what=HEAD
    ),
    "shoulders_up": Metric(
        -0.03, "S", "warn", 81, 0.03, limits=(-0.05, None), confidence="medium", what=SHRUG
    ),
    "elbow": Metric(84.0, "deg", "ok", 78, 9.0, limits=(62, 128), usual=(70, 115), confidence="high",
        what=ELBOW),
    "trunk_sway": Metric(
        None, "deg", "not_assessable", 0, reason=NOT_SIDE,
        what="How far the upper body rocks from side to side.",
    ),
    "cadence": Metric(
        171.6, "spm", "ok", 81, 3.1, usual=(155, 185), confidence="high", what="Cadence: steps a minute."
    ),
    "overstride": Metric(
        17.3, "deg", "error", 74, 3.3, limits=(None, 10), usual=(-5, 8), error=5.0, confidence="medium",
        what=SHANK,
    ),
    "vertical_oscillation": Metric(
        0.19, "S", "ok", 80, 0.02, limits=(None, 0.26), usual=(0.12, 0.27), confidence="medium",
        what="How far the body bounces at each step.",
    ),
    "contact_time": Metric(
        0.247, "s", "ok", 74, 0.017, usual=(0.2, 0.29), error=0.025, confidence="low", experimental=True,
        what="Time that a foot is on the ground.",
    ),
    "pelvic_drop_left": Metric(
        None, "deg", "not_assessable", 0, reason=NOT_SIDE, experimental=True,
        what="How far the free side of the pelvis drops.",
    ),
}  # fmt: skip

STRIDE = {"cadence", "overstride", "vertical_oscillation", "contact_time", "pelvic_drop_left"}
METRICS = {i: replace(m, part="stride" if i in STRIDE else "posture") for i, m in METRICS.items()}

DRIFTS = {
    "lean": GaitDrift(11.1, 14.9, 3.8, 0.9, True, "deg", "In the last third you leaned further forward."),
    "head_forward": GaitDrift(0.262, 0.306, 0.044, 0.01, True, "S",
        "In the last third your head came further forward."),
    "shoulders_up": GaitDrift(-0.012, -0.03, -0.018, 0.01, False, "S"),
    "cadence": GaitDrift(172.3, 170.8, -1.5, 1.1, False, "spm"),
}  # fmt: skip

FAULTS = (
    Fault(
        "overstride", "Land under your hips", "Your foot landed ahead of your knee, so each step brakes.",
        "error", False, 6, Worst(19.1, "deg", 16.0, 41.0), ((22.0, 44.0), (48.0, 57.0)), (25, 27),
        train=("single_leg_bridge", "beetle"),
        metric="overstride",
    ),
    Fault(
        "head_forward", "Head over shoulders", "Your head led your body.", "warn", True, 12,
        Worst(0.312, "S", 0.26, 55.2), tuple((4.0 * i, 4.0 * i + 2) for i in range(2, 14)), (8, 12),
        train=("superman_pull", "wall_lat_pulldown", "quadruped_limb_raise"),
        metric="head_forward",
    ),
    Fault(
        "shoulders_up", "Drop your shoulders", "Your shoulders were tensed toward the ears; common if tired.",
        "warn", True, 2, Worst(-0.062, "S", -0.05, 52.0), ((47.0, 57.0),), (7, 11),
        train=("superman_pull",),
        metric="shoulders_up",
    ),
    Fault(
        "arms_stiff", "Swing from the shoulder", "The arms hardly moved.", "warn", False, 2,
        Worst(17.0, "deg", 20.0, 30.0), ((28.0, 36.0),), (12, 14),
        metric="arms_stiff",
    ),
)  # fmt: skip

CONDITIONS = (
    Condition("view", "ok", said("Seen from the side, square to the camera.")),
    Condition("rate", "limits", said("30 pictures a second: times of the feet are right within 25 ms only.")),
    Condition("speed", "ok", said("Plays in real time.")),
    Condition("size", "ok", said("The runner is 640 pixels tall.")),
    Condition("steps", "ok", said("162 steps in a steady rhythm.")),
    Condition("camera", "ok", said("The camera stands still.")),
    Condition("far_arm", "prevents", said("The far arm is hidden by the trunk: nothing is told of it.")),
)


def bodies(points=51, facing=1.0):
    """(points, 33) complex: a runner from the side, the left leg landing at `CONTACT[0]`."""
    share = np.linspace(0, 1, points)
    at = [0, 0.1, 0.2, 0.35, 0.45, 0.6, 0.75, 0.9, 1]
    thigh_deg = [30, 22, 8, -20, -14, 18, 42, 40, 30]
    knee_deg = [16, 40, 40, 16, 45, 100, 80, 28, 16]
    foot_deg = [8, 0, 0, -35, -75, -70, -25, 5, 8]
    body = np.full((points, COUNT), np.nan, complex)

    def put(name, value):
        body[:, INDEX[name]] = value

    for side, late in (("left", 0.0), ("right", 0.5)):
        phase = (share - CONTACT[0] + late) % 1
        thigh, knee, foot = (np.radians(np.interp(phase, at, x)) for x in (thigh_deg, knee_deg, foot_deg))
        hip = np.zeros(points, complex)
        put(f"{side}_hip", hip)
        put(f"{side}_knee", knee_at := hip - 0.85j * np.exp(1j * thigh))
        put(f"{side}_ankle", ankle := knee_at - 0.85j * np.exp(1j * (thigh - knee)))
        put(f"{side}_heel", heel := ankle + (-0.12 - 0.13j) * np.exp(1j * foot))
        put(f"{side}_toe", heel + 0.45 * np.exp(1j * foot))
        put(f"{side}_shoulder", shoulder := np.full(points, 1j * np.exp(-0.2j)))
        swing = -0.6 * np.cos(2 * np.pi * phase) - 0.15
        put(f"{side}_elbow", elbow := shoulder - 0.6j * np.exp(1j * swing))
        put(f"{side}_wrist", elbow - 0.5j * np.exp(1j * (swing + 1.6)))
        put(f"{side}_ear", shoulder + 0.25 + 0.36j)
    return body if facing > 0 else -body.conj()


def curves(points=101):
    share = np.linspace(0, 1, points)
    wave = np.cos(2 * np.pi * (share - 0.6))
    step = np.sin(4 * np.pi * (share - 0.1))
    rows = (
        ("knee", "Bend of the knee; 0 straight.", "deg", 52 + 45 * wave, 6),
        (
            "thigh",
            "Thigh from upright; forward is positive.",
            "deg",
            10 + 30 * np.sin(2 * np.pi * share + 2),
            4,
        ),
        (
            "shank",
            "Tilt of the shin; positive when the foot is ahead.",
            "deg",
            -30 + 45 * np.roll(wave, 25),
            5,
        ),
        ("bounce", "Height of the hips", "S", 0.09 * step, 0.012),
        ("elbow", ELBOW, "deg", 84 + 8 * wave, 7),
        ("lean", LEAN, "deg", 13 + 1.5 * step, 2),
    )
    made = [Curve(i, what, unit, mean, np.full(points, sd), 74) for i, what, unit, mean, sd in rows]
    made[4].mean[40:55] = np.nan
    return tuple(made)


def traces():
    t = np.arange(81) * STRIDE_S + 1.2
    noise = np.random.default_rng(4).normal(size=(5, len(t)))
    shrug = -0.012 - 0.0005 * t - 0.012 * (t > 45) + 0.012 * noise[2]
    shrug[20:27] = np.nan
    return (
        Trace("lean", LEAN, "deg", t, 10 + 0.1 * t + 1.6 * noise[0], (-2.0, 16.0), (-6.0, 21.0)),
        Trace("head_forward", HEAD, "S", t, 0.25 + 0.001 * t + 0.012 * noise[1], (None, 0.26), (None, 0.32)),
        Trace("shoulders_up", SHRUG, "S", t, shrug, (-0.05, None), (-0.08, None)),
        Trace("elbow", ELBOW, "deg", t, 84 + 5 * noise[3], (62.0, 128.0), (50.0, 145.0)),
        Trace("overstride", SHANK, "deg", t, 15.5 + 0.06 * t + 2 * noise[4], (None, 10.0), (None, 16.0)),
    )


def rich_run(height_m=None):
    """A minute on a treadmill from the side: four faults, and a head that comes forward with time."""
    checks = tuple(
        Check(i, m.verdict, m.reason, 0.95 if m.value is not None else 0.0, m.what)
        for i, m in METRICS.items()
        if i not in {"cadence", "contact_time"}
    )
    return Session(
        "0.3.0",
        source("treadmill side.mp4", 60.0, fps=30.0, frames=1800, frames_with_pose=1796),
        MODEL,
        exercise("Running", "gait"),
        ViewRecord("side", "right", "left"),
        Summary(0, 0, 0, None, None, 71, 0.8),
        result=GaitResult(
            Gait(171.6, 162, METRICS, DRIFTS, "fixed", "run", 81, ((1.2, 19.5), (39.0, 57.5))),
            MeanStride(curves(), bodies(), CONTACT, "left"),
        ),
        faults=FAULTS,
        checks=checks,
        capture=(
            Advice("rear_view", said("Film a second clip from behind at hip height to see the pelvis.")),
            Advice("low_fps", said("Film with 60 pictures a second or more to time the feet.")),
        ),
        conditions=CONDITIONS,
        height_m=height_m,
        traces=traces(),
        not_judged=("the curve of the lower back: there is no landmark between shoulders and hips",),
    )


def tall_run():
    """The same, and the runner's height is known."""
    return rich_run(1.75)


def joined_run():
    """A side clip and a rear clip of one run."""
    run = rich_run()
    rear = source("treadmill rear.mp4", 45.0, fps=30.0)
    clips = (
        ClipRecord(run.source, run.view, run.summary, 171.6, 162, run.conditions),
        ClipRecord(rear, ViewRecord("back", None, None), run.summary, 172.4, 128, CONDITIONS[2:4]),
    )
    drop = Fault(
        "pelvic_drop_left", "Keep hips level", "The free-side hip dropped.", "warn", False, 3,
        Worst(9.4, "deg", 8.0, 21.0), ((18.0, 25.0),), (23, 24), train=("single_leg_bridge",), clip=rear.name,
        metric="pelvic_drop_left",
    )  # fmt: skip
    metric = Metric(
        8.9, "deg", "warn", 40, 1.7, limits=(None, 8), confidence="low", experimental=True,
        what="How far the free side of the pelvis drops.",
    )  # fmt: skip
    checks = tuple(c for c in run.checks if c.id != "pelvic_drop_left")
    return replace(
        with_gait(run, metrics=METRICS | {"pelvic_drop_left": metric}),
        checks=(*checks, Check("pelvic_drop_left", "warn", None, 0.8, metric.what)),
        faults=(replace(run.faults[0], clip=run.source.name), drop),
        clips=clips,
    )


def short_run():
    """Some steps, nothing wrong, nothing to compare."""
    run = rich_run()
    metrics = {i: replace(m, verdict="ok" if m.value is not None else m.verdict) for i, m in METRICS.items()}
    checks = tuple(
        replace(c, verdict="ok" if c.verdict != "not_assessable" else c.verdict) for c in run.checks
    )
    gait = Gait(168.0, 24, metrics, {}, "moving", "run", 12)
    fine = tuple(replace(c, verdict="ok") for c in CONDITIONS)
    return replace(run, result=GaitResult(gait), faults=(), checks=checks, conditions=fine, capture=())


def unseen_run():
    """A run of which no number could be given."""
    why = said("the runner is too small in the picture")
    run = rich_run()
    metrics = {
        i: Metric(None, m.unit, "not_assessable", 0, reason=why, what=m.what) for i, m in METRICS.items()
    }
    checks = tuple(replace(c, verdict="not_assessable", reason=why, seen=0.0) for c in run.checks)
    hidden = tuple(replace(t, value=np.full_like(t.value, np.nan)) for t in run.traces)
    blank = MeanStride(
        tuple(replace(c, mean=np.full_like(c.mean, np.nan)) for c in curves()),
        np.full_like(bodies(), np.nan), None, "left",
    )  # fmt: skip
    return replace(
        run, result=GaitResult(Gait(171.0, 40, metrics), blank), faults=(), checks=checks, traces=hidden,
        summary=replace(run.summary, score=None, coverage=0.0),
    )  # fmt: skip


def walk():
    """Somebody walks."""
    gait = replace(unseen_run().gait, cadence_spm=112.2, kind="walk")
    return replace(unseen_run(), result=GaitResult(gait), traces=())


def on_the_spot():
    """Somebody runs without getting anywhere."""
    run = rich_run()
    return replace(run, result=GaitResult(replace(run.gait, kind="on_the_spot")))


def hostile_run():
    """Words that would break out of the page."""
    evil = "<script>alert('x')</script>"
    run = rich_run()
    metric = replace(METRICS["overstride"], what=evil, unit=evil)
    fault = replace(run.faults[0], cue=evil, why=evil, train=(evil,), clip=evil)
    curve = replace(curves()[0], id=evil, what=evil, unit=evil)
    return replace(
        run,
        source=replace(run.source, name=f"{evil}.mp4"),
        result=GaitResult(
            replace(
                run.gait, metrics={evil: metric}, drift={evil: GaitDrift(1, 2, 1, 0.1, True, evil, evil)}
            ),
            replace(run.mean_stride, curves=(curve,)),
        ),
        faults=(fault,),
        checks=(
            Check("overstride", "error", None, 1.0, evil),
            Check(evil, "not_assessable", said(evil), 0.0, evil),
        ),
        conditions=(Condition(evil, "prevents", said(evil)),),
        traces=(replace(run.traces[0], id=evil, what=evil, unit=evil),),
        capture=(Advice(evil, said(evil)),),
    )


ALL = {
    f.__name__: f
    for f in (rich_run, tall_run, joined_run, short_run, unseen_run, walk, on_the_spot, hostile_run)
}
