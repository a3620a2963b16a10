"""The HTTP API of the training plan: where somebody stands, and what was answered or done."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from formcheck.apps.plan import logged, now, plan_of, tell
from formcheck.apps.web.problems import RefusedError, refusals
from formcheck.apps.web.site import Here
from formcheck.codec.plan import PLAN, plan_to_json
from formcheck.exercises import catalog
from formcheck.types.training import Equipment, Pain, PainReport, Place, Plan, Start

router = APIRouter(prefix="/api/plan", tags=["plan"])
#: A set of more repetitions, or held longer than this many seconds, is a slip of the hand.
MOST_OF_A_SET = 3600
MOST_SETS = 20

Who = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[^\x00]+$")]
Exercise = Annotated[str, Field(max_length=80)]
Amount = Annotated[int, Field(ge=1, le=MOST_OF_A_SET)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    person: Who | None = None


class StartBody(_Body):
    """The three answers of a beginning."""

    pain: Pain
    place: Place = "indoors"
    equipment: Annotated[list[Equipment], Field(max_length=2)] = []
    days: Annotated[int, Field(ge=1, le=7)] = 3

    def entry(self) -> Start:
        """As it is kept."""
        return Start(now(), self.pain, self.place, tuple(dict.fromkeys(self.equipment)), self.days)


class PainBody(_Body):
    """How an exercise felt; none named is the person at large."""

    exercise: Exercise | None = None
    pain: Pain


class DoneBody(_Body):
    """What was done without a camera: repetitions (of each side) or seconds of each set."""

    exercise: Exercise
    sets: Annotated[list[Amount], Field(min_length=1, max_length=MOST_SETS)]
    good: Annotated[int, Field(ge=0, le=10)] = 10
    pain: Pain | None = None


@router.get("", response_model=PLAN, responses=refusals(422))
def plan(site: Here, person: Annotated[Who | None, Query()] = None) -> Response:
    """Where somebody stands, and what to do today."""
    return _answer(plan_of(site.store, person))


@router.post("/start", status_code=201, response_model=PLAN, responses=refusals(400, 408, 413, 422))
def start(site: Here, body: StartBody) -> Response:
    """Begin, or change the answers."""
    return _answer(tell(site.store, body.entry(), body.person), 201)


@router.post("/pain", status_code=201, response_model=PLAN, responses=refusals(400, 408, 413, 422))
def pain(site: Here, body: PainBody) -> Response:
    """Tell how it felt."""
    report = PainReport(now(), known(body.exercise), body.pain)
    return _answer(tell(site.store, report, body.person), 201)


@router.post("/done", status_code=201, response_model=PLAN, responses=refusals(400, 408, 413, 422))
def done(site: Here, body: DoneBody) -> Response:
    """Tell what was done without a camera."""
    entry = logged(str(known(body.exercise)), body.sets, body.good, body.pain)
    return _answer(tell(site.store, entry, body.person), 201)


def _answer(plan: Plan, status: int = 200) -> Response:
    return Response(plan_to_json(plan), status, media_type="application/json")


def known(exercise: str | None) -> str | None:
    """The id of an exercise of the catalog.

    Raises
    ------
    RefusedError
        If there is none of it.
    """
    if exercise is not None and exercise not in catalog():
        raise RefusedError(422, "exercise: there is none of that id; see /live/exercises")
    return exercise
