"""The target of the benchmark: the reference server in a process of its own, late and watched.

``python -m benchmarks.server [seconds of latency] [number of files]`` prints a target file and
serves until it is ended. ``GET /seen`` returns, as JSON, the requests since the last time it was
asked.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.server.data import ALICE, USERS, Chat, File, target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serve

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

SEEN = "/seen"


class Watched:
    """An application that answers late and remembers its requests.

    Arguments:
        app: the application.
        latency: seconds that each request waits.
    """

    def __init__(self, app: ASGIApp, *, latency: float) -> None:
        self._app = app
        self._latency = latency
        self._seen: list[dict[str, Any]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["path"] == SEEN:
            seen, self._seen = self._seen, []
            await Response(json.dumps(seen))(scope, receive, send)
            return
        self._seen.append(_request(scope))
        if self._latency:
            await asyncio.sleep(self._latency)
        await self._app(scope, receive, send)


def _request(scope: Scope) -> dict[str, Any]:
    query = scope["query_string"]
    target: bytes = scope["raw_path"] + (b"?" + query if query else b"")
    headers = [
        (name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"]
    ]
    return {
        "at": time.time(),
        "method": scope["method"],
        "target": target.decode("latin-1"),
        "headers": headers,
    }


def files(count: int) -> tuple[File, ...]:
    """Return as many files as asked for, none like another."""
    day = "2024-05-01T09:30:00Z"
    return tuple(File(n, f"file {n}.txt", n, "text/plain", day) for n in range(1, count + 1))


def main(latency: float, count: int | None) -> None:
    """Serve until ended.

    Arguments:
        latency: seconds that each request waits.
        count: number of files in the owner's chat, None for those of the reference.
    """
    owner = ALICE
    if count is not None:
        owner = replace(ALICE, chat_with_files=Chat(ALICE.chat_with_files.id, files(count)))
    app = Reference([owner if user is ALICE else user for user in USERS])

    def target(base_url: str) -> dict[str, Any]:
        found = target_for(base_url, owner=owner)
        if count is not None:  # too many to list; the stranger's still are
            del found["owner"]["chat_with_files"]["files"]
        return found

    serve(Watched(app, latency=latency), target)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(float(given[0]) if given else 0.0, int(given[1]) if given[1:] else None)
