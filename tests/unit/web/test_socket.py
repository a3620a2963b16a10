import asyncio
import json
import math
import struct
import threading
from contextlib import ExitStack, suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed, InvalidStatus

from formcheck.apps.web.conversation import Conversation
from formcheck.apps.web.limits import Limits
from formcheck.apps.web.live_session import LiveSessionHandle
from formcheck.apps.web.live_sessions import LiveSessionHandles
from formcheck.apps.web.messages import CommandMessage, MessageError, read_picture, read_text
from formcheck.errors import OutputError, SourceError
from formcheck.exercises import find_exercise
from formcheck.live.workout import Task
from tests.unit.codec.test_schemas import published
from tests.unit.web.service import hear, nothing_logged, say, serving, wait_for
from tests.unit.web.stand_ins import Guide, Recorder, Team, app, jpeg, pose

LIMITS = Limits()


def picture(t, data=None):
    return struct.pack("<d", t) + (jpeg() if data is None else data)


@pytest.fixture
def team():
    return Team()


@pytest.fixture
def service(tmp_path, team):
    with serving(app(tmp_path, team)) as running:
        yield running


def test_a_set_is_counted_to_its_end_and_saved(service, team, tmp_path):
    with service.live(sets=1, reps=3, rest=5) as ws:
        hello = hear(ws)
        assert len(hello["hello"]) >= 20
        assert hello["resumed"] is False
        answers = [say(ws, pose(t)) for t in (10.0, 10.1, 10.2)]
        assert [a["reps"] for a in answers] == [1, 2, 3]
        assert [a["t"] for a in answers] == [10.0, 10.1, 10.2]
        assert answers[0]["progress"] is None  # NaN is no JSON
        last = hear(ws)
        assert last["state"] == "finished"
        with pytest.raises(ConnectionClosed):
            ws.recv(timeout=5)
    status, headers, body = service.ask(last["saved"])
    assert (status, body) == (200, b"<h1>a report</h1>")
    assert "script-src" not in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    (guide,) = team.guides
    assert (guide.task.sets, guide.task.reps, guide.task.rest_s) == (1, 3, 5.0)
    assert [p.t for p in guide.poses] == pytest.approx([0.0, 0.1, 0.2])  # the session's clock begins at 0
    (recorder,) = team.recorders
    assert recorder.source.kind == "camera"
    assert recorder.model.sha256 == "f" * 64


def test_all_that_a_client_hears_obeys_the_published_schema(service):
    with service.live(sets=1, reps=3) as ws:
        heard = [hear(ws)]
        heard += [say(ws, message) for message in (pose(1.0), picture(2.0), {"jump": 1}, pose(3.0))]
        heard.append(hear(ws))
    assert [next(iter(one)) for one in heard] == ["hello", "t", "t", "error", "t", "t"]
    for one in heard:
        published("live_answer.json").validate(one)


def test_nobody_and_unknown_depth_become_nan(service, team):
    with service.live() as ws:
        hear(ws)
        say(ws, {"t": 1.0, "width": 640, "height": 480, "image": None})
        say(ws, pose(2.0, world=None))
    first, second = team.guides[0].poses
    assert not first.found
    assert second.found
    assert all(math.isnan(x) for x in second.world.ravel())


def test_a_turned_phone_is_reported_to_the_session(service, team):
    with service.live() as ws:
        hear(ws)
        say(ws, pose(1.0))
        say(ws, pose(2.0, width=480, height=640))
        say(ws, pose(3.0, width=480, height=640))
    assert team.guides[0].sizes == [(640, 480), (480, 640)]


def test_commands_reach_the_session_and_finish_saves_at_once(service, team):
    with service.live(reps=100) as ws:
        hear(ws)
        say(ws, pose(1.0))
        ws.send('{"command": "toggle"}')
        ws.send('{"command": "skip"}')
        assert say(ws, pose(2.0))["reps"] == 2
        assert say(ws, {"command": "finish"})["saved"].startswith("/sessions/")
    assert team.guides[0].commands == ["toggle", "skip"]


def test_leaving_before_the_first_pose_saves_nothing(service, tmp_path):
    with service.live() as ws:
        hear(ws)
        assert say(ws, {"command": "finish"})["saved"] is None
    assert not list((tmp_path / "live").glob("*"))


def test_pictures_go_through_the_servers_landmarker_and_come_back_as_points(service, team):
    with service.live() as ws:
        hear(ws)
        answer = say(ws, picture(5.0))
        assert answer["t"] == 5.0
        assert answer["pose"][0] == [32.0, 24.0, 1.0]
    assert team.guides[0].sizes == [(64, 48)]


