"""The way to a target over the network: connections are dialled, kept, and used again."""

from __future__ import annotations

import socket
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from neptun_conformance.client import dial
from neptun_conformance.client.address import Address
from neptun_conformance.client.connection import Connection, ConnectionAnswer
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.pool import Pool
from neptun_conformance.client.proxy import Proxy
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message
    from neptun_conformance.client.settings import Settings

PROXY_WANTS_CREDENTIALS = 407
IDEMPOTENT = frozenset({b"GET", b"HEAD", b"OPTIONS"})


class SocketTransport:
    """Connections to one target; implements ``message.Transport``."""

    def __init__(self, settings: Settings) -> None:
        """Prepare TLS and the proxy; nothing is dialled yet.

        Raises:
            ValueError: the base URL, a certificate file, a proxy or a unix socket cannot be used.
        """
        if settings.uds and not hasattr(socket, "AF_UNIX"):
            raise ValueError(f"unix socket {settings.uds}: Python has none on this system")
        self._address = Address.parse(settings.base_url)
        self._name = settings.name
        self._uds = settings.uds
        self._proxy = None if settings.uds else Proxy.for_target(self._address)
        is_tls = self._address.scheme == "https"
        self._tls = dial.tls_context(settings) if is_tls else None
        self._pool = Pool()
        self._has_answered = False
        self._failed: set[object] = set()

    @contextmanager
    def answer(
        self, message: Message, *, deadline: Deadline, fresh: bool
    ) -> Iterator[ConnectionAnswer]:
        """Send a request over an idle connection, or a new one, and wait for the answer's head.

        For a fresh one all idle ones are closed: the target may give each of them a worker.
        """
        # A repeat after a stale connection must do no harm, so others get a fresh one at once.
        connection = self._take(deadline, fresh=fresh or message.method not in IDEMPOTENT)
        is_reusable = False
        try:
            connection.send(self._addressed(message), deadline)
            answer = self._head(connection, message, deadline)
            if self._proxy and answer.status == PROXY_WANTS_CREDENTIALS:
                raise self._proxy.refused(answer.status)
            yield answer
            may_stay = not answer.is_contentless and not message.offers_protocol
            is_reusable = may_stay and connection.is_reusable()
        finally:
            self._pool.end(connection, is_reusable=is_reusable)

    def room(self) -> AbstractContextManager[None]:
        """Keep no connection open while another client is at work."""
        return self._pool.room()

    def close(self) -> None:
        """Break off what is under way and close every connection."""
        self._pool.close()

    def _head(
        self, connection: Connection, message: Message, deadline: Deadline
    ) -> ConnectionAnswer:
        try:
            if connection.is_new:
                with self._pool.waiting(connection) as waiting:
                    self._pool.wait_for_octets(connection, waiting, deadline)
            answer = ConnectionAnswer(connection, message, deadline)
        except BrokenOff as broken:
            if self._tls or self._has_answered or broken.failure.kind is not FailureKind.DROPPED:
                raise
            words = f"{broken.failure.message}; if it speaks TLS on this port, use https://"
            raise BrokenOff(FailureKind.DROPPED, words) from None
        self._has_answered = True
        return answer

    def _take(self, deadline: Deadline, *, fresh: bool) -> Connection:
        if fresh:
            self._pool.close_idle()
        connection = self._pool.take_idle() or self._dial(deadline)
        if not self._pool.begin(connection):
            self._pool.end(connection, is_reusable=False)
            raise BrokenOff(FailureKind.OVER, "the run was ended")
        return connection

    def _dial(self, deadline: Deadline) -> Connection:
        place = self._address.place
        if self._uds:
            sock = dial.unix(self._uds, deadline)
        elif self._proxy:
            sock = self._dial_proxy(self._proxy, deadline)
        else:
            host, port = self._address.host, self._address.port
            sock = dial.tcp(host, port, place, deadline, self._failed)
        if self._tls:
            sock = dial.tls(sock, self._tls, self._name, place, deadline)
        return Connection(sock, place)

    def _dial_proxy(self, proxy: Proxy, deadline: Deadline) -> socket.socket:
        try:
            sock = dial.tcp(proxy.address.host, proxy.address.port, proxy.address.place, deadline)
        except BrokenOff as broken:
            raise BrokenOff(FailureKind.PROXY, f"proxy: {broken.failure.message}") from None
        if self._tls:
            try:
                proxy.open_tunnel(sock, self._address, deadline)
            except BrokenOff:
                sock.close()
                raise
        return sock

    def _addressed(self, message: Message) -> Message:
        """Put a request into the form that a plain proxy wants (RFC 9112 section 3.2.2)."""
        if not self._proxy or self._tls:
            return message
        origin = f"http://{self._address.authority}".encode("ascii")
        return replace(
            message,
            target=origin + message.target,
            headers=[*message.headers, *self._proxy.headers],
        )
