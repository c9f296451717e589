"""What is told when no complete answer comes: where it broke, and what to do."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.exchange import Failure, FailureKind, Request
from tests.unit.client.conftest import closing_after_one_answer
from tests.unit.client.exchanging import HEAD, failure

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.client.conftest import Connect, Serve


@pytest.mark.parametrize(
    ("reply", "kind", "seen"),
    [
        (HEAD + b"9\r\n\r\n{}", FailureKind.DROPPED, 200),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", FailureKind.DROPPED, 200),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", FailureKind.PROTOCOL, 200),
        (b"HTTP/1.1 200 OK\r\nContent-Le", FailureKind.DROPPED, None),
        (b"SSH-2.0-OpenSSH\r\n\r\n", FailureKind.PROTOCOL, None),
        (b"\x15\x03\x01\x00\x02\x02\x46", FailureKind.PROTOCOL, None),
        (b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", FailureKind.PROTOCOL, None),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 200, FailureKind.PROTOCOL, None),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 50_000, FailureKind.PROTOCOL, None),
    ],
)
def test_broken_answer_is_told_by_where_it_broke(
    reply: bytes, kind: FailureKind, seen: int | None, serve: Serve, connect: Connect
) -> None:
    """A failure says whether a status had come, in one line without the target's octets."""
    replies = iter([reply])

    def answer_then_close(_head: bytes) -> bytes | None:
        return next(replies, None)

    server = serve(answer_then_close)
    server.wrap = closing_after_one_answer
    outcome = failure(connect(server.url))
    assert (outcome.kind, outcome.status) == (kind, seen)
    assert "\n" not in outcome.message


def test_silence_ends_with_the_deadline(serve: Serve, connect: Connect) -> None:
    """A target that never answers costs one deadline."""
    server = serve(b"")
    outcome = failure(connect(server.url, deadline=0.2))
    assert outcome == Failure(
        FailureKind.DEADLINE, "no complete answer within the deadline of 0.2 s"
    )


def test_dripping_ends_with_the_deadline(serve: Serve, connect: Connect) -> None:
    """Progress does not extend a deadline: a drop now and then is still not an answer."""
    stop = threading.Event()

    class Dripping(socket.socket):
        def sendall(self, octets: bytes) -> None:  # type: ignore[override]
            while not stop.wait(0.02):
                self.send(octets)

    server = serve(b"HTTP/1.1 200 OK\r\nA: ")
    server.wrap = lambda sock: Dripping(fileno=sock.detach())
    outcome = failure(connect(server.url, deadline=0.3))
    stop.set()
    assert outcome.kind is FailureKind.DEADLINE


def test_refused_connection_names_the_remedy(connect: Connect) -> None:
    """Nobody listens: the message says so, and the request does not count as sent."""
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = connect(f"http://127.0.0.1:{unused.getsockname()[1]}")
        outcome = failure(client)
    assert outcome.kind is FailureKind.CONNECT
    assert "is the server running" in outcome.message
    assert client.sent == 0


def test_unknown_name_is_told_apart(connect: Connect) -> None:
    """A name that does not exist (RFC 6761 section 6.4) is not a refused connection."""
    outcome = failure(connect("http://nowhere.invalid", deadline=20))
    assert outcome.kind is FailureKind.RESOLVE
    assert "nowhere.invalid" in outcome.message


def test_slow_resolver_ends_with_the_deadline(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system's resolver knows no deadline, the client does."""
    stop = threading.Event()
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: stop.wait(5))
    outcome = failure(connect("http://slow.example", deadline=1))
    stop.set()
    assert outcome.kind is FailureKind.RESOLVE


def test_missing_unix_socket_is_named(connect: Connect, tmp_path: Path) -> None:
    """The message names the path."""
    outcome = failure(connect("http://target.test", uds=str(tmp_path / "none")))
    assert outcome.kind is FailureKind.CONNECT
    assert str(tmp_path / "none") in outcome.message


def test_silence_within_the_content_tells_the_status(serve: Serve, connect: Connect) -> None:
    """What had come before the deadline is known."""
    outcome = failure(connect(serve(HEAD + b"9\r\n\r\n{}").url, deadline=1))
    assert (outcome.kind, outcome.status) == (FailureKind.DEADLINE, 200)


LONG = Request("GET", "/", (("X-Long", "x" * 30_000_000),))
"""More than any buffer on the way takes in."""


def test_target_that_takes_no_request_in_costs_one_deadline(connect: Connect) -> None:
    """Writing has the same deadline as reading."""
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        assert failure(connect(url, deadline=0.3), LONG).kind is FailureKind.DEADLINE


def test_drop_while_a_request_goes_out_says_how(serve: Serve, connect: Connect) -> None:
    """A write that failed explains why no answer came."""
    server = serve()
    server.wrap = _closing_at_once
    outcome = failure(connect(server.url), LONG)
    assert outcome.kind is FailureKind.DROPPED
    assert "dropped the connection without an answer (" in outcome.message


def _closing_at_once(sock: socket.socket) -> socket.socket:
    sock.shutdown(socket.SHUT_RDWR)
    return sock


def test_switch_of_protocols_is_no_answer(serve: Serve, connect: Connect) -> None:
    """Where a protocol was offered, a 101 leaves the request without an answer."""
    server = serve(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")
    asked = Request("GET", "/", (("Upgrade", "x"), ("Connection", "upgrade")))
    outcome = failure(connect(server.url), asked)
    assert outcome.kind is FailureKind.DROPPED
    assert "switches to the protocol that was offered" in outcome.message


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (ConnectionResetError(), FailureKind.DROPPED, "resets connections as soon as they stand"),
        (TimeoutError(), FailureKind.CONNECT, "does not answer: check the address"),
        (OSError(113, "No route to host"), FailureKind.CONNECT, "no route to host"),
    ],
)
def test_connection_that_does_not_stand_says_why(
    error: OSError,
    kind: FailureKind,
    words: str,
    connect: Connect,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the network does cannot be had on this machine alone."""

    def refuse(_sock: socket.socket, _address: object) -> None:
        raise error

    monkeypatch.setattr(socket.socket, "connect", refuse)
    outcome = failure(connect("http://127.0.0.1:9"))
    assert outcome.kind is kind
    assert words in outcome.message
