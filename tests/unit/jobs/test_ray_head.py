"""The head of a Ray cluster that goes away: reported in one line before Ray ends the program."""

import socket

import pytest

from formcheck.apps.jobs import ray_head
from formcheck.apps.jobs.ray_head import Head
from formcheck.errors import FormcheckError


@pytest.fixture
def clock(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(ray_head.time, "monotonic", lambda: now[0])
    return now


def test_a_head_that_is_away_for_long_is_gone(clock):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = "{}:{}".format(*listening.getsockname())
        head = Head(address)
        assert head.answers()
        assert not head.answers()  # it is not asked in vain
        clock[0] += 3
        assert head.answers()
    for _ in range(9):
        clock[0] += 3
        assert not head.answers()
    clock[0] += 6
    with pytest.raises(
        FormcheckError, match=f"^{address}: the head of the Ray cluster is gone .*; start it again$"
    ):
        head.answers()
    assert head.gone


def test_one_that_comes_back_is_there(clock):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = listening.getsockname()
    head = Head("{}:{}".format(*address))
    assert not head.answers()
    clock[0] += 25
    with socket.create_server(address):
        assert head.answers()
    clock[0] += 25
    assert not head.answers()
    assert not head.gone
