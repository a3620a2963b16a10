"""From the words of the command to a batch that can run; what no clip can make right is said here."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer

import typer

from formcheck.apps.analysis import Options
from formcheck.apps.batch.inputs import Clip, absolute
from formcheck.apps.batch.job_request import STORE, JobRules, rules_with
from formcheck.apps.batch.manifest import read_manifest
from formcheck.apps.batch.run import WORK, Batch, Setting
from formcheck.apps.batch.screen import BatchScreen
from formcheck.apps.cli.models import ready_looks
from formcheck.apps.cli.terminal import Console, echo, escape
from formcheck.apps.jobs.task import Workers
from formcheck.errors import FormcheckError, OutputError
from formcheck.exercises import AUTO, find_exercise
from formcheck.files.lock import locked
from formcheck.files.writing import make_folder
from formcheck.pose import estimators
from formcheck.pose.looks import Looks
from formcheck.store import open_store
from formcheck.store.records import FINAL, Status

#: Waiting longer than this for another run in the same folder is announced, seconds.
_PATIENCE_S = 1.0


def clips_of(manifest: Path | None) -> list[Clip]:
    """The clips of a manifest; ends the command after naming every mistake in it."""
    clips, mistakes = read_manifest(manifest) if manifest else ([], [])
    for mistake in mistakes:
        echo(f"formcheck: {mistake}", err=True)
    if mistakes:
        raise typer.Exit(2)
    return clips


def exercise_of(word: str | None) -> str | None:
    """An exercise as jobs name it: its id, or where its file is from any folder."""
    if word is None or word == AUTO:
        return word
    found = find_exercise(word)
    return str(absolute(word)) if word.endswith(".toml") else found.id


def rules_of(looks: Looks, *, video: bool, report: bool) -> JobRules:
    """How clips are judged; fetches the models that are not there yet."""
    looks = ready_looks(looks)
    looks = looks.by([m if estimators.is_known(m) else str(absolute(m)) for m in looks.models])
    return rules_with(Options(looks=looks, video=video, report=report, thumbnail=True))


def judged_again(*, resume: bool, retry_failed: bool) -> frozenset[Status]:
    """Which jobs of an earlier run are judged again although nothing about them changed."""
    if not resume:
        return frozenset(FINAL)
    return frozenset({"failed"}) if retry_failed else frozenset()


def local(count: int | None, memory_mb: int) -> Workers:
    """Worker processes on this machine, by default one for each core that this process may use."""
    from formcheck.apps.jobs.local import LocalWorkers  # noqa: PLC0415

    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return LocalWorkers(count or allowed, memory_mb=memory_mb)


def on_ray(address: str, count: int | None, *, send_videos: bool) -> Workers:
    """Workers of a Ray cluster, or of one that is started on this machine."""
    from formcheck.apps.jobs.ray import RayWorkers  # noqa: PLC0415

    return RayWorkers(None if address == "local" else address, count, send_videos)


@contextmanager
def opened(
    setting: Setting, where: str | None, workers: Callable[[], Workers], console: Console
) -> Iterator[Batch]:
    """A batch that has taken over what an earlier run left; no other works in its folder meanwhile."""
    work = make_folder(setting.out / WORK)
    notice = Timer(_PATIENCE_S, console.print, [f"waiting for another batch in {escape(setting.out)} to end"])
    notice.daemon = True
    notice.start()
    try:
        with locked(work):
            notice.cancel()
            with open_store(where or setting.out / STORE) as store, closing(workers()) as opened:
                batch = Batch(store, opened, setting, BatchScreen(console))
                try:
                    batch.take_over()
                    yield batch
                except FormcheckError as error:
                    raise batch.failure(error) from error
            if where is None and not (setting.out / STORE).is_file():  # SQLite does not notice
                why = "was removed while results were written to it; run the same command again"
                raise OutputError(f"{setting.out}: {why}")
    finally:
        notice.cancel()
