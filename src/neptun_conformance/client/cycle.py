"""One call of an ASGI application, watched as a server would watch it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any

from neptun_conformance.client.connection import CONTENTLESS
from neptun_conformance.client.message import text_headers

if TYPE_CHECKING:
    from neptun_conformance.client.deadline import Deadline

Event = MutableMapping[str, Any]
Application = Callable[
    [Event, Callable[[], Awaitable[Event]], Callable[[Event], Awaitable[None]]], Awaitable[None]
]

UNREAD_LIMIT = 64 * 1024
BROKEN = "broken"
"""An event of our own, beside those of the specification: no more will come."""


class Cycle:
    """One request and its answer, shared by the application's loop and the waiting thread."""

    def __init__(self, scope: Event, loop: asyncio.AbstractEventLoop, body: bytes = b"") -> None:
        """Prepare to call an application with ``scope`` and a request's content in ``loop``."""
        self.is_over = False
        self._scope = scope
        self._body = body
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
        """Wait, in the reading thread, for what the application sends next.

        Raises:
            TimeoutError: the deadline has passed.
        """
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
            return {"type": "http.request", "body": self._body, "more_body": False}
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
            # Unless the reader has come in between.
            if self._written - self._read > UNREAD_LIMIT:  # pragma: no branch - by chance only
                await self._may_write.wait()

    def _is_within_announced(self, *, more: bool) -> bool:
        announced = self._announced or 0
        return self._written <= announced if more else self._written == announced


def _content(body: bytes, *, more: bool) -> Event:
    return {"type": "http.response.body", "body": body, "more_body": more}
