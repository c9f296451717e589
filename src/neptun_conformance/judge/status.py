"""Demands on the status of an answer, and on whether there is one at all."""

from __future__ import annotations

from collections.abc import Iterator

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import TOO_MANY_REQUESTS, Answer, described
from neptun_conformance.judge.demands import Needs, Subject, judges
from neptun_conformance.judge.further_chats import (
    be_a_chat_of_its_own,
    be_missing_or_a_chat_of_its_own,
)
from neptun_conformance.resolve.expectation import PERHAPS_SERVED, Expected

_OPEN = "any response is allowed to these requests"


def _is_a_refusal(answer: Answer) -> bool:
    """Tell whether this is a 4xx, and not what proxies and routers refuse in their own way.

    A 429 says when to come back, not what is wrong: it is right wherever any 4xx is.
    """
    free = answer.resolved.expected is Expected.NO_DATA
    return answer.refused and answer.status != TOO_MANY_REQUESTS and not free


_A_REFUSAL = Subject(_is_a_refusal, "nothing was refused")
_A_FAILURE_OR_AN_ANSWER = Subject(
    lambda answer: answer.response is not None or answer.failure is not None, "nothing was asked"
)


_JUDGED_ELSEWHERE = {*PERHAPS_SERVED, Expected.NOT_FOUND, Expected.NOT_FOUND_OR_FILES}
_TO_BE_REFUSED = Subject(
    lambda a: a.response is not None and a.resolved.expected not in _JUDGED_ELSEWHERE, _OPEN
)
_TO_BE_FOUND_MISSING = Subject(
    lambda a: a.response is not None and a.resolved.expected not in PERHAPS_SERVED, _OPEN
)
_A_LOOSE_REFUSAL = Subject(
    lambda a: _is_a_refusal(a) and a.resolved.expected is not Expected.NOT_FOUND,
    "nothing was refused",
)


def _unless(holds: bool, message: str, expected: str, answer: Answer) -> Iterator[Problem]:  # noqa: FBT001
    if answer.status is not None and not holds:
        yield Problem(message, expected, described(answer))


def _holds_files(answer: Answer) -> bool:
    """Tell whether a 200 lists files, whatever may be wrong with them."""
    files = answer.files
    return files is not None and bool(files.ids or not files.sound)


def be_given(answer: Answer) -> Iterator[Problem]:
    """Demand status 200, exactly."""
    return _unless(answer.status == 200, "the owner does not get the files", "status 200", answer)


@judges(Needs.PLAIN_ANSWER)
def be_given_again(answer: Answer) -> Iterator[Problem]:
    """Demand status 200 where the plain question gets it."""
    return be_given(answer)


@judges(Needs.ACCEPTED_TWIN)
def be_unauthorized(answer: Answer) -> Iterator[Problem]:
    """Demand status 401; a 4xx, no success, or no files where the request leaves more open."""
    wrong, expected = "a request without a valid session is not refused", answer.resolved.expected
    if answer.refused and _is_refused_for_a_query(answer):
        return iter(())
    if expected is Expected.UNAUTHORIZED:
        return _unless(
            answer.status == 401,
            "a request without a valid session does not get a 401",
            "status 401",
            answer,
        )
    if expected is Expected.DOCUMENTED_OR_4XX:
        return _unless(answer.refused, wrong, "a status from 400 to 499", answer)
    if expected is Expected.NO_FILES:
        return _unless(not answer.succeeds, wrong, "no status from 200 to 299", answer)
    return _unless(not _holds_files(answer), wrong, "no chat data", answer)


def _is_refused_for_a_query(answer: Answer) -> bool:
    """Tell whether the owner's requests get this status, too, whenever they have a query.

    That they do is a finding of its own, and says nothing about sessions.
    """
    owned = [
        other.status
        for question, other in answer.facts.alone.items()
        if question.query and not question.headers and other.resolved.readable
    ]
    in_query = "?" in answer.resolved.request.target
    return in_query and bool(owned) and all(status == answer.status for status in owned)


@judges(Needs.PLAIN_STATUS, Needs.ACCEPTED_TWIN)
def be_unauthorized_still(answer: Answer) -> Iterator[Problem]:
    """Demand status 401 where the plain question gets it."""
    return iter(be_unauthorized(answer))


@judges(Needs.ACCEPTED_TWIN, about=_TO_BE_FOUND_MISSING)
def be_not_found(answer: Answer) -> Iterator[Problem]:
    """Demand status 404; where the id turned out to be no plain one, a 4xx.

    A guessed number may be a chat that the target does not name.
    """
    if answer.resolved.expected is Expected.NO_FILES:
        return iter(yield_no_files(answer))
    if answer.resolved.expected is Expected.NOT_FOUND_OR_FILES:
        return be_missing_or_a_chat_of_its_own(answer)
    if answer.resolved.expected is not Expected.NOT_FOUND:
        return iter(be_refused(answer))
    return _unless(answer.status == 404, "the response is not a 404", "status 404", answer)


