"""Made-up sessions, realistic enough to look at."""

import math

import numpy as np

from formcheck.types import (
    Advice,
    Check,
    ExerciseRecord,
    Fault,
    Finding,
    Gait,
    GaitDrift,
    Grounds,
    Hold,
    Metric,
    Model,
    Rep,
    Rom,
    Section,
    Session,
    SourceRecord,
    Summary,
    Tempo,
    Trace,
    ViewRecord,
    Worst,
)
from formcheck.types.reason import said
from formcheck.types.result import GaitResult, HoldResult, RepResult

CREATED = "2026-11-23T10:15:00+01:00"
MODEL = Model("pose_landmarker_full", "5134a3aad27a58b93da0088d431f366da362b44e3ccfbe3462b3827a839011b1")
NOT_SIDE = said("needs a view from the front or back; this one is side")
NEVER = (
    "The curve of the lower back: there is no landmark between shoulder and hip.",
    "Breathing and muscle tension.",
)


def source(name="squat-side.mp4", duration_s=24.0, **kwargs):
    frames = round(duration_s * 29.97)
    values = {
        "sha256": "9f2c" * 16,
        "fps": 29.970029,
        "width_px": 1080,
        "height_px": 1920,
        "frames": frames,
        "frames_with_pose": frames - 12,
    }
    return SourceRecord(name, duration_s=duration_s, **(values | kwargs))


def exercise(name="Squat", kind="reps", **kwargs):
    values = {"digest": "ab12" * 16, "status": "draft", "chosen_by": "user", "confidence": None}
    return ExerciseRecord(name.lower().replace(" ", "_"), name, kind, **(values | kwargs))


def finding(check, value, limit, verdict="ok", unit="deg", **kwargs):
    return Finding(check, value, unit, limit, verdict, kwargs.get("seen", 0.96), kwargs.get("reason"))


def squat_rep(n, start, fold=18.0, depth=96.0, score=92):
    counted = depth >= 80
    verdict = "error" if fold > 38 else "warn" if fold > 25 else "ok"
    return Rep(
        n,
        "both",
        start,
        start + 1.5,
        start + 3.1,
        counted,
        None if counted else "partial_range",
        Rom(depth, "deg"),
        Tempo(1.31234567, 0.4, 1.2),
        score if counted else 0,
        (
            finding("trunk_fold", fold, 38.0 if verdict == "error" else 25.0, verdict),
            finding("heels_up", 0.021, 0.08, unit="S"),
            finding("knee_valgus", None, None, "not_assessable", seen=0.0, reason=NOT_SIDE),
        ),
    )


def squat_traces():
    t = np.arange(0, 24, 1 / 30)
    depth = np.zeros_like(t)
    fold = 8 + 1.2 * np.sin(t * 3)
    for n, start in enumerate(1.0 + 3.7 * np.arange(6)):
        hump = np.where((t > start) & (t < start + 3.1), np.sin((t - start) / 3.1 * np.pi) ** 2, 0)
        depth += hump * (62 if n == 3 else 96)
        fold += hump * (14 if n < 4 else 35 if n == 4 else 24)
    depth[(t > 10.2) & (t < 11.0)] = np.nan
    heel = 0.02 + 0.008 * np.sin(t * 5)
    return (
        Trace("cycle", "Bend of the knees", "deg", t, depth, full=80.0),
        Trace(
            "trunk_fold",
            "How far the trunk folds over the thighs",
            "deg",
            t,
            fold,
            (None, 25.0),
            (None, 38.0),
        ),
        Trace("heels_up", "Whether the heels stay down", "S", t, heel, (None, 0.08), (None, 0.14)),
    )


