"""The web service as one ASGI app. Each kind of page brings its own router; what they share is `Site`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import astuple
from functools import partial
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan, Scope

from formcheck.apps.analysis import Options
from formcheck.apps.batch.job_request import JobRules
from formcheck.apps.batch.lengths import Lengths
from formcheck.apps.jobs.local import LocalWorkers
from formcheck.apps.jobs.task import Workers
from formcheck.apps.live.recording import mend
from formcheck.apps.web import (
    history_api,
    history_pages,
    live,
    login,
    pages,
    person_api,
    plan_api,
    plan_pages,
    sessions_api,
    video_pages,
    videos,
)
from formcheck.apps.web.access import Access, Key
from formcheck.apps.web.bodies import BodyLimit
from formcheck.apps.web.headers import LOOPBACK, Guard
from formcheck.apps.web.judging import Judging
from formcheck.apps.web.limits import DEFAULTS, Limits
from formcheck.apps.web.live_session import LiveFactories
from formcheck.apps.web.live_sessions import LiveSessionHandles
from formcheck.apps.web.problems import refusals, tell_problems
from formcheck.apps.web.rates import Rate
from formcheck.apps.web.sessions_api import take_in, take_in_all
from formcheck.apps.web.site import Site
from formcheck.apps.web.upload_intake import UploadIntake
from formcheck.apps.web.wiring import factories as working_factories
from formcheck.files.private import make_private
from formcheck.pose.browser import VERSION, are_whole, assets_folder
from formcheck.pose.estimator import PoseModel
from formcheck.pose.looks import looks_of
from formcheck.store import Store, open_store
from formcheck.version import __version__

#: The file of the store within the data folder.
STORE = "formcheck.sqlite"
_SWEEP_S = 1.0
_STATIC = Path(__file__).parent / "static"
_PARTS = (
    login,
    pages,
    plan_pages,
    video_pages,
    history_pages,
    live,
    videos,
    sessions_api,
    history_api,
    plan_api,
    person_api,
)
log = logging.getLogger("formcheck.web")


def create_app(
    data: Path,
    bundle: PoseModel,
    *,
    rules: JobRules | None = None,
    factories: LiveFactories | None = None,
    vendor: Path | None = None,
    limits: Limits = DEFAULTS,
    hosts: Iterable[str] = LOOPBACK,
    addresses: bool = False,
    store: Store | None = None,
    workers: Workers | None = None,
    token: str | None = None,
    keep_uploads: bool = False,
) -> FastAPI:
    """The service over one data folder.

    Parameters
    ----------
    data : where sessions, videos and their results are kept; no other service uses it.
    bundle : the pose model, for the browser and for those that cannot run it.
    rules : how uploaded videos are judged; by default with the same model.
    factories : make what works for a live session; tests give their own.
    vendor : the assets for poses in the browser; None is where `make web` puts them. Where they are not
        whole, pages send pictures instead.
    limits : what clients may ask for.
    hosts, addresses : see `formcheck.apps.web.headers.Guard`.
    store : keeps jobs and sessions, by default a file in ``data``; closed when the app ends.
    workers : judge uploaded videos, by default one process; closed when the app ends.
    token : what everybody must show; None lets everybody in.
    keep_uploads : whether videos stay when they are judged.
    """
    vendor = assets_folder() if vendor is None else vendor
    data = data.resolve()
    store = store or open_store(data / STORE)
    workers = workers or LocalWorkers(1)
    rules = rules or JobRules(Options(looks=looks_of(bundle.model.name), thumbnail=True), bundle.model.sha256)
    judging = Judging(store, data, rules, workers, keep_uploads=keep_uploads, judge_s=limits.judge_s)
    site = Site(
        data=data,
        bundle=bundle,
        live_sessions=LiveSessionHandles(
            data / "live", factories or working_factories(bundle), limits, kept=partial(take_in, store)
        ),
        store=store,
        judging=judging,
        intake=UploadIntake(store, judging, Lengths(), limits),
        limits=limits,
        keep_uploads=keep_uploads,
        key=Key(token, Rate(limits.logins_per_minute)),
        vendor=f"/assets/vendor/tasks-vision-{VERSION}" if are_whole(vendor) else None,
    )
    app = FastAPI(
        title="formcheck",
        version=__version__,
        docs_url=None,  # those pages load their parts from other hosts
        redoc_url=None,
        redirect_slashes=False,
        responses=refusals(401, 403, 503),
        lifespan=_lifespan(site),
    )
    app.state.site = site
    app.add_middleware(BodyLimit, limits=limits)
    app.add_middleware(Access, key=site.key)
    app.add_middleware(Guard, hosts=tuple(hosts), addresses=addresses)  # the last added is asked first
    tell_problems(app)
    for part in _PARTS:
        app.include_router(part.router)
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


def _lifespan(site: Site) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(_begin, site)
        sweeping = asyncio.create_task(_sweep(site.live_sessions))
        try:
            yield
        finally:
            sweeping.cancel()
            with suppress(asyncio.CancelledError):
                await sweeping
            await site.live_sessions.close()
            await asyncio.to_thread(_end, site)

    return lifespan


def _begin(site: Site) -> None:
    """Take over what an earlier service left, and close its folders to others: before 0.7 they were open."""
    for place in (site.data / "live", *astuple(site.judging.places)):
        make_private(place)
    for folder, what in mend(site.data / "live"):
        log.warning("%s: %s", folder, what)
    take_in_all(site.store, site.data / "live")
    site.judging.start()


def _end(site: Site) -> None:
    site.intake.close()
    site.judging.close()
    site.store.close()


async def _sweep(live_sessions: LiveSessionHandles) -> None:
    while True:
        await asyncio.sleep(_SWEEP_S)
        await live_sessions.sweep()
