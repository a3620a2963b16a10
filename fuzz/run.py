"""Many inputs through a few workers; failures are made small and kept."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from fuzz.ending import Ending
from fuzz.inputs import Draw, Input
from fuzz.kinds import KINDS
from fuzz.watched_worker import Worker

#: Where failures are kept, a folder for each kind.
KEPT = Path(__file__).parents[1] / "tests" / "fuzz"
#: What is larger is no small file, and is only reported.
_MOST_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Met:
    """An input, how it ended, and where it was kept if it failed."""

    draw: Draw
    given: Input
    ending: Ending
    kept: Path | None = None


def draws(kinds: Sequence[str], seed: int, count: int) -> Iterator[Draw]:
    """So many inputs, the kinds in turn."""
    for i in range(count):
        yield Draw(kinds[i % len(kinds)], seed, i // len(kinds))


def run(
    todo: Sequence[Draw], workers: int, *, seconds: float, keep: Path | None, ended: Callable[[Met], None]
) -> list[Met]:
    """Meet the inputs; those for which no time is left are left out.

    Parameters
    ----------
    keep : folder for failures; the first of each sort, with as few changes as fail alike. None keeps none.
    ended : hears of each when it is done.
    """
    end, lock, seen = time.monotonic() + seconds, threading.Lock(), set[str]()
    stop = threading.Event()
    queue = iter(todo)

    def work() -> list[Met]:
        done: list[Met] = []
        with Worker() as worker:
            while time.monotonic() < end and not stop.is_set():
                with lock:
                    draw = next(queue, None)
                if draw is None:
                    break
                met = _meet(worker, draw)
                with lock:
                    new = not met.ending.proper and met.ending.signature not in seen
                    seen.add(met.ending.signature)
                if new and keep:
                    met = _keep(smaller(worker, met), keep)
                with lock:
                    ended(met)
                done.append(met)
        return done

    with ThreadPoolExecutor(workers) as pool:
        futures = [pool.submit(work) for _ in range(workers)]
        try:
            return [met for future in futures for met in future.result()]
        finally:
            stop.set()  # after Ctrl-C, and where one of them broke


def smaller(worker: Worker, met: Met) -> Met:
    """The same failure with as few changes as still bring it about."""
    _, changes = met.draw.make(KINDS[met.draw.kind])
    for i in range(changes):
        fewer = _meet(worker, replace(met.draw, without=met.draw.without | {i}))
        if fewer.ending.signature == met.ending.signature:
            met = fewer
    return met


def _meet(worker: Worker, draw: Draw) -> Met:
    given, _ = draw.make(KINDS[draw.kind])
    return Met(draw, given, worker.meet(given))


def _keep(met: Met, folder: Path) -> Met:
    if len(met.given.data) > _MOST_BYTES:
        return met
    path = folder / met.given.kind / met.given.kept_as
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(met.given.data)
    return replace(met, kept=path)
