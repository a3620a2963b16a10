"""The head of a Ray cluster: whether it answers, and joining it.

Ray itself waits for a minute for one that does not, then ends the program.
"""

import os
import socket
import time
from typing import Any

from formcheck import ends
from formcheck.errors import FormcheckError
from formcheck.extras import require
from formcheck.pose.quiet import quiet
from formcheck.types.text import LONGEST, one_line

#: No usage report to Ray's makers, and none of its messages among ours.
_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DEDUP_LOGS_SKIP_REGEX": ".",
    "RAY_IGNORE_UNHANDLED_ERRORS": "1",
}

#: A head in a private network answers at once; Ray itself would wait a minute or more.
_REACH_S = 5.0
#: How often it is looked for, and how long it may be away: less than Ray would wait. Seconds.
_LOOK_S = 2.0
_AWAY_S = 30.0


class Head:
    """Looked for now and then.

    Parameters
    ----------
    address : HOST:PORT, as Ray knows it.

    Attributes
    ----------
    gone : whether it was away for too long.
    """

    def __init__(self, address: str) -> None:
        self._address = address
        self._next = float("-inf")
        self._away: float | None = None
        self.gone = False

    def answers(self) -> bool:
        """Whether it was looked for just now, and answered.

        Raises
        ------
        FormcheckError
            If it is gone.
        """
        now = time.monotonic()
        if now < self._next:
            return False
        self._next = now + _LOOK_S
        try:
            _connect(self._address)
        except OSError as error:
            self._away = now if self._away is None else self._away
            self.gone = now - self._away >= _AWAY_S
            if self.gone:
                why = f"the head of the Ray cluster is gone ({one_line(error, LONGEST)}); start it again"
                raise FormcheckError(f"{self._address}: {why}") from None
            return False
        self._away = None
        return True


def reach(address: str) -> None:
    """Make sure that a head listens at an address that somebody gave.

    Raises
    ------
    FormcheckError
        If nothing does, or the address is none.
    """
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or "//" in address:
        raise FormcheckError(f"{address}: is no address of a Ray head; give HOST:PORT, such as 10.0.0.1:6379")
    try:
        _connect(address)
    except (OSError, OverflowError) as error:
        raise FormcheckError(
            f"{address}: no Ray cluster answers there ({one_line(error, LONGEST)});"
            " start its head with: ray start --head --port 6379"
        ) from None


def _connect(address: str) -> None:
    host, _, port = address.rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), _REACH_S).close()


def joined(address: str | None) -> Any:
    """Ray, connected to a cluster, or (None) to one started on this machine.

    Raises
    ------
    FormcheckError
        If Ray is not installed, or there is no cluster at that address.
    """
    if address is not None:
        reach(address)
    os.environ |= _SETTINGS  # read when it is imported
    if address is None:  # no cluster: then all of it listens on the loopback address alone
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
    require("ray")
    import ray  # noqa: PLC0415

    where: dict[str, Any] = (
        {"address": address} if address else {"address": "local", "include_dashboard": False}
    )
    try:
        with quiet(), ends.answered():
            ray.init(**where, log_to_driver=False, logging_level="ERROR")
    except (OSError, RuntimeError, ValueError, AssertionError, ray.exceptions.RayError) as error:
        raise FormcheckError(
            f"{address or 'local'}: Ray cannot be joined ({one_line(error, 200)});"
            " this machine must be one of its nodes, with the same Ray and token: see docs/cluster.md"
        ) from None
    return ray
