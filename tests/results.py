"""Sessions with other results, for tests: `replace` with the parts that a test is about."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from formcheck.types.result import GaitResult, Rep, RepResult
from formcheck.types.session import Session


def with_reps(session: Session, reps: Iterable[Rep], **others: Any) -> Session:
    """The session with these attempts, and without a comparison of the sides."""
    return replace(session, result=RepResult(tuple(reps)), **others)


def with_gait(session: Session, **numbers: Any) -> Session:
    """The run with some of its numbers changed."""
    assert isinstance(session.result, GaitResult)
    gait = replace(session.result.gait, **numbers)
    return replace(session, result=replace(session.result, gait=gait))
