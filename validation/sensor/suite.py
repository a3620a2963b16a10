"""The drawn clips of the bench: every exercise twice, and runs, over the people and scenes of `cast`.

Whoever tunes on some and reports on others splits them by `Take.person` or `Take.scene`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sample_videos.drawn.clips import Clip
from sample_videos.drawn.film import Codec
from sample_videos.drawn.motions import EXERCISES
from sample_videos.drawn.timeline import Script
from validation.sensor.cast import CODECS, PEOPLE, SCENES

LEAD_S, LONGEST_S, RUN_S = 0.4, 6.0, 5.2
#: Sizes in turn; the last is what messengers make of a clip.
SIZES, SMALL = ((640, 480), (854, 480)), (480, 360)
#: Filmed twice as often as the others.
AT_60 = ("squat", "push_up", "jumping_jack", "lunge", "mountain_climber", "jump_squat")
#: Filmed as films are.
AT_24 = ("sit_up", "superman", "front_raise", "glute_bridge", "beetle", "pull_up")
#: A repetition's half, peak and rest last at most so long, seconds, so that two fit.
CALM = (1.0, 0.4, 0.4)
#: Of a quick clip: what they last against the exercise's own, and a half at least; one with a jump in it.
QUICK, LEAST_HALF_S, LEAST_JUMP_S = 0.5, 0.4, 0.9

#: Runs: view, facing, frames a second, steps a minute, on a treadmill, dials.
_RUNS: tuple[tuple[str, Any, float, float, bool, dict[str, float]], ...] = (
    ("side", "left", 60, 150, True, {}),
    ("side", "right", 60, 165, True, {}),
    ("side", "left", 60, 175, True, {"overstride": 0.8}),
    ("side", "right", 60, 185, False, {}),
    ("side", "left", 60, 170, False, {"knee_straight": 0.7}),
    ("side", "right", 60, 158, True, {"bounce": 0.8}),
    ("front", "right", 60, 165, True, {}),
    ("front", "right", 60, 180, False, {}),
    ("back", "right", 60, 160, True, {"pelvic_drop": 0.7}),
    ("back", "right", 60, 174, True, {}),
    ("side", "left", 30, 168, True, {}),
    ("side", "right", 30, 180, False, {}),
    ("front", "right", 30, 172, True, {}),
    ("back", "right", 30, 163, True, {}),
)


@dataclass(frozen=True)
class Take:
    """One clip of the bench.

    Attributes
    ----------
    clip : what is drawn.
    family : what it is reported under: standing, jumping, lying face down, on the back, running.
    person, scene, codec : keys of `cast`.
    """

    clip: Clip
    family: str
    person: str
    scene: str
    codec: str

    @property
    def name(self) -> str:
        """Of the clip."""
        return self.clip.name

    @property
    def encoding(self) -> Codec:
        """How its pictures are compressed."""
        return CODECS[self.codec]

    @property
    def key(self) -> str:
        """Changes with anything that changes its pictures, but for the drawing itself."""
        said = repr((self.clip.script, self.clip.treadmill, self.encoding))
        return hashlib.sha256(said.encode()).hexdigest()[:12]


FAMILIES = {
    "standing": ("squat", "lunge", "single_leg_stability_hold", "single_leg_stability_reach",
                 "single_leg_deadlift", "wall_lat_pulldown", "front_raise"),
    "jumping": ("single_leg_jump_squat", "forward_jump_squat", "jump_squat", "jumping_jack"),
    "hanging": ("pull_up", "pommel_horse"),
    "prone": ("push_up", "plank_hold", "high_plank_leg_lift", "high_plank_limb_raise", "mountain_climber",
              "quadruped_limb_raise", "cat_cow", "superman", "superman_pull"),
    "on its side": ("side_plank_hold", "low_side_plank_lift"),
    "supine": ("beetle", "figure_four_stretch", "supine_twist", "single_leg_bridge", "glute_bridge", "v_up",
               "single_leg_v_up", "sit_up", "bench_press"),
    "running": ("running",),
}  # fmt: skip
_FAMILY = {exercise: family for family, them in FAMILIES.items() for exercise in them}


def tempo(exercise: str, *, quick: bool = False) -> dict[str, Any]:
    """Repetitions that fit into a clip, at about the exercise's own tempo or a quick one."""
    own = EXERCISES[exercise].tempo
    if own is None:
        return {"duration_s": LONGEST_S - 2 * LEAD_S - 0.6}
    half, peak, rest = (min(part, most) for part, most in zip(own, CALM, strict=True))
    if quick:
        least = LEAST_JUMP_S if exercise.endswith("jump_squat") else LEAST_HALF_S
        half, peak, rest = max(QUICK * half, min(half, least)), QUICK * peak, QUICK * rest
    reps = max(1, int((LONGEST_S - 2 * LEAD_S + rest + 1e-6) / (2 * half + peak + rest)))
    return {"reps": reps, "half_s": half, "peak_s": peak, "rest_s": rest}


def _script(k: int, exercise: str, fps: float, **more: Any) -> tuple[Script, str, str, str]:
    """A script with the next person, scene and codec in turn."""
    n = len(PEOPLE)
    person, scene = list(PEOPLE)[k % n], list(SCENES)[(5 * k + 3 * (k // n)) % len(SCENES)]
    codec = list(CODECS)[k % len(CODECS)]
    size = SMALL if codec == "messenger" else SIZES[k // 2 % 2]
    if more.get("view") in ("front", "back") and EXERCISES[exercise].span_m is None:
        size = size[1], min(size[0], 640)
    script = Script(
        exercise, fps=fps, size=size, lead_s=LEAD_S, sway=1.0, seed=1000 + k, person=PEOPLE[person],
        scene=SCENES[scene], **more,
    )  # fmt: skip
    return script, person, scene, codec


def _runs() -> Iterator[Take]:
    for k, (view, facing, fps, cadence, treadmill, dials) in enumerate(_RUNS):
        script, *where = _script(
            k * 5 + 1, "running", fps, view=view, facing=facing, duration_s=RUN_S - 2 * LEAD_S,
            cadence_spm=cadence, dials=dials,
        )  # fmt: skip
        name = f"run_{view}_{fps:.0f}_{cadence:.0f}"
        yield Take(Clip(name, "", script, treadmill=treadmill), "running", *where)


def _exercises() -> Iterator[Take]:
    still = [exercise for exercise in EXERCISES if exercise in _FAMILY and exercise != "running"]
    for k, (exercise, quick) in enumerate((e, q) for q in (False, True) for e in still):
        kind = EXERCISES[exercise]
        if quick and kind.tempo is None:
            continue
        fps = 60.0 if quick and exercise in AT_60 else 24.0 if exercise in AT_24 else 30.0
        facing = "left" if k % 3 == 0 else "right"
        script, *where = _script(
            k, exercise, fps, view=kind.view, facing=facing, side=facing, **tempo(exercise, quick=quick)
        )
        name = f"{exercise}_quick" if quick else exercise
        yield Take(Clip(name, "", script), _FAMILY[exercise], *where)


TAKES = (*_runs(), *_exercises())
