"""The way to a target over HTTP/2: few connections, which many exchanges share."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.http2.connection import Http2Connection
from neptun_conformance.client.http2.receiving import MOST_STREAMS
from neptun_conformance.client.http2.stream import StreamAnswer
from neptun_conformance.client.route import spoken
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.http2.stream import Stream
    from neptun_conformance.client.message import Message
    from neptun_conformance.client.route import Route

SHORTEST_LIFETIME, LONGEST_LIFETIME = 8, 2**30
"""Requests that a connection carries at most, as the target's own end of one has shown."""

MOST_MOVES = 8
"""Connections that a request is moved to, one after the other, as each ends before it leaves."""


class Http2Transport:
    """Connections to one target; implements ``message.Transport``.

    A new connection is dialled where no other has room for one more stream. Its first request goes
    out at once; the next ones wait until the target has said how many it takes.

    Arguments:
        route: connects sockets to it.

    Attributes:
        waiting: how many wait for a connection that is about to stand.
    """

    version = "2"

    def __init__(self, route: Route) -> None:
        if route.proxy and not route.has_tls:
            raise ValueError(
                "HTTP/2 in plain text does not pass a proxy: name the target in NO_PROXY"
            )
        self._route = route
        self._scheme = "https" if route.has_tls else "http"
        self._used: dict[Http2Connection, int] = {}
        self._dialling = self._guests = 0
        self.waiting = 0
        self._most_streams = MOST_STREAMS
        self._lifetime = LONGEST_LIFETIME
        self._failed_dials = 0
        self._failure: BrokenOff | None = None
        self._is_closed = False
        self._changed = threading.Condition()

    @contextmanager
    def answer(
        self, message: Message, *, deadline: Deadline, fresh: bool
    ) -> Iterator[StreamAnswer]:
        """Send a request over a connection that has room, or a new one, and wait for the head.

        For a fresh one all others are closed as soon as nothing is under way on them. What is to
        go apart leaves them as they are.
        """
        connection, stream = self._sent(message, deadline, fresh=fresh)
        for _ in range(MOST_MOVES):
            if not stream.is_late:
                break
            self._give_back(connection)
            alone = replace(message, together=None)  # the others have left
            connection, stream = self._sent(alone, deadline, fresh=fresh)
        sent_at = monotonic()
        try:
            answer = StreamAnswer(stream, deadline)
            self._route.assert_from_target(answer.status)
            yield answer
        except TimeoutError:
            if connection.is_silent_since(sent_at):
                connection.retire()
            raise
        finally:
            connection.drop(stream)
            self._give_back(connection)

    def _sent(
        self, message: Message, deadline: Deadline, *, fresh: bool
    ) -> tuple[Http2Connection, Stream]:
        """Send a request over a connection; its stream is late where that ended just before."""
        if message.apart and not fresh:
            connection = self._apart(deadline)
        else:
            connection = self._take(deadline, fresh=fresh)
        try:
            return connection, connection.send(message, deadline)
        except BaseException:
            self._give_back(connection)
            raise

    @contextmanager
    def room(self) -> Iterator[None]:
        """Keep no connection open, on which nothing is under way, while another client works."""
        with self._changed:
            self._guests += 1
            idle = self._without_use()
        self._close(idle)
        try:
            yield
        finally:
            with self._changed:
                self._guests -= 1

    def close(self) -> None:
        """Break off what is under way and close every connection."""
        with self._changed:
            self._is_closed = True
            connections = list(self._used)
            self._changed.notify_all()
        self._close(connections)
        self._route.close()

    def _apart(self, deadline: Deadline) -> Http2Connection:
        """Return a connection that nobody shares, and that nobody waits for."""
        self._assert_open()
        connection = self._connection(self._socket(deadline))
        connection.retire()
        return self._added(connection)

    def _take(self, deadline: Deadline, *, fresh: bool) -> Http2Connection:
        with self._changed:
            if fresh:
                self._retire()
            unused = self._without_use(only_closed=True)
            found = self._found(deadline, fresh=fresh)
        self._close(unused)
        return found or self._dialled(deadline)

    def _found(self, deadline: Deadline, *, fresh: bool) -> Http2Connection | None:
        """Return a connection with room, or None where one is to be dialled; waits for either."""
        failed = self._failed_dials
        while True:
            self._assert_open()
            connection = None if fresh else self._with_room()
            if connection is not None:
                self._used[connection] += 1
                connection.promised += 1
                return connection
            if self._failed_dials > failed and self._failure is not None:
                raise BrokenOff(self._failure.failure.kind, self._failure.failure.message)
            if fresh or self._is_dial_due():
                self._dialling += 1
                return None
            self.waiting += 1
            try:
                self._changed.wait(deadline.left())
            finally:
                self.waiting -= 1

    def _with_room(self) -> Http2Connection | None:
        for connection, used in self._used.items():
            if connection.has_refused:
                self._most_streams = min(self._most_streams, connection.limit)
            if connection.promised >= self._lifetime:
                connection.retire()
            if connection.is_open and used < min(connection.limit, self._most_streams):
                return connection
        return None

    def _is_dial_due(self) -> bool:
        """Tell whether more wait than the connections that are about to stand can take."""
        hopes = self._dialling + sum(not connection.is_settled for connection in self._used)
        shared = [c for c in self._used if c.is_settled and not c.is_retired]
        limits = [c.limit for c in shared] or [self._most_streams]
        most = min(max(1, limits[-1]), self._most_streams, self._lifetime)
        return self.waiting >= hopes * most

    def _dialled(self, deadline: Deadline) -> Http2Connection:
        try:
            sock = self._socket(deadline)
        except (BrokenOff, TimeoutError) as error:
            with self._changed:
                self._dialling -= 1
                self._failed_dials += 1
                self._failure = error if isinstance(error, BrokenOff) else None
                self._changed.notify_all()
            raise
        return self._added(self._connection(sock), is_awaited=True)

    def _connection(self, sock: socket.socket) -> Http2Connection:
        return Http2Connection(sock, self._route.place, self._scheme, self._note)

    def _added(self, connection: Http2Connection, *, is_awaited: bool = False) -> Http2Connection:
        """Return a connection that is used from here on; it ends with the transport."""
        with self._changed:
            self._dialling -= is_awaited
            self._used[connection] = connection.promised = 1
            is_closed = self._is_closed
            self._changed.notify_all()
        if is_closed:
            self._give_back(connection)
            self._close([connection])
            raise BrokenOff(FailureKind.OVER, "the run was ended")
        return connection

    def _socket(self, deadline: Deadline) -> socket.socket:
        sock = self._route.dial(deadline)
        if self._route.has_tls and spoken(sock) != "h2":
            sock.close()
            message = (
                f"TLS to {self._route.place}: the target does not agree to speak HTTP/2 (ALPN): "
                "use --http 1.1 or auto"
            )
            raise BrokenOff(FailureKind.TLS, message)
        return sock

    def _give_back(self, connection: Http2Connection) -> None:
        with self._changed:
            self._used[connection] -= 1
            if connection.lifetime:
                self._lifetime = min(self._lifetime, max(connection.lifetime, SHORTEST_LIFETIME))
            done = self._without_use(only_closed=not self._guests)
            self._changed.notify_all()
        self._close(done)

    def _without_use(self, *, only_closed: bool = False) -> list[Http2Connection]:
        """Take out the connections on which nothing is under way, and return them.

        Arguments:
            only_closed: leave those on which more may be sent.
        """
        unused = [
            connection
            for connection, used in self._used.items()
            if not used and not (only_closed and connection.is_open)
        ]
        for connection in unused:
            del self._used[connection]
        return unused

    def _retire(self) -> None:
        for connection in self._used:
            connection.retire()

    def _note(self) -> None:
        """Let those who wait look again: a connection stands, has more room, or is gone."""
        with self._changed:
            self._changed.notify_all()

    def _close(self, connections: list[Http2Connection]) -> None:
        for connection in connections:
            connection.close()

    def _assert_open(self) -> None:
        if self._is_closed:
            raise BrokenOff(FailureKind.OVER, "the run was ended")
