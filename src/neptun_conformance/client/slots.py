"""How many exchanges may be under way at once; fewer, where that many are too many."""

from __future__ import annotations

import threading
from time import monotonic

MOST_LATE = 3
"""So many requests without an answer in time, sent side by side, and half as many go out."""


class Slots:
    """Lets so many threads through at once; a context manager for each.

    Arguments:
        number: how many at first.
    """

    def __init__(self, number: int) -> None:
        self.number = number
        self._taken = 0
        self._late = 0
        self._lowered = float("-inf")
        self._changed = threading.Condition()

    def __enter__(self) -> None:
        """Wait for a slot."""
        with self._changed:
            self._changed.wait_for(lambda: self._taken < self.number)
            self._taken += 1

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        with self._changed:
            self._taken -= 1
            self._changed.notify_all()

    def note_late(self, *, sent_at: float) -> None:
        """Note that a request got no answer in time: several mean that fewer should go out.

        Arguments:
            sent_at: when it left, by the monotonic clock; it counts if that was since the last
                time that the number was lowered.
        """
        with self._changed:
            self._late += sent_at > self._lowered
            if self._late >= MOST_LATE:
                self.number = max(1, self.number // 2)
                self._late, self._lowered = 0, monotonic()
