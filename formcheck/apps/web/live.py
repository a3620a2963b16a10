"""The socket of the live page: who may begin, who comes back, who has to wait."""

from fastapi import APIRouter
from starlette.websockets import WebSocket

from formcheck.apps.web.conversation import LATER, RUBBISH, Conversation
from formcheck.apps.web.live_session import LiveSessionHandle
from formcheck.apps.web.live_sessions import FullError, LiveSessionHandles
from formcheck.apps.web.messages import MessageError, read_request
from formcheck.apps.web.site import Here
from formcheck.codec.live_answer import Hello, Trouble
from formcheck.errors import ExerciseError
from formcheck.exercises import find_exercise
from formcheck.live.workout import Task

router = APIRouter()
_FULL = "Too many people are exercising here at once. Try again in some minutes."
_GONE = "That session has ended. What was done is saved."


@router.websocket("/api/live")
async def live(socket: WebSocket, site: Here) -> None:
    """Poses in, updates out, until the workout is over or the socket is lost."""
    await socket.accept()
    query = dict(socket.query_params)
    resumed = "resume" in query
    try:
        handle = (
            _back(site.live_sessions, query["resume"]) if resumed else site.live_sessions.begin(_task(query))
        )
    except (MessageError, ExerciseError) as error:
        return await _turn_away(socket, str(error), RUBBISH)
    except FullError:
        return await _turn_away(socket, _FULL, LATER)
    talk = Conversation(socket, handle, site.live_sessions)
    await site.live_sessions.attach(handle, talk)
    try:
        await talk.hold(Hello(hello=handle.token, resumed=resumed, latest=handle.latest))
    finally:
        await site.live_sessions.leave(handle, talk)


def _back(live_sessions: LiveSessionHandles, token: str) -> LiveSessionHandle:
    handle = live_sessions.find(token)
    if handle is None or handle.over:
        raise MessageError(_GONE)
    return handle


def _task(query: dict[str, str]) -> Task:
    asked = read_request(query)
    exercise = find_exercise(asked.exercise)
    return Task(exercise, asked.sets, asked.reps, asked.seconds, asked.rest, asked.side)


async def _turn_away(socket: WebSocket, why: str, code: int) -> None:
    await socket.send_json(Trouble(error=why, over=True))
    await socket.close(code)