@judges(Needs.ACCEPTED_TWIN, about=_TO_BE_REFUSED)
def be_refused(answer: Answer) -> Iterator[Problem]:
    """Demand a 4xx, unless the id turned out to be a spelling of a chat of the caller.

    What proxies and routers treat in their own way may get anything but files. Where nothing but a
    404 is due, as to a user id that has the owner's shape after all, another clause demands it.
    """
    if answer.resolved.expected in _JUDGED_ELSEWHERE:
        return iter(())
    if answer.resolved.expected is Expected.NO_DATA:
        return _unless(
            not _holds_files(answer), "the request is not refused", "no chat data", answer
        )
    return _unless(answer.refused, "the request is not refused", "a status from 400 to 499", answer)


@judges(Needs.ACCEPTED_TWIN, about=_A_REFUSAL)
def be_refused_as_not_found(answer: Answer) -> Iterator[Problem]:
    """Demand the documented 404 of what is refused at all; that it is refused, others demand."""
    if not _is_a_refusal(answer):
        return
    if answer.status != 404:
        yield Problem("refused, but not with a 404", "status 404", described(answer))
    else:
        yield from _undocumented(answer)


@judges(Needs.ACCEPTED_TWIN, about=_A_LOOSE_REFUSAL)
def be_refused_without_a_user(answer: Answer) -> Iterator[Problem]:
    """Demand status 404 of what is refused at all, whatever its body.

    Where nothing but a 404 is due, another clause demands it.
    """
    loose = answer.resolved.expected is not Expected.NOT_FOUND
    if loose and _is_a_refusal(answer) and answer.status != 404:
        yield Problem("refused, but not with a 404", "status 404", described(answer))


@judges(Needs.ACCEPTED_TWIN, about=_A_REFUSAL)
def be_refused_as_documented(answer: Answer) -> Iterator[Problem]:
    """Demand a documented status and body of what is refused at all, and that it is refused.

    A reader may drop the text about a number, so that the right 200 comes; better it refuses.
    """
    drops = answer.accepted and answer.resolved.expected is Expected.FILES_OR_BETTER_4XX
    if drops and next(be_a_chat_of_its_own(answer), None) is None:
        yield Problem("extra text around a number is ignored", "a 4xx", described(answer))
    if not _is_a_refusal(answer):
        return
    if answer.status not in {401, 404}:
        expected = "status 401 or 404"
        yield Problem("refused with an undocumented status", expected, described(answer))
    else:
        yield from _undocumented(answer)


def _undocumented(answer: Answer) -> Iterator[Problem]:
    clauses = sorted(answer.errors.clauses()) if answer.errors else []
    if clauses:
        named = ", ".join(clauses)
        yield Problem(
            "refused without the documented error body", "the documented error body", named
        )


@judges(Needs.PLAIN_REFUSAL, Needs.ACCEPTED_TWIN)
def yield_no_files(answer: Answer) -> Iterator[Problem]:
    """Demand that this is no success, not even one with an empty list."""
    wrong = "another user's chat is not refused"
    return _unless(not answer.succeeds, wrong, "no status from 200 to 299", answer)


def not_be_a_server_error(answer: Answer) -> Iterator[Problem]:
    """Demand a status below 500; 501 is right for a method that is not offered.

    What is asked of another host may be another site's fault; what names no host is not.
    """
    status, offered = answer.status, answer.resolved.request.method == "GET"
    wrong = status is not None and status >= 500 and (offered or status != 501)
    if wrong and not answer.elsewhere:
        yield Problem("a request causes a server error", "a status below 500", f"status {status}")


@judges(about=_A_FAILURE_OR_AN_ANSWER)
def be_complete(answer: Answer) -> Iterator[Problem]:
    """Demand a whole answer: the connection is not dropped, and what comes is HTTP.

    Octets outside ASCII, and a foreign Host, may be met by a closed connection; so may a path
    outside the grammar of URIs over HTTP/2 (RFC 9113 section 8.1.1). What comes with an answer
    behind its end, on a connection that stays open, spoils the next one: content of a 304 or a 204,
    more than the Content-Length says, a last chunk where there are none.
    """
    failure, response = answer.failure, answer.response
    if response and response.stray:
        came = f"{response.stray} bytes behind the end, which begin the next response"
        yield Problem("more follows a complete response", "nothing behind its end", came)
    if failure and not failure.is_late and not answer.was_closed:
        yield Problem("no complete response, tried twice", "a complete response", failure.message)


@judges(about=_A_FAILURE_OR_AN_ANSWER)
def be_in_time(answer: Answer) -> Iterator[Problem]:
    """Demand a whole answer within the deadline."""
    failure = answer.failure
    if failure and failure.is_late:
        yield Problem(
            "no response in time, tried twice", "a response within the deadline", failure.message
        )
