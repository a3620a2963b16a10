"""Sources of limits: each can be named, most can be opened, and the catalog cites no other."""

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from pydantic import ValidationError

from formcheck.exercises import catalog
from formcheck.exercises.sources import CITING, Basis, Publication, sources

FOLDER = resources.files("formcheck.exercises") / "catalog"
STUDY = {"title": "A study of knees", "says": "Knees bend.", "read": "abstract"}


BASES = [(exercise.id, basis) for exercise in catalog().values() for basis in exercise.bases()]


def test_every_number_of_the_catalog_has_a_basis():
    assert len(BASES) > 250
    for exercise in catalog().values():
        assert all(cycle.basis or cycle.kind == "hold" for cycle in exercise.cycle), exercise.id


def test_what_names_no_source_says_that_it_is_a_judgement_or_what_was_measured():
    for exercise, basis in BASES:
        assert basis.sources or basis.kind not in CITING, exercise
        assert basis.sources or basis.note or basis.kind == "judgement", exercise


def test_every_source_is_used_or_is_of_the_sensor():
    used = {name for _, basis in BASES for name in basis.sources}
    assert used <= sources().keys()
    assert len(used) > 35


def test_most_sources_can_be_opened_and_each_says_something():
    assert sum(bool(source.url) for source in sources().values()) >= 0.7 * len(sources())
    for name, source in sources().items():
        assert source.says.endswith("."), name
        assert not source.title.endswith("."), name
        assert re.fullmatch(r"[a-z0-9_]+", name)
        if name[-4:].isdigit():
            assert name.endswith(str(source.year)), name


POINTERS = re.compile(r"(?i)specification|\bsections? \d|\bsources? \d|\(\d{1,2}(, \d{1,2})*\)")


def test_no_text_of_the_catalog_points_at_a_paper_that_a_reader_does_not_have():
    for file in FOLDER.iterdir():
        assert not POINTERS.search(file.read_text(encoding="utf-8")), file.name


def test_comments_of_the_code_name_sources_that_are_there():
    named = []
    code = Path(str(resources.files("formcheck")))
    for file in (*code.rglob("*.py"), *(code / "sensor" / "profiles").glob("*.toml")):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"(?i)\bspec(ification)? \d", text), file.name
        for line in re.findall(r"\bsources? (\w+_\w+(?:(?:,| and) \w+_\w+)*|winter\b)", text):
            named += re.split(r", | and ", line)
    assert len(named) >= 8
    assert set(named) <= sources().keys()


def test_a_source_is_called_by_authors_and_year_or_by_its_title():
    assert Publication(**STUDY, authors="Souza", year=2016).short == "Souza 2016"
    assert Publication(**STUDY, year=2016).short == "A study of knees 2016"
    assert Publication(**STUDY | {"title": "Knees: a study (old)"}).short == "Knees"
    cited = Publication(**STUDY, authors="Souza", year=2016, journal="Gait 3:4").citation
    assert cited == "Souza. A study of knees, Gait 3:4, 2016"
    assert Publication(**STUDY).citation == "A study of knees"
    assert Publication(**STUDY, doi="10.1/ab").url == "https://doi.org/10.1/ab"
    assert Publication(**STUDY, link="https://a.org/b").url == "https://a.org/b"
    assert Publication(**STUDY).url == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"doi": "doi:10.1/ab"},
        {"link": "http://a.org"},
        {"link": "javascript:alert(1)"},
        {"year": 216},
        {"read": "twice"},
        {"says": ""},
        {"title": "Two\nlines"},
        {"pages": 3},
    ],
)
def test_a_source_is_as_strict_as_an_exercise(wrong):
    with pytest.raises(ValidationError):
        Publication.model_validate(STUDY | wrong)


def test_the_ids_stand_in_the_file_once():
    text = (resources.files("formcheck.exercises") / "sources.toml").read_text(encoding="utf-8")
    assert list(tomllib.loads(text)) == list(sources())


def test_a_basis_needs_a_kind_and_known_sources():
    assert Basis(kind="study", sources=("souza_2016",)).note == ""
    for wrong in ({"kind": "study", "sources": ["nobody_1999"]}, {"kind": "hearsay"}, {}, "Souza 2016"):
        with pytest.raises(ValidationError):
            Basis.model_validate(wrong)
