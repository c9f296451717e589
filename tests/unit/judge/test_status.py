"""Demands on the status: which are content with what, and in what words they say so."""

from __future__ import annotations

import pytest

from neptun_conformance.exchange import FailureKind
from neptun_conformance.judge import status
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.demands import Judge
from neptun_conformance.questions.callers import anonymous, owner, stranger, through
from neptun_conformance.questions.situations import Question, Written, WrittenUser
from tests.unit.judge.said import failed, files, refusal, said, told

OWN = owner.asks(owner.full)
FOREIGN = stranger.asks(owner.full)
NOBODYS = anonymous.asks(owner.full)
NO_NUMBER = owner.asks(Written("x"))
SPELLING = owner.asks(Written("04711"))
ODD_USER = owner.asks(Written("1"), under=WrittenUser("a@b"))

WHOLE = ("the owner does not get the files", "status 200")
UNAUTHORIZED = ("a request without a valid session does not get a 401", "status 401")
NOT_FOUND = ("the response is not a 404", "status 404")
REFUSED = ("the request is not refused", "a status from 400 to 499")
AS_NOT_FOUND = ("refused, but not with a 404", "status 404")
AS_DOCUMENTED = ("refused with an undocumented status", "status 401 or 404")
NO_FILES = ("another user's chat is not refused", "no status from 200 to 299")
ON_INPUT = ("a request causes a server error", "a status below 500")


def got(question: Question, code: int) -> Answer:
    """Return an answer with a right body."""
    return said(question, code, files(1) if code == 200 else refusal(code))


@pytest.mark.parametrize(
    ("judge", "question", "right", "wrong", "words"),
    [
        (status.be_given, OWN, [200], [201, 204, 206, 302, 404, 500], WHOLE),
        (status.be_given_again, OWN, [200], [201, 304, 404], WHOLE),
        (status.be_unauthorized, NOBODYS, [401], [200, 400, 403, 404, 500], UNAUTHORIZED),
        (status.be_unauthorized_still, NOBODYS, [401], [200, 404], UNAUTHORIZED),
        (status.be_not_found, FOREIGN, [404], [200, 400, 401, 403, 410, 500], NOT_FOUND),
        (status.be_not_found, NO_NUMBER, [400, 401, 404, 499], [200, 399, 500], REFUSED),
        (status.be_not_found, SPELLING, [200, 302, 404, 500], [], REFUSED),
        (status.be_refused, NO_NUMBER, [400, 401, 404, 499], [200, 399, 500], REFUSED),
        (status.be_refused, OWN, [200, 302, 500], [], REFUSED),
        (status.be_refused, SPELLING, [200, 302, 500], [], REFUSED),
        (status.be_refused_as_not_found, ODD_USER, [200, 302, 404, 500], [400, 401], AS_NOT_FOUND),
        (status.be_refused_without_a_user, ODD_USER, [200, 404, 500], [400, 401], AS_NOT_FOUND),
        (status.be_refused_as_documented, NO_NUMBER, [200, 401, 404, 500], [400], AS_DOCUMENTED),
        (status.yield_no_files, FOREIGN, [199, 300, 304, 404, 500], [200, 204, 299], NO_FILES),
        (status.not_be_a_server_error, NO_NUMBER, [200, 404, 499], [500, 501, 599], ON_INPUT),
        (status.not_be_a_server_error, OWN.by("PUT"), [405, 501], [500, 502], ON_INPUT),
    ],
)
def test_a_demand_is_met_or_says_what_came(
    judge: Judge, question: Question, right: list[int], wrong: list[int], words: tuple[str, str]
) -> None:
    assert not any(told(judge, got(question, code)) for code in right)
    said_of = {code: told(judge, got(question, code)) for code in wrong}
    assert said_of == {code: [(*words, f"status {code}")] for code in wrong}


@pytest.mark.parametrize(
    "judge",
    [
        status.be_given,
        status.be_unauthorized,
        status.be_not_found,
        status.be_refused,
        status.be_refused_as_not_found,
        status.be_refused_without_a_user,
        status.be_refused_as_documented,
        status.yield_no_files,
        status.not_be_a_server_error,
    ],
)
def test_no_answer_says_nothing_about_the_status(judge: Judge) -> None:
    assert told(judge, failed(FOREIGN)) == []


@pytest.mark.parametrize("judge", [status.be_refused_as_not_found, status.be_refused_as_documented])
def test_a_refusal_without_the_error_body_is_not_the_documented_one(judge: Judge) -> None:
    answer = said(NO_NUMBER, 404, b'{"statusCode": 404}')
    wrong = ("refused without the documented error body", "the documented error body")
    assert told(judge, answer) == [(*wrong, "error.data, error.status-message")]
    assert told(judge, said(NO_NUMBER.by("HEAD"), 404)) == []


def test_a_200_is_described_by_what_it_lacks() -> None:
    assert told(status.be_unauthorized, said(NOBODYS, 200, b"{}")) == [
        (*UNAUTHORIZED, "a 200 without a chatFiles array")
    ]


@pytest.mark.parametrize("kind", FailureKind)
def test_a_broken_answer_is_late_or_not_complete(kind: FailureKind) -> None:
    late = kind is FailureKind.DEADLINE
    incomplete = [("no complete response, tried twice", "a complete response", f"why: {kind}")]
    in_time = [
        ("no response in time, tried twice", "a response within the deadline", f"why: {kind}")
    ]
    assert told(status.be_complete, failed(OWN, kind)) == ([] if late else incomplete)
    assert told(status.be_in_time, failed(OWN, kind)) == (in_time if late else [])


def test_a_whole_answer_is_complete_and_in_time() -> None:
    assert told(status.be_complete, got(OWN, 500)) == []
    assert told(status.be_in_time, got(OWN, 500)) == []


@pytest.mark.parametrize(
    "judge", [status.be_refused_as_not_found, status.be_refused_without_a_user]
)
def test_what_is_told_to_come_back_is_refused_and_not_in_a_wrong_way(judge: Judge) -> None:
    assert told(judge, got(ODD_USER, 429)) == []
    assert told(status.be_refused, got(ODD_USER, 429)) == []


def test_where_the_owners_queries_are_refused_a_session_in_the_query_is_refused_for_that() -> None:
    for code, wrong in ((400, 0), (200, 1)):
        facts = Facts(alone={q: got(q, code) for q in (OWN.with_query("a=1"), OWN)})
        for question in (through("query", owner, "neptun-session").asks(owner.full), NOBODYS):
            answer = said(question, 400, facts=facts)
            in_query = question is not NOBODYS
            assert len(told(status.be_unauthorized, answer)) == (wrong if in_query else 1)
