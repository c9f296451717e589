"""Users and sessions of other shapes."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from starlette.applications import Starlette
from starlette.routing import Route

from neptun_conformance.contract.chat_number import LONGER_CHAT, NOBODYS_CHAT
from neptun_conformance.server.data import (
    ALICE,
    ANN,
    BOB,
    MISSING_CHAT,
    NUMERIC,
    USERS,
    UUID,
    Chat,
    File,
    User,
    target_for,
)
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

legal = Theme()

for name, words, owner, stranger in (
    ("encoded-user", "the owner's id needs percent-encoding", ANN, BOB),
    ("encoded-stranger", "the stranger's id needs percent-encoding", ALICE, ANN),
    ("numeric-user", "the owner's id is digits", NUMERIC, BOB),
    ("uuid-user", "the owner's id is a UUID", UUID, NUMERIC),
):
    target = partial(target_for, owner=owner, stranger=stranger)
    legal.add(name, words, build=Reference, target=target)


def renamed(user: User, user_id: str, unknown: str) -> User:
    """Return a user under another id."""
    return replace(
        user,
        id=user_id,
        unknown_id=unknown,
        session=replace(user.session, user_id=user_id),
        expired=replace(user.expired, user_id=user_id),
    )


def with_sessions(user: User, session: str, expired: str) -> User:
    """Return a user with other sessions."""
    return replace(
        user,
        session=replace(user.session, value=session),
        expired=replace(user.expired, value=expired),
    )


def _add(
    name: str, words: str, owner: User, stranger: User, server: type[Reference] = Reference
) -> None:
    legal.add(
        name,
        words,
        build=partial(server, (owner, stranger)),
        target=partial(target_for, owner=owner, stranger=stranger),
    )


_add("blank-in-user", "the owner's id holds a blank", renamed(ALICE, "al ice", "ze lda"), BOB)
_add("blank-behind-user", "the owner's id ends with a blank", renamed(ALICE, "ann ", "zoe "), BOB)
_add(
    "percent-in-user",
    "the owner's id holds what looks encoded",
    renamed(ALICE, "al%41ice", "ze%41lda"),
    BOB,
)
_add(
    "long-user",
    "the owner's id has 200 characters",
    renamed(ALICE, "alice-" * 33, "zelda-" * 33),
    BOB,
)
_add(
    "similar-users",
    "the stranger's id begins with the owner's",
    ALICE,
    renamed(BOB, "alice2", "zelda2"),
)


def numbered(user: User, number: int) -> User:
    """Return a user whose chats have this number and the next."""
    full = replace(user.chat_with_files, id=number)
    return replace(user, chat_with_files=full, empty_chat=replace(user.empty_chat, id=number + 1))


class RepeatingIds(Reference):
    """Repeats the ids that were asked for in its messages, as most frameworks do."""

    def error(self, request: Request, refusal: Refusal) -> Any:
        body = super().error(request, refusal)
        return {**body, "data": {"message": f"Nothing at {request.url.path}"}}


_add(
    "chats-numbered-as-statuses",
    "chats have the numbers 404 and 401, and messages repeat them",
    numbered(ALICE, 404),
    numbered(BOB, 401),
    RepeatingIds,
)
_add(
    "chats-at-the-border",
    "chats have numbers at the border of 32 bits",
    numbered(ALICE, 2**31 - 1),
    numbered(BOB, 2**32 - 2),
)
_add("small-chat-numbers", "chats have the numbers 1 to 4", numbered(ALICE, 1), numbered(BOB, 3))
_add("large-chat-numbers", "chats have numbers near 2^53", numbered(ALICE, 2**53 - 2), BOB)

HEX = "0123456789abcdef" * 3


class AnyCase(Reference):
    """Takes the hexadecimal digits of a session in any case."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        return super().find_reader(request, value.lower())


_add(
    "hexadecimal-sessions",
    "sessions are hexadecimal, in any case",
    with_sessions(ALICE, HEX, HEX[::-1]),
    with_sessions(BOB, HEX[5:] + HEX[:5], HEX[7:] + HEX[:7]),
    AnyCase,
)
_add(
    "short-sessions",
    "sessions have 8 characters",
    with_sessions(ALICE, "Zk3vQ9xT", "Wm2bR7yU"),
    with_sessions(BOB, "Hs6nP4cJ", "Gd8fL1aE"),
)


