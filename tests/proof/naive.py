"""A server as somebody writes it who has only read the documentation's examples: nine mistakes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import Chat, File
from neptun_conformance.server.reference import Place, Reference, Refusal, cookie_headers

MISTAKES = {
    Mistake.SESSION_ELSEWHERE: "the session is also read from Authorization and the query",
    Mistake.SESSION_CHECKED_LATE: "the chat is looked up before the session",
    Mistake.NO_OWNERSHIP: "a chat is found by its number alone",
    Mistake.NUMBER_READ_LOOSELY: "the number is read as far as it is digits",
    Mistake.OTHER_ID_BODY: "what is no number is a 400",
    Mistake.ERROR_BODY: "errors are an object with a text",
    Mistake.EMPTY_CHAT: "a chat without files is a 404",
    Mistake.CACHE_HEADERS: "every answer may be cached",
    Mistake.ITEM_MEMBER: "sizes are texts",
}


class Naive(Reference):
    """Makes nine usual mistakes."""

    async def answer(self, request: Request) -> Response:
        """Look the chat up, then the session, and give the chat to whoever has one."""
        place = self.route(self.path(request))
        if request.method not in {"GET", "HEAD"}:
            return await super().answer(request)
        chat = self._chat(place)
        self.authenticate(request)
        files = await self.read_files(request, chat)
        if not files:
            raise Refusal(404, "There are no files")
        return self.present(request, chat, files)

    def _chat(self, place: Place) -> Chat:
        number = re.match("[0-9]+", place.chat_id)
        if number is None:
            raise Refusal(400, "The chat id is no number")
        chats = [chat for user in self.users.values() for chat in user.chats]
        found = [chat for chat in chats if str(chat.id) == number[0].lstrip("0")]
        if not found:
            raise Refusal(404, "There is no such chat")
        return found[0]

    def read_session(self, request: Request) -> bytes | None:
        """Read a session from wherever one may be."""
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        token = bearer or request.query_params.get("session", "")
        return (
            token.encode()
            if token and not cookie_headers(request)
            else super().read_session(request)
        )

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        """Give the files to whoever asks, for a minute to every cache."""
        items = [self.item(request, chat, file) for file in files]
        headers = {"cache-control": "public, max-age=60"}
        return Response(self.encode(self.envelope(items)), 200, headers, "application/json")

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        """Give the size as the database driver does."""
        return {**super().item(request, chat, file), "size": str(file.size)}

    def refuse(self, request: Request, refusal: Refusal) -> Response:  # noqa: ARG002
        """Give the message alone."""
        return JSONResponse({"error": refusal.message}, refusal.status, dict(refusal.headers))
