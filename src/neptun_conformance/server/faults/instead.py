"""Chat ids and user ids that get another answer than a refusal."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.asking import place_of, reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.numbers import (
    FRACTION,
    LARGEST,
    NO_NUMBER,
    OTHER_NUMBER,
    is_fraction,
    plain_number,
)
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import User

faults = Theme(Mistake.OTHER_ID_ANSWER)


class Instead(Reference):
    """Answers the owner's own questions about some chat ids in another way than by a 404.

    Arguments:
        concerns: says whether it is the turn of a chat id.
        answer: makes the answer.
    """

    def __init__(self, concerns: Callable[[str], bool], answer: Answer) -> None:
        super().__init__()
        self.concerns = concerns
        self.instead = answer

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        place, reader = place_of(self, request), reader_of(self, request)
        own = place and reader and reader.id == place.user_id
        if refusal.status == 404 and place and reader and own and self.concerns(place.chat_id):
            return self.instead(self, request, reader)
        return super().refuse(request, refusal)


def empty_list(server: Reference, request: Request, user: User) -> Response:
    """Give an empty list."""
    return json_answer(server, {"chatFiles": []})


def all_files(server: Reference, request: Request, user: User) -> Response:
    """Give all files of the user."""
    chat = user.chat_with_files
    items = [server.item(request, chat, file) for file in chat.files]
    return json_answer(server, {"chatFiles": items})


def redirect(server: Reference, request: Request, user: User) -> Response:
    """Send the caller to another page."""
    return Response(status_code=302, headers={"location": "/"})


def no_content(server: Reference, request: Request, user: User) -> Response:
    """Give a 204."""
    return Response(status_code=204)


def page(status: int) -> Answer:
    """Return what answers with a page."""
    return lambda _server, _request, _user: Response("No such page", status, media_type="text/html")


def _whole(number_is: Callable[[int], bool]) -> Callable[[str], bool]:
    def concerns(text: str) -> bool:
        number = plain_number(text)
        return number is not None and number_is(number)

    return concerns


CLASSES: dict[str, tuple[str, tuple[str, ...], Callable[[str], bool]]] = {
    "zero": ("0", OTHER_NUMBER, _whole(lambda number: number == 0)),
    "negative": ("a negative number", OTHER_NUMBER, _whole(lambda number: number < 0)),
    "fraction": ("a fraction", FRACTION, is_fraction),
    "beyond-2-53": ("a number beyond 2^53", OTHER_NUMBER, _whole(lambda number: number > LARGEST)),
    "beyond-2-31": (
        "a number from 2^31 to 2^53-1",
        ("chat.unknown",),
        _whole(lambda number: 2**31 <= number <= LARGEST),
    ),
    "letters": ("a word", NO_NUMBER, lambda text: text.isascii() and text.isalpha()),
    "not-a-number": ("NaN", NO_NUMBER, lambda text: text == "NaN"),
}


Answer = Callable[[Reference, "Request", "User"], Response]


ANSWERS: dict[str, tuple[str, Answer]] = {
    "an-empty-list": ("a 200 with an empty list", empty_list),
    "a-redirect": ("a redirect", redirect),
    "a-204": ("a 204", no_content),
}


for kind, (words, clauses, concerns) in CLASSES.items():
    for name, (what, answer) in ANSWERS.items():
        faults.add(
            f"chat-id-{kind}-is-{name}",
            f"a chat id that is {words} is {what}",
            *clauses,
            build=partial(Instead, concerns, answer),
        )


faults.add(
    "chat-id-zero-is-all-files",
    "the chat id 0 gives all files of the user",
    *OTHER_NUMBER,
    build=partial(Instead, CLASSES["zero"][2], all_files),
)
faults.add(
    "chat-id-latest-is-all-files",
    "the chat id latest gives the files of the user's last chat",
    *NO_NUMBER,
    build=partial(Instead, lambda text: text == "latest", all_files),
)


for kind, clause in {
    "zero": "chat.other-number-not-found",
    "negative": "chat.other-number-not-found",
    "fraction": "chat.other-number-not-found",
    "beyond-2-53": "chat.other-number-not-found",
    "letters": "chat.not-a-number-documented",
}.items():
    words, _, concerns = CLASSES[kind]
    faults.add(
        f"chat-id-{kind}-is-a-bare-400",
        f"a chat id that is {words} is a 400 with a page",
        clause,
        build=partial(Instead, concerns, page(400)),
    )


faults.add(
    "chat-id-beyond-2-31-is-400",
    "a chat id from 2^31 to 2^53-1 is a 400",
    "chat.unknown",
    build=partial(Instead, CLASSES["beyond-2-31"][2], page(400)),
)


def _is_spelling(text: str) -> bool:
    number = re.fullmatch(r"\s*\+?0*([1-9]\d*)(?:\.0*)?\s*", text, re.ASCII)
    return number is not None and text != number[1]


for name, (what, answer) in {**ANSWERS, "a-page": ("a 200 with a page", page(200))}.items():
    also = {"a-page": ("success.media-type", "success.json")}
    faults.add(
        f"chat-id-spelling-is-{name}",
        f"another spelling of a chat's number is {what}",
        "chat.spelling",
        *(() if name == "a-redirect" else ("ownership.spelling",)),
        *also.get(name, ()),
        build=partial(Instead, _is_spelling, answer),
    )
