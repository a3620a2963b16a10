"""A session as rows: its numbers as session.json rounds them, so that columns and text never differ."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from formcheck.codec.session import session_to_json
from formcheck.store.tables import FindingTable, Repetition, SectionTable, SessionTable
from formcheck.types import Session as Verdict
from formcheck.types.session import SCHEMA

_OF_SUMMARY = ("score", "coverage", "attempts", "reps", "good_reps", "hold_s", "clean_hold_s")
_OF_REP = ("n", "side", "start_s", "peak_s", "end_s", "counted", "reason", "score")
_OF_FINDING = ("check", "value", "unit", "limit", "verdict", "seen", "reason")


def rows_of(session: Verdict, origin: str, folder: str | None, created: str | None) -> SessionTable:
    """The session, its sections, repetitions and findings; nobody's and no job's yet.

    ``created`` in ISO 8601, None for now, stands both in the text and in ``happened``.
    """
    moment = datetime.fromisoformat(created) if created else datetime.now(UTC)
    text = session_to_json(session, moment.isoformat(timespec="seconds") if created is None else created)
    written = json.loads(text)
    exercise, gait = written["exercise"], written["gait"] or {}
    return SessionTable(
        recording=_recording(session, origin, folder),
        origin=origin,
        happened=moment,
        name=written["source"]["name"],
        folder=folder,
        exercise=exercise["id"],
        exercise_name=exercise["name"],
        kind=exercise["kind"],
        view=written["view"]["name"],
        cadence_spm=gait.get("cadence_spm"),
        formcheck=written["formcheck"],
        format=SCHEMA,
        text=text,
        sections=[_section(n, part) for n, part in enumerate(written["sections"] or [written])],
        **{name: written["summary"][name] for name in _OF_SUMMARY},
    )


def judged_as(session: Verdict) -> str | None:
    """Equal for judgements of the same video by the same exercise; None where its bytes are not known."""
    digest = session.source.sha256
    return f"{digest} {session.exercise.id}" if digest else None


def _recording(session: Verdict, origin: str, folder: str | None) -> str:
    """Equal for judgements of the same thing: folder of a live session, else bytes and exercise."""
    judged = None if origin == "live" and folder else judged_as(session)
    return judged or folder or uuid4().hex


def _section(number: int, written: dict[str, Any]) -> SectionTable:
    reps = [_repetition(rep) for rep in written["reps"]]
    found = [
        _finding(f, row) for rep, row in zip(written["reps"], reps, strict=True) for f in rep["findings"]
    ]
    whole = [FindingTable(**written) for written in (*_checks(written), *_metrics(written["gait"]))]
    exercise = written["exercise"]
    return SectionTable(
        number=number,
        exercise=exercise["id"],
        chosen_by=exercise["chosen_by"],
        repetitions=reps,
        findings=[*found, *whole],
    )


def _repetition(written: dict[str, Any]) -> Repetition:
    rom, tempo = written["rom"] or {}, written["tempo"] or {}
    return Repetition(
        rom=rom.get("value"), rom_unit=rom.get("unit"), **tempo, **{name: written[name] for name in _OF_REP}
    )


def _finding(written: dict[str, Any], repetition: Repetition) -> FindingTable:
    return FindingTable(repetition=repetition, **{name: written[name] for name in _OF_FINDING})


def _checks(written: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The checks of the whole section; one that was broken with its worst value."""
    worst = {fault["id"]: fault["worst"] for fault in written["faults"]}
    for check in written["checks"]:
        at = worst.get(check["id"], {"value": None, "unit": "", "limit": None})
        same = {name: check[name] for name in ("verdict", "reason", "seen")}
        yield {"check": check["id"], **{name: at[name] for name in ("value", "unit", "limit")}, **same}


def _metrics(gait: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    for name, metric in (gait or {"metrics": {}})["metrics"].items():
        same = {key: metric[key] for key in ("value", "unit", "verdict", "reason")}
        yield {"check": name, "limit": _limit(metric), "seen": None, **same}


def _limit(metric: dict[str, Any]) -> float | None:
    """Of two limits the one that the value is nearer to."""
    value, limits = metric["value"], [limit for limit in metric["limits"] if limit is not None]
    if value is None or not limits:
        return None
    return float(min(limits, key=lambda limit: abs(limit - value)))
