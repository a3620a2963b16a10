"""`make same`: whether a change of the house left every verdict, event and sentence as it was.

Judged are the golden poses, the drawn samples and the labelled clips (from poses that `save` estimated once,
as landmarks differ a little from machine to machine), comparisons and trend of those of one exercise, and
session.json alone of the wide corpus of landmarks.
The digests of what was reported before stand in `same.json`; the texts, for a diff, only on this machine.
"""

import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from formcheck.apps.analysis import Options, analyse_file
from formcheck.apps.cli.summary import print_summary
from formcheck.apps.cli.terminal import Console
from formcheck.apps.estimate import estimate
from formcheck.codec.events import event_to_dict
from formcheck.errors import FormcheckError
from formcheck.exercises import AUTO, find_exercise
from formcheck.live.session import LiveSession
from formcheck.live.workout import Task, Workout
from formcheck.pose.looks import looks_of
from formcheck.pose.store import load_poses, save_poses
from formcheck.sources.video import open_source
from validation.labels import HERE, KEPT, ROOT, SAMPLES, SHARED, YARDSTICKS
from validation.manifests import GOLDEN, looked_up
from validation.pairs import compared

FROZEN = HERE / "same.json"
PICTURES = (SAMPLES, SHARED / "clips", SHARED / "clips2")
LANDMARKS = (SHARED / "corpus", SHARED / "trials", YARDSTICKS)
#: What may differ from version to version: who made it and when, and how its limits are written.
_EXCEPTED = (
    (re.compile(r'"(formcheck|digest|created)": (null|"[^"]*")'), r'"\1": "..."'),
    (re.compile(r"(reviewed|validated|draft), [0-9a-f]{12}"), r"\1, ..."),
    (re.compile(r"formcheck \d+\.\d+\.\d+.*"), "formcheck ..."),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d\b"), "a day, a time"),
)
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Input:
    """Some poses, and which exercise they are said to show; None for landmarks that are only recognised.

    With poses of ``earlier`` sessions of the exercise, it is their comparisons and trend that are judged.
    """

    name: str
    poses: Path
    exercise: str | None
    wide: bool = False
    earlier: tuple[Path, ...] = ()

    @property
    def digest(self) -> str:
        """That of the poses."""
        return _digest(b"".join(path.read_bytes() for path in (*self.earlier, self.poses)))


def inputs() -> Iterator[Input]:
    """Everything on this machine."""
    found = list(_single())
    yield from found
    of: dict[str, list[Path]] = defaultdict(list)
    for one in found:
        if one.exercise is not None:
            of[one.exercise].append(one.poses)
    for exercise, poses in of.items():
        if len(poses) > 1:
            yield Input(f"progress/{exercise}", poses[-1], exercise, earlier=tuple(poses[:-1]))


def _single() -> Iterator[Input]:
    for name, exercise in GOLDEN.items():
        yield Input(f"golden/{name}", ROOT / "tests" / "golden" / f"{name}.npz", exercise)
    labels = looked_up()["exercise"]
    for folder in PICTURES:
        for clip in sorted(folder.glob("*.mp4")):
            truth = clip.with_suffix(".truth.json")
            named = json.loads(truth.read_text("utf-8"))["exercise"] if truth.exists() else None
            saved = KEPT / "poses" / f"{folder.name}__{clip.stem}.npz"
            if saved.exists():
                yield Input(f"{folder.name}/{clip.stem}", saved, named or labels.get(clip.name))
    for folder in LANDMARKS:
        for poses in sorted(folder.rglob("*.npz")):
            yield Input(f"{folder.name}/{poses.relative_to(folder).with_suffix('')}", poses, None, wide=True)


def save() -> None:
    """Estimate the poses of the samples and clips; those that are there stay."""
    for folder in PICTURES:
        for clip in sorted(folder.glob("*.mp4")):
            to = KEPT / "poses" / f"{folder.name}__{clip.stem}.npz"
            if not to.exists():
                with open_source(clip) as source:
                    save_poses(to, estimate(source, looks_of()))
                sys.stdout.write(f"{to.name}\n")


def answers(one: Input) -> str:
    """Everything that formcheck says about an input, as text that can be compared."""
    if one.earlier and one.exercise is not None:
        return _without_excepted(compared((*one.earlier, one.poses), one.exercise))
    with TemporaryDirectory() as folder:
        text = _analysed(one, AUTO, Path(folder) / "auto")
        if one.exercise is not None:
            text += _analysed(one, one.exercise, Path(folder) / "named") + _live(one, one.exercise)
    return _without_excepted(text)


