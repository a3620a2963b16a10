"""One recorded clip (or saved poses) in, one folder of results out: the function that every app calls."""

import math
from collections.abc import Container
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from formcheck.apps.estimate import estimate
from formcheck.apps.finished import Analysis
from formcheck.apps.looking import Progress, silent
from formcheck.apps.second_pass import Pictures, draw_video, find_pictures, wanted
from formcheck.engine.parts import Part, judge_parts
from formcheck.engine.recording import bodies_of, chosen_exercise, require_somebody, take_apart
from formcheck.errors import SourceError
from formcheck.exercises import Exercise
from formcheck.files.folders import POSES, RESULTS, THUMBNAIL, VIDEO, Staging, clip_name, staged
from formcheck.files.writing import write_bytes
from formcheck.outputs.html import write_report
from formcheck.outputs.session_file import write_session
from formcheck.outputs.tables import write_reps
from formcheck.pose.looks import USUAL, Looks
from formcheck.pose.store import load_poses, save_poses
from formcheck.pose.subject import Rule
from formcheck.sources.video import VideoSource, open_source
from formcheck.types import Advice, PoseSequence, Reason, Session, SourceInfo
from formcheck.types.frame import Turn
from formcheck.types.kind import is_gait

INCOMPLETE = Advice("file_incomplete", Reason("file_incomplete"))


@dataclass(frozen=True, slots=True)
class Options:
    """How to read and judge a clip; times in seconds of the clip's own clock.

    Attributes
    ----------
    looks : which model looks, and how often.
    side, view : overrule what geometry finds; None leaves it to geometry.
    subject : who is followed when several people are in view.
    height : of the person, metres; turns trunk lengths into centimetres.
    start, end, slowmo : part of the clip, and how many times slower than life it plays; None goes by the
        phone's own tag.
    rotation_deg : how far the pictures have to be turned clockwise, beyond what the file says itself; None
        leaves it to the body.
    video, report, save_poses, thumbnail : which of the optional files to write.
    """

    looks: Looks = USUAL
    side: Literal["left", "right"] | None = None
    view: Literal["side", "front", "back"] | None = None
    subject: Rule = "largest"
    height: float | None = None
    start: float | None = None
    end: float | None = None
    slowmo: float | None = None
    rotation_deg: Turn | None = None
    video: bool = True
    report: bool = True
    save_poses: bool = False
    thumbnail: bool = False


def analyse_file(
    path: Path | str,
    exercise: Exercise | str | Path,
    out: Path | str,
    options: Options = Options(),
    *,
    folder: Path | None = None,
    name: str | None = None,
    progress: Progress | None = None,
    force: bool = False,
    taken: Container[str] = (),
) -> Analysis:
    """Judge one clip and write its results to ``out/NAME``.

    A folder of that name that holds something else is left alone: the results go to one beside it, which has
    a short hash in its name. The same clip finds its folder again and replaces its results there.

    Parameters
    ----------
    path : a video, or a ``poses.npz``.
    exercise : an exercise, its id, the path of its TOML file, or "auto" to recognise it.
    folder : where exactly to write, whatever is there; by default ``out`` and the clip's name.
    name : shown as the clip's name; by default that of its file.
    progress : called with how far it is.
    force : write to ``out/NAME`` whatever is there.
    taken : as `own_folder` takes it: what no result may replace, not even one of the same bytes.

    Raises
    ------
    FormcheckError
        If the clip cannot be read, nobody is in it, the model is missing or results cannot be written.

    Examples
    --------
    >>> analyse_file("squat.mp4", "squat", "results").session.summary.reps  # doctest: +SKIP
    4
    """
    path, progress = Path(path), progress or silent
    chosen = chosen_exercise(exercise)
    place = folder or Path(out) / clip_name(path.name)
    force = (force or folder is not None) and not _replaces(path, place)
    created = datetime.now(UTC).isoformat(timespec="seconds")
    if path.suffix == ".npz":
        poses, warning = _part(load_poses(path), options, path), None
        _, session, _ = _judged(poses, chosen, options, options.rotation_deg, path, progress)
        with staged(place, None if force else _sources(poses.source), taken) as staging:
            written = _written(
                _named(session, name), poses, staging.at, created, options, Pictures(), warning
            )
            return settled(written, staging)
    with (
        _opened(path, options) as source,
        staged(place, None if force else _sources(source.info), taken) as staging,
    ):
        runs = None if chosen is None else is_gait(chosen.kind)
        poses = estimate(source, options.looks, progress, options.subject, runs=runs)
        warning = source.truncated
        bodies, session, parts = _judged(poses, chosen, options, None, path, progress)
        session = _named(session, name)
        pictures = _second_pass(source, bodies, session, parts, staging.at, options, progress)
        written = _written(session, poses, staging.at, created, options, pictures, warning)
        return settled(written, staging)


