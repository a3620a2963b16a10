"""Ray: a node is lost in the middle, and all results are those of this machine."""

import json
import os
import time
import warnings
from pathlib import Path

import pytest

from formcheck.apps.analysis import Options
from formcheck.apps.jobs.results import words
from formcheck.apps.jobs.task import Task, judge

os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_DEDUP_LOGS": "0"}
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    ray = pytest.importorskip("ray", reason="needs ray: pip install 'formcheck[ray]'")
    from ray.cluster_utils import Cluster

    from formcheck.apps.jobs.ray import RayWorkers

SAMPLES = Path(__file__).parents[3] / "sample_videos"
CLIPS = ("nobody", "plank_clean", "jumping_jack", "pommel_horse")
PATIENCE_S = 180
OPTIONS = Options(video=False, report=False)
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def cluster():
    """Two nodes on this machine, one CPU each; the driver's head has none."""
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "object_store_memory": 80_000_000})
    for _ in range(2):
        nodes.add_node(num_cpus=1, object_store_memory=80_000_000)
    yield nodes
    ray.shutdown()
    nodes.shutdown()


def tasks(place):
    return [
        Task(
            f"{i:032x}",
            str(SAMPLES / f"{name}.mp4"),
            "auto",
            str(place / name),
            str(place / ".work"),
            OPTIONS,
        )
        for i, name in enumerate((*CLIPS, "missing"))
    ]


def told(place):
    """What was found, by clip, but for when."""
    found = {p.parent.name: json.loads(p.read_text()) for p in place.glob("*/session.json")}
    return {name: session | {"created": None} for name, session in found.items()}


def test_a_lost_node_loses_nothing(cluster, tmp_path, model_path):
    here = {task.id: judge(task) for task in tasks(tmp_path / "here")}
    there = tasks(tmp_path / "there")
    (tmp_path / "there" / ".work").mkdir(parents=True)
    workers = RayWorkers(cluster.address, send_videos=True)
    assert workers.size == 2
    found, waiting, flying = {}, list(there), 0
    end = time.monotonic() + PATIENCE_S
    lost = False
    while len(found) < len(there):
        assert time.monotonic() < end, f"only {sorted(found)} came back"
        while waiting and flying < workers.size:
            workers.start(waiting.pop(0), PATIENCE_S)
            flying += 1
        outcomes = workers.finished(0.5)
        found |= {outcome.id: outcome for outcome in outcomes}
        flying -= len(outcomes)
        if found and not lost:
            lost = True
            cluster.remove_node(cluster.worker_nodes.copy().pop(), allow_graceful=False)
    assert workers.size == 1
    workers.start(Task("f" * 32, str(SAMPLES / "plank_sag.mp4"), "auto", "", str(tmp_path), OPTIONS), 0.5)
    late = []
    while not late:
        assert time.monotonic() < end
        late = workers.finished(0.5)
    assert late[0].reason == "took longer than 0.5 s"
    workers.close()
    for id_, outcome in here.items():
        assert (found[id_].status, found[id_].reason) == (outcome.status, outcome.reason)
    assert told(tmp_path / "there") == told(tmp_path / "here")
    assert len(told(tmp_path / "there")) == len(CLIPS) - 1
    assert {word.id for word in words(tmp_path / "there" / ".work")} == set(found)
