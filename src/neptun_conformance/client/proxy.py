"""Proxies of the environment: ``HTTP_PROXY``, ``HTTPS_PROXY``, ``ALL_PROXY``, ``NO_PROXY``.

Targets on this machine are always reached directly, as a proxy would look for them on its own.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import h11

from neptun_conformance.client.connection import READ_SIZE
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.exchange import FailureKind
from neptun_conformance.exchange.address import Address

if TYPE_CHECKING:
    import socket
    from typing import Self

    from neptun_conformance.client.deadline import Deadline


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy to go through.

    Arguments:
        address: where it listens.
        headers: what it wants to see, such as its credentials.
    """

    address: Address
    headers: tuple[tuple[bytes, bytes], ...] = ()

    @classmethod
    def for_target(cls, target: Address) -> Self | None:
        """Return the proxy that the environment names for a target, or None.

        Raises:
            ValueError: the environment names one that cannot be used.
        """
        if target.is_loopback:
            return None
        import urllib.request

        proxies = urllib.request.getproxies()
        url = proxies.get(target.scheme) or proxies.get("all")
        if not url or urllib.request.proxy_bypass(target.place):
            return None
        return cls.parse(url)

    @classmethod
    def parse(cls, url: str) -> Self:
        """Take a proxy's URL apart; credentials in it become a header (RFC 9110, 11.7.2).

        Raises:
            ValueError: it is not the URL of a plain HTTP proxy.
        """
        parts = urlsplit(url if "://" in url else f"http://{url}")
        if parts.scheme != "http" or not parts.hostname:
            message = (
                "the environment names a proxy that is not http://host:port; "
                "name another in HTTP_PROXY or HTTPS_PROXY, or the target in NO_PROXY"
            )
            raise ValueError(message)
        address = Address("http", parts.hostname, parts.port or 80)
        if parts.username is None:
            return cls(address)
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        return cls(address, ((b"Proxy-Authorization", b"Basic " + base64.b64encode(credentials)),))

    def open_tunnel(self, sock: socket.socket, target: Address, deadline: Deadline) -> None:
        """Have the proxy connect the socket through to the target (RFC 9110 section 9.3.6).

        Raises:
            BrokenOff: the proxy refuses, or breaks off.
        """
        authority = target.place.encode("ascii")
        framing = h11.Connection(h11.CLIENT)
        headers = [(b"Host", authority), *self.headers]
        octets = framing.send(h11.Request(method=b"CONNECT", target=authority, headers=headers))
        try:
            sock.settimeout(deadline.left())
            sock.sendall(octets)
            status = _status(sock, framing, deadline)
        except (OSError, h11.RemoteProtocolError):
            words = "broke off, or does not speak HTTP"
            raise self.failed(words) from None
        if not 200 <= status < 300:
            raise self.refused(status)

    def refused(self, status: int) -> BrokenOff:
        """Say that the proxy itself answered instead of the target."""
        remedy = "check its credentials" if status == 407 else "check NO_PROXY"
        return self.failed(f"answered {status} instead of passing the request on: {remedy}")

    def failed(self, words: str) -> BrokenOff:
        """Say what went wrong with the proxy."""
        return BrokenOff(FailureKind.PROXY, f"the proxy {self.address.place} {words}")


def _status(sock: socket.socket, framing: h11.Connection, deadline: Deadline) -> int:
    while not isinstance(event := framing.next_event(), h11.Response):
        if event is h11.NEED_DATA:
            sock.settimeout(deadline.left())
            framing.receive_data(sock.recv(READ_SIZE))
    return event.status_code
