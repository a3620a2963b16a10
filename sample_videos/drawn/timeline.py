"""When things happen: the beat of repetitions, and dials that turn with time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sample_videos.drawn.person import USUAL, Person
from sample_videos.drawn.scene import STUDIO, Scene

Array = NDArray[np.float64]

#: Seconds a dial takes to turn in and out.
RAMP_S = 0.7


@dataclass(frozen=True)
class Span:
    """A dial that is turned to ``value`` between two times, seconds."""

    start_s: float
    end_s: float = np.inf
    value: float = 1.0


#: One value for all, one value a repetition, or time spans.
Dial = float | Span | Sequence[float]


@dataclass(frozen=True)
class Script:
    """What shall be performed and how it is filmed.

    Attributes
    ----------
    exercise : a key of `motions.EXERCISES`.
    view : side, front, back or oblique; ``facing`` is where the person looks in side view.
    filming : of what goes on two feet: from a fixed place, "panning" with it over the ground in a hand, or
        "outdoors" from a fixed place that it passes.
    size : width and height of the picture, px.
    depth : share of the full movement, one for all or one a repetition.
    half_s, peak_s, rest_s : each way, at the peak and between repetitions; None is the exercise's own.
    duration_s : of a hold or a run, between lead-in and lead-out.
    cadence_spm : steps a minute; None is the motion's own.
    variant : of a plank, "forearm" or "high"; of a side plank, "forearm" or "hand"; of a lunge, "split".
    side : the side that works where only one does.
    lead_s : still at the start and the end.
    dials : what is wrong, 0 clean, 1 beyond the error limit.
    sway : natural unrest of the body, 1 natural; noise : of the landmarks, trunk lengths; both seeded.
    person, scene : who does it, and where.
    """

    exercise: str
    view: str = "side"
    facing: Literal["left", "right"] = "right"
    filming: Literal["fixed", "panning", "outdoors"] = "fixed"
    fps: float = 30.0
    size: tuple[int, int] = (640, 480)
    reps: int = 4
    depth: float | Sequence[float] = 1.0
    half_s: float | None = None
    peak_s: float | None = None
    rest_s: float | None = None
    duration_s: float = 12.0
    cadence_spm: float | None = None
    variant: str = "forearm"
    side: Literal["left", "right"] = "left"
    lead_s: float = 1.0
    dials: Mapping[str, Dial] = field(default_factory=dict)
    sway: float = 0.0
    noise: float = 0.0
    seed: int = 0
    person: Person = USUAL
    scene: Scene = STUDIO


@dataclass(frozen=True)
class Beat:
    """One repetition: leaves rest, reaches the peak, leaves it, is back; seconds."""

    start_s: float
    top_s: float
    leave_s: float
    end_s: float


def smooth(x: Array) -> Array:
    """Minimum-jerk way from 0 (x <= 0) to 1 (x >= 1)."""
    x = np.clip(x, 0.0, 1.0)
    out: Array = x**3 * (10 - 15 * x + 6 * x * x)
    return out


def each(value: float | Sequence[float], count: int, name: str) -> list[float]:
    """One number a repetition."""
    if isinstance(value, int | float):
        return [float(value)] * count
    if len(value) != count:
        raise ValueError(f"{name}: {len(value)} values for {count} repetitions")
    return [float(v) for v in value]


class Timeline:
    """The clock of a script: frame times, beats, and every dial as an array over the frames."""

    def __init__(
        self, script: Script, tempo: tuple[float, float, float] | None, quick_s: float = 0.6
    ) -> None:
        """``tempo``: half, peak and rest, seconds or None; ``quick_s``: a half that is too fast."""
        self.script = script
        self.beats: list[Beat] = []
        self._dials: dict[str, Array] = {}
        end = script.lead_s + script.duration_s if tempo is None else self._lay_beats(tempo, quick_s)
        self.end_s = end
        self.t: Array = np.arange(round((end + script.lead_s) * script.fps)) / script.fps
        self._rng = np.random.default_rng(script.seed)

    def _lay_beats(self, tempo: tuple[float, float, float], quick_s: float) -> float:
        s = self.script
        chosen = (s.half_s, s.peak_s, s.rest_s)
        half, peak, rest = (own if mine is None else mine for mine, own in zip(chosen, tempo, strict=True))
        hurry = s.dials.get("too_fast", 0.0)
        if isinstance(hurry, Span):
            raise ValueError("too_fast: one value, or one value a repetition")
        start = s.lead_s
        for share in each(hurry, s.reps, "too_fast"):
            way = half + share * (quick_s - half)
            beat = Beat(start, start + way, start + way + peak, start + 2 * way + peak)
            self.beats.append(beat)
            start = beat.end_s + rest
        return start - rest if s.reps else start

    def progress(self) -> Array:
        """(T,) 0 at rest, ``depth`` at the peak of each repetition."""
        out = np.zeros_like(self.t)
        for beat, depth in zip(self.beats, each(self.script.depth, len(self.beats), "depth"), strict=True):
            rise = smooth((self.t - beat.start_s) / (beat.top_s - beat.start_s))
            fall = smooth((self.t - beat.leave_s) / (beat.end_s - beat.leave_s))
            out += depth * (rise - fall)
        return out

    def of_rep(self, values: Sequence[float]) -> Array:
        """(T,) one value a repetition, changing smoothly in the rests between."""
        out = np.full_like(self.t, values[0] if values else 0.0)
        for k in range(1, len(self.beats)):
            gap = (self.beats[k - 1].end_s, self.beats[k].start_s)
            out += (values[k] - values[k - 1]) * smooth((self.t - gap[0]) / max(gap[1] - gap[0], 1e-6))
        return out

    def dial(self, name: str, weight: Array | float = 1.0) -> Array:
        """(T,) a dial times ``weight``; remembered, so that the truth can say when it was turned."""
        setting = self.script.dials.get(name, 0.0)
        if isinstance(setting, Span):
            rise = smooth((self.t - setting.start_s) / RAMP_S)
            fall = smooth((self.t - setting.end_s) / RAMP_S) if np.isfinite(setting.end_s) else 0.0
            turned = setting.value * (rise - fall)
        elif isinstance(setting, int | float):
            turned = np.full_like(self.t, setting)
        else:
            turned = self.of_rep(each(setting, len(self.beats), name))
        out = np.asarray(turned * weight, float)
        self._dials[name] = out
        return out

    def unrest(self, amplitude: float) -> Array:
        """(T,) slow natural drift of about ``amplitude``, none if the script has no sway."""
        waves = self._rng.uniform([0.15, 0.0], [0.7, 2 * np.pi], size=(4, 2))
        drift = sum(np.sin(2 * np.pi * f * self.t + shift) for f, shift in waves)
        return self.script.sway * amplitude * drift / 2

    @property
    def known(self) -> tuple[str, ...]:
        """Names of the dials that the exercise has asked for."""
        return (*self._dials, *(("too_fast",) if self.beats else ()))

    def faults(self) -> list[dict[str, object]]:
        """When each dial was turned by half or more: id, start_s, end_s, dial (the most it was turned)."""
        found: list[dict[str, object]] = []
        for name, series in self._dials.items():
            on = np.flatnonzero(np.diff(np.concatenate([[0], np.abs(series) >= 0.5, [0]]).astype(int)))
            found += [self._fault(name, self.t[a], self.t[b - 1], series[a:b]) for a, b in on.reshape(-1, 2)]
        hurry = each(self.script.dials.get("too_fast", 0.0), len(self.beats), "too_fast")  # type: ignore[arg-type]
        for beat, share in zip(self.beats, hurry, strict=True):
            if share >= 0.5:
                found.append(self._fault("too_fast", beat.start_s, beat.end_s, np.array([share])))
        return sorted(found, key=lambda fault: (fault["start_s"], fault["id"]))

    @staticmethod
    def _fault(name: str, start: float, end: float, series: Array) -> dict[str, object]:
        most = float(series[np.argmax(np.abs(series))])
        return {
            "id": name,
            "start_s": round(float(start), 3),
            "end_s": round(float(end), 3),
            "dial": round(most, 3),
        }
