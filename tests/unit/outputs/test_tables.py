import csv

from formcheck.outputs.tables import write_reps
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
