"""Applications in this process are called as a server would call them."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.client import lifespan as lifespans
from neptun_conformance.client.asgi import AppTransport
from neptun_conformance.client.deadline import Deadline
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.message import Message
from neptun_conformance.client.settings import Settings
from neptun_conformance.exchange import BodyKind, Exchange, Failure, FailureKind, Request, Response
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.client.conftest import Connect

URL = "http://app.test/stage"
GET = Request("GET", "/")
START = {"type": "http.response.start", "status": 200, "headers": [(b"X-A", b"\xe9")]}
LENGTH_9 = {"type": "http.response.start", "status": 200, "headers": [(b"Content-Length", b"9")]}


def content(body: bytes, *, more: bool = False) -> dict[str, Any]:
    """Make a piece of content."""
    return {"type": "http.response.body", "body": body, "more_body": more}


def sending(*events: object) -> Callable[..., Any]:
    """Make an application that sends these events, raising those that are exceptions."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await receive()
        for event in events:
            if isinstance(event, BaseException):
                raise event
            await send(event)

    return app


def ask(connect: Connect, app: object, request: Request = GET, **settings: object) -> Exchange:
    """Make one exchange with an application."""
    client = connect(URL, app=app, **settings)
    return client.exchange(request)


def test_scope_is_what_a_server_gives(connect: Connect) -> None:
    """Path decoded, raw path and query as they came, header names in lower case."""
    scopes = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        scopes.append(scope)
        await sending(START, content(b"{}"))(scope, receive, send)

    ask(connect, app, Request("GET", "/a%2Fb/../ü?q=%20".replace("ü", "%C3%BC"), (("X-Y", "z"),)))
    scope = scopes[-1]
    assert scope["path"] == "/stage/a/b/../ü"
    assert scope["raw_path"] == b"/stage/a%2Fb/../%C3%BC"
    assert scope["query_string"] == b"q=%20"
    assert (scope["scheme"], scope["method"]) == ("http", "GET")
    assert {(b"host", b"app.test"), (b"x-y", b"z")} <= set(scope["headers"])


def test_answer_comes_back_whole(connect: Connect) -> None:
    """Status, headers octet for octet, and content from several pieces."""
    outcome = ask(connect, sending(START, content(b"a", more=True), content(b"b"))).outcome
    assert outcome == Response(200, (("X-A", "é"),), b"ab", wire_size=2)


def test_head_gets_no_content(connect: Connect) -> None:
    """A server in between drops it."""
    outcome = ask(connect, sending(START, content(b"ab")), Request("HEAD", "/")).outcome
    assert isinstance(outcome, Response)
    assert outcome.body == b""


@pytest.mark.parametrize(
    "app",
    [
        sending(),
        sending(ValueError()),
        sending(SystemExit()),
        sending(content(b"")),
        sending({"type": "http.response.start"}),
    ],
    ids=["returns", "raises", "exits", "content first", "no status"],
)
def test_application_without_an_answer_is_a_500(app: object, connect: Connect) -> None:
    """As from a server: the application's fault is an answer, not ours."""
    outcome = ask(connect, app).outcome
    assert isinstance(outcome, Response)
    assert (outcome.status, outcome.body) == (500, b"Internal Server Error")


@pytest.mark.parametrize(
    "app",
    [
        sending(START, content(b"a", more=True)),
        sending(START, content(b"a", more=True), ValueError()),
        sending(LENGTH_9, content(b"short")),
        sending(LENGTH_9, content(b"longer than that")),
    ],
    ids=["returns", "raises", "short", "long"],
)
def test_application_that_stops_half_way_drops_the_connection(
    app: object, connect: Connect
) -> None:
    """As from a server, which can only close then."""
    outcome = ask(connect, app).outcome
    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.status) == (FailureKind.DROPPED, 200)


