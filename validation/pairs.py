"""What is said of several sessions of one exercise, for `make same`: one against the next, and the trend."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from typer.testing import CliRunner

from formcheck.apps.analysis import Options, analyse_file
from formcheck.apps.cli.main import app
from formcheck.errors import FormcheckError

_FIRST_DAY = date(2026, 1, 1)


def compared(poses: Sequence[Path], exercise: str) -> str:
    """Comparisons and trend of the sessions of these poses, as the commands print them."""
    with TemporaryDirectory() as folder:
        sessions, text = [], ""
        for i, one in enumerate(poses):
            out = Path(folder) / f"{i:03d}"
            try:
                analyse_file(one, exercise, out, Options(video=False, report=False), folder=out)
            except FormcheckError as error:
                text += f"{str(error).replace(str(one), one.stem)}\n"
                continue
            sessions.append(out)
        for before, after in pairwise(sessions):
            text += _printed("compare", str(before), str(after))
            text += _printed("compare", str(before), str(after), "--json")
        return (text + _trend(sessions, str(Path(folder) / "kept.db"))).replace(folder, "")


def _trend(sessions: Sequence[Path], store: str) -> str:
    """A session a day, kept and followed; first the first two alone."""
    text = ""
    for i, session in enumerate(sessions):
        day = str(_FIRST_DAY + timedelta(days=i))
        text += _printed("history", "add", str(session), "--store", store, "--on", day)
        if i in {1, len(sessions) - 1}:
            id_ = json.loads((session / "session.json").read_text("utf-8"))["exercise"]["id"]
            text += _printed("history", "--store", store)
            text += _printed("history", "-e", id_, "--store", store)
            text += _printed("history", "-e", id_, "--store", store, "--json")
    return text


def _printed(*words: str) -> str:
    done = CliRunner(env={"COLUMNS": "200", "NO_COLOR": "1"}).invoke(app, words)
    error = f"{done.exception}\n" if isinstance(done.exception, FormcheckError) else ""
    return f"--- {' '.join(words[:2])}\n{done.output}{error}"
