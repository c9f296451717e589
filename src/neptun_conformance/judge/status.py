"""Demands on the status of an answer, and on whether there is one at all."""

from __future__ import annotations

from collections.abc import Iterator

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.exchange import FailureKind
from neptun_conformance.judge.answer import (
    Answer,
    against_plain,
    beside_plain,
    beyond_plain,
    described,
    of_refusals,
)
from neptun_conformance.resolve.expectation import Expected


def _unless(holds: bool, message: str, expected: str, answer: Answer) -> Iterator[Problem]:  # noqa: FBT001
    if answer.status is not None and not holds:
        yield Problem(message, expected, described(answer))


def be_given(answer: Answer) -> Iterator[Problem]:
    """Demand status 200, exactly."""
    return _unless(answer.status == 200, "the owner is not served", "status 200", answer)


@against_plain
def be_given_again(answer: Answer) -> Iterator[Problem]:
    """Demand status 200 where the plain question gets it."""
    return be_given(answer)


@of_refusals
def be_unauthorized(answer: Answer) -> Iterator[Problem]:
    """Demand status 401."""
    wrong = "a caller without a valid session is not refused with a 401"
    return _unless(answer.status == 401, wrong, "status 401", answer)


@beside_plain
@of_refusals
def be_unauthorized_still(answer: Answer) -> Iterator[Problem]:
    """Demand status 401 where the plain question gets it."""
    return iter(be_unauthorized(answer))


@of_refusals
def be_not_found(answer: Answer) -> Iterator[Problem]:
    """Demand status 404; where the id turned out to be no plain one, a 4xx."""
    if answer.resolved.expected is not Expected.NOT_FOUND:
        return iter(be_refused(answer))
    return _unless(answer.status == 404, "not refused with a 404", "status 404", answer)


_PERHAPS_SERVED = {
    Expected.FILES,
    Expected.FILES_OR_4XX,
    Expected.FILES_OR_ANYTHING,
    Expected.NO_DATA,
}


@of_refusals
def be_refused(answer: Answer) -> Iterator[Problem]:
    """Demand a 4xx, unless the id turned out to be a spelling of a chat of the caller."""
    if answer.resolved.expected in _PERHAPS_SERVED:
        return iter(())
    return _unless(answer.refused, "not refused", "a status from 400 to 499", answer)


@of_refusals
def be_refused_as_not_found(answer: Answer) -> Iterator[Problem]:
    """Demand the documented 404 of what is refused at all; that it is refused, others demand."""
    if not answer.refused:
        return
    if answer.status != 404:
        yield Problem("refused, but not with a 404", "status 404", described(answer))
    else:
        yield from _undocumented(answer)


@of_refusals
def be_refused_without_a_user(answer: Answer) -> Iterator[Problem]:
    """Demand status 404 of what is refused at all, whatever its body."""
    if answer.refused and answer.status != 404:
        yield Problem("refused, but not with a 404", "status 404", described(answer))


@of_refusals
def be_refused_as_documented(answer: Answer) -> Iterator[Problem]:
    """Demand a documented status and body of what is refused at all."""
    if not answer.refused:
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
        yield Problem("refused without the error body", "the documented error body", named)


@beyond_plain
@of_refusals
def yield_no_files(answer: Answer) -> Iterator[Problem]:
    """Demand that this is no success, not even one with an empty list."""
    success = answer.status is not None and 200 <= answer.status < 300
    return _unless(
        not success, "another's chat is not refused", "no status from 200 to 299", answer
    )


def not_be_a_server_error(answer: Answer) -> Iterator[Problem]:
    """Demand a status below 500; 501 is right for a method that is not offered."""
    status, offered = answer.status, answer.resolved.request.method == "GET"
    if status is not None and status >= 500 and (offered or status != 501):
        yield Problem(
            "a server error on a client's input", "a status below 500", f"status {status}"
        )


_IN_TIME = {FailureKind.DEADLINE}


def be_complete(answer: Answer) -> Iterator[Problem]:
    """Demand a whole answer: the connection is not dropped, and what comes is HTTP."""
    failure = answer.failure
    if failure and failure.kind not in _IN_TIME:
        yield Problem("no complete answer, twice", "a complete answer", failure.message)


def be_in_time(answer: Answer) -> Iterator[Problem]:
    """Demand a whole answer within the deadline."""
    failure = answer.failure
    if failure and failure.kind in _IN_TIME:
        yield Problem("no answer in time, twice", "an answer within the deadline", failure.message)
