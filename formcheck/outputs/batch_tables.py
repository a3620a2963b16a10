"""results.parquet and summary.csv of a batch: the same rows for the same results, whenever they were made."""

import csv
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from formcheck.files.writing import replacing
from formcheck.outputs.batch_clip import BatchClip
from formcheck.outputs.tables import cell

#: Rows that are held in memory and written as one group.
GROUP = 10_000

#: Columns of results.parquet by the type of what they hold.
COLUMNS = {
    "path": "string",
    "name": "string",
    "sha256": "string",
    "status": "string",
    "exercise": "string",
    "chosen_by": "string",
    "section": "int32",
    "rep": "int32",
    "side": "string",
    "start_s": "float64",
    "peak_s": "float64",
    "end_s": "float64",
    "counted": "bool",
    "reason": "string",
    "rom": "float64",
    "rom_unit": "string",
    "rep_score": "int32",
    "check": "string",
    "value": "float64",
    "unit": "string",
    "limit": "float64",
    "verdict": "string",
    "seen": "float64",
    "finding_reason": "string",
}
_SUMMARY = (
    "path", "name", "status", "reason", "exercise", "chosen_by", "confidence", "score", "coverage",
    "attempts", "count_confidence", "reps", "good_reps", "hold_s", "faults", "seconds", "folder",
)  # fmt: skip


def write_results(rows: Iterable[Mapping[str, Any]], path: Path) -> Path:
    """Write one row per repetition and finding, as the store gives them, without holding them all."""
    import pyarrow as pa  # noqa: PLC0415  slow to import
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = pa.schema([(name, pa.type_for_alias(kind)) for name, kind in COLUMNS.items()])
    left = iter(rows)
    with replacing(path) as part, pq.ParquetWriter(part, schema) as writer:
        while group := list(islice(left, GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
    return path


def write_summary(clips: Iterable[BatchClip], path: Path) -> Path:
    """Write one row per clip, sorted by path."""
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_SUMMARY)
        for clip in sorted(clips, key=lambda clip: clip.path):
            writer.writerow([cell(value) for value in _row(clip)])
    return path


def _row(clip: BatchClip) -> list[Any]:
    score = clip.score
    row: dict[str, Any] = {name: getattr(score, name, None) for name in _SUMMARY[4:14]}
    row |= {"path": clip.path, "name": clip.name, "status": clip.status, "reason": clip.reason}
    row["faults"] = " ".join(dict.fromkeys(fault.id for fault in score.faults)) if score else None
    row["seconds"] = None if clip.seconds is None else round(clip.seconds, 1)
    row["folder"] = clip.folder
    return [round(row[name], 3) if isinstance(row[name], float) else row[name] for name in _SUMMARY]
