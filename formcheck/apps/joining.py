"""Several clips of one run, analysed one by one, as one session with one report."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from formcheck.apps.analysis import settled
from formcheck.apps.finished import Analysis
from formcheck.files.folders import staged
from formcheck.outputs.evidence import write_evidence
from formcheck.outputs.html import write_report
from formcheck.outputs.session_file import write_session
from formcheck.progress.join import join


def write_joined(done: Sequence[Analysis], out: Path, *, report: bool, force: bool = False) -> Analysis:
    """Join what was analysed and write it to ``out/FIRST+SECOND``; the clips keep their own folders.

    As with `analyse_file`, a folder of that name that holds something else is left alone unless ``force``.

    Raises
    ------
    FormcheckError
        If the clips do not look like one run, or the results cannot be written.
    """
    session = join([analysis.session for analysis in done])
    by_clip = {analysis.session.source.name: analysis.pictures for analysis in done}
    pictures = {f.id: by_clip[f.clip or ""][f.id] for f in session.faults if f.id in by_clip[f.clip or ""]}
    place = out / "+".join(analysis.folder.name for analysis in done)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    sources = frozenset(a.session.source.sha256 or "" for a in done)
    with staged(place, None if force else sources) as staging:
        at = staging.at
        paths = {name: write_evidence(at, name, jpeg) for name, jpeg in pictures.items()}
        session = replace(session, faults=tuple(replace(f, evidence=paths.get(f.id)) for f in session.faults))
        files = [write_report(session, at, created, pictures)] if report else []
        files.insert(0, write_session(session, at, created))
        return settled(Analysis(session, at, tuple(files), None, pictures), staging)