BAD = {
    "no json": "{",
    "a number": "3",
    "deep": "[" * 30_000,
    "not finite": json.dumps(pose(1.0)).replace("100.0", "NaN", 1),
    "huge number": json.dumps(pose(1.0)).replace("100.0", "1e999", 1),
    "far outside": json.dumps(pose(1.0)).replace("100.0", "1e6", 1),
    "too few": json.dumps(pose(1.0, image=[[1.0, 2.0]] * 32)),
    "three numbers": json.dumps(pose(1.0, image=[[1.0, 2.0, 3.0]] * 33)),
    "no visibility": json.dumps(pose(1.0, visibility=None)),
    "tiny picture": json.dumps(pose(1.0, width=15)),
    "giant picture": json.dumps(pose(1.0, height=8193)),
    "size as text": json.dumps(pose(1.0, width="640")),
    "time before zero": json.dumps(pose(-1.0)),
    "time without end": json.dumps(pose(1e300)),
    "more keys": json.dumps(pose(1.0, name="<script>")),
    "unknown command": '{"command": "rm"}',
    "too long": json.dumps(pose(1.0)) + " " * 70_000,
}
BAD_PICTURES = {
    "empty": b"",
    "only a time": struct.pack("<d", 1.0),
    "no jpeg": picture(1.0, b"\x89PNG" + bytes(100)),
    "no size": picture(1.0, b"\xff\xd8\xff\xe0\x00\x02\xff\xda\x00\x02"),
    "cut in the size": picture(1.0, jpeg()[:20]),
    "giant": picture(1.0, b"\xff\xd8\xff\xc0\x00\x11\x08\xc3\x50\xc3\x50" + bytes(20)),
    "a pixel": picture(1.0, jpeg(1, 1)),
    "cut": picture(1.0, jpeg()[:-200]),
    "not a time": picture(math.nan),
    "too large": picture(1.0, jpeg() + bytes(520 * 1024)),
}


@pytest.mark.parametrize("bad", [*BAD.values(), *BAD_PICTURES.values()], ids=[*BAD, *BAD_PICTURES])
def test_what_makes_no_sense_is_answered_in_words_and_does_no_harm(service, bad, caplog):
    with nothing_logged(caplog), service.live() as ws:
        hear(ws)
        answer = say(ws, bad)
        if bad == BAD_PICTURES["cut"] and "error" not in answer:
            pytest.skip("this decoder mends a cut picture")
        assert set(answer) == {"error"}
        assert "<script>" not in answer["error"]
        assert say(ws, pose(50.0))["reps"] == 1


def test_times_must_rise(service):
    with service.live() as ws:
        hear(ws)
        say(ws, pose(5.0))
        assert "rise" in say(ws, pose(5.0))["error"]
        assert "rise" in say(ws, picture(4.0))["error"]
        assert "hours" in say(ws, pose(5.0 + 4 * 3600))["error"]
        assert say(ws, pose(5.1))["reps"] == 2


def test_rubbish_closes_the_socket_but_only_in_a_row(service):
    with service.live(reps=100) as ws:
        hear(ws)
        for k in range(20):
            assert "error" in say(ws, "rubbish")
            assert say(ws, pose(1.0 + k))["reps"] == k + 1
        for _ in range(LIMITS.bad_in_a_row):
            ws.send("rubbish")
        with pytest.raises(ConnectionClosed) as end:
            list(iter(lambda: hear(ws), None))
    assert end.value.rcvd.code == 1008


def test_a_message_beyond_all_measure_ends_the_socket_and_not_the_server(service, caplog):
    with nothing_logged(caplog):
        with service.live() as ws:
            hear(ws)
            with suppress(ConnectionClosed):  # it may end while this is being sent
                ws.send(b"x" * 5_000_000)
            with pytest.raises(ConnectionClosed):
                hear(ws)
        with service.live() as ws:
            assert "hello" in hear(ws)


def test_too_many_messages_get_the_reason(tmp_path):
    with serving(app(tmp_path, per_second=5, bad_in_a_row=50)) as service, service.live() as ws:
        hear(ws)
        for k in range(40):
            ws.send(json.dumps(pose(1.0 + k)))
        answers = [hear(ws) for _ in range(40)]
    assert sum("too many" in a.get("error", "") for a in answers) > 20


