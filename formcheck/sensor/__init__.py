"""What a pose model makes of a true body: gains, offsets and noise, measured, one profile a model."""

from formcheck.sensor.correction import Correction
from formcheck.sensor.loader import profile_for, profiles
from formcheck.sensor.profile import SensorProfile

__all__ = ["Correction", "SensorProfile", "profile_for", "profiles"]
