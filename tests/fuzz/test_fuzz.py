"""What the fuzz once found stays mended; a small share of it; and that it would see a failure."""

from pathlib import Path

import pytest

from fuzz.inputs import Input
from fuzz.kinds import KINDS
from fuzz.run import draws, run
from fuzz.watched_worker import Worker
from tests.fuzz.stand_ins import misbehave

#: A share that takes some 12 s of CPU time.
SEED, COUNT = 15, 48
KEPT = sorted(path for kind in KINDS for path in (Path(__file__).parent / kind).glob("*-*"))


@pytest.fixture(scope="module")
def worker():
    with Worker() as one:
        yield one


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name} {path.name[:8]}")
def test_what_failed_once_is_judged_or_refused(worker, path):
    ending = worker.meet(Input.kept(path))
    assert ending.proper, f"{path.parent.name}/{path.name}: {ending.what}: {ending.why}"


def test_a_share_of_the_fuzz():
    found = run([*draws([*KINDS], SEED, COUNT)], 1, seconds=900, keep=None, ended=lambda _: None)
    assert [(met.draw, met.ending) for met in found if not met.ending.proper] == []
    assert len(found) == COUNT
    assert {met.ending.what for met in found} == {"judged", "refused"}


def test_the_same_seed_gives_the_same_inputs():
    def drawn(seed):
        return [draw.make(KINDS[draw.kind]) for draw in draws([*KINDS], seed, 3 * len(KINDS))]

    first = drawn(1)
    assert drawn(1) == first
    assert drawn(2) != first


@pytest.mark.parametrize("name", ["fuzzed.npz", "a\nfuzzed.mp4", "\x1b[31mfuzzed.toml", "fuzzed \udcff.csv"])
def test_an_input_is_kept_under_a_name_that_any_disk_can_hold(tmp_path, name):
    given = Input("poses", name, b"data")
    path = tmp_path / "poses" / given.kept_as
    path.parent.mkdir()
    path.write_bytes(given.data)
    assert path.name.isascii()
    assert path.name.isprintable()
    assert Input.kept(path) == given


ENDS = {
    "judged": "judged",
    "refused": "refused",
    "hang": "hang",
    "memory": "memory",
    "crash": "crash",
    "raise": "traceback",
    "lines": "message",
    "nameless": "message",
    "noise": "message",
}


def test_every_kind_of_failure_is_seen_and_the_next_input_meets_a_fresh_worker():
    # Half a gigabyte is filled in far less CPU time than a hang takes, also on a slow machine.
    with Worker(misbehave, hang_s=5.0, most_mb=500.0) as worker:
        seen = {kind: worker.meet(Input(kind, "fuzzed", b"")) for kind in (*ENDS, "judged")}
    assert {kind: ending.what for kind, ending in seen.items()} == ENDS
    assert "KeyError" in seen["raise"].why
    assert "-11" in seen["crash"].why
