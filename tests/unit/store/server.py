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


@contextmanager
def server() -> Iterator[str]:
    """The URL of a fresh server, on a socket in a folder that nobody else has."""
    initdb, postgres = program("initdb"), program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="formcheck-pg-"))
    who = {}
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
        who = {"user": USER, "group": USER, "extra_groups": []}
    data, url = folder / "data", f"postgresql://formcheck@/postgres?host={folder}"
    try:
        make = [initdb, "-D", data, "-U", "formcheck", "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(make, check=True, capture_output=True, cwd=folder, timeout=LONGEST_S, **who)
        settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            start = [postgres, "-D", data, "-k", folder, *settings]
            running = subprocess.Popen(start, stdout=log, stderr=log, cwd=folder, **who)
        try:
            _await(url, running, folder / "log")
            yield url
        finally:
            running.send_signal(signal.SIGINT)  # ends the connections that are left
            running.wait(LONGEST_S)
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
