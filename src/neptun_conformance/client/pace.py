"""How fast requests may go out, how many, and until when; shared by every thread of a run."""

from __future__ import annotations

import threading
from collections import deque
from time import monotonic
from typing import TYPE_CHECKING

from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    from neptun_conformance.client.settings import Settings

SLOWEST = 1.0
"""Requests a second below which a pace is never lowered; longer pauses are the target's to ask."""
WINDOW = 1.0
DOUBLES_IN = 1.0
"""Seconds after which a pace that was lowered has doubled again."""
UNBOUNDED = 10_000.0
"""Requests a second that no client of this kind reaches."""


class Pace:
    """Hands out the moments at which requests may leave.

    Requests leave evenly, without bursts, so that any bucket on the target's side with the same
    rate never runs dry. A throttled request holds everybody back and halves the pace, which then
    grows again. Where a lower pace lets no more requests through than a full one did, the target
    does not throttle by pace, and only its waits are kept.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin the run now."""
        self.began = monotonic()
        self._settings = settings
        self._lowered_to: float | None = None
        self._grows_from = self._next = self.began
        self._lowered = self._held_until = 0.0
        self._answered = 0
        self._answered_at_full_pace: int | None = None
        self._throttled_since: float | None = None
        self._recent: deque[float] = deque()  # moments at which a request got through
        self._sent = 0
        self._waited = 0.0
        self._lock = threading.Lock()
        self._door = threading.Lock()
        self._ended = threading.Event()

    @property
    def sent(self) -> int:
        """Requests handed out so far, less those that never left."""
        return self._sent

    @property
    def waited(self) -> float:
        """Seconds that the target asked for and got; of many at once they count but once."""
        return self._waited

    @property
    def rate(self) -> float | None:
        """Requests a second at present, or None where nothing bounds them."""
        if self._lowered_to is None:
            return self._settings.rate
        doublings = max(0.0, monotonic() - self._grows_from) / DOUBLES_IN
        grown = self._lowered_to * 2 ** min(doublings, 20)
        return min(grown, self._settings.rate or UNBOUNDED)

    @property
    def ends(self) -> float:
        """The moment, by the monotonic clock, at which the run's deadline passes."""
        seconds = self._settings.run_deadline
        return float("inf") if seconds is None else self.began + seconds

    def take(self) -> float:
        """Wait for a request's turn, count it, and return the seconds it may take.

        Raises:
            BrokenOff: the budget is spent, the target only throttles, or the run is over before
                the turn comes.
        """
        with self._lock:
            self._assert_budget()
            self._assert_hope()
            if self.is_over() or self._next >= self.ends:
                raise self.over()
            self._sent += 1
        self._wait_for_turn()
        return self._seconds_for_attempt()

    def take_back(self) -> None:
        """Do not count a request that never got as far as the target."""
        with self._lock:
            self._sent -= 1

    def lower(self, *, sent_at: float) -> None:
        """Halve the pace, unless that was done since the throttled request left."""
        now = monotonic()
        with self._lock:
            self._throttled_since = self._throttled_since or now
            if sent_at > self._lowered:
                self._lowered_to = self._half_of_now(now) if self._lowering_helps() else None
                self._lowered = self._grows_from = now
                self._answered = 0

    def _half_of_now(self, now: float) -> float:
        while self._recent and self._recent[0] < now - WINDOW:
            self._recent.popleft()
        recent = len(self._recent) / WINDOW
        return max(SLOWEST, min(self.rate or recent, recent) / 2)

    def _lowering_helps(self) -> bool:
        """Tell whether more requests got through since the pace was lowered than before."""
        if self._answered_at_full_pace is None:
            self._answered_at_full_pace = self._answered
            return True
        return self._lowered_to is not None and self._answered > self._answered_at_full_pace

    def hold(self, seconds: float) -> None:
        """Let no request leave for so many seconds.

        Raises:
            BrokenOff: the run ends before that.
        """
        moment = monotonic() + seconds
        if moment >= self.ends:
            message = (
                f"the target asks to wait {seconds:g} s, "
                f"and the run's deadline of {self._settings.run_deadline:g} s comes before that"
            )
            raise BrokenOff(FailureKind.OVER, message)
        with self._lock:
            self._waited += max(0.0, moment - max(monotonic(), self._held_until))
            self._held_until = max(self._held_until, moment)
            self._next, self._grows_from = max(self._next, moment), max(self._grows_from, moment)

    def is_held(self) -> bool:
        """Tell whether no request may leave at present, by the target's wish."""
        return self._held_until > monotonic()

    def pause(self, seconds: float) -> bool:
        """Wait so long, or until the run is over; tell whether it goes on."""
        self._ended.wait(max(0.0, min(seconds, self.ends - monotonic())))
        return not self.is_over()

    def wait_out(self, seconds: float) -> None:
        """Wait so long because the target asks for it, while nothing else is under way."""
        began = monotonic()
        self.pause(seconds)
        with self._lock:
            self._waited += monotonic() - began

    def relieve(self) -> None:
        """Note that the target answers instead of throttling."""
        with self._lock:
            self._throttled_since = None
            self._answered += 1
            self._recent.append(monotonic())

    def is_over(self) -> bool:
        """Tell whether the run's deadline has passed or the run was ended."""
        return self._ended.is_set() or monotonic() >= self.ends

    def end(self) -> None:
        """Wake all who wait, and let no more requests out."""
        self._ended.set()

    def over(self) -> BrokenOff:
        """Say why no more requests go out."""
        if self._ended.is_set():
            return BrokenOff(FailureKind.OVER, "the run was ended")
        message = f"the run's deadline of {self._settings.run_deadline:g} s has passed"
        return BrokenOff(FailureKind.OVER, message)

    def _wait_for_turn(self) -> None:
        """Wait for the next moment, which may be put off meanwhile; one after the other."""
        if self.rate is None and self._next <= monotonic():
            return
        with self._door:
            while (seconds := min(self._next, self.ends) - monotonic()) > 0:
                if self._ended.wait(seconds):
                    return
            with self._lock:
                rate = self.rate
                if rate is not None:
                    self._next = max(self._next, monotonic()) + 1 / rate

    def _seconds_for_attempt(self) -> float:
        if self.is_over():
            self.take_back()
            raise self.over()
        return min(self._settings.deadline, self.ends - monotonic())

    def _assert_budget(self) -> None:
        limit = self._settings.max_requests
        if limit is not None and self._sent >= limit:
            message = f"all {limit} requests of the budget are spent (--max-requests)"
            raise BrokenOff(FailureKind.BUDGET, message)

    def _assert_hope(self) -> None:
        since, bound = self._throttled_since, self._settings.max_throttle
        if since is not None and monotonic() - since > bound:
            message = (
                f"the target has answered nothing but 429 or 503 for {bound:g} s: lower --rate"
            )
            raise BrokenOff(FailureKind.THROTTLED, message)
