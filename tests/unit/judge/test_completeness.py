"""Demands on what the target lists: exactly these files, with these members."""

from __future__ import annotations

from typing import Any

import pytest

from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.completeness import be_complete_lists
from neptun_conformance.questions.callers import owner
from neptun_conformance.questions.situations import (
    Question,
    UnknownChat,
)
from neptun_conformance.targets.model import File
from tests.unit.judge.said import failed, file, files, refusal, said, told

OWN = owner.asks(owner.full)
PLAIN = Facts(plain={owner.full: said(OWN, 200, files(1, 2, 3))})


def beside(*items: Any, facts: Facts = PLAIN, question: Question = OWN) -> Answer:
    """Return a reading of the owner's chat that comes after a first one."""
    return said(question, 200, files(*items), facts=facts)


def listing(*items: dict[str, Any]) -> Facts:
    """Return what is known where the target lists the files of the chat."""
    return Facts(listed={owner.full: tuple(File(**item) for item in items)})


ONE = {"id": 1, "name": "file 1.txt", "size": 1, "type": "text/plain"}
TWO = {"id": 2}


def test_a_listed_size_past_the_doubles_may_be_written_with_a_fraction() -> None:
    facts = listing({"id": 1, "size": 2**53 + 1})
    body = b'{"chatFiles": [{"id": 1, "size": %s}]}'
    judge = be_complete_lists
    right, wrong = (
        said(OWN, 200, body % size, facts=facts)
        for size in (b"9007199254740993.0", b"9007199254740992.0")
    )
    assert told(judge, right) == []
    assert told(judge, wrong) == [
        ("the size of a file is wrong", "9007199254740993", "9007199254740992.0")
    ]


def test_exactly_the_listed_files_are_complete() -> None:
    judge, facts = be_complete_lists, listing(ONE, TWO)
    expected = "exactly the 2 files of the chat"
    assert told(judge, beside(2, 1, facts=facts)) == []
    assert told(judge, beside(2, facts=facts)) == [("files are missing", expected, "ids 1")]
    extra = ("files that are not in the chat", expected, "ids 8, 9")
    assert told(judge, beside(1, 2, 9, 8, facts=facts)) == [extra]
    twice = ("files are listed more than once", expected, "ids 1")
    assert told(judge, beside(1, 2, 1, facts=facts)) == [twice]
    assert [p.count for p in judge(beside(facts=facts))] == [2]


def test_what_is_not_listed_or_cannot_be_identified_is_not_compared() -> None:
    judge, facts = be_complete_lists, listing(ONE)
    assert told(judge, beside(2)) == []
    assert told(judge, beside(file(1) | {"id": "1"}, facts=facts)) == []
    assert told(judge, said(OWN, 404, refusal(), facts=facts)) == []
    assert told(judge, beside(5, facts=facts, question=owner.asks(UnknownChat()))) == []
    assert told(judge, failed(OWN, facts=facts)) == []


@pytest.mark.parametrize(
    ("name", "value", "actual"),
    [("name", "b.txt", "'b.txt'"), ("size", 9, "9"), ("type", "a/b", "'a/b'")],
)
def test_a_listed_member_is_as_listed(name: str, value: Any, actual: str) -> None:
    answer = beside(2, file(1) | {name: value}, facts=listing(ONE, TWO))
    (problem,) = be_complete_lists(answer)
    wanted = str(ONE[name]) if name == "size" else ascii(ONE[name])
    assert (problem.expected, problem.actual) == (wanted, actual)
    assert problem.message == f"the {name} of a file is wrong"
    assert problem.pointer == f"/chatFiles/1/{name}"


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("2024-05-01T09:30:00Z", True),
        ("2024-05-01t11:30:00.0+02:00", True),
        (" 2024-05-01T09:30:00,000Z ", True),
        ("2024-05-01T09:30:01Z", False),
        ("2024-05-01T09:30:00+02:00", False),
        ("2024-05-01T09:30:00", True),
        ("2024-05-01T09:30", True),
        ("2024-05-01 09:30Z", True),
        ("2024-05-01T09:31Z", False),
        ("2024-05-01", True),
        ("2024-05-02", False),
        ("soon", False),
    ],
)
def test_a_moment_is_the_same_in_every_form(text: str, *, same: bool) -> None:
    facts = listing({"id": 1, "created_at": "2024-05-01T09:30:00Z"})
    found = told(be_complete_lists, beside(file(1, created_at=text), facts=facts))
    wrong = ("the created_at of a file is wrong", "'2024-05-01T09:30:00Z'", ascii(text))
    assert found == ([] if same else [wrong])


def test_a_leap_second_is_a_moment() -> None:
    facts = listing({"id": 1, "created_at": "2016-12-31T23:59:60Z"})
    for second in ("60.0", "60,0"):
        answer = beside(file(1, created_at=f"2017-01-01T01:59:{second}+02:00"), facts=facts)
        assert told(be_complete_lists, answer) == []


@pytest.mark.parametrize("text", ["2024-05-01T09:30Z", "2024-05-01T11:30+02:00"])
def test_seconds_that_are_left_out_are_not_compared(text: str) -> None:
    facts = listing({"id": 1, "created_at": "2024-05-01T09:30:45.5Z"})
    answer = beside(file(1, created_at=text), facts=facts)
    assert told(be_complete_lists, answer) == []
