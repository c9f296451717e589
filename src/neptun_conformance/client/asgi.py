"""The way to an application in this process, called as uvicorn would call it.

One event loop in a thread of its own runs the application for all the client's threads.
"""

from __future__ import annotations

import asyncio
import threading
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from typing import TYPE_CHECKING
from urllib.parse import unquote

from neptun_conformance.client.cycle import BROKEN, Cycle
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.client.lifespan import Lifespan
from neptun_conformance.exchange import FailureKind
from neptun_conformance.exchange.address import Address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from concurrent.futures import Future
    from typing import Any

    from neptun_conformance.client.cycle import Application, Event
    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message
    from neptun_conformance.client.settings import Settings

CLOSING_PATIENCE = 5.0


class AppTransport:
    """Calls one ASGI application; implements ``message.Transport``."""

    version = "1.1"

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
        cycle = Cycle(self._scope(message), loop, message.body)
        tasks: list[Future[None]] = []

        def call() -> None:
            tasks.append(asyncio.run_coroutine_threadsafe(cycle.run(self._app), loop))

        if message.together:
            message.together.fire(call)
        else:
            call()
        try:
            yield AppAnswer(cycle, deadline)
        finally:
            if not cycle.is_over:
                tasks[0].cancel()

    def room(self) -> AbstractContextManager[None]:
        """Do nothing: in a process nobody is in anybody's way."""
        return nullcontext()

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
                raise BrokenOff(FailureKind.OVER, "the run was ended")
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

    def __init__(self, cycle: Cycle, deadline: Deadline) -> None:
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

    def stray(self) -> int:
        """Return 0: there is no connection."""
        return 0


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
    await _cancel(asyncio.all_tasks() - {asyncio.current_task(), lifespan.task})
    await lifespan.shut_down()
    await _cancel(asyncio.all_tasks() - {asyncio.current_task()})


async def _cancel(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
