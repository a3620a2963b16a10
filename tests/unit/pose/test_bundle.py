import hashlib
import io
import zipfile

import pytest

from formcheck.pose import bundle
from formcheck.pose.flatbuffer import At, Reader, write

schema = pytest.importorskip("mediapipe.tasks.metadata.schema_py_generated")
notes = pytest.importorskip("mediapipe.tasks.metadata.metadata_schema_py_generated")


def small_network():
    """A TFLite model with two buffers and one note, laid out as the writer does."""
    return write(
        {0: 3, 2: ({4: "main"},), 3: "made up", 4: ({}, {0: b"weights!"}), 6: ({0: "old note", 1: 1},)},
        b"TFL3",
    )


def test_the_writer_is_read_by_the_official_reader():
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(small_network(), 0))
    assert (model.version, model.description) == (3, b"made up")
    assert model.subgraphs[0].name == b"main"
    assert [None if b.data is None else bytes(b.data) for b in model.buffers] == [None, b"weights!"]


def test_bytes_start_at_multiples_of_sixteen():
    data = small_network()
    assert data.index(b"weights!") % 16 == 0
    assert bundle.annotated(data).index(b"weights!") % 16 == 0


def test_reader_finds_what_the_writer_wrote():
    data = write({0: 7, 2: "text", 3: ({0: 1}, {0: 2})}, b"ABCD")
    reader = Reader(data)
    assert (reader.number(0), reader.number(1), reader.number(9)) == (7, 0, 0)
    assert reader.target(1) is None
    assert reader.items(1) == []
    assert len(reader.items(3)) == 2
    text = reader.target(2)
    assert isinstance(text, At)
    assert data[text.position + 4 : text.position + 8] == b"text"


def test_annotating_adds_the_note_and_leaves_the_rest():
    network = small_network()
    data = bundle.annotated(network)
    assert data.endswith(network)
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(data, 0))
    assert (model.version, model.description) == (3, b"made up")
    assert bytes(model.buffers[1].data) == b"weights!"
    assert [(m.name, m.buffer) for m in model.metadata] == [(b"old note", 1), (b"TFLITE_METADATA", 2)]
    note = notes.ModelMetadataT.InitFromObj(
        notes.ModelMetadata.GetRootAsModelMetadata(bytes(model.buffers[2].data), 0)
    )
    (graph,) = note.subgraphMetadata
    (picture,) = graph.inputTensorMetadata
    scale = picture.processUnits[0].options
    assert picture.content.contentProperties.colorSpace == notes.ColorSpaceType.RGB
    assert (list(scale.mean), list(scale.std)) == ([0.0], [255.0])
    assert len(graph.outputTensorMetadata) == 5


def test_the_same_parts_always_make_the_same_bytes():
    data = bundle.build(b"the detector", small_network())
    assert data == bundle.build(b"the detector", small_network())
    assert (
        hashlib.sha256(data).hexdigest() == "96cb64238effd481abe5a3741c0a081ee7fa64d9c946dbbc02d7282e1d39dfb5"
    )


def test_the_bundle_is_a_plain_stored_archive():
    with zipfile.ZipFile(io.BytesIO(bundle.build(b"the detector", small_network()))) as archive:
        assert archive.namelist() == [bundle.DETECTOR, bundle.LANDMARKS]
        assert archive.read(bundle.DETECTOR) == b"the detector"
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert not entry.extra


def test_something_else_than_a_network_is_refused():
    with pytest.raises(ValueError, match="not a TFLite model"):
        bundle.annotated(b"something else")
