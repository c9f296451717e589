"""The servers behind the proxies: two conformant ones, and what else a pool may hold."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from starlette.responses import Response

from neptun_conformance.server.data import ALICE, ANN, BOB, UUID, Chat, File
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

KEEP_ALIVE = 75.0
"""Seconds after which an idle connection is closed: longer than any proxy here keeps one."""


class Validators(Reference):
    """Conformant: lets the browser keep an answer, and nobody else, and takes validators."""

    def finish(self, request: Request, response: Response) -> Response:
        response.headers["cache-control"] = "private, max-age=60"
        return super().finish(request, response)


class Unmarked(Reference):
    """Conformant: says nothing about caches, and when the files last changed."""

    def finish(self, request: Request, response: Response) -> Response:
        del response.headers["cache-control"]
        if response.status_code == 200:
            response.headers["last-modified"] = "Sat, 04 May 2024 00:00:00 GMT"
        return super().finish(request, response)


class Fresh(Reference):
    """Conformant: says how long an answer is fresh, and not for whom."""

    def finish(self, request: Request, response: Response) -> Response:
        response.headers["cache-control"] = "max-age=60"
        return super().finish(request, response)


class Stale(Reference):
    """A member that has not heard of the newest file."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        return chat.files[:-1]


class Foreign(Reference):
    """A member of another environment, which knows the users and has other chats."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        return [File(7_001, "staging.txt", 12, "text/plain", "2024-01-01T00:00:00Z")]


class Swapped(Reference):
    """A member whose database holds the chats of one user for those of another."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        swapped = {
            ALICE.chat_with_files.id: BOB.chat_with_files.files,
            BOB.chat_with_files.id: ALICE.chat_with_files.files,
        }
        return swapped.get(chat.id, chat.files)


class Slow(Reference):
    """A member whose database takes its time to list files."""

    SECONDS = 1.0

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        await asyncio.sleep(self.SECONDS)
        return await super().read_files(request, chat)


class OtherSite(Reference):
    """Another site's server: it knows no such page."""

    async def respond(self, request: Request) -> Response:
        return Response("<h1>Nothing here</h1>", 404, media_type="text/html")


SERVERS = {
    "reference": Reference,
    "validators": Validators,
    "unmarked": Unmarked,
    "fresh": Fresh,
    "stale": Stale,
    "foreign": Foreign,
    "swapped": Swapped,
    "slow": Slow,
    "other-site": OtherSite,
}
CONFORMANT = {"reference": "alice", "validators": "ann"}
"""The owner whose chats are asked for of each conformant server."""
OWNERS = {"alice": ALICE, "ann": ANN, "uuid": UUID}
"""Ann's id must be percent-encoded, and has a slash in it."""


def served(name: str) -> AbstractContextManager[str]:
    """Serve one of them from a thread; the block gets its base URL."""
    return serving(SERVERS[name](), keep_alive=KEEP_ALIVE)
