"""The engine on frozen landmarks of the drawn samples: no verdict changes unnoticed."""

import json

import pytest

from tests.golden.refresh import GOLDEN, HERE, verdict


@pytest.mark.parametrize("name", GOLDEN)
def test_verdict_is_the_committed_one(name):
    assert json.loads(verdict(name)) == json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
