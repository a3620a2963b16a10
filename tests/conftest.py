"""What tests of every kind share."""

from pathlib import Path

import pytest

from formcheck.pose import models


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The cached `full` model; fetched once if it is not there, which needs a network that one time."""
    return models.fetch("full")
