"""What formcheck costs beside the bare pose model: CPU time, memory, and the engine alone.

    python benchmarks/bench.py [CLIP] [--seconds 120] [--memory] [--json FILE]

All figures of one run are taken on the same machine, one after the other, and counted as CPU time of all
threads, so that other work on the machine disturbs them little.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path

import av
from rich.console import Console
from rich.table import Table

from formcheck.engine.analyser import Analyser
from formcheck.engine.calibrate import calibrate
from formcheck.engine.parts import judge_parts, parts_of
from formcheck.engine.parts import whole as whole_clip
from formcheck.engine.recognise.recognise import recognise
from formcheck.engine.session import judge
from formcheck.exercises import catalog, find_exercise
from formcheck.pose import models
from formcheck.pose.quiet import quiet
from formcheck.pose.store import load_poses
from formcheck.sources.video import open_source
from formcheck.types import Frame
from sample_videos.drawn.figure import play
from sample_videos.drawn.timeline import Script

ROOT = Path(__file__).parents[1]
EXERCISE = "squat"
#: Frames decoded ahead and then shown to the bare landmarker, so that decoding is not counted.
CHUNK = 100
WAYS = {
    "formcheck, JSON only": ("--no-video", "--no-report"),
    "formcheck, with report": ("--no-video", "--report"),
    "formcheck, with report and video": ("--video", "--report"),
}


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds per frame, and how many times the bare landmarker that is."""

    what: str
    ms_per_frame: float
    ratio: float


@dataclass(frozen=True)
class Run:
    """A finished child process: CPU seconds of all its threads, and its peak memory in MB."""

    cpu_s: float
    peak_mb: float


def looped(clip: Path, seconds: float, out: Path) -> Path:
    """The clip again and again, without encoding anew, until it lasts that long; 30 frames a second."""
    with av.open(str(out), "w") as target:
        stream, shift, lasts = None, 0, 0.0
        while lasts < seconds:
            with av.open(str(clip)) as source:
                track = source.streams.video[0]
                stream = stream or target.add_stream_from_template(track)
                base = track.time_base or Fraction(1, 1000)
                packets = [p for p in source.demux(track) if p.dts is not None]
                step = round(1 / ((track.average_rate or 30) * base))
                ends = shift + max(p.pts or 0 for p in packets) + step
                for packet in packets:
                    packet.pts, packet.dts = (packet.pts or 0) + shift, (packet.dts or 0) + shift
                    packet.stream = stream
                    target.mux(packet)
                shift, lasts = ends, float(ends * base)
    return out


def chunks(clip: Path) -> Iterator[list[Frame]]:
    """All frames, some at a time, so that a long clip fits into memory."""
    with open_source(clip) as source:
        frames = iter(source)
        while chunk := list(islice(frames, CHUNK)):
            yield chunk


def bare_landmarker(clip: Path) -> tuple[int, float]:
    """Number of frames, and CPU seconds of MediaPipe's landmarker on them; decoding is not counted."""
    import mediapipe  # noqa: PLC0415
    from mediapipe.tasks.python import BaseOptions, vision  # noqa: PLC0415

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=models.load("full").data),
        running_mode=vision.RunningMode.VIDEO,
    )
    count, cpu = 0, 0.0
    with quiet(), vision.PoseLandmarker.create_from_options(options) as landmarker:
        for chunk in chunks(clip):
            start = time.process_time()
            for frame in chunk:
                picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=frame.rgb)
                landmarker.detect_for_video(picture, round(frame.t * 1000))
            cpu += time.process_time() - start
            count += len(chunk)
    return count, cpu


def analyze(clip: Path, out: Path, *options: str) -> Run:
    """Run `formcheck analyze` as users do, in a process of its own."""
    program = [sys.executable, "-m", "formcheck.apps.cli.main", "analyze", str(clip), "--exercise", EXERCISE]
    child = subprocess.Popen([*program, "--quiet", "-o", str(out), *options])
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(
            f"bench: formcheck analyze {clip} ended with code {child.returncode}; run it by hand to see why"
        )
    kilo = 1e6 if sys.platform == "darwin" else 1e3
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / kilo)


