"""A service in a process of its own, to be killed: real workers, a judge that only waits. Prints its port."""

import socket
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))
    from formcheck.apps.jobs.local import LocalWorkers
    from formcheck.apps.web import app as app_module
    from formcheck.apps.web.server import make_server
    from tests.unit.web.judges import NoLengths, slow
    from tests.unit.web.stand_ins import app

    app_module.Lengths = NoLengths
    server = make_server(app(Path(sys.argv[1]), workers=LocalWorkers(1, judge=slow)))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        sys.stdout.write(f"{listening.getsockname()[1]}\n")
        sys.stdout.flush()
        server.run(sockets=[listening])
