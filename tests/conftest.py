"""What tests of every kind share."""

from pathlib import Path

import pytest

from formcheck.pose import models
from formcheck.pose.looks import USUAL


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The cached `full` model; it and the one for recordings are fetched once, which needs a network."""
    models.fetch(USUAL.model)
    return models.fetch("full")
