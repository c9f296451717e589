"""Callers without a valid session who get another answer than a 401, or too late."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.asking import (
    chat_anywhere,
    is_plain_number,
    place_of,
    why_unauthorized,
)
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import COOKIE, Place, Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from neptun_conformance.server.data import User

faults = Theme(Mistake.SESSION_REFUSAL)

EVERY_REFUSAL = (
    "authentication.no-cookie",
    "authentication.empty-cookie",
    "authentication.made-up",
    "authentication.altered-end",
    "authentication.altered-middle",
    "authentication.cut-short",
    "authentication.letter-case",
    "authentication.text-before",
    "authentication.cookie-name",
    "authentication.expired",
    "authentication.other-cookie",
    "authentication.query",
    "authentication.bearer",
    "authentication.unknown-chat",
    "authentication.unknown-user",
    "authentication.empty-chat",
    "authentication.after-owner",
)


WITH_ANOTHER_4XX = tuple(
    one
    for one in EVERY_REFUSAL
    if one not in {"authentication.bearer", "authentication.cookie-name"}
)
"""The same for a 4xx in place of the 401: headers and names that gateways act on may get any."""


class ChatBeforeSession(Reference):
    """Looks some chats up before the session.

    Arguments:
        looked_up: says for which chat ids.
    """

    def __init__(self, looked_up: Callable[[str], bool]) -> None:
        super().__init__()
        self.looked_up = looked_up

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        known = place and (place.user_id not in self.users or chat_anywhere(self, place.chat_id))
        if place and not known and self.looked_up(place.chat_id):
            raise Refusal(404, "There is no such chat")
        return super().authenticate(request)


for name, words, looked_up in (
    ("unknown", "a chat", lambda _text: True),
    ("far", "a chat from 2^31 on", lambda text: is_plain_number(text) and int(text) >= 2**31),
    ("near", "a chat below 1,000", lambda text: is_plain_number(text) and int(text) < 1_000),
):
    faults.add(
        f"{name}-chat-before-session",
        f"whether {words} exists is looked up before the session",
        "authentication.unknown-chat",
        build=partial(ChatBeforeSession, looked_up),
    )


class UserBeforeSession(Reference):
    """Whether a user exists is looked up before the session."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        if place and place.user_id not in self.users and self.looks_up(place):
            raise Refusal(404, "There is no such user")
        return super().authenticate(request)

    def looks_up(self, place: Place) -> bool:
        """Say whether it does so in this place."""
        raise NotImplementedError


@faults(
    "authentication.no-cookie",
    "authentication.empty-cookie",
    "authentication.unknown-user",
)
class UnknownUserBeforeSession(UserBeforeSession):
    """Whether a user exists is looked up before the session."""

    def looks_up(self, place: Place) -> bool:
        return True


@faults("authentication.unknown-user")
class UnknownUserOfAChatBeforeSession(UserBeforeSession):
    """Whether a user exists is looked up before the session, if the chat exists."""

    def looks_up(self, place: Place) -> bool:
        return chat_anywhere(self, place.chat_id) is not None


@faults("authentication.unknown-user")
class PairBeforeSession(Reference):
    """Whether a chat is of the user in the path is looked up before the session."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        found = place and chat_anywhere(self, place.chat_id)
        if place and found and place.user_id in self.users and found[0].id != place.user_id:
            raise Refusal(404, "There is no such chat")
        return super().authenticate(request)


@faults(*WITH_ANOTHER_4XX)
class ForbiddenForUnauthorized(Reference):
    """Whoever has no valid session gets a 403."""

    def authenticate(self, request: Request) -> User:
        try:
            return super().authenticate(request)
        except Refusal as refusal:
            raise Refusal(403, "You may not read this") from refusal


@faults(*WITH_ANOTHER_4XX)
class NotFoundForUnauthorized(Reference):
    """Whoever has no valid session gets a 404."""

    def authenticate(self, request: Request) -> User:
        try:
            return super().authenticate(request)
        except Refusal as refusal:
            raise Refusal(404, "There is no such chat") from refusal


@faults(*EVERY_REFUSAL)
class RedirectToLogin(Reference):
    """Whoever has no valid session is sent to a login page."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 401:
            return RedirectResponse("/login", 302)
        return super().refuse(request, refusal)


@faults(*EVERY_REFUSAL)
class EmptyListForUnauthorized(Reference):
    """Whoever has no valid session gets a 200 with an empty list."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 401:
            return json_answer(self, {"chatFiles": []})
        return super().refuse(request, refusal)


@faults(
    "authentication.empty-cookie",
    "authentication.made-up",
    "authentication.text-before",
    "authentication.empty-chat",
    "authentication.unknown-chat",
    "authentication.unknown-user",
)
class BadRequestForMalformedSession(Reference):
    """A session that does not even look like one gets a 400."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        if why_unauthorized(self, request) in {"empty-cookie", "made-up"}:
            raise Refusal(400, f"{COOKIE.decode()} is malformed")
        return super().find_reader(request, value)
