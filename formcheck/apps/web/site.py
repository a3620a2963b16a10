"""What the pages of one service share."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from formcheck.apps.web.access import Key
from formcheck.apps.web.judging import Judging
from formcheck.apps.web.limits import Limits
from formcheck.apps.web.live_sessions import LiveSessionHandles
from formcheck.apps.web.upload_intake import UploadIntake
from formcheck.pose.estimator import PoseModel
from formcheck.store import Store
from formcheck.version import __version__


@dataclass(frozen=True, slots=True)
class Site:
    """One service.

    Attributes
    ----------
    data : its folder.
    bundle : the pose model.
    live_sessions : the live sessions that are going on.
    store : jobs and sessions.
    judging, intake : the uploaded videos, and who takes them in.
    limits : what clients may ask for.
    keep_uploads : whether videos stay when they are judged.
    key : what lets in.
    vendor : address of what finds poses in the browser; None where that is not installed.
    """

    data: Path
    bundle: PoseModel
    live_sessions: LiveSessionHandles
    store: Store
    judging: Judging
    intake: UploadIntake
    limits: Limits
    keep_uploads: bool
    key: Key
    vendor: str | None

    @property
    def model(self) -> str:
        """Address of the pose model; it changes with the model, so it may be kept for ever."""
        return f"/assets/model/{self.bundle.model.name}.task?v={self.bundle.model.sha256[:16]}"


def _site(connection: HTTPConnection) -> Site:
    site: Site = connection.app.state.site
    return site


Here = Annotated[Site, Depends(_site)]


def render(template: str, status: int = 200, **given: Any) -> HTMLResponse:
    """A page from its template."""
    text = _environment().get_template(f"{template}.html.j2").render(version=__version__, **given)
    return HTMLResponse(text, status)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("formcheck.apps.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
