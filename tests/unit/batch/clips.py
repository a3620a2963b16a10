"""Made-up results of clips."""

from typing import Any

from formcheck.outputs.batch_clip import BatchClip, Blame, Score

SAFETY = Blame("knees", "Push your knees out", "error", True)
CLEAR = Blame("fold", "Lift your chest", "error", False)
SMALL = Blame("shift", "Keep your trunk still", "warn", True)


def score(*faults: Blame, **words: Any) -> Score:
    values: dict[str, Any] = {
        "exercise": "squat",
        "exercise_name": "Squat",
        "chosen_by": "user",
        "confidence": None,
        "score": 82,
        "coverage": 0.75,
        "attempts": 5,
        "reps": 4,
        "good_reps": 3,
        "hold_s": None,
        "done": "4 of 5 attempts",
        "count_confidence": 0.9,
        "doubt": None,
    }
    return Score(**(values | words), faults=faults)


def ok(name: str, *faults: Blame, **words: Any) -> BatchClip:
    return BatchClip(
        f"/in/{name}.mp4", f"{name}.mp4", "ok", None, name, 3.25, score(*faults, **words), True, True
    )


def unjudged(name: str, reason: str = "nobody was found", **words: Any) -> BatchClip:
    return BatchClip(f"/in/{name}.mp4", f"{name}.mp4", "not_judgeable", reason, **words)


def failed(name: str, reason: str = "the file is empty") -> BatchClip:
    return BatchClip(f"/in/{name}.mp4", f"{name}.mp4", "failed", reason)
