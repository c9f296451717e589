"""Chat ids and user ids that are read in a wrong way, or answered with another status."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response

from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.asking import chat_anywhere, place_of, reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User

faults = Theme()

LARGEST = 2**53 - 1
OTHER_NUMBER = ("chat.other-number",)
FRACTION = ("chat.other-number", "chat.spelling")
"""What a fraction is: where no double can tell it from a whole number, it spells that number."""
NO_NUMBER = ("chat.not-a-number",)
DROPPED = ("chat.not-a-number-documented",)
"""What text about a number is that is dropped: the right 200, where a 4xx is better."""
OTHER_SHAPE = ("user.other-shape",)
SAME_SHAPE = ("user.unknown",)
"""What names nobody by a word, a UUID or digits, where the owner's id is a word."""
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def plain_number(text: str) -> int | None:
    """Return the whole number that a text spells plainly, perhaps with a minus."""
    return int(text) if re.fullmatch(r"-?(0|[1-9][0-9]{0,400})", text, re.ASCII) else None


def is_fraction(text: str) -> bool:
    """Say whether a text is a decimal fraction that is no whole number."""
    return re.fullmatch(r"-?\d+\.\d*[1-9]\d*", text, re.ASCII) is not None


class Misread(Reference):
    """Finds a chat of the user by a number that it reads in a way of its own.

    Arguments:
        number: reads the number, None for none.
    """

    def __init__(self, number: Callable[[str], int | None]) -> None:
        super().__init__()
        self.number = number

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        number = self.number(place.chat_id)
        for chat in user.chats:
            if chat.id == number:
                return chat
        return super().find_chat(request, user, place)


def _cut_fraction(text: str) -> int | None:
    return int(text.partition(".")[0]) if is_fraction(text) else None


def _absolute(text: str) -> int | None:
    return abs(plain_number(text) or 0)


def _wrapped(bits: int) -> Callable[[str], int | None]:
    return lambda text: None if (number := plain_number(text)) is None else number % 2**bits


def _leading_digits(text: str) -> int | None:
    match = re.match(r"(\d{1,15})[^\d.eE_+\s\x00-\x1f/\\]", text, re.ASCII)
    return int(match[1]) if match else None


def _close(text: str) -> int | None:
    number = float(text) if is_fraction(text) else 0.5
    return round(number) if math.isclose(number, round(number), abs_tol=1e-5) else None


def _calculated(text: str) -> int | None:
    match = re.fullmatch(r"(\d+)-(\d+)", text, re.ASCII)
    return int(match[1]) - int(match[2]) if match else None


def _with_wildcard(text: str) -> int | None:
    return int(text.replace("_", "1")) if re.fullmatch(r"\d+_", text, re.ASCII) else None


def _last_ten_digits(text: str) -> int | None:
    return None if (number := plain_number(text)) is None else number % 10**10


def _within(pattern: str) -> Callable[[str], int | None]:
    def number(text: str) -> int | None:
        match = re.fullmatch(pattern, text, re.ASCII)
        return int(match[1]) if match else None

    return number


MISREAD: dict[str, tuple[str, tuple[str, ...], Callable[[str], int | None]]] = {
    "fraction-is-cut": ("a fraction is cut to a whole number", OTHER_NUMBER, _cut_fraction),
    "minus-is-dropped": ("a minus is dropped", OTHER_NUMBER, _absolute),
    "wraps-at-32-bits": (
        "numbers wrap round at 2^32",
        ("chat.unknown", "chat.other-number"),
        _wrapped(32),
    ),
    "wraps-at-64-bits": ("numbers wrap round at 2^64", OTHER_NUMBER, _wrapped(64)),
    "extension": ("an extension is dropped", DROPPED, _within(r"(\d+)\.json")),
    "brackets": ("brackets are dropped", DROPPED, _within(r"\[(\d+)\]")),
    "fraction-is-rounded": ("a fraction close to a whole number is rounded", OTHER_NUMBER, _close),
    "difference": ("a difference is calculated", DROPPED, _calculated),
    "wildcard": ("an underscore stands for the digit 1", NO_NUMBER, _with_wildcard),
    "last-ten-digits": ("the last ten digits count", ("chat.unknown",), _last_ten_digits),
    "leading-digits": ("a text is read as far as it is digits", DROPPED, _leading_digits),
}
for name, (words, clauses, number) in MISREAD.items():
    faults.add(
        f"chat-id-{name}", f"in a chat id, {words}", *clauses, build=partial(Misread, number)
    )


class ByPart(Reference):
    """Finds a chat of the user also by a part of its number, as a search for text does.

    Arguments:
        matches: says whether a text, the second one, is such a part.
    """

    def __init__(self, matches: Callable[[str, str], bool]) -> None:
        super().__init__()
        self.matches = matches

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        for chat in user.chats:
            if place.chat_id.isdecimal() and self.matches(str(chat.id), place.chat_id):
                return replace(chat, id=int(place.chat_id))
        return super().find_chat(request, user, place)


