"""Requests beyond the questions: repeats, twins asked anew, findings made smaller."""

from __future__ import annotations

import threading


class Budget:
    """Extra requests of one run, shared by all who want some; safe to share between threads.

    Arguments:
        requests: how many there are.
    """

    def __init__(self, requests: int) -> None:
        self._left = requests
        self._lock = threading.Lock()

    @property
    def left(self) -> int:
        """How many may still be sent."""
        return max(0, self._left)

    def take(self, requests: int = 1) -> bool:
        """Take some for what can be left out; False, and none are taken, where fewer are left."""
        with self._lock:
            if requests > self._left:
                return False
            self._left -= requests
            return True

    def spend(self, requests: int = 1) -> None:
        """Count some for what cannot be left out, such as finding out whether the target lives."""
        with self._lock:
            self._left -= requests
