"""Who may send a video, which are taken, and what is noted of them."""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Protocol

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from formcheck.apps.web.clients import client_of
from formcheck.apps.web.judging import QUEUE, Judging
from formcheck.apps.web.limits import Limits
from formcheck.apps.web.problems import RefusedError
from formcheck.apps.web.rates import Rate
from formcheck.apps.web.upload_request import asked
from formcheck.apps.web.uploads import Upload, receive
from formcheck.files.writing import discard
from formcheck.store import Job, Store

#: When to come again where others have to be done first, seconds.
_SOON_S, _LATER_S = 5, 60


class VideoLengths(Protocol):
    """Tells how long videos claim to be."""

    def of(self, path: Path) -> float | None:
        """Seconds; None where the file does not say."""
        ...

    def close(self) -> None:
        """End."""
        ...


class UploadIntake:
    """Takes videos in.

    Parameters
    ----------
    judging : gets what is taken.
    lengths : asked one file at a time.
    """

    def __init__(self, store: Store, judging: Judging, lengths: VideoLengths, limits: Limits) -> None:
        self._store, self._judging, self._limits = store, judging, limits
        self._lengths, self._asking = lengths, asyncio.Lock()
        self._rate = Rate(limits.uploads_per_minute)
        self._receiving: Counter[str] = Counter()

    def close(self) -> None:
        """End."""
        self._lengths.close()

    async def take(self, request: Request) -> Job:
        """Receive the video of a request and have it judged.

        Raises
        ------
        RefusedError
            If there is too much to do, or the video or what is asked for is not acceptable.
        """
        client = client_of(request)
        self._admit(client)
        self._receiving[client] += 1
        try:
            await run_in_threadpool(self._check_room)
            upload = await receive(request, self._judging.places.work, self._limits)
            try:
                async with self._asking:  # one at a time, so that slow ones leave threads to others
                    length = await run_in_threadpool(self._lengths.of, upload.path)
                return await run_in_threadpool(self._take, upload, length)
            except BaseException:
                discard(upload.path)
                raise
        finally:
            self._receiving -= Counter([client])

    def _admit(self, client: str) -> None:
        all_, own = self._receiving.total(), self._receiving[client]
        if all_ >= self._limits.uploads or own >= self._limits.uploads_each:
            why = f"{all_} videos are being sent already, {own} of them by you; wait a little"
            raise RefusedError(429, why, again_s=_SOON_S)
        wait = self._rate.wait_s(client)
        if wait:
            why = f"more than {self._limits.uploads_per_minute} videos a minute; wait a little"
            raise RefusedError(429, why, again_s=wait)
        self._rate.count(client)

    def _check_room(self) -> None:
        counts = self._store.counts(QUEUE)
        if counts["queued"] >= self._limits.queued:
            why = f"{counts['queued']} videos are waiting already; send it later"
            raise RefusedError(429, why, again_s=_LATER_S)
        if sum(counts.values()) >= self._limits.videos:
            raise RefusedError(507, f"{self._limits.videos} videos are kept already; delete some")

    def _take(self, upload: Upload, length_s: float | None) -> Job:
        request = asked(upload)
        if request.careful and not self._judging.can_be_careful:
            raise RefusedError(422, "careful: the models for it are not on this computer; leave it out")
        if length_s is not None and length_s > self._limits.clip_s:
            most = f"{self._limits.clip_s / 60:g} minutes"
            raise RefusedError(422, f"longer than {most}; cut out what shall be judged")
        return self._judging.want(upload, request, length_s)
