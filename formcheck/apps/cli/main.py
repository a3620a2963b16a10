"""The command line. Each command lives in a module of its own; here they meet, and errors become one line."""

import sys
from typing import Annotated, Any

import typer

from formcheck import ends
from formcheck.apps.cli import analyze as analyze_cli
from formcheck.apps.cli import batch as batch_cli
from formcheck.apps.cli import compare as compare_cli
from formcheck.apps.cli import data as data_cli
from formcheck.apps.cli import doctor as doctor_cli
from formcheck.apps.cli import exercises as exercises_cli
from formcheck.apps.cli import history as history_cli
from formcheck.apps.cli import live as live_cli
from formcheck.apps.cli import models as models_cli
from formcheck.apps.cli import plan as plan_cli
from formcheck.apps.cli import serve as serve_cli
from formcheck.apps.cli import terminal
from formcheck.apps.cli.terminal import echo
from formcheck.errors import ExerciseError, FormcheckError, NobodyError, SourceError
from formcheck.version import __version__

SOME_FAILED, WRONG_WORDS, UNREADABLE, INTERRUPTED = 1, 2, 3, 130

#: What every complaint of typer about the words of a command is; typer does not export it.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]

#: What the checker behind typer calls a value, and what we do.
_THEIR_WORDS = {"Value error, ": "", "Input should be": "it must be"}

app = typer.Typer(
    name="formcheck",
    help="Watches exercise and running through one camera: counts repetitions, names faults of form, "
    "and says what it could not see.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="analyze", help=analyze_cli.HELP)(analyze_cli.analyze)
app.command(name="batch", help=batch_cli.HELP)(batch_cli.batch)
app.command(name="live", help=live_cli.HELP)(live_cli.live)
app.command(name="serve", help=serve_cli.HELP)(serve_cli.serve)
app.command(name="compare", help=compare_cli.HELP)(compare_cli.compare)
app.add_typer(history_cli.app, name="history", help=history_cli.HELP)
app.add_typer(plan_cli.app, name="plan", help=plan_cli.HELP)
app.add_typer(data_cli.app, name="data", help=data_cli.HELP)
app.add_typer(exercises_cli.app, name="exercises", help="The catalog: list, show, check your own file.")
app.add_typer(models_cli.app, name="models", help="Pose models: which there are, and fetching them.")
app.command(name="doctor", help=doctor_cli.HELP)(doctor_cli.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        echo(f"formcheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace of an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del debug, version


def main() -> None:
    """Run the command line; every failure a user can act on is one line and an exit code."""
    debug = "--debug" in sys.argv[1:]
    if debug:
        sys.argv = [sys.argv[0], "--debug", *(a for a in sys.argv[1:] if a != "--debug")]
    terminal.prepare()
    try:
        code = app(standalone_mode=False)  # typer turns an interruption into its exit code
    except (_UsageError, FormcheckError) as error:
        if debug:
            raise
        if isinstance(error, FormcheckError):
            echo(f"formcheck: {error}", err=True)
            sys.exit(exit_code(error))
        sys.exit(_wrong_words(error))
    except typer.Abort:
        echo("formcheck: nobody answered; give the answers as options, as --help tells them", err=True)
        sys.exit(SOME_FAILED)
    except OSError as error:
        if debug or error.filename is None or ends.code() is not None:  # the end is reported as such
            raise
        why = f"{(error.strerror or str(error)).lower()}; check the path and its rights"
        echo(f"formcheck: {error.filename}: {why}", err=True)
        sys.exit(SOME_FAILED)
    if code == INTERRUPTED:
        echo("formcheck: interrupted; what was finished is kept", err=True)
    sys.exit(code)


def _wrong_words(error: Any) -> int:
    """Tell what typer found wrong with the words of the command; a bare group shows its help."""
    if error.format_message().startswith("Usage:"):
        error.show()
        return WRONG_WORDS
    at = error.ctx.command_path if error.ctx else "formcheck"
    message = error.format_message().rstrip(".")
    for theirs, ours in _THEIR_WORDS.items():
        message = message.replace(theirs, ours)
    echo(f"formcheck: {message}; see: {at} --help", err=True)
    return WRONG_WORDS


def exit_code(error: FormcheckError) -> int:
    """The exit code of a failure, as the contract has it."""
    if isinstance(error, SourceError | NobodyError):
        return UNREADABLE
    return WRONG_WORDS if isinstance(error, ExerciseError) else SOME_FAILED


if __name__ == "__main__":
    main()
