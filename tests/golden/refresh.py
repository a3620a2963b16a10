"""Make the golden files anew: ``python -m tests.golden.refresh``. Look at the diff before you commit it."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from formcheck.apps.estimate import estimate
from formcheck.codec.session import session_to_json
from formcheck.engine.recording import judge_recording
from formcheck.pose.looks import looks_of
from formcheck.pose.store import load_poses, save_poses
from formcheck.sources.video import open_source

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "sample_videos"
GOLDEN = {
    "squat_side_shallow": "squat",
    "push_up_pike": "push_up",
    "plank_sag": "plank_hold",
    "bird_dog_arch": "quadruped_limb_raise",
    "running_head_forward": "running",
}


def verdict(name: str) -> str:
    """What the engine says today about a golden clip's landmarks."""
    return session_to_json(judge_recording(load_poses(HERE / f"{name}.npz"), GOLDEN[name]))


def main() -> None:
    """Landmarks only where there are none yet: a new model must not slip in with a new engine."""
    for name in GOLDEN:
        poses = HERE / f"{name}.npz"
        if not poses.exists():
            with open_source(SAMPLES / f"{name}.mp4") as source:
                found = estimate(source, looks_of())
            small = {"image": 1, "world": 3, "visibility": 2}
            save_poses(poses, replace(found, **{k: np.round(getattr(found, k), n) for k, n in small.items()}))
        (HERE / f"{name}.json").write_text(verdict(name), encoding="utf-8")


if __name__ == "__main__":
    main()
