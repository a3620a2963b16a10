"""How sure a count is, in a sentence."""

from dataclasses import replace

import pytest

from formcheck.outputs.verdict import counted
from formcheck.types.reason import Reason
from tests.unit.outputs import sessions


@pytest.mark.parametrize(
    ("sure", "doubt", "said"),
    [
        (None, None, None),
        (0.952, None, "The count is 95 % sure."),
        (0.55, Reason("count_uneven", n=3),
         "The count is 55 % sure (about 3: the repetitions differ much in how long they take)."),
    ],
)  # fmt: skip
def test_a_count_says_how_sure_it_is_and_why_not_surer(sure, doubt, said):
    session = sessions.squat()
    summary = replace(session.summary, count_confidence=sure, count_doubt=doubt)
    assert counted(replace(session, summary=summary)) == said
