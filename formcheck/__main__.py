"""The `formcheck` command: starts fast, so that an end is answered in words from the first moment."""

import sys

from formcheck import ends, streams
from formcheck.extras import explained

#: The command line's own exit code of an interruption, which it has reported.
_REPORTED = 130


def main() -> None:
    """Load the command line and run it; the exit code says how it ended."""
    ends.listen()
    streams.secure()
    code = _run()
    ends.leave()
    sys.exit(streams.end(ends.code() or code))


def _run() -> str | int | None:
    try:
        from formcheck.apps.cli.main import main as run  # noqa: PLC0415  its imports may be interrupted

        run()
    except SystemExit as left:
        if ends.code() is None or left.code == _REPORTED:
            return left.code  # else it was ended where Python let nothing through, and came to its own end
    except KeyboardInterrupt:
        pass
    except ModuleNotFoundError as error:
        if "--debug" in sys.argv:
            raise
        return _missing(error)
    except Exception as error:
        if ends.code() is None:  # else it fell over because it was ended
            if "--debug" in sys.argv:
                raise
            return _mistake(error)
    sys.stderr.write("formcheck: interrupted; what was finished is kept\n")
    return None


def _missing(error: ModuleNotFoundError) -> int:
    """A package that only some commands need is named with what installs it."""
    reason = explained(error)
    if reason is error:
        return _mistake(error)
    sys.stderr.write(f"formcheck: {reason}\n")
    return 1


def _mistake(error: Exception) -> int:
    """What no part of formcheck foresaw is one line too."""
    what = ascii(f"{type(error).__name__} {error}")[1:201].rstrip("'")
    sys.stderr.write(
        f"formcheck: a mistake of its own ({what}); what was finished is kept; report what --debug shows\n"
    )
    return 1


if __name__ == "__main__":
    main()