def test_a_line_that_was_dead_for_a_while_brings_all_at_once_and_goes_on(tmp_path):
    with serving(app(tmp_path, per_second=5)) as service, service.live(reps=500) as ws:
        hear(ws)
        for k in range(20):
            ws.send(json.dumps(pose(1.0 + k)))
        answers = [hear(ws) for _ in range(20)]
        assert sum("error" in a for a in answers) > LIMITS.bad_in_a_row
        for k in range(400):
            ws.send(json.dumps(pose(100.0 + k)))
        with pytest.raises(ConnectionClosed) as end:  # but not without end
            list(iter(lambda: hear(ws), None))
    assert end.value.rcvd.code == 1008


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=34) | st.dictionaries(st.text(max_size=8), inner, max_size=6),
    max_leaves=40,
)
NEARLY = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("t", "width", "height", "image", "visibility", "world", "command"), JSON)
).map(lambda odd: json.dumps({**pose(1.0), **odd}))


@given(st.one_of(JSON.map(json.dumps), st.text(max_size=300), NEARLY))
def test_any_text_is_a_message_or_a_message_error(text):
    try:
        message = read_text(text, LIMITS)
    except MessageError:
        return
    made = getattr(message, "pose", None)
    assert made is None or made(0.0).image.shape == (33, 2)


@given(st.binary(max_size=300), st.booleans(), st.integers(0, 600), st.integers(0, 255))
def test_any_bytes_are_a_picture_or_a_message_error(data, real, at, byte):
    if real:
        data = bytearray(picture(1.0))
        data[at % len(data)] = byte
    try:
        message = read_picture(bytes(data), LIMITS)
    except MessageError:
        return
    assert 16 <= min(message.size) <= max(message.size) <= LIMITS.jpeg_px


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(st.one_of(NEARLY, st.text(max_size=50), st.binary(max_size=200)), max_size=12))
def test_any_sequence_leaves_the_server_well(service, caplog, messages):
    with nothing_logged(caplog):
        try:
            with service.live() as ws:
                for message in messages:
                    ws.send(message)
        except ConnectionClosed:
            pass
        with service.live() as ws:
            hear(ws)
            assert say(ws, pose(1.0))["reps"] == 1
            ws.send('{"command": "finish"}')
        handles = service.app.state.site.live_sessions
        wait_for(lambda: all(not v.over for v in handles._open.values()))
        handles._open.clear()


def test_twenty_at_once_and_the_next_gets_the_reason(service, team):
    with ExitStack() as stack:
        sockets = [stack.enter_context(service.live(reps=500)) for _ in range(20)]
        for ws in sockets:
            hear(ws)
        with service.live() as late:
            answer = hear(late)
            assert "Try again" in answer["error"]
            with pytest.raises(ConnectionClosed) as end:
                hear(late)
            assert end.value.rcvd.code == 1013
        counts = {}

        def exercise(k, ws):
            counts[k] = [say(ws, pose(1.0 + i / 30))["reps"] for i in range(60)][-1]

        threads = [threading.Thread(target=exercise, args=(k, ws)) for k, ws in enumerate(sockets)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert counts == dict.fromkeys(range(20), 60)


def test_a_lost_socket_goes_on_where_it_was(service):
    with service.live(reps=100) as ws:
        token = hear(ws)["hello"]
        for t in (1.0, 2.0, 3.0):
            say(ws, pose(t))
        ws.socket.close()  # no farewell, as when a cable is pulled
    with service.resume(token) as ws:
        hello = hear(ws)
        assert (hello["resumed"], hello["latest"]["reps"]) == (True, 3)
        assert say(ws, pose(8.0))["reps"] == 4


def test_a_socket_that_only_seems_alive_gives_way(service):
    with service.live(reps=100) as old:
        token = hear(old)["hello"]
        say(old, pose(1.0))
        with service.resume(token) as new:
            hear(new)
            assert say(new, pose(2.0))["reps"] == 2
            with pytest.raises(ConnectionClosed):
                hear(old)
            assert say(new, pose(3.0))["reps"] == 3


@pytest.mark.parametrize("token", ["", "no such token", "../../etc/passwd", "x" * 4000])
def test_a_token_that_is_none_is_turned_away(service, token):
    with service.resume(token) as ws:
        answer = hear(ws)
        assert answer["over"] is True
        with pytest.raises(ConnectionClosed) as end:
            hear(ws)
    assert end.value.rcvd.code == 1008


@pytest.mark.parametrize(
    "query",
    [
        {"exercise": "no_such"},
        {"exercise": "/etc/passwd.toml"},
        {"exercise": "mine.toml"},
        {"sets": "0"},
        {"sets": "many"},
        {"reps": "-1"},
        {"reps": "1e9"},
        {"seconds": "nan"},
        {"seconds": "inf"},
        {"rest": "99999"},
        {"side": "middle"},
    ],
)
def test_a_request_that_makes_no_sense_is_turned_away(service, query):
    with service.live(**query) as ws:
        answer = hear(ws)
        assert answer["over"] is True
        assert "Traceback" not in answer["error"]


def test_what_is_left_empty_is_open_ended(service, team):
    with service.live(reps="", seconds="") as ws:
        hear(ws)
        say(ws, pose(1.0))
    assert (team.guides[0].task.reps, team.guides[0].task.seconds) == (None, None)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example"]
)
def test_pages_of_other_sites_may_not_open_a_socket(service, origin):
    with pytest.raises(InvalidStatus) as refused, service.live(origin=origin):
        pass
    assert refused.value.response.status_code == 403


