"""Servers that bound what is done in vain, and not what is done by right."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from starlette.responses import Response

from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

legal = Theme()

A_WHILE = 0.05
"""Seconds that failures count for: half of what clients wait that may come back at once."""


class Limiting(Reference):
    """Lets so many requests fail in a while; whoever asks likewise then has to come back.

    Arguments:
        subject: names what a request is counted by, None for what is not counted.
        most: how many may fail.
        status: of the answer to whoever asks for more, 429 or 503.
    """

    def __init__(
        self, subject: Callable[[Limiting, Request], str | None], most: int = 5, status: int = 429
    ) -> None:
        super().__init__()
        self.subject = subject
        self.most = most
        self.status = status
        self.failed: dict[str, deque[float]] = {}

    async def respond(self, request: Request) -> Response:
        subject = self.subject(self, request) if request.method == "GET" else None
        if subject is None:
            return await super().respond(request)
        failed = self.failed.setdefault(subject, deque())
        while failed and failed[0] < monotonic() - A_WHILE:
            failed.popleft()
        if len(failed) >= self.most:
            return Response("Later, please", self.status, {"retry-after": "0"})
        response = await super().respond(request)
        if response.status_code in {401, 404}:
            failed.append(monotonic())
        return response


def _is_shown(server: Limiting, request: Request) -> bool:
    """Tell whether a session is shown, and is none that is valid."""
    value = server.read_session(request)
    return bool(value) and server.find_reader(request, value or b"") is None


def _wrong_session(server: Limiting, request: Request) -> str | None:
    return "a wrong session" if _is_shown(server, request) else None


def _by_address(server: Limiting, request: Request) -> str | None:
    address = request.headers.get("x-forwarded-for", "here")
    return address if _is_shown(server, request) else None


def _by_session(server: Limiting, request: Request) -> str | None:
    value = server.read_session(request) or b""
    return value.hex() if _is_shown(server, request) else None


def _by_user(server: Limiting, request: Request) -> str | None:
    return server.path(request).partition("/chats/")[0] if _is_shown(server, request) else None


def _no_session(server: Limiting, request: Request) -> str | None:
    return "nobody" if server.read_session(request) is None else None


def _guessed_chats(server: Limiting, request: Request) -> str | None:
    value = server.read_session(request)
    return None if value is None or _is_shown(server, request) else value.hex()


for name, words, how in (
    ("in-all", "five wrong sessions in a while", {"subject": _wrong_session}),
    ("in-all-by-503", "wrong sessions, by a 503", {"subject": _wrong_session, "status": 503}),
    ("for-each-address", "wrong sessions of one address", {"subject": _by_address, "most": 4}),
    ("for-each-session", "one wrong session", {"subject": _by_session, "most": 2}),
    ("for-each-user", "wrong sessions for one user id", {"subject": _by_user}),
    ("without-a-session", "requests without a session", {"subject": _no_session, "most": 12}),
    ("of-guesses", "chats that one session guesses at", {"subject": _guessed_chats, "most": 12}),
):
    legal.add(
        f"limit-on-failures-{name}",
        f"a bound on {words} lets the others wait",
        build=partial(Limiting, **how),
    )


@legal()
class SlowToRefuse(Reference):
    """Each 401 takes 20 ms longer than a success."""

    async def answer(self, request: Request) -> Response:
        if _is_nobodys(self, request):
            await asyncio.sleep(0.02)
        return await super().answer(request)


def _is_nobodys(server: Reference, request: Request) -> bool:
    value = server.read_session(request)
    return value is None or server.find_reader(request, value) is None


@legal()
class SlowerToRefuseAgain(Reference):
    """The same wrong session is answered more slowly each time."""

    def __init__(self) -> None:
        super().__init__()
        self.times: Counter[bytes] = Counter()

    async def answer(self, request: Request) -> Response:
        value = self.read_session(request)
        if value is not None and self.find_reader(request, value) is None:
            await asyncio.sleep(min(0.002 * self.times[value], 0.05))
            self.times[value] += 1
        return await super().answer(request)
