"""The socket of the live page: who may begin, who comes back, who has to wait."""

from fastapi import APIRouter
from starlette.websockets import WebSocket

from formcheck.apps.web.conversation import LATER, RUBBISH, Conversation
from formcheck.apps.web.live_session import LiveSessionHandle
from formcheck.apps.web.live_sessions import FullError, LiveSessionHandles
from formcheck.apps.web.messages import MessageError, read_wish
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
        visit = _back(site.visits, query["resume"]) if resumed else site.visits.begin(_task(query))
    except (MessageError, ExerciseError) as error:
        return await _turn_away(socket, str(error), RUBBISH)
    except FullError:
        return await _turn_away(socket, _FULL, LATER)
    talk = Conversation(socket, visit, site.visits)
    await site.visits.attach(visit, talk)
    try:
        await talk.hold(Hello(hello=visit.token, resumed=resumed, latest=visit.latest))
    finally:
        await site.visits.leave(visit, talk)


def _back(visits: LiveSessionHandles, token: str) -> LiveSessionHandle:
    visit = visits.find(token)
    if visit is None or visit.over:
        raise MessageError(_GONE)
    return visit


def _task(query: dict[str, str]) -> Task:
    wish = read_wish(query)
    exercise = find_exercise(wish.exercise)
    return Task(exercise, wish.sets, wish.reps, wish.seconds, wish.rest, wish.side)


async def _turn_away(socket: WebSocket, why: str, code: int) -> None:
    await socket.send_json(Trouble(error=why, over=True))
    await socket.close(code)
