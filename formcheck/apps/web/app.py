"""The web service as one ASGI app. Each kind of page brings its own router; what they share is `Site`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan, Scope

import formcheck
from formcheck.apps.live.recording import mend
from formcheck.apps.web import live, pages
from formcheck.apps.web.assets import VERSION, are_whole, assets_folder
from formcheck.apps.web.headers import LOOPBACK, Guard
from formcheck.apps.web.limits import DEFAULTS, Limits
from formcheck.apps.web.site import Site
from formcheck.apps.web.visit import Crew
from formcheck.apps.web.visits import Visits
from formcheck.apps.web.wiring import crew as working_crew
from formcheck.pose.models import Bundle

_SWEEP_S = 1.0
_STATIC = Path(__file__).parent / "static"
log = logging.getLogger("formcheck.web")


def create_app(
    data: Path,
    bundle: Bundle,
    *,
    crew: Crew | None = None,
    vendor: Path | None = None,
    limits: Limits = DEFAULTS,
    hosts: Iterable[str] = LOOPBACK,
    addresses: bool = False,
) -> FastAPI:
    """The service over one data folder.

    Parameters
    ----------
    data : where sessions are kept; made when the first is saved.
    bundle : the pose model, for the browser and for those that cannot run it.
    crew : who works for a live session; tests give their own.
    vendor : the assets for poses in the browser; None is where `make web` puts them. Where they are not
        whole, pages send pictures instead.
    limits : what clients may ask for.
    hosts, addresses : see `formcheck.apps.web.headers.Guard`.
    """
    vendor = assets_folder() if vendor is None else vendor
    in_browser = are_whole(vendor)
    visits = Visits(data / "live", crew or working_crew(bundle), limits)
    site = Site(data, bundle, visits, f"/assets/vendor/tasks-vision-{VERSION}" if in_browser else None)
    app = FastAPI(
        title="formcheck",
        version=formcheck.__version__,
        docs_url=None,  # those pages load their parts from other hosts
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(visits, data / "live"),
    )
    app.state.site = site
    app.add_middleware(Guard, hosts=tuple(hosts), addresses=addresses)
    app.include_router(pages.router)
    app.include_router(live.router)
    if site.vendor is not None:
        app.mount(site.vendor, Kept(directory=vendor), name="vendor")
    app.mount("/assets/static", StaticFiles(directory=_STATIC), name="static")
    return app


class Kept(StaticFiles):
    """Files whose address names their version: a browser need never ask again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """As its parent, with the header that says so."""
        answer = await super().get_response(path, scope)
        answer.headers["cache-control"] = pages.FOREVER
        return answer


def _lifespan(visits: Visits, saved: Path) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        for folder, what in await asyncio.to_thread(mend, saved):
            log.warning("%s: %s", folder, what)
        sweeping = asyncio.create_task(_sweep(visits))
        try:
            yield
        finally:
            sweeping.cancel()
            with suppress(asyncio.CancelledError):
                await sweeping
            await visits.close()

    return lifespan


async def _sweep(visits: Visits) -> None:
    while True:
        await asyncio.sleep(_SWEEP_S)
        await visits.sweep()
