"""report.html: one file that holds everything, asks nothing of the network and needs no script."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from formcheck.files.writing import write_text
from formcheck.messages import sentence
from formcheck.outputs.page import page
from formcheck.outputs.run_page import run_page
from formcheck.types import Session


def report_html(
    session: Session, created: str | None = None, evidence: Mapping[str, bytes] | None = None
) -> str:
    """The report as text.

    Parameters
    ----------
    session : the result.
    created : time of making, ISO 8601.
    evidence : JPEG bytes by fault id; a fault without a picture is shown in words alone.
    """
    name, content = ("report", page) if session.gait is None else ("run", run_page)
    return environment().get_template(f"{name}.html.j2").render(content(session, created, evidence or {}))


def write_report(
    session: Session, folder: Path, created: str | None = None, evidence: Mapping[str, bytes] | None = None
) -> Path:
    """Write ``folder/report.html``."""
    return write_text(folder / "report.html", report_html(session, created, evidence))


@cache
def environment() -> Environment:
    """Where all pages find their templates; whatever is put into them is escaped.

    ``reason|message`` is the sentence of a reason.
    """
    pages = Environment(
        loader=PackageLoader("formcheck.outputs"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters["message"] = sentence
    return pages
