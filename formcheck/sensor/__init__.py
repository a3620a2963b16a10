"""What a pose model makes of a true body: gains, offsets and noise, measured, one profile a model."""

from formcheck.sensor.correction import Correction
from formcheck.sensor.loader import UNNAMED, profile_for, profiles, usual_profile
from formcheck.sensor.profile import SensorProfile

__all__ = ["UNNAMED", "Correction", "SensorProfile", "profile_for", "profiles", "usual_profile"]