def squat(name="squat-side.mp4"):
    """Six attempts, the fourth too shallow, the fifth and sixth folded forward."""
    starts = [1.0 + 3.7 * i for i in range(6)]
    folds, depths, scores = [18, 19.4, 20, 15, 43.26, 31], [96, 95, 97, 62, 96, 94], [95, 94, 92, 0, 61, 78]
    reps = tuple(
        squat_rep(i + 1, *row) for i, row in enumerate(zip(starts, folds, depths, scores, strict=True))
    )
    return Session(
        "0.1.0",
        source(name),
        MODEL,
        exercise(chosen_by="recognised", confidence=0.87, grounds=Grounds(("leap",), ())),
        ViewRecord("side", "left", "left"),
        Summary(6, 5, 3, None, None, 82, 0.75),
        result=RepResult(reps),
        faults=(
            Fault(
                "trunk_fold",
                "Chest up",
                "The trunk folded forward.",
                "error",
                False,
                2,
                Worst(43.26, "deg", 38.0, 17.3),
                ((16.4, 18.6), (20.4, 22.0)),
                (11, 23, 25),
                "evidence/trunk_fold.jpg",
            ),
            Fault(
                "neck_up",
                "Look straight ahead",
                "Your head was tipped back instead of in line with your spine.",
                "warn",
                True,
                1,
                Worst(31.0, "deg", 30.0, 5.9),
                ((5.6, 6.3),),
                (0, 11),
            ),
        ),
        checks=(
            Check("trunk_fold", "error", None, 0.97, "How far the trunk folds over the thighs"),
            Check("neck_up", "warn", None, 0.9, "Whether the head stays in line with the spine"),
            Check("heels_up", "ok", None, 0.93, "Whether the heels stay down"),
            Check("too_fast", "ok", None, 0.98, "Whether each way is slow enough to control"),
            Check("partial_range", "ok", None, 0.98, "Whether each repetition is deep enough"),
            Check("hip_shift", "not_assessable", NOT_SIDE, 0.0, "Whether the weight stays on both feet"),
            Check("knee_valgus", "not_assessable", NOT_SIDE, 0.0, "Whether the knees stay over the feet"),
            Check("unsteady", "ok", None, 0.95, "Whether you stay in balance"),
        ),
        capture=(
            Advice(
                "turn_side_on",
                said("The camera stood a little in front of you. Place it exactly at your side."),
            ),
        ),
        traces=squat_traces(),
        not_judged=NEVER,
    )


def plank():
    """A hold that sags in the end."""
    t = np.arange(0, 50, 1 / 30)
    line = -2 - np.clip(t - 30, 0, None) * 0.9 + 0.8 * np.sin(t)
    neck = 12 + 4 * np.sin(t / 4)
    neck[(t > 20) & (t < 24)] = np.nan
    return Session(
        "0.1.0",
        source("plank.mov", 50.0, width_px=640, height_px=480),
        MODEL,
        exercise("Plank", "hold", status="reviewed"),
        ViewRecord("side", "right", "right"),
        Summary(0, 0, 0, 46.2, 38.9, 74, 0.857),
        result=HoldResult((Hold("both", 2.0, 48.2, 46.2, 38.9, 1),)),
        faults=(
            Fault(
                "hip_sag",
                "Lift your hips",
                "Your hips dropped below the line, which loads the lower back.",
                "error",
                True,
                3,
                Worst(-18.4, "deg", -14.0, 47.6),
                ((36.7, 41.0), (41.3, 48.2)),
                (11, 23, 27),
            ),
        ),
        checks=(
            Check("hip_sag", "error", None, 0.99, "Whether the hips sink"),
            Check("hip_pike", "ok", None, 0.99, "Whether the hips rise"),
            Check("neck_up", "ok", None, 0.88, "Whether the head is in line"),
            Check(
                "shoulders_off",
                "not_assessable",
                said("the far elbow was hidden for 70 % of the time"),
                0.3,
                "Whether the shoulders stay over the elbows",
            ),
        ),
        traces=(
            Trace(
                "hip_sag", "Bend of the body line at the hips", "deg", t, line, (-8.0, 14.0), (-14.0, 22.0)
            ),
            Trace("neck_up", "Pitch of the head", "deg", t, neck, (None, 30.0), (None, 50.0)),
        ),
        not_judged=NEVER,
    )


def running():
    """A treadmill run from the side."""
    t = np.arange(0, 60, 1 / 60)
    lean = 9 + t * 0.14 + 2.5 * np.sin(t * 18)
    metrics = {
        "lean_forward": Metric(15.2, "deg", "ok", 158, 2.1),
        "head_forward": Metric(0.284, "S", "warn", 158, 0.02),
        "overstride": Metric(17.3, "deg", "error", 74, 3.3),
        "vertical_oscillation": Metric(0.19, "S", "ok", 150, 0.02),
        "pelvic_drop": Metric(None, "deg", "not_assessable", 0, None, NOT_SIDE),
    }
    return Session(
        "0.1.0",
        source("treadmill side 60fps.mp4", 60.0, fps=59.94, frames=3597, frames_with_pose=3590),
        MODEL,
        exercise("Running", "gait"),
        ViewRecord("side", "right", "right"),
        Summary(0, 0, 0, None, None, 71, 0.64),
        result=GaitResult(
            Gait(
                171.6,
                158,
                metrics,
                {
                    "lean_forward": GaitDrift(11.1, 16.4, 5.3, 0.9, True),
                    "head_forward": GaitDrift(0.27, 0.28, 0.01, 0.02, False),
                },
                "fixed",
            )
        ),
        faults=(
            Fault(
                "overstride",
                "Land under your hips",
                "Your foot landed ahead of your knee.",
                "error",
                False,
                5,
                Worst(19.1, "deg", 16.0, 41.0),
                ((22.0, 44.0),),
                (25, 27),
            ),
            Fault(
                "head_forward",
                "Head over shoulders",
                "Your head led your body.",
                "warn",
                True,
                12,
                Worst(0.301, "S", 0.26, 55.2),
                tuple((4.0 * i, 4.0 * i + 2) for i in range(2, 14)),
                (8, 12),
            ),
        ),
        checks=(
            Check("lean_forward", "ok", None, 1.0, "How far you lean"),
            Check("overstride", "error", None, 0.9, "Where the foot lands"),
            Check("head_forward", "warn", None, 1.0, "Whether the head leads the body"),
            Check("pelvic_drop", "not_assessable", NOT_SIDE, 0.0, "Whether the pelvis stays level"),
        ),
        capture=(
            Advice("rear_view", said("Film a second clip from behind at hip height to see the pelvis.")),
        ),
        traces=(Trace("lean_forward", "Lean of the trunk", "deg", t, lean, (-2.0, 16.0), (-6.0, 21.0)),),
        not_judged=("Foot pressure and ground forces.",),
    )


