"""Ids that a router types, a framework refuses, or a language reads in its own way."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from neptun_conformance.server.data import BOB, target_for
from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.user_spellings import MAIL
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User


legal = Theme()


class Typed(Reference):
    """Refuses chat ids that are not what the framework wants, before it looks for the chat.

    Arguments:
        accepts: says whether a chat id is wanted.
        answer: makes the refusal.
    """

    def __init__(
        self, accepts: Callable[[str], bool], answer: Callable[[Reference], Response]
    ) -> None:
        super().__init__()
        self.accepts = accepts
        self.reject = answer

    async def answer(self, request: Request) -> Response:
        place = self.route(self.path(request))
        if request.method in {"GET", "HEAD"} and not self.accepts(place.chat_id):
            self.authenticate(request)
            return self.reject(self)
        return await super().answer(request)


def _whole(text: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,25}", text, re.ASCII) is not None


def _positive(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,15}", text, re.ASCII) is not None and int(text) < 2**53


def _number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?", text, re.ASCII) is not None


def _unprocessable(server: Reference) -> Response:
    detail = [{"type": "int_parsing", "loc": ["path", "chat_id"], "msg": "should be an integer"}]
    return json_answer(server, {"detail": detail}, 422)


def _bad(_server: Reference) -> Response:
    return PlainTextResponse("Bad Request", 400)


TEXT, NUMBER = "chat.not-a-number-documented", "chat.other-number-not-found"
for name, words, clauses, accepts, answer in (
    ("text-ids-are-400", "a chat id that is no number is a bare 400", (TEXT,), _number, _bad),
    (
        "text-ids-are-422",
        "a chat id that is no number is a framework's 422",
        (TEXT,),
        _number,
        _unprocessable,
    ),
    (
        "ids-that-are-not-whole-are-422",
        "a chat id that is no whole number is a 422",
        (TEXT, NUMBER),
        _whole,
        _unprocessable,
    ),
    (
        "ids-that-are-not-positive-are-400",
        "a chat id that no chat can have is a bare 400",
        (TEXT, NUMBER),
        _positive,
        _bad,
    ),
):
    legal.add(name, words, *clauses, build=partial(Typed, accepts, answer))


class PickyUsers(Reference):
    """Refuses user ids that are no words with a 400."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if not re.fullmatch("[A-Za-z0-9_-]+", place.user_id):
            raise Refusal(400, "That is no user id")
        return super().find_user(request, reader, place)


legal.add(
    "user-ids-of-word-characters",
    "user ids that hold anything but letters, digits, _ and hyphens are a 400",
    "user.other-shape-not-found",
    build=PickyUsers,
)


class Numbers(Reference):
    """Finds a chat by its number, in whatever spelling a language's own reader takes.

    Arguments:
        read: reads the number.
    """

    def __init__(self, read: Callable[[str], float]) -> None:
        super().__init__()
        self.read = read

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        try:
            number = self.read(place.chat_id)
        except (ValueError, OverflowError):
            number = -1
        for chat in user.chats:
            if chat.id == number:
                return chat
        raise Refusal(404, "There is no such chat")


def _like_javascript(text: str) -> float:
    trimmed = text.strip()
    if re.fullmatch("0[xXoObB][0-9a-fA-F]+", trimmed):
        return int(trimmed, 0)
    if not re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", trimmed, re.ASCII):
        raise ValueError
    return float(trimmed)


READERS: dict[str, tuple[str, Callable[[str], float]]] = {
    "python-int": ("chat ids are read as Python's int reads them", int),
    "python-float": ("chat ids are read as Python's float reads them", float),
    "javascript": ("chat ids are read as JavaScript's Number reads them", _like_javascript),
}
for name, (words, read) in READERS.items():
    legal.add(f"numbers-of-{name}", words, build=partial(Numbers, read))


class OwnAddress(Reference):
    """Takes a mail address for the own one whatever dots, tag or letter case of its domain."""

    def __init__(self) -> None:
        super().__init__((MAIL, BOB))

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if _delivered_to(place.user_id) == _delivered_to(reader.id):
            return reader
        return super().find_user(request, reader, place)


def _delivered_to(address: str) -> str:
    name, at, domain = address.partition("@")
    return f"{name.partition('+')[0].replace('.', '')}{at}{domain.lower()}" if at else address


legal.add(
    "own-address-in-any-form",
    "a caller's own mail address is known by whatever mail comes to the caller",
    build=OwnAddress,
    target=partial(target_for, owner=MAIL),
)
