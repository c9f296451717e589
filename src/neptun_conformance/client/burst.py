"""Lets the requests of several threads reach the target at the same moment."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRING = threading.Lock()
"""Held by the burst that goes out: what two of them send must not lie between each other."""
PATIENCE = 1.0
"""Seconds to wait for those who are not ready; one that cannot be sent never will be."""


class BurstBarrier:
    """Requests that go out together: whoever comes last sends for all, one right after the other.

    Threads that woke up each on its own would spread them over milliseconds, in which a server
    has answered the first ones.

    Arguments:
        size: how many requests take part, each from a thread of its own.
    """

    def __init__(self, size: int) -> None:
        """Wait for ``size`` requests."""
        self._missing = size
        self._shots: list[Callable[[], object]] = []
        self._flushes: dict[Callable[[], object], None] = {}
        self._lock = threading.Lock()
        self._is_over = threading.Event()

    def fire(self, shot: Callable[[], object], flush: Callable[[], object] | None = None) -> None:
        """Return when ``shot``, which must not raise, was called along with those of all others.

        Where some of them do not come in time, those who are there go without them.

        Arguments:
            shot: sends, or makes ready to send.
            flush: sends what the shots on one connection made ready; called once after them all.
        """
        with self._lock:
            self._shots.append(shot)
            if flush:
                self._flushes[flush] = None
            self._missing -= 1
            if self._missing == 0 or self._is_over.is_set():
                self._release()
        if not self._is_over.wait(PATIENCE):
            with self._lock:
                self._release()

    def _release(self) -> None:
        with _FIRING:
            for step in (*self._shots, *self._flushes):
                step()
        self._shots.clear()
        self._flushes.clear()
        self._is_over.set()
