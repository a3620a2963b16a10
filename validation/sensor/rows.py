"""Every clip by every sight as one row, kept beside the looks as JSON for whoever wants to look further."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from formcheck.types import PoseSequence
from sample_videos.drawn.timeline import Script
from validation.sensor.looks import CACHE, noted
from validation.sensor.score import Row, Run, score
from validation.sensor.sights import SIGHTS, Sight, Truth, seen
from validation.sensor.suite import Take

FILE = CACHE / "rows.json"
#: What every price is compared with: `full` on every frame of the same clip, in the same run.
BASE = "full_raw"


@dataclass(frozen=True)
class Scored:
    """A clip, a sight, its figures, and its price: ms a frame, and against `full` on every frame."""

    clip: str
    sight: str
    family: str
    person: str
    scene: str
    codec: str
    view: str
    fps: float
    cpu_ms: float
    price: float
    row: Row


def scored(takes: Iterable[Take], sights: Iterable[Sight] = SIGHTS) -> Iterator[Scored]:
    """Those clips that have been looked at."""
    for take in takes:
        for sight in sights:
            found = seen(take.name, sight)
            if found:
                yield _scored(take, sight, *found)


def _scored(take: Take, sight: Sight, poses: PoseSequence, cpu_ms: float) -> Scored:
    truth = Truth.of(take.name)
    script = take.clip.script
    image = poses.image.astype(np.float64)
    row = score(truth.t, image, truth.image, truth.scale, run=_run(script, truth), doubt=poses.doubt)
    price = cpu_ms / noted(CACHE / f"{take.name}__{BASE}.npz").get("cpu_ms", np.nan)
    return Scored(
        take.name, sight.name, take.family, take.person, take.scene, take.codec, script.view, script.fps,
        cpu_ms, price, row,
    )  # fmt: skip


def _run(script: Script, truth: Truth) -> Run | None:
    steps = json.loads(truth.more["truth"]).get("steps")
    if not steps or script.view != "side":
        return None
    facing = -1.0 if script.facing == "left" else 1.0
    return Run(script.facing, facing, steps[0]["t_s"], steps[-1]["t_s"])


def keep(rows: list[Scored]) -> None:
    """Write them all."""
    text = json.dumps([_plain(asdict(row)) for row in rows], indent=0)
    FILE.write_text(text, encoding="utf-8")


def _plain(words: dict[str, Any]) -> dict[str, Any]:
    inner = words.pop("row")
    return {key: None if value != value else value for key, value in (words | inner).items()}
