"""A plan as JSON: what the service answers, by the schema it gives; reasons are sentences."""

import dataclasses
import json

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

from formcheck.codec.described import described
from formcheck.codec.plan import PLAN, plan_to_json
from formcheck.messages import sentence
from formcheck.plan import plan_on
from formcheck.types.training import Decision, Item, Plan, Slot
from tests.unit.plan.people import MONDAY
from tests.unit.plan.test_weeks import diary

SCHEMA = Draft202012Validator(described(TypeAdapter(PLAN)))


def names(kind):
    return [field.name for field in dataclasses.fields(kind)]


def written(plan):
    return json.loads(plan_to_json(plan))


#: Between them they have every shape of a plan and every reason that anybody of the twelve weeks has.
@pytest.mark.parametrize("name", ["in pain", "irregular", "numb once", "forgetful"])
def test_every_plan_obeys_its_schema_and_says_its_reasons(name):
    for look in diary(name).looks[::40]:
        plan, made = look.plan, written(look.plan)
        SCHEMA.validate(made)
        assert list(made) == names(Plan)
        assert made["notes"] == [sentence(note) for note in plan.notes]
        assert [d["told"] for d in made["decisions"]] == [sentence(d.why) for d in plan.decisions]
        assert [i["why"] for i in made["items"]] == [sentence(i.why) for i in plan.items]
        assert [s["unlocks"] for s in made["programme"]] == [sentence(s.unlocks) for s in plan.programme]


def test_the_published_names_stay():
    made = written(diary("perfect").looks[-1].plan)
    assert list(made["decisions"][0]) == ["day", "exercise", "kind", "told", "sessions"]
    assert list(made["programme"][0]) == names(Slot)
    assert list(made["programme"][0]["why"][0]) == ["told" if n == "why" else n for n in names(Decision)]
    assert list(written(diary("perfect").looks[0].plan)["items"][0]) == names(Item)


def test_days_and_moments_are_iso_8601():
    made = written(plan_on(MONDAY, diary("perfect").entries))
    assert made["day"] == made["week"]["monday"] == "2026-11-02"
    assert made["start"]["when"] == "2026-11-02T12:00:00Z"
