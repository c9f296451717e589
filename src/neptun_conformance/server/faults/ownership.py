"""Chats that somebody else may read, and refusals that say more than they should."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import BOB
from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.asking import (
    chat_anywhere,
    place_of,
    plain,
    reader_of,
    why_not_found,
)
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from neptun_conformance.server.data import User

faults = Theme(Mistake.OWNERSHIP_REFUSAL)

WAYS = ("foreign-chat", "foreign-user", "foreign-pair")
KINDS = ("full", "empty")
WORDS = {
    "foreign-chat": "another's {kind}chat under the caller's own id",
    "foreign-user": "the caller's own {kind}chat under another's id",
    "foreign-pair": "another's {kind}chat under that other's id",
    "unknown-chat": "a chat that does not exist",
    "unknown-user": "a user who does not exist",
}
CLAUSES = {
    **{way: f"ownership.{way}" for way in WAYS},
    "unknown-chat": "chat.unknown",
    "unknown-user": "user.unknown",
}
Answer = Callable[[Reference, Request, Refusal], Response]


class Instead(Reference):
    """Answers a plain request for what is not the caller's in another way than by a 404.

    Arguments:
        ways: the ways to ask for it, as ``why_not_found`` names them.
        answer: makes the answer.
        only: the id of the one reader whom it concerns.
    """

    def __init__(self, ways: tuple[str, ...], answer: Answer, only: str | None = None) -> None:
        super().__init__()
        self.ways = ways
        self.instead = answer
        self.only = only

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        reader = reader_of(self, request)
        concerned = reader and self.only in {None, reader.id} and plain(request)
        if refusal.status == 404 and concerned:
            way = why_not_found(self, request)
            if way is not None and way.startswith(self.ways):
                return self.instead(self, request, refusal)
        return super().refuse(request, refusal)


def leak(server: Reference, request: Request, refusal: Refusal) -> Response:
    """Give the chat away."""
    place = place_of(server, request)
    found = place and chat_anywhere(server, place.chat_id)
    assert found  # noqa: S101 - a chat that is not there is in none of the ways
    return server.present(request, found[1], found[1].files)


def empty_list(server: Reference, request: Request, refusal: Refusal) -> Response:
    """Give an empty list."""
    return json_answer(server, {"chatFiles": []})


def status(code: int) -> Answer:
    """Return what refuses with another status."""

    def refuse(server: Reference, request: Request, refusal: Refusal) -> Response:
        return Reference.refuse(server, request, Refusal(code, refusal.message))

    return refuse


def no_content(server: Reference, request: Request, refusal: Refusal) -> Response:
    """Give a 204."""
    return Response(status_code=204)


def elsewhere(server: Reference, request: Request, refusal: Refusal) -> Response:
    """Send the caller to another page."""
    return Response(status_code=302, headers={"location": "/"})


def _add(
    name: str, wrong: str, *clauses: str, answer: Answer, ways: tuple[str, ...], **more: Any
) -> None:
    build = partial(Instead, ways, answer, **more)
    faults.add(name, wrong, *clauses, build=build)


for way in WAYS:
    clause = CLAUSES[way]
    for kind in KINDS:
        words = WORDS[way].format(kind=f"{kind} ")
        _add(
            f"{way}-{kind}-leaks",
            f"{words} can be read",
            clause,
            answer=leak,
            ways=(f"{way}-{kind}",),
        )
    words = WORDS[way].format(kind="")
    _add(
        f"{way}-leaks-to-administrator",
        f"{words} can be read by one user, once an administrator",
        clause,
        answer=leak,
        ways=(way,),
        only=BOB.id,
    )
    _add(f"{way}-leaks", f"{words} can be read", clause, answer=leak, ways=(way,))
    _add(f"{way}-is-401", f"{words} is a 401", clause, answer=status(401), ways=(way,))
    _add(
        f"{way}-full-is-403",
        f"{WORDS[way].format(kind='full ')} is a 403",
        clause,
        answer=status(403),
        ways=(f"{way}-full",),
    )
    _add(
        f"{way}-empty-is-403",
        f"{WORDS[way].format(kind='empty ')} is a 403",
        clause,
        answer=status(403),
        ways=(f"{way}-empty",),
    )

for way, clause in CLAUSES.items():
    words = WORDS[way].format(kind="")
    _add(
        f"{way}-is-an-empty-list",
        f"{words} is a 200 with an empty list",
        clause,
        answer=empty_list,
        ways=(way,),
    )
    _add(f"{way}-is-403", f"{words} is a 403", clause, answer=status(403), ways=(way,))
    _add(f"{way}-is-400", f"{words} is a 400", clause, answer=status(400), ways=(way,))
    also = ("ownership.spelling",) if way == "foreign-pair" else ()
    _add(f"{way}-is-204", f"{words} is a 204", clause, *also, answer=no_content, ways=(way,))
    _add(f"{way}-is-302", f"{words} is a redirect", clause, answer=elsewhere, ways=(way,))
    _add(
        f"{way}-is-500",
        f"{words} crashes the server",
        clause,
        "input.no-server-error",
        answer=status(500),
        ways=(way,),
    )

_add(
    "foreign-empty-chats-are-an-empty-list",
    "whatever empty chat is not the caller's is a 200 with an empty list",
    *(CLAUSES[way] for way in WAYS),
    answer=empty_list,
    ways=tuple(f"{way}-empty" for way in WAYS),
)
_add(
    "any-session-reads-all",
    "whoever is signed in reads every chat under any known user's id",
    *(CLAUSES[way] for way in WAYS),
    answer=leak,
    ways=WAYS,
)


@faults(
    "ownership.foreign-user",
    "user.unknown",
    "user.other-shape",
)
class UserIdIsIgnored(Reference):
    """The user id in the path is ignored, the caller's own takes its place."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        return reader


@faults("user.unknown")
class UnknownUserReadsForeignChats(Reference):
    """Under the id of a user who does not exist, other people's chats can be read."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        found = chat_anywhere(self, place.chat_id)
        if found and found[0] is not reader and why_not_found(self, request) == "unknown-user":
            return found[0]
        return super().find_user(request, reader, place)


@faults("chat.unknown")
class UnknownChatOfAnotherIsForbidden(Reference):
    """A chat that does not exist is a 403 under another's id."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        place, reader = place_of(self, request), reader_of(self, request)
        foreign = place and reader and place.user_id in self.users and place.user_id != reader.id
        if foreign and plain(request) and why_not_found(self, request) == "unknown-chat":
            refusal = Refusal(403, refusal.message)
        return super().refuse(request, refusal)


@faults("user.unknown", "user.other-shape")
class UserIdWithoutItsLastCharacter(Reference):
    """The last character of the user id is not compared."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        same = (len(place.user_id), place.user_id[:-1]) == (len(reader.id), reader.id[:-1])
        return reader if same else super().find_user(request, reader, place)
