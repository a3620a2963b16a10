"""What was seen and does not count, said once a kind: nothing is dropped in silence."""

from collections import defaultdict
from collections.abc import Sequence

from formcheck.engine.tracker import PassedOver
from formcheck.types.reason import Reason
from formcheck.types.session import Advice

#: Beside something that counts, these are no news: a twitch or slight movement, a piece without movement,
#: a moment in the pose, the first or last cut off.
MINOR = frozenset({"twitch", "slight", "hardly_moved", "held_briefly", "way_out_unseen", "clip_ends"})


def not_counted(passed_over: Sequence[PassedOver], *, counted: bool) -> tuple[Advice, ...]:
    """One sentence for each kind of what was passed over, the most frequent first.

    Parameters
    ----------
    passed_over : everything of one exercise.
    counted : whether anything counts beside it.
    """
    kinds: dict[str, list[Reason]] = defaultdict(list)
    for one in passed_over:
        if not (counted and one.reason.code in MINOR):
            kinds[one.reason.code].append(one.reason)
    often = sorted(kinds.items(), key=lambda kind: -len(kind[1]))
    return tuple(Advice(code, _said(reasons)) for code, reasons in often)


def _said(reasons: Sequence[Reason]) -> Reason:
    """How many they are, and the one in the middle of them."""
    return Reason("passed_over", n=len(reasons), why=reasons[len(reasons) // 2])
