"""User ids that are read in a wrong way, or answered with another status."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.contract.id_shape import respells
from neptun_conformance.server.data import ANN, target_for
from neptun_conformance.server.faults.asking import place_of, reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.instead import ANSWERS, Answer, page
from neptun_conformance.server.faults.numbers import OTHER_SHAPE, SAME_SHAPE
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import User

faults = Theme(Mistake.USER_ID_READ_LOOSELY)
WORD = re.compile("[A-Za-z0-9_-]+")


class StrangeUsers(Reference):
    """Answers the question for a user whose id holds other characters in another way than by a 404.

    Arguments:
        answer: makes the answer.
    """

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.instead = answer

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        place, reader = place_of(self, request), reader_of(self, request)
        if refusal.status != 404 or place is None or reader is None:
            return super().refuse(request, refusal)
        user_id = place.user_id
        respelled = any(respells(user_id, known) for known in self.users)
        if not respelled and not WORD.fullmatch(user_id):
            return self.instead(self, request, reader)
        return super().refuse(request, refusal)


for name, (what, answer) in ANSWERS.items():
    faults.add(
        f"user-id-of-other-shape-is-{name}",
        f"a user id with other characters that names nobody is {what}",
        *OTHER_SHAPE,
        build=partial(StrangeUsers, answer),
        by_chance=("ownership.spelling",),
    )
faults.add(
    "user-id-of-other-shape-is-400",
    "a user id with other characters that names nobody is a 400",
    "user.other-shape-not-found",
    build=partial(StrangeUsers, page(400)),
)


@faults("ownership.spelling")
class EncodedUserLeak(Reference):
    """Gives another user's chats away under that user's id, percent-encoded without need."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        segment = self.path(request).split("/")[3]
        known = self.users.get(place.user_id)
        if known and "%" in segment and known.id.isalnum():
            return known
        return super().find_user(request, reader, place)


class ForeignUserBy(Reference):
    """Gives another user's chats away under a text that it reads as that user's id.

    Arguments:
        read: returns the id of a text.
    """

    def __init__(self, read: Callable[[str], str]) -> None:
        super().__init__()
        self.read = read

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        known = self.users.get(self.read(place.user_id))
        if known and known is not reader and known.id != place.user_id:
            return known
        return super().find_user(request, reader, place)


faults.add(
    "user-id-ends-at-nul",
    "a user id ends at a NUL, and who owns it is asked before",
    "input.no-disclosure",
    build=partial(ForeignUserBy, lambda text: text.partition("\0")[0]),
)
faults.add(
    "user-id-decoded-once-more",
    "a user id is decoded once more when it is looked up",
    "ownership.spelling",
    build=partial(ForeignUserBy, unquote),
)


class RefusesShapes(Reference):
    """Refuses ids of nobody that do not match a pattern with a 400.

    Arguments:
        pattern: of the ids that it takes for well-formed.
    """

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self.pattern = re.compile(pattern)

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if WORD.fullmatch(place.user_id) and not self.pattern.fullmatch(place.user_id):
            raise Refusal(400, "This is no user id")
        return super().find_user(request, reader, place)


for name, words, pattern in (
    ("long", "of more than 32 characters", ".{1,32}|.{100,}"),
    ("with-capitals", "with capitals", "[^A-Z]+|[A-Za-z]+"),
):
    faults.add(
        f"user-id-{name}-is-400",
        f"a user id {words} that names nobody is a 400",
        *SAME_SHAPE,
        build=partial(RefusesShapes, pattern),
    )


@faults(*SAME_SHAPE)
class EmptyChatOfNobody(Reference):
    """Gives the caller's own empty chat under the id of nobody, as an outer join does."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        own = next((chat for chat in reader.chats if str(chat.id) == place.chat_id), None)
        nobody = place.user_id not in self.users and WORD.fullmatch(place.user_id)
        if own and not own.files and nobody:
            return reader
        return super().find_user(request, reader, place)


class Misreading(Reference):
    """Decodes the user id of a path in a wrong way.

    Arguments:
        misread: returns what is taken for the id.
    """

    def __init__(self, misread: Callable[[str], str]) -> None:
        super().__init__()
        self.misread = misread

    def find_user(self, request: Request, reader: Any, place: Place) -> Any:
        return super().find_user(
            request, reader, place._replace(user_id=self.misread(place.user_id))
        )


TO_ANN: dict[str, Any] = {"target": partial(target_for, owner=ANN)}
for name, (words, misread) in {
    "decoded-twice": ("decoded twice, as a form is", lambda text: text.replace("+", " ")),
    "as-latin-1": (
        "decoded as Latin-1",
        lambda text: text.encode(errors="surrogateescape").decode("latin-1"),
    ),
    "in-ascii": (
        "stripped of what is not ASCII",
        lambda text: text.encode("ascii", "ignore").decode(),
    ),
    "trimmed": ("cut at its first blank", lambda text: text.split(" ", maxsplit=1)[0]),
    "without-host": ("cut at its at sign", lambda text: text.split("@", maxsplit=1)[0]),
}.items():
    faults.add(
        f"user-id-{name}",
        f"the user id is {words}",
        "success.status",
        "files.empty",
        build=partial(Misreading, misread),
        **TO_ANN,
    )


class Alike(Reference):
    """Takes another user id for the caller's own.

    Arguments:
        same: compares the id of a path, the first one, with that of the caller.
    """

    def __init__(self, same: Callable[[str, str], bool]) -> None:
        super().__init__()
        self.same = same

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if place.user_id not in self.users and self.same(place.user_id, reader.id):
            return reader
        return super().find_user(request, reader, place)


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return False


for name, (words, clauses, same) in {
    "by-its-end": ("found by its end", SAME_SHAPE, lambda text, known: known.endswith(text)),
    "by-what-ends-in-it": (
        "found in what ends in it",
        SAME_SHAPE,
        lambda text, known: text.endswith(known),
    ),
    "of-no-value": (
        "undefined or null for the caller",
        SAME_SHAPE,
        lambda text, _: text in {"undefined", "null"},
    ),
    "of-minus-one": ("-1 for the caller", SAME_SHAPE, lambda text, _: text == "-1"),
    "as-a-pattern": ("taken for a regular expression", OTHER_SHAPE, _matches),
    "with-a-wildcard": (
        "compared with _ for any character",
        SAME_SHAPE,
        lambda text, known: "_" in text and _matches(re.escape(text).replace("_", "."), known),
    ),
}.items():
    faults.add(f"user-id-{name}", f"a user id is {words}", *clauses, build=partial(Alike, same))
