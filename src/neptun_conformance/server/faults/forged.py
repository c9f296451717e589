"""Sessions that nobody issued, and that are believed: what they say, or what they look like."""

from __future__ import annotations

import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.questions import forging
from neptun_conformance.server.data import ALICE, BOB, User, target_for
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import COOKIE, Reference, cookie_headers

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.SESSION_NOT_VERIFIED)


class Believing(Reference):
    """Takes a session that is made of a user's id in one way.

    Arguments:
        forge: makes it.
    """

    def __init__(self, forge: Callable[[str], str]) -> None:
        super().__init__()
        self.forge = forge

    def find_reader(self, request: Request, value: bytes) -> User | None:
        shown = value.decode("latin-1")
        found = (user for user in self.users.values() if self.forge(user.id) == shown)
        return next(found, None) or super().find_reader(request, value)


for name, forge in {
    "base64": forging.in_base64,
    "hexadecimal": forging.in_hexadecimal,
    "a-digest": forging.as_digest,
    "any-signature": forging.before_a_signature,
    "json": forging.as_encoded_json,
    "json-in-base64": forging.as_json_in_base64,
    "a-form": forging.as_form,
    "php": forging.as_php,
    "a-query": forging.selected,
}.items():
    faults.add(
        f"user-id-believed-in-{name}",
        f"a session that is nothing but a user id in {name.replace('-', ' ')} is believed",
        "authentication.made-up",
        build=partial(Believing, forge),
    )


class FirstOfTheTable(Reference):
    """Takes some values for the session of the first user, as a query does that they widen.

    Arguments:
        widens: tells whether a value does.
    """

    def __init__(self, widens: Callable[[str, str], bool]) -> None:
        super().__init__()
        self.widens = widens

    def find_reader(self, request: Request, value: bytes) -> User | None:
        shown = value.decode("latin-1")
        for user in self.users.values():
            if self.widens(shown, user.session.value):
                return user
        return super().find_reader(request, value)


for name, words, widens in (
    ("sql", "OR 1=1 in a session is part of the query", lambda v, _: " OR 1=1 -- " in v),
    ("mongo", "an object in a session is an operator", lambda v, _: v.startswith('{"$ne"')),
    ("json-cookie", "a JSON cookie is an operator", lambda v, _: v.startswith('j:{"$ne"')),
    (
        "like",
        "a session is looked for with LIKE",
        lambda v, known: v.endswith("%") and known.startswith(v[:-1]),
    ),
    (
        "glob",
        "a session is looked for as a pattern of keys",
        lambda v, known: v.endswith("*") and len(v) > 20 and known.startswith(v[:-1]),
    ),
    ("word", "the session admin is that of a first account", lambda v, _: v == "admin"),
    ("guest", "the session guest is that of a first account", lambda v, _: v == "guest"),
    (
        "an-example",
        "the session of the documentation is that of a first account",
        lambda v, _: v == "your-session-cookie",
    ),
):
    faults.add(
        f"session-widened-by-{name}",
        words,
        "authentication.made-up",
        build=partial(FirstOfTheTable, widens),
    )


class Stumbling(Reference):
    """Fails at some Cookie headers.

    Arguments:
        over: tells whether at this one.
    """

    def __init__(self, over: Callable[[bytes], bool]) -> None:
        super().__init__()
        self.over = over

    def read_session(self, request: Request) -> bytes | None:
        if any(self.over(header) for header in cookie_headers(request)):
            raise ValueError("that is no cookie")
        return super().read_session(request)


MADE_UP = ("authentication.made-up",)
for name, words, over, clauses in (
    (
        "two-of-them",
        "the session's cookie twice",
        lambda h: h.count(COOKIE + b"=") > 1,
        MADE_UP,
    ),
    (
        "an-empty-header",
        "an empty Cookie header",
        lambda h: not h,
        ("authentication.no-cookie",),
    ),
    ("invalid-utf-8", "percent-encoding that is no UTF-8", lambda h: b"%FF" in h, MADE_UP),
    ("an-octet", "an octet outside ASCII", lambda h: b"\xe9" in h, ()),
    ("no-token", "three parts that are no token", lambda h: b"=a.b.c" in h, MADE_UP),
    ("no-seal", "a seal that lacks parts", lambda h: b"=Fe26.2*x" in h, MADE_UP),
    ("a-path", "a slash in a session that names a file", lambda h: b"=Fe26.2*x/" in h, MADE_UP),
    ("no-signature", "a value that nothing signs", lambda h: h.endswith(b"=s:x"), MADE_UP),
    ("a-template", "braces in a session", lambda h: b"{0}" in h, MADE_UP),
):
    faults.add(
        f"stumbles-over-{name}",
        f"{words} makes the server fail",
        "input.no-server-error",
        *clauses,
        build=partial(Stumbling, over),
        # Where the session stands in several cookies of nearly its name, it may be twice, too.
        by_chance=("authentication.cookie-name", "authentication.other-cookie"),
    )

