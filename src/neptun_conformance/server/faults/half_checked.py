"""Sessions of which a part is believed: the name of the user, or an id without its signature."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import ALICE, BOB, User, target_for
from neptun_conformance.server.faults.asking import own_chat, place_of
from neptun_conformance.server.faults.authentication import Lenient
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.SESSION_NOT_VERIFIED)


class BelievingTheName(Reference):
    """Takes whose a session is from the name in it, and looks for the rest of it alone.

    Arguments:
        form: in which name and rest stand.
    """

    def __init__(self, form: str) -> None:
        super().__init__(with_names(user, form) for user in (ALICE, BOB))
        self.form = form

    def find_reader(self, request: Request, value: bytes) -> User | None:
        shown = value.decode("latin-1")
        for user in self.users.values():
            owned = {
                self.form.format(user.id, _rest(other, self.form)) for other in self.users.values()
            }
            if shown in owned:
                return user
        return super().find_reader(request, value)


def with_names(user: User, form: str) -> User:
    """Return a user whose sessions name the user."""
    valid = replace(user.session, value=form.format(user.id, user.session.value))
    return replace(user, session=valid)


def _rest(user: User, form: str) -> str:
    before, after = form.format(user.id, "\n").split("\n")
    return user.session.value.removeprefix(before).removesuffix(after)


for name, form in (("before-its-session", "{0}--{1}"), ("behind-its-session", "{1}.{0}")):
    faults.add(
        f"name-believed-{name}",
        f"the user id {name.replace('-', ' ')} says whose it is, and is not looked up with it",
        "authentication.made-up",
        build=partial(BelievingTheName, form),
        target=partial(target_for, owner=with_names(ALICE, form), stranger=with_names(BOB, form)),
    )


def _with_signed_ids(user: User) -> User:
    """Return a user whose session is an id with a signature, as Express writes them."""
    token = f"{user.id}Qm7cVt2YxJ0r"
    value = f"s%3A{token}.wB7pVd{user.id}3kZq0Lr9sKd4hNf6gBz1uEp3a%2Bc"
    return replace(user, session=replace(user.session, value=value))


SIGNED, SIGNED_TOO = _with_signed_ids(ALICE), _with_signed_ids(BOB)


def _id_of(user: User) -> str:
    return user.session.value.removeprefix("s%3A").partition(".")[0]


@faults("authentication.made-up", target=partial(target_for, owner=SIGNED, stranger=SIGNED_TOO))
class UnsignedIdIsEnough(Reference):
    """The id of a signed session is a session, too, as it was before sessions were signed."""

    def __init__(self) -> None:
        super().__init__((SIGNED, SIGNED_TOO))

    def find_reader(self, request: Request, value: bytes) -> User | None:
        bare = (user for user in self.users.values() if _id_of(user) == value.decode("latin-1"))
        return next(bare, None) or super().find_reader(request, value)


@faults("authentication.altered-end")
class EmptyChatsNeedNoSignature(Lenient):
    """Where there are no files to give, a session is found by how it begins."""

    def lets_in(self, request: Request, user: User) -> bool:
        chat = own_chat(self, place_of(self, request))
        shown, real = self.read_session(request), user.session.value.encode("latin-1")
        alike = shown is not None and len(shown) == len(real) and shown[:-8] == real[:-8]
        return chat is not None and not chat.files and alike
