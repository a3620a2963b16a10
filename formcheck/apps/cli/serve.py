"""`formcheck serve`: the web service on this machine."""

import errno
import os
import socket
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.apps.cli.access import LOOPBACK, proxy_address, token_asked
from formcheck.apps.cli.terminal import echo
from formcheck.errors import FormcheckError, OutputError
from formcheck.extras import require

if TYPE_CHECKING:
    from fastapi import FastAPI

    from formcheck.apps.jobs.task import Workers

HELP = "Serve uploads, the live page, results and history to a browser."
#: What the service and its workers write shows people in their homes: no other user of this machine reads it.
_OTHERS = 0o077
#: Waiting longer than this for another service over the same data is announced, seconds.
_PATIENCE_S = 1.0


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; only this machine by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")] = 8000,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Where all is kept.", file_okay=False)
    ] = None,
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="URL", help="Database: postgresql://..., or a file; else in --data."),
    ] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", min=1, help="Videos judged at once; half the cores.")
    ] = None,
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="ADDRESS", help="Judge on a Ray cluster; or: local.")
    ] = None,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            metavar="TEXT",
            envvar="FORMCHECK_TOKEN",
            help="What everybody must show; auto makes one. Needed beyond this machine.",
        ),
    ] = None,
    keep_uploads: Annotated[
        bool, typer.Option("--keep-uploads", help="Keep uploaded videos when they are judged.")
    ] = False,
    max_mb: Annotated[int, typer.Option("--max-mb", min=1, help="Size of one video.")] = 500,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", metavar="PEM", help="For https: browsers on other machines need it."),
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="PEM", help="The certificate's key.")] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            "--proxy", metavar="ADDRESS", help="Of a proxy in front that tells who asks; repeatable."
        ),
    ] = None,
) -> None:
    """Run until Ctrl-C; live sessions are saved then, and videos that are being judged go on next time."""
    require("web")
    proxies = [proxy_address(address) for address in proxy or ()]
    token = token_asked(token, host, proxied=bool(proxies))
    os.umask(_OTHERS)
    listening = _listen(host, port)
    try:
        folder = _folder(data)
        with _alone(folder):
            judges = _workers(workers, ray)
            app = _app(host, folder, store, judges, token, keep_uploads=keep_uploads, max_mb=max_mb)
            address = _address(host, listening.getsockname()[1], secure=certificate is not None)
            echo(f"formcheck: {address}  (data in {folder}; Ctrl-C ends it)")
            if open_browser:
                webbrowser.open(address)
            _run(app, listening, certificate, key, proxies)
    finally:
        listening.close()


def _folder(data: Path | None) -> Path:
    from platformdirs import user_data_path  # noqa: PLC0415

    from formcheck.files.writing import ready_folder  # noqa: PLC0415  slow to import

    if data is not None:
        return ready_folder(data)
    try:
        return ready_folder(user_data_path("formcheck"))
    except OutputError as error:
        raise error.with_advice("say where else to keep all, with --data DIR") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other service works over the same data meanwhile."""
    from formcheck.files.lock import locked  # noqa: PLC0415
    from formcheck.files.writing import make_folder  # noqa: PLC0415

    notice = Timer(
        _PATIENCE_S,
        echo,
        [f"formcheck: waiting for another service over {folder} to end"],
        {"err": True},
    )
    notice.daemon = True
    notice.start()
    try:
        with locked(make_folder(folder / "work")):
            notice.cancel()
            yield
    finally:
        notice.cancel()


def _workers(count: int | None, ray: str | None) -> "Workers":
    from formcheck.apps.batch import start  # noqa: PLC0415
    from formcheck.apps.jobs.local import LocalWorkers  # noqa: PLC0415

    if ray is not None:
        return start.on_ray(ray, count, send_videos=True)
    return LocalWorkers(count or max(1, (os.cpu_count() or 1) // 2))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            why = f"the port is taken; end what uses it, or choose another: --port {port + 1}"
        else:
            cause = (error.strerror or str(error)).lower()
            why = f"cannot listen there ({cause}); choose another --host or --port"
        raise FormcheckError(f"{host}:{port}: {why}") from None
    return listening


def _app(
    host: str,
    folder: Path,
    store: str | None,
    workers: "Workers",
    token: str | None,
    *,
    keep_uploads: bool,
    max_mb: int,
) -> "FastAPI":
    from formcheck.apps.analysis import Options  # noqa: PLC0415  slow to import, as what follows
    from formcheck.apps.batch.job_request import rules_with  # noqa: PLC0415
    from formcheck.apps.cli.models import ready_looks, ready_model  # noqa: PLC0415
    from formcheck.apps.live.pace import LIVE  # noqa: PLC0415
    from formcheck.apps.web.app import create_app  # noqa: PLC0415
    from formcheck.apps.web.limits import DEFAULTS  # noqa: PLC0415
    from formcheck.pose import models  # noqa: PLC0415
    from formcheck.pose.looks import USUAL  # noqa: PLC0415
    from formcheck.store import open_store  # noqa: PLC0415

    ready_model(LIVE)
    rules = rules_with(Options(looks=ready_looks(USUAL), thumbnail=True))
    elsewhere = host not in LOOPBACK
    hosts = {*LOOPBACK, host.lower(), *([socket.gethostname().lower()] if elsewhere else [])}
    return create_app(
        folder,
        models.load(LIVE),
        rules=rules,
        limits=replace(DEFAULTS, upload_bytes=max_mb * 1_000_000),
        hosts=hosts,
        addresses=elsewhere,
        store=open_store(store) if store else None,
        workers=workers,
        token=token,
        keep_uploads=keep_uploads,
    )


def _address(host: str, port: int, *, secure: bool) -> str:
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    name = f"[{name}]" if ":" in name else name
    return f"http{'s' if secure else ''}://{name}:{port}/"


def _run(
    app: "FastAPI", listening: socket.socket, certificate: Path | None, key: Path | None, proxies: list[str]
) -> None:
    from formcheck.apps.web import log  # noqa: PLC0415
    from formcheck.apps.web.server import make_server  # noqa: PLC0415

    log.begin()
    try:
        server = make_server(app, certificate, key, proxies=proxies)
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(
            f"{certificate}: cannot be used for https ({why}); give --certificate and --key"
        ) from None
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        echo("formcheck: stopped; live sessions are saved, unfinished videos go on next time")
