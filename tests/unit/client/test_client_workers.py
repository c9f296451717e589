"""A target with few workers answers every request: no connection of ours is in another's way."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from time import monotonic, sleep

import pytest

from neptun_conformance.client import BurstBarrier
from neptun_conformance.client import pool as connections
from neptun_conformance.exchange import Exchange, Request, Response
from tests.patience import PATIENCE
from tests.unit.client.conftest import OK, Connect

GET = Request("GET", "/x")


class Workers:
    """A server that gives each connection one of its workers, for as long as it stands."""

    def __init__(self, number: int, seconds: float = 0.0) -> None:
        """Listen, with so many workers, who take so long for an answer."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.number, self.connections, self._seconds = number, 0, seconds
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        for _ in range(number):
            threading.Thread(target=self._work, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _work(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            with sock, sock.makefile("rb") as lines:
                for line in lines:
                    if line == b"\r\n":
                        sleep(self._seconds)
                        sock.sendall(OK)


@pytest.fixture(params=[1, 4])
def workers(request: pytest.FixtureRequest) -> Iterator[Workers]:
    """Serve with one worker, and with four."""
    with closing(Workers(request.param)) as server:
        yield server


def answered(exchanges: list[Exchange]) -> bool:
    """Tell whether there is a complete answer to each."""
    return all(isinstance(exchange.outcome, Response) for exchange in exchanges)


def test_threads_that_go_on_and_on_leave_room_for_others(
    workers: Workers, connect: Connect
) -> None:
    """Sixteen threads that go on asking take turns."""
    client = connect(workers.url)
    began = monotonic()
    with ThreadPoolExecutor(16) as pool:
        exchanges = list(pool.map(lambda _: client.exchange(GET), range(300)))
    assert answered(exchanges)
    assert monotonic() - began < PATIENCE / 4


def test_requests_that_go_together_are_answered_by_turns(
    workers: Workers, connect: Connect
) -> None:
    """Those who go together, and are more than the workers, are answered all the same."""
    client, barrier = connect(workers.url), BurstBarrier(16)
    with ThreadPoolExecutor(16) as pool:
        exchanges = list(pool.map(lambda _: client.exchange(GET, together=barrier), range(16)))
    assert answered(exchanges)


def test_fresh_request_is_not_held_up_by_idle_connections(
    workers: Workers, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A repeat on a connection of its own finds a worker, without waiting for one first."""
    monkeypatch.setattr(connections, "PATIENCE", PATIENCE / 2)
    client = connect(workers.url)
    with ThreadPoolExecutor(workers.number) as pool:
        list(pool.map(lambda _: client.exchange(GET), range(8)))
    began = monotonic()
    assert answered([client.exchange(GET, fresh=True)])
    assert monotonic() - began < PATIENCE / 4


def test_workers_that_are_enough_keep_their_connections(connect: Connect) -> None:
    """Where each connection has a worker, it is used again and again."""
    with closing(Workers(16)) as server:
        client = connect(server.url)
        with ThreadPoolExecutor(16) as pool:
            exchanges = list(pool.map(lambda _: client.exchange(GET), range(200)))
    assert answered(exchanges)
    assert server.connections <= 16


def test_a_slow_target_is_not_taken_for_one_with_few_workers(
    connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where every answer takes long, a new connection that waits as long is in nobody's way."""
    monkeypatch.setattr(connections, "PATIENCE", 0.02)
    monkeypatch.setattr(connections, "WEIGHT", 1)
    with closing(Workers(64, seconds=0.15)) as server:
        client = connect(server.url)
        client.exchange(GET)
        for _ in range(3):
            assert answered([client.exchange(GET), client.exchange(replace(GET, fresh=True))])
    assert server.connections == 4
