"""Servers that send a browser elsewhere, or away, by its language or its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import User

faults = Theme(Mistake.VOICE)


@faults("voice.status")
class SendsTheFrenchElsewhere(Reference):
    """Redirects whoever prefers French to the French pages."""

    async def respond(self, request: Request) -> Response:
        if request.headers.get("accept-language", "").startswith("fr"):
            return RedirectResponse(f"/fr{request.url.path}", 307)
        return await super().respond(request)


@faults("voice.status")
class TurnsFirefoxAway(Reference):
    """Answers 403 to readers who come with Firefox."""

    def authenticate(self, request: Request) -> User:
        if "Firefox/" in request.headers.get("user-agent", ""):
            raise Refusal(403, "Your browser is too old")
        return super().authenticate(request)
