"""Messages of the live page: poses, pictures, buttons and rubbish, with the real engine behind."""

import asyncio
import json
import struct
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import numpy as np

from fuzz import service
from fuzz.ending import Ending, ImproperError, check_line
from fuzz.inputs import Input, Kind
from fuzz.mutate import BYTES, NUMBERS, TEXTS, TREES, dump, hostile
from tests.figures import figure
from tests.unit.web.stand_ins import jpeg

#: A talk: the address's query, and for each message what differs from the pose of that moment.
Talk = dict[str, Any]
_FRAMES = 60
_FPS = 5.0


@cache
def _poses() -> tuple[dict[str, Any], ...]:
    """Somebody squats, as the browser tells it."""
    poses = figure("squat", reps=2, fps=_FPS).poses
    return tuple(
        {
            "t": round(float(pose.t), 3),
            "width": poses.width_px,
            "height": poses.height_px,
            "image": np.round(pose.image).tolist(),
            "visibility": [1.0] * 33,
            "world": np.round(pose.world, 2).tolist(),
        }
        for pose in poses
    )


def _base(rng: Random) -> Talk:
    query = rng.choice(
        (
            "exercise=squat&sets=1&reps=2",
            "exercise=squat",
            "exercise=plank_hold&seconds=5",
            "exercise=running&sets=1",
        )
    )
    return {"query": query, "messages": [{"like": i} for i in range(rng.choice((3, _FRAMES)))]}


def _wish(talk: Talk, rng: Random) -> Talk:
    name = rng.choice(("exercise", "sets", "reps", "seconds", "rest", "side", "resume", ""))
    value = quote(str(rng.choice((*TEXTS, *NUMBERS))).encode("utf-8", "surrogatepass"))
    return {**talk, "query": rng.choice((f"{talk['query']}&{name}={value}", f"{name}={value}", "%ff", ""))}


def _one(talk: Talk, rng: Random, message: dict[str, Any]) -> Talk:
    messages = deepcopy(talk["messages"])
    messages.insert(rng.randrange(len(messages) + 1), message)
    return {**talk, "messages": messages}


def _differs(talk: Talk, rng: Random) -> Talk:
    """Some poses have a field that is hostile."""
    field = rng.choice(("t", "width", "height", "image", "visibility", "world", "extra"))
    value, share = rng.choice((hostile(rng), rng.choice(NUMBERS))), rng.choice((0.1, 0.5, 1.0))
    return _each(talk, rng, share, {field: value})


def _each(talk: Talk, rng: Random, share: float, other: Mapping[str, Any]) -> Talk:
    messages = [
        {**m, "set": {**m.get("set", {}), **other}} if "like" in m and rng.random() < share else m
        for m in talk["messages"]
    ]
    return {**talk, "messages": messages}


def _bodies(talk: Talk, rng: Random) -> Talk:
    """Bodies that fit the form and no human."""
    size = rng.choice((0.0, 1e-30, 1e5, -1e5))
    bodies = (
        {"image": [[size, size]] * 33},
        {"image": [[1e5 * (-1) ** i, i] for i in range(33)]},
        {"image": None},
        {"visibility": [rng.choice((0.0, 1.0))] * 33},
        {"world": [[100.0, -100.0, 0.0]] * 33},
        {"world": None},
        {"width": 16, "height": 8192},
        {"width": 8192, "height": 16},
    )
    return _each(talk, rng, rng.choice((0.1, 0.5, 1.0)), rng.choice(bodies))


def _clock(talk: Talk, rng: Random) -> Talk:
    """The times of all messages, on another clock."""
    messages, t, step = (
        deepcopy(talk["messages"]),
        rng.choice((0.0, 1e9, 1e11, 5e-324)),
        rng.choice((1e-9, 0.01, 0.2, 60, 3000)),
    )
    for message in messages:
        t += step
        if "like" in message:
            message.setdefault("set", {})["t"] = t
    return {**talk, "messages": messages}


def _button(talk: Talk, rng: Random) -> Talk:
    command = rng.choice(("pause", "resume", "skip", "stop", "finish", "next", "again", *TEXTS))
    return _one(talk, rng, {"text": json.dumps({"command": command})})


def _text(talk: Talk, rng: Random) -> Talk:
    pose = rng.choice(_poses())
    text = rng.choice(
        (dump(hostile(rng)), dump(rng.choice(TREES)(pose, rng)), rng.choice(BYTES)(dump(pose), rng))
    )
    return _one(talk, rng, {"text": text.decode("latin-1")})


def _picture(talk: Talk, rng: Random) -> Talk:
    data = struct.pack("<d", rng.choice((100.0, 0.0, 1e12, float("nan"), -1.0))) + jpeg(64, 48)
    if rng.random() < 0.7:
        data = data[:8] + rng.choice(BYTES)(data[8:], rng)
    return _one(talk, rng, {"hex": data.hex()})


def _order(talk: Talk, rng: Random) -> Talk:
    messages = list(talk["messages"])
    match rng.randrange(3):
        case 0:
            messages.reverse()
        case 1:
            rng.shuffle(messages)
        case _:
            messages = [m for m in messages for _ in range(2)]
    return {**talk, "messages": messages}


def _write(talk: Talk) -> tuple[str, bytes]:
    return ".json", json.dumps(talk, indent=1).encode()


def _message(written: Mapping[str, Any]) -> dict[str, Any]:
    if "text" in written:
        return {"text": written["text"]}
    if "hex" in written:
        return {"bytes": bytes.fromhex(written["hex"])}
    pose = _poses()[written["like"] % len(_poses())]
    return {"text": dump(pose | written.get("set", {})).decode()}


def _meet(given: Input, folder: Path) -> Ending:
    talk = json.loads(given.data)
    return asyncio.run(_talked(talk["query"], [_message(written) for written in talk["messages"]], folder))


async def _talked(query: str, messages: list[dict[str, Any]], folder: Path) -> Ending:
    async with service.serving(folder / "data") as app:
        said = await service.talk(app, query, messages)
    updates, refusals = 0, []
    for message in said:
        if message["type"] == "websocket.send":
            written = _read(message)
            if "error" in written:
                refusals.append(check_line(written["error"]))
            updates += "state" in written
    left = list((folder / "data").rglob("*.part"))
    if left:
        raise ImproperError("leftover", left[0].name)
    if not updates and not refusals and messages:
        raise ImproperError("message", f"no answer to {len(messages)} messages: {said[-1:]}")
    return Ending("judged" if updates else "refused", f"{updates} updates; {refusals[:1]}")


def _read(message: Mapping[str, Any]) -> Any:
    def never(word: str) -> None:
        raise ImproperError("message", f"{word} is no JSON: {message['text'][:200]}")

    return json.loads(message["text"], parse_constant=never)


KIND = Kind(
    "socket",
    _base,
    (_wish, _differs, _differs, _bodies, _bodies, _clock, _button, _text, _picture, _order),
    _write,
    _meet,
    plain=True,
)