def test_its_own_page_may(service):
    with service.live(origin=f"http://{service.host}") as ws:
        assert "hello" in hear(ws)


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


class Owner:
    async def retire(self):
        raise AssertionError("nobody came back")


def held_up(tmp_path, arrivals, now):
    """What is judged at ``now`` of poses that came then, between two buttons; and how many are left out."""
    clock, team = Clock(), Team()
    handles = LiveSessionHandles(tmp_path, team.factories(), LIMITS, clock)
    talk = Conversation(None, handles.begin(Task(find_exercise("squat"))), handles, clock)
    talk._put(CommandMessage(command="toggle"))
    for clock.now in arrivals:
        talk._put(read_text(json.dumps(pose(clock.now)), LIMITS))
    talk._put(CommandMessage(command="skip"))
    clock.now = now
    due = talk._due()
    assert [m.command for m in due if isinstance(m, CommandMessage)] == ["toggle", "skip"]
    assert talk._due() == []
    return [m.t for m in due if not isinstance(m, CommandMessage)], talk._handle.dropped


@pytest.mark.parametrize(
    ("arrivals", "now", "judged"),
    [
        ([5.0 + k / 30 for k in range(12)], 5.4, [5.0 + k / 30 for k in range(12)]),  # in time
        ([5.0 + k / 10 for k in range(8)], 5.75, [5.1, 5.3, 5.5, 5.7]),  # late: every second, and the newest
        ([5.0 + k / 30 for k in range(30)], 7.0, [5.0 + k / 30 for k in (5, 13, 21, 29)]),  # very late
        ([5.0, 5.03], 9.0, [5.0, 5.03]),
        ([5.0 + k / 1000 for k in range(200)], 5.2, [5.0 + k / 1000 for k in range(142, 200)]),  # a flood
    ],
)
def test_poses_that_are_late_are_left_out_and_counted(tmp_path, arrivals, now, judged):
    assert held_up(tmp_path, arrivals, now) == (pytest.approx(judged), len(arrivals) - len(judged))


def test_each_answer_tells_how_many_poses_were_left_out(service):
    with service.live() as ws:
        hear(ws)
        assert say(ws, pose(1.0))["dropped"] == 0
        (handle,) = service.app.state.site.live_sessions._open.values()
        handle.dropped = 7
        assert say(ws, pose(2.0))["dropped"] == 7


def test_nobody_who_brings_a_pose_waits_for_a_session_that_is_being_saved(tmp_path):
    saving, go = threading.Event(), threading.Event()

    class Slow(Recorder):
        def finish(self, takes):
            saving.set()
            assert go.wait(20)
            return super().finish(takes)

    factories = replace(Team().factories(), recorder=Slow)
    handle = LiveSessionHandle(Task(find_exercise("squat")), tmp_path / "a", factories, LIMITS)
    handle.take(read_text(json.dumps(pose(1.0)), LIMITS))
    ending = threading.Thread(target=handle.finish)
    ending.start()
    try:
        assert saving.wait(20)
        with pytest.raises(MessageError, match="over"):
            handle.take(read_text(json.dumps(pose(2.0)), LIMITS))
    finally:
        go.set()
        ending.join()
    assert handle.finish()


