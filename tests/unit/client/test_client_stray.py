"""Octets behind the end of an answer, which would begin the next one on the connection."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.exchange import Request, Response
from tests.unit.client.exchanging import GET, HEAD, status

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve


def test_octets_past_the_end_do_not_reach_the_next_exchange(serve: Serve, connect: Connect) -> None:
    """A Content-Length that is too short spoils its own answer only."""
    server = serve(HEAD + b"1\r\n\r\n{}HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n")
    client = connect(server.url)
    assert [status(client) for _ in range(3)] == [200] * 3
    assert server.connections == 3


@pytest.mark.parametrize(
    ("answer", "octets"),
    [
        (HEAD + b"1\r\n\r\n{}HTTP/1.1 500 Oops\r\n", 20),
        (HEAD + b"0\r\n\r\n0\r\n\r\n", 5),
        (HEAD + b"0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", 19),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n{}", 2),
        (b"HTTP/1.1 204 No Content\r\n\r\n{}", 2),
        (HEAD + b"0\r\n\r\n", 0),
        (HEAD + b"0\r\n\r\n\r\n\n", 0),
        (HEAD + b"0\r\n\r\nHTTP/1.1 408 Request Timeout\r\n\r\n", 0),
        (HEAD + b"1\r\nConnection: close\r\n\r\n{}", 0),
        (b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n{}", 0),
    ],
)
def test_what_begins_the_next_answer_is_counted(
    answer: bytes, octets: int, serve: Serve, connect: Connect
) -> None:
    """On a connection that is closed nothing follows; a 4xx is a farewell, an empty line naught."""
    outcome = connect(serve(answer).url).exchange(GET).outcome
    assert isinstance(outcome, Response)
    assert outcome.stray == octets


@pytest.mark.parametrize(
    "request_",
    [
        Request("HEAD", "/"),
        Request("GET", "/", fresh=True),
        Request("GET", "/", body=b"{}"),
        Request("GET", "/", (("Connection", "Upgrade"), ("Upgrade", "websocket"))),
    ],
    ids=["head", "alone", "content", "offer"],
)
def test_nothing_is_stray_behind_the_last_answer(
    request_: Request, serve: Serve, connect: Connect
) -> None:
    """No other request follows, or what is left of this one is what the server answers."""
    server = serve(HEAD + b"0\r\n\r\n0\r\n\r\n")
    outcome = connect(server.url).exchange(request_).outcome
    assert isinstance(outcome, Response)
    assert outcome.stray == 0


def test_content_of_its_own_accord_is_none_of_an_idle_connection(
    serve: Serve, connect: Connect
) -> None:
    """What a server says later, on an idle connection, is no part of an answer."""
    said = threading.Event()

    class Late(socket.socket):
        def sendall(self, octets: bytes) -> None:  # type: ignore[override]
            super().sendall(octets)
            if not said.is_set():
                threading.Timer(0.1, self.say).start()

        def say(self) -> None:
            super().sendall(b"late")
            said.set()

    server = serve(HEAD + b"0\r\n\r\n")
    server.wrap = lambda sock: Late(fileno=sock.detach())
    client = connect(server.url)
    outcome = client.exchange(GET).outcome
    assert isinstance(outcome, Response)
    assert outcome.stray == 0
    assert said.wait(5)
    assert status(client) == 200
    assert server.connections == 2
