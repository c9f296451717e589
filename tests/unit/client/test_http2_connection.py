"""A connection in the states between open and closed, in which others still send on it."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from hyperframe.frame import WindowUpdateFrame

from neptun_conformance.client import BurstBarrier, Settings, burst
from neptun_conformance.client.deadline import Deadline
from neptun_conformance.client.failures import BrokenOff, UnprocessedError
from neptun_conformance.client.http2.connection import Http2Connection
from neptun_conformance.client.http2.transport import Http2Transport
from neptun_conformance.client.message import Message
from neptun_conformance.client.route import Route
from neptun_conformance.exchange import FailureKind, Request, Response
from tests.patience import PATIENCE
from tests.unit.client.http2_peer import Conversation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.unit.client.conftest import Connect, Talk

MESSAGE = Message(b"GET", b"/", [(b"Host", b"h")])
LARGE = Message(b"GET", b"/", [(b"Host", b"h")], body=b"x" * 1_000_000)


@pytest.fixture
def pair() -> Iterator[tuple[Http2Connection, Conversation]]:
    """Connect both sides, and send a first request."""
    here, there = socket.socketpair()
    connection = Http2Connection(here, "h:80", "http", lambda: None)
    connection.send(MESSAGE, Deadline(PATIENCE))
    yield connection, Conversation(there, 1)
    connection.close()
    there.close()


def soon(condition: Callable[[], bool]) -> bool:
    """Wait until a condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        time.sleep(0.002)
    return condition()


def test_one_stream_too_many_is_refused_on_our_side(
    pair: tuple[Http2Connection, Conversation],
) -> None:
    connection, peer = pair
    peer.greet(MAX_CONCURRENT_STREAMS=1)
    assert soon(lambda: connection.is_settled)
    with pytest.raises(UnprocessedError, match="takes no more requests"):
        connection.send(MESSAGE, Deadline(PATIENCE)).head(Deadline(PATIENCE))


def test_a_connection_that_has_ended_takes_no_request(
    pair: tuple[Http2Connection, Conversation],
) -> None:
    connection, peer = pair
    peer.sock.close()
    assert soon(lambda: not connection.is_open)
    with pytest.raises(UnprocessedError, match="takes no more requests"):
        connection.send(MESSAGE, Deadline(PATIENCE)).head(Deadline(PATIENCE))


class Unreadable(socket.socket):
    """A socket on which TLS breaks with the first octet."""

    def recv(self, *how: int) -> bytes:
        super().recv(*how)
        error = ssl.SSLError(1, "[SSL: BAD_RECORD_MAC] bad record mac")
        error.reason = "BAD_RECORD_MAC"
        raise error


def test_an_error_of_tls_is_told() -> None:
    here, there = socket.socketpair()
    broken = Unreadable(fileno=here.detach())
    connection = Http2Connection(broken, "h:443", "https", lambda: None)
    with there:
        stream = connection.send(MESSAGE, Deadline(PATIENCE))
        there.sendall(b"x")
        with pytest.raises(BrokenOff) as told:
            stream.head(Deadline(PATIENCE))
    assert told.value.failure.kind is FailureKind.TLS
    connection.close()


def test_what_the_socket_does_not_take_at_once_goes_out_later(
    pair: tuple[Http2Connection, Conversation],
) -> None:
    connection, peer = pair
    peer.greet(INITIAL_WINDOW_SIZE=2**20)
    peer.send(WindowUpdateFrame(0, 2**20))
    peer.answer(peer.request().stream)
    assert soon(lambda: connection.is_settled)
    stream = connection.send(LARGE, Deadline(PATIENCE))  # it returns before anybody has read that
    asked = peer.request()
    peer.answer(asked.stream)
    assert stream.head(Deadline(PATIENCE)).status == 200
    assert len(asked.body) == len(LARGE.body)


def test_an_answer_may_come_before_those_who_go_together_are_there(
    connect2: Connect, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(burst, "PATIENCE", 0.2)

    def script(peer: Conversation) -> None:
        peer.greet()
        peer.answer(peer.head_of_request(), status=404)
        peer.wait_for("GOAWAY")

    client = connect2(talk(script).url)
    request = Request("GET", "/", body=b"x")
    outcome = client.exchange(request, together=BurstBarrier(2)).outcome
    assert isinstance(outcome, Response)
    assert outcome.status == 404


def test_a_client_that_ends_while_it_dials_sends_nothing(connect2: Connect) -> None:
    """Whoever listens takes the connection and says nothing, as a server that is busy does."""
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor(1) as pool:
        client = connect2(f"http://127.0.0.1:{listener.getsockname()[1]}")
        asking = pool.submit(client.exchange, Request("GET", "/"))
        accepted, _ = listener.accept()
        client.close()
        outcome = asking.result(5).outcome
        accepted.close()
    assert not isinstance(outcome, Response)
    assert outcome.kind is FailureKind.OVER


class Failing(Route):
    """A route on which nobody comes through, though only after a while."""

    def __init__(self) -> None:
        super().__init__(Settings(base_url="http://h", run_id="r"), [])
        self.dialled = 0
        self.is_over = threading.Event()

    def dial(self, deadline: Deadline) -> socket.socket:
        self.dialled += 1
        self.is_over.wait(deadline.left())
        raise BrokenOff(FailureKind.CONNECT, "nobody is there")


def outcome_of(transport: Http2Transport) -> FailureKind:
    """Ask, and return why no answer came."""
    with (
        pytest.raises(BrokenOff) as told,
        transport.answer(MESSAGE, deadline=Deadline(PATIENCE), fresh=False),
    ):
        pass
    return told.value.failure.kind


def test_a_dial_that_fails_is_the_failure_of_all_who_wait() -> None:
    route = Failing()
    transport = Http2Transport(route)
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(outcome_of, transport) for _ in range(4)]
        assert soon(lambda: transport.waiting == 3)
        route.is_over.set()
        kinds = [one.result(5) for one in asking]
    assert kinds == [FailureKind.CONNECT] * 4
    assert route.dialled == 1


def test_a_transport_that_is_closed_dials_no_more() -> None:
    route = Failing()
    transport = Http2Transport(route)
    transport.close()
    assert outcome_of(transport) is FailureKind.OVER
    assert route.dialled == 0
