"""Known answers of `formcheck.signals.lying`: (name, joints, facing, value)."""

KNOWN: list[tuple[str, dict[str, complex], float, float]] = []
#: Signed by the person's side or by the picture's: a mirror image turns the sign.
SIGNED_BY_SIDE: set[str] = set()
#: Tell where in the picture, not how the body is.
ABSOLUTE: set[str] = set()
#: NaN where they do not apply, though every joint is seen.
CONDITIONAL: set[str] = set()
