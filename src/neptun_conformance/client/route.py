"""The route to a target: TCP or a unix socket, perhaps a proxy, and TLS above it."""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from neptun_conformance.client import dial
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.proxy import Proxy
from neptun_conformance.exchange import FailureKind
from neptun_conformance.exchange.address import Address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message
    from neptun_conformance.client.settings import Settings

PROXY_WANTS_CREDENTIALS = 407


class Route:
    """Connects sockets to one target, all in the same way.

    Arguments:
        settings: where the target is, and how to reach it.
        protocols: what TLS offers to speak (ALPN, RFC 7301), the best first.

    Raises:
        ValueError: the base URL, a certificate file, a proxy or a unix socket cannot be used.
    """

    def __init__(self, settings: Settings, protocols: Sequence[str]) -> None:
        if settings.uds and not hasattr(socket, "AF_UNIX"):
            raise ValueError(f"unix socket {settings.uds}: Python has none on this system")
        self._address = Address.parse(settings.base_url)
        self._name = settings.name
        self._uds = settings.uds
        self.proxy = None if settings.uds else Proxy.for_target(self._address)
        self._tls = dial.tls_context(settings) if self._address.scheme == "https" else None
        self.offer(protocols)
        self._failed: set[object] = set()
        self._first: list[socket.socket] = []

    @property
    def place(self) -> str:
        """Host and port in words for people."""
        return self._address.place

    @property
    def has_tls(self) -> bool:
        """Whether connections are encrypted."""
        return self._tls is not None

    def offer(self, protocols: Sequence[str]) -> None:
        """Let the TLS of later connections offer these protocols."""
        if self._tls:
            self._tls.set_alpn_protocols(list(protocols))

    def dial_first(self, deadline: Deadline) -> str | None:
        """Connect the socket that ``dial`` returns next, and return what its TLS agreed on."""
        self._first.append(self.dial(deadline))
        return spoken(self._first[0])

    def dial(self, deadline: Deadline) -> socket.socket:
        """Return a connected socket.

        Raises:
            BrokenOff: no connection came to stand.
        """
        with suppress(IndexError):
            return self._first.pop()
        if self._uds:
            sock = dial.unix(self._uds, deadline)
        elif self.proxy:
            sock = self._dial_proxy(self.proxy, deadline)
        else:
            host, port = self._address.host, self._address.port
            sock = dial.tcp(host, port, self.place, deadline, self._failed)
        if self._tls:
            sock = dial.tls(sock, self._tls, self._name, self.place, deadline)
        return sock

    def close(self) -> None:
        """Let go of a socket that nobody came for."""
        with suppress(IndexError):
            self._first.pop().close()

    def addressed(self, message: Message) -> Message:
        """Put a request into the form that a plain proxy wants (RFC 9112 section 3.2.2)."""
        if not self.proxy or self._tls:
            return message
        origin = f"http://{self._address.authority}".encode("ascii")
        return replace(
            message,
            target=origin + message.target,
            headers=[*message.headers, *self.proxy.headers],
        )

    def assert_from_target(self, status: int) -> None:
        """Make sure that an answer is the target's own.

        Raises:
            BrokenOff: it is the proxy's, which wants credentials.
        """
        if self.proxy and status == PROXY_WANTS_CREDENTIALS:
            raise self.proxy.refused(status)

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


def spoken(sock: socket.socket) -> str | None:
    """Return the protocol that TLS agreed on, None where there is no TLS or no agreement."""
    return sock.selected_alpn_protocol() if isinstance(sock, ssl.SSLSocket) else None
