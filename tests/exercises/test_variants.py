"""Forms of an exercise that people do under its name, though the catalogue's drawing shows another."""

from dataclasses import replace

import pytest

from formcheck.engine.recording import judge_recording
from tests.exercises import takes
from tests.figures import Span, figure


def there_and_back(poses):
    """The clip, and after it the same clip backwards."""
    backwards = {name: getattr(poses, name)[::-1] for name in ("image", "world", "visibility")}
    return takes.joined(poses, replace(poses, **backwards))


@pytest.mark.parametrize("side", ["left", "right"])
def test_hips_are_lifted_on_the_feet_too(side):
    low = Span(-1.0, 2.5, 1.6)
    lift = figure("side_plank_hold", view="front", side=side, duration_s=2.5, hips_low=low).poses
    session = judge_recording(takes.joined(there_and_back(lift), there_and_back(lift)), "low_side_plank_lift")
    assert (session.summary.attempts, session.summary.reps, session.faults) == (2, 2, ())
