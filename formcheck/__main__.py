"""The `formcheck` command: starts fast, so that Ctrl-C is answered in words from the first moment."""

import sys


def main() -> None:
    """Load the command line and run it."""
    try:
        from formcheck.apps.cli import main as run  # noqa: PLC0415  its imports may be interrupted

        run()
    except KeyboardInterrupt:
        sys.stderr.write("formcheck: interrupted; what was finished is kept\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
