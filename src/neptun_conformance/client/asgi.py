"""The way to an application in this process, called as uvicorn would call it.

One event loop in a thread of its own runs the application for all the client's threads.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from neptun_conformance.client.address import Address
from neptun_conformance.client.connection import CONTENTLESS
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.lifespan import Lifespan
from neptun_conformance.client.message import text_headers
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message
    from neptun_conformance.client.settings import Settings

    Event = MutableMapping[str, Any]
    Application = Callable[
        [Event, Callable[[], Awaitable[Event]], Callable[[Event], Awaitable[None]]],
        Awaitable[None],
    ]

UNREAD_LIMIT = 64 * 1024
CLOSING_PATIENCE = 5.0


class AppTransport:
    """Calls one ASGI application; implements ``message.Transport``."""

    def __init__(self, app: Application, settings: Settings) -> None:
        """Prepare to call ``app``; its startup runs with the first request."""
        self._app = app
        self._settings = settings
        self._address = Address.parse(settings.base_url)
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lifespan = Lifespan(app)
        self._is_closed = False

    @contextmanager
    def answer(self, message: Message, *, deadline: Deadline, fresh: bool) -> Iterator[AppAnswer]:
        """Call the application and wait for the head of its answer."""
        del fresh  # There are no connections here.
        loop = self._running_loop(deadline)
        cycle = _Cycle(self._scope(message), loop)
        task = asyncio.run_coroutine_threadsafe(cycle.run(self._app), loop)
        try:
            yield AppAnswer(cycle, deadline)
        finally:
            if not cycle.is_over:
                task.cancel()

    def close(self) -> None:
        """Shut the application down and stop its event loop."""
        with self._lock:
            loop, self._loop = self._loop, None
            self._is_closed = True
        if loop is None:
            return
        stopped = asyncio.run_coroutine_threadsafe(_stop(self._lifespan), loop)
        # An application that blocks its loop keeps its thread, which ends with the process.
        with suppress(TimeoutError):
            stopped.result(CLOSING_PATIENCE)
        loop.call_soon_threadsafe(loop.stop)

    def _running_loop(self, deadline: Deadline) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._is_closed:
                raise BrokenOff(FailureKind.DEADLINE, "the run was ended")
            if self._loop is None:
                self._loop = _loop_in_thread()
                asyncio.run_coroutine_threadsafe(self._lifespan.run(), self._loop)
            loop = self._loop
        self._lifespan.wait_for_startup(deadline.left())
        return loop

    def _scope(self, message: Message) -> Event:
        raw_path, _, query = message.target.partition(b"?")
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "server": (self._address.host, self._address.port),
            "client": ("127.0.0.1", 0),
            "scheme": self._address.scheme,
            "method": message.method.decode("ascii"),
            "root_path": "",
            "path": unquote(raw_path.decode("ascii")),
            "raw_path": raw_path,
            "query_string": query,
            "headers": [(name.lower(), value) for name, value in message.headers],
            "state": dict(self._lifespan.state),
        }


class AppAnswer:
    """An answer of the application; implements ``message.Answer``."""

    http_version = "HTTP/1.1"

    def __init__(self, cycle: _Cycle, deadline: Deadline) -> None:
        """Wait until the application begins its answer."""
        self._cycle = cycle
        self._deadline = deadline
        start = cycle.next_event(deadline)
        if start["type"] == BROKEN:
            message = f"the application gave no answer ({start['why']})"
            raise BrokenOff(FailureKind.DROPPED, message)
        self.status: int = start["status"]
        self.headers: tuple[tuple[str, str], ...] = start["headers"]

    def content(self) -> Iterator[bytes]:
        """Yield the content as the application hands it out."""
        while True:
            event = self._cycle.next_event(self._deadline)
            if event["type"] == BROKEN:
                message = f"the application broke off in the middle of the content ({event['why']})"
                raise BrokenOff(FailureKind.DROPPED, message, status=self.status)
            if event["body"]:
                yield event["body"]
            if not event["more_body"]:
                return

    def surplus(self) -> int:
        """Return 0: a server in between lets no content pass where none is allowed."""
        return 0


BROKEN = "broken"
"""An event of our own, beside those of the specification: no more will come."""


class _Cycle:
    """One request and its answer, shared by the application's loop and the waiting thread."""

    def __init__(self, scope: Event, loop: asyncio.AbstractEventLoop) -> None:
        self.is_over = False
        self._scope = scope
        self._loop = loop
        self._events: SimpleQueue[Event] = SimpleQueue()
        # Each of the two counters has one writer: the loop, and the thread that reads.
        self._written = 0
        self._read = 0
        self._may_write = asyncio.Event()
        self._may_write.set()
        self._announced: int | None = None
        self._is_started = False
        self._is_requested = False
        self._is_answered = asyncio.Event()

    async def run(self, app: Application) -> None:
        """Call the application, and end its answer as a server would where it does not."""
        why = "it returned too early"
        try:
            await app(self._scope, self._receive, self._send)
        except asyncio.CancelledError:
            self.is_over = True
            self._events.put({"type": BROKEN, "why": "cancelled"})
            raise
        except BaseException as error:  # noqa: BLE001 - a server answers 500 to any of them
            why = type(error).__name__
        if not self.is_over:
            self._fail(why)

    def next_event(self, deadline: Deadline) -> Event:
        """Wait, in the reading thread, for what the application sends next."""
        try:
            event = self._events.get(timeout=deadline.left())
        except Empty:
            raise TimeoutError from None
        self._read += len(event.get("body", b""))
        if not self._may_write.is_set():
            self._loop.call_soon_threadsafe(self._may_write.set)
        return event

    def _fail(self, why: str) -> None:
        self.is_over = True
        if self._is_started:
            self._events.put({"type": BROKEN, "why": why})
            return
        headers = (("content-type", "text/plain; charset=utf-8"), ("connection", "close"))
        self._events.put({"type": "http.response.start", "status": 500, "headers": headers})
        self._events.put(_content(b"Internal Server Error", more=False))

    async def _receive(self) -> Event:
        if not self._is_requested:
            self._is_requested = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._is_answered.wait()
        return {"type": "http.disconnect"}

    async def _send(self, event: Event) -> None:
        expected = "http.response.body" if self._is_started else "http.response.start"
        if self.is_over or event["type"] != expected:
            message = f"unexpected ASGI message {event['type']!r}"
            raise RuntimeError(message)
        if self._is_started:
            await self._send_content(event)
        else:
            self._send_head(event)

    def _send_head(self, event: Event) -> None:
        status = int(event["status"])
        headers = text_headers([(bytes(n), bytes(v)) for n, v in event.get("headers", [])])
        if self._scope["method"] != "HEAD" and status not in CONTENTLESS:
            lengths = [value for name, value in headers if name.lower() == "content-length"]
            self._announced = int(lengths[0]) if lengths else None
        self._is_started = True
        self._events.put({"type": event["type"], "status": status, "headers": headers})

    async def _send_content(self, event: Event) -> None:
        more = bool(event.get("more_body", False))
        body = b"" if self._scope["method"] == "HEAD" else bytes(event.get("body", b""))
        self._written += len(body)
        if self._announced is not None and not self._is_within_announced(more=more):
            message = "the content is not as long as its Content-Length"
            raise RuntimeError(message)
        self.is_over = not more
        self._events.put(_content(body, more=more))
        if not more:
            self._is_answered.set()
        while more and self._written - self._read > UNREAD_LIMIT:
            self._may_write.clear()
            if self._written - self._read > UNREAD_LIMIT:
                await self._may_write.wait()

    def _is_within_announced(self, *, more: bool) -> bool:
        announced = self._announced or 0
        return self._written <= announced if more else self._written == announced


def _content(body: bytes, *, more: bool) -> Event:
    return {"type": "http.response.body", "body": body, "more_body": more}


def _loop_in_thread() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()

    def run() -> None:
        try:
            loop.run_forever()
        finally:
            loop.close()

    threading.Thread(target=run, name="application", daemon=True).start()
    return loop


async def _stop(lifespan: Lifespan) -> None:
    await lifespan.shut_down()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
