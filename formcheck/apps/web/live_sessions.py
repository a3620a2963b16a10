"""The live sessions that are going on: found by their token, ended when nobody comes back for them."""

import asyncio
import logging
import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar

from formcheck.apps.web.limits import Limits
from formcheck.apps.web.live_session import Crew, LiveSessionHandle
from formcheck.errors import OutputError
from formcheck.live.workout import Task
from formcheck.types.text import error_line

P = ParamSpec("P")
R = TypeVar("R")

_WORKERS = 4
#: How long to wait before what could not be written is tried again, seconds.
_AGAIN_S = 30.0
_LATER = "The disk of the computer that counts is full. What was done is kept, and saved once there is room."
_NEVER = "Something went wrong while this was saved; its poses are kept."
log = logging.getLogger("formcheck.web")


class FullError(Exception):
    """No more live sessions are taken on for now."""


class Owner(Protocol):
    """The conversation that feeds a visit."""

    async def retire(self) -> None:
        """End it: somebody else goes on with the visit."""
        ...


class LiveSessionHandles:
    """All visits of one service.

    Parameters
    ----------
    folder : where sessions are saved.
    crew, limits : see `LiveSessionHandle`.
    clock : seconds that rise; tests give their own.
    kept : called with the folder of each session that was saved.
    """

    def __init__(
        self,
        folder: Path,
        crew: Crew,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        kept: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self.limits = limits
        self._folder, self._crew, self._clock, self._kept = folder, crew, clock, kept
        self._open: dict[str, LiveSessionHandle] = {}
        self._owner: dict[str, Owner] = {}
        self._left: dict[str, float] = {}
        self._unsaved: dict[LiveSessionHandle, float] = {}
        self._saving: set[asyncio.Task[bool]] = set()
        self._pool, self._judge = ThreadPoolExecutor(_WORKERS, "live"), ThreadPoolExecutor(1, "judge")

    def __len__(self) -> int:
        return len(self._open)

    def begin(self, task: Task) -> LiveSessionHandle:
        """A new visit.

        Raises
        ------
        FullError
            If there are too many already.
        """
        if len(self._open) >= self.limits.sessions:
            raise FullError
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}-{secrets.token_hex(4)}-{task.exercise.id}"
        visit = LiveSessionHandle(task, self._folder / name, self._crew, self.limits)
        self._open[visit.token] = visit
        return visit

    def find(self, token: str) -> LiveSessionHandle | None:
        """The visit of that token, if it is still going on."""
        return self._open.get(token)

    async def attach(self, visit: LiveSessionHandle, owner: Owner) -> None:
        """Let ``owner`` feed the visit from now on; a socket that is only thought alive gives way."""
        before = self._owner.get(visit.token)
        self._owner[visit.token] = owner
        self._left.pop(visit.token, None)
        if before is not None:
            await before.retire()

    async def leave(self, visit: LiveSessionHandle, owner: Owner) -> None:
        """The socket is gone: keep the visit for a while, unless it is over or went on elsewhere."""
        if self._owner.get(visit.token) is not owner:
            return
        del self._owner[visit.token]
        if visit.over:
            await self.end(visit)
        else:
            self._left[visit.token] = self._clock()

    async def sweep(self) -> None:
        """End those for whom nobody came back, and try again to save what found no room."""
        now = self._clock()
        for unsaved in [v for v, since in self._unsaved.items() if now - since > _AGAIN_S]:
            await self.end(unsaved)
        for token in [k for k, since in self._left.items() if now - since > self.limits.keep_s]:
            visit = self._open.get(token)
            if visit is not None:
                await self.end(visit)

    async def close(self) -> int:
        """End and save all; how many could be saved."""
        left = [*self._open.values(), *self._unsaved]
        saved = await asyncio.gather(*self._saving, *(self.end(visit) for visit in left))
        for pool in (self._pool, self._judge):
            pool.shutdown()
        return sum(saved)

    async def end(self, visit: LiveSessionHandle) -> bool:
        """Finish, save and forget a visit; whether there is something to look at. Failures are logged."""
        for known in (self._open, self._owner, self._left):
            known.pop(visit.token, None)
        saving = asyncio.create_task(self._saved(visit))
        self._saving.add(saving)
        saving.add_done_callback(self._saving.discard)
        return await asyncio.shield(saving)  # whoever waits may go away, the saving may not

    async def _saved(self, visit: LiveSessionHandle) -> bool:
        try:
            done = await self.work(visit.finish)
            self._unsaved.pop(visit, None)
            if done:
                await self.work(self._kept, self._folder / visit.id)
            return done
        except OutputError as error:
            if visit not in self._unsaved:  # said once, though it is tried again and again
                log.error("live session %s: cannot be saved yet (%s)", visit.id, error_line(error))
            visit.trouble, self._unsaved[visit] = _LATER, self._clock()
        except Exception as error:
            log.error("live session %s: could not be saved (%s)", visit.id, error_line(error))
            self._unsaved.pop(visit, None)
            visit.trouble = _NEVER
        return False

    async def work(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do what takes time beside the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: job(*args, **kwargs))

    async def judge(self, job: Callable[[], R]) -> R:
        """Do what takes a moment, one after the other: threads beside would only slow it."""
        return await asyncio.get_running_loop().run_in_executor(self._judge, job)
