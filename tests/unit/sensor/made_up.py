"""Sensor profiles that nobody measured, for tests."""

from importlib import resources

from formcheck.sensor.loader import parse

NEUTRAL = (resources.files("formcheck.sensor") / "profiles" / "neutral.toml").read_text(encoding="utf-8")


def profile(text):
    """A profile of its own on top of the neutral one."""
    head = 'based_on = "neutral"\nmeasured = true\n'
    return parse({"neutral": NEUTRAL, "made-up": head + text})["made-up"]