async def _saved_later(tmp_path, clock):
    room = []

    class NoRoom(Recorder):
        def finish(self, takes):
            if not room:
                raise OutputError("poses.npz: cannot be written (No space left on device)")
            return super().finish(takes)

    kept = []
    factories = replace(Team().factories(), recorder=NoRoom)
    handles = LiveSessionHandles(tmp_path, factories, LIMITS, clock, kept.append)
    handle = handles.begin(Task(find_exercise("squat")))
    handle.take(read_text(json.dumps(pose(1.0)), LIMITS))
    assert not await handles.end(handle)
    assert "kept, and saved once there is room" in handle.trouble
    for _ in range(3):  # still full
        clock.now += 31.0
        await handles.sweep()
    assert kept == []
    room.append(True)
    clock.now += 31.0
    await handles.sweep()
    assert kept == [tmp_path / handle.id]
    clock.now += 31.0
    await handles.sweep()
    await handles.close()
    return kept


def test_what_found_no_room_on_the_disk_is_saved_once_there_is_some(tmp_path, caplog):
    kept = asyncio.run(_saved_later(tmp_path, Clock()))
    assert len(kept) == 1
    assert (kept[0] / "report.html").is_file()
    assert len(caplog.records) == 1  # logged once


async def _never_saved(tmp_path, clock):
    tries = [SourceError("the poses are damaged")] * 9 + [OutputError("poses.npz: cannot be written")]

    class Damaged(Recorder):
        def finish(self, takes):
            raise tries.pop()

    handles = LiveSessionHandles(tmp_path, replace(Team().factories(), recorder=Damaged), LIMITS, clock)
    handle = handles.begin(Task(find_exercise("squat")))
    handle.take(read_text(json.dumps(pose(1.0)), LIMITS))
    await handles.end(handle)
    for _ in range(4):
        clock.now += 31.0
        await handles.sweep()
    await handles.close()


def test_what_can_never_be_saved_gets_the_reason_and_not_tried_for_ever(tmp_path, caplog):
    asyncio.run(_never_saved(tmp_path, Clock()))
    assert ["yet" in r.getMessage() for r in caplog.records] == [True, False]


class Unwritable(Recorder):
    def add(self, pose, answer):
        raise OutputError("the spool cannot be written")

    def finish(self, takes):
        return None


def test_a_full_disk_is_said_to_who_exercises(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.unit.web.stand_ins.Recorder", Unwritable)
    with serving(app(tmp_path)) as service, service.live() as ws:
        hear(ws)
        answer = say(ws, pose(1.0))
        assert answer == {"error": answer["error"], "over": True}
        assert "disk of the computer that counts is full" in answer["error"]


async def _expire(tmp_path, after):
    team, clock = Team(), Clock()
    handles = LiveSessionHandles(tmp_path, team.factories(), LIMITS, clock)
    handle, owner = handles.begin(Task(find_exercise("squat"))), Owner()
    await handles.attach(handle, owner)
    handle.take(read_text(json.dumps(pose(1.0)), LIMITS))
    await handles.sweep()
    assert handles.find(handle.token) is handle
    await handles.leave(handle, owner)
    clock.now += after
    await handles.sweep()
    found = handles.find(handle.token)
    await handles.close()
    return found, handle


@pytest.mark.parametrize(("after", "kept"), [(59.0, True), (61.0, False)])
def test_nobody_comes_back_within_a_minute(tmp_path, after, kept):
    found, handle = asyncio.run(_expire(tmp_path, after))
    assert (found is not None) == kept
    assert (tmp_path / handle.id / "report.html").is_file()  # saved in either case


class Broken(Guide):
    def step(self, pose):
        if len(self.poses) == 1:
            raise RuntimeError("a mistake\nover two lines")
        return super().step(pose)


def test_a_mistake_of_ours_is_one_line_in_the_log_and_saves_what_was(tmp_path, caplog):
    with serving(app(tmp_path, guide=Broken)) as service, service.live() as ws:
        hear(ws)
        say(ws, pose(1.0))
        assert "saved" in say(ws, pose(2.0))["error"]
        assert hear(ws)["saved"].startswith("/sessions/")
    (record,) = [r for r in caplog.records if r.levelname == "ERROR"]
    assert "a mistake over two lines" in record.getMessage()
    assert record.exc_info is None


def test_ending_the_server_saves_what_is_going_on(tmp_path):
    with ExitStack() as outlives:
        with serving(app(tmp_path)) as service:
            ws = outlives.enter_context(service.live(reps=100))
            hear(ws)
            say(ws, pose(1.0))
        assert len(list((tmp_path / "live").glob("*/report.html"))) == 1
