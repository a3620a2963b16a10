"""How soon the live page is answered when many exercise at once, and whether everybody is counted right.

    python benchmarks/live_sockets.py [--people 5 10 20] [--seconds 30]

A service in a process of its own; beside it people who send drawn squats, thirty poses a second each, as
browsers do that find the pose themselves. Reported is what the answers took from when the pose was sent, how
many poses were left out as newer ones waited, and the repetitions, which must be what one person alone gets.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np
import psutil
from rich.console import Console
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from sample_videos.drawn import motion

FPS = 30
#: Everybody is answered within a frame or three; seconds, of half and of nearly all.
P50_S, P95_S = 0.1, 0.3
#: How long the last answers may take, seconds.
_PATIENCE_S = 15.0


@dataclass
class Person:
    """What one of them sent and heard."""

    sent: dict[float, float] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    dropped: int = 0
    reps: int = 0


def messages(seconds: float) -> list[dict[str, object]]:
    """Poses as a browser tells them; a still start, then squats."""
    poses = motion("squat", reps=max(1, int(seconds / 3) - 2), lead_s=5.0, fps=FPS).poses
    return [
        {
            "width": poses.width_px,
            "height": poses.height_px,
            "image": np.nan_to_num(poses.image[k]).round(1).tolist(),
            "visibility": np.nan_to_num(poses.visibility[k]).clip(0, 1).round(2).tolist(),
            "world": np.nan_to_num(poses.world[k]).round(3).tolist(),
        }
        for k in range(min(len(poses.t), int(seconds * FPS)))
    ]


async def exercise(address: str, poses: list[dict[str, object]], start: float) -> Person:
    """One person, from the first pose to the last answer."""
    person = Person()
    async with connect(address, compression=None, max_size=None) as ws:
        await ws.recv()
        listening = asyncio.create_task(listen(ws, person))
        for k, pose in enumerate(poses):
            await asyncio.sleep(max(0.0, start + k / FPS - time.monotonic()))
            t = round(10 + k / FPS, 4)
            text = json.dumps({"t": t, **pose})
            person.sent[t] = time.monotonic()
            await ws.send(text)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(listening), 1.0)
        await ws.send('{"command": "finish"}')
        with suppress(TimeoutError):
            await asyncio.wait_for(listening, _PATIENCE_S)
    return person


async def listen(ws, person: Person) -> None:
    """Take answers until there are no more."""
    with suppress(ConnectionClosed):
        async for text in ws:
            now, answer = time.monotonic(), json.loads(text)
            person.dropped = max(person.dropped, answer.get("dropped", 0))
            if answer.get("state") != "finished" and answer.get("t") in person.sent:
                person.took.append(now - person.sent.pop(answer["t"]))
                person.reps = max(person.reps, answer["reps"])


async def together(port: int, people: int, poses: list[dict[str, object]]) -> list[Person]:
    """So many at once, each beginning at another part of a frame."""
    address = f"ws://127.0.0.1:{port}/api/live?exercise=squat&sets=1&reps=500&rest=5"
    start = time.monotonic() + 1.0
    begun = (exercise(address, poses, start + n / FPS / people) for n in range(people))
    return await asyncio.gather(*begun)


def main() -> int:
    """Measure, tell; exit code 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, nargs="+", default=[5, 10, 20])
    parser.add_argument("--seconds", type=float, default=30.0)
    given = parser.parse_args()
    poses, broken = messages(given.seconds), False
    with tempfile.TemporaryDirectory() as data:
        command = [sys.executable, "-m", "formcheck", "serve", "--port", "0", "--data", data]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as service:
            try:
                assert service.stdout is not None
                port = int(service.stdout.readline().split("//")[1].split("/")[0].rsplit(":", 1)[1])
                alone = asyncio.run(together(port, 1, poses))[0].reps
                for people in given.people:
                    began = psutil.Process(service.pid).cpu_times()
                    found = asyncio.run(together(port, people, poses))
                    ended = psutil.Process(service.pid).cpu_times()
                    cpu_s = ended.user + ended.system - began.user - began.system
                    broken |= tell(found, alone, len(poses), cpu_s)
            finally:
                service.terminate()
    return int(broken)


def tell(found: list[Person], alone: int, sent: int, cpu_s: float) -> bool:
    """Print the figures; whether a limit is broken."""
    took = np.concatenate([person.took for person in found])
    p50, p95 = np.percentile(took, [50, 95])
    reps = [person.reps for person in found]
    answered, dropped = len(took), sum(person.dropped for person in found)
    Console(highlight=False).print(
        f"{len(found):2d} people: p50 {1e3 * p50:.0f} ms, p95 {1e3 * p95:.0f} ms; {sent * len(found)} poses, "
        f"{answered} answered, {dropped} reported as left out; {min(reps)} to {max(reps)} repetitions "
        f"({alone} alone); {cpu_s:.1f} s of CPU"
    )
    return bool(p50 > P50_S or p95 > P95_S or {*reps} != {alone})


if __name__ == "__main__":
    sys.exit(main())
