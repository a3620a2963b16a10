"""The results of a queue as one flat table."""

import math
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from formcheck.store.database import Database
from formcheck.store.tables import FindingTable, JobTable, Repetition, SectionTable, SessionTable

#: Jobs read at a time.
PAGE = 50
_OF_REP = ("side", "start_s", "peak_s", "end_s", "counted", "reason", "rom", "rom_unit")
_OF_FINDING = ("check", "value", "unit", "limit", "verdict", "seen")


class StoredResults(Database):
    """The part of the store that gives results as rows."""

    def result_rows(self, queue: str) -> Iterator[dict[str, Any]]:
        """One row for each repetition and finding, by path, section, repetition and check.

        A repetition without findings has one row. What is about a whole section (its checks, the numbers of
        a run) stands behind its repetitions, with ``rep`` None. A job without a session has no row.
        """
        within = selectinload(JobTable.session).selectinload(SessionTable.sections)
        query = (
            select(JobTable)
            .where(JobTable.queue == queue, JobTable.session.has())
            .order_by(JobTable.path)
            .options(selectinload(JobTable.video), within.selectinload(SectionTable.repetitions))
            .options(within.selectinload(SectionTable.findings))
            .execution_options(yield_per=PAGE)
        )
        with self._stream() as db:
            for job in db.scalars(query):
                yield from _rows(job)


def _rows(job: JobTable) -> Iterator[dict[str, Any]]:
    about = {"path": job.path, "name": job.name, "sha256": job.video.sha256, "status": job.status}
    for section in job.session.sections if job.session else ():
        columns = {"exercise": section.exercise, "chosen_by": section.chosen_by, "section": section.number}
        for repetition, finding in _ordered(section):
            yield about | columns | _of_rep(repetition) | _of_finding(finding)


def _ordered(section: SectionTable) -> list[tuple[Repetition | None, FindingTable | None]]:
    """Findings with their repetition, those of none last; checks of one name stay in the order they came."""
    reps = {rep.id: rep for rep in section.repetitions}
    rows: list[tuple[Repetition | None, FindingTable | None]] = []
    rows += [(reps.get(f.repetition_id or 0), f) for f in section.findings]
    found = {f.repetition_id for f in section.findings}
    rows += [(rep, None) for rep in section.repetitions if rep.id not in found]
    return sorted(rows, key=lambda row: (row[0].n if row[0] else math.inf, row[1].check if row[1] else ""))


def _of_rep(rep: Repetition | None) -> dict[str, Any]:
    columns = {name: getattr(rep, name, None) for name in _OF_REP}
    return {"rep": rep and rep.n, **columns, "rep_score": rep and rep.score}


def _of_finding(finding: FindingTable | None) -> dict[str, Any]:
    columns = {name: getattr(finding, name, None) for name in _OF_FINDING}
    return {**columns, "finding_reason": finding and finding.reason}
