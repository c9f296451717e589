"""How many exchanges may be under way at once: more while that is well, fewer where it is not."""

from __future__ import annotations

import threading
from statistics import median
from time import monotonic

FIRST = 16
"""So many may be under way at first; more only once the target has shown that it bears them."""

FIRST_STREAMS = 64
"""The same over HTTP/2, where the target says itself how many it takes: fewer than is usual."""

MOST_LATE = 3
"""So many requests without an answer in time, sent side by side, and half as many go out."""

QUICK = 0.003
"""Seconds in which an answer came that shows: there is no latency to wait through, so more at once
gain nothing. They would only part the requests among more connections."""

SLOWER = 1.6
"""Times the usual latency at which more at once only wait for one another: twice as many requests
in one queue take twice as long each, less what is no waiting."""


class Slots:
    """Lets so many threads through at once; a context manager for each.

    The number doubles after half as many answers as it says, or a quarter that are alike, none of
    them throttled or failed, as long as the median latency stays what it was. Otherwise it goes
    back and grows no more.

    Arguments:
        most: how many at most.
        first: how many at first.
    """

    def __init__(self, most: int, first: int = FIRST) -> None:
        self.number = min(most, first)
        self.peak = 0
        """So many were under way at once, at most."""
        self._first = self.number
        self._most = most
        self._least_latency = float("inf")
        self._latencies: list[float] = []
        self._changed_at = float("-inf")
        self._before = self.number
        self._taken = 0
        self._late = 0
        self._lowered = float("-inf")
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        """Wait for a slot."""
        with self._changed:
            self._changed.wait_for(lambda: self._taken < self.number)
            self._taken += 1
            self.peak = max(self.peak, self._taken)

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        with self._changed:
            self._taken -= 1
            self._changed.notify()

    def note_answered(self, seconds: float, *, sent_at: float) -> None:
        """Note an answer: enough of them that come as fast as ever mean that more may go out.

        One that comes at once means that more gain nothing: it goes back to the first number.

        Arguments:
            seconds: how long it took.
            sent_at: when it left, by the monotonic clock; it counts if that was since the last
                time that the number changed.
        """
        if self.number >= self._most and self._before == self.number:
            return
        with self._changed:
            if seconds < QUICK:
                self._before = self._first
                self._go_back()
            if sent_at < self._changed_at:
                return
            self._latencies.append(seconds)
            if self._says_enough(self._latencies):
                self._consider(median(self._latencies))

    def note_trouble(self) -> None:
        """Note that a request was throttled or failed: it goes back to what was well before."""
        with self._changed:
            self._go_back()

    def note_late(self, *, sent_at: float) -> None:
        """Note that a request got no answer in time: several mean that fewer should go out.

        Arguments:
            sent_at: when it left, by the monotonic clock; it counts if that was since the last
                time that the number was lowered.
        """
        with self._changed:
            self._go_back()
            self._late += sent_at > self._lowered
            if self._late >= MOST_LATE:
                self.number = self._most = self._before = max(1, self.number // 2)
                self._late, self._lowered = 0, monotonic()

    def _says_enough(self, latencies: list[float]) -> bool:
        """Tell whether so many answers show how the target bears the number.

        Of the first wave after a change, about half left before it. Fewer will do where one took
        as long as the other: in a queue, the last one would have waited for all of them.
        """
        if 4 * len(latencies) >= self.number and max(latencies) <= SLOWER * min(latencies):
            return True
        return 2 * len(latencies) >= self.number

    def _consider(self, latency: float) -> None:
        """Let more go out, or go back, by the latency of the answers since the last change."""
        if latency > SLOWER * self._least_latency:
            self._go_back()
            return
        self._least_latency = min(self._least_latency, latency)
        self._before = self.number
        self._change(min(self._most, 2 * self.number))

    def _go_back(self) -> None:
        """Return to the last number that was well, or that it began with, and stay there."""
        self._most = self._before = min(self._before, self.number)
        self._change(self._before)

    def _change(self, number: int) -> None:
        more = number - self.number
        self.number = number
        self._latencies = []
        self._changed_at = monotonic()
        if more > 0:
            self._changed.notify(more)
