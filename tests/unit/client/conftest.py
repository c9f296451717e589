"""Servers of a few lines each, on real sockets, for a client to talk to."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from neptun_conformance.client import Client, Settings
from tests.patience import PATIENCE
from tests.unit.client.http2_peer import Http2Peer, answering
from tests.unit.client.listening import Listening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.unit.client.http2_peer import Script

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


class ScriptedServer(Listening):
    """Reads request heads and answers each with what ``answer`` returns; None closes."""

    def __init__(
        self,
        answer: Callable[[bytes], bytes | None],
        family: int = socket.AF_INET,
        at: str | None = None,
    ) -> None:
        """Listen, on a kind of address or at a path."""
        self.heads: list[bytes] = []
        self._answer = answer
        listener = socket.socket(family)
        listener.bind(at or (("::1", 0) if family == socket.AF_INET6 else ("127.0.0.1", 0)))
        listener.listen(64)
        super().__init__(listener)

    def serve(self, sock: socket.socket) -> None:
        """Answer every request on a connection."""
        while head := _read_head(sock):
            self.heads.append(head)
            reply = self._answer(head)
            if reply is None:
                return
            sock.sendall(reply)


class _OneAnswer(socket.socket):
    def sendall(self, octets: bytes) -> None:  # type: ignore[override]
        super().sendall(octets)
        self.shutdown(socket.SHUT_WR)


def closing_after_one_answer(sock: socket.socket) -> socket.socket:
    """Wrap a connection so that it ends with the first answer."""
    return _OneAnswer(fileno=sock.detach())


def _read_head(sock: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        octets = sock.recv(65536)
        if not octets:
            return b""
        head += octets
    return head


class Serve(Protocol):
    """Starts a scripted server for the time of a test."""

    def __call__(
        self, answer: bytes | Callable[[bytes], bytes | None] = OK, **options: object
    ) -> ScriptedServer:
        """Answer with fixed octets, or with what a function makes of a request's head."""


class Connect(Protocol):
    """Makes a client for the time of a test."""

    def __call__(self, base_url: str, *, app: object = None, **settings: object) -> Client:
        """Make a client that is patient unless it is told otherwise."""


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Start servers that end with the test."""
    with ExitStack() as stack:

        def start(
            answer: bytes | Callable[[bytes], bytes | None] = OK, **options: object
        ) -> ScriptedServer:
            reply = (lambda _head: answer) if isinstance(answer, bytes) else answer
            server = ScriptedServer(reply, **options)  # type: ignore[arg-type]
            stack.callback(server.close)
            return server

        yield start


@pytest.fixture
def connect() -> Iterator[Connect]:
    """Make clients that are closed with the test."""
    with ExitStack() as stack:

        def make(base_url: str, *, app: object = None, **settings: object) -> Client:
            options = {"run_id": "run-1", "deadline": PATIENCE, **settings}
            client = Client(Settings(base_url=base_url, **options), app=app)  # type: ignore[arg-type]
            return stack.enter_context(client)

        yield make


class Talk(Protocol):
    """Starts a server of HTTP/2 that follows a script, for the time of a test."""

    def __call__(self, script: Script = answering, **options: Any) -> Http2Peer:
        """Run the script for every connection."""


@pytest.fixture
def talk() -> Iterator[Talk]:
    """Start peers that end with the test."""
    with ExitStack() as stack:

        def start(script: Script = answering, **options: Any) -> Http2Peer:
            peer = Http2Peer(script, **options)
            stack.callback(peer.close)
            return peer

        yield start


@pytest.fixture
def connect2(connect: Connect) -> Connect:
    """Make clients that speak HTTP/2 in plain text."""
    return partial(connect, http="2-prior-knowledge")
