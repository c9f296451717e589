"""Foreign chats that are open under a second spelling of their owner's id."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any
from unicodedata import combining, normalize

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import ANN, NUMERIC, USERS, UUID, User, target_for
from neptun_conformance.server.faults.asking import chat_anywhere
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.USER_ID_READ_LOOSELY)

_NOBODY = "an-empty-segment"


def _known_by(mail: str, user: User) -> User:
    """Return a user whose id is a mail address."""
    return replace(
        user,
        id=mail,
        unknown_id=mail.replace("lee", "kim"),
        session=replace(user.session, user_id=mail),
        expired=replace(user.expired, user_id=mail),
    )


MAIL = _known_by("ann.lee@example.com", ANN)


class StrangeUser(Reference):
    """Lets a user id that is not the caller's pass where it is none of the known ones.

    Arguments:
        normal: makes of an id in the path the one that is looked up.
    """

    def __init__(self, normal: Callable[[str], str]) -> None:
        super().__init__((*(user for user in USERS if user is not ANN), MAIL))
        self.normal = normal

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        known = {self.normal(user_id): user for user_id, user in self.users.items()}
        meant = known.get(self.normal(place.user_id))
        if place.user_id not in self.users and meant and meant is not reader:
            return meant
        return super().find_user(request, reader, place)


def _without_accents(text: str) -> str:
    return "".join(c for c in normalize("NFD", text) if not combining(c))


def _without_a_tag(text: str) -> str:
    return re.sub(r"\+[^@]*@", "@", text)


def _without_dots(text: str) -> str:
    name, at, domain = text.partition("@")
    return f"{name.replace('.', '')}{at}{domain}"


def _in_small_letters_behind_the_at(text: str) -> str:
    name, at, domain = text.partition("@")
    return f"{name}{at}{domain.lower()}"


_WITH_HYPHENS = re.compile("([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})")
_OF_DIGITS: dict[str, Any] = {"target": partial(target_for, owner=NUMERIC)}
_OF_A_UUID: dict[str, Any] = {"target": partial(target_for, owner=UUID)}
_OF_MAIL: dict[str, Any] = {"target": partial(target_for, owner=MAIL)}
for name, words, normal, of in (
    ("letter-case", "in other letter case", str.lower, {}),
    ("blanks", "with blanks beside it", str.strip, {}),
    ("full-width", "in full width", partial(normalize, "NFKC"), {}),
    ("accents", "with accents", _without_accents, {}),
    ("at-sign", "with an at sign before it", lambda text: text.lstrip("@"), {}),
    ("parameter", "with a path parameter", lambda text: text.partition(";")[0], {}),
    ("parameter-of-a-number", "with ;v=1", lambda text: text.partition(";")[0], _OF_DIGITS),
    ("tag", "with a tag", _without_a_tag, _OF_MAIL),
    ("dots", "with other dots", _without_dots, _OF_MAIL),
    ("domain", "with a domain in capitals", _in_small_letters_behind_the_at, _OF_MAIL),
    ("sign", "with a sign", lambda text: text.lstrip("+"), _OF_DIGITS),
    ("leading-zeros", "with zeros before it", lambda text: text.lstrip("0"), _OF_DIGITS),
    ("decimal", "as a decimal", lambda text: text.removesuffix(".0"), _OF_DIGITS),
    ("capitals", "in capitals", str.lower, _OF_A_UUID),
    ("braces", "in braces", lambda text: text.strip("{}"), _OF_A_UUID),
    ("bare-digits", "without hyphens", partial(_WITH_HYPHENS.sub, r"\1-\2-\3-\4-\5"), _OF_A_UUID),
):
    faults.add(
        f"foreign-user-by-{name}",
        f"another's chat can be read by that other's id {words}",
        "ownership.spelling",
        build=partial(StrangeUser, normal),
        **of,
    )


@faults("input.no-disclosure")
class EmptyUserIsAnybody(Reference):
    """An empty user id in the path bounds nothing: whoever is signed in reads any chat."""

    def route(self, path: str) -> Place:
        return super().route(path.replace("/users//chats/", f"/users/{_NOBODY}/chats/"))

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        found = chat_anywhere(self, place.chat_id) if place.user_id == _NOBODY else None
        return found[0] if found else super().find_user(request, reader, place)
