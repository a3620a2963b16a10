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
from formcheck.apps.web.live_session import LiveFactories, LiveSessionHandle
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
    """The conversation that feeds a live session."""

    async def retire(self) -> None:
        """End it: somebody else goes on with the session."""
        ...


class LiveSessionHandles:
    """All live sessions of one service.

    Parameters
    ----------
    folder : where sessions are saved.
    factories, limits : see `LiveSessionHandle`.
    clock : seconds that rise; tests give their own.
    kept : called with the folder of each session that was saved.
    """

    def __init__(
        self,
        folder: Path,
        factories: LiveFactories,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        kept: Callable[[Path], None] = lambda _: None,
    ) -> None:
        self.limits = limits
        self._folder, self._factories, self._clock, self._kept = folder, factories, clock, kept
        self._open: dict[str, LiveSessionHandle] = {}
        self._owner: dict[str, Owner] = {}
        self._left: dict[str, float] = {}
        self._unsaved: dict[LiveSessionHandle, float] = {}
        self._saving: set[asyncio.Task[bool]] = set()
        self._pool, self._judge = ThreadPoolExecutor(_WORKERS, "live"), ThreadPoolExecutor(1, "judge")

    def __len__(self) -> int:
        return len(self._open)

    def begin(self, task: Task) -> LiveSessionHandle:
        """A new live session.

        Raises
        ------
        FullError
            If there are too many already.
        """
        if len(self._open) >= self.limits.sessions:
            raise FullError
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}-{secrets.token_hex(4)}-{task.exercise.id}"
        handle = LiveSessionHandle(task, self._folder / name, self._factories, self.limits)
        self._open[handle.token] = handle
        return handle

    def find(self, token: str) -> LiveSessionHandle | None:
        """The session of that token, if it is still going on."""
        return self._open.get(token)

    async def attach(self, handle: LiveSessionHandle, owner: Owner) -> None:
        """Let ``owner`` feed the session from now on; a socket that is only thought alive gives way."""
        before = self._owner.get(handle.token)
        self._owner[handle.token] = owner
        self._left.pop(handle.token, None)
        if before is not None:
            await before.retire()

    async def leave(self, handle: LiveSessionHandle, owner: Owner) -> None:
        """The socket is gone: keep the session for a while, unless it is over or went on elsewhere."""
        if self._owner.get(handle.token) is not owner:
            return
        del self._owner[handle.token]
        if handle.over:
            await self.end(handle)
        else:
            self._left[handle.token] = self._clock()

    async def sweep(self) -> None:
        """End those for whom nobody came back, and try again to save what found no room."""
        now = self._clock()
        for unsaved in [v for v, since in self._unsaved.items() if now - since > _AGAIN_S]:
            await self.end(unsaved)
        for token in [k for k, since in self._left.items() if now - since > self.limits.keep_s]:
            handle = self._open.get(token)
            if handle is not None:
                await self.end(handle)

    async def close(self) -> int:
        """End and save all; how many could be saved."""
        left = [*self._open.values(), *self._unsaved]
        saved = await asyncio.gather(*self._saving, *(self.end(handle) for handle in left))
        for pool in (self._pool, self._judge):
            pool.shutdown()
        return sum(saved)

    async def end(self, handle: LiveSessionHandle) -> bool:
        """Finish, save and forget a session; whether there is something to look at. Failures are logged."""
        for known in (self._open, self._owner, self._left):
            known.pop(handle.token, None)
        saving = asyncio.create_task(self._saved(handle))
        self._saving.add(saving)
        saving.add_done_callback(self._saving.discard)
        return await asyncio.shield(saving)  # whoever waits may go away, the saving may not

    async def _saved(self, handle: LiveSessionHandle) -> bool:
        try:
            done = await self.work(handle.finish)
            self._unsaved.pop(handle, None)
            if done:
                await self.work(self._kept, self._folder / handle.id)
            return done
        except OutputError as error:
            if handle not in self._unsaved:  # said once, though it is tried again and again
                log.error("live session %s: cannot be saved yet (%s)", handle.id, error_line(error))
            handle.trouble, self._unsaved[handle] = _LATER, self._clock()
        except Exception as error:
            log.error("live session %s: could not be saved (%s)", handle.id, error_line(error))
            self._unsaved.pop(handle, None)
            handle.trouble = _NEVER
        return False

    async def work(self, job: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Do what takes time beside the event loop."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, lambda: job(*args, **kwargs))

    async def judge(self, job: Callable[[], R]) -> R:
        """Do what takes a moment, one after the other: threads beside would only slow it."""
        return await asyncio.get_running_loop().run_in_executor(self._judge, job)
