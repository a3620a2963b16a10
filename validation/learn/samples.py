"""Takes of real people and of strangers, as windows with the exercise that each shows."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed

from formcheck.engine.body.observe import Observation
from formcheck.engine.recognise.evidence import NONE
from formcheck.engine.recognise.recognise import posture_parts
from formcheck.engine.recognise.windows import Windows, windows_of
from formcheck.engine.recording import bodies_of
from formcheck.pose.store import load_poses
from formcheck.signals.registry import SIGNALS
from formcheck.types.frame import QUARTERS
from validation.lab.report import source_of
from validation.lab.strangers import KINDS, stranger
from validation.labels import KEPT, Label, Labelled
from validation.learn.varied import varied
from validation.manifests import labelled

#: Sets of real people that are learnt from; the others are our own drawings.
SETS = ("clips", "clips2", "corpus", "repcount", "form", "pushups")
#: Seeds of the strangers learnt from (even ones), of those on whom trust is fitted, of more who do nothing
#: of ours, of some seen without any error (and of more who do nothing), and of some in turned pictures.
LEARNT, TRUSTED, IDLE, STILL = range(0, 60, 2), range(81, 91, 2), range(60, 1000, 2), range(3000, 3200, 2)
PERFECT, TURNED = range(1000, 1024, 2), range(2000, 2036, 2)
#: Of strangers filmed from anywhere, with the errors of a pose model and without.
ANYWHERE, ANYWHERE_PERFECT = range(4000, 4040, 2), range(5000, 5030, 2)
#: Sets of many takes of few people and places; variants of each other take, and shorter windows of it, s.
LARGE, VARIANTS, SHORTER = ("form", "pushups"), 6, (2.0, 3.0)
#: A window shows what it overlaps by this share, and nothing of what it overlaps by less than the second.
SHOWS, SHOWS_NOT = 0.75, 0.25
#: Neither: of an exercise in part.
PARTLY = "?"


def signals() -> tuple[str, ...]:
    """Every signal of either side that does not hang on the size of the picture."""
    free = ((name, s.sided) for name, s in sorted(SIGNALS.items()) if s.unit != "px")
    return tuple(
        word for name, sided in free for word in ((f"{name}.near", f"{name}.far") if sided else (name,))
    )


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One take: where it is from, and the class of the whole and of each window."""

    name: str
    source: str
    exercise: str
    shown: tuple[str, ...]
    windows: Windows

    @property
    def set(self) -> str:
        """Of which set it is; "lab" for strangers."""
        return self.name.split("/")[0]


def real() -> Iterator[Sample]:
    """Every labelled take of real people in which somebody is found."""
    for one in found_people():
        yield _of(one, windows_of(parts_of(one.name), signals()))


def found_people() -> Iterator[Labelled]:
    """Labelled takes of real people in which somebody is found."""
    return (one for one in labelled(KEPT / "poses") if one.set in SETS and load_poses(one.poses).found.any())


def varied_people() -> Iterator[Sample]:
    """The same people as others would have moved and been filmed, and cut shorter; not of the large sets."""
    for number, one in enumerate(one for one in found_people() if one.set not in LARGE):
        bodies, rng = bodies_of(load_poses(one.poses), None), np.random.default_rng(number)
        for _ in range(VARIANTS):
            yield _of(one, windows_of(posture_parts(varied(bodies, rng)), signals()))
        for long_s in SHORTER:
            yield _of(one, windows_of(posture_parts(bodies), signals(), long_s))


def _of(one: Labelled, windows: Windows) -> Sample:
    exercise = class_of(one.label)
    return Sample(one.name, origin(one.name), exercise, (exercise,) * len(windows), windows)


def origin(name: str) -> str:
    """Who filmed or collected a take; whole data sets where they tell no people apart."""
    set_, _, rest = name.partition("/")
    return {"pushups": set_, "form": rest.partition("/")[0]}.get(set_) or source_of(name)


def class_of(label: Label) -> str:
    """The class of a label: what the catalogue lacks is none of it."""
    return label.known or NONE


