"""Crashes, hangs and broken answers on particular inputs."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from starlette.requests import Request

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.concerns import INPUTS, Concerns
from neptun_conformance.server.faults.errors import DEFORMED, Deform
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

faults = Theme(Mistake.CRASH)


def _segments(server: Reference, request: Request) -> tuple[str, str]:
    parts = server.path(request).split("/")
    return (parts[3], parts[5]) if len(parts) == 7 else ("", server.path(request))


class Sensitive(Reference):
    """Cannot bear some input.

    Arguments:
        concerns: says which.
    """

    def __init__(self, concerns: Concerns) -> None:
        super().__init__()
        self.concerns = concerns

    def suffers(self, request: Request) -> bool:
        """Say whether a request is such an input."""
        return self.concerns(request, *_segments(self, request))


class Crashing(Sensitive):
    """Answers with a 500."""

    async def answer(self, request: Request) -> Response:
        if self.suffers(request):
            raise ValueError
        return await super().answer(request)


class Hanging(Sensitive):
    """Does not answer."""

    async def answer(self, request: Request) -> Response:
        if self.suffers(request):
            await asyncio.sleep(3_600)
        return await super().answer(request)


class Dropping(Sensitive):
    """Drops the connection in the middle of an answer."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self.suffers(Request(scope)):
            await super().__call__(scope, receive, send)
            return
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 404, "headers": headers})
        await send({"type": "http.response.body", "body": b'{"statusCode"', "more_body": True})


for name, (words, clauses, concerns) in INPUTS.items():
    faults.add(
        f"crash-on-{name}",
        f"{words} crashes the server",
        "input.no-server-error",
        *clauses,
        build=partial(Crashing, concerns),
    )

for name in (
    "chat-id-zero",
    "chat-id-beyond-2-63",
    "chat-id-quote",
    "chat-id-huge-exponent",
    "chat-id-many-digits-and-a-letter",
    "user-id-digits",
    "nul",
    "long-path",
    "long-cookie",
    "content-in-chunks",
):
    words, _, concerns = INPUTS[name]
    faults.add(
        f"hang-on-{name}",
        f"{words} gets no answer",
        "input.in-time",
        build=partial(Hanging, concerns),
        hangs=True,
    )
for name in (
    "chat-id-negative",
    "chat-id-beyond-2-53",
    "chat-id-beyond-bmp",
    "invalid-utf-8",
    "encoded-slash",
    "half-an-escape",
    "long-header",
):
    words, _, concerns = INPUTS[name]
    faults.add(
        f"drop-on-{name}",
        f"{words} gets half an answer before the connection is dropped",
        "input.complete",
        build=partial(Dropping, concerns),
    )


class BareCrash(Crashing):
    """Answers a NUL in the path with a 500 that is not the documented one.

    Arguments:
        deform: returns the answer in its place.
    """

    def __init__(self, deform: Deform) -> None:
        super().__init__(INPUTS["nul"][2])
        self.deform = deform

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        return self.deform(response) if refusal.status == 500 else response


for name in (
    "status-code-missing",
    "status-code-200",
    "status-message-null",
    "data-missing",
    "message-number",
    "media-type-plain",
    "json-empty",
    "json-page",
    "trace",
    "path",
):
    words, clause, deform = DEFORMED[name]
    faults.add(
        f"500-{name}",
        f"a 500, which a NUL in the path causes, {words}",
        "input.no-server-error",
        clause if clause == "error.no-internals" else "error.server-error",
        build=partial(BareCrash, deform),
    )


class Unread(Sensitive):
    """Answers a chat id that is no number with a 400 that is not the documented one.

    Arguments:
        deform: returns the answer in its place.
    """

    def __init__(self, deform: Deform) -> None:
        super().__init__(lambda _request, _user, chat: chat.isalpha())
        self.deform = deform

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        if refusal.status != 404 or not self.suffers(request):
            return response
        deformed = self.deform(response)
        deformed.status_code = 400
        return deformed


for name in ("trace", "path"):
    words, clause, deform = DEFORMED[name]
    faults.add(
        f"400-{name}",
        f"a 400, for a chat id that is no number, {words}",
        *(clause, "chat.not-a-number-documented"),
        build=partial(Unread, deform),
    )
