"""When connections are kept, and when they are not."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.client import dial
from neptun_conformance.client.connection import Connection
from neptun_conformance.client.deadline import Deadline
from neptun_conformance.exchange import Failure, FailureKind, Request, Response
from tests.unit.client.exchanging import HEAD, failure, status

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.client.conftest import Connect, Serve


def test_connection_is_used_again(serve: Serve, connect: Connect) -> None:
    """Exchanges one after another share a connection."""
    server = serve()
    client = connect(server.url)
    assert [status(client) for _ in range(5)] == [200] * 5
    assert server.connections == 1


def test_fresh_exchange_gets_a_connection_of_its_own(serve: Serve, connect: Connect) -> None:
    """What is remembered along a connection can be told from what is not."""
    server = serve()
    client = connect(server.url)
    status(client)
    status(client, fresh=True)
    assert server.connections == 2


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/", (("Connection", "Upgrade"), ("Upgrade", "websocket"))),
        Request("GET", "/", body=b"{}"),
    ],
    ids=["offer", "content"],
)
def test_a_connection_that_a_server_may_misread_is_not_used_again(
    request_: Request, serve: Serve, connect: Connect
) -> None:
    """Not every server that declines a protocol, or leaves content unread, reads on behind it."""
    server = serve()
    client = connect(server.url)
    client.exchange(request_)
    status(client)
    assert server.connections == 2


def test_threads_share_the_client(serve: Serve, connect: Connect) -> None:
    """No more connections are open at once than exchanges are allowed, and none mixes answers."""
    server = serve(lambda head: HEAD + b"1\r\n\r\n" + head[5:6])
    client = connect(server.url, concurrency=4)
    targets = [f"/{number % 10}" for number in range(200)]
    with ThreadPoolExecutor(16) as threads:
        exchanges = list(
            threads.map(lambda target: client.exchange(Request("GET", target)), targets)
        )
    bodies = [e.outcome.body.decode() for e in exchanges if isinstance(e.outcome, Response)]
    assert bodies == [target[1:] for target in targets]
    assert server.connections <= 4
    assert client.sent == 200


def test_closing_while_idle_is_no_failure(serve: Serve, connect: Connect) -> None:
    """A server may close an idle connection at any time; what is seen in time costs nothing."""
    is_closed = threading.Event()

    class Closing(socket.socket):
        def sendall(self, octets: bytes) -> None:  # type: ignore[override]
            super().sendall(octets)
            self.shutdown(socket.SHUT_WR)
            is_closed.set()

    server = serve(HEAD + b"0\r\n\r\n")
    server.wrap = lambda sock: Closing(fileno=sock.detach())
    client = connect(server.url)
    assert status(client) == 200
    assert is_closed.wait(5)
    assert status(client) == 200
    assert server.connections == client.sent == 2


def test_closing_as_a_request_arrives_is_no_failure(serve: Serve, connect: Connect) -> None:
    """A request that met a closing connection is repeated once (RFC 9112 section 9.3.1)."""
    replies = count()
    server = serve(lambda _: None if next(replies) == 1 else HEAD + b"0\r\n\r\n")
    client = connect(server.url)
    assert [status(client), status(client)] == [200, 200]
    assert server.connections == 2
    assert client.sent == 3


def test_unsafe_request_is_never_repeated(serve: Serve, connect: Connect) -> None:
    """A POST may have been acted on, so it goes out on a connection that cannot be stale."""
    server = serve()
    client = connect(server.url)
    status(client)
    client.exchange(Request("POST", "/"))
    assert server.connections == 2


def test_drop_on_a_new_connection_is_a_failure(serve: Serve, connect: Connect) -> None:
    """What is dropped on a fresh connection is not repeated: the caller judges it."""
    server = serve(lambda _: None)
    client = connect(server.url)
    outcome = failure(client)
    assert outcome.kind is FailureKind.DROPPED
    assert outcome.status is None
    assert "https://" in outcome.message
    assert server.connections == client.sent == 1


def test_a_request_that_goes_apart_says_so_and_leaves_others_their_connection(
    serve: Serve, connect: Connect
) -> None:
    """It is alone on its connection: Connection: close (RFC 9112 section 9.6)."""
    server = serve()
    client = connect(server.url)
    status(client)
    client.exchange(Request("GET", "/", fresh=True))
    status(client)
    assert server.connections == 2
    assert [b"\r\nConnection: close\r\n" in head for head in server.heads] == [False, True, False]


def test_the_connection_that_carried_most_carries_the_next(serve: Serve, connect: Connect) -> None:
    """What goes wrong after many requests on a connection shows; the last of one goes elsewhere."""
    both = threading.Barrier(2)

    def answer(head: bytes) -> bytes:
        if b"/together" in head:
            both.wait(5)
        name = threading.current_thread().name.encode()
        return HEAD + b"%d\r\n\r\n%b" % (len(name), name)

    client = connect(serve(answer).url)

    def place(target: str, method: str = "GET") -> bytes:
        outcome = client.exchange(Request(method, target)).outcome
        assert isinstance(outcome, Response)
        return outcome.body

    old = place("/")
    with ThreadPoolExecutor(2) as threads:
        assert len(set(threads.map(place, ["/together", "/together"]))) == 2
    assert {place("/") for _ in range(3)} == {old}
    place("/", "HEAD")
    assert place("/") == old


@pytest.mark.parametrize("body", [b"", b"{}"])
def test_content_after_head_is_counted_not_kept(
    body: bytes, serve: Serve, connect: Connect
) -> None:
    """An answer to HEAD has no content (RFC 9110 section 9.3.2); what comes all the same shows."""
    server = serve(HEAD + b"2\r\n\r\n" + body)
    client = connect(server.url)
    outcome = client.exchange(Request("HEAD", "/")).outcome
    assert isinstance(outcome, Response)
    assert (outcome.body, outcome.wire_size) == (b"", len(body))


def test_interim_answers_are_passed_over(serve: Serve, connect: Connect) -> None:
    """A 103 before the final answer is none of ours (RFC 9110 section 15.2)."""
    server = serve(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD + b"0\r\n\r\n")
    assert status(connect(server.url)) == 200


def test_ipv6_literal(serve: Serve, connect: Connect) -> None:
    """An IPv6 target is reached, and named in brackets (RFC 3986 section 3.2.2)."""
    server = serve(family=socket.AF_INET6)
    assert status(connect(f"http://[::1]:{server.port}")) == 200
    assert f"\r\nHost: [::1]:{server.port}\r\n".encode() in server.heads[0]


def test_unix_socket(serve: Serve, connect: Connect, tmp_path: Path) -> None:
    """A target behind a unix socket is reached, and called by the base URL's name."""
    path = str(tmp_path / "s")
    server = serve(family=socket.AF_UNIX, at=path)
    assert status(connect("http://target.test", uds=path)) == 200
    assert b"\r\nHost: target.test\r\n" in server.heads[0]


