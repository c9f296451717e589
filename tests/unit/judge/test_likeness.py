"""A foreign chat is refused as a missing one, whatever the form."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from neptun_conformance.judge import likeness
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import Question
from tests.unit.judge.said import Told, refusal, said, told


@pytest.mark.parametrize("body", ["[" * 1_000 + "]" * 1_000, "[" + "1," * 150_000 + "1]", "[" * 9])
def test_a_refusal_of_any_form_is_compared(body: str) -> None:
    question = stranger.asks(owner.full)
    missing = {
        replace(question, chat=chat): refusal_of(replace(question, chat=chat), body)
        for chat in likeness.MISSING_CHATS
    }
    judge, facts = likeness.be_like_missing_ones, Facts(alone=missing)
    assert told(judge, refusal_of(question, body, facts)) == []
    (problem,) = told(judge, refusal_of(question, f"{body} ", facts))
    assert problem[0].startswith("another user's chat differs from a missing one in the ")


def refusal_of(question: Question, body: str, facts: Facts | None = None) -> Answer:
    return said(question, 404, body.encode(), facts=facts)


FOREIGN = owner.asks(stranger.full, under=owner)
MISSING = owner.asks_each(likeness.MISSING_CHATS, under=owner)


def beside_missing(
    foreign: tuple[Any, ...], *missing: tuple[Any, ...], question: Question = FOREIGN
) -> list[Told]:
    """Return what is said of a refusal beside those of two missing chats: (body, headers) each."""
    refused = {
        asked: said(asked, 404, body, tuple(headers))
        for asked, (body, *headers) in zip(MISSING, missing, strict=True)
    }
    facts = Facts(alone=refused)
    body, *headers = foreign
    return told(likeness.be_like_missing_ones, said(question, 404, body, tuple(headers), facts))


def numbers() -> tuple[str, ...]:
    """Return the ids of the foreign chat and of the two missing ones."""
    return tuple(said(q, 404).resolved.request.target.split("/")[-2] for q in (FOREIGN, *MISSING))


NO = refusal()


def test_a_foreign_chat_is_refused_as_missing_ones() -> None:
    assert beside_missing((NO,), (NO,), (NO,)) == []
    found = beside_missing((refusal(message="Not yours"),), (NO,), (NO,))
    assert found == [
        (
            "another user's chat differs from a missing one in the body /data/message",
            "'No'",
            "'Not yours'",
        )
    ]
    found = beside_missing((NO, ("X-Owner", "bob")), (NO,), (NO,))
    assert found == [
        (
            "another user's chat differs from a missing one in the header x-owner",
            "no header x-owner",
            "'bob'",
        )
    ]
    found = beside_missing((NO,), (NO, ("X-A", "1")), (NO, ("x-a", "1")))
    assert found == [
        ("another user's chat differs from a missing one in the header x-a", "'1'", "no header x-a")
    ]
    found = beside_missing((b"no",), (b"No",), (b"No",))
    assert found == [
        ("another user's chat differs from a missing one in the body text", "'No'", "'no'")
    ]
    found = beside_missing((b"\xffno",), (b"\xffNo",), (b"\xffNo",))
    assert found == [
        (
            "another user's chat differs from a missing one in the body text",
            "'\\ufffdNo'",
            "'\\ufffdno'",
        )
    ]
    found = beside_missing((b'{"a": [1, 2]}',), (b'{"a": [1, 3]}',), (b'{"a": [1, 3]}',))
    assert found == [
        ("another user's chat differs from a missing one in the body /a/1", "'3'", "'2'")
    ]
    found = beside_missing((b'{"a":1}',), (b'{"a": 1}',), (b'{"a": 1}',))
    told_by_layout = (
        "another user's chat differs from a missing one in the layout of the body",
        "'{\"a\": 1}'",
    )
    assert found == [(*told_by_layout, "'{\"a\":1}'")]


def test_what_varies_by_itself_tells_nothing() -> None:
    assert beside_missing((b"c",), (b"a",), (b"b",)) == []
    dated = [(NO, ("Date", text), ("Content-Length", text)) for text in ("1", "2", "2")]
    assert beside_missing(*dated) == []


def test_what_varies_is_a_value_and_not_whether_there_is_one() -> None:
    differs = "another user's chat differs from a missing one in the header x-time"
    timed = (NO, ("X-Time", "1")), (NO, ("X-Time", "2"))
    assert beside_missing((NO, ("X-Time", "3")), *timed) == []
    assert beside_missing((NO,), *timed) == [(differs, "'1'", "no header x-time")]
    found = beside_missing((NO, ("X-Time", "3")), (NO,), (NO,))
    assert found == [(differs, "no header x-time", "'3'")]
    assert beside_missing((NO, ("X-Time", "3")), (NO, ("X-Time", "3")), (NO,)) == []


def test_an_end_of_the_connection_that_nobody_asked_for_tells_a_chat() -> None:
    closed = (NO, ("Connection", "Close"))
    differs = "another user's chat differs from a missing one in the header connection: close"
    assert [found[0] for found in beside_missing(closed, (NO,), (NO,))] == [differs]
    assert beside_missing(closed, closed, closed) == []
    kept = (NO, ("Connection", "keep-alive"))
    assert beside_missing(kept, (NO,), (NO,)) == []
    asked = FOREIGN.with_headers(("Connection", "close"))
    assert beside_missing(closed, (NO,), (NO,), question=asked) == []


def test_numbers_tokens_and_connections_are_no_difference() -> None:
    assert beside_missing((b'{"a":404.0}',), (b'{"a":404}',), (b'{"a":4.04e2}',)) == []
    coded = [(NO, ("Content-Encoding", name)) for name in ("GZIP", "gzip", "gzip")]
    assert beside_missing(*coded) == []
    ended = [(NO, ("Connection", "Keep-Alive")), (NO,), (NO, ("Keep-Alive", "timeout=5"))]
    assert beside_missing(*ended) == []


def test_what_varies_between_missing_ones_of_another_user_is_not_compared() -> None:
    elsewhere = stranger.asks_each(likeness.MISSING_CHATS, under=stranger)
    refused = {q: said(q, 404, refusal(message="No")) for q in MISSING}
    varying = {q: said(q, 404, refusal(message=str(n))) for n, q in enumerate(elsewhere)}
    foreign, judge = refusal(message="Not yours"), likeness.be_like_missing_ones
    for facts, told_apart in ((Facts(alone=refused), 1), (Facts(alone=refused | varying), 0)):
        assert len(told(judge, said(FOREIGN, 404, foreign, facts=facts))) == told_apart


def test_the_id_that_was_asked_for_may_be_repeated() -> None:
    theirs, one, other = numbers()
    said_so = [(f"no chat {number}".encode(),) for number in (theirs, one, other)]
    assert beside_missing(*said_so) == []
    wrong = beside_missing((b"no chat",), *said_so[1:])
    told_by_text = "another user's chat differs from a missing one in the body text"
    assert wrong == [(told_by_text, f"'no chat {one}'", "'no chat'")]


def test_the_id_is_found_in_the_path_whatever_the_query() -> None:
    query, (_, *others) = "next=/a/b", numbers()
    asked = [question.with_query(query) for question in MISSING]
    refused = {
        question: said(question, 404, f"no chat {number}".encode())
        for question, number in zip(asked, others, strict=True)
    }
    facts = Facts(alone=refused)
    found = told(
        likeness.be_like_missing_ones, said(FOREIGN.with_query(query), 404, b"no", facts=facts)
    )
    assert [message for message, *_ in found] == [
        "another user's chat differs from a missing one in the body text"
    ]


def test_nothing_is_compared_without_three_refusals() -> None:
    facts = Facts(alone={MISSING[0]: said(MISSING[0], 404, NO), MISSING[1]: said(MISSING[1], 404)})
    judge = likeness.be_like_missing_ones
    assert told(judge, said(FOREIGN, 404, b"x")) == []
    assert told(judge, said(FOREIGN, 403, b"x", facts=facts)) == []
    assert told(judge, said(MISSING[0], 404, b"x", facts=facts)) == []
    half = Facts(alone={**facts.alone, MISSING[1]: said(MISSING[1], 400)})
    assert told(judge, said(FOREIGN, 404, b"x", facts=half)) == []
