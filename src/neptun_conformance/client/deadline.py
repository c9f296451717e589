"""A point in time by which an attempt must be over, whatever the target does in between."""

from __future__ import annotations

from time import monotonic


class Deadline:
    """Counts down one attempt; every read, write and dial asks it how long it may still take."""

    def __init__(self, seconds: float, *, latest: float = float("inf")) -> None:
        """Begin to count ``seconds`` down; it ends by the moment ``latest``, however extended."""
        self._end = monotonic() + seconds
        self._latest = latest

    def left(self) -> float:
        """Return the seconds that are left, always above zero.

        Raises:
            TimeoutError: none are left.
        """
        seconds = self._end - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds

    def extend(self, seconds: float) -> None:
        """Give back time that was spent on waiting for our own side."""
        self._end = min(self._end + seconds, self._latest)
