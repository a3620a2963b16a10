"""index.html of a batch: which clips to look at first, then all others, then those that were not judged."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from formcheck.files.writing import write_text
from formcheck.outputs import words
from formcheck.outputs.batch_clip import BatchClip
from formcheck.outputs.html import environment
from formcheck.outputs.page import Tile
from formcheck.version import __version__

#: More than these nobody looks at first.
FIRST = 7
_NUMBERS = (
    "none",
    "this one",
    "these two",
    "these three",
    "these four",
    "these five",
    "these six",
    "these seven",
)
#: Cues shown of a clip in a list; its report shows all.
_CUES = 3


def write_index(clips: Iterable[BatchClip], path: Path, title: str, waiting: int = 0) -> Path:
    """Write the page.

    Parameters
    ----------
    clips : all that are done.
    title : what the batch is called.
    waiting : how many are not done yet, where the page is written while the batch runs.
    """
    return write_text(path, index_html(list(clips), title, waiting))


def index_html(clips: Sequence[BatchClip], title: str, waiting: int = 0) -> str:
    """The page as text; its pictures and reports are links to the clips' folders beside it."""
    return environment().get_template("batch.html.j2").render(_page(clips, title, waiting))


def _page(clips: Sequence[BatchClip], title: str, waiting: int) -> dict[str, Any]:
    ok = sorted((c for c in clips if c.status == "ok"), key=lambda c: c.urgency)
    first = [c for c in ok[:FIRST] if c.clear_fault]
    unjudged = sorted((c for c in clips if c.status == "not_judgeable"), key=lambda c: c.path)
    failed = sorted((c for c in clips if c.status == "failed"), key=lambda c: c.path)
    return {
        "title": title,
        "verdict": _verdict(clips, ok, waiting),
        "tiles": _tiles(ok, unjudged, failed),
        "first_title": f"Look at {_NUMBERS[len(first)]} first",
        "first": [_item(c) for c in first],
        "rest": [_item(c) for c in ok[len(first) :]],
        "lists": [
            ("unsure", "Which exercise?", "Name it in a manifest, or put the clip in a folder of that name.",
             [_item(c) for c in unjudged if c.unsure]),
            ("unjudged", "Could not be judged", "The clip can be read, but shows too little.",
             [_item(c) for c in unjudged if not c.unsure]),
            ("failed", "Failed", "Nothing could be made of these files.", [_item(c) for c in failed]),
        ],
        "version": __version__,
        "words": words,
    }  # fmt: skip


def _verdict(clips: Sequence[BatchClip], ok: Sequence[BatchClip], waiting: int) -> str:
    faulty = sum(c.clear_fault for c in ok)
    judged = f"{len(ok)} of {words.count(len(clips), 'clip')} were judged"
    if not ok:
        verdict = (
            f"None of {words.count(len(clips), 'clip')} could be judged." if clips else "No clip is done yet."
        )
    elif faulty:
        verdict = f"{judged}; {faulty} {'shows' if faulty == 1 else 'show'} a clear fault."
    else:
        verdict = f"{judged}; none shows a clear fault."
    if waiting:
        verdict += f" {words.count(waiting, 'clip')} still to come; load this page again."
    return verdict


def _tiles(ok: Sequence[BatchClip], unjudged: Sequence[BatchClip], failed: Sequence[BatchClip]) -> list[Tile]:
    scores = sorted(c.score.score for c in ok if c.score and c.score.score is not None)
    tiles = [Tile(str(len(ok)), "judged")]
    if scores:
        spread = f"of {words.count(len(scores), 'score')}"
        tiles.append(Tile(str(scores[len(scores) // 2]), "middle score out of 100", spread))
    return [*tiles, Tile(str(len(unjudged)), "could not be judged"), Tile(str(len(failed)), "failed")]


def _item(clip: BatchClip) -> dict[str, Any]:
    """A clip in words, with its links as a browser wants them."""
    score = clip.score
    at = f"./{quote(clip.folder)}" if clip.folder else None
    faults = score.faults if score else ()
    return {
        "clip": clip,
        "score": score,
        "report": f"{at}/report.html" if at and clip.report else None,
        "picture": f"{at}/thumbnail.jpg" if at and clip.thumbnail else None,
        "worst": faults[0] if faults else None,
        "also": [fault.cue for fault in faults[1:_CUES]],
        "more": max(0, len(faults) - _CUES),
        "seen": f"{score.coverage:.0%} seen".replace("%", " %") if score else "",
        "sure": f"{score.confidence:.0%} sure".replace("%", " %") if score and score.confidence else "",
    }