def test_application_that_never_answers_ends_with_the_deadline(connect: Connect) -> None:
    """And the next exchange is not held up by it."""
    waiting = asyncio.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"].endswith("/slow"):
            await waiting.wait()
        await sending(START, content(b""))(scope, receive, send)

    client = connect(URL, app=app, deadline=0.2)
    slow = client.exchange(Request("GET", "/slow")).outcome
    assert isinstance(slow, Failure)
    assert slow.kind is FailureKind.DEADLINE
    assert isinstance(client.exchange(GET).outcome, Response)


def test_endless_content_is_cut(connect: Connect) -> None:
    """An application cannot fill the memory: it waits for its reader."""
    written = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        del receive
        assert scope["type"] == "http"
        await send(START)
        while True:
            await send(content(b"x" * 10_000, more=True))
            written.append(1)

    outcome = ask(connect, app, max_body=200_000).outcome
    assert isinstance(outcome, Response)
    assert outcome.body_problem is not None
    assert outcome.body_problem.kind is BodyKind.TOO_LARGE
    assert len(written) < 100


def test_closing_wakes_whoever_waits_for_an_application(connect: Connect) -> None:
    """An interrupt need not wait for an application that never answers."""
    is_asked = threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        del receive, send
        if scope["type"] == "http":
            is_asked.set()
            await asyncio.Event().wait()

    client = connect(URL, app=app, deadline=60)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(client.exchange, GET)
        assert is_asked.wait(5)
        client.close()
        outcome = waiting.result(5).outcome
    assert outcome == Failure(FailureKind.OVER, "the run was ended")


def test_nothing_is_asked_of_an_application_that_was_closed() -> None:
    """A thread that comes late to a run that was ended finds no event loop."""
    transport = AppTransport(sending(START, content(b"")), Settings(base_url=URL, run_id="r"))
    transport.close()
    message = Message(b"GET", b"/", [(b"Host", b"h")])
    with (
        pytest.raises(BrokenOff, match=r"^the run was ended$"),
        transport.answer(message, deadline=Deadline(PATIENCE), fresh=False),
    ):
        pass


def test_an_application_hears_that_its_client_is_gone(connect: Connect) -> None:
    """As from a server: after the whole answer whoever listens is told."""
    heard: list[str] = []
    is_told = threading.Event()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        await send(START)
        await send(content(b""))
        heard.append((await receive())["type"])
        heard.append((await receive())["type"])
        is_told.set()

    assert isinstance(ask(connect, app).outcome, Response)
    assert is_told.wait(5)
    assert heard == ["http.request", "http.disconnect"]


def lifespan(log: list[str], *events: dict[str, str]) -> Callable[..., Any]:
    """Make an application that notes its startup and shutdown and answers with its state."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            log.append(f"request {scope['state'].get('db')}")
            await sending(START, content(b""))(scope, receive, send)
            return
        scope["state"]["db"] = "open"
        for event in events:
            log.append((await receive())["type"])
            await send(event)

    return app


def test_lifespan_is_honoured(connect: Connect) -> None:
    """Startup comes before the first request, shutdown after the last (ASGI lifespan)."""
    log: list[str] = []
    done = ({"type": "lifespan.startup.complete"}, {"type": "lifespan.shutdown.complete"})
    client = connect(URL, app=lifespan(log, *done))
    client.exchange(GET)
    client.close()
    assert log == ["lifespan.startup", "request open", "lifespan.shutdown"]


def test_failed_startup_is_no_connection(connect: Connect) -> None:
    """An application that does not start is like a server that is not there."""
    event = {"type": "lifespan.startup.failed", "message": "no\ndatabase"}
    client = connect(URL, app=lifespan([], event))
    assert client.exchange(GET).outcome == Failure(
        FailureKind.CONNECT, "the application did not start: no database"
    )
    assert client.sent == 0


def test_startup_that_does_not_end_costs_one_deadline(
    monkeypatch: pytest.MonkeyPatch, connect: Connect
) -> None:
    """An application that hangs at its start is too late like any other."""
    monkeypatch.setattr(lifespans, "SHUTDOWN_PATIENCE", 0.1)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        del scope, receive, send
        await asyncio.Event().wait()

    outcome = ask(connect, app, deadline=0.2).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.DEADLINE
