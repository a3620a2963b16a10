"""What the service bears: every number that bounds a client, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on live sessions and their messages.

    Attributes
    ----------
    sessions : live sessions at once.
    keep_s : how long a session waits for its lost socket before it is finished and saved.
    idle_s : how long a socket may be silent.
    longest_s : length of one session by the client's clock.
    per_second : messages a second from one client.
    bad_in_a_row : so many messages that make no sense close the socket.
    json_bytes, jpeg_bytes : size of one message.
    jpeg_px : longest side of a picture.
    waiting : poses that may wait to be judged; older ones are left out.
    """

    sessions: int = 20
    keep_s: float = 60.0
    idle_s: float = 600.0
    longest_s: float = 3 * 3600.0
    per_second: int = 60
    bad_in_a_row: int = 8
    json_bytes: int = 64 * 1024
    jpeg_bytes: int = 512 * 1024
    jpeg_px: int = 1920
    waiting: int = 60


DEFAULTS = Limits()
