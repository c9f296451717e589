"""Requests that go out together are complete at the target only when all of them are."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from neptun_conformance.client import BurstBarrier, Client, Settings
from neptun_conformance.client import burst as module
from neptun_conformance.exchange import Request, Response
from tests.unit.client.conftest import OK

if TYPE_CHECKING:
    import pytest

    from tests.unit.client.conftest import Connect, Serve

GET = Request("GET", "/")
SIZE = 8


def statuses(client: Client, barrier: BurstBarrier, requests: int) -> list[int]:
    """Send so many requests at once, each from a thread of its own."""

    def send(_: int) -> int:
        outcome = client.exchange(GET, together=barrier).outcome
        assert isinstance(outcome, Response), outcome
        return outcome.status

    with ThreadPoolExecutor(requests) as pool:
        return list(pool.map(send, range(requests)))


def test_all_are_under_way_before_any_is_answered(serve: Serve, connect: Connect) -> None:
    """A server that answers when it has got them all is not waited for in vain."""
    met = threading.Barrier(SIZE)

    def answer(_: bytes) -> bytes:
        met.wait(5)
        return OK

    client = connect(serve(answer).url)
    assert statuses(client, BurstBarrier(SIZE), SIZE) == [200] * SIZE


def test_none_is_complete_while_one_is_missing(serve: Serve, connect: Connect) -> None:
    """The last octets wait for the last request."""
    server = serve()
    client, barrier = connect(server.url), BurstBarrier(2)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(statuses, client, barrier, 1)
        while server.connections == 0:
            threading.Event().wait(0.001)
        assert server.heads == []
        assert statuses(client, barrier, 1) == first.result() == [200]


def test_one_that_never_comes_is_not_waited_for(
    serve: Serve, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are there go without it, and one that comes late goes at once."""
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    client, barrier = connect(serve().url), BurstBarrier(3)
    assert statuses(client, barrier, 1) == [200]
    assert statuses(client, barrier, 1) == [200]


def test_a_pace_is_kept(serve: Serve, connect: Connect) -> None:
    """Where so many requests a second are allowed, the last octets wait for nobody."""
    client = connect(serve().url, rate=1000.0)
    assert statuses(client, BurstBarrier(2), 1) == [200]


def test_a_repeat_waits_for_nobody(serve: Serve, connect: Connect) -> None:
    """A request that is throttled, or that met a stale connection, is repeated alone."""
    throttled = b"HTTP/1.1 429 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"
    answers = iter([throttled, OK, None, OK])
    server = serve(lambda _: next(answers))
    client = connect(server.url)
    assert statuses(client, BurstBarrier(1), 1) == [200]
    assert statuses(client, BurstBarrier(1), 1) == [200]
    assert len(server.heads) == 4


def test_an_application_gets_them_together_too() -> None:
    """All calls have begun before the first one goes on."""
    begun = 0
    seen = []

    async def app(scope: Any, _receive: Any, send: Any) -> None:
        nonlocal begun
        if scope["type"] != "http":
            return
        begun += 1
        await asyncio.sleep(0)
        seen.append(begun)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    with Client(Settings(base_url="http://test", run_id="r"), app=app) as client:
        assert statuses(client, BurstBarrier(SIZE), SIZE) == [200] * SIZE
    assert seen[-1] == SIZE