def whole(clip: Path, work: Path) -> list[Cost]:
    """The bare landmarker, and formcheck with more and more of its results, on the same clip."""
    frames, bare = bare_landmarker(clip)
    per_frame = 1000 / frames
    costs = [Cost("bare MediaPipe landmarker", bare * per_frame, 1.0)]
    for what, options in WAYS.items():
        cpu = analyze(clip, work, *options, "--save-poses").cpu_s
        costs.append(Cost(what, cpu * per_frame, cpu / bare))
    costs += [
        Cost(what, ms, ms / (bare * per_frame)) for what, ms in engine_alone(next(work.glob("*/poses.npz")))
    ]
    return costs


def engine_alone(saved: Path) -> list[tuple[str, float]]:
    """Milliseconds a frame for judging poses: live, frame by frame, and as a recording, all in one go."""
    poses, exercise = load_poses(saved), find_exercise(EXERCISE)
    start = time.process_time()
    calibration = calibrate(poses, exercise)
    judge(poses, exercise, calibration)
    recorded = time.process_time() - start
    analyser = Analyser(exercise, calibration, (poses.width_px, poses.height_px))
    start = time.process_time()
    for pose in poses:
        analyser.update(pose)
    live = time.process_time() - start
    return [
        ("engine alone, live", 1000 * live / len(poses)),
        ("engine alone, recording", 1000 * recorded / len(poses)),
    ]


def a_run() -> dict[str, float]:
    """Seconds of CPU to judge a drawn run of 60 s at 60 frames per second from its poses."""
    poses = play(Script("running", fps=60, duration_s=58)).poses
    running, seconds = find_exercise("running"), {}
    for how in ("named", "recognised"):
        start = time.process_time()
        found = None if how == "named" else recognise(poses, catalog().values())
        judge_parts(poses, (whole_clip(poses, running),) if found is None else parts_of(poses, found))
        seconds[f"run of 60 s at 60 fps from poses, {how}, s"] = time.process_time() - start
    return seconds


def memory(sample: Path, work: Path) -> dict[str, float]:
    """Peak memory of whole analyses, MB, for one minute and for ten, and their ratio. Takes many minutes."""
    peaks = []
    for minutes in (1, 10):
        clip = looped(sample, 60 * minutes, work / f"{minutes}_min.mp4")
        peaks.append(analyze(clip, work / "memory").peak_mb)
    return {"1 minute, MB": peaks[0], "10 minutes, MB": peaks[1], "ratio": peaks[1] / peaks[0]}


def show(costs: list[Cost], run: dict[str, float], peaks: dict[str, float]) -> None:
    """Print the figures as a table."""
    table = Table("CPU time", "ms/frame", "frames/s", "times bare", box=None)
    for cost in costs:
        table.add_row(
            cost.what, f"{cost.ms_per_frame:.2f}", f"{1000 / cost.ms_per_frame:.0f}", f"{cost.ratio:.2f}"
        )
    console = Console()
    console.print(table)
    for what, value in run.items():
        console.print(f"{what}: {value:.2f}")
    for what, value in peaks.items():
        console.print(f"peak memory, {what}: {value:.2f}")


def main() -> None:
    """Read the words of the command, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    samples = sorted((ROOT / "sample_videos").glob("squat_side_clean.mp4"))
    parser.add_argument("clip", nargs="?", type=Path, default=samples[0] if samples else None)
    parser.add_argument("--seconds", type=float, default=120, help="length of the clip after looping it")
    parser.add_argument("--memory", action="store_true", help="also peak memory of 1 and 10 minutes; slow")
    parser.add_argument("--json", type=Path, help="save the figures there")
    words = parser.parse_args()
    if words.clip is None:
        parser.error("no sample clip is there; give a clip")
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        # Memory first: the peak of a child counts from its parent, which the landmarker would swell.
        peaks = memory(words.clip, work) if words.memory else {}
        costs = whole(looped(words.clip, words.seconds, work / "clip.mp4"), work)
    run = a_run()
    show(costs, run, peaks)
    if words.json:
        words.json.write_text(
            json.dumps({"cpu": [asdict(c) for c in costs], "run": run, "memory": peaks}, indent=2) + "\n"
        )


if __name__ == "__main__":
    main()