def _sources(info: SourceInfo) -> frozenset[str]:
    return frozenset(filter(None, [info.sha256]))


def _replaces(source: Path, place: Path) -> bool:
    """Whether results in ``place`` would take the place of the very clip that is judged."""
    return source.name in set(RESULTS) - {POSES} and source.parent.resolve() == place.resolve()


def settled(written: Analysis, staging: Staging) -> Analysis:
    """The analysis, its files in the folder where they stay."""
    folder = staging.publish()
    files = tuple(folder / file.relative_to(written.folder) for file in written.files)
    taken = staging.place if folder != staging.place else None
    return replace(written, folder=folder, files=files, taken=taken)


def _named(session: Session, name: str | None) -> Session:
    return session if name is None else replace(session, source=replace(session.source, name=name))


def _part(poses: PoseSequence, options: Options, path: Path) -> PoseSequence:
    """The wanted part of saved poses, as a video would give it."""
    if options.slowmo is not None:
        raise SourceError(f"{path}: --slowmo is for videos; give it when the poses are saved")
    start, end = options.start or 0.0, math.inf if options.end is None else options.end
    part = poses.between(start, math.nextafter(end, math.inf))  # a video gives its last frame too
    if len(poses) and not len(part):
        raise SourceError(f"{path}: holds no frame between {start:g} and {end:g} s; give another part")
    return part


def _opened(path: Path, options: Options) -> VideoSource:
    return open_source(
        path,
        start=options.start,
        end=options.end,
        slowmo=options.slowmo,
        rotation_deg=options.rotation_deg,
    )


def _judged(
    poses: PoseSequence,
    exercise: Exercise | None,
    options: Options,
    rotation_deg: Turn | None,
    path: Path,
    progress: Progress,
) -> tuple[PoseSequence, Session, tuple[Part, ...]]:
    require_somebody(poses, str(path))
    if exercise is None:
        progress("telling", 0.0, None)
    bodies = bodies_of(poses, exercise, rotation_deg)
    parts, unsure = take_apart(bodies, exercise, options.view, options.side)
    return bodies, judge_parts(bodies, parts, unsure), parts


def _second_pass(
    source: VideoSource,
    bodies: PoseSequence,
    session: Session,
    parts: tuple[Part, ...],
    place: Path,
    options: Options,
    progress: Progress,
) -> Pictures:
    """Draw over the frames what the same engine says at each of them, and keep the worst moments."""
    source = source.turned(bodies.turned_deg)
    pictures = wanted(session, bodies, evidence=options.report, thumbnail=options.thumbnail)
    if parts and options.video:
        draw_video(source, bodies, parts, pictures, place / VIDEO, progress)
    elif pictures.moments:
        find_pictures(source, bodies, pictures)
    return pictures


def _written(
    session: Session,
    poses: PoseSequence,
    place: Path,
    created: str,
    options: Options,
    pictures: Pictures,
    warning: str | None,
) -> Analysis:
    session = replace(session, height_m=options.height)
    if warning:
        session = replace(session, capture=(*session.capture, INCOMPLETE))
    if pictures.evidence:
        from formcheck.outputs.evidence import write_evidence  # noqa: PLC0415

        paths = {name: write_evidence(place, name, jpeg) for name, jpeg in pictures.evidence.items()}
        faults = tuple(replace(f, evidence=paths.get(f.id)) for f in session.faults)
        session = replace(session, faults=faults)
    files = [write_reps(session, place), *filter(Path.exists, [place / VIDEO])]
    if pictures.thumbnail:
        files.append(write_bytes(place / THUMBNAIL, pictures.thumbnail))
    if options.save_poses:
        files.append(save_poses(place / POSES, poses))
    if options.report:
        files.append(write_report(session, place, created, pictures.evidence))
    files.insert(0, write_session(session, place, created))  # last: where it stands, all is there
    return Analysis(session, place, tuple(files), warning, pictures.evidence)
