"""From a question in words to a request on the wire, for one target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from neptun_conformance.contract import chat_number
from neptun_conformance.contract.chat_number import ChatNumber, Reading
from neptun_conformance.contract.id_shape import respells, same_shape
from neptun_conformance.exchange import Request
from neptun_conformance.questions.array import Kind
from neptun_conformance.questions.bundles import MOST_OF_A_KIND
from neptun_conformance.questions.callers import Caller, anonymous
from neptun_conformance.questions.free_voices import Free, left_free
from neptun_conformance.questions.situations import (
    Account,
    ChatOf,
    Derived,
    Headers,
    Question,
    UnknownChat,
    UnknownUser,
    UserOf,
)
from neptun_conformance.resolve.encoding import decoded, respelled
from neptun_conformance.resolve.expectation import Expected, Place, expectation
from neptun_conformance.resolve.filling import chat_segment, filled, user_segment, validators_for
from neptun_conformance.resolve.kinds import kind_of
from neptun_conformance.resolve.liberties import (
    Form,
    form,
    from_elsewhere,
    is_long,
    is_odd,
    may_be_closed,
    names_an_address,
    shows_two_sessions,
    touches_gateways,
)
from neptun_conformance.resolve.participants import Missing, Participants
from neptun_conformance.resolve.session_channels import shown_session
from neptun_conformance.resolve.voiced import by_the_documented_client, in_voice

_REFUSABLE = {Free.REFUSAL, Free.NOTHING}


@dataclass(frozen=True, slots=True)
class ResolvedQuestion:
    """A question that can be asked: its request, what is due to it, and its accepted twin.

    Arguments:
        question: the question in words.
        request: what goes out.
        expected: what is due to it.
        chat: the real chat that it names under its owner, if any.
        numbered: the real chat that the number belongs to, under whichever user, if any.
        asked_id: the number that the chat id stands for, if any.
        twin: the question that must be accepted before a refusal of this one says anything.
        plain: the same without what is particular about it, None where nothing is.
        readable: whether this caller may read the chat.
        form: the form in which a body is due.
        links_free: links may be made of what the request says of its own address.
        closable: the connection may be closed in place of an answer.
        is_long: its path or a header is longer than servers need to take.
        kind: the kind of the situation, None where something else about it is particular.
    """

    question: Question
    request: Request
    expected: Expected
    chat: ChatOf | None
    asked_id: int | None
    twin: Question | None = None
    plain: Question | None = None
    readable: bool = False
    numbered: ChatOf | None = None
    form: Form = Form.JSON
    links_free: bool = False
    closable: bool = False
    is_long: bool = False
    kind: Kind | None = None


def resolve(
    question: Question,
    participants: Participants,
    *,
    validators: dict[str, str] | None = None,
    handed_out: str | None = None,
) -> ResolvedQuestion:
    """Work out what a question is on the wire, and what is due to it.

    Arguments:
        question: the question in words.
        participants: the people of the run.
        validators: ``etag`` and ``last_modified`` that the chat's owner was given.
        handed_out: the session that a caller without one was given, if any was.

    Raises:
        Missing: the target lacks an account, a chat or a session that the question needs, or sets
            a header itself that the question needs.
        NotApplicableHere: the session does not allow the alteration that the caller makes, or the
            owner has not been given the validator to come back with.
    """
    caller = question.caller
    user = user_segment(question.user, participants)
    chat = chat_segment(question.chat, participants)
    path = _path(question, participants, (user, chat))
    given = validators_for(question, validators or {}) if _names_any(question) else {}
    query = filled(question.query, participants, given)
    kept = _left_to_us(question.headers, participants)
    headers = tuple((name, filled(value, participants, given)) for name, value in kept)
    body = filled(question.body, participants, given)
    channel_query, channel_headers = shown_session(caller, participants, handed_out=handed_out)
    query = "&".join(part for part in (query, channel_query) if part)
    request = Request(
        method=question.method,
        target=f"{path}?{query}" if query else path,
        headers=_with_session(headers, channel_headers),
        body=body.encode("latin-1"),
    )
    spoken = _spoken(request, question, participants)
    closable, long = may_be_closed(spoken), is_long(spoken, participants)
    odd = closable or long or is_odd(question, user, chat, participants)
    place = _place(question, participants, (user, chat), request, odd=odd)
    named = place.chat_of if place.chat_of and place.chat_of.account is place.user else None
    expected = expectation(place)
    return ResolvedQuestion(
        question=question,
        request=spoken,
        expected=expected,
        chat=named,
        asked_id=place.chat.value,
        twin=_twin(place, participants),
        plain=plain_form(question),
        readable=place.readable,
        numbered=place.chat_of,
        form=form(spoken.headers),
        links_free=names_an_address(spoken.headers),
        closable=closable,
        is_long=long,
        kind=kind_of(question, place, expected),
    )


def _names_any(question: Question) -> bool:
    """Tell whether something of a target may stand in a question by its name."""
    return bool(question.headers or question.query or question.body)


def _path(question: Question, participants: Participants, segments: tuple[str, str]) -> str:
    user, chat = segments
    route, account = filled(question.route.value, participants), question.caller.account
    own = UserOf(account) if account else UnknownUser()
    segment = user_segment(own, participants) if "{own}" in route else ""
    return route.format(user=user, chat=chat, own=segment)


def _spoken(request: Request, question: Question, participants: Participants) -> Request:
    if question.documented:
        return by_the_documented_client(request)
    return in_voice(request, question.voice, participants.target)


def _with_session(headers: Headers, shown: Headers) -> Headers:
    """Return the headers of a question and those that show a session, in one Cookie header."""
    cookies = [value for name, value in (*headers, *shown) if name == "Cookie"]
    if len(cookies) < 2:
        return headers + shown
    others = tuple(pair for pair in (*headers, *shown) if pair[0] != "Cookie")
    return (*others, ("Cookie", "; ".join(cookies)))


def _left_to_us(headers: Headers, participants: Participants) -> Headers:
    """Return the headers that the target file does not set: its own go out with every request.

    Raises:
        Missing: a header is wanted that it sets; of a bundle, all of them.
    """
    if not participants.target.headers:
        return headers
    kept = tuple(pair for pair in headers if pair[0].lower() not in participants.target.headers)
    if len(kept) < len(headers) and (not kept or len(headers) <= MOST_OF_A_KIND):
        name = next(pair[0] for pair in headers if pair not in kept)
        raise Missing(f"the target file sets the header {name} itself")
    return kept


@lru_cache(maxsize=2048)
def plain_form(question: Question) -> Question | None:
    """Return the same caller's plain question for the same user and chat.

    A session that is shown elsewhere than in the cookie is no session, so there the plain form is
    that of somebody without a cookie. None where the question is plain, or has no plain form.
    """
    caller, user, chat = question.caller, question.user, question.chat
    if caller.account is None and caller.channel != "cookie":
        caller = anonymous
    if isinstance(chat, Derived):
        chat = chat.chat
    if isinstance(user, UserOf):
        user = UserOf(user.account)
    if not isinstance(chat, ChatOf | UnknownChat) or not isinstance(user, UserOf | UnknownUser):
        return None
    plain = Question(caller=caller, user=user, chat=chat)
    return None if plain == question.in_voice(()) else plain


def _place(
    question: Question,
    participants: Participants,
    segments: tuple[str, str],
    request: Request,
    *,
    odd: bool,
) -> Place:
    """Return where a question stands, by its segments and its request without a voice."""
    user, chat = segments
    user_text, chat_text = decoded(user), decoded(chat)
    number = chat_number.read(chat_text) if chat_text is not None else ChatNumber(Reading.TEXT)
    account, other_spelling = _named(user_text, participants)
    chat_of = participants.chats.get(number.value) if number.value is not None else None
    certain = isinstance(question.chat, UnknownChat) or number.value == chat_number.NOBODYS_CHAT
    guessed = number.value is not None and not certain
    free = left_free(question.voice)
    owner = participants.target.owner
    owner_id = owner.user_id if owner else participants.unknown_user
    return Place(
        reader=question.caller.account,
        user=account,
        other_shape=not same_shape(user_text or "", owner_id),
        respelled=other_spelling or respelled(user) or respelled(chat),
        chat=number,
        chat_of=chat_of,
        odd=odd,
        noisy=bool(question.query or question.headers or question.body) or Free.NOTHING in free,
        uncertain=guessed and chat_of is None,
        gateway=touches_gateways(question, request, participants),
        foreign_voice=from_elsewhere(request.headers) or bool(free & _REFUSABLE),
        unknown_input=bool(question.query or question.body) or shows_two_sessions(request.headers),
    )


def _named(user_id: str | None, participants: Participants) -> tuple[Account | None, bool]:
    """Return whom a user id names, and whether it does so by a second spelling."""
    accounts = participants.accounts
    if user_id is None or user_id in accounts:
        return accounts.get(user_id or ""), False
    same = [account for own, account in accounts.items() if respells(user_id, own)]
    return (same[0], True) if same else (None, False)


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
    try:
        participants.session(account.value)
        participants.chat_id(chat)
    except Missing:
        return None
    return _own_question(account, chat)


@lru_cache(maxsize=16)
def _own_question(account: Account, chat: ChatOf) -> Question:
    caller = Caller(f"the {account.value}", account, account.value)
    return Question(caller=caller, user=UserOf(account), chat=chat)
