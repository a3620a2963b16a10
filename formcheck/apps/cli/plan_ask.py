"""The questions of a training plan, asked in a terminal."""

from rich.prompt import IntPrompt, Prompt

from formcheck.apps.cli.terminal import Console
from formcheck.types.training import Equipment, Pain, Place, Start

_PLACES: dict[str, tuple[str, Place, tuple[Equipment, ...]]] = {
    "1": ("indoors, with a free wall", "indoors", ("mat", "wall")),
    "2": ("indoors, no free wall", "indoors", ("mat",)),
    "3": ("outdoors, with a mat", "outdoors", ("mat",)),
    "4": ("outdoors, nothing to lie on", "outdoors", ()),
}
_PAIN: dict[str, Pain] = {"n": "none", "p": "pain", "t": "numb"}
_ASK_PAIN = "(n) nothing  (p) pain  (t) tingling or numbness"
_DAYS = 3


def ask_start(
    console: Console,
    *,
    pain: Pain | None = None,
    where: tuple[Place, tuple[Equipment, ...]] | None = None,
    days: int | None = None,
) -> Start:
    """The three questions of a beginning; what is given is not asked."""
    from formcheck.apps.plan import now  # noqa: PLC0415  slow to import, and --help must be quick

    if pain is None:
        pain = ask_pain(console, "1 of 3. Does anything hurt now, your back above all?")
    if where is None:
        console.print("2 of 3. Where do you train?", highlight=False)
        for key, (words, _, _) in _PLACES.items():
            console.print(f"   ({key}) {words}", highlight=False)
        where = _PLACES[Prompt.ask("  ", choices=list(_PLACES), default="1", console=console)][1:]
    if days is None:
        text = "3 of 3. On how many days a week?"
        days = IntPrompt.ask(
            text, choices=[str(n) for n in range(1, 8)], default=_DAYS, show_choices=False, console=console
        )
    return Start(now(), pain, where[0], where[1], days)


def ask_pain(console: Console, question: str) -> Pain:
    """How something feels; asked until it is answered."""
    console.print(f"{question}\n   {_ASK_PAIN}", highlight=False)
    return _PAIN[Prompt.ask("  ", choices=list(_PAIN), show_choices=False, console=console)]
