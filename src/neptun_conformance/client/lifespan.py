"""An application's startup and shutdown (ASGI's lifespan protocol)."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    from neptun_conformance.client.cycle import Application, Event

SHUTDOWN_PATIENCE = 3.0


class Lifespan:
    """Starts one application up and shuts it down; applications without a lifespan are fine."""

    def __init__(self, app: Application) -> None:
        """Prepare for ``app``; ``state`` is what it hands to its requests, ``task`` its life."""
        self.task: asyncio.Task[None] | None = None
        self.state: dict[str, Any] = {}
        self._app = app
        self._is_settled = threading.Event()
        self._problem: str | None = None
        self._ends = asyncio.Event()
        self._has_ended = asyncio.Event()
        self._phase = "startup"

    async def run(self) -> None:
        """Live as long as the application."""
        self.task = asyncio.current_task()
        scope: Event = {
            "type": "lifespan",
            "asgi": {"version": "3.0", "spec_version": "2.0"},
            "state": self.state,
        }
        try:
            await self._app(scope, self._receive, self._send)
        except Exception:  # noqa: BLE001, S110 - by the protocol, who raises here has no lifespan
            pass
        finally:
            self._is_settled.set()
            self._has_ended.set()

    def wait_for_startup(self, seconds: float) -> None:
        """Wait until requests may come.

        Raises:
            BrokenOff: the application refuses to start.
            TimeoutError: it did not start in time.
        """
        if not self._is_settled.wait(seconds):
            raise TimeoutError
        if self._problem is not None:
            message = f"the application did not start: {self._problem or 'it gave no reason'}"
            raise BrokenOff(FailureKind.CONNECT, message)

    async def shut_down(self) -> None:
        """Tell the application to end, and wait a bounded time for that."""
        self._ends.set()
        with suppress(TimeoutError):  # The tasks that it leaves are cancelled next.
            await asyncio.wait_for(self._has_ended.wait(), SHUTDOWN_PATIENCE)

    async def _receive(self) -> Event:
        if self._phase == "startup":
            self._phase = "running"
            return {"type": "lifespan.startup"}
        await self._ends.wait()
        return {"type": "lifespan.shutdown"}

    async def _send(self, event: Event) -> None:
        if event["type"] == "lifespan.startup.failed":
            self._problem = " ".join(str(event.get("message", "")).split())[:200]
        if event["type"] in {"lifespan.startup.complete", "lifespan.startup.failed"}:
            self._is_settled.set()
        if event["type"].startswith("lifespan.shutdown."):
            self._has_ended.set()
