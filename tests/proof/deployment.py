"""A server that differs from the documentation as the deployed API is known to differ.

Ids are read as JavaScript numbers and handed to a database with 32-bit keys; refusals come from a
framework with an error body of its own; every 401 hands out a new anonymous session.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.server.data import Chat, File, User
from neptun_conformance.server.reference import Place, Reference, Refusal

LARGEST_KEY = 2**31 - 1
_DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


class Deployment(Reference):
    """The reference with the deployment's habits."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = itertools.count()

    async def answer(self, request: Request) -> Response:
        if request.method == "HEAD":
            raise Refusal(404, "Cannot find any path matching this one")
        return await super().answer(request)

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if place.user_id != reader.id:
            raise Refusal(401, "Unauthorized")
        return reader

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        number = javascript_number(place.chat_id)
        if math.isnan(number):
            raise Refusal(400, "Invalid chat id")
        if abs(number) > LARGEST_KEY:
            raise Refusal(500, "value is out of range for type integer")
        for chat in user.chats:
            if chat.id == number:
                return chat
        raise Refusal(404, "Chat not found")

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        turn = next(self._turn) % max(len(chat.files), 1)
        return (*chat.files[turn:], *chat.files[:turn])

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        return {
            "id": file.id,
            "title": file.name,
            "text": "…",
            "language": "text",
            "extension": file.name.rpartition(".")[2],
            "chat_conversation_id": chat.id,
            "created_at": file.created_at,
            "updated_at": file.created_at,
        }

    def error(self, request: Request, refusal: Refusal) -> Any:
        return {
            "error": True,
            "url": str(request.url.path),
            "statusCode": refusal.status,
            "statusMessage": refusal.message,
            "message": refusal.message,
            "stack": [],
        }

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        if refusal.status == 401:
            sealed = f"Fe26.2**{next(self._turn):064x}*anonymous==*~2"
            response.headers["set-cookie"] = (
                f"neptun-session={sealed}; Path=/; HttpOnly; Secure; SameSite=Lax"
            )
        return response


def javascript_number(text: str) -> float:
    """Read a text as JavaScript's ``Number`` does."""
    trimmed = text.strip()
    if not trimmed:
        return 0.0
    if re.fullmatch(r"0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+", trimmed):
        return float(int(trimmed, 0))
    if _DECIMAL.fullmatch(trimmed):
        return float(trimmed)
    return {"Infinity": math.inf, "+Infinity": math.inf, "-Infinity": -math.inf}.get(
        trimmed, math.nan
    )