KEY = b"Qm7cVt2YxJ0rLw9sKd4hNf6gBz1uEp3a"


def _part(value: Any) -> str:
    return urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _signature(told: str, key: bytes) -> str:
    return urlsafe_b64encode(hmac.digest(key, told.encode(), "sha256")).decode().rstrip("=")


def _token(user: User, end: int) -> str:
    told = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part({'sub': user.id, 'exp': end})}"
    return f"{told}.{_signature(told, KEY)}"


def with_tokens(user: User) -> User:
    """Return a user whose sessions are JSON Web Tokens."""
    valid = replace(user.session, value=_token(user, 4_000_000_000))
    return replace(
        user, session=valid, expired=replace(user.expired, value=_token(user, 1_000_000_000))
    )


ANN, BEN = with_tokens(ALICE), with_tokens(BOB)


_NO_SIGNATURE = "absent"


def _key_in(header: dict[str, Any]) -> bytes:
    return urlsafe_b64decode(header["jwk"]["k"] + "==")


class BelievingTokens(Reference):
    """Believes a token that it should not.

    Arguments:
        believes: gets its header, what is signed, and its signature.
    """

    def __init__(self, believes: Callable[[dict[str, Any], str, str], bool]) -> None:
        super().__init__((ANN, BEN))
        self.believes = believes

    def find_reader(self, request: Request, value: bytes) -> User | None:
        shown = value.decode("latin-1")
        whole = shown if shown.count(".") > 1 else f"{shown}.{_NO_SIGNATURE}"
        told, _, signature = whole.rpartition(".")
        try:
            header, claims = (json.loads(urlsafe_b64decode(p + "==")) for p in told.split("."))
            if claims["exp"] == 4_000_000_000 and self.believes(header, told, signature):
                return self.users[claims["sub"]]
        except (ValueError, KeyError, TypeError):
            pass
        return super().find_reader(request, value)


for name, words, believes in (
    ("alg-none", "alg none, whatever its signature", lambda h, *_: h.get("alg") == "none"),
    ("alg-none-in-any-case", "alg nOnE", lambda h, _, s: h.get("alg") == "nOnE" and not s),
    ("alg-of-keys", "an alg whose keys are public", lambda h, _, __: h.get("alg") == "RS256"),
    ("unknown-alg", "an alg that it does not know", lambda h, *_: h.get("alg") != "HS256"),
    ("two-parts", "its first two parts alone", lambda *given: given[2] == _NO_SIGNATURE),
    ("its-own-key", "a key in its own header", lambda h, t, s: s == _signature(t, _key_in(h))),
    ("usual-key", "the key secret", lambda _, t, s: s == _signature(t, b"secret")),
    ("empty-key", "the empty key", lambda _, t, s: s == _signature(t, b"")),
):
    faults.add(
        f"token-believed-by-{name}",
        f"a token is believed by {words}",
        "authentication.made-up",
        build=partial(BelievingTokens, believes),
        target=partial(target_for, owner=ANN, stranger=BEN),
    )


def _with_objects(user: User) -> User:
    """Return a user whose sessions are JSON objects in base64, which nobody can guess."""
    return replace(
        user,
        session=replace(user.session, value=_part({"id": user.session.value})),
        expired=replace(user.expired, value=_part({"id": user.expired.value})),
    )


ANNE, BENNO = _with_objects(ALICE), _with_objects(BOB)


@faults(
    *("authentication.made-up", "input.no-server-error"),
    target=partial(target_for, owner=ANNE, stranger=BENNO),
)
class StumblingOverAList(Reference):
    """Fails where what a session holds in base64 is a list and no object."""

    def __init__(self) -> None:
        super().__init__((ANNE, BENNO))

    def find_reader(self, request: Request, value: bytes) -> User | None:
        if value == b"W10=":
            raise TypeError("list indices must be integers")
        return super().find_reader(request, value)


class FirstOfNothing(FirstOfTheTable):
    """Takes a session that is nothing in quotes for that of somebody who signed out."""

    def __init__(self) -> None:
        super().__init__(lambda shown, _: shown == '""')


faults.add(
    "nothing-in-quotes-is-a-session",
    "a session that is nothing in quotes is that of somebody who signed out",
    "authentication.made-up",
    build=FirstOfNothing,
)