def test_closing_wakes_whoever_waits(serve: Serve, connect: Connect) -> None:
    """An interrupt need not wait for a target that never answers."""
    asked = threading.Event()

    def never(_head: bytes) -> bytes:
        asked.set()
        return b""

    client = connect(serve(never).url, deadline=60)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(failure, client)
        assert asked.wait(5)
        client.close()
        assert waiting.result(5).message == "the run was ended"
    assert failure(client).message == "the run was ended"


def test_a_host_may_be_a_name(serve: Serve, connect: Connect) -> None:
    """Names are resolved by the system."""
    assert status(connect(f"http://localhost:{serve().port}")) == 200


def test_connection_that_stands_after_the_end_is_not_used(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ends while a connection is dialled sends nothing over it."""
    server = serve()
    client = connect(server.url)
    real = dial.tcp

    def ending(*arguments: Any) -> socket.socket:
        client.close()
        return real(*arguments)

    monkeypatch.setattr(dial, "tcp", ending)
    assert failure(client).message == "the run was ended"
    assert server.heads == []


def test_connection_that_is_gone_can_still_be_aborted() -> None:
    """Whoever ends a run does not know which connections the target has closed."""
    ours, theirs = socket.socketpair()
    connection = Connection(ours, "the target")
    theirs.close()
    ours.close()
    connection.abort()
    assert ours.fileno() == -1


def test_no_time_is_left_after_a_deadline() -> None:
    """Whoever asks for it is told at once."""
    with pytest.raises(TimeoutError):
        Deadline(0).left()
    ended = Deadline(-1, latest=0)
    ended.extend(5)
    with pytest.raises(TimeoutError):
        ended.left()


def test_a_switch_to_the_protocol_that_was_offered_is_a_closed_connection(
    serve: Serve, connect: Connect
) -> None:
    """Then no answer comes, as where the connection is closed; nothing in HTTP/1.1 is wrong."""
    server = serve(
        b"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"
    )
    offer = Request("GET", "/", (("Connection", "Upgrade"), ("Upgrade", "h2c")))
    outcome = connect(server.url).exchange(offer).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.DROPPED
    outcome = connect(server.url).exchange(Request("GET", "/")).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.PROTOCOL
