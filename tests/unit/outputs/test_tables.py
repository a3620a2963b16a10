import csv
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.outputs.tables import cell, write_reps
from tests.results import with_reps
from tests.unit.outputs import sessions


def rows(session, folder):
    with write_reps(session, folder).open(newline="") as file:
        return list(csv.DictReader(file))


def test_one_row_per_attempt(tmp_path):
    table = rows(sessions.squat(), tmp_path)
    assert [row["n"] for row in table] == ["1", "2", "3", "4", "5", "6"]
    fourth = table[3]
    assert fourth["counted"] == "false"
    assert fourth["reason"] == "partial_range"
    assert (fourth["rom"], fourth["rom_unit"], fourth["up_s"]) == ("62.0", "deg", "1.312")


def test_a_column_for_each_check_and_its_verdict(tmp_path):
    fifth = rows(sessions.squat(), tmp_path)[4]
    assert (fifth["trunk_fold"], fifth["trunk_fold_verdict"]) == ("43.26", "error")
    assert (fifth["knee_valgus"], fifth["knee_valgus_verdict"]) == ("", "not_assessable")


def test_no_attempts_leave_a_head(tmp_path):
    text = write_reps(sessions.nothing(), tmp_path).read_text()
    assert text == "n,side,start_s,peak_s,end_s,counted,reason,rom,rom_unit,up_s,hold_s,down_s,score\n"


def test_no_formula_reaches_the_spreadsheet(tmp_path):
    row = rows(sessions.hostile(), tmp_path)[0]
    assert row["reason"] == "'=HYPERLINK(1)"
    assert row["rom"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", " =", "\t=", "\r=", "\n@", "\u00a0+"])
def test_text_that_a_spreadsheet_would_run_is_kept_text(start):
    assert cell(f"{start}HYPERLINK(1)").startswith(("'", "\\t", "\\r", "\\n"))
    assert cell(-1.5) == -1.5


@given(st.text(st.characters(), max_size=30))
@settings(max_examples=50, deadline=None)
def test_any_text_is_one_line_of_utf8(text):
    found = cell(text)
    assert found.encode() is not None
    assert len(found.splitlines()) <= 1
    assert not found.lstrip().startswith(("=", "+", "-", "@"))


def test_the_names_of_checks_are_cells_too(tmp_path):
    session = sessions.squat()
    rep = session.reps[0]
    evil = replace(rep.findings[0], check="=cmd()\ud800")
    session = with_reps(session, [replace(rep, findings=(evil,))])
    (row,) = rows(session, tmp_path)
    assert "'=cmd()\\ud800" in row
