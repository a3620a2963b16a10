"""A plan as JSON."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from formcheck.codec.form import Form
from formcheck.codec.schema import annotated, schema_of
from formcheck.types.training import Decision, Plan

#: The type of what the service answers with a plan.
PLAN = annotated(schema_of(Plan, Form(names={(Decision, "why"): "told"})))


def plan_to_json(plan: Plan) -> bytes:
    """What `PLAN` says of a plan; reasons are sentences."""
    return _answer().dump_json(plan, by_alias=True)


@cache
def _answer() -> TypeAdapter[Any]:
    return TypeAdapter(PLAN)
