"""What a page needs to find poses in the browser: fetched once by npm, checked, kept in a cache folder."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path

from formcheck.errors import FormcheckError, OutputError
from formcheck.files.writing import write_bytes

VERSION = "0.10.35"
#: Overrides the folder in which the assets are kept.
FOLDER_VARIABLE = "FORMCHECK_WEB"
_MODULE = "wasm/vision_wasm_module_internal"
#: The files that are served, and what they must be byte for byte.
FILES = {
    "vision_bundle.mjs": "55d7ab624fbb70dcc5adc4ae6d7ea9cfcb569139d3dbfbf2b1deafcb966bc0fe",
    f"{_MODULE}.js": "1f1d6215324a1fe62f6742d49a3db911170987ca18ad8c1b75f1a1c82acf2b44",
    f"{_MODULE}.wasm": "617b8e0248dbd27e9d7ece4218004eae4cefb499196d1bb4fa0e3fef21708756",
}
_PACKAGE = Path("node_modules", "@mediapipe", "tasks-vision")
_NPM = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
_WAIT_S = 600


def assets_folder() -> Path:
    """Where the assets are kept; they need not be there yet."""
    from platformdirs import user_cache_path  # noqa: PLC0415

    given = os.environ.get(FOLDER_VARIABLE)
    base = Path(given).expanduser() if given else user_cache_path("formcheck") / "web"
    return base / f"tasks-vision-{VERSION}"


def are_whole(folder: Path) -> bool:
    """Whether every file is there with exactly the pinned sha256."""
    return all(
        (folder / name).is_file() and _sha256((folder / name).read_bytes()) == wanted
        for name, wanted in FILES.items()
    )


def fetch() -> Path:
    """Fetch the assets unless they are there; gives their folder.

    Raises
    ------
    FormcheckError
        If npm is missing or fails, or a file is not what it should be.
    """
    folder = assets_folder()
    if are_whole(folder):
        return folder
    npm = shutil.which("npm")
    if npm is None:
        raise FormcheckError(
            "npm: not found; install Node.js to have poses found in the browser (the page works without)"
        )
    with tempfile.TemporaryDirectory(prefix="formcheck-web-") as work:
        lists = resources.files("formcheck.pose") / "npm"
        for name in ("package.json", "package-lock.json"):
            (Path(work) / name).write_bytes((lists / name).read_bytes())
        _run([npm, *_NPM], work)
        found = {name: _read(Path(work) / _PACKAGE / name) for name in FILES}
    for name, data in found.items():
        if _sha256(data) != FILES[name]:
            raise FormcheckError(
                f"{name}: has sha256 {_sha256(data)[:12]}..., not the pinned one; not installed"
            )
        write_bytes(folder / name, data)
    return folder


def _run(command: list[str], folder: str) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=_WAIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        raise FormcheckError(f"npm: no answer within {_WAIT_S // 60} minutes; try again") from None
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if "error" in line.lower()]
        why = " ".join((lines or ["no reason given"])[0].split())[:160]
        raise FormcheckError(f"npm: could not fetch @mediapipe/tasks-vision {VERSION} ({why}); try again")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutputError(f"{path.name}: not in the package that npm fetched ({error.strerror})") from None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """For `make web`."""
    try:
        folder = fetch()
    except FormcheckError as error:
        sys.exit(f"formcheck: {error}")
    sys.stdout.write(f"{folder}\n")


if __name__ == "__main__":
    main()