def unjudged():
    """Counted, but nothing of the form could be seen."""
    why = said("needs a view from the side; this one is front")
    return Session(
        "0.1.0",
        source("front.mp4"),
        MODEL,
        exercise("Push-up"),
        ViewRecord("front", None, None),
        Summary(3, 3, 0, None, None, None, 0.0),
        result=RepResult(
            tuple(
                Rep(i + 1, "unknown", 2.0 * i, 2.0 * i + 1, 2.0 * i + 2, True, None, None, None, None, ())
                for i in range(3)
            )
        ),
        checks=(
            Check("hip_sag", "not_assessable", why, 0.0, "Whether the hips sink"),
            Check("neck_up", "not_assessable", why, 0.1),
        ),
        capture=(Advice("turn_side_on", said("The body points at the camera. Film from the side instead.")),),
        not_judged=NEVER,
    )


def nothing():
    """Somebody stands about; no repetition, and a signal that is never seen."""
    t = np.arange(0, 5, 1 / 30)
    return Session(
        "0.1.0",
        source("standing.mp4", 5.0, fps=None, sha256=None),
        MODEL,
        exercise("Lunge"),
        ViewRecord("unknown", None, None),
        Summary(0, 0, 0, None, None, None, 0.0),
        checks=(
            Check("trunk_fold", "not_assessable", said("no repetition, hold or steady run to judge"), 0.0),
        ),
        traces=(Trace("cycle", "Bend of the front knee", "deg", t, np.full_like(t, math.nan), full=75.0),),
    )


def hostile():
    """Names and words that would break out of a page, a table or a plot."""
    evil = "<script>alert('x')</script>"
    return Session(
        "0.1.0",
        source(f'{evil}&".mp4'),
        MODEL,
        exercise(f"Squat {evil}"),
        ViewRecord("side", None, None),
        Summary(1, 0, 0, None, None, 40, 1.0),
        result=RepResult(
            (
                Rep(
                    1,
                    "left",
                    0.0,
                    1.0,
                    2.0,
                    False,
                    "=HYPERLINK(1)",
                    Rom(math.nan, "deg"),
                    Tempo(math.inf, 0.1, 0.2),
                    None,
                    (finding("a$b_{", math.nan, 3.0, "warn"),),
                ),
            )
        ),
        faults=(
            Fault(
                "../../a$b_{",
                evil,
                f"{evil} & more",
                "warn",
                False,
                1,
                Worst(4.0, "<b>", 3.0, 1.0),
                ((0.5, 1.5),),
            ),
        ),
        checks=(Check("../../a$b_{", "warn", None, 1.0, evil),),
        capture=(Advice("x", said(evil)),),
        traces=(Trace("../../a$b_{", evil, "<b>", np.array([0.0, 1.0]), np.array([2.0, 4.0]), (None, 3.0)),),
        not_judged=(evil,),
    )


def mixed():
    """Two exercises in one clip."""
    a, b = squat(), plank()
    parts = tuple(
        Section(start, end, s.exercise, s.view, s.summary, s.result, s.faults, s.checks)
        for s, start, end in ((a, 0.0, 24.0), (b, 30.0, 80.0))
    )
    return Session(
        a.formcheck,
        source("two.mp4", 80.0),
        MODEL,
        a.exercise,
        a.view,
        a.summary,
        a.result,
        faults=a.faults,
        checks=a.checks,
        sections=parts,
        traces=a.traces,
    )


ALL = {f.__name__: f for f in (squat, plank, running, unjudged, nothing, hostile, mixed)}
