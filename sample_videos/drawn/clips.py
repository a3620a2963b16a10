"""The sample clips: what is performed in each, and where."""

from dataclasses import dataclass

from sample_videos.drawn.motions import EXERCISES
from sample_videos.drawn.timeline import Script, Span

PORTRAIT = (480, 640)


@dataclass(frozen=True)
class Clip:
    """One clip; ``about`` says what it shows. ``nobody`` leaves the room empty."""

    name: str
    about: str
    script: Script
    treadmill: bool = False
    nobody: bool = False


def _squat(seed: int, **script: object) -> Script:
    quiet = {"half_s": 1.45, "peak_s": 0.3, "rest_s": 0.5, "lead_s": 0.9, "sway": 1.0, "seed": seed}
    return Script("squat", **{**quiet, **script})  # type: ignore[arg-type]


def _push_up(seed: int, **script: object) -> Script:
    quiet = {"reps": 5, "half_s": 1.2, "peak_s": 0.2, "rest_s": 0.5, "sway": 1.0, "seed": seed}
    return Script("push_up", **{**quiet, **script})  # type: ignore[arg-type]


def _plank(seed: int, **script: object) -> Script:
    return Script("plank_hold", sway=1.0, seed=seed, **script)  # type: ignore[arg-type]


def _bird_dog(seed: int, **script: object) -> Script:
    quiet = {
        "reps": 4,
        "half_s": 1.45,
        "peak_s": 0.9,
        "rest_s": 0.5,
        "lead_s": 0.9,
        "sway": 1.0,
        "seed": seed,
    }
    return Script("quadruped_limb_raise", **{**quiet, **script})  # type: ignore[arg-type]


def _run(seed: int, **script: object) -> Script:
    return Script("running", duration_s=13.0, sway=1.0, seed=seed, **script)  # type: ignore[arg-type]


_CHOSEN = (
    Clip("squat_side_clean", "three clean squats, facing left", _squat(1, reps=3, facing="left")),
    Clip(
        "squat_side_shallow",
        "five squats, the fourth much too shallow",
        _squat(2, reps=5, depth=[1.0, 1.0, 1.0, 0.55, 1.0]),
    ),
    Clip(
        "squat_front_valgus",
        "four squats, the knees fall inward in the second and third",
        _squat(
            3, reps=4, view="front", size=PORTRAIT, depth=0.85, dials={"knee_valgus": [0.0, 1.4, 1.4, 0.0]}
        ),
    ),
    Clip("push_up_clean", "five clean push-ups", _push_up(4)),
    Clip(
        "push_up_pike",
        "five push-ups, hips too high from the third on",
        _push_up(5, dials={"hip_pike": [0.0, 0.0, 1.0, 1.0, 1.0]}),
    ),
    Clip("plank_clean", "a clean forearm plank", _plank(6, duration_s=8.0)),
    Clip(
        "plank_sag",
        "a forearm plank, the hips sag from 8 s on",
        _plank(7, duration_s=12.0, dials={"hip_sag": Span(7.6, value=1.2)}),
    ),
    Clip("bird_dog", "four clean raises, left and right leg in turn", _bird_dog(8)),
    Clip(
        "bird_dog_arch",
        "four raises, the leg goes too high and the back arches in the last two",
        _bird_dog(9, dials={"over_arch": [0.0, 0.0, 1.3, 1.3]}),
    ),
    Clip("running_clean", "a clean run on a treadmill", _run(10, cadence_spm=165.0), treadmill=True),
    Clip(
        "running_head_forward",
        "a run on a treadmill, the head goes forward from half-time on",
        _run(11, cadence_spm=170.0, dials={"head_forward": Span(7.5)}),
        treadmill=True,
    ),
    Clip("nobody", "an empty room", Script("plank_hold", duration_s=2.0), nobody=True),
)


def _plain(exercise: str) -> Clip:
    """Three clean repetitions, or a hold of eight seconds."""
    motion = EXERCISES[exercise]
    script = Script(exercise, view=motion.view, reps=3, duration_s=8.0, sway=1.0, seed=len(exercise))
    return Clip(exercise, f"clean: {exercise.replace('_', ' ')}", script)


_SHOWN = {clip.script.exercise for clip in _CHOSEN}
CLIPS = (*_CHOSEN, *(_plain(exercise) for exercise in EXERCISES if exercise not in _SHOWN))


def find(name: str) -> Clip:
    """The clip of that name."""
    for clip in CLIPS:
        if clip.name == name:
            return clip
    raise ValueError(f"no clip {name!r}: choose from {', '.join(clip.name for clip in CLIPS)}")
