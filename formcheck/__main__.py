"""The `formcheck` command: starts fast, so that an end is answered in words from the first moment."""

import sys

from formcheck import ends, streams


def main() -> None:
    """Load the command line and run it; how it ends is told by the exit code."""
    ends.listen()
    streams.secure()
    code = _run()
    ends.leave()
    sys.exit(streams.end(ends.code() or code))


def _run() -> str | int | None:
    try:
        from formcheck.apps.cli import main as run  # noqa: PLC0415  its imports may be interrupted

        run()
    except SystemExit as left:
        return left.code
    except KeyboardInterrupt:
        pass
    except Exception:
        if ends.code() is None:
            raise  # else it fell over because it was ended
    sys.stderr.write("formcheck: interrupted; what was finished is kept\n")
    return None


if __name__ == "__main__":
    main()