def _without_excepted(text: str) -> str:
    for pattern, instead in _EXCEPTED:
        text = pattern.sub(instead, text)
    return text


def _analysed(one: Input, exercise: str, out: Path) -> str:
    options = Options(video=False, report=not one.wide)
    heading = f"=== {exercise}\n"
    try:
        done = analyse_file(one.poses, exercise, out, options, folder=out)
    except FormcheckError as error:
        return heading + str(error).replace(str(one.poses), one.name) + "\n"
    session = (out / "session.json").read_text(encoding="utf-8")
    if one.wide:
        return heading + session
    page = (out / "report.html").read_text(encoding="utf-8")
    console = Console()
    console.width = 200
    with console.capture() as shown:
        print_summary(done, console)
    summary = "\n".join(line.rstrip() for line in shown.get().splitlines() if str(out) not in line)
    reps = (out / "reps.csv").read_text(encoding="utf-8")
    return "\n".join([heading, session, reps, _words(page), summary, str(done.unjudged), ""])


def _words(page: str) -> str:
    """The text of a page, one piece a line, without its drawings."""
    bare = re.sub(r"<(style|script|svg)\b.*?</\1>", "", page, flags=re.DOTALL)
    pieces = (unescape(piece).strip() for piece in re.split(r"<[^>]*>", bare))
    return "\n".join(piece for piece in pieces if piece)


def _live(one: Input, exercise: str) -> str:
    """The events of the same poses, live: one open-ended set without a countdown."""
    poses = load_poses(one.poses)
    workout = Workout((Task(find_exercise(exercise), sets=1, reps=None, seconds=None),))
    session = LiveSession(workout, (poses.width_px, poses.height_px), countdown_s=0)
    updates = [session.step(pose) for pose in poses]
    last = session.finish()
    events = [event for update in (*updates, *([last] if last else [])) for event in update.events]
    return "=== live\n" + "".join(json.dumps(event_to_dict(e), ensure_ascii=False) + "\n" for e in events)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _each(work: Callable[[Input], str], found: list[Input]) -> Iterator[tuple[Input, str]]:
    with ProcessPoolExecutor(2) as pool:
        yield from zip(found, pool.map(work, found, chunksize=1), strict=True)


def freeze(found: list[Input]) -> None:
    """Keep what is reported now; what was kept of other inputs stays."""
    kept = json.loads(FROZEN.read_text(encoding="utf-8")) if FROZEN.exists() else {}
    for one, text in _each(answers, found):
        kept[one.name] = {"poses": one.digest, "told": _digest(text.encode())}
        path = KEPT / "told" / f"{one.name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    FROZEN.write_text(json.dumps(kept, indent=0) + "\n", encoding="utf-8")
    sys.stdout.write(f"Frozen: {len(found)} inputs.\n")


def compare(found: list[Input]) -> bool:
    """Say what differs from what was frozen; whether nothing does."""
    frozen = json.loads(FROZEN.read_text(encoding="utf-8"))
    wanted = [i for i in found if frozen.get(i.name, {}).get("poses") == i.digest]
    now = ((one, text, _digest(text.encode())) for one, text in _each(answers, wanted))
    changed = [_changed(one, text) for one, text, digest in now if digest != frozen[one.name]["told"]]
    wide, several = sum(i.wide for i in wanted), sum(bool(i.earlier) for i in wanted)
    full = len(wanted) - wide - several
    sys.stdout.write(
        f"{len(wanted) - len(changed)} of {len(wanted)} inputs told the same: {full} with report, summary and"
        f" live events, {several} by comparisons and trend, {wide} by session.json.\n"
    )
    if len(wanted) < len(frozen):
        left = len(frozen) - len(wanted)
        sys.stdout.write(f"{left} frozen inputs were not judged: not chosen, not here, or of other poses.\n")
    return not changed


def _changed(one: Input, text: str) -> str:
    path = KEPT / "told" / f"{one.name}.txt"
    before = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    lines = list(unified_diff(before, text.splitlines(), "before", "now", n=1, lineterm=""))
    sys.stdout.write("\n".join([f"--- {one.name}", *lines[:_SHOWN], ""]))
    return one.name


def main(words: list[str]) -> int:
    """``save`` the poses, ``freeze`` what is said, or compare; further words choose inputs by their names."""
    if words[:1] == ["save"]:
        save()
        return 0
    chosen = [word for word in words if word != "freeze"]
    found = [i for i in inputs() if not chosen or any(word in i.name for word in chosen)]
    if words[:1] == ["freeze"]:
        freeze(found)
        return 0
    return 0 if compare(found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
