"""How far off hidden landmarks are that are hardly in doubt: ``python -m validation.sensor.hidden``.

Beside visible ones, by the clips of the dials, for either half of the people: `judge_within` in
`formcheck/sensor/profiles` is the doubt up to which hidden ones are no further off than those barely visible.
"""

import sys
from collections.abc import Iterator

import numpy as np

from formcheck.sensor import SensorProfile, profile_for
from formcheck.sensor.doubt import Parts
from formcheck.types import Model
from validation.dials.readings import WAY
from validation.dials.suite import FOLDER
from validation.sensor.doubt import SHARE, Landmarks, landmarks, said

#: As full is least visible to be judged; what heavy shows so is barely visible.
BARELY = 0.65
STEPS = (0.2, 0.25, 0.3, 0.35, 0.4)
FAR = 0.3


def main() -> None:
    """Report on heavy, which looks at all but runs."""
    profile = profile_for(Model("heavy", ""))
    seen = landmarks(WAY.name, FOLDER)
    seen = seen.only(np.array(["/running-" not in clip for clip in seen.clip]))
    people = np.unique(seen.person)
    for half in (people[::2], people[1::2]):
        for line in _lines(seen.only(np.isin(seen.person, half)), profile):
            sys.stdout.write(line + "\n")


def _lines(seen: Landmarks, profile: SensorProfile) -> Iterator[str]:
    table, trust = profile.doubt, profile.trust
    base = [getattr(table.base, part) for part in Parts.model_fields]
    doubt = said(np.array([*base, table.shaking, table.hidden, table.lying]), seen)
    hidden, borne = seen.visibility < trust.usable, doubt <= trust.verdict_within
    yield f"{', '.join(np.unique(seen.person))}"
    yield _line("barely visible, as judged", seen.only(~hidden & borne & (seen.visibility < BARELY)))
    for low, high in zip((0.0, *STEPS), STEPS, strict=False):
        some = seen.only(hidden & (doubt > low) & (doubt <= high))
        yield _line(f"hidden, in doubt by {low:g} to {high:g}", some)


def _line(what: str, seen: Landmarks) -> str:
    clips, within = len(np.unique(seen.clip)), np.quantile(seen.error, SHARE)
    far = f"{np.mean(seen.error > FAR):.1%} by more than {FAR:g}"
    return f"  {what}: {len(seen.error)} in {clips} clips, {SHARE:.0%} off by at most {within:.2f}, {far}"


if __name__ == "__main__":
    main()
