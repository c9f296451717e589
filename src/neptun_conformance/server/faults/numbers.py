"""Chat ids that are read as another number, or as a number at all."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from unicodedata import normalize

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.asking import chat_anywhere
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User

faults = Theme(Mistake.NUMBER_READ_LOOSELY)

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


def _nearest(text: str) -> int | None:
    return math.floor(float(text) + 0.5) if re.fullmatch(r"\d{1,15}\.\d", text, re.ASCII) else None


def _short(text: str) -> int | None:
    number = plain_number(text) or 0
    return number % 2**16 if number < 2**32 else None


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
    "in-octal": (
        "digits behind a zero are read in octal",
        ("chat.unknown",),
        lambda text: int(text, 8) if re.fullmatch(r"0[0-7]{1,20}", text, re.ASCII) else None,
    ),
    "wraps-at-16-bits": ("numbers below 2^32 wrap round at 2^16", ("chat.unknown",), _short),
    "nearest": ("a fraction is rounded to the nearest whole number", OTHER_NUMBER, _nearest),
    "wraps-at-64-bits": ("numbers wrap round at 2^64", OTHER_NUMBER, _wrapped(64)),
    "extension": ("an extension is dropped", DROPPED, _within(r"(\d+)\.json")),
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
    "underscore": ("an underscore between digits", _matching(r"[1-9][0-9]*_[0-9]+", int)),
    "line-end": ("a line end behind it", _matching(r"[1-9][0-9]*[\r\n]+", int)),
    "capital-hexadecimal": (
        "hexadecimal digits behind 0X",
        _matching("0X[0-9A-F]+", partial(int, base=16)),
    ),
    "octal": ("octal digits behind 0o", _matching("0o[0-7]+", partial(int, base=0))),
    "binary": ("binary digits behind 0b", _matching("0b[01]+", partial(int, base=0))),
    "blank-before": ("a blank before it", _matching(" [1-9][0-9]*", int)),
    "capital-exponent": ("an exponent behind E", _matching("[0-9.]+E[0-9]{1,2}", float)),
    "full-width": ("full-width digits", _matching("[\uff10-\uff19]+", int)),
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


TEXTS: dict[str, tuple[str, Callable[[str], int | None]]] = {
    "superscripts": (
        "superscripts, which become digits",
        _matching("[\u2070-\u2079\u00b2\u00b3\u00b9]+", lambda t: int(normalize("NFKC", t))),
    ),
    "path-parameter": ("a path parameter, which is cut off", _within("([0-9]{1,15});.*")),
    "fragment": ("a fragment, which is cut off", _within("([0-9]{1,15})#.*")),
}
for name, (words, number) in TEXTS.items():
    faults.add(
        f"foreign-chat-by-{name}",
        f"a foreign chat can be read by its number with {words}",
        *NO_NUMBER,
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
