"""From a question in words to a request on the wire, for one target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

from neptun_conformance import chat_number
from neptun_conformance.chat_number import ChatNumber, Reading
from neptun_conformance.credentials import COOKIE, Caller, CannotAlter, NoSuchAlteration, anonymous
from neptun_conformance.due import Due, Place, due
from neptun_conformance.exchange import Request
from neptun_conformance.shapes import same_shape
from neptun_conformance.situations import (
    Account,
    Chat,
    ChatOf,
    Derived,
    DerivedUser,
    Question,
    Route,
    UnknownChat,
    UnknownUser,
    User,
    UserOf,
)
from neptun_conformance.target.missing import (
    further_missing_chat,
    missing_chat,
    missing_user,
)
from neptun_conformance.target.model import Identity, Target
from neptun_conformance.target.session import Role, SessionKeeper

LONGEST_PLAIN_PATH = 1024
LONGEST_PLAIN_HEADER = 4096
_ROLES: dict[str, Role] = {"owner": "owner", "stranger": "stranger", "expired": "expired"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Missing(LookupError):
    """The target lacks what a question needs, so it cannot be asked; the message says what."""


class NobodyThere(Missing):
    """The target names no such person at all."""


class Pointless(LookupError):
    """The question makes no sense for this target; the message says why."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of one run: the target's accounts, its sessions, and who and what is unknown.

    Arguments:
        target: the target.
        sessions: gives the current session of each role.
        unknown_user: a user id that names nobody.
        unknown_chat: the number of nobody's chat.
        further_unknown_chat: another such number.
    """

    target: Target
    sessions: SessionKeeper
    unknown_user: str
    unknown_chat: int
    further_unknown_chat: int

    @classmethod
    def of(cls, target: Target, sessions: SessionKeeper) -> Cast:
        """Return the people of a run against ``target``."""
        chats = missing_chat(target), further_missing_chat(target)
        return cls(target, sessions, missing_user(target), *chats)

    def identity(self, account: Account) -> Identity:
        """Return an account's identity.

        Raises:
            Missing: the target names no such account.
        """
        identity = self.target.owner if account is Account.OWNER else self.target.stranger
        if identity is None:
            raise NobodyThere(f"the target names no {account.value}")
        return identity

    def chat_id(self, chat: ChatOf) -> int:
        """Return the number of a real chat.

        Raises:
            Missing: the target does not name it.
        """
        identity = self.identity(chat.account)
        found = identity.empty_chat if chat.empty else identity.chat_with_files
        if found is None:
            raise Missing(f"the target does not name {chat}")
        return found.id

    def session(self, role: str) -> str:
        """Return the current session of a role.

        Raises:
            Missing: the target gives none.
        """
        value = self.sessions.current(_ROLES[role])
        if value is None:
            missing = Missing if role == "expired" else NobodyThere
            raise missing(f"the target names no {role}{' session' if role == 'expired' else ''}")
        return value

    def accounts(self) -> dict[str, Account]:
        """Return the accounts of the target by user id."""
        named = {
            a: self.target.owner if a is Account.OWNER else self.target.stranger for a in Account
        }
        return {identity.user_id: account for account, identity in named.items() if identity}

    def chats(self) -> dict[int, ChatOf]:
        """Return the real chats of the target by number."""
        found = {}
        for account in self.accounts().values():
            for chat in (ChatOf(account), ChatOf(account, empty=True)):
                try:
                    found[self.chat_id(chat)] = chat
                except Missing:
                    continue
        return found


@dataclass(frozen=True, slots=True)
class Ready:
    """A question that can be asked: its request, what is due to it, and its accepted twin.

    Arguments:
        question: the question in words.
        request: what goes out.
        due: what is due to it.
        chat: the real chat that it names under its owner, if any.
        asked_id: the number that the chat id stands for, if any.
        twin: the question that must be accepted before a refusal of this one says anything.
        plain: the same without what is particular about it, None where nothing is.
        readable: whether this caller may read the chat.
    """

    question: Question
    request: Request
    due: Due
    chat: ChatOf | None
    asked_id: int | None
    twin: Question | None = None
    plain: Question | None = None
    readable: bool = False


def ready(question: Question, cast: Cast, *, validators: dict[str, str] | None = None) -> Ready:
    """Work out what a question is on the wire, and what is due to it.

    Arguments:
        question: the question in words.
        cast: the people of the run.
        validators: ``etag`` and ``last_modified`` that the chat's owner was given.

    Raises:
        Missing: the target lacks an account, a chat or a session that the question needs.
        Pointless: the session does not allow the alteration that the caller makes, or the owner
            has not been given the validator to come back with.
    """
    caller = question.caller
    assert isinstance(caller, Caller)  # noqa: S101 - the only implementation of Presented
    user = _user_segment(question.user, cast)
    chat = _chat_segment(question.chat, cast)
    own = _user_segment(UserOf(caller.account) if caller.account else UnknownUser(), cast)
    path = question.route.value.format(user=user, chat=chat, own=own)
    query, headers = _filled(question, cast, _validators(question, validators or {}))
    channel_query, channel_headers = _presented(caller, cast)
    query = "&".join(part for part in (query, channel_query) if part)
    request = Request(
        method=question.method,
        target=f"{path}?{query}" if query else path,
        headers=headers + channel_headers,
    )
    place = _place(question, cast, user, chat, request)
    named = place.chat_of if place.chat_of and place.chat_of.account is place.user else None
    return Ready(
        question=question,
        request=request,
        due=due(place),
        chat=named,
        asked_id=place.chat.value,
        twin=_twin(place, cast),
        plain=plain_form(question),
        readable=place.readable,
    )


def plain_form(question: Question) -> Question | None:
    """Return the same caller's plain question for the same user and chat.

    A session that is shown elsewhere than in the cookie is no session, so there the plain form is
    that of somebody without a cookie. None where the question is plain, or has no plain form.
    """
    caller, user, chat = question.caller, question.user, question.chat
    if isinstance(caller, Caller) and caller.account is None and caller.channel != "cookie":
        caller = anonymous
    if isinstance(chat, Derived):
        chat = chat.chat
    if isinstance(user, UserOf):
        user = UserOf(user.account)
    if not isinstance(chat, ChatOf | UnknownChat) or not isinstance(user, UserOf | UnknownUser):
        return None
    plain = Question(caller=caller, user=user, chat=chat)
    return None if plain == question else plain


def segment(text: str) -> str:
    """Percent-encode a text into one path segment (RFC 3986 section 3.3).

    Unpaired surrogates, which UTF-8 cannot hold, go out as the invalid octets they would be.
    """
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def _user_segment(user: User, cast: Cast) -> str:
    if isinstance(user, UnknownUser):
        return segment(cast.unknown_user)
    if isinstance(user, DerivedUser):
        return segment(user.write(cast.identity(user.account).user_id))
    if not isinstance(user, UserOf):
        return user.text if user.encoded else segment(user.text)
    plain = cast.identity(user.account).user_id
    if user.encoding == "plain":
        return segment(plain)
    encoded = "".join(f"%{octet:02X}" for octet in plain.encode())
    return encoded if user.encoding == "in full" else encoded.lower()


def _chat_segment(chat: Chat, cast: Cast) -> str:
    if isinstance(chat, ChatOf):
        return str(cast.chat_id(chat))
    if isinstance(chat, UnknownChat):
        return str(cast.further_unknown_chat if chat.further else cast.unknown_chat)
    text = chat.write(cast.chat_id(chat.chat)) if isinstance(chat, Derived) else chat.text
    return text if chat.encoded else segment(text)


def _validators(question: Question, given: dict[str, str]) -> dict[str, str]:
    """Return the validators to send: those that were given, or others for who gets no 304 anyway.

    The owner's own date may be right whatever it is, so it is not made up.
    """
    chat = question.chat
    returns = isinstance(chat, ChatOf) and chat.account is question.caller.account
    for name in ("etag", "last_modified"):
        told = any(f"{{{name}}}" in value for _, value in question.headers)
        if told and returns and name not in given:
            raise Pointless(f"the answer has no {name.replace('_', '-')} to come back with")
    return {"etag": '"made-up"', "last_modified": "Thu, 01 Jan 2032 00:00:00 GMT"} | given


def _filled(
    question: Question, cast: Cast, validators: dict[str, str]
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Put the target's ids and the validators in the place of their names."""
    texts = [question.query, *(value for _, value in question.headers)]
    values = {f"{{{name}}}": value for name, value in validators.items()}
    host = urlsplit(cast.target.base_url).hostname or ""
    values["{host}"] = host.replace(":", "-")
    for account in Account:
        if any(f"{{{account.value}" in text for text in texts):
            values[f"{{{account.value}}}"] = segment(cast.identity(account).user_id)
            values[f"{{{account.value}_chat}}"] = str(cast.chat_id(ChatOf(account)))
            session = cast.session(account.value)
            values[f"{{{account.value}_session}}"] = quote(session, safe="")
            values[f"{{{account.value}_session_raw}}"] = session

    def fill(text: str) -> str:
        for name, value in values.items():
            text = text.replace(name, value)
        return text

    return fill(question.query), tuple((name, fill(value)) for name, value in question.headers)


