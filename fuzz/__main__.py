"""`make fuzz`: draw hostile inputs, give them to the program, keep what it cannot bear, print a table."""

import argparse
import secrets
import sys
from collections.abc import Sequence

from rich.table import Table

from formcheck.apps.cli.terminal import Console, escape
from fuzz.kinds import KINDS
from fuzz.run import KEPT, Met, draws, run


def main() -> int:
    """Read the words of the command, run, print; 1 if anything failed."""
    wanted = _words()
    kinds = wanted.kind.split(",")
    seed = secrets.randbelow(10**6) if wanted.seed is None else wanted.seed
    console = Console()
    console.print(f"seed {seed}", highlight=False)

    def show(met: Met) -> None:
        if not met.ending.proper:
            draw = f"{met.draw.kind} {met.draw.n}"
            at = f"; kept as {met.kept.relative_to(KEPT.parents[1])}" if met.kept else ""
            console.print(
                escape(f"{draw}: {met.ending.what}: {met.ending.why}{at}"), highlight=False, soft_wrap=True
            )

    todo = list(draws(kinds, seed, wanted.count))
    todo = [draw for draw in todo if wanted.only in (None, draw.n)]
    found = run(
        todo,
        wanted.workers,
        seconds=60 * wanted.minutes,
        keep=KEPT if wanted.keep else None,
        ended=show,
    )
    console.print(_table(found, kinds))
    if len(found) < len(todo):
        console.print(
            f"{len(todo) - len(found)} of {len(todo)} were not tried: the time was up", highlight=False
        )
    console.print(f"seed {seed}", highlight=False)
    return int(any(not met.ending.proper for met in found))


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=1000, help="inputs in all")
    parser.add_argument("--seed", type=int, help="the same gives the same inputs; by default a new one")
    parser.add_argument("--minutes", type=float, default=30.0, help="begin nothing after this time")
    parser.add_argument("--kind", default=",".join(KINDS), help="which, with commas")
    parser.add_argument("--only", type=int, metavar="N", help="only the input of this number, of each kind")
    parser.add_argument("--workers", type=int, default=2, help="processes at a time")
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True, help="keep failures")
    wanted = parser.parse_args()
    unknown = set(wanted.kind.split(",")) - KINDS.keys()
    if unknown:
        parser.error(f"--kind: {', '.join(sorted(unknown))}: the kinds are {', '.join(KINDS)}")
    return wanted


def _table(found: Sequence[Met], kinds: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("kind")
    for column in ("inputs", "judged", "refused", "failures", "slowest, s CPU", "largest, MB"):
        table.add_column(column, justify="right")
    for kind in (*kinds, "all"):
        endings = [met.ending for met in found if kind in (met.draw.kind, "all")]
        counts = [sum(e.what == what for e in endings) for what in ("judged", "refused")]
        bad = sum(not e.proper for e in endings)
        slowest = max((e.seconds for e in endings), default=0.0)
        largest = max((e.peak_mb for e in endings), default=0.0)
        table.add_row(kind, *map(str, (len(endings), *counts, bad)), f"{slowest:.1f}", f"{largest:.0f}")
    return table


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("fuzz: interrupted; failures so far are kept")
