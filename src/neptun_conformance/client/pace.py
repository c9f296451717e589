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


class Pace:
    """Hands out the moments at which requests may leave.

    Requests leave evenly, without bursts, so that any bucket on the target's side with the same
    rate never runs dry. A throttled request holds everybody back and halves the pace.
    """

    def __init__(self, settings: Settings) -> None:
        """Begin the run now."""
        self.began = monotonic()
        self._settings = settings
        self._rate = settings.rate
        self._next = self.began
        self._lowered = 0.0
        self._throttled_since: float | None = None
        self._recent: deque[float] = deque()
        self._sent = 0
        self._lock = threading.Lock()
        self._ended = threading.Event()

    @property
    def sent(self) -> int:
        """Requests handed out so far, less those that never left."""
        return self._sent

    @property
    def rate(self) -> float | None:
        """Requests a second at present, or None where nothing bounds them."""
        return self._rate

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
            turn = self._reserve()
        self._sleep_until(turn)
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
                self._lowered = now
                recent = sum(1 for moment in self._recent if moment > now - WINDOW) / WINDOW
                self._rate = max(SLOWEST, min(self._rate or recent, recent) / 2)

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
            self._next = max(self._next, moment)

    def relieve(self) -> None:
        """Note that the target answers instead of throttling."""
        self._throttled_since = None

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

    def _reserve(self) -> float:
        turn = max(self._next, monotonic())
        if self._rate is not None:
            self._next = turn + 1 / self._rate
        self._recent.append(turn)
        while self._recent[0] < turn - WINDOW:
            self._recent.popleft()
        return turn

    def _sleep_until(self, turn: float) -> None:
        seconds = turn - monotonic()
        if seconds > 0:
            self._ended.wait(seconds)

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
