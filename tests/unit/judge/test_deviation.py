"""In what an answer differs from what is due, whoever asked, and which clause that belongs to."""

from __future__ import annotations

import pytest

from neptun_conformance.exchange import FailureKind
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.deviation import deviation
from neptun_conformance.judge.throughout import clause_of, get_what_is_due
from neptun_conformance.questions.callers import (
    anonymous,
    owner,
    stranger,
    with_empty_cookie,
    with_session,
)
from neptun_conformance.questions.conditions import IF_ANY, IF_CHANGED
from neptun_conformance.questions.ids import common_spellings_of
from neptun_conformance.questions.situations import (
    Question,
    Route,
    UnknownChat,
    UnknownUser,
    Written,
)
from tests.unit.judge.said import failed, files, refusal, said, told

OWN, EMPTY = owner.asks(owner.full), owner.asks(owner.empty)
NOBODYS, FOREIGN = anonymous.asks(owner.full), stranger.asks(owner.full)
SPELLED = owner.asks(common_spellings_of(owner.full)[0], under=owner)
TEXT = owner.asks(Written("abc"), under=owner)
RANGE, PRECONDITION = ("Range", "bytes=0-"), ("If-Match", "W/x")
PAGE = ("Accept", "text/html")
PLAIN = Facts(plain={owner.full: said(OWN, 200, files(1, 2))})


def differs(question: Question, status: int, body: bytes = b"{}") -> str | None:
    """Return what is expected where an answer differs from it."""
    found = deviation(said(question, status, body, facts=PLAIN))
    return found.expected if found else None


@pytest.mark.parametrize(
    ("question", "right", "wrong", "expected"),
    [
        (OWN, [], [204, 304, 404, 412], "status 200"),
        (OWN.with_headers(IF_ANY), [304], [404, 412], "status 200"),
        (NOBODYS, [401], [200, 204, 302, 403, 404], "status 401"),
        (NOBODYS.with_headers(IF_ANY), [401], [304, 404], "status 401"),
        (NOBODYS.with_headers(PAGE), [401, 406], [302, 404], "status 401"),
        (NOBODYS.with_headers(("X-User-Id", "1")), [400, 403], [302], "a status from 400 to 499"),
        (NOBODYS.with_headers(("Origin", "null")), [302, 401], [200], "no status from 200 to 299"),
        (FOREIGN, [404], [200, 401, 403, 304], "status 404"),
        (TEXT, [400, 404, 422], [200, 302], "a status from 400 to 499"),
        (SPELLED, [400, 404], [204, 302], "a 4xx or the right 200"),
        (stranger.asks(owner.full).along(Route.NUL), [200, 302, 404], [500], "a status below 500"),
        (OWN.with_query("a=1"), [400, 302, 404], [500, 503], "a status below 500"),
        (FOREIGN.by("HEAD"), [200, 404, 501], [500], "a status below 500"),
    ],
)
def test_the_status(question: Question, right: list[int], wrong: list[int], expected: str) -> None:
    assert [differs(question, status) for status in right] == [None] * len(right)
    found = [differs(question, status) for status in wrong]
    assert found == [expected] * len(wrong)


def test_conditions_and_ranges_that_are_met_otherwise() -> None:
    for header, statuses in ((RANGE, (206, 416)), (PRECONDITION, (412,)), (IF_ANY, (304,))):
        assert [differs(OWN.with_headers(header), status) for status in statuses] == [None] * len(
            statuses
        )


def test_the_form_and_the_files() -> None:
    assert differs(OWN, 200, files(2, 1)) is None
    assert differs(OWN, 200, b"null") == "a chatFiles array"
    assert differs(OWN.with_headers(PAGE), 200, b"<html>") is None
    assert differs(OWN.with_query("a=1"), 200, b"<files/>") is None
    assert differs(OWN, 200, b"[" * 1_001) is None
    for question in (OWN, SPELLED, OWN.with_query("a=1")):
        assert differs(question, 200, files(1)) == "the 2 files of the chat"
    odd = stranger.asks(owner.full).along(Route.NUL)
    assert differs(odd, 200, files()) is None
    assert differs(odd, 200, files(1)) == "no files"
    unsteady = Facts(plain=PLAIN.plain, unsteady={owner.full})
    assert deviation(said(OWN, 200, files(1), facts=unsteady)) is None
    assert deviation(said(OWN, 200, files(1))) is None
    assert deviation(failed(OWN, FailureKind.DROPPED)) is None


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        (OWN, "success.status"),
        (EMPTY, "files.empty"),
        (NOBODYS, "authentication.no-cookie"),
        (anonymous.asks(owner.empty), "authentication.empty-chat"),
        (anonymous.asks(UnknownChat(), under=owner), "authentication.unknown-chat"),
        (anonymous.asks(UnknownChat(), under=UnknownUser()), "authentication.unknown-user"),
        (anonymous.asks(owner.full, under=stranger), "authentication.unknown-user"),
        (owner.asks(UnknownChat(further=True), under=owner), "chat.unknown"),
        (owner.asks(UnknownChat(), under=stranger), "chat.unknown"),
        (owner.asks(stranger.full, under=owner), "ownership.foreign-chat"),
        (owner.asks(owner.full, under=stranger), "ownership.foreign-user"),
        (FOREIGN, "ownership.foreign-pair"),
        (owner.asks(owner.full, under=UnknownUser()), "user.unknown"),
        (with_session("x").asks(owner.full), None),
        (with_empty_cookie.asks(owner.full), None),
        (FOREIGN.by("HEAD"), None),
        (FOREIGN.with_query("a=1"), None),
        (FOREIGN.with_headers(IF_CHANGED), None),
        (FOREIGN.along(Route.TRAILING_SLASH), None),
        (TEXT, None),
    ],
)
def test_the_clause_of_a_situation(question: Question, clause: str | None) -> None:
    assert clause_of(said(question, 200)) == clause


def test_what_was_asked_alone_is_judged() -> None:
    judge = get_what_is_due("ownership.foreign-pair")
    alone: dict[Question, Answer] = {}
    answer = said(FOREIGN, 403, refusal(403), facts=Facts(alone=alone))
    assert told(judge, answer) == []
    alone[FOREIGN] = answer
    assert told(judge, answer) == [("the response is not a 404", "status 404", "status 403")]
    assert told(get_what_is_due("chat.unknown"), answer) == []
