"""What is demanded of the content of an answer, and of which answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from neptun_conformance.judge import content
from neptun_conformance.judge.answer import Answer
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import Route, Written
from tests.unit.judge.said import failed, file, files, refusal, said, told

OWN = owner.asks(owner.full)
EMPTY = owner.asks(owner.empty)
NOBODYS = anonymous.asks(owner.full)
FOREIGN = stranger.asks(owner.full)
NO_NUMBER = owner.asks(Written("abc"))
ODD_FOREIGN = FOREIGN.along(Route.TRAILING_SLASH)
ODD_OWN = OWN.with_headers(("X-A", "1"))

IN_ANY_FORM = OWN.with_headers(("Accept", "text/html"))
GOOD, BARE, BARRED = (
    said(OWN, 200, files(1)),
    said(OWN, 200, b"{}"),
    said(NOBODYS, 401, refusal(401)),
)
MISSING, BROKEN, TEAPOT = (
    said(FOREIGN, 404, refusal()),
    said(FOREIGN, 500, refusal(500)),
    said(FOREIGN, 418, refusal(418)),
)
LOST = failed(OWN)


def test_a_clause_is_told_of_its_own_problems_alone() -> None:
    answer = said(OWN, 200, files(file(1, name=7, size=-1)))
    assert [message for message, *_ in told(content.have_names, answer)] == ["name is not a string"]
    negative = told(content.have_no_negative_size, answer)
    assert [message for message, *_ in negative] == ["size is negative"]
    assert told(content.have_sizes, answer) == []
    assert told(content.have_names, MISSING) == told(content.have_names, LOST) == []


def test_a_link_may_be_made_of_the_address_that_a_request_names() -> None:
    wrong = files(file(1, url="http://:123/901", name=7))
    assert len(told(content.have_urls, said(OWN, 200, wrong))) == 1
    forwarded = said(OWN.with_headers(("X-Forwarded-Host", ":123")), 200, wrong)
    assert told(content.have_urls, forwarded) == []
    assert len(told(content.have_names, forwarded)) == 1


def test_a_clause_of_error_bodies_is_told_of_its_own_problems_alone() -> None:
    answer = said(FOREIGN, 404, b'{"statusMessage": "No"}')
    lacks = ("statusCode is missing", "the number 404", "no such member")
    assert told(content.repeat_the_status, answer) == [lacks]
    assert told(content.have_a_status_message, answer) == []
    assert told(content.repeat_the_status, GOOD) == told(content.repeat_the_status, LOST) == []


def test_a_500_is_told_of_every_member_at_once() -> None:
    answer = said(FOREIGN, 500, b"{}")
    assert [message for message, *_ in told(content.be_documented_errors, answer)] == [
        "data is missing",
        "statusCode is missing",
        "statusMessage is missing",
    ]
    for fine in (BROKEN, GOOD, LOST):
        assert told(content.be_documented_errors, fine) == []


def test_an_error_gives_away_what_stands_in_any_body() -> None:
    trace = refusal(message="at read (/srv/app/files.js:10:3)")
    (problem,) = told(content.give_nothing_away, said(FOREIGN, 404, trace))
    assert problem[0].startswith("the error body contains a ")
    asked = MISSING.resolved.request.target
    assert told(content.give_nothing_away, said(FOREIGN, 404, asked.encode())) == []
    for fine in (MISSING, LOST):
        assert told(content.give_nothing_away, fine) == []


@pytest.mark.parametrize(
    ("condition", "met", "unmet"),
    [
        (
            content.is_a_200_with_files,
            [
                *(GOOD, BARE, said(ODD_OWN, 200, files(1)), said(ODD_OWN, 200, b"{}")),
                said(ODD_FOREIGN, 200, files(1)),
            ],
            [
                *(MISSING, LOST, said(ODD_OWN, 200, b"<html>", headers=())),
                *(said(ODD_FOREIGN, 200, b"<html>"), said(IN_ANY_FORM, 200, files(1))),
            ],
        ),
        (
            content.is_a_private_200,
            [GOOD, BARE, said(ODD_OWN, 200, b"{}"), said(IN_ANY_FORM, 200, b"<html>")],
            [
                *(MISSING, LOST, BARRED, said(FOREIGN, 200, files(1))),
                said(OWN.along(Route.TRAILING_SLASH), 200, b"<html>"),
            ],
        ),
        (
            content.is_the_expected_200,
            [GOOD],
            [BARE, BARRED, said(FOREIGN, 200, files(1)), said(ODD_OWN, 200, files(1))],
        ),
        (
            content.is_of_an_empty_chat,
            [said(EMPTY, 200, files()), said(EMPTY, 404, refusal()), failed(EMPTY)],
            [
                GOOD,
                said(EMPTY.by("HEAD"), 200),
                said(EMPTY.with_headers(("X-A", "1")), 200, files()),
                said(stranger.asks(owner.empty), 404, refusal()),
            ],
        ),
        (
            content.is_a_documented_error,
            [BARRED, MISSING],
            [
                *(GOOD, BROKEN, TEAPOT, LOST, said(ODD_FOREIGN, 404, refusal())),
                *(said(OWN, 404, b""), said(owner.asks(stranger.full), 401)),
                said(FOREIGN.with_headers(("Accept", "text/html")), 404, b"<html>"),
            ],
        ),
        (content.is_a_500, [BROKEN, said(ODD_FOREIGN, 500)], [GOOD, MISSING, TEAPOT, LOST]),
        (
            content.is_an_error,
            [BARRED, MISSING, BROKEN, said(ODD_OWN, 404), said(NO_NUMBER, 400)],
            [
                *(GOOD, LOST, TEAPOT, said(ODD_OWN, 400), said(ODD_FOREIGN, 404, refusal())),
                said(NO_NUMBER.by("HEAD"), 400),
            ],
        ),
    ],
)
def test_what_is_judged(
    condition: Callable[[Answer], bool], met: list[Answer], unmet: list[Answer]
) -> None:
    assert [condition(answer) for answer in met] == [True] * len(met)
    assert [condition(answer) for answer in unmet] == [False] * len(unmet)
