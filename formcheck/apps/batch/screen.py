"""What a batch tells while it runs: a live table on a terminal, a line per clip elsewhere."""

import time
from collections import Counter
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from formcheck.apps.batch.plan import about, weight
from formcheck.apps.cli.terminal import Console
from formcheck.outputs.batch_clip import BatchClip
from formcheck.store.records import Job
from formcheck.types.text import one_line

_SAID = {"ok": "ok", "not_judgeable": "not judgeable", "failed": "failed"}
_STYLE = {"ok": "green", "not_judgeable": "yellow", "failed": "red"}


class BatchScreen:
    """Tells how far a batch is; a context manager.

    Parameters
    ----------
    console : where to; one that is no terminal gets plain lines, a quiet one nothing.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = (
            Live(console=console, transient=True, auto_refresh=False) if console.is_terminal else None
        )
        self._began = time.monotonic()
        self._ended: Counter[str] = Counter()
        self._waiting: dict[str, float] = {}
        self._done = self._worked = 0.0
        self._total = 0

    def expect(self, jobs: Sequence[Job]) -> None:
        """These are to be judged, besides those that were shown before."""
        fresh = {job.id: weight(job.request) for job in jobs if job.id not in self._waiting}
        self._total += len(fresh)
        self._waiting |= fresh

    def ended(self, job: Job, clip: BatchClip) -> None:
        """One that was expected is done: a line, on a terminal only for what went wrong."""
        if job.id not in self._waiting:
            return
        self._ended[clip.status] += 1
        self._worked += self._waiting.pop(job.id)
        if self._live is None or clip.status != "ok":
            at = f"[{self._ended.total()}/{self._total}] "
            line = Text(f"{at}{_SAID[clip.status]:<13} ", style=_STYLE[clip.status])
            self._console.print(
                line + Text(f"{one_line(clip.name)}: {_found(clip)}", "default"), soft_wrap=True
            )

    def show(self, running: Sequence[Job]) -> None:
        """Draw the table anew."""
        if self._live is not None:
            self._live.update(Group(_table(running), Text(self._totals(), "dim")), refresh=True)

    def _totals(self) -> str:
        parts = [f"{self._ended.total()} of {self._total} done"]
        parts += [f"{self._ended[status]} {said}" for status, said in _SAID.items() if self._ended[status]]
        spent = time.monotonic() - self._began
        if self._worked:
            parts.append(f"{60 * self._ended.total() / spent:.1f} clips a minute")
            left = spent * sum(self._waiting.values()) / self._worked
            parts.append(f"about {about(left)} left" if self._waiting else "writing the results")
        return " · ".join(parts)

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live is not None:
            self._live.stop()


def _table(running: Sequence[Job]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, max_width=50)
    table.add_column(width=30)
    table.add_column(justify="right", width=5)
    for job in running:
        share = job.progress
        bar = ProgressBar(total=1.0, completed=share or 0.0, pulse=share is None)
        table.add_row(Text(one_line(job.request.name)), bar, "" if share is None else f"{share:.0%}")
    return table


def _found(clip: BatchClip) -> str:
    if clip.status != "ok" or clip.score is None:
        return one_line(clip.reason or "no reason is known")
    score = clip.score
    parts = [score.exercise_name, score.done]
    if score.score is not None:
        parts.append(f"score {score.score} ({score.coverage:.0%} seen)")
    return one_line(", ".join([*parts, *(fault.cue for fault in score.faults[:1])]))
