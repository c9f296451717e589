"""Servers that are slow, busy, behind a prefix, or do as they like with connections."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import PlainTextResponse, Response

from neptun_conformance.server.data import Target, target_for
from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from neptun_conformance.server.wire import Sent, head, on_the_wire

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.types import Scope

legal = Theme()

PREFIX = "/staging/v1"


def prefixed_target(base_url: str) -> Target:
    """Return the target behind the prefix."""
    return target_for(base_url + PREFIX)


class Prefixed(Reference):
    """Serves everything behind a path prefix, and pages elsewhere."""

    async def respond(self, request: Request) -> Response:
        if not super().path(request).startswith(f"{PREFIX}/"):
            return PlainTextResponse("Nothing here", 404)
        return await super().respond(request)

    def path(self, request: Request) -> str:
        return super().path(request).removeprefix(PREFIX)


legal.add(
    "path-prefix",
    f"the API lies behind the prefix {PREFIX}",
    build=Prefixed,
    target=prefixed_target,
)


class Slow(Reference):
    """Takes its time.

    Arguments:
        seconds: how long for each request.
        first: how much longer for the first one, as after a cold start.
    """

    def __init__(self, seconds: float, first: float = 0.0) -> None:
        super().__init__()
        self.seconds = seconds
        self.first = first

    async def answer(self, request: Request) -> Response:
        seconds, self.first = self.seconds + self.first, 0.0
        await asyncio.sleep(seconds)
        return await super().answer(request)


legal.add("latency", "each answer takes 20 ms", build=partial(Slow, 0.02))
legal.add("cold-start", "the first answer takes half a second", build=partial(Slow, 0.0, 0.5))


class Busy(Reference):
    """Asks to come back later, to every 25th of the first requests.

    Arguments:
        status: 429 or 503.
        retry_after: gives the value of Retry-After, None for no such header.
        times: how often.
    """

    def __init__(
        self, status: int, retry_after: Callable[[], str | None], *, times: int = 4
    ) -> None:
        super().__init__()
        self.status = status
        self.retry_after = retry_after
        self.left = times
        self.requests = 0

    async def respond(self, request: Request) -> Response:
        self.requests += 1
        if self.left and self.requests % 25 == 0:
            self.left -= 1
            return self.later()
        return await super().respond(request)

    def later(self) -> Response:
        """Return the answer that asks to wait."""
        value = self.retry_after()
        headers = {"retry-after": value} if value is not None else {}
        return PlainTextResponse("Later, please", self.status, headers)


def _soon() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)


for name, status, words, retry_after, times in (
    ("429-in-seconds", 429, "Retry-After in seconds", lambda: "1", 2),
    ("429-at-once", 429, "Retry-After: 0", lambda: "0", 6),
    ("429-at-a-date", 429, "Retry-After as a date", _soon, 2),
    ("429-alone", 429, "no Retry-After", lambda: None, 2),
    ("503-in-seconds", 503, "Retry-After in seconds", lambda: "1", 2),
    ("503-at-a-date", 503, "Retry-After as a date", _soon, 2),
):
    legal.add(
        f"busy-{name}",
        f"some requests are a {status} with {words}",
        build=partial(Busy, status, retry_after, times=times),
    )


class Closing(Reference):
    """Closes the connection after each answer."""

    def finish(self, request: Request, response: Response) -> Response:
        return super().finish(request, with_headers(response, connection="close"))


SOCKET: dict[str, Any] = {"needs_socket": True}
legal.add("connection-close", "the connection is closed after each answer", build=Closing, **SOCKET)
legal.add(
    "idle-connections-closed",
    "idle connections are closed at once and without notice",
    build=Reference,
    serve=partial(serving, keep_alive=0.001),
    **SOCKET,
)


class SpoiltByAnOffer(Reference):
    """Declines another protocol, and refuses what follows on the connection, as nghttpx does."""

    def __init__(self) -> None:
        super().__init__()
        self.spoilt: set[tuple[str, int]] = set()

    async def respond(self, request: Request) -> Response:
        client = request.scope["client"]
        if client in self.spoilt:
            return PlainTextResponse("Bad Request", 400, {"connection": "close"})
        if "upgrade" in request.headers:
            self.spoilt.add(client)
        return await super().respond(request)


legal.add(
    "connection-spoilt-by-an-offer",
    "after a protocol was offered and declined, the connection takes no other request",
    build=SpoiltByAnOffer,
    **SOCKET,
)


def http_1_0(_scope: Scope, sent: Sent) -> bytes:
    """Write an answer of HTTP/1.0 whose content ends where the connection does."""
    sent.headers = [pair for pair in sent.headers if pair[0].lower() != b"content-length"]
    return head(sent, version="HTTP/1.0") + sent.body


def with_hints(_scope: Scope, sent: Sent) -> bytes:
    """Write an interim answer before the final one (RFC 9110 section 15.2)."""
    hints = b"HTTP/1.1 103 Early Hints\r\nlink: </style.css>; rel=preload\r\n\r\n"
    return hints + head(sent) + sent.body


def in_chunks(scope: Scope, sent: Sent) -> bytes:
    """Write chunks with extensions, and a trailer (RFC 9112 section 7.1)."""
    if scope["method"] == "HEAD" or sent.status in {204, 304}:
        return head(sent)
    sent.headers = [pair for pair in sent.headers if pair[0].lower() != b"content-length"]
    sent.headers.append((b"transfer-encoding", b"chunked"))
    pieces = [sent.body[start : start + 50] for start in range(0, len(sent.body), 50)]
    chunks = [b"%x;a=1\r\n%b\r\n" % (len(piece), piece) for piece in pieces]
    return head(sent) + b"".join(chunks) + b"0\r\nx-checksum: 17\r\n\r\n"


def closing_an_offer(scope: Scope, sent: Sent) -> bytes:
    """Close the connection where another protocol is offered, as WebSocket libraries do."""
    offers = any(name == b"upgrade" for name, _ in scope["headers"])
    return b"" if offers else head(sent) + sent.body


for name, (words, write) in {
    "closing-an-offer": ("what offers another protocol gets no answer", closing_an_offer),
    "http-1-0": ("answers are of HTTP/1.0 and end with the connection", http_1_0),
    "early-hints": ("an interim answer precedes each final one", with_hints),
    "chunks-with-extensions": ("chunks have extensions and a trailer", in_chunks),
}.items():
    legal.add(name, words, build=Reference, serve=partial(on_the_wire, write=write), **SOCKET)
