"""One socket of a live session: checked messages in, answers out, and nothing that waits too long."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from formcheck.apps.web.live_session import LiveSessionHandle
from formcheck.apps.web.live_sessions import LiveSessionHandles
from formcheck.apps.web.messages import (
    CommandMessage,
    Message,
    MessageError,
    PictureMessage,
    read_picture,
    read_text,
)
from formcheck.codec.live_answer import Hello, Trouble
from formcheck.errors import OutputError
from formcheck.types.text import error_line

log = logging.getLogger("formcheck.web")

NORMAL, GOING_AWAY, RUBBISH, LATER = 1000, 1001, 1008, 1013
_OURS = "Something went wrong here. What was done so far is saved."
_FULL = "The disk of the computer that counts is full, so that nothing can be kept. Free some space first."
#: So many of the poses that are late are judged: even steps keep counts right, where one long gap would not.
_SOME = 4
#: What a line brings all at once that was dead for a while is no rubbish; so many seconds' worth in all is.
_FLOOD_S = 60
_GONE = (WebSocketDisconnect, RuntimeError, OSError)  # how starlette and uvicorn say that nobody is there


class _FloodError(MessageError):
    """More than a client may send at once."""


class Conversation:
    """Feeds one live session from one socket.

    Parameters
    ----------
    socket : accepted already.
    handle : of the session that it feeds.
    handles : does the work beside the event loop.
    clock : seconds that rise, for the rate of messages and how long they wait.
    """

    def __init__(
        self,
        socket: WebSocket,
        handle: LiveSessionHandle,
        handles: LiveSessionHandles,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._socket, self._handle, self._handles = socket, handle, handles
        self._limits = handles.limits
        self._budget = Budget(self._limits.per_second, clock)
        self._clock = clock
        self._inbox: deque[tuple[float, Message]] = deque()
        self._wake = asyncio.Event()
        self._bad = self._flood = 0
        self._tasks: list[asyncio.Task[None]] = []

    async def hold(self, hello: Hello) -> None:
        """Say hello and go on until either side ends it."""
        with suppress(*_GONE):
            await self._send(hello)
        self._tasks = [asyncio.create_task(self._read()), asyncio.create_task(self._judge())]
        try:
            await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in self._tasks:
                task.cancel()
            for end in await asyncio.gather(*self._tasks, return_exceptions=True):
                if isinstance(end, Exception) and not isinstance(end, _GONE):
                    log.error("live session %s: %s", self._handle.id, error_line(end))

    async def retire(self) -> None:
        """End it: the same session goes on with another socket."""
        await self._close(NORMAL, "continued elsewhere")
        for task in self._tasks:
            task.cancel()

    async def _read(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._limits.idle_s):
                    received = await self._socket.receive()
            except TimeoutError:
                return await self._close(GOING_AWAY, "nothing was heard for long")
            if received["type"] == "websocket.disconnect":
                return None
            try:
                self._put(self._checked(received))
            except MessageError as error:
                if not await self._refuse(error):
                    return None

    def _checked(self, received: Any) -> Message:
        if not self._budget.spend():
            self._handle.dropped += 1
            raise _FloodError(f"too many messages: at most {self._limits.per_second} a second")
        data, text = received.get("bytes"), received.get("text")
        message: Message = (
            read_picture(data, self._limits) if data is not None else read_text(text or "", self._limits)
        )
        if not isinstance(message, CommandMessage):
            self._handle.admit(message.t)
        return message

    def _put(self, message: Message) -> None:
        """Of pictures only the newest waits; poses cost little and wait their turn, up to a limit."""
        if isinstance(message, PictureMessage):
            self._leave_out(lambda _: True)
        elif len(self._inbox) >= self._limits.waiting:
            oldest = min(self._came(), default=0.0)
            self._leave_out(lambda at: at <= oldest)
        if len(self._inbox) < 2 * self._limits.waiting:
            self._inbox.append((self._clock(), message))
        self._wake.set()

    def _due(self) -> list[Message]:
        """What waits, to be done now; where it is late already, some of the poses, evenly, and the newest."""
        came = sorted(self._came(), reverse=True)
        if came and came[-1] < self._clock() - self._limits.late_s:
            kept = came[:: -(-len(came) // _SOME)]
            self._leave_out(lambda at: at not in kept)
        due = [message for _, message in self._inbox]
        self._inbox.clear()
        return due

    def _came(self) -> list[float]:
        """When the poses came that wait."""
        return [at for at, message in self._inbox if not isinstance(message, CommandMessage)]

    def _leave_out(self, which: Callable[[float], bool]) -> None:
        """Drop poses by when they came, and count them; what buttons ask for is never dropped."""
        kept = [x for x in self._inbox if isinstance(x[1], CommandMessage) or not which(x[0])]
        self._handle.dropped += len(self._inbox) - len(kept)
        self._inbox = deque(kept)

    async def _judge(self) -> None:
        while not self._handle.over:
            await self._wake.wait()
            self._wake.clear()
            await self._answer(self._due())
        saved = await self._handles.end(self._handle)
        if not saved and self._handle.trouble is not None:
            await self._send(Trouble(error=self._handle.trouble, over=True))
            return await self._close(NORMAL, "not saved")
        last = self._handle.latest or {}
        address = f"/sessions/{self._handle.id}" if saved else None
        await self._send({**last, "say": None, "state": "finished", "saved": address})
        return await self._close(NORMAL, "finished")

    async def _answer(self, due: list[Message]) -> None:
        """Have all that waits judged in one go, which costs half of one by one, and answer to each."""
        slow = any(isinstance(message, PictureMessage) for message in due)
        answers = self._handles.work if slow else self._handles.judge
        for answer in await answers(partial(self._judged, due)):
            if isinstance(answer, MessageError):
                await self._refuse(answer)
            else:
                self._bad = 0
                await self._send(answer)

    def _judged(self, due: list[Message]) -> list[Mapping[str, Any] | MessageError]:
        """The answers; what buttons ask for has none."""
        handle, answers = self._handle, list[Mapping[str, Any] | MessageError]()
        for message in due:
            if handle.over:
                break
            try:
                if isinstance(message, CommandMessage):
                    handle.command(message.command)
                else:
                    answers.append(handle.take(message))
            except MessageError as error:
                answers.append(error)
            except Exception as error:
                log.error("live session %s: stopped (%s)", handle.id, error_line(error))
                handle.over = True
                if isinstance(error, OutputError):
                    handle.trouble = _FULL
                else:
                    answers.append(Trouble(error=_OURS))
        return answers

    async def _refuse(self, error: MessageError) -> bool:
        """Say what is wrong; False once it was too often."""
        flood = isinstance(error, _FloodError)
        self._bad, self._flood = self._bad + (not flood), self._flood + flood
        if self._bad >= self._limits.bad_in_a_row or self._flood > _FLOOD_S * self._limits.per_second:
            await self._close(RUBBISH, "too many messages that make no sense")
            return False
        await self._send(Trouble(error=str(error)))
        return True

    async def _send(self, answer: Mapping[str, Any]) -> None:
        await self._socket.send_json(answer)

    async def _close(self, code: int, reason: str) -> None:
        with suppress(*_GONE):
            await self._socket.close(code, reason)


class Budget:
    """How many messages a client may still send: so many a second, and no more than that saved up."""

    def __init__(self, per_second: int, clock: Callable[[], float]) -> None:
        self._rate, self._clock = per_second, clock
        self._left, self._at = float(per_second), clock()

    def spend(self) -> bool:
        """Take one; False if none is left."""
        now = self._clock()
        self._left = min(float(self._rate), self._left + (now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True
