"""The callers of a run: how each shows a session, and what is wrong with it.

A caller presents at most one session. Only an untouched one in the documented cookie belongs to an
account; every other presentation is that of somebody without a valid session.
"""

from __future__ import annotations

import json
import re
import string
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from neptun_conformance.questions.situations import (
    Account,
    Chat,
    ChatOf,
    Derived,
    Question,
    User,
    UserOf,
)

COOKIE = "neptun-session"
SHORTEST_ALTERABLE = 16
"""A shorter session has too few characters to change some and keep others."""

FEWEST_OF_A_SIGNATURE = 6


class CannotAlter(ValueError):
    """The session does not allow this alteration; the message says why."""


class NoSuchAlteration(ValueError):
    """The alteration would not be one for this session, so its clause does not apply."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks.

    Arguments:
        words: who it is.
        account: whose session is shown untouched in the cookie, None for no valid session.
        of: the role whose session the presentation starts from, or whose user id; or
            ``HANDED_OUT`` for what the newest answer to a caller without a session has set.
        alter: what is done to that session, a function from the real value to the shown one.
        channel: where it goes: ``cookie``, ``other cookies``, ``query``,
            ``headers``, ``bearer``, ``basic``, ``none``.
        names: of the other cookies, parameters or headers; as many of them as a request holds.
        ending: the role whose session gives the last part in place of this one's own.
    """

    words: str
    account: Account | None = None
    of: str | None = None
    alter: Callable[[str], str] | None = None
    channel: str = "cookie"
    names: tuple[str, ...] = ()
    ending: str | None = None

    def asks(self, chat: Chat, *, under: User | Person | None = None) -> Question:
        """Return this caller's question for a chat, under its owner's id unless told otherwise."""
        return Question(caller=self, user=_user(chat, under), chat=chat)

    def asks_each(
        self, chats: Iterable[Chat], *, under: User | Person | None = None
    ) -> tuple[Question, ...]:
        """Return this caller's questions for several chats, see ``asks``."""
        return tuple(self.asks(chat, under=under) for chat in chats)


@dataclass(frozen=True, slots=True)
class Person(Caller):
    """An account holder: the caller with the untouched session, the user id, and both chats."""

    @property
    def full(self) -> ChatOf:
        """The chat with files."""
        return ChatOf(self._account)

    @property
    def empty(self) -> ChatOf:
        """The chat without files."""
        return ChatOf(self._account, empty=True)

    @property
    def user(self) -> UserOf:
        """The user id."""
        return UserOf(self._account)

    @property
    def _account(self) -> Account:
        assert self.account is not None  # noqa: S101 - persons are made below, with an account
        return self.account


def _user(chat: Chat, under: User | Person | None) -> User:
    if isinstance(under, Person):
        return under.user
    if under is not None:
        return under
    if isinstance(chat, ChatOf):
        return UserOf(chat.account)
    if isinstance(chat, Derived):
        return UserOf(chat.chat.account)
    return UserOf(Account.OWNER)


owner = Person("the owner", Account.OWNER, "owner")
stranger = Person("the stranger", Account.STRANGER, "stranger")
anonymous = Caller("somebody without a cookie", channel="none")
with_empty_cookie = Caller("somebody with an empty session cookie", alter=lambda _: "")
HANDED_OUT = "handed out"
with_handed_out_session = Caller("somebody with a session that a refusal set", of=HANDED_OUT)
with_expired_session = Caller("somebody with an expired session", of="expired")


def with_session(value: str) -> Caller:
    """Return a caller with a made-up session."""
    return Caller(f"somebody with the made-up session {value!r}", alter=lambda _: value)


def with_altered(person: Person, words: str, alter: Callable[[str], str]) -> Caller:
    """Return a caller with a person's session after an alteration."""
    return Caller(f"somebody with {person.words}'s session {words}", of=person.of, alter=alter)


def with_spliced(person: Person, other: Person) -> Caller:
    """Return a caller with the first parts of one session and the last part of another."""
    words = f"somebody with {person.words}'s session with the end of {other.words}'s"
    return Caller(words, of=person.of, ending=other.of)


def with_user_id_as_session(person: Person) -> Caller:
    """Return a caller who shows a person's user id in place of a session."""
    return Caller(f"somebody with {person.words}'s user id as the session", of=f"{person.of} id")


def with_forged_token(person: Person) -> Caller:
    """Return a caller who shows an unsigned token that names a person (RFC 7519 section 6)."""
    words = f"somebody with an unsigned token for {person.words}"
    return Caller(words, of=f"{person.of} id", alter=unsigned_token)


def through(channel: str, person: Person, *names: str) -> Caller:
    """Return a caller who shows a person's session somewhere else than in the cookie.

    Arguments:
        channel: ``other cookies``, ``query``, ``headers``, ``bearer`` or ``basic``.
        person: whose session it is.
        names: under which it is shown at once.
    """
    words = f"somebody with {person.words}'s session as {channel} {', '.join(names)}".rstrip()
    return Caller(words, of=person.of, channel=channel, names=names)


