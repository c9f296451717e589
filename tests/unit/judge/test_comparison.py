"""Demands on two answers at once: what must be alike, what may differ, and in what words."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from neptun_conformance.judge import comparison
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import (
    ChatOf,
    Derived,
    Question,
)
from tests.unit.judge.said import Told, failed, file, files, refusal, said, told

OWN = owner.asks(owner.full)
EMPTY = owner.asks(owner.empty)
WITH_QUERY = OWN.with_query("limit=1")
SPELLED = owner.asks(Derived(owner.full, "with a zero", lambda n: f"0{n}"))
PLAIN = Facts(plain={owner.full: said(OWN, 200, files(1, 2, 3))})


def beside(*items: Any, facts: Facts = PLAIN, question: Question = OWN) -> Answer:
    """Return a reading of the owner's chat that comes after a first one."""
    return said(question, 200, files(*items), facts=facts)


@pytest.mark.parametrize(
    ("answer", "actual"),
    [
        (said(EMPTY, 200, files()), None),
        (said(EMPTY, 200, files(1, 2, chat=4712)), "2 files"),
        (said(EMPTY, 200, files(1, None, chat=4712)), "2 files"),
        (said(EMPTY, 404, refusal()), "status 404"),
        (said(EMPTY, 200, b"{}"), "a 200 without a chatFiles array"),
        (said(EMPTY, 200, b"[" * 1_001), None),
        (failed(EMPTY), None),
    ],
)
def test_an_empty_chat_is_an_empty_list(answer: Answer, actual: str | None) -> None:
    wrong = [("the empty chat does not return an empty list", "status 200 with []", actual)]
    assert told(comparison.be_empty_lists, answer) == (wrong if actual else [])


def test_a_second_reading_holds_the_files_of_the_first() -> None:
    judge = comparison.hold_the_same_files
    expected = "the 3 files of the first reading"
    assert told(judge, beside(3, 2, 1)) == []
    assert told(judge, beside(3)) == [
        ("files are missing in a later reading", expected, "ids 1, 2")
    ]
    assert told(judge, beside(1, 2, 3, 4)) == [
        ("files were added in a later reading", expected, "ids 4")
    ]
    assert told(judge, beside(1, 2, 3, 3)) == [
        ("files were added in a later reading", expected, "ids 3")
    ]
    assert [p.count for p in judge(beside())] == [3]
    assert told(judge, PLAIN.plain[owner.full]) == []
    assert told(judge, beside(7, facts=Facts())) == []
    assert told(judge, said(OWN, 404, refusal(), facts=PLAIN)) == []


def test_a_file_keeps_its_members() -> None:
    judge = comparison.keep_their_members
    assert told(judge, beside(file(2, url="https://files.example.com/new"), 7)) == []
    (problem,) = judge(beside(1, file(2, name="b.txt")))
    assert (problem.message, problem.expected) == ("the name of a file changed", "'file 2.txt'")
    assert (problem.actual, problem.pointer) == ("'b.txt'", "/chatFiles/1/name")
    assert told(judge, beside(file(2, name=None))) == []
    assert told(judge, beside(file(2, created_at="2024-05-01T11:30:00.0+02:00"))) == []
    (problem,) = judge(beside(file(2, created_at="2024-05-01T09:30:01Z")))
    assert problem.message == "the created_at of a file changed"
    assert told(judge, beside(file(2, name="b.txt"), facts=Facts())) == []
    assert told(judge, said(OWN, 404, refusal(), facts=PLAIN)) == []


OTHER = ("the files are not those of the chat in the path", "the 3 files of the chat")


@pytest.mark.parametrize(
    ("question", "answer", "wrong"),
    [
        (SPELLED, (200, files(1, 2, 3)), []),
        (SPELLED, (404, refusal()), []),
        (SPELLED, (200, files(1, 9)), [(*OTHER, "2 files, ids 1, 9")]),
        (
            SPELLED,
            (302, b""),
            [("neither a 4xx nor the right 200", "a 4xx or the right 200", "status 302")],
        ),
        (OWN.with_headers(("X-A", "1")), (302, b""), []),
    ],
)
def test_a_spelling_is_refused_or_served_right(
    question: Question, answer: tuple[int, bytes], wrong: list[Told]
) -> None:
    assert told(comparison.be_right_or_refused, said(question, *answer, facts=PLAIN)) == wrong
    assert told(comparison.be_right_or_refused, failed(question, facts=PLAIN)) == []


