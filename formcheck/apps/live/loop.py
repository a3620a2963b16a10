"""The loop of a live session: the newest frame, its pose, what is to be said, and only then the picture."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

from formcheck.apps.live.events import EventLog
from formcheck.apps.live.pace import Pace
from formcheck.apps.live.recorder import Recorder
from formcheck.live.session import LiveSession
from formcheck.messages import sentence
from formcheck.pose.estimator import Estimator
from formcheck.sources.live import LiveSource
from formcheck.types import Event, Found, Frame, Lost, Pose
from formcheck.types.live_update import LiveUpdate
from formcheck.types.reason import said

if TYPE_CHECKING:
    from formcheck.apps.live.screen import Screen

#: So long is waited for a frame before keys and camera are looked at. Seconds.
_WAIT_S = 0.05
#: While the camera is lost, the session hears so often that nobody is seen. Seconds.
_NOBODY_S = 0.2
#: While nothing counts, another model may take over.
_NOTHING_COUNTS = {"searching", "setting_up", "set_done", "resting"}
#: The end of a workout stands in the window for so long. Seconds.
_FAREWELL_S = 20.0


class Speaker(Protocol):
    """Says things aloud without making anybody wait."""

    muted: bool

    def say(self, text: str) -> None:
        """Say this, unless muted."""
        ...

    def mute(self) -> None:
        """Fall silent."""
        ...

    def unmute(self) -> None:
        """Speak again."""
        ...


class Loop:
    """Runs one session; every part but source, estimator and session may be None.

    Parameters
    ----------
    source, estimator, session : where frames come from, what finds the body, what guides the person.
    screen, voice, log, recorder : those that hear of it.
    watch : called with every update before anything is drawn.
    lighter : gives a quicker estimator, or None if there is none, where this machine is too slow for the
        first; called once with the looks a second that it manages, and never within a set.

    Attributes
    ----------
    seen : whether anybody was ever seen.
    """

    def __init__(
        self,
        source: LiveSource,
        estimator: Estimator,
        session: LiveSession,
        *,
        screen: "Screen | None" = None,
        voice: Speaker | None = None,
        log: EventLog | None = None,
        recorder: Recorder | None = None,
        watch: Callable[[LiveUpdate], None] | None = None,
        lighter: Callable[[float], Estimator | None] | None = None,
    ) -> None:
        self._source, self._estimator, self._session = source, estimator, session
        self._screen, self._voice, self._log, self._recorder = screen, voice, log, recorder
        self._watch, self._lighter, self._pace = watch, lighter, Pace()
        self._size = (source.info.width_px, source.info.height_px)
        self._last_t = float("-inf")
        self._lost: str | None = None
        self._over_since: float | None = None
        self._left = False
        self.seen = False

    def run(self) -> None:
        """Until the source is over, the workout is done, or somebody leaves."""
        while not (self._left or self._source.over or self._stood):
            frame = self._source.read(_WAIT_S)
            self._watch_camera()
            if frame is None:
                self._without_frame()
            elif frame.t > self._last_t:
                self._step(frame)
            self._obey()

    def finish(self) -> None:
        """Close what is open in the session and tell it; call it however `run` ended."""
        last = self._session.finish()
        if last is not None:
            self._tell(last)

    @property
    def _stood(self) -> bool:
        """Whether the end of the workout was shown for long enough."""
        if self._session.state != "finished":
            return False
        now = self._source.now()
        self._over_since = now if self._over_since is None else self._over_since
        return self._screen is None or now - self._over_since > _FAREWELL_S

    def _step(self, frame: Frame) -> None:
        size = (frame.rgb.shape[1], frame.rgb.shape[0])
        if size != self._size:
            self._size = size
            self._session.resize(size)
            if self._recorder is not None:
                self._recorder.resize(size, self._session.takes)
        self._keep_up()
        pose = self._look(frame)
        update = self._take(pose)
        latency = self._source.now() - frame.t
        if self._recorder is not None:
            self._recorder.picture(frame)
        if self._screen is not None:
            muted = self._voice is not None and self._voice.muted
            dropped = self._source.dropped
            self._screen.show(frame.rgb, update, latency_s=latency, dropped=dropped, muted=muted)

    def _look(self, frame: Frame) -> Pose:
        began = self._source.now()
        pose = self._estimator.estimate(frame)
        if pose.found:
            self.seen = True
            self._pace.took(self._source.now() - began)
        return pose

    def _keep_up(self) -> None:
        """Go on with the lighter model where the first is too slow and nothing counts just now."""
        if self._lighter is None or not self._pace.slow or self._session.state not in _NOTHING_COUNTS:
            return
        lighter, self._lighter = self._lighter(self._pace.per_s), None
        if lighter is None:
            return
        self._estimator = lighter
        self._session.look_with(lighter.model)
        if self._recorder is not None:
            self._recorder.look_with(lighter.model, self._session.takes)

    def _take(self, pose: Pose) -> LiveUpdate:
        """Let the session have a pose and everybody know what follows from it."""
        self._last_t = pose.t
        update = self._session.step(pose)
        self._tell(update)
        if self._recorder is not None:
            self._recorder.pose(pose)
        return update

    def _tell(self, update: LiveUpdate) -> None:
        if self._voice is not None and update.say:
            self._voice.say(sentence(update.say))
        self._note(update.events)
        if self._watch is not None:
            self._watch(update)

    def _note(self, events: Iterable[Event]) -> None:
        if self._log is not None:
            self._log.write(events, self._source.now)
        if self._recorder is not None:
            self._recorder.tell(events)

    def _watch_camera(self) -> None:
        lost = self._source.lost
        if (lost is None) == (self._lost is None):
            return
        now, self._lost = self._source.now(), lost
        self._note([Found(t=now, told_t=now) if lost is None else Lost(t=now, told_t=now, reason=said(lost))])

    def _without_frame(self) -> None:
        """No picture came: a lost camera shows nobody, so that the session pauses and the rest goes on."""
        now = self._source.now()
        if self._lost is None:
            return
        if now - self._last_t >= _NOBODY_S and self._last_t > float("-inf"):
            self._take(Pose.nobody(now))
        if self._screen is not None:
            self._screen.show_lost(self._lost)

    def _obey(self) -> None:
        pressed = self._screen.key() if self._screen is not None else None
        if pressed == "leave":
            self._left = True
        elif pressed == "mute" and self._voice is not None:
            (self._voice.unmute if self._voice.muted else self._voice.mute)()
        elif pressed in {"toggle", "skip"}:
            self._session.command(pressed)
