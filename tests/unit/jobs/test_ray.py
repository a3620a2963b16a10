"""Ray: a node is lost in the middle, and all results are those of this machine; what hangs ends alone."""

import json
import os
import pickle
import secrets
import subprocess
import sys
import time
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

import formcheck
from formcheck.apps.analysis import Options
from formcheck.apps.jobs import node
from formcheck.apps.jobs import ray as driver
from formcheck.apps.jobs.ray import RayWorkers
from formcheck.apps.jobs.results import session_in, words
from formcheck.apps.jobs.task import JobTask, judge
from formcheck.errors import FormcheckError
from formcheck.version import __version__
from tests.unit.jobs import stand_ins
from tests.unit.jobs.stand_ins import journal, task

#: For a cluster of the test's own: no reports, nothing listens beyond this machine or lets others in.
SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_AUTH_MODE": "token",
    "RAY_AUTH_TOKEN": secrets.token_hex(32),
}
needs_ray = pytest.mark.skipif(find_spec("ray") is None, reason="needs ray: pip install 'formcheck[ray]'")
SAMPLES = Path(__file__).parents[3] / "sample_videos"
CLIPS = {"nobody": "squat", "mountain_climber": "mountain_climber", "pommel_horse": "auto"}
BRIEF = Options(video=False, report=False)
PATIENCE_S = 120
#: Room for the models that all drivers of this module send: Ray forgets a driver's some time after it left.
STORE = {"object_store_memory": 400_000_000}


