"""The way to a target over HTTP/1.1: connections are dialled, kept, and used again."""

from __future__ import annotations

from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from neptun_conformance.client.connection import Connection, ConnectionAnswer
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.message import IDEMPOTENT
from neptun_conformance.client.pool import Pool
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message
    from neptun_conformance.client.route import Route


class SocketTransport:
    """Connections to one target; implements ``message.Transport``.

    Arguments:
        route: connects sockets to it.
    """

    version = "1.1"

    def __init__(self, route: Route) -> None:
        self._route = route
        self._pool = Pool()
        self._has_answered = False

    @contextmanager
    def answer(
        self, message: Message, *, deadline: Deadline, fresh: bool
    ) -> Iterator[ConnectionAnswer]:
        """Send a request over an idle connection, or a new one, and wait for the answer's head.

        For a fresh one all idle ones are closed: the target may give each of them a worker. What
        goes apart leaves the others theirs, as long as they are not in its way.
        """
        connection = self._take(message, deadline, fresh=fresh)
        is_reusable = False
        try:
            connection.send(self._route.addressed(message), deadline)
            answer = self._head(connection, message, deadline)
            self._route.assert_from_target(answer.status)
            yield answer
            ends = answer.is_contentless or message.is_last
            is_reusable = not ends and connection.is_reusable()
        finally:
            self._pool.end(connection, is_reusable=is_reusable)

    def room(self) -> AbstractContextManager[None]:
        """Keep no connection open while another client is at work."""
        return self._pool.room()

    def close(self) -> None:
        """Break off what is under way and close every connection."""
        self._pool.close()
        self._route.close()

    def _head(
        self, connection: Connection, message: Message, deadline: Deadline
    ) -> ConnectionAnswer:
        try:
            if connection.is_new:
                with self._pool.waiting(connection) as waiting:
                    self._pool.wait_for_octets(connection, waiting, deadline)
            answer = ConnectionAnswer(connection, message, deadline)
        except BrokenOff as broken:
            is_dropped = broken.failure.kind is FailureKind.DROPPED
            if self._route.has_tls or self._has_answered or not is_dropped:
                raise
            words = f"{broken.failure.message}; if it speaks TLS on this port, use https://"
            raise BrokenOff(FailureKind.DROPPED, words) from None
        self._has_answered = True
        return answer

    def _take(self, message: Message, deadline: Deadline, *, fresh: bool) -> Connection:
        connection = None
        if fresh:
            self._pool.close_idle()
        # A repeat after a stale connection must do no harm, so others get a new one at once.
        elif message.apart or message.method not in IDEMPOTENT:
            self._pool.make_room()
        else:
            connection = self._pool.take_idle(to_the_end=message.is_last)
        connection = connection or self._dial(deadline)
        if not self._pool.begin(connection):
            self._pool.end(connection, is_reusable=False)
            raise BrokenOff(FailureKind.OVER, "the run was ended")
        return connection

    def _dial(self, deadline: Deadline) -> Connection:
        return Connection(self._route.dial(deadline), self._route.place)
