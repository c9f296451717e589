"""What the two ways to a target have in common: sockets, and an application in this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import h11

from neptun_conformance.exchange import Http2Form

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from neptun_conformance.client.burst import BurstBarrier
    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.exchange import Request


IDEMPOTENT = frozenset({b"GET", b"HEAD", b"OPTIONS"})
"""Methods of the suite that do no harm when they are repeated (RFC 9110 section 9.2.2)."""


@dataclass(frozen=True, slots=True)
class Message:
    """A request in octets, as it goes out.

    Arguments:
        method: the method.
        target: what stands behind it in the request line.
        headers: names and values, in their order.
        body: its content, whose length is among the headers.
        together: with which others it is to arrive; only once, so not when it is repeated.
        documented: the request that the documentation's own client is to send in its place.
        form: how its pseudo-header fields are written, over HTTP/2.
        apart: it goes over a connection of its own.
        head: its request line and headers as h11 frames them, checked once for all attempts.

    Raises:
        LocalProtocolError: it is not valid HTTP/1.1.
    """

    method: bytes
    target: bytes = field(repr=False)
    headers: list[tuple[bytes, bytes]] = field(repr=False)
    body: bytes = field(default=b"", repr=False)
    together: BurstBarrier | None = None
    documented: Request | None = None
    form: Http2Form = Http2Form.USUAL
    apart: bool = False
    head: h11.Request = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        head = h11.Request(method=self.method, target=self.target, headers=self.headers)
        object.__setattr__(self, "head", head)

    @property
    def is_last(self) -> bool:
        """Whether no other request follows on its connection, whatever comes.

        It says so itself. Or it has content: a server that leaves that unread takes it for the
        begin of the next request.
        """
        return self.offers_protocol or self.announces_end or bool(self.body)

    @property
    def announces_end(self) -> bool:
        """Whether it asks the target to close the connection (RFC 9112 section 9.6)."""
        return (b"connection", b"close") in [(name.lower(), value) for name, value in self.headers]

    @property
    def offers_protocol(self) -> bool:
        """Whether it offers to go on in another protocol (RFC 9110 section 7.8).

        Servers that decline should read on as before. nghttpx 1.52 refuses whatever follows.
        """
        return any(name.lower() == b"upgrade" for name, _ in self.headers)


class Answer(Protocol):
    """The head of an answer, and its content as it travels in."""

    status: int
    headers: tuple[tuple[str, str], ...]
    http_version: str

    def content(self) -> Iterator[bytes]:
        """Yield the content piece by piece, codings still applied."""

    def surplus(self) -> int:
        """Return how many octets of content came although none were allowed."""

    def stray(self) -> int:
        """Return how many octets came behind the end that would be taken for the next answer."""


class Transport(Protocol):
    """A way to a target.

    Both methods of an exchange (``answer`` and the answer's ``content``) raise ``BrokenOff``, or
    TimeoutError once the deadline has passed.
    """

    @property
    def version(self) -> str | None:
        """The version of HTTP that it speaks, such as ``1.1``; None until it is agreed on."""

    def answer(
        self, message: Message, *, deadline: Deadline, fresh: bool
    ) -> AbstractContextManager[Answer]:
        """Send a request and wait for the head of the answer."""

    def room(self) -> AbstractContextManager[None]:
        """Leave the target to another client for a while, as far as nothing is under way."""

    def close(self) -> None:
        """Break off what is under way and let go of everything."""


def text_headers(pairs: list[tuple[bytes, bytes]]) -> tuple[tuple[str, str], ...]:
    """Decode header fields so that each character stands for one octet (RFC 9110 section 5.5)."""
    return tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs)
