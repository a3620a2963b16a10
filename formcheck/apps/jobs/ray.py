"""Workers of a Ray cluster, or of one started on this machine.

Each is an actor, a process of its own on some node, and not a task: an actor takes one video at a time and at
once, so that a time-out runs from when the work begins and not while it queues; killing it ends a hang in
native code too; and it keeps the pose model loaded. Whoever loses one makes another, wherever there is room.

Nodes write nothing that is kept: what they find comes back as bytes, and the driver puts it in its place.
"""

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import formcheck
from formcheck.apps.jobs.results import Word, publish
from formcheck.apps.jobs.task import Outcome, Task, judge, one_line
from formcheck.errors import FormcheckError, OutputError
from formcheck.outputs.files import write_bytes
from formcheck.pose import models
from formcheck.pose.manifest import entries

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # before the import: nothing is reported to anybody
import ray
from ray.exceptions import RayError

#: A worker that is lost may have had bad luck, or its node had; a clip that loses three is to blame.
_TRIES = 3


class Judge:
    """On a node: judges one video after the other.

    Parameters
    ----------
    model : name of the pose model.
    data : its bytes, for a node that has it not; None where ``model`` is a path that all nodes know.
    """

    def __init__(self, model: str, data: bytes | None) -> None:
        if data is not None and not models.model_path(model).is_file():
            write_bytes(models.model_path(model), data)

    def hello(self) -> str:
        """Ready to work; says which formcheck it is."""
        return formcheck.__version__

    def judge(self, task: Task, video: bytes | None, *, lies_there: bool) -> tuple[Outcome, dict[str, bytes]]:
        """Judge one video; the outcome, and the results as bytes by their paths.

        Parameters
        ----------
        task : its folders are the driver's.
        video : its bytes; None where the path leads to it from every node.
        lies_there : whether the driver finds it under that path.
        """
        with TemporaryDirectory(prefix="formcheck-") as place:
            path = Path(task.path)
            if video is not None:
                path = Path(place) / f"video{path.suffix}"
                path.write_bytes(video)
            elif lies_there and not path.is_file():
                why = f"{path}: not found on a node of the cluster; share its folder, or give --send-videos"
                return Outcome(task.id, "failed", why, blame="machine"), {}
            out = Path(place) / "out"
            name = task.name or Path(task.path).name
            own = replace(task, path=str(path), folder=str(out), work=str(Path(place) / "work"), name=name)
            outcome = judge(own)
            return outcome, {str(p.relative_to(out)): p.read_bytes() for p in out.rglob("*") if p.is_file()}


@dataclass(slots=True)
class _Flight:
    """A task on its way; ``since`` it is being judged, None while its worker starts."""

    task: Task
    timeout_s: float
    actor: Any
    ref: Any
    since: float | None = None
    tries: int = 1


