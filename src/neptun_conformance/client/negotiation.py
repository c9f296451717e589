"""The version of HTTP that a run speaks: as it was asked for, or as TLS agrees on it (ALPN)."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from typing import TYPE_CHECKING

from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.route import Route
from neptun_conformance.client.sockets import SocketTransport
from neptun_conformance.exchange import FailureKind
from neptun_conformance.exchange.address import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from neptun_conformance.client.cycle import Application
    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Answer, Message, Transport
    from neptun_conformance.client.settings import Settings

HTTP_1 = "http/1.1"
HTTP_2 = "h2"
"""Names of the protocols in ALPN (RFC 7301; RFC 9113 section 3.2)."""


def transport_for(settings: Settings, app: Application | None) -> Transport:
    """Return the way to a target: into this process, or over the network in the version wanted.

    Raises:
        ValueError: a setting cannot be used, or the package for HTTP/2 is missing.
    """
    if app is not None:
        from neptun_conformance.client.asgi import AppTransport

        return AppTransport(app, settings)
    if settings.http == "1.1":
        return SocketTransport(Route(settings, [HTTP_1]))
    refuse_unspeakable(settings.base_url, settings.http)
    from neptun_conformance.client.http2.transport import Http2Transport

    if settings.http == "auto":
        return NegotiatedTransport(Route(settings, [HTTP_2, HTTP_1]))
    return Http2Transport(Route(settings, [HTTP_2]))


def refuse_unspeakable(base_url: str, http: str) -> None:
    """Refuse a version of HTTP that cannot be spoken to a target.

    Arguments:
        base_url: where the target is.
        http: the version, as a target file names it.

    Raises:
        ValueError: the package for HTTP/2 is missing, or nobody could agree on it.
    """
    if find_spec("h2") is None:
        raise ValueError(
            f"--http {http}: HTTP/2 needs the package h2: pip install 'neptun-conformance[http2]'"
        )
    if http == "2" and Address.parse(base_url).scheme == "http":
        raise ValueError(
            "--http 2: over http:// nothing is negotiated; "
            "where the target speaks it all the same, add --http2-prior-knowledge"
        )


class NegotiatedTransport:
    """Speaks what the first connection agrees on; implements ``message.Transport``.

    Without TLS nothing is agreed on, and HTTP/1.1 is spoken.

    Arguments:
        route: connects sockets to the target, and offers both versions.
    """

    def __init__(self, route: Route) -> None:
        self._route = route
        self._agreed: Transport | None = None if route.has_tls else SocketTransport(route)
        self._is_closed = False
        self._lock = threading.Lock()

    @property
    def version(self) -> str | None:
        """The version that was agreed on, None before the first connection."""
        return self._agreed.version if self._agreed else None

    @contextmanager
    def answer(self, message: Message, *, deadline: Deadline, fresh: bool) -> Iterator[Answer]:
        """Send a request, and wait for the head of the answer."""
        agreed = self._agreed or self._agree(deadline)
        with agreed.answer(message, deadline=deadline, fresh=fresh) as answer:
            yield answer

    def room(self) -> AbstractContextManager[None]:
        """Leave the target to another client for a while."""
        return self._agreed.room() if self._agreed else nullcontext()

    def close(self) -> None:
        """Break off what is under way and close every connection."""
        self._is_closed = True
        if self._agreed:
            self._agreed.close()

    def _agree(self, deadline: Deadline) -> Transport:
        with self._lock:
            if self._agreed is None:
                agreed = self._route.dial_first(deadline)
                if self._is_closed:
                    self._route.close()
                    raise BrokenOff(FailureKind.OVER, "the run was ended")
                self._agreed = self._transport(agreed)
            return self._agreed

    def _transport(self, agreed: str | None) -> Transport:
        from neptun_conformance.client.http2.transport import Http2Transport

        if agreed == HTTP_2:
            self._route.offer([HTTP_2])
            return Http2Transport(self._route)
        self._route.offer([HTTP_1])
        return SocketTransport(self._route)
