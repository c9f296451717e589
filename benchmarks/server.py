"""The target of the benchmark: the reference server in a process of its own, late and watched.

``python -m benchmarks.server [seconds of latency] [number of files]`` prints a target file and
serves until it is ended. Links to files of a number that was given are signed anew in each answer.
``GET /seen`` returns, as JSON, the requests since the last time it was asked.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
import time
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.server.data import ALICE, USERS, Chat, File, target_for
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from neptun_conformance.server.data import User

SEEN = "/seen"
_SIGNATURE = "0123456789abcdef"


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
        request = _request(scope)
        self._seen.append(request)
        event = await receive()
        request["content"] = event.get("body", b"").decode("latin-1")
        if self._latency:
            await asyncio.sleep(self._latency)
        first = iter([event])

        async def again() -> Message:
            return next(first, None) or await receive()

        await self._app(scope, again, send)


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


class Signing(Reference):
    """The reference, with links that are signed anew in each answer, and which costs it little.

    All but the signature of a list is made once, so that a chat of 100,000 files is measured and
    not its server.
    """

    def __init__(self, users: Iterable[User]) -> None:
        super().__init__(users)
        self._numbers = count(1)
        self._unsigned: dict[int, tuple[list[bytes], str]] = {}

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        """Return the success, or a 304: links do not count for whether a list is the same."""
        parts, tag = self._unsigned.get(chat.id) or self._made(request, chat, files)
        headers = {"etag": tag, "cache-control": "private, no-store"}
        if tag.removeprefix("W/") in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        content = f"{next(self._numbers):016x}".encode().join(parts)
        return Response(content, media_type="application/json", headers=headers)

    def _made(self, request: Request, chat: Chat, files: Sequence[File]) -> tuple[list[bytes], str]:
        items = [self.item(request, chat, file) for file in files]
        for item in items:
            item["url"] += f"?signature={_SIGNATURE}"
        content = self.encode(self.envelope(items))
        made = content.split(_SIGNATURE.encode()), f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
        return self._unsigned.setdefault(chat.id, made)


def files(number: int) -> tuple[File, ...]:
    """Return as many files as asked for, none like another."""
    day = "2024-05-01T09:30:00Z"
    return tuple(File(n, f"file {n}.txt", n, "text/plain", day) for n in range(1, number + 1))


def main(latency: float, number: int | None) -> None:
    """Serve until ended.

    Arguments:
        latency: seconds that each request waits.
        number: of files in the owner's chat, None for those of the reference.
    """
    owner, app = ALICE, Reference()
    if number is not None:
        owner = replace(ALICE, chat_with_files=Chat(ALICE.chat_with_files.id, files(number)))
        app = Signing([owner if user is ALICE else user for user in USERS])

    def target(base_url: str) -> dict[str, Any]:
        found = target_for(base_url, owner=owner)
        if number is not None:  # too many to list; the stranger's still are
            del found["owner"]["chat_with_files"]["files"]
        return found

    serve(Watched(app, latency=latency), target)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(float(given[0]) if given else 0.0, int(given[1]) if given[1:] else None)