OVERRIDE = "a query parameter overrides the path"


def test_a_query_does_not_open_what_is_refused() -> None:
    judge, plain = comparison.not_obey_the_query, stranger.asks(owner.full)
    asked = plain.with_query("user_id={stranger}")
    refused = Facts(alone={plain: said(plain, 404, refusal())})
    wrong = (OVERRIDE, "a refusal, as for the path alone", "status 200")
    assert told(judge, said(asked, 200, files(1), facts=refused)) == [wrong]
    assert told(judge, said(asked, 204, facts=refused)) == [(*wrong[:2], "status 204")]
    assert told(judge, said(asked, 200, files(1))) == [wrong]
    served = Facts(alone={plain: said(plain, 200, files(1))})
    assert told(judge, said(asked, 200, files(1), facts=served)) == []
    for status in (199, 300, 404):
        assert told(judge, said(asked, status, facts=refused)) == []
    assert told(judge, failed(asked, facts=refused)) == []


def test_a_query_does_not_bring_other_files() -> None:
    judge = comparison.not_obey_the_query
    expected = "files of the owner's chat with files"
    assert told(judge, beside(1, question=WITH_QUERY)) == []
    assert told(judge, beside(1, 2, 3, question=WITH_QUERY)) == []
    assert told(judge, beside(1, 9, question=WITH_QUERY)) == [(OVERRIDE, expected, "ids 1, 9")]
    assert told(judge, said(WITH_QUERY, 200, b"{}", facts=PLAIN)) == []
    assert told(judge, beside(9, question=WITH_QUERY, facts=Facts())) == []


def test_an_unknown_query_parameter_changes_nothing() -> None:
    judge = comparison.be_as_without_the_query
    assert told(judge, beside(3, 2, 1, question=WITH_QUERY)) == []
    status = "an unknown query parameter changes the status"
    wrong = (status, "status 200, as without it", "status 400")
    assert told(judge, said(WITH_QUERY, 400, facts=PLAIN)) == [wrong]
    fewer = ("an unknown query parameter changes the files", OTHER[1], "1 files, ids 1")
    assert told(judge, beside(1, question=WITH_QUERY)) == [fewer]
    members = "an unknown query parameter changes the members"
    narrow = [{k: v for k, v in file(n).items() if k != "url"} | {"x": 1} for n in (1, 2, 3)]
    found = told(judge, beside(*narrow, question=WITH_QUERY))
    assert found == [(members, "'url'", "'x'")]
    form = "an unknown query parameter changes the form of the body"
    other = (form, "a chatFiles array, as without it", "a 200 without a chatFiles array")
    for body in (b"{}", b"null", b"<files/>"):
        assert told(judge, said(WITH_QUERY, 200, body, facts=PLAIN)) == [other]
    assert told(judge, failed(WITH_QUERY, facts=PLAIN)) == []
    assert told(judge, beside(1, question=WITH_QUERY, facts=Facts())) == []
    refused = Facts(plain={owner.full: said(OWN, 404, refusal())})
    assert told(judge, beside(1, question=WITH_QUERY, facts=refused)) == []


@pytest.mark.parametrize("chat", [owner.full, stranger.full], ids=str)
def test_members_that_vary_between_plain_readings_say_nothing_about_a_query(chat: ChatOf) -> None:
    judge = comparison.be_as_without_the_query
    plain = frozenset(PLAIN.plain[owner.full].reading.names)  # type: ignore[union-attr]
    varying = Facts(plain=PLAIN.plain, names={chat: frozenset({plain | {"more"}, plain - {"url"}})})
    wide = [file(number, more=1) for number in (1, 2, 3)]
    narrow = [{k: v for k, v in file(n).items() if k != "url"} for n in (1, 2, 3)]
    for items in (wide, narrow, (1, 2, 3)):
        assert told(judge, beside(*items, question=WITH_QUERY, facts=varying)) == []
    others = [file(number, other=1) for number in (1, 2, 3)]
    message = "an unknown query parameter changes the members"
    found = told(judge, beside(*others, question=WITH_QUERY, facts=varying))
    assert found == [(message, "", "'other'")]


