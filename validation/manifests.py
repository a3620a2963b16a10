"""Labels of every input of this machine: drawn truth, labels by eye, labels of their sources.

Nothing is copied from the shared folders but numbers; what we looked up ourselves is in `labels.toml`.
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from validation.labels import HERE, ROOT, SAMPLES, SHARED, SOMEWHERE, YARDSTICKS, Label, Labelled, Spans

GOLDEN = {
    "plank_sag": "plank_hold",
    "push_up_pike": "push_up",
    "squat_side_shallow": "squat",
    "running_head_forward": "running",
    "bird_dog_arch": "quadruped_limb_raise",
}
#: The names of RepCount; `others` is not scored.
REPCOUNT = {
    "bench_pressing": "bench_press",
    "front_raise": "front_raise",
    "jump_jack": "jumping_jack",
    "pommelhorse": "pommel_horse",
    "pull_up": "pull_up",
    "push_up": "push_up",
    "situp": "sit_up",
    "squat": "squat",
}
#: Sets of form whose landmarks hold up for these checks alone (head and far side of voll_plank are invented).
JUDGED_BY = {"voll_plank": frozenset({"hip_sag", "hip_pike"})}


def labelled(kept: Path) -> Iterator[Labelled]:
    """Everything that is here and has poses; those of pictures are in ``kept``."""
    for name, exercise in GOLDEN.items():
        yield Labelled(f"golden/{name}", ROOT / "tests" / "golden" / f"{name}.npz", Label(exercise))
    pictured = {"sample_videos": sample_labels, "clips": clip_labels, "clips2": clip2_labels}
    for folder, labels in pictured.items():
        for name, label in labels().items():
            poses = kept / f"{folder}__{Path(name).stem}.npz"
            if poses.exists():
                yield Labelled(f"{folder}/{Path(name).stem}", poses, label)
    landmarks = {
        "corpus": (SHARED / "corpus", corpus_labels),
        "trials": (SHARED / "trials", trial_labels),
        "repcount": (YARDSTICKS / "repcount", repcount_labels),
        "pushups": (YARDSTICKS / "pushups", push_up_labels),
        "form": (YARDSTICKS / "form", form_labels),
    }
    for name, (place, of) in landmarks.items():
        for file, label in of().items():
            if file.endswith(".npz"):
                yield Labelled(f"{name}/{file.removesuffix('.npz')}", place / file, label)


@cache
def looked_up() -> dict[str, dict[str, Any]]:
    """What `labels.toml` adds to the manifests."""
    return tomllib.loads((HERE / "labels.toml").read_text(encoding="utf-8"))


def manifest(path: Path) -> dict[str, dict[str, str]]:
    """The rows of a table, by file; none where it is not on this machine."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def sample_labels() -> dict[str, Label]:
    """The drawn samples, by file."""
    truths = {path: json.loads(path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.truth.json"))}
    return {path.name.replace(".truth.json", ".mp4"): drawn(truth) for path, truth in truths.items()}


def drawn(truth: Mapping[str, Any]) -> Label:
    """The label of what was drawn by a script."""
    faults: dict[str, Spans] = {}
    for fault in truth["faults"]:
        spans = (*faults.get(fault["id"], ()), (fault["start_s"], fault["end_s"]))
        faults[fault["id"]] = spans
    held = truth.get("hold")
    counted = not held and not truth.get("cadence_spm")
    short = any(not rep["full"] for rep in truth["reps"])
    return Label(
        truth["exercise"],
        len(truth["reps"]) if counted else None,
        truth["count"] if counted else None,
        held["end_s"] - held["start_s"] if held else None,
        truth.get("cadence_spm"),
        faults,
        also=frozenset({"partial_range"} if short else ()),
    )


def clip_labels() -> dict[str, Label]:
    """The clips of ../shared/clips, by file; no exercise where this version has none for them."""
    rows = manifest(SHARED / "clips" / "manifest.csv")
    return {file: _completed(file, _of_clip(file, row), row) for file, row in rows.items()}


def _of_clip(file: str, row: dict[str, str]) -> Label:
    held = _seconds(row["hold_s"])
    return Label(
        looked_up()["exercise"].get(file),
        _whole(row["reps"]) if held is None else None,
        hold_s=held,
        faults={} if row["faults"] == "none seen" else None,
        sure=row["label_confidence"] == "high" and row["people"] == "1",
    )


def clip2_labels() -> dict[str, Label]:
    """The clips of ../shared/clips2, by file."""
    rows = manifest(SHARED / "clips2" / "exercises.csv")
    labels = {file: _completed(file, _of_exercise(row), row) for file, row in rows.items()}
    for file, row in manifest(SHARED / "clips2" / "running.csv").items():
        labels[file] = _completed(file, _of_run(row), row)
    return labels


def _of_run(row: dict[str, str]) -> Label:
    real = row["time"] == "real time"
    return Label(
        "running",
        cadence_spm=_seconds(row["cadence_file_spm"]) if real else None,
        faults={} if row["visible_faults"].startswith("none") else None,
        sure=row["steps_by_eye"] != "not counted",
    )


def corpus_labels() -> dict[str, Label]:
    """The landmarks of ../shared/corpus, by file."""
    rows = manifest(SHARED / "corpus" / "labels.csv")
    return {file: _completed(file, _of_exercise(row), row) for file, row in rows.items()}


def _of_exercise(row: dict[str, str]) -> Label:
    return Label(
        re.match(r"[\w:]+", row["exercise"])[0],  # type: ignore[index]  # each names one
        _whole(row["attempts"]),
        hold_s=_seconds(row["hold_s"]),
        faults={} if row["faults_seen"] == "none seen" else None,
        sure=row["confidence"] == "high",
    )


def _completed(file: str, label: Label, row: dict[str, str]) -> Label:
    """With what `labels.toml` says of the file."""
    steps, faults = looked_up()["steps"].get(file), looked_up()["faults"].get(file)
    if steps:
        seconds = (steps["last_frame"] - steps["first_frame"]) / float(row["fps"])
        label = replace(label, cadence_spm=60 * steps["counted"] / seconds)
    if faults:
        label = replace(label, faults=dict.fromkeys(faults, SOMEWHERE))
    if file in looked_up()["reps"]:
        label = replace(label, reps=looked_up()["reps"][file], also=frozenset({"partial_range"}))
    shown = frozenset(looked_up()["shown"].get(file, {}))
    return replace(label, also=label.also | shown)


def trial_labels() -> dict[str, Label]:
    """The trials, by file; their truth is a sentence, of which the numbers are read."""
    return {file: _of_trial(row) for file, row in manifest(SHARED / "trials" / "trials.csv").items()}


def _of_trial(row: dict[str, str]) -> Label:
    truth = row["truth"]
    attempts, full = (
        re.search(r"(\d+) attempts", truth),
        re.search(r"(\d+) (of them )?(full|good|rep)", truth),
    )
    cadence = re.search(r"(\d+) steps", truth)
    sag = {"hip_sag": SOMEWHERE} if "hip_sag" in truth else None
    return Label(
        row["exercise"],
        int(attempts[1]) if attempts else None,
        int(full[1]) if full else None,
        cadence_spm=float(cadence[1]) if cadence else None,
        faults={} if "no fault" in truth else sag,
    )


def repcount_labels() -> dict[str, Label]:
    """The sequences of RepCount, by file."""
    rows = manifest(YARDSTICKS / "repcount" / "manifest.csv")
    named = {file: row for file, row in rows.items() if row["exercise"] in REPCOUNT}
    return {file: Label(REPCOUNT[row["exercise"]], int(row["count"])) for file, row in named.items()}


def push_up_labels() -> dict[str, Label]:
    """The push-ups labelled correct or wrong, by file."""
    rows = manifest(YARDSTICKS / "pushups" / "manifest.csv")
    return {file: Label("push_up", wrong=row["label"] == "wrong") for file, row in rows.items()}


def form_labels() -> dict[str, Label]:
    """The labelled form, by file; of one set right and wrong as a whole."""
    rows = manifest(YARDSTICKS / "form" / "labels.csv")
    return {file: _of_form(file, row) for file, row in rows.items()}


def _of_form(file: str, row: dict[str, str]) -> Label:
    label = Label(row["exercise"], only=JUDGED_BY.get(file.partition("/")[0]))
    if row["fault"]:
        return replace(label, faults={row["fault"]: SOMEWHERE})
    if row["label"] in {"correct", "incorrect"}:
        return replace(label, wrong=row["label"] == "incorrect")
    return replace(label, faults={}) if row["label"] in {"C", "s_correct"} else label


def _whole(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def _seconds(text: str) -> float | None:
    return float(text) if re.fullmatch(r"[\d.]+", text) else None