def strangers(
    seeds: range, kinds: tuple[str, ...] = KINDS, *, perfect: bool = False, anywhere: bool = False
) -> Iterator[Sample]:
    """Strangers of these seeds; who walks in or out does nothing meanwhile."""
    for kind in kinds:
        for seed in seeds:
            poses, truth = stranger(kind, seed, perfect=perfect, anywhere=anywhere)
            poses = bodies_of(poses, None)
            if not poses.found.any():
                continue
            windows = windows_of(posture_parts(poses), signals())
            shown = tuple(
                kind if kind == NONE else _shown(kind, a, b, truth.start_s, truth.end_s)
                for a, b in zip(windows.start_s, windows.end_s, strict=True)
            )
            name = f"lab/{kind}/{seed}"
            yield Sample(name, name, kind, shown, windows)


def turned(seeds: range) -> Iterator[Sample]:
    """Strangers whose picture is turned: their movement seems another, and is none."""
    for kind in KINDS:
        for seed in seeds:
            turn = QUARTERS[1 + seed // 2 % 3]
            poses = bodies_of(stranger(kind, seed, perfect=seed % 4 == 0)[0], None).turned(turn)
            windows = windows_of(posture_parts(poses), signals())
            name = f"turned/{kind}/{seed}"
            yield Sample(name, name, NONE, (NONE,) * len(windows), windows)


def _shown(kind: str, start: float, end: float, from_s: float, to_s: float) -> str:
    share = max(0.0, min(end, to_s) - max(start, from_s)) / max(end - start, 1e-6)
    return kind if share >= SHOWS else NONE if share <= SHOWS_NOT else PARTLY


def parts_of(name: str) -> list[Observation]:
    """A take again, in its parts."""
    if name.startswith("lab/"):
        _, kind, seed = name.split("/")
        poses = stranger(kind, int(seed))[0]
    else:
        poses = load_poses(_files()[name])
    return posture_parts(bodies_of(poses, None))


@cache
def _files() -> dict[str, Path]:
    return {one.name: one.poses for one in labelled(KEPT / "poses")}


def kept(path: Path) -> dict[str, list[Sample]]:
    """All samples, by what they are for; looked at once and kept in a file until it is removed."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(pickle.dumps(_looked_at()))
    found: dict[str, list[Sample]] = pickle.loads(path.read_bytes())
    return found


def _looked_at() -> dict[str, list[Sample]]:
    """All samples, by what they are for."""
    makers: list[tuple[str, partial[Iterator[Sample]]]] = [
        ("learnt", partial(strangers, LEARNT)),
        ("learnt", partial(strangers, ANYWHERE, anywhere=True)),
        ("learnt", partial(strangers, ANYWHERE_PERFECT, perfect=True, anywhere=True)),
        ("learnt", partial(turned, TURNED)),
        ("learnt", partial(strangers, PERFECT, perfect=True)),
        ("learnt", partial(strangers, IDLE, (NONE,))),
        ("learnt", partial(strangers, STILL, (NONE,), perfect=True)),
        ("varied", partial(varied_people)),
        ("trusted", partial(strangers, TRUSTED)),
        ("real", partial(real)),
    ]
    made = Parallel(n_jobs=-1)(delayed(lambda make: list(make()))(make) for _, make in makers)
    out: dict[str, list[Sample]] = {name: [] for name, _ in makers}
    for (name, _), samples in zip(makers, made, strict=True):
        out[name] += samples
    return out


def sparse(sample: Sample) -> Sample:
    """A take with every second window: neighbours share most of their frames."""
    w = sample.windows
    kept = Windows(*(x[::2] for x in (w.start_s, w.end_s, w.looks, w.views)))
    return replace(sample, shown=sample.shown[::2], windows=kept)


def stacked(samples: list[Sample]) -> tuple[Windows, np.ndarray, np.ndarray]:
    """All windows of some samples, the class of each and the sample that it is of."""
    w = [s.windows for s in samples if len(s.windows)]
    of = np.repeat(np.arange(len(samples)), [len(s.windows) for s in samples])
    shown = np.array([c for s in samples for c in s.shown])
    join = Windows(
        *(np.concatenate([getattr(x, f) for x in w]) for f in ("start_s", "end_s", "looks", "views"))
    )
    return join, shown, of
