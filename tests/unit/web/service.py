"""The real server around an app, in a thread; and small clients for it."""

import http.client
import json
import logging
import socket
import threading
import time
from contextlib import contextmanager
from urllib.parse import urlencode

from websockets.sync.client import connect

from formcheck.apps.web.server import make_server

PATIENCE_S = 20


class Service:
    """What is listening: its port, and ways to talk to it."""

    def __init__(self, app, server, port):
        self.app, self.server, self.port = app, server, port

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    def ask(self, path, method="GET", **headers):
        """Status, headers and body of one request, sent as it is."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_S)
        line.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            line.putheader(name.replace("_", "-"), value)
        line.endheaders()
        answer = line.getresponse()
        body = answer.read()
        line.close()
        return answer.status, dict(answer.getheaders()), body

    def live(self, exercise="squat", origin=None, **query):
        """An open socket; its first message is not read yet."""
        address = f"ws://{self.host}/api/live?{urlencode({'exercise': exercise, **query})}"
        return connect(address, origin=origin, open_timeout=PATIENCE_S, max_size=None, compression=None)

    def resume(self, token):
        address = f"ws://{self.host}/api/live?{urlencode({'resume': token})}"
        return connect(address, open_timeout=PATIENCE_S, compression=None)


@contextmanager
def serving(app, proxies=()):
    """The app on a free port; ends as Ctrl-C ends it."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = make_server(app, limits=app.state.site.limits, proxies=proxies)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        wait_for(lambda: server.started)
        yield Service(app, server, listening.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join(PATIENCE_S)
        listening.close()
        assert not thread.is_alive()


@contextmanager
def nothing_logged(caplog):
    """No error reaches the log, let alone a trace."""
    with caplog.at_level(logging.WARNING):
        caplog.clear()
        yield
    ours = [r for r in caplog.records if not r.name.startswith("websockets.client")]
    assert [r.getMessage() for r in ours if r.levelno >= logging.ERROR] == []


def wait_for(true):
    """Until something that is bound to happen has happened."""
    end = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.01)


def hear(ws):
    """The next message."""
    return json.loads(ws.recv(timeout=PATIENCE_S))


def say(ws, message):
    """Send one message and give its answer."""
    ws.send(message if isinstance(message, str | bytes) else json.dumps(message))
    return hear(ws)
