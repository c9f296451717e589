"""What a request asks for, so that a fault can be wrong in one situation only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from neptun_conformance.questions.voices import DIMENSIONS
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User

_LONG = 4_000


def place_of(server: Reference, request: Request) -> Place | None:
    """Return what the path of a request names, or None if it is not the route."""
    try:
        return server.route(server.path(request))
    except Refusal:
        return None


def reader_of(server: Reference, request: Request) -> User | None:
    """Return whose session a request carries, or None."""
    try:
        return Reference.authenticate(server, request)  # also where a fault asks who it is
    except Refusal:
        return None


def chat_anywhere(server: Reference, chat_id: str) -> tuple[User, Chat] | None:
    """Return a chat by the text of its number, with its owner, whoever that is."""
    for user in server.users.values():
        for chat in user.chats:
            if str(chat.id) == chat_id:
                return user, chat
    return None


def own_chat(server: Reference, place: Place | None) -> Chat | None:
    """Return the chat of a path whose user does own it."""
    found = place and chat_anywhere(server, place.chat_id)
    return found[1] if place and found and found[0].id == place.user_id else None


_VOICES = {value for d in DIMENSIONS for level in d.levels for _, value in level.headers}


def plain(request: Request) -> bool:
    """Say whether a request is a GET with nothing particular about it but perhaps its voice."""
    unusual = (
        *("authorization", "x-session", "neptun-session", "x-user-id"),
        *("if-none-match", "if-modified-since", "range"),
    )
    origin = request.headers.get("origin")
    return (
        request.method == "GET"
        and not request.url.query
        and not any(name in request.headers for name in unusual)
        and request.headers.get("x-forwarded-for") in {None, *_VOICES}
        and origin in {None, f"{request.url.scheme}://{request.headers.get('host', '')}"}
        and all(len(value) < _LONG for value in request.headers.values())
    )


def why_unauthorized(server: Reference, request: Request) -> str:
    """Name the way in which a request lacks a valid session."""
    value = server.read_session(request)
    if value is None:
        return _without_cookie(request)
    if not value:
        return "empty-cookie"
    for session in server.sessions:
        if way := _altered(session.value, value.decode("latin-1")):
            return way
    return "made-up"


def _without_cookie(request: Request) -> str:
    if "authorization" in request.headers:
        return "bearer"
    if "cookie" in request.headers:
        return "other-cookie"
    return "query" if request.url.query else "no-cookie"


def _altered(session: str, value: str) -> str | None:
    quarter = len(session) // 4
    if value == session:
        return "expired"
    if value.lower() == session.lower():
        return "letter-case"
    if not value.startswith(session[:quarter]):
        return None
    if session.startswith(value):
        return "cut-short"
    return "altered-middle" if value[-4:] == session[-4:] else "altered-end"


def is_plain_number(text: str) -> bool:
    """Say whether a text is the plain form of a whole number from 1 to 2^53-1."""
    return re.fullmatch("[1-9][0-9]{0,15}", text) is not None and int(text) < 2**53


def why_not_found(server: Reference, request: Request) -> str | None:
    """Name the way in which a signed-in caller asks for what is not there, None if it is."""
    place, reader = place_of(server, request), reader_of(server, request)
    if place is None or reader is None:
        return None
    found = chat_anywhere(server, place.chat_id)
    if place.user_id not in server.users:
        named_so = any(user.unknown_id == place.user_id for user in server.users.values())
        return "unknown-user" if named_so else "odd-user"
    if found is None:
        return "unknown-chat" if is_plain_number(place.chat_id) else "odd-chat"
    kind = "full" if found[1].files else "empty"
    if place.user_id == reader.id:
        return None if found[0] is reader else f"foreign-chat-{kind}"
    if found[0] is reader:
        return f"foreign-user-{kind}"
    return f"foreign-pair-{kind}"
