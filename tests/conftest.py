"""What tests of every kind share."""

from pathlib import Path

import pytest

from formcheck.pose import models
from formcheck.pose.looks import USUAL


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The cached `full` model; it and those for recordings are fetched once, which needs a network."""
    for name in USUAL.models:
        models.fetch(name)
    return models.fetch("full")
