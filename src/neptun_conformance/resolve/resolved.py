"""From a question in words to a request on the wire, for one target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes, urlsplit

from neptun_conformance.contract import chat_number
from neptun_conformance.contract.chat_number import ChatNumber, Reading
from neptun_conformance.contract.id_shape import same_shape
from neptun_conformance.exchange import Request
from neptun_conformance.questions.callers import Caller, anonymous
from neptun_conformance.questions.situations import (
    ANYTHING_WILL_DO,
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
from neptun_conformance.resolve.expectation import Expected, Place, expectation
from neptun_conformance.resolve.participants import Missing, NotApplicableHere, Participants
from neptun_conformance.resolve.session_channels import (
    LONGEST_PLAIN_HEADER,
    LONGEST_PLAIN_PATH,
    shown_session,
)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class ResolvedQuestion:
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
    expected: Expected
    chat: ChatOf | None
    asked_id: int | None
    twin: Question | None = None
    plain: Question | None = None
    readable: bool = False


def resolve(
    question: Question, participants: Participants, *, validators: dict[str, str] | None = None
) -> ResolvedQuestion:
    """Work out what a question is on the wire, and what is due to it.

    Arguments:
        question: the question in words.
        participants: the people of the run.
        validators: ``etag`` and ``last_modified`` that the chat's owner was given.

    Raises:
        Missing: the target lacks an account, a chat or a session that the question needs.
        Pointless: the session does not allow the alteration that the caller makes, or the owner
            has not been given the validator to come back with.
    """
    caller = question.caller
    assert isinstance(caller, Caller)  # noqa: S101 - the only implementation of Presented
    user = _user_segment(question.user, participants)
    chat = _chat_segment(question.chat, participants)
    own = _user_segment(UserOf(caller.account) if caller.account else UnknownUser(), participants)
    path = _filled(question.route.value, participants).format(user=user, chat=chat, own=own)
    given = _validators(question, validators or {})
    query = _filled(question.query, participants, given)
    headers = tuple((name, _filled(value, participants, given)) for name, value in question.headers)
    channel_query, channel_headers = shown_session(caller, participants)
    query = "&".join(part for part in (query, channel_query) if part)
    request = Request(
        method=question.method,
        target=f"{path}?{query}" if query else path,
        headers=headers + channel_headers,
    )
    place = _place(question, participants, user, chat, request)
    named = place.chat_of if place.chat_of and place.chat_of.account is place.user else None
    return ResolvedQuestion(
        question=question,
        request=request,
        expected=expectation(place),
        chat=named,
        asked_id=place.chat.value,
        twin=_twin(place, participants),
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


def _user_segment(user: User, participants: Participants) -> str:
    if isinstance(user, UnknownUser):
        return segment(participants.unknown_user)
    if isinstance(user, DerivedUser):
        return segment(user.write(participants.identity(user.account).user_id))
    if not isinstance(user, UserOf):
        return user.text if user.encoded else segment(user.text)
    plain = participants.identity(user.account).user_id
    if user.encoding == "plain":
        return segment(plain)
    encoded = "".join(f"%{octet:02X}" for octet in plain.encode())
    return encoded if user.encoding == "in full" else encoded.lower()


def _chat_segment(chat: Chat, participants: Participants) -> str:
    if isinstance(chat, ChatOf):
        return str(participants.chat_id(chat))
    if isinstance(chat, UnknownChat):
        return str(participants.further_unknown_chat if chat.further else participants.unknown_chat)
    if isinstance(chat, Derived):
        text = _filled(chat.write(participants.chat_id(chat.chat)), participants)
    else:
        text = chat.text
    return text if chat.encoded else segment(text)


def _validators(question: Question, given: dict[str, str]) -> dict[str, str]:
    """Return the validators to send: those that were given, or others for who gets no 304 anyway.

    The owner's own date may be right whatever it is, so it is not made up.
    """
    chat = question.chat
    returns = isinstance(chat, ChatOf) and chat.account is question.caller.account
    given = _others(given) | given
    for name in ("etag", "last_modified", "other_etag"):
        told = any(f"{{{name}}}" in value for _, value in question.headers)
        if told and returns and name not in given:
            raise NotApplicableHere(f"the answer has no {name.replace('_', '-')} to come back with")
    return {"etag": '"made-up"', "last_modified": "Thu, 01 Jan 2032 00:00:00 GMT"} | given


def _others(given: dict[str, str]) -> dict[str, str]:
    """Return an entity tag that differs from the given one in its last character."""
    inner = given.get("etag", "").removesuffix('"')
    if inner in {"", '"', 'W/"'}:
        return {}
    return {"other_etag": f'{inner[:-1]}{"0" if inner[-1] != "0" else "1"}"'}


def _filled(text: str, participants: Participants, validators: dict[str, str] | None = None) -> str:
    """Put the target's ids, sessions and validators in the place of their names in a text."""
    values = {f"{{{name}}}": value for name, value in (validators or {}).items()}
    host = urlsplit(participants.target.base_url).hostname or ""
    values["{host}"] = host.replace(":", "-")
    for account in Account:
        if f"{{{account.value}" in text:
            values[f"{{{account.value}}}"] = segment(participants.identity(account).user_id)
            values[f"{{{account.value}_chat}}"] = str(participants.chat_id(ChatOf(account)))
            session = participants.session(account.value)
            values[f"{{{account.value}_session}}"] = quote(session, safe="")
            values[f"{{{account.value}_session_raw}}"] = session
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _place(
    question: Question, participants: Participants, user: str, chat: str, request: Request
) -> Place:
    user_text, chat_text = _decoded(user), _decoded(chat)
    number = chat_number.read(chat_text) if chat_text is not None else ChatNumber(Reading.TEXT)
    account = participants.accounts().get(user_text) if user_text is not None else None
    known = isinstance(question.user, UnknownUser | UserOf) or account is not None
    owner_id = (
        participants.target.owner.user_id
        if participants.target.owner
        else participants.unknown_user
    )
    return Place(
        reader=question.caller.account,
        user=account,
        other_shape=not known and not same_shape(user_text or "", owner_id),
        respelled=_respelled(user, user_text) or _respelled(chat, chat_text),
        chat=number,
        chat_of=participants.chats().get(number.value) if number.value is not None else None,
        odd=question.route is not Route.PLAIN or _odd(question, user, chat, request),
        noisy=bool(question.query or set(question.headers) - set(ANYTHING_WILL_DO)),
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


def _twin(place: Place, participants: Participants) -> Question | None:
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
        participants.session(account.value)
        participants.chat_id(chat)
    except Missing:
        return None
    return Question(caller=caller, user=UserOf(account), chat=chat)