def _has_as_its_end(number: str, text: str) -> bool:
    return text.endswith(number)


def _is_soon_after(number: str, text: str) -> bool:
    return len(text) < 40 and 0 <= int(number) - int(text) < 3


PARTS: dict[str, tuple[str, Callable[[str, str], bool]]] = {
    "the-beginning-of-its-number": ("the beginning of its number", str.startswith),
    "the-end-of-its-number": ("the end of its number", str.endswith),
    "a-number-that-ends-in-its-own": ("a number that ends in its own", _has_as_its_end),
    "a-number-shortly-before": ("a number shortly before its own", _is_soon_after),
}
for name, (words, matches) in PARTS.items():
    faults.add(
        f"chat-by-{name}",
        f"a chat is found by {words}, too, and named by what was asked for",
        "chat.unknown",
        build=partial(ByPart, matches),
    )


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
            return self.instead(self, reader)
        return super().refuse(request, refusal)


def empty_list(server: Reference, user: User) -> Response:
    """Give an empty list."""
    return json_answer(server, {"chatFiles": []})


def all_files(server: Reference, user: User) -> Response:
    """Give all files of the user."""
    chat = user.chat_with_files
    items = [
        {
            "id": file.id,
            "chat_conversation_id": chat.id,
            "name": file.name,
            "size": file.size,
            "type": file.type,
            "created_at": file.created_at,
            "url": f"https://files.example.com/{file.id}",
        }
        for file in chat.files
    ]
    return json_answer(server, {"chatFiles": items})


def redirect(server: Reference, user: User) -> Response:
    """Send the caller to another page."""
    return Response(status_code=302, headers={"location": "/"})


def no_content(server: Reference, user: User) -> Response:
    """Give a 204."""
    return Response(status_code=204)


def page(status: int) -> Answer:
    """Return what answers with a page."""
    return lambda _server, _user: Response("No such page", status, media_type="text/html")


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
Answer = Callable[[Reference, "User"], Response]
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


class SpelledLeak(Reference):
    """Checks who owns a chat by the text of its id, and reads it by its number.

    Arguments:
        number: reads the number in the one unusual way that this server knows.
    """

    def __init__(self, number: Callable[[str], int | None]) -> None:
        super().__init__()
        self.number = number

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        number = self.number(place.chat_id)
        everywhere = (chat for somebody in self.users.values() for chat in somebody.chats)
        known = {chat.id: chat for chat in everywhere}
        if number in known and str(number) != place.chat_id:
            return known[number]
        return super().find_chat(request, user, place)


def _matching(pattern: str, read: Callable[[str], float]) -> Callable[[str], int | None]:
    def number(text: str) -> int | None:
        return int(read(text)) if re.fullmatch(pattern, text) and len(text) < 40 else None

    return number


SPELLINGS: dict[str, tuple[str, Callable[[str], int | None]]] = {
    "point-zero": ("a decimal point and zeros", _matching(r"[1-9][0-9]*\.0*", float)),
    "exponent": ("an exponent", _matching(r"[0-9.]+[eE][+-]?[0-9]{1,2}", float)),
    "leading-zero": ("leading zeros", _matching(r"0+[1-9][0-9]*", int)),
    "plus": ("a plus", _matching(r"\+[1-9][0-9]*", int)),
    "hexadecimal": ("hexadecimal digits", _matching(r"0[xX][0-9a-fA-F]+", partial(int, base=16))),
    "blanks": ("blanks around it", _matching(r"[ \t]*[1-9][0-9]*[ \t]*", int)),
    "line-end": ("a line end behind it", _matching(r"[1-9][0-9]*[\r\n]+", int)),
    "other-script": (
        "digits of another script",
        _matching(r"[^\x00-\x7f]+", lambda t: int(t) if t.isdecimal() else 0),
    ),
}
for name, (words, number) in SPELLINGS.items():
    # What proxies may treat in their own way is judged by what it discloses.
    clause = "input.no-disclosure" if name == "line-end" else "ownership.spelling"
    faults.add(
        f"foreign-chat-by-{name}",
        f"a foreign chat can be read by its number spelled with {words}",
        clause,
        build=partial(SpelledLeak, number),
    )


@faults(*NO_NUMBER, *DROPPED)
class PollutedParameters(Reference):
    """Ids are handed on as parameters in a text, and the last one of a name counts."""

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        first, _, last = place.chat_id.partition("&chat_id=")
        chat = super().find_chat(request, user, place._replace(chat_id=first))
        found = chat_anywhere(self, last)
        return found[1] if found else chat
