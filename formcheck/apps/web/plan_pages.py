"""The page of the training plan: three answers, today, where each exercise stands, and a log."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from pydantic import ValidationError
from starlette.responses import HTMLResponse, RedirectResponse, Response

from formcheck.apps.plan import logged, now, plan_of, tell
from formcheck.apps.web.cards import cards
from formcheck.apps.web.plan_api import DoneBody, PainBody, StartBody, known
from formcheck.apps.web.problems import RefusedError
from formcheck.apps.web.site import Here, Site, render
from formcheck.codec.schema import first_mistake
from formcheck.exercises import catalog
from formcheck.messages import sentence
from formcheck.plan import rules, words
from formcheck.plan.reasons import calendar_day
from formcheck.store import Damage
from formcheck.types.training import Decision, Entry, Item, PainReport, Slot

router = APIRouter(include_in_schema=False)
#: So many of the latest decisions stand on the page.
_LATEST = 12
_OF_SLOT = 3
Text = Annotated[str, Form(max_length=200)]


@router.get("/plan")
def plan(site: Here) -> HTMLResponse:
    """Where somebody stands; three questions for who has no plan yet."""
    return _page(site)


@router.post("/plan/start")
def start(
    site: Here,
    pain: Text = "",
    place: Text = "",
    days: Text = "",
    equipment: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Take the three answers; the first guided set is next."""
    given = {"pain": pain, "place": place, "days": days, "equipment": equipment or []}
    try:
        entry = StartBody.model_validate(given).entry()
    except ValidationError as error:
        return _refused(site, error)
    begun = tell(site.store, entry)
    return RedirectResponse("/live?plan=1" if begun.state == "training" else "/plan", 303)


@router.post("/plan/done")
def done(site: Here, exercise: Text = "", sets: Text = "", good: Text = "10", pain: Text = "") -> Response:
    """Take what was done without a camera."""
    given = {"exercise": exercise, "sets": sets.replace(",", " ").split(), "good": good, "pain": pain or None}
    try:
        body = DoneBody.model_validate(given)
        entry = logged(str(known(body.exercise)), body.sets, body.good, body.pain)
    except (ValidationError, RefusedError) as error:
        return _refused(site, error)
    return _keep(site, entry)


@router.post("/plan/pain")
def pain(site: Here, exercise: Text = "", pain: Text = "") -> Response:
    """Take how something felt."""
    try:
        body = PainBody.model_validate({"exercise": exercise or None, "pain": pain})
        entry = PainReport(now(), known(body.exercise), body.pain)
    except (ValidationError, RefusedError) as error:
        return _refused(site, error)
    return _keep(site, entry)


@router.post("/plan/undo")
def undo(site: Here) -> Response:
    """Take back what was reported last."""
    site.store.take_back()
    return RedirectResponse("/plan", 303)


def week_of(site: Site) -> str | None:
    """The week in a sentence, for who has a plan."""
    plan = plan_of(site.store)
    return None if plan.start is None else sentence(words.week(plan.week))


def _keep(site: Site, entry: Entry) -> Response:
    tell(site.store, entry)
    return RedirectResponse("/plan", 303)


def _refused(site: Site, error: ValidationError | RefusedError) -> HTMLResponse:
    why = first_mistake(error.errors()) if isinstance(error, ValidationError) else str(error.detail)
    return _page(site, f"That was not understood ({why}). Nothing was kept.", 422)


def _page(site: Site, trouble: str | None = None, status: int = 200) -> HTMLResponse:
    damages: list[Damage] = []
    plan = plan_of(site.store, note=damages.append)
    shown = (*plan.items, *(i for i in plan.training if i not in plan.items))
    return render(
        "plan",
        status,
        plan=plan,
        headline=sentence(words.headline(plan)),
        week=sentence(words.week(plan.week)),
        next_day=sentence(calendar_day(plan.next_day)),
        notes=[sentence(note) for note in plan.notes],
        items=[_item(item) for item in plan.items],
        training=[_item(item) for item in plan.training] if plan.state == "rest" else [],
        slots=[_slot(slot) for slot in plan.programme],
        decisions=[_decision(d) for d in reversed(plan.decisions[-_LATEST:])],
        choices=_choices(shown),
        safety=rules().safety,
        trouble=trouble,
        damages=damages,
    )


def _item(item: Item) -> dict[str, Any]:
    """An item as a card."""
    exercise = catalog()[item.exercise]
    card = next(card for card in cards() if card["id"] == item.exercise)
    return {
        "item": item,
        "name": exercise.name,
        "target": sentence(words.target(item)),
        "why": sentence(item.why),
        "setup": exercise.camera.setup,
        "cues": words.cues(exercise),
        "picture": card["picture"],
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "slot": slot,
        "name": catalog()[slot.exercise].name,
        "standing": sentence(words.standing(slot)),
        "unlocks": sentence(slot.unlocks),
        "why": [_decision(d) for d in slot.why[-_OF_SLOT:]],
    }


def _decision(decision: Decision) -> dict[str, Any]:
    name = catalog()[decision.exercise].name if decision.exercise else None
    why = sentence(decision.why)
    return {"day": decision.day, "name": name, "why": why, "sessions": decision.sessions}


def _choices(shown: tuple[Item, ...]) -> list[tuple[str, str]]:
    """What may be logged: today's exercises first, then the rest of the order."""
    ids = dict.fromkeys([*(item.exercise for item in shown), *rules().places, *rules().stretch.exercises])
    return [(id_, catalog()[id_].name) for id_ in ids]
