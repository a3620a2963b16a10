"""A PostgreSQL server of the tests' own: made, started, stopped, gone."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

#: PostgreSQL refuses to run as root; Debian's package makes this user.
USER = "postgres"
#: Nothing of a test has to outlive the machine.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "16MB",
}
INITDB = ("-A", "trust", "-E", "UTF8", "--no-sync")
LONGEST_S = 60


class NoServerError(Exception):
    """Why there is none."""


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs; Debian keeps them out of PATH."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[4]))
    found = shutil.which(name) or (str(kept[-1]) if kept else None)
    if found is None:
        raise NoServerError(f"{name} is not installed (Debian: postgresql)")
    return found


class Server:
    """A fresh server, on a socket in a folder of its own; `start` and `stop` it as often as wanted."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._data = folder, folder / "data"
        self._postgres = program("postgres")
        self._who: dict[str, Any] = {}
        self.url = f"postgresql://formcheck@/postgres?host={folder}"
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
            self._who = {"user": USER, "group": USER, "extra_groups": []}
        make = [program("initdb"), "-D", self._data, "-U", "formcheck", *INITDB]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, timeout=LONGEST_S, **self._who)

    def start(self) -> None:
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        start = [self._postgres, "-D", self._data, "-k", self._folder, *settings]
        with (self._folder / "log").open("wb") as log:
            self._running = subprocess.Popen(start, stdout=log, stderr=log, cwd=self._folder, **self._who)
        _await(self.url, self._running, self._folder / "log")

    def stop(self) -> None:
        """As if somebody pulled the plug on all connections."""
        self._running.send_signal(signal.SIGINT)
        self._running.wait(LONGEST_S)


@contextmanager
def server() -> Iterator[Server]:
    """A server that runs."""
    program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="formcheck-pg-"))
    try:
        made = Server(folder)
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _await(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + LONGEST_S
    while True:
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            if running.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start: {log.read_text()}") from None
            time.sleep(0.05)
        else:
            return
