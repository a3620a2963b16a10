"""Where limits come from, in words: kind, sources and note, with links where they can be opened."""

import pytest

from formcheck.exercises import catalog
from formcheck.exercises.sources import Basis, sources
from formcheck.outputs.guide.origin import cited, origin

BASES = [basis for exercise in catalog().values() for basis in exercise.bases()]
LINKED = next(name for name, source in sources().items() if source.url)
BARE = next(name for name, source in sources().items() if not source.url)


@pytest.mark.parametrize("basis", BASES[::7])
def test_every_basis_names_its_kind_its_sources_and_its_note(basis):
    found = origin(basis)
    assert found.text.startswith(found.kind)
    assert all(source.short in found.text for source in found.sources.values())
    assert found.text.endswith(basis.note)
    assert "  " not in found.text


def test_a_judgement_without_a_source_says_so():
    alone = origin(Basis(kind="judgement", note="Ours."))
    assert alone.text == "Judgement. No source states these numbers. Ours."
    helped = origin(Basis(kind="judgement", sources=(LINKED,), note="Ours."))
    assert "No source" not in helped.text
    assert helped.text == f"Judgement ({sources()[LINKED].short}). Ours."


def test_a_source_is_linked_where_it_can_be_opened_and_named_where_not():
    found = origin(Basis(kind="coach", sources=(LINKED, BARE))).markdown
    assert f"[{sources()[LINKED].short}]({sources()[LINKED].url})" in found
    assert f"; {sources()[BARE].short})" in found


def test_no_address_would_end_a_link_early():
    assert not [name for name, source in sources().items() if set(source.url) & set('()<> "')]


def test_sources_are_gathered_once_in_the_order_of_their_file():
    found = cited(BASES)
    assert list(found) == [name for name in sources() if name in found]
    assert set(found) == {name for basis in BASES for name in basis.sources}
    assert cited([]) == {}