class RayWorkers:
    """Workers on the nodes of a cluster, one for each of its CPUs.

    Parameters
    ----------
    address : of the cluster's head; None starts one on this machine alone.
    in_flight : how many tasks at once; by default as many as the cluster has CPUs at the moment.
    send_videos : send the videos' bytes, for nodes that do not share the driver's folders.

    Raises
    ------
    FormcheckError
        If there is no cluster at that address.
    """

    def __init__(
        self,
        address: str | None,
        in_flight: int | None = None,
        send_videos: bool = False,
    ) -> None:
        self._in_flight, self._send = in_flight, send_videos
        self._flights: dict[str, _Flight] = {}
        self._idle: list[Any] = []
        self._models: dict[str, Any] = {}
        self._actor = ray.remote(num_cpus=1, max_restarts=0)(Judge)
        self._begun = not ray.is_initialized()
        if self._begun:
            _join(address)

    @property
    def size(self) -> int:
        """How many tasks may be in flight at once; grows and shrinks with the cluster."""
        return self._in_flight or max(1, int(ray.cluster_resources().get("CPU", 1)))

    def start(self, task: Task, timeout_s: float) -> None:
        """Hand a task over."""
        flight = _Flight(task, timeout_s, None, None)
        self._flights[task.id] = flight
        self._board(flight)

    def _board(self, flight: _Flight) -> None:
        """Give the task to a worker that is there, or to a new one as soon as it is."""
        if self._idle:
            flight.actor = self._idle.pop()
            self._begin(flight)
        else:
            model = flight.task.options.model
            flight.actor = self._actor.remote(model, self._bytes_of(model))
            flight.ref, flight.since = flight.actor.hello.remote(), None

    def _bytes_of(self, model: str) -> Any:
        if model not in entries():
            return None
        if model not in self._models:
            self._models[model] = ray.put(models.load(model).data)
        return self._models[model]

    def _begin(self, flight: _Flight) -> None:
        path = Path(flight.task.path)
        there = path.is_file()
        video = ray.put(path.read_bytes()) if self._send and there else None
        flight.ref = flight.actor.judge.remote(flight.task, video, lies_there=there)
        flight.since = time.monotonic()

    def finished(self, wait_s: float) -> list[Outcome]:
        """Those done since the last call; waits at most ``wait_s`` for a first one."""
        by_ref = {flight.ref: flight for flight in self._flights.values()}
        if not by_ref:
            return []
        ray.wait(list(by_ref), num_returns=1, timeout=wait_s)
        ready, _ = ray.wait(list(by_ref), num_returns=len(by_ref), timeout=0)
        outcomes = [*self._landed([by_ref[ref] for ref in ready]), *self._overdue()]
        self._reseat()
        return outcomes

    def _reseat(self) -> None:
        """Whoever waits for a new worker, perhaps for ever as its node is gone, takes one that is free."""
        for flight in self._flights.values():
            if flight.since is None and self._idle:
                _end(flight.actor)
                flight.actor = self._idle.pop()
                self._begin(flight)

    def _landed(self, flights: list[_Flight]) -> Iterator[Outcome]:
        for flight in flights:
            try:
                told = ray.get(flight.ref)
            except RayError as error:
                if (outcome := self._lost(flight, error)) is not None:
                    yield outcome
                continue
            if flight.since is None:
                self._meet(flight, told)
                continue
            self._idle.append(flight.actor)
            yield self._kept(self._flights.pop(flight.task.id).task, *told)

    def _meet(self, flight: _Flight, version: str) -> None:
        if version != formcheck.__version__:
            raise FormcheckError(
                f"a node of the cluster has formcheck {version}, this is {formcheck.__version__};"
                " install the same on all"
            )
        self._begin(flight)

    def _lost(self, flight: _Flight, error: RayError) -> Outcome | None:
        """A worker died, or its node did: the task goes elsewhere; None while it may still be done."""
        if flight.tries < _TRIES:
            flight.tries += 1
            self._board(flight)
            return None
        del self._flights[flight.task.id]
        why = one_line(error).split(". ")[0][:200]
        return Outcome(flight.task.id, "failed", f"lost {_TRIES} workers that judged it ({why})")

    def _overdue(self) -> list[Outcome]:
        now = time.monotonic()
        late = [f for f in self._flights.values() if f.since is not None and now - f.since > f.timeout_s]
        for flight in late:
            self.cancel(flight.task.id)
        return [Outcome(f.task.id, "failed", f"took longer than {f.timeout_s:g} s") for f in late]

    def _kept(self, task: Task, outcome: Outcome, files: dict[str, bytes]) -> Outcome:
        """Put the results where the driver keeps them, as a worker of this machine would."""
        if outcome.blame == "machine":
            return outcome
        staging = Path(task.work) / task.id
        try:
            for name, data in files.items():
                write_bytes(staging / name, data)
            publish(staging if files else None, Path(task.folder))
        except OutputError as error:
            return Outcome(task.id, "failed", one_line(error), blame="machine")
        Word(task.id, outcome.status, outcome.reason, outcome.seconds, outcome.session is not None).write(
            Path(task.work)
        )
        return outcome

    def progress(self) -> dict[str, float]:
        """Nothing: a worker on another machine says nothing until it is done."""
        return {}

    def cancel(self, task: str) -> None:
        """Give a task up; its worker ends."""
        flight = self._flights.pop(task, None)
        if flight is not None:
            _end(flight.actor)

    def close(self) -> None:
        """Give everything up and end; a cluster that was there before stays."""
        for name in list(self._flights):
            self.cancel(name)
        for actor in self._idle:
            _end(actor)
        self._idle = []
        if self._begun:
            ray.shutdown()


def _end(actor: Any) -> None:
    with suppress(RayError):
        ray.kill(actor)


def _join(address: str | None) -> None:
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": False}
    if address is None:
        ray.init(include_dashboard=False, _node_ip_address="127.0.0.1", **quiet)
        return
    try:
        ray.init(address=address, **quiet)
    except (ConnectionError, RuntimeError, ValueError, RayError) as error:
        why = one_line(error)[:200]
        raise FormcheckError(
            f"{address}: no Ray cluster answers there ({why}); start its head first"
        ) from None
