"""Results as rows: all of them, in an order that no database decides."""

from dataclasses import replace

from formcheck.messages import sentence
from formcheck.store import Store
from tests.results import with_reps
from tests.unit.store.made import QUEUE, done, golden, joined, put

SQUAT, PLANK, RUN = (golden(n) for n in ("squat_side_shallow", "plank_sag", "running_head_forward"))
COLUMNS = (
    "path name sha256 status exercise chosen_by section rep side start_s peak_s end_s counted reason rom "
    "rom_unit rep_score check value unit limit verdict seen finding_reason"
)


def rows_of(store: Store) -> list[dict[str, object]]:
    return list(store.result_rows(QUEUE))


def test_every_finding_of_every_repetition_has_its_row(store: Store) -> None:
    done(store, "a", SQUAT)
    rows = rows_of(store)
    assert {" ".join(row) for row in rows} == {COLUMNS}
    about = {"path": "/videos/a", "name": "a", "sha256": SQUAT.source.sha256, "status": "ok"}
    about |= {"exercise": "squat", "chosen_by": "user", "section": 0}
    expected = [
        about
        | {"rep": rep.n, "side": rep.side, "start_s": rep.start_s, "peak_s": rep.peak_s, "end_s": rep.end_s}
        | {"counted": rep.counted, "reason": rep.reason, "rom": rep.rom.value, "rom_unit": rep.rom.unit}
        | {"rep_score": rep.score, "check": f.check, "value": f.value, "unit": f.unit, "limit": f.limit}
        | {"verdict": f.verdict, "seen": f.seen, "finding_reason": f.reason and sentence(f.reason)}
        for rep in SQUAT.reps
        for f in sorted(rep.findings, key=lambda f: f.check)
    ]
    assert len(expected) > 20
    assert [row for row in rows if row["rep"] is not None] == expected


def test_checks_of_the_whole_stand_behind_the_repetitions(store: Store) -> None:
    done(store, "a", SQUAT)
    rows = rows_of(store)
    whole = rows[len(rows) - len(SQUAT.checks) :]
    found = [(row["check"], row["verdict"], row["seen"], row["finding_reason"]) for row in whole]
    assert found == sorted((c.id, c.verdict, c.seen, c.reason and sentence(c.reason)) for c in SQUAT.checks)
    assert {row["rep"] for row in whole} == {None}
    assert {row[name] for row in whole for name in ("side", "start_s", "counted", "reason", "rom")} == {None}


def test_a_broken_check_of_a_hold_tells_its_worst_value(store: Store) -> None:
    done(store, "a", PLANK)
    found = {
        row["check"]: (row["value"], row["unit"], row["limit"], row["verdict"]) for row in rows_of(store)
    }
    assert found["hip_sag"] == (-26.8, "deg", -10.5, "error")
    assert found["hip_pike"] == (None, "", None, "ok")


def test_a_run_tells_its_numbers_with_the_nearer_limit(store: Store) -> None:
    done(store, "a", RUN)
    rows = rows_of(store)
    assert len(rows) == len(RUN.checks) + len(RUN.gait.metrics)
    found = {(row["check"], row["unit"]): row for row in rows}
    lean, cadence = found["lean", "deg"], found["cadence", "spm"]
    assert (lean["value"], lean["limit"], lean["verdict"], lean["seen"]) == (8.17, 16.0, "ok", None)
    assert (cadence["value"], cadence["limit"]) == (170.1, 160.0)
    assert found["foot_ahead", "S"]["limit"] is None or RUN.gait.metrics["foot_ahead"].limits != (None, None)


def test_sections_follow_each_other_under_their_own_exercise(store: Store) -> None:
    done(store, "a", joined(RUN, SQUAT))
    rows = rows_of(store)
    assert [row["section"] for row in rows] == sorted(row["section"] for row in rows)
    assert {(row["section"], row["exercise"]) for row in rows} == {(0, "running"), (1, "squat")}
    alone = len(RUN.checks) + len(RUN.gait.metrics)
    assert sum(row["section"] == 0 for row in rows) == alone  # the top level is not counted a second time


def test_a_repetition_without_findings_has_one_row(store: Store) -> None:
    bare = tuple(replace(rep, findings=(), rom=None) for rep in SQUAT.reps)
    done(store, "a", with_reps(SQUAT, bare, checks=()))
    rows = rows_of(store)
    assert [row["rep"] for row in rows] == [rep.n for rep in SQUAT.reps]
    assert {row[name] for row in rows for name in ("check", "value", "verdict", "rom", "rom_unit")} == {None}


def test_paths_are_ordered_by_their_characters(store: Store) -> None:
    names = ["b", "B", "a-1", "a 2", "ä", "_", "10", "9"]
    for name in names:
        done(store, name, PLANK)
    assert list(dict.fromkeys(row["name"] for row in rows_of(store))) == sorted(names)


def test_the_same_whoever_finished_first(store: Store) -> None:
    jobs = put(store, "a", "b", "c")
    sessions = dict(zip((job.id for job in jobs), (SQUAT, PLANK, RUN), strict=True))
    for job in jobs:
        store.finish(job.id, "ok", session=sessions[job.id])
    first = rows_of(store)
    for job in jobs:
        store.remove(job.id)
    again = {job.request.name: job.id for job in put(store, "c", "b", "a")}
    for name, session in (("b", PLANK), ("c", RUN), ("a", SQUAT)):
        store.finish(again[name], "ok", session=session)
    assert rows_of(store) == first


def test_jobs_without_a_session_and_other_queues_have_no_rows(store: Store) -> None:
    put(store, "queued")
    done(store, "a", SQUAT, queue="web")
    (failed,) = put(store, "failed")
    store.finish(failed.id, "failed", reason="damaged")
    assert rows_of(store) == []


def test_rows_can_be_left_half_read_while_others_write(store: Store) -> None:
    done(store, "a", SQUAT)
    rows = store.result_rows(QUEUE)
    assert next(rows)["name"] == "a"
    done(store, "b", PLANK)
    assert {row["name"] for row in rows} == {"a"}
    rows = store.result_rows(QUEUE)
    next(rows)
    rows.close()
    assert {row["name"] for row in rows_of(store)} == {"a", "b"}
