"""Which connections stay open: none of ours may keep a target from answering another of ours.

A server with few workers gives one of them to each connection for as long as it stands. There, a
connection that is kept, or used again and again, holds up the request on a new one for ever.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.client.connection import Connection
    from neptun_conformance.client.deadline import Deadline

PATIENCE = 0.25
"""Seconds that a new connection waits for its first answer before idle ones are closed for it."""

SHORT_PATIENCE = 0.02
"""The same, once closing one has helped."""

TIMES_THE_USUAL = 4
"""Both are never less than so many times what an answer takes where a connection has its worker:
a target that is slow, or far away, is not short of workers."""

WEIGHT = 1 / 8
"""Of the newest answer in what an answer usually takes."""

OVERTAKEN = 2
"""So many later requests are answered before one that waits, and others may be in its way."""

MOST_CLOSED = 64
"""Connections that are closed for one that waits; past that, they were not in its way."""


@dataclass(eq=False, slots=True)
class _Waiting:
    """A request on a new connection, which has not been answered yet."""

    since: float
    number: int
    overtaken: int = 0
    closed_for_it: int = 0
    closed_last: float = float("-inf")


class Pool:
    """Connections between two exchanges; safe to share between threads."""

    def __init__(self) -> None:
        """Begin without connections."""
        self.is_closed = False
        self._idle: list[Connection] = []
        self._busy: dict[Connection, tuple[int, float]] = {}
        self._waiting: list[_Waiting] = []
        self._requests = 0
        self._guests = 0
        self._is_short_of_workers = False
        self._usual = 0.0
        self._lock = threading.Lock()

    def take_idle(self, *, to_the_end: bool) -> Connection | None:
        """Return an idle connection that still stands, None where there is none.

        What goes wrong along a connection may do so after many requests only. So one that has
        carried the most carries the next, but for what is the last on its connection.

        Arguments:
            to_the_end: whether nothing will follow on it.
        """
        choose = min if to_the_end else max
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection = choose(self._idle, key=_exchanges)
                self._idle.remove(connection)
            if connection.is_alive():
                return connection
            connection.close()

    def begin(self, connection: Connection) -> bool:
        """Note that a request goes out on a connection; False where the pool is closed."""
        with self._lock:
            self._requests += 1
            self._busy[connection] = self._requests, monotonic()
            return not self.is_closed

    @contextmanager
    def waiting(self, connection: Connection) -> Iterator[_Waiting]:
        """Let others make room while a new connection waits for its first answer."""
        with self._lock:
            one = _Waiting(monotonic(), self._busy[connection][0])
            self._waiting.append(one)
        try:
            yield one
        finally:
            with self._lock:
                self._waiting.remove(one)

    @contextmanager
    def room(self) -> Iterator[None]:
        """Keep no connection while another client is at work: each may hold a worker of few."""
        with self._lock:
            self._guests += 1
        self.close_idle()
        try:
            yield
        finally:
            with self._lock:
                self._guests -= 1

    def wait_for_octets(self, connection: Connection, one: _Waiting, deadline: Deadline) -> None:
        """Return when the first octets are there; close what is idle while they are not.

        Raises:
            TimeoutError: the deadline has passed.
        """
        while not connection.has_octets_within(min(self._patience, deadline.left())):
            if self.close_idle():
                self._note_closed(one)
        if monotonic() - one.closed_last < PATIENCE:
            self._is_short_of_workers = True

    def end(self, connection: Connection, *, is_reusable: bool) -> None:
        """Keep a connection for another exchange, unless it cannot be used or is in the way."""
        with self._lock:
            number, since = self._busy.pop(connection, (0, 0.0))
            if is_reusable and connection.exchanges > 1:
                self._usual += WEIGHT * (monotonic() - since - self._usual)
            for one in self._waiting:
                one.overtaken += one.number < number
            is_wanted = not self.is_closed and not self._guests and not self._is_in_the_way()
            is_kept = is_reusable and is_wanted
            if is_kept:
                self._idle.append(connection)
        if not is_kept:
            connection.close()

    def make_room(self) -> None:
        """Close every idle connection, where the target has shown that they are in the way."""
        if self._is_short_of_workers:
            self.close_idle()

    def close_idle(self) -> int:
        """Close every idle connection, and return how many there were."""
        closed = 0
        while True:
            try:
                self._idle.pop().close()
            except IndexError:
                return closed
            closed += 1

    def close(self) -> None:
        """Break off what is under way and close every connection."""
        with self._lock:
            self.is_closed = True
            busy = list(self._busy)
        for connection in busy:
            connection.abort()
        self.close_idle()

    @property
    def _patience(self) -> float:
        base = SHORT_PATIENCE if self._is_short_of_workers else PATIENCE
        return max(base, TIMES_THE_USUAL * self._usual)

    def _is_in_the_way(self) -> bool:
        now = monotonic()
        for one in self._waiting:
            starves = one.overtaken >= OVERTAKEN or self._is_short_of_workers
            if starves and now - one.since >= self._patience and one.closed_for_it < MOST_CLOSED:
                self._note_closed(one)
                return True
        return False

    def _note_closed(self, one: _Waiting) -> None:
        one.closed_for_it += 1
        one.closed_last = monotonic()


def _exchanges(connection: Connection) -> int:
    return connection.exchanges
