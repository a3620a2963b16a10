"""What the service bears: every number that bounds a client, in one place."""

from dataclasses import dataclass

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on live sessions and their messages, and on uploads.

    Attributes
    ----------
    connections, connections_each : in all, and from one client; those beyond take the place of idle ones.
    requests_each : requests and sockets of one client at once.
    quiet_s : how long a connection may ask nothing, at first and after an answer; half a head is nothing.
    unread_s : how long a client may read nothing of what is sent to it.
    exchange_s : a request and its answer; sockets have limits of their own.
    sessions : live sessions at once.
    keep_s : how long a session waits for its lost socket before it is finished and saved.
    idle_s : how long a socket may be silent.
    longest_s : length of one session by the client's clock.
    per_second : messages a second from one client.
    bad_in_a_row : so many messages that make no sense close the socket.
    json_bytes, jpeg_bytes : size of one message.
    jpeg_px : longest side of a picture.
    late_s : once poses waited so long, some of those that wait are left out: answers shall be of now.
    waiting : poses that may wait; older ones are left out.
    upload_bytes : size of one video: fifteen minutes of a phone at 4 Mbit/s.
    clip_s : length of one video; longer ones hold a worker too long, and nobody trains so long in one take.
    judge_s : how long judging one may take, whatever it claims to be.
    uploads, uploads_each : uploads at once, and from one client; each holds a connection and a file.
    uploads_per_minute : from one client; a folder of clips dropped on the page stays below.
    queued : videos that may wait to be judged.
    videos : videos whose results are kept.
    free_bytes : so much of the disk stays free: results need room as well.
    body_idle_s, body_s : how long a body may be silent, and take in all.
    body_per_s : bytes a second that it has to bring on average, once it was ``body_idle_s`` on its way.
    import_bytes : size of an export; it is read piece by piece.
    body_bytes : size of what is no upload, and of all in an upload that is not the file.
    field_bytes, fields : size of one field of a form, and how many.
    logins_per_minute : wrong tokens from one client.
    """

    connections: int = 512
    connections_each: int = 128
    requests_each: int = 80
    quiet_s: float = 15.0
    unread_s: float = 30.0
    exchange_s: float = 2 * 3600.0
    sessions: int = 20
    keep_s: float = 60.0
    idle_s: float = 600.0
    longest_s: float = 3 * 3600.0
    per_second: int = 60
    bad_in_a_row: int = 8
    json_bytes: int = 64 * 1024
    jpeg_bytes: int = 512 * 1024
    jpeg_px: int = 1920
    late_s: float = 0.5
    waiting: int = 60
    upload_bytes: int = 500 * _MB
    clip_s: float = 15 * 60.0
    judge_s: float = 3600.0
    uploads: int = 64
    uploads_each: int = 48
    uploads_per_minute: int = 120
    queued: int = 500
    videos: int = 5000
    free_bytes: int = 1000 * _MB
    body_idle_s: float = 30.0
    body_s: float = 3600.0
    body_per_s: int = 8 * 1024
    import_bytes: int = 1000 * _MB
    body_bytes: int = 64 * 1024
    field_bytes: int = 1024
    fields: int = 8
    logins_per_minute: int = 10


DEFAULTS = Limits()
