"""Sit ups."""

from tests.exercises.cases.common import Cases

CASES = Cases()
