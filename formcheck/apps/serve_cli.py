"""`formcheck serve`: the web service on this machine."""

import errno
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.errors import FormcheckError, OutputError

if TYPE_CHECKING:
    from fastapi import FastAPI

HELP = "Serve the live page and its saved sessions to a browser on this machine."
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; only this machine by default.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes any free one.")] = 8000,
    data: Annotated[
        Path | None, typer.Option("--data", metavar="DIR", help="Where sessions are kept.", file_okay=False)
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    certificate: Annotated[
        Path | None,
        typer.Option("--certificate", metavar="PEM", help="For https: browsers on other machines need it."),
    ] = None,
    key: Annotated[Path | None, typer.Option("--key", metavar="PEM", help="The certificate's key.")] = None,
) -> None:
    """Run until Ctrl-C; sessions that are going on are finished and saved."""
    listening = _listen(host, port)
    try:
        app, folder = _app(host, data)
        address = _address(host, listening.getsockname()[1], secure=certificate is not None)
        typer.echo(f"formcheck: {address}  (sessions in {folder}; Ctrl-C ends it)")
        if host not in _LOOPBACK:
            typer.echo("formcheck: everyone on this network can open it", err=True)
        if open_browser:
            webbrowser.open(address)
        _run(app, listening, certificate, key)
    finally:
        listening.close()


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


def _app(host: str, data: Path | None) -> "tuple[FastAPI, Path]":
    from platformdirs import user_data_path  # noqa: PLC0415  what follows is slow to import

    from formcheck.apps.models_cli import fetch_with_bar  # noqa: PLC0415
    from formcheck.apps.web.app import create_app  # noqa: PLC0415
    from formcheck.outputs.files import make_folder  # noqa: PLC0415
    from formcheck.pose import models  # noqa: PLC0415

    folder = make_folder(data or user_data_path("formcheck"))
    if not models.model_path("full").is_file():
        fetch_with_bar("full")
    elsewhere = host not in _LOOPBACK
    hosts = {*_LOOPBACK, host.lower(), *([socket.gethostname().lower()] if elsewhere else [])}
    return create_app(folder, models.load("full"), hosts=hosts, addresses=elsewhere), folder


def _address(host: str, port: int, *, secure: bool) -> str:
    name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)
    name = f"[{name}]" if ":" in name else name
    return f"http{'s' if secure else ''}://{name}:{port}/"


def _run(app: "FastAPI", listening: socket.socket, certificate: Path | None, key: Path | None) -> None:
    from formcheck.apps.web.server import make_server  # noqa: PLC0415

    try:
        server = make_server(app, certificate, key)
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(
            f"{certificate}: cannot be used for https ({why}); give --certificate and --key"
        ) from None
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        typer.echo("formcheck: stopped; live sessions are saved")
