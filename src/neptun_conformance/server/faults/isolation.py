"""State that requests share, so that answers get mixed up where callers ask at the same time.

Asked one after the other, these servers are right. Which further questions of a run they spoil
depends on what happens to be under way at the same moment.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.asking import place_of, plain
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import Chat, File, User

faults = Theme(Mistake.SHARED_STATE)

MIXED_UP = (
    "success.status",
    "files.complete",
    "files.empty",
    "file.of-this-chat",
    "reading.same-files",
    "reading.same-members",
    "query.ignored",
    "chat.spelling",
    "conditional.not-modified",
)
LET_IN = (
    "authentication.no-cookie",
    "authentication.empty-chat",
    "authentication.after-owner",
    "ownership.foreign-chat",
    "ownership.foreign-user",
    "ownership.foreign-pair",
    "ownership.indistinguishable",
    "chat.unknown",
    "user.unknown",
)
ANY_SESSION = (
    "authentication.altered-end",
    "authentication.altered-middle",
    "authentication.cut-short",
    "authentication.expired",
    "authentication.letter-case",
    "authentication.text-before",
    "authentication.made-up",
    "authentication.unknown-chat",
    "authentication.unknown-user",
)
DATABASE = 0.005
"""Seconds that a reading from the database takes."""


@faults("isolation.own-answer", by_chance=MIXED_UP)
class SharedChat(Reference):
    """The chat to read is kept where all requests share it."""

    current: Chat
    pause = DATABASE

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        self.current = chat
        await asyncio.sleep(self.pause)
        return self.current.files


@faults("isolation.own-answer", by_chance=MIXED_UP)
class SharedChatForAMoment(SharedChat):
    """The chat to read is kept where all requests share it, until others get their turn."""

    pause = 0


@faults("isolation.own-answer", by_chance=MIXED_UP)
class SharedBuffer(Reference):
    """The content of successes is put together in a buffer that all requests share."""

    buffer: Response

    async def answer(self, request: Request) -> Response:
        response = await super().answer(request)
        if response.status_code != 200 or not plain(request):
            return response
        self.buffer = response
        await asyncio.sleep(DATABASE)
        return self.buffer


@faults(
    *ANY_SESSION,
    by_chance=(
        *MIXED_UP,
        *LET_IN,
        *("isolation.own-answer", "authentication.owner-after", "input.no-disclosure"),
    ),
)
class SharedReader(Reference):
    """The user who is signed in is kept where all requests share it, and outlives the request."""

    current: User | None = None

    async def answer(self, request: Request) -> Response:
        if plain(request) and self.read_session(request):
            self.current = self.authenticate(request)
            await asyncio.sleep(DATABASE)
        return await super().answer(request)

    def authenticate(self, request: Request) -> User:
        if plain(request) and self.current is not None and self.read_session(request):
            return self.current
        return super().authenticate(request)


@faults("isolation.own-answer", by_chance=(*MIXED_UP, *LET_IN))
class SharedContext(Reference):
    """The user who is signed in is kept where all requests share it, while any is under way."""

    current: User | None = None
    under_way = 0

    async def answer(self, request: Request) -> Response:
        if not plain(request):
            return await super().answer(request)
        self.current = super().authenticate(request)
        self.under_way += 1
        try:
            await asyncio.sleep(DATABASE)
            return await super().answer(request)
        finally:
            self.under_way -= 1
            self.current = self.current if self.under_way else None

    def authenticate(self, request: Request) -> User:
        return self.current if plain(request) and self.current else super().authenticate(request)


@faults("isolation.own-answer", by_chance=(*MIXED_UP, *LET_IN))
class SharedFlight(Reference):
    """Plain requests for the same URL that come while one is answered get that one's answer."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: dict[str, asyncio.Task[Response]] = {}

    async def answer(self, request: Request) -> Response:
        place = place_of(self, request)
        if not plain(request) or place is None or place.user_id not in self.users:
            return await super().answer(request)
        path = self.path(request)
        if path not in self.under_way:
            self.under_way[path] = asyncio.ensure_future(self.slowly(request, path))
        return await self.under_way[path]

    async def slowly(self, request: Request, path: str) -> Response:
        """Answer after a reading from the database."""
        await asyncio.sleep(DATABASE)
        try:
            return await super().answer(request)
        finally:
            del self.under_way[path]