def rewritten(session: str) -> str:
    """Change every character into another of its own kind."""
    hexadecimal = set(session) <= set(string.hexdigits + "-")
    return "".join(_other(character, hexadecimal=hexadecimal) for character in session)


def _unpadded(session: str) -> tuple[str, str]:
    """Return what of a session counts, and the padding behind it, which servers may ignore."""
    _long_enough(session)
    core = re.sub(r"(?:=|%3[Dd])+$", "", session)
    if len(core) < FEWEST_OF_A_SIGNATURE:
        raise CannotAlter("the session is almost nothing but padding")
    return core, session[len(core) :]


def ending_changed(count: int) -> Callable[[str], str]:
    """Return an alteration of all of the last ``count`` characters."""

    def alter(session: str) -> str:
        _long_enough(session)
        return _with_other_end(session, count)

    return alter


def _with_other_end(session: str, count: int) -> str:
    return session[:-count] + rewritten(session)[-count:]


def changed_before_padding(session: str) -> str:
    """Change the last six characters that count, and keep any padding behind them."""
    core, padding = _unpadded(session)
    return _with_other_end(core, 6) + padding


def middle_changed(session: str) -> str:
    """Change six characters in the middle and keep both ends."""
    _long_enough(session)
    start = len(session) // 2 - 3
    return session[:start] + rewritten(session)[start : start + 6] + session[start + 6 :]


def cut_by(count: int) -> Callable[[str], str]:
    """Return an alteration that drops the last ``count`` characters, and padding beside them."""

    def alter(session: str) -> str:
        return _unpadded(session)[0][:-count]

    return alter


def preceded(session: str) -> str:
    """Put text before a session that is none of its own."""
    return f"neptun-{session}"


def half(session: str) -> str:
    """Keep the first half of a session only."""
    _long_enough(session)
    return session[: len(session) // 2]


def unsigned(session: str) -> str:
    """Leave out what is behind the last dot, star or tilde, which is mostly a signature.

    Raises:
        NoSuchAlteration: fewer than 6 characters are, or the session has no such parts.
    """
    _long_enough(session)
    kept, _, signature = session.replace("*", ".").replace("~", ".").rpartition(".")
    if len(signature) < FEWEST_OF_A_SIGNATURE or not kept:
        raise NoSuchAlteration("the session has no part that may be a signature")
    return session[: len(kept) + 1]


def unsigned_token(user_id: str) -> str:
    """Return a JSON Web Token without a signature whose claims name a user."""
    claims = dict.fromkeys(("sub", "id", "user_id", "userId", "uid"), unquote(user_id))
    parts = ({"alg": "none", "typ": "JWT"}, claims | {"iat": 0, "exp": 4_102_444_800})
    encoded = (urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts)
    return f"{'.'.join(encoded)}."


def spliced(session: str, other: str) -> str:
    """Put the first parts of a session before the last part of another, which may be a signature.

    Raises:
        NoSuchAlteration: they have no such parts, share one of them, or fewer than 6 characters
            are in the last one, which may then be the name of a machine.
    """
    for mark in ".~*:|":
        (kept, _, own), (first, _, last) = session.rpartition(mark), other.rpartition(mark)
        long_enough = min(len(own), len(last)) >= FEWEST_OF_A_SIGNATURE
        if kept and first and kept != first and long_enough and own != last:
            return f"{kept}{mark}{last}"
    raise NoSuchAlteration("the sessions have no parts that could be put together")


# Beside ASCII, the other case of a letter may be no single octet: that of ÿ is none.
_OTHER_CASE = str.maketrans(string.ascii_letters, string.ascii_uppercase + string.ascii_lowercase)


def case_changed(session: str) -> str:
    """Change the case of every letter.

    Raises:
        NoSuchAlteration: the session holds no letters past f in both cases, so that its letters
            may be digits of a number system in which case means nothing.
    """
    beyond = [c for c in session if c in string.ascii_letters and c.lower() > "f"]
    if not (any(c.islower() for c in beyond) and any(c.isupper() for c in beyond)):
        raise NoSuchAlteration("the session holds no letters past f in both cases")
    return session.translate(_OTHER_CASE)


def _long_enough(session: str) -> None:
    if len(session) < SHORTEST_ALTERABLE:
        raise CannotAlter(f"the session is shorter than {SHORTEST_ALTERABLE} characters")


def _other(character: str, *, hexadecimal: bool) -> str:
    """Return a character that differs and that says nothing about the one it replaces."""
    if character in string.digits:
        kind = "01"
    elif character in string.ascii_letters:
        kind = ("ab" if hexadecimal else "qz") if character.islower() else "AB"
    else:
        kind = "xy"
    return kind[1] if character == kind[0] else kind[0]
