"""A server that answers everything with one page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.server.reference import Reference


class Page(Reference):
    """Answers in one way to everybody."""

    def __init__(self, status: int, body: str = "", media_type: str = "text/html") -> None:
        super().__init__()
        self.page = Response(body, status, media_type=media_type)

    async def respond(self, request: Request) -> Response:
        if "cookie" in request.headers or self.page.media_type == "text/html":
            return self.page
        return await super().respond(request)
