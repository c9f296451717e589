"""A chat's number that is read twice: by one reader to check who owns it, by another to find it.

Each pair of readers here is opened by hardly more than one of the spellings that tell such pairs
apart.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.questions.spellings import COMMON
from neptun_conformance.questions.spellings import form as form_named
from neptun_conformance.server.data import ALICE, BOB
from neptun_conformance.server.faults.asking import reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.numbers import plain_number
from neptun_conformance.server.readers import READERS
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User

    Read = Callable[[str], int | None]

faults = Theme(Mistake.TWO_READINGS)


class TwoReaders(Reference):
    """Refuses what one reader finds to be a foreign chat, and gives what another one finds.

    Arguments:
        check: the reader by which ownership is checked.
        look_up: the one by which the chat is found.
    """

    def __init__(self, check: Read, look_up: Read) -> None:
        super().__init__()
        self.check, self.look_up = check, look_up

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        self.check_owner(request, place)
        return self.look_up_in(tuple(self.users.values()), place)

    def check_owner(self, request: Request, place: Place) -> None:
        """Refuse a chat that is known to be somebody else's."""
        number, reader = self.check(place.chat_id), reader_of(self, request)
        for user in self.users.values():
            if user is not reader and any(chat.id == number for chat in user.chats):
                raise Refusal(404, "There is no such chat")

    def look_up_in(self, users: tuple[User, ...], place: Place) -> Chat:
        """Return the chat of a number, whoever owns it."""
        number = self.look_up(place.chat_id)
        for chat in (chat for user in users for chat in user.chats):
            if chat.id == number:
                return chat
        raise Refusal(404, "There is no such chat")


class TwoReadersUnderItsOwner(TwoReaders):
    """Does so under the id of the chat's owner, to everybody who has a session."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if place.user_id not in self.users:
            raise Refusal(404, "There is no such user")
        return self.users[place.user_id]

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        self.check_owner(request, place)
        return self.look_up_in((user,), place)


class OneFormMore(TwoReaders):
    """Checks who owns the plain number, and finds a chat by one other way to write it as well.

    Arguments:
        write: gets a chat's number, and returns it in that form.
    """

    def __init__(self, write: Callable[[int], str]) -> None:
        ids = [chat.id for user in (ALICE, BOB) for chat in user.chats]
        numbers = {form(number): number for number in ids for form in (str, write)}
        super().__init__(plain_number, numbers.get)


SPELLING = ("ownership.spelling",)
ODD = ("input.no-disclosure",)
"""Where the text is one that proxies treat in their own way, only what is disclosed is judged."""
TEXT = ("chat.not-a-number",)
"""What it is where only the look-up stops at the text behind a foreign number."""
STOPS = ("chat.other-number", "chat.not-a-number-documented")
"""What it is to stop where a number ends, or to cut a fraction."""

PAIRS: dict[tuple[str, str], tuple[str, ...]] = {
    ("JavaScript Number", "Crystal to_i64"): ODD,
    ("SBCL parse-integer", "PostgreSQL 15 int"): ODD,
    ("Go Sscanf %d", "PostgreSQL 15 int"): ODD,
    ("Python float", "Python Fraction"): ODD,
    ("Ruby Integer 10", "SQLite INTEGER"): SPELLING,
    ("Crystal to_i64", "JavaScript BigInt"): SPELLING,
    ("SWI-Prolog atom_number", "Java Long.parseLong"): SPELLING,
    ("Guile string->number", "Java Long.parseLong"): SPELLING,
    ("Go ParseInt 0", "Go ParseInt 10"): SPELLING,
    ("JavaScript Number", "Lua tonumber"): SPELLING,
    ("PHP (int)", "Ruby Integer 10"): SPELLING,
    ("Perl +0", "Crystal to_i64"): SPELLING,
    ("Ruby to_i", "Nim parseInt"): SPELLING,
    ("Python Fraction", "Guile string->number"): SPELLING,
    ("Haskell read", "PostgreSQL 15 int"): SPELLING,
    ("Java Long.parseLong", "SBCL parse-integer"): (*SPELLING, *ODD),
    ("JavaScript Number", "Haskell read"): SPELLING,
    ("Tcl expr", "Go ParseInt 0"): (*SPELLING, "chat.unknown"),
    ("Python int", "PostgreSQL 18 int"): SPELLING,
    ("Python int 0", "Go ParseInt 0"): ("chat.unknown",),
    ("Perl +0", "Perl int"): STOPS,
    ("Go Sscan", "C strtol 0"): (*SPELLING, *STOPS, "chat.unknown"),
    ("PHP (int)", "C strtol 0"): (*SPELLING, *STOPS, "chat.unknown"),
    ("PHP FILTER_VALIDATE_INT", "PHP (int)"): (*SPELLING, *ODD, *STOPS, *TEXT),
    ("JavaScript Number", "JavaScript parseInt"): (*SPELLING, *ODD, *STOPS, *TEXT),
}
for form in map(form_named, COMMON):
    faults.add(
        re.sub(r"[^a-z0-9]+", "-", f"found-{form.name}".lower()),
        f"ownership is checked on plain numbers, a chat is found by its id {form.name} as well",
        *SPELLING,
        build=partial(OneFormMore, form.write),
    )
faults.add(
    "found-encoded-twice",
    "ownership is checked on what a proxy has decoded, a chat is found by what that decodes to",
    *SPELLING,
    build=partial(OneFormMore, lambda number: "".join(f"%{ord(c):02X}" for c in str(number))),
)
LISTS: dict[str, tuple[Callable[[int], str], tuple[str, ...]]] = {
    "in brackets": (lambda number: f"[{number}]", TEXT),
    "behind another one": (
        lambda number: f"{BOB.chat_with_files.id},{number}",
        (*TEXT, "chat.not-a-number-documented"),
    ),
}
for words, (write, clauses) in LISTS.items():
    faults.add(
        f"found-{words.replace(' ', '-')}",
        f"ownership is checked on plain numbers, a chat is found by its id {words} as well",
        *clauses,
        build=partial(OneFormMore, write),
    )
for (check, look_up), clauses in PAIRS.items():
    faults.add(
        re.sub(r"[^a-z0-9]+", "-", f"checked-by-{check}-found-by-{look_up}".lower()).strip("-"),
        f"ownership is checked on the reading of {check}, the chat is found by {look_up}",
        *clauses,
        build=partial(TwoReaders, READERS[check], READERS[look_up]),
    )
for check, look_up in (
    ("Go ParseInt 10", "PostgreSQL 18 int"),
    ("JavaScript Number", "Python int"),
    ("Java Long.parseLong", "SQLite INTEGER"),
):
    faults.add(
        re.sub(r"[^a-z0-9]+", "-", f"checked-by-{check}-found-in-its-owners-by-{look_up}".lower()),
        f"under its owner's id, ownership of a chat is checked on the reading of {check}, and the"
        f" chat is found by {look_up}",
        *SPELLING,
        build=partial(TwoReadersUnderItsOwner, READERS[check], READERS[look_up]),
    )