def _presented(caller: Caller, cast: Cast) -> tuple[str, tuple[tuple[str, str], ...]]:
    if caller.channel == "none":
        return "", ()
    value = _shown_session(caller, cast)
    if caller.channel == "query":
        text = quote(value, safe="")
        pairs = _fitting(caller.names, text, 7 * LONGEST_PLAIN_PATH // 8)
        return "&".join("=".join(pair) for pair in pairs), ()
    if caller.channel == "headers":
        return "", tuple(_fitting(caller.names, value, 7 * LONGEST_PLAIN_HEADER // 8))
    if caller.channel == "bearer":
        return "", (("Authorization", f"Bearer {value}"),)
    return "", (("Cookie", _cookies(caller, value)),)


def _cookies(caller: Caller, value: str) -> str:
    if caller.channel == "cookie":
        return f"{COOKIE}={value}"
    if caller.channel == "among cookies":
        return f"theme=dark; {COOKIE}={value}; consent=a%3Db"
    pairs = _fitting(caller.names, value, 7 * LONGEST_PLAIN_HEADER // 8)
    return "; ".join("=".join(pair) for pair in pairs)


def _fitting(names: tuple[str, ...], value: str, octets: int) -> list[tuple[str, str]]:
    """Return the value by each name, by the first ones only where all would be too long."""
    each = len(value) + max(map(len, names)) + 2
    return [(name, value) for name in names[: max(1, octets // each)]]


def _shown_session(caller: Caller, cast: Cast) -> str:
    real = _starting_point(caller, cast)
    if caller.alter is None:
        return real
    try:
        return caller.alter(real)
    except CannotAlter as problem:
        raise Missing(str(problem)) from None
    except NoSuchAlteration as problem:
        raise Pointless(str(problem)) from None


def _starting_point(caller: Caller, cast: Cast) -> str:
    if caller.of is None:
        return ""
    if caller.of.endswith(" id"):
        return quote(cast.identity(Account(caller.of.removesuffix(" id"))).user_id, safe="@")
    return cast.session(caller.of)


def _place(question: Question, cast: Cast, user: str, chat: str, request: Request) -> Place:
    user_text, chat_text = _decoded(user), _decoded(chat)
    number = chat_number.read(chat_text) if chat_text is not None else ChatNumber(Reading.TEXT)
    account = cast.accounts().get(user_text) if user_text is not None else None
    known = isinstance(question.user, UnknownUser | UserOf) or account is not None
    owner_id = cast.target.owner.user_id if cast.target.owner else cast.unknown_user
    return Place(
        reader=question.caller.account,
        user=account,
        other_shape=not known and not same_shape(user_text or "", owner_id),
        respelled=_respelled(user, user_text) or _respelled(chat, chat_text),
        chat=number,
        chat_of=cast.chats().get(number.value) if number.value is not None else None,
        odd=question.route is not Route.PLAIN or _odd(question, user, chat, request),
        noisy=bool(question.query or question.headers),
        uncertain=isinstance(question.chat, Derived) and question.chat.uncertain,
    )


def _decoded(text: str) -> str | None:
    """Return what a path segment stands for, None where it is no UTF-8."""
    try:
        return unquote_to_bytes(text).decode("utf-8")
    except UnicodeDecodeError:
        return None


def _respelled(encoded: str, text: str | None) -> bool:
    return text is not None and encoded != segment(text)


def _odd(question: Question, user: str, chat: str, request: Request) -> bool:
    """Tell whether proxies and routers may treat a request in their own way.

    An encoded slash in the target's own user ids is not odd: the documentation allows any id.
    """
    segments = [chat] if isinstance(question.user, UserOf) else [user, chat]
    return (
        any(_odd_segment(text) for text in segments)
        or len(request.target) > LONGEST_PLAIN_PATH
        or any(len(name) + len(value) > LONGEST_PLAIN_HEADER for name, value in question.headers)
        or _odd_session(question, request)
    )


def _odd_session(question: Question, request: Request) -> bool:
    """Tell whether a made-up cookie is longer than proxies let pass, or no text to them."""
    return question.caller.account is None and any(
        len(value) > LONGEST_PLAIN_HEADER or not value.isascii() for _, value in request.headers
    )


def _odd_segment(encoded: str) -> bool:
    text = _decoded(encoded)
    return (
        text is None
        or text in {"", ".", ".."}
        or any(character in text for character in "/\\")
        or _CONTROL.search(text) is not None
        or re.search(r"%(?![0-9A-Fa-f]{2})", encoded) is not None
    )


def _twin(place: Place, cast: Cast) -> Question | None:
    """Return the accepted question that differs from this one in one thing.

    For a real chat under its own user that is its owner's plain question (the session differs);
    otherwise the same caller's, or the owner's, question for the own chat (the id differs).
    """
    if place.readable:
        return None
    if place.user is not None and place.chat_of is not None and place.chat_of.account is place.user:
        account, chat = place.user, place.chat_of
    else:
        account = place.reader or Account.OWNER
        chat = ChatOf(account)
    caller = Caller(f"the {account.value}", account, account.value)
    try:
        cast.session(account.value)
        cast.chat_id(chat)
    except Missing:
        return None
    return Question(caller=caller, user=UserOf(account), chat=chat)
