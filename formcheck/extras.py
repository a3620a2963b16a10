"""What is installed on demand: the packages that each extra of `pip install 'formcheck[...]'` brings."""

from importlib.util import find_spec

from formcheck.errors import MissingExtraError
from formcheck.pose import LIBRARY

#: The names by which they are imported; extras that others build on come first.
PACKAGES: dict[str, tuple[str, ...]] = {
    "video": (LIBRARY.package, "cv2", "av", "platformdirs", "filelock"),
    "report": ("jinja2", "matplotlib"),
    "cli": ("typer", "rich"),
    "store": ("sqlalchemy", "alembic"),
    "batch": ("pyarrow", "pebble", "psutil"),
    "web": ("fastapi", "uvicorn", "websockets", "python_multipart"),
    "ray": ("ray",),
    "postgres": ("psycopg",),
}


def require(extra: str) -> None:
    """Refuse to go on without the packages of an extra.

    Raises
    ------
    MissingExtraError
        If one of them is not installed.
    """
    for package in PACKAGES[extra]:
        if find_spec(package) is None:
            raise _missing(package, extra)


def explained(error: ModuleNotFoundError) -> ModuleNotFoundError | MissingExtraError:
    """The error with the extra to install, if it is the package of one that is missing; else itself."""
    package = (error.name or "").partition(".")[0]
    extra = next((extra for extra, packages in PACKAGES.items() if package in packages), None)
    return error if extra is None else _missing(package, extra)


def _missing(package: str, extra: str) -> MissingExtraError:
    return MissingExtraError(f"{package} is not installed; run: pip install 'formcheck[{extra}]'")