class Padded(Reference):
    """Takes a session with and without the padding of its encoding."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        for session in self.sessions:
            if session.value.rstrip("=").encode() == value.rstrip(b"="):
                return super().find_reader(request, session.value.encode())
        return None


class Decoding(Reference):
    """Takes a session in quotes and percent-encoded as well."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        shown = unquote(value.decode("latin-1").strip('"')).rstrip("=")
        for session in self.sessions:
            if unquote(session.value).rstrip("=") == shown:
                return super().find_reader(request, session.value.encode())
        return None


legal.add("padding-of-sessions", "the padding of a session does not matter", build=Padded)
legal.add("sessions-decoded", "a session may be quoted and percent-encoded", build=Decoding)


class CaselessIds(Reference):
    """Takes the user ids of a path without regard to case and blanks, as for UUIDs."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        plain = place.user_id.strip().lower()
        return super().find_user(request, reader, place._replace(user_id=plain))


_add("caseless-uuids", "user ids are UUIDs, in any case", UUID, NUMERIC, CaselessIds)
_add(
    "encoded-padding",
    "sessions end with percent-encoded padding, which does not matter",
    with_sessions(ALICE, f"s:{HEX}%3D%3D", f"s:{HEX[::-1]}%3D%3D"),
    BOB,
    Decoding,
)


class Spare(Reference):
    """Does not look at the last character of a session, where an encoding has bits to spare."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        for session in self.sessions:
            known = session.value.encode()
            if len(known) == len(value) and known[:-1] == value[:-1]:
                return super().find_reader(request, known)
        return None


legal.add("spare-bits", "the last character of a session does not matter", build=Spare)

TAKEN = {
    MISSING_CHAT,
    LONGER_CHAT,
    NOBODYS_CHAT,
    *(chat.id for user in USERS for chat in user.chats),
}
"""Numbers of chats that a target file names, and of those that are nobody's for certain."""

COMMON = renamed(ANN, "ann a+b@example.com", "eve c+d@example.com")


class BehindARouter(Reference):
    """Takes user and chat from a router that has matched and decoded the path."""

    def path(self, request: Request) -> str:
        user_id, chat_id = (quote(text, safe="") for text in request.path_params.values())
        return f"/api/users/{user_id}/chats/{chat_id}/files"


def routed_by_starlette() -> ASGIApp:
    """Return the reference behind a router that splits the decoded path at slashes."""
    server = BehindARouter((COMMON, BOB))

    async def endpoint(request: Request) -> Response:
        return await server.respond(request)

    route = "/api/users/{user_id}/chats/{chat_id}/files"
    return Starlette(routes=[Route(route, endpoint, methods=["GET", "HEAD", "OPTIONS"])])


legal.add(
    "decoding-router",
    "a framework routes on the decoded path, so that an encoded slash is a bare 404",
    build=routed_by_starlette,
    target=partial(target_for, owner=COMMON, stranger=BOB),
)


@legal()
class MeIsTheCaller(Reference):
    """The user id me stands for whoever is asking."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        return reader if place.user_id == "me" else super().find_user(request, reader, place)


@legal()
class FurtherChats(Reference):
    """Everybody has a chat of every number that the target file leaves open, every other empty."""

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        return self.further(place.chat_id) or super().find_chat(request, user, place)

    def further(self, text: str) -> Chat | None:
        """Return a chat that the target file does not name, None where the number is taken."""
        number = int(text) if re.fullmatch("[1-9][0-9]{0,15}", text) else 2**53
        if number in TAKEN or number >= 2**53:
            return None
        file = File(number + 10_000, f"of-{number}.txt", 9, "text/plain", "2024-01-01T00:00:00Z")
        return Chat(number, (file,) if number % 2 else ())


@legal("chat.not-a-number-documented")
class FurtherChatsByTheirFirstWord(FurtherChats):
    """Of a chat id that is several words, digits and a quote at first are read as the number."""

    def further(self, text: str) -> Chat | None:
        return super().further(re.sub("^([0-9]+)' .*", r"\1", text))