@pytest.fixture(scope="module")
def cluster():
    """A head without CPUs, and two nodes of one each; losses are noticed soon."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SETTINGS.items():
            patch.setenv(name, value)
        from ray.cluster_utils import Cluster  # noqa: PLC0415  reads the settings

        soon = {"health_check_period_ms": 500, "health_check_failure_threshold": 3}
        head = {"num_cpus": 0, "include_dashboard": False, "_system_config": soon, **STORE}
        nodes = Cluster(initialize_head=True, head_node_args=head)
        for _ in range(2):
            nodes.add_node(num_cpus=1, **STORE)
        yield nodes
        nodes.shutdown()


@pytest.fixture
def hire(cluster, tmp_path):
    """Workers of the cluster, by what they are to be given."""
    (tmp_path / ".work").mkdir()
    hired = []

    def hired_with(**words):
        hired.append(RayWorkers(cluster.address, **words))
        return hired[-1]

    yield hired_with
    for workers in hired:
        workers.close()


def outcomes(workers, count, meanwhile=lambda found: None):
    found, end = {}, time.monotonic() + PATIENCE_S
    while len(found) < count:
        assert time.monotonic() < end, f"only {sorted(found)} came back"
        found |= {outcome.id: outcome for outcome in workers.finished(0.5)}
        meanwhile(found)
    return found


def wait_for(true):
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


@needs_ray
def test_what_misbehaves_ends_alone(hire, tmp_path):
    workers = hire(judge=stand_ins.judge, memory_mb=600)
    for name, exercise in {"o": "die once", "d": "die always", "e": "eat", "a": "fine"}.items():
        workers.start(task(tmp_path, name, exercise), PATIENCE_S)
    workers.start(task(tmp_path, "c", "hang_in_c"), 1)
    found = outcomes(workers, 5)
    assert {name for name in found if found[name].status == "ok"} == {"a", "o"}
    assert found["c"].reason == "took longer than 1 s"
    assert found["d"].reason.startswith("could not be judged, 3 times (its process died)")
    assert found["e"].reason.startswith("took more than 600 MB of memory")
    assert [journal(tmp_path).count(name) for name in "aocde"] == [1, 2, 1, 3, 1]
    assert session_in(tmp_path / "out" / "a") == found["a"].session
    assert {word.id for word in words(tmp_path / ".work")} == {"a", "o"}


@needs_ray
def test_given_up_while_it_waits_and_while_it_runs(hire, tmp_path):
    workers = hire(judge=stand_ins.judge)
    for name in "ghi":  # two run, one waits for a CPU
        workers.start(task(tmp_path, name, "hang"), PATIENCE_S)
    wait_for(lambda: workers.finished(0.2) == [] and len(workers.progress()) == 2)
    for name in "ghi":
        workers.cancel(name)
    workers.start(task(tmp_path, "a"), PATIENCE_S)
    assert list(outcomes(workers, 1)) == ["a"]


@needs_ray
def test_nodes_with_another_formcheck_are_reported(hire, tmp_path, monkeypatch):
    workers = hire(judge=stand_ins.judge)
    here = __version__
    monkeypatch.setattr(driver, "__version__", "99.0")
    workers.start(task(tmp_path, "v"), PATIENCE_S)
    found = outcomes(workers, 1)["v"]
    assert found.blame == "machine"
    assert found.reason.startswith(f"a node of the cluster has formcheck {here}, the driver 99.0")


def test_a_node_that_does_not_see_the_videos(tmp_path):
    parcel = node.Parcel(task(tmp_path, "n"), True, None, 600, stand_ins.judge)
    signs = node.work(__version__, pickle.dumps(parcel), None, b"", b"")
    assert next(signs) == node.Sign()
    with pytest.raises(FormcheckError, match=r"clip.mp4: not found on a node .* --send-videos"):
        next(signs)


@pytest.mark.parametrize(
    ("sent", "found"),
    [((b"one", b"two"), "heavy.task one, full.task two"), ((b"", b""), "heavy installed, full installed")],
    ids=["sent", "installed"],
)
def test_every_model_that_looks_is_put_on_the_node(tmp_path, sent, found):
    parcel = node.Parcel(task(tmp_path, "n"), False, None, 600, stand_ins.name_models)
    *_, last = node.work(__version__, pickle.dumps(parcel), None, *sent)
    assert last.outcome.reason == found


@needs_ray
def test_a_lost_node_loses_nothing(hire, cluster, tmp_path, model_path):
    here = {t.id: judge(t) for t in jobs(tmp_path / "here")}
    there = jobs(tmp_path / "there")
    (tmp_path / "there" / ".work").mkdir(parents=True)
    workers = hire(send_videos=True)
    wait_for(lambda: workers.size == 2)
    for each in there:
        workers.start(each, PATIENCE_S)
    doomed = min(cluster.worker_nodes, key=lambda each: each.unique_id)

    def lose_a_node(found):
        if found and doomed in cluster.worker_nodes:
            cluster.remove_node(doomed, allow_graceful=False)

    found = outcomes(workers, len(there), lose_a_node)
    for name, outcome in here.items():
        assert (found[name].status, found[name].reason) == (outcome.status, outcome.reason)
    assert results_in(tmp_path / "there") == results_in(tmp_path / "here")
    assert len(results_in(tmp_path / "there")) == 3  # all but the missing one and nobody's
    assert {word.id for word in words(tmp_path / "there" / ".work")} == set(found)
    wait_for(lambda: workers.size == 1)


def jobs(place):
    """Five tasks; one with an exercise file of its own, one whose clip is missing."""
    place.mkdir()
    own = place / "mine.toml"
    own.write_text((Path(formcheck.__file__).parent / "exercises/catalog/jumping_jack.toml").read_text())
    pairs = [*CLIPS.items(), ("jumping_jack", str(own)), ("missing", "auto")]
    return [
        JobTask(
            f"{i:032x}",
            str(SAMPLES / f"{name}.mp4"),
            exercise,
            str(place / f"{i}"),
            str(place / ".work"),
            replace(BRIEF, end=1.2 + i / 5),
        )
        for i, (name, exercise) in enumerate(pairs)
    ]


def results_in(place):
    """What was found, by task, but for when."""
    found = {p.parent.name: json.loads(p.read_text()) for p in place.glob("*/session.json")}
    return {name: session | {"created": None} for name, session in found.items()}


@needs_ray
def test_on_this_machine_nothing_listens_beyond_it():
    code = (
        "import psutil\n"
        "from formcheck.apps.jobs.ray import RayWorkers\n"
        "workers = RayWorkers(None)\n"
        "family = psutil.Process().children(recursive=True)\n"
        "open_ = [c.laddr.ip for p in family for c in p.net_connections('inet') if c.status == 'LISTEN']\n"
        "workers.close()\n"
        "print(len(open_), sorted(set(open_)))\n"
    )
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=clean,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    count, _, addresses = ran.stdout.strip().partition(" ")
    assert int(count) > 3, ran.stderr
    assert addresses in ("['127.0.0.1']", "['127.0.0.1', '::ffff:127.0.0.1']")


@pytest.mark.parametrize(
    ("address", "why"),
    [("127.0.0.1:1", "no Ray cluster answers"), ("here", "no address"), ("ray://here:10001", "no address")],
)
def test_no_cluster_there(address, why):
    with pytest.raises(FormcheckError, match=why) as raised:
        RayWorkers(address)
    assert "\n" not in str(raised.value)