def test_a_query_that_turns_the_list_is_seen_where_its_order_is_steady() -> None:
    judge = comparison.be_as_without_the_query
    order = hash(PLAIN.plain[owner.full].files.ids)  # type: ignore[union-attr]
    changed = ("an unknown query parameter changes the order of the files", "ids 1, 2, 3")
    for orders, found in (
        ((order,) * 6, [(*changed, "ids 3, 2, 1")]),
        ((order,) * 5, []),
        ((*(order,) * 6, 0), []),
    ):
        facts = Facts(plain=PLAIN.plain, orders={owner.full: orders})
        assert told(judge, beside(3, 2, 1, facts=facts, question=WITH_QUERY)) == found
        assert told(judge, beside(1, 2, 3, facts=facts, question=WITH_QUERY)) == []


def test_under_concurrency_each_gets_its_own() -> None:
    judge = comparison.get_their_own
    wrong = ("the response is meant for another caller", "status 200 for the owner")
    alone = Facts(plain=PLAIN.plain, alone={OWN: said(OWN, 200, files(1, 2, 3))})
    assert told(judge, beside(2, 3, 1, facts=alone)) == []
    assert told(judge, said(OWN, 404, refusal(), facts=alone)) == [(*wrong, "status 404")]
    assert told(judge, said(OWN, 500, refusal(500), facts=alone)) == []
    assert told(judge, said(OWN, 499, facts=alone)) == [(*wrong, "status 499")]
    assert told(judge, beside(1, facts=alone)) == [(*OTHER, "1 files, ids 1")]
    assert told(judge, said(OWN, 404, refusal(), facts=Facts())) == [(*wrong, "status 404")]
    refused = Facts(plain=PLAIN.plain, alone={OWN: said(OWN, 404, refusal())})
    assert told(judge, said(OWN, 404, refusal(), facts=refused)) == []
    assert told(judge, failed(OWN, facts=alone)) == []


def test_what_was_mixed_up_while_others_asked_says_nothing_of_what_comes_alone() -> None:
    judge = comparison.get_their_own
    refused = said(OWN, 404, refusal())
    mixed_up = Facts(plain=PLAIN.plain, alone={OWN: replace(refused, mixed_up=True)})
    wrong = ("the response is meant for another caller", "status 200 for the owner", "status 404")
    assert told(judge, said(OWN, 404, refusal(), facts=mixed_up)) == [wrong]


def test_of_an_unsteady_chat_only_the_list_of_another_is_a_mix_up() -> None:
    judge = comparison.get_their_own
    theirs = said(stranger.asks(stranger.full), 200, files(7, 8))
    unsteady = Facts(plain={**PLAIN.plain, stranger.full: theirs}, unsteady={owner.full})
    assert told(judge, beside(7, 8, facts=unsteady)) == [(*OTHER, "2 files, ids 7, 8")]
    assert told(judge, beside(1, facts=unsteady)) == []
    assert told(judge, beside(facts=unsteady)) == []
    assert told(judge, said(OWN, 404, refusal(), facts=unsteady)) == []


def test_what_is_wrong_alone_is_no_matter_of_concurrency() -> None:
    judge = comparison.get_their_own
    fewer = Facts(plain=PLAIN.plain, alone={OWN: said(OWN, 200, files(1))})
    assert told(judge, beside(1, facts=fewer)) == []
    assert told(judge, beside(1, 2, facts=fewer)) == [(*OTHER, "2 files, ids 1, 2")]
    assert told(judge, beside(1, None, facts=fewer)) == []
    bare = Facts(plain=PLAIN.plain, alone={OWN: said(OWN, 200, b"{}")})
    assert told(judge, beside(1, facts=bare)) == []
