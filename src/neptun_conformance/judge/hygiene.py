"""Demands of good custom: caching, cookies, HEAD, Allow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from neptun_conformance import http_date
from neptun_conformance.bodies.problem import Problem, shown
from neptun_conformance.contract.endpoint import COOKIE
from neptun_conformance.exchange import Response
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Subject, judges
from neptun_conformance.questions.situations import ChatOf, UnknownChat
from neptun_conformance.resolve.expectation import STATUSES

_CDN_HEADERS = re.compile(
    r"surrogate-control|edge-control|x-accel-expires|akamai-cache-control"
    r"|x-litespeed-cache-control|(?:[a-z]+-)*cdn-cache-control"
)
_NOT_IMPLEMENTED = 501
_NOT_KEPT = {
    ("x-accel-expires", "0"),
    ("x-litespeed-cache-control", "no-cache"),
    ("edge-control", "bypass-cache"),
}
"""What tells a cache of its own not to keep an answer, in words that others take otherwise."""
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def not_be_for_shared_caches(answer: Answer) -> Iterator[Problem]:
    """Demand that private data is not marked for shared caches (RFC 9111 section 5.2.2)."""
    response = answer.response
    if response is None:
        return
    own = response.header("Cache-Control") or ""
    told = [(name.lower(), value.strip()) for name, value in response.headers]
    cdn = [v for n, v in told if _CDN_HEADERS.fullmatch(n) and (n, v.lower()) not in _NOT_KEPT]
    directives = _directives(", ".join([own, *cdn]))
    if directives & {"private", "no-store"}:
        return
    if cdn or directives & {"public", "s-maxage"}:
        marks = ", ".join([own, *cdn]).strip(", ")
        yield Problem(
            "private data is marked as storable by shared caches",
            "private or no-store",
            shown(marks),
        )


def _directives(value: str) -> set[str]:
    return {part.partition("=")[0].strip().lower() for part in _QUOTED.sub("", value).split(",")}


def issued_sessions(response: Response) -> list[str]:
    """Return the Set-Cookie values that give the session cookie a value that lasts."""
    return [v for v in response.header_values("Set-Cookie") if _issues_a_session(v)]


def _issues_a_session(value: str) -> bool:
    pair, *attributes = (part.strip() for part in value.split(";"))
    name, _, content = pair.partition("=")
    if name.strip() != COOKIE or not content.strip().strip('"'):
        return False
    return not any(_is_over(*attribute.partition("=")[::2]) for attribute in attributes)


def _is_over(name: str, value: str) -> bool:
    """Tell whether an attribute deletes the cookie instead of setting it."""
    if name.strip().lower() == "max-age":
        return value.strip().startswith("-") or value.strip() == "0"
    if name.strip().lower() != "expires":
        return False
    moment = http_date.read(value.strip())
    return moment is not None and moment < datetime.now(UTC)


def _lacking(answer: Answer, attribute: str) -> Iterator[Problem]:
    for value in issued_sessions(answer.response) if answer.response else []:
        attributes = {part.partition("=")[0].strip().lower() for part in value.split(";")[1:]}
        if attribute.lower() not in attributes:
            message = f"the session cookie is set without {attribute}"
            yield Problem(message, attribute, ", ".join(sorted(attributes)) or "no attribute")


def set_http_only(answer: Answer) -> Iterator[Problem]:
    """Demand HttpOnly of a session cookie (RFC 6265 section 4.1.2.6)."""
    return _lacking(answer, "HttpOnly")


def set_secure(answer: Answer) -> Iterator[Problem]:
    """Demand Secure of a session cookie (RFC 6265 section 4.1.2.5)."""
    return _lacking(answer, "Secure")


def sets_a_session(answer: Answer) -> bool:
    """Tell whether an answer gives the session cookie a value."""
    return answer.response is not None and bool(issued_sessions(answer.response))


def sets_a_session_here(answer: Answer) -> bool:
    """Tell whether an answer does so that is not another site's."""
    return not answer.elsewhere and sets_a_session(answer)


def _has_a_get_beside_it(answer: Answer) -> bool:
    plain = answer.plain_form
    get = plain.response if plain else None
    if answer.status in {None, _NOT_IMPLEMENTED} or plain is None or get is None:
        return False
    wanted = STATUSES.get(plain.resolved.expected)
    return plain.refused if wanted is None else get.status == wanted


@judges(
    about=Subject(
        _has_a_get_beside_it,
        "HEAD is a 501, or no GET got the expected status, so HEAD cannot be compared",
    )
)
def answer_head_as_get(answer: Answer) -> Iterator[Problem]:
    """Demand that HEAD has the status and the media type of the same caller's GET.

    Where that GET is not answered as is due to it, HEAD has nothing to go by; a server may also
    offer no HEAD, and say so with a 501 (RFC 9110 section 15.6.2).
    """
    head, plain = answer.response, answer.plain_form
    get = plain.response if plain else None
    if head is None or get is None or not _has_a_get_beside_it(answer):
        return
    if head.status != get.status:
        yield Problem(
            "HEAD and GET differ in status", f"status {get.status}", f"status {head.status}"
        )
    elif head.wire_size:
        yield Problem("HEAD returns a body", "no content", f"{head.wire_size} bytes")
    elif _media_type(head) not in {None, _media_type(get)}:
        wanted, actual = shown(_media_type(get)), shown(_media_type(head))
        yield Problem("HEAD and GET differ in media type", wanted, actual)
    else:
        yield from _another_length(head, answer)


