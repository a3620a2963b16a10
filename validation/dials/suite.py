"""The clips of the dials: each exercise clean, and each fault just clear of its error limit and gross.

Which faults a drawn body can plant stands in `tests.exercises.cases`, where they are tried on exact joints.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal
from zlib import crc32

from formcheck.exercises import catalog
from sample_videos.drawn.clips import Clip
from sample_videos.drawn.motions import EXERCISES
from sample_videos.drawn.scene import STUDIO
from sample_videos.drawn.timeline import Script, Span
from tests.exercises.cases import CLEAN, DIALS, Case
from validation.dials.turned import turned
from validation.sensor.cast import CODECS, PEOPLE, SCENES
from validation.sensor.suite import LEAD_S, SMALL, Take, tempo

Level = Literal["clean", "clear", "gross"]

#: Where in the cache the clips lie.
FOLDER = "dials/"
#: Landings want more pictures; the rest is looked at ten times a second.
FPS, RUN_FPS = 24.0, 30.0
#: A hold, and a run that has blocks of steps to be judged, seconds.
HELD_S, RUN_S = 4.6, 8.0
#: A dial that turns during a hold does so later in the tests, whose holds last longer: seconds.
SOONER_S = 3.6
#: Gross is this share of what the tests turn; much further, a body does something else or cannot be drawn.
GROSS = 1.3
GROSS_OF = {"shoulders_off": 1.1, "elbow_off": 1.1, "thighs_apart": 1.0, "too_fast": 1.8}
#: Of how many people each exercise is filmed clean.
CLEAN_TAKES = 2
#: Shutters that are open for long take ten times as long to draw.
_SCENES = {name: scene for name, scene in SCENES.items() if not scene.exposed}


@dataclass(frozen=True)
class Dialled:
    """A clip, and what is wrong in it: a case at a level, or nothing."""

    take: Take
    level: Level
    case: Case | None = None

    @property
    def name(self) -> str:
        """Of the clip; a place in the cache."""
        return self.take.name

    @property
    def script(self) -> Script:
        """What is performed."""
        return self.take.clip.script

    @property
    def square(self) -> Script:
        """The same performance as a camera sees it that stands as it should."""
        return replace(self.script, scene=STUDIO)


def setting(case: Case, share: float) -> Any:
    """A dial turned to a share of what the tests turn; a span of time in its place in a shorter hold."""
    value = case.value
    if isinstance(value, Span) and case.exercise == "running":
        return replace(value, value=value.value * share)
    if isinstance(value, Span):
        return Span(value.start_s - SOONER_S, value.end_s - SOONER_S, value.value * share)
    return value * share


def _dials(case: Case | None, level: Level) -> dict[str, Any]:
    if case is None:
        return {}
    clear = turned().get(name_of(case), 1.0)
    return {
        case.dial: setting(case, max(clear, GROSS_OF.get(case.dial, GROSS)) if level == "gross" else clear)
    }


def _lasting(exercise: str) -> dict[str, Any]:
    """How long a clip is, and how dense its pictures are."""
    if exercise == "running":
        return {"fps": RUN_FPS, "duration_s": RUN_S}
    return {"fps": FPS, **(tempo(exercise) if EXERCISES[exercise].tempo else {"duration_s": HELD_S})}


def _dialled(name: str, exercise: str, view: str, level: Level, case: Case | None = None) -> Dialled:
    """The name alone chooses who does it and where, so that one clip more leaves the others as they are."""
    chance = crc32(name.encode())
    person, scene, codec = (
        list(them)[chance // by % len(them)] for them, by in ((PEOPLE, 1), (_SCENES, 12), (CODECS, 108))
    )
    facing = ("left", "right")[chance // 324 % 2]
    words: dict[str, Any] = {"side": facing, **_lasting(exercise)}
    # A run is compared with its own first steps, which take as long as they take.
    own = ("duration_s",) if exercise != "running" else ()
    words |= {key: word for key, word in (case.words if case else ()) if key not in own}
    upright = view != "side" and EXERCISES[exercise].span_m is None
    script = Script(
        exercise, view=view, facing=facing, size=SMALL[::-1] if upright else SMALL, lead_s=LEAD_S, sway=1.0,
        seed=chance % 9973, person=PEOPLE[person], scene=_SCENES[scene], dials=_dials(case, level), **words,
    )  # fmt: skip
    family = catalog()[exercise].posture or "any"
    take = Take(
        Clip(FOLDER + name, "", script, treadmill=exercise == "running"), family, person, scene, codec
    )
    return Dialled(take, level, case)


def name_of(case: Case) -> str:
    """Of a case: exercise, view, fault and variant."""
    variant = [word for key, word in case.words if key == "variant"]
    return "-".join([case.exercise, case.view, case.fault, *variant])


def _planted(level: Level) -> Iterator[Dialled]:
    for case in DIALS:
        yield _dialled(f"{name_of(case)}-{level}", case.exercise, case.view, level, case)


def _clean() -> Iterator[Dialled]:
    for n in range(CLEAN_TAKES):
        for exercise, view in CLEAN:
            if catalog()[exercise].limits():
                yield _dialled(f"{exercise}-{view}-clean-{n + 1}", exercise, view, "clean")


#: In the order in which they are drawn: what is ended soon has something of everything.
CLIPS: tuple[Dialled, ...] = (*_planted("clear"), *_clean(), *_planted("gross"))
