"""The callers of a run: how each shows a session, and what is wrong with it.

A caller presents at most one session. Only an untouched one in the documented cookie belongs to an
account; every other presentation is that of somebody without a valid session.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from neptun_conformance.cutting import quoted
from neptun_conformance.questions import forging
from neptun_conformance.questions.hashed import HashedOnce
from neptun_conformance.questions.situations import (
    Account,
    Chat,
    ChatOf,
    Derived,
    Question,
    User,
    UserOf,
)
from neptun_conformance.questions.tampering import Alteration, middle_changed, rewritten


@dataclass(frozen=True, slots=True)
class Caller(HashedOnce):
    """Somebody who asks.

    Arguments:
        words: who it is.
        account: whose session is shown untouched in the cookie, None for no valid session.
        of: the role whose session the presentation starts from, or whose user id; or
            ``HANDED_OUT`` for what the newest answer to a caller without a session has set, and
            with a number behind it for what answers of one kind of situation have set.
        alter: what is done to that, a function from the real value to the shown one.
        channel: where it goes: ``cookie``, ``other cookies``, ``query``,
            ``headers``, ``bearer``, ``basic``, ``none``.
        names: of the other cookies, parameters or headers; as many of them as a request holds.
        ending: the role whose session gives the last part in place of this one's own.
        named: the role whose user id stands in the session in the place of its holder's.
        after: names that another request shows as far as a short one has room for them, which are
            left out here; what is left of the own ones is then shown however long that gets, as
            far as servers take it. None where a request is to stay short.
    """

    words: str
    account: Account | None = None
    of: str | None = None
    alter: Alteration | None = None
    channel: str = "cookie"
    names: tuple[str, ...] = ()
    ending: str | None = None
    named: str | None = None
    after: tuple[str, ...] | None = None

    __hash__ = HashedOnce.__hash__

    @property
    def shows_a_session(self) -> bool:
        """Whether what is shown starts from a session, and not from a user id or from nothing."""
        return self.of is not None and not self.of.endswith(" id")

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

    __hash__ = HashedOnce.__hash__

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
KINDS_OF_HANDING_OUT = 6
"""Kinds of situation whose answers set a session, of which one session each is tried."""
with_expired_session = Caller("somebody with an expired session", of="expired")


def with_session_set_in(situation: int) -> Caller:
    """Return a caller with a session that an answer of the run has set, whoever asked and how.

    Arguments:
        situation: counts the kinds of situation in which answers did so, from 0.
    """
    words = f"somebody with a session that refusals set, of their kind {situation + 1}"
    return Caller(words, of=f"{HANDED_OUT} {situation}")


def shows_what_was_set(question: Question) -> bool:
    """Tell whether a question shows a session that the answers to others may set."""
    return (question.caller.of or "").startswith(HANDED_OUT)


def with_session(value: str) -> Caller:
    """Return a caller with a made-up session."""
    return Caller(f"somebody with the made-up session {quoted(value)}", alter=lambda _: value)


def with_altered(person: Person, words: str, alter: Alteration) -> Caller:
    """Return a caller with a person's session after an alteration."""
    return Caller(f"somebody with {person.words}'s session {words}", of=person.of, alter=alter)


with_rewritten_session = with_altered(owner, "with every character changed", rewritten)
with_middle_changed = with_altered(owner, "with 6 characters in the middle changed", middle_changed)


def with_spliced(person: Person, other: Person) -> Caller:
    """Return a caller with the first parts of one session and the last part of another."""
    words = f"somebody with {person.words}'s session with the end of {other.words}'s"
    return Caller(words, of=person.of, ending=other.of)


def with_renamed(person: Person, other: Person) -> Caller:
    """Return a caller with one's session in which another's user id stands for the own one."""
    words = f"somebody with {person.words}'s session that names {other.words}"
    return Caller(words, of=person.of, named=other.of)


def with_forged(person: Person, words: str, forge: Alteration) -> Caller:
    """Return a caller with a session that is made of a person's user id.

    Arguments:
        person: whose id it is.
        words: how it is made, such as ``in base64``.
        forge: gets the user id and returns the session.
    """
    return Caller(
        f"somebody with {person.words}'s user id {words} as the session",
        of=f"{person.of} id",
        alter=forge,
    )


def with_user_id_as_session(person: Person) -> Caller:
    """Return a caller who shows a person's user id in place of a session."""
    return Caller(
        f"somebody with {person.words}'s user id as the session",
        of=f"{person.of} id",
        alter=forging.plainly,
    )


def with_names(caller: Caller, names: tuple[str, ...]) -> Caller:
    """Return a caller who shows the same session under some of the names alone, or not at all."""
    if not names:
        return replace(caller, channel="none", names=())
    before = caller.words.removesuffix(", ".join(caller.names))
    after = None if caller.after is None else ()
    words = f"{before}{', '.join(names)}".rstrip()
    return replace(caller, words=words, names=names, after=after)


def through(
    channel: str, person: Person, *names: str, after: tuple[str, ...] | None = None
) -> Caller:
    """Return a caller who shows a person's session somewhere else than in the cookie.

    Arguments:
        channel: ``other cookies``, ``query``, ``headers``, ``bearer`` or ``basic``.
        person: whose session it is.
        names: under which it is shown at once.
        after: see ``Caller``.
    """
    words = f"somebody with {person.words}'s session as {channel} {', '.join(names)}".rstrip()
    return Caller(words, of=person.of, channel=channel, names=names, after=after)