def _another_length(head: Response, answer: Answer) -> Iterator[Problem]:
    """Compare the length that HEAD tells with that of every reading, if they all have one.

    It may tell none. One of 0 is wrong, too, where content would come (RFC 9110 section 8.6).
    """
    told = head.header("Content-Length")
    readings = (
        other.response
        for question, other in answer.facts.alone.items()
        if question.method == "GET" and other.resolved.chat == answer.resolved.chat
        if other.accepted and other.response is not None
    )
    coding = head.header("Content-Encoding")
    lengths = {
        reading.header("Content-Length")
        for reading in readings
        if reading.header("Content-Encoding") == coding
    }
    if head.status == 200 and told is not None and len(lengths) == 1 and lengths != {told}:
        (wanted,) = lengths
        if wanted is not None:
            yield Problem("HEAD and GET differ in length", f"{wanted} bytes", f"{told} bytes")


def _media_type(response: Response) -> str | None:
    value = response.header("Content-Type")
    return value.partition(";")[0].strip().lower() if value else None


def _own_head_of_a_missing_chat(answer: Answer) -> Response | None:
    other = answer.facts.alone.get(replace(answer.resolved.question, chat=UnknownChat()))
    return other.response if other else None


def _head_of_a_missing_chat(answer: Answer) -> Response | None:
    """Return what HEAD gets for a chat that does not exist, whoever asked."""
    others = (
        other.response
        for question, other in answer.facts.alone.items()
        if question.method == "HEAD" and question.chat == UnknownChat() and other.response
    )
    return _own_head_of_a_missing_chat(answer) or next(others, None)


def _is_a_head_to_compare(answer: Answer) -> bool:
    get = answer.plain_form
    if isinstance(answer.resolved.question.chat, UnknownChat) or answer.response is None:
        return False
    return _head_of_a_missing_chat(answer) is not None and get is not None and get.refused


@judges(about=Subject(_is_a_head_to_compare, "no HEAD of another user's chat could be compared"))
def reveal_nothing_by_head(answer: Answer) -> Iterator[Problem]:
    """Demand that HEAD tells no more of a foreign chat than GET does.

    A missing chat is asked for with HEAD, too: what both have in common reveals nothing. Where
    only somebody else asked for it, the status may differ by the caller.
    """
    missing, head, get = _head_of_a_missing_chat(answer), answer.response, answer.plain_form
    if head is None or missing is None or get is None or get.response is None or not get.refused:
        return
    own = _own_head_of_a_missing_chat(answer)
    if own and head.status not in {get.status, own.status}:
        expected = f"status {get.status} as for GET"
        yield Problem(
            "HEAD distinguishes another user's chat from a missing one", expected, described(answer)
        )
    for name in ("ETag", "Last-Modified"):
        if head.header(name) and not get.response.header(name) and not missing.header(name):
            actual = f"{name}: {head.header(name)}"
            yield Problem("HEAD describes another user's chat", f"no {name}, as for GET", actual)
    real = _length_of_the_real_answer(answer)
    if real and head.header("Content-Length") == real != get.response.header("Content-Length"):
        expected = "another length than that of the files"
        yield Problem("HEAD gives the length of another user's chat", expected, f"{real} bytes")


def _has_a_length_to_compare(answer: Answer) -> bool:
    return _own_head_of_a_missing_chat(answer) is not None and bool(_length_of_refusals(answer))


@judges(
    about=Subject(_has_a_length_to_compare, "refusals of GET do not all have the same length here")
)
def tell_no_length_by_head(answer: Answer) -> Iterator[Problem]:
    """Demand that HEAD tells of a foreign chat the length that refusals have, or none."""
    own, due = _own_head_of_a_missing_chat(answer), _length_of_refusals(answer)
    told = answer.response.header("Content-Length") if answer.response else None
    if own and due and told and told not in {due, own.header("Content-Length")}:
        message = "HEAD of another user's chat differs from that of a missing one in length"
        yield Problem(message, f"{due} bytes", f"{told} bytes")


def _length_of_refusals(answer: Answer) -> str | None:
    """Return how long the refusals are that GET gets here, None where they are not all alike.

    The two missing chats have numbers of different lengths, so that one that is repeated shows.
    """
    get = replace(answer.resolved.question, method="GET", turn=0)
    chats = (get.chat, UnknownChat(), UnknownChat(further=True))
    answers = [answer.facts.alone.get(replace(get, chat=chat)) for chat in chats]
    if not all(one and one.status == answer.status and one.response for one in answers):
        return None
    coding = answer.response.header("Content-Encoding") if answer.response else None
    told = {
        (one.response.header("Content-Length"), one.response.header("Content-Encoding"))
        for one in answers
        if one and one.response
    }
    (length, coded), *others = told
    return length if not others and coded == coding else None


def _length_of_the_real_answer(answer: Answer) -> str | None:
    chat = answer.resolved.question.chat
    plain = answer.facts.plain.get(chat) if isinstance(chat, ChatOf) else None
    return plain.response.header("Content-Length") if plain and plain.response else None


def be_refused_by_method(answer: Answer) -> Iterator[Problem]:
    """Demand that an unsafe method is no success."""
    if answer.succeeds:
        yield Problem("an unsafe method succeeds", "no status from 200 to 299", described(answer))


@judges(about=Subject(lambda answer: answer.status == 405, "no 405 was returned", applicable=False))
def name_what_is_allowed(answer: Answer) -> Iterator[Problem]:
    """Demand Allow with a 405 (RFC 9110 section 15.5.6)."""
    if (
        answer.response is not None
        and answer.status == 405
        and not answer.response.header_values("Allow")
    ):
        yield Problem("a 405 has no Allow header", "an Allow header", "no such header")
