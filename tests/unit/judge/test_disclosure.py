"""Files of another's chat are seen wherever they stand, and own ones are nobody's secret."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.disclosure import disclose_nothing, refuse_without_a_file
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.targets.model import File
from tests.unit.judge.said import JSON, failed, file, files, refusal, said, told

FOREIGN = stranger.asks(owner.full)
THEIRS = 5820
MESSAGE = "Ä report.pdf"


def facts(**known: Any) -> Facts:
    """Return what a run knows: both plain readings, and the names of their files."""
    return Facts(
        plain={
            owner.full: said(owner.asks(owner.full), 200, files(1, 2)),
            stranger.full: said(stranger.asks(stranger.full), 200, files(7, 8, chat=THEIRS)),
        },
        texts={owner.full: (MESSAGE, "shared.txt"), stranger.full: ("theirs.txt", "shared.txt")},
        **known,
    )


def heard(status: int, body: bytes, question: Any = FOREIGN) -> Answer:
    return said(question, status, body, facts=facts())


def test_files_that_the_caller_has_not_read_are_disclosed() -> None:
    disclosed = ("files are disclosed", "no chat data", "status 200, 2 files")
    assert told(disclose_nothing, heard(200, files(1, 2))) == [disclosed]
    assert told(disclose_nothing, heard(200, files(1, 7, 2))) == [disclosed]


def test_files_are_disclosed_to_somebody_without_a_session() -> None:
    answer = heard(200, files(7, chat=THEIRS), anonymous.asks(stranger.full))
    disclosed = ("files are disclosed", "no chat data", "status 200, 1 files")
    assert told(disclose_nothing, answer) == [disclosed]


@pytest.mark.parametrize("body", [files(), files(7, 8), b"{}", b"{", b""])
def test_own_files_and_none_disclose_nothing(body: bytes) -> None:
    assert told(disclose_nothing, heard(200, body)) == []


def test_a_chat_whose_readings_differ_holds_files_that_were_not_read_before() -> None:
    known = facts(unsteady={stranger.full})
    own = said(stranger.asks(stranger.full), 200, files(9, chat=THEIRS), facts=known)
    assert told(disclose_nothing, own) == []
    foreign = said(FOREIGN, 200, files(9), facts=known)
    assert len(told(disclose_nothing, foreign)) == 1
    steady = said(stranger.asks(stranger.full), 200, files(9, chat=THEIRS), facts=facts())
    assert len(told(disclose_nothing, steady)) == 1


def test_files_that_the_target_lists_for_the_caller_are_its_own() -> None:
    known = facts(listed={stranger.full: (File(id=9),), owner.full: (File(id=10),)})
    own = stranger.asks(stranger.full)
    assert told(disclose_nothing, said(own, 200, files(9, chat=THEIRS), facts=known)) == []
    assert len(told(disclose_nothing, said(own, 200, files(10, chat=THEIRS), facts=known))) == 1


def test_a_chat_of_which_no_plain_reading_can_be_read_holds_nobody_knows_what() -> None:
    own = stranger.asks(stranger.full)
    known = replace(facts(), plain={stranger.full: said(own, 200, b"garbled")})
    odd = own.with_headers(("Accept-Encoding", "x"))
    assert told(disclose_nothing, said(odd, 200, files(9, chat=THEIRS), facts=known)) == []
    assert len(told(disclose_nothing, said(FOREIGN, 200, files(1), facts=known))) == 1


@pytest.mark.parametrize(
    "body",
    [
        MESSAGE.encode(),
        b'{"message": "\\u00c4 report.pdf"}',
        b"\xff " + MESSAGE.encode(),
        refusal(hint=f"no access to {MESSAGE}"),
    ],
)
def test_a_name_is_recognised_in_any_text(body: bytes) -> None:
    disclosed = ("a file is disclosed", "no chat data", "the string '\\xc4 report.pdf'")
    assert told(disclose_nothing, heard(404, body)) == [disclosed]


@pytest.mark.parametrize(
    "value",
    [
        'attachment; filename="Ä report.pdf"',
        'attachment; filename="Ã\x84 report.pdf"',
        "attachment; filename*=UTF-8''%C3%84%20report.pdf",
        "</links/%C3%84%20report.pdf>; rel=preload",
    ],
)
def test_a_name_is_recognised_in_a_header(value: str) -> None:
    disclosed = ("a file is disclosed", "no chat data", "the string '\\xc4 report.pdf'")
    answer = said(FOREIGN, 404, refusal(), (JSON, ("X-Any", value)), facts())
    assert told(disclose_nothing, answer) == [disclosed]


def test_a_header_may_say_a_word_that_a_file_is_called() -> None:
    known = replace(facts(), texts={owner.full: ("private", "text/plain")})
    headers = (("Content-Type", "text/plain"), ("Cache-Control", "private"))
    assert told(disclose_nothing, said(FOREIGN, 404, b"no", headers, known)) == []


@pytest.mark.parametrize(
    "body",
    [
        b"shared.txt",
        b"theirs.txt",
        b"report.pdf",
        b'"\\u00c4 report.pd"',
        b'"u00c4 report.pdf"',
        b"",
    ],
)
def test_own_names_and_parts_of_names_disclose_nothing(body: bytes) -> None:
    assert told(disclose_nothing, heard(404, body)) == []


def test_a_file_may_be_called_like_a_documented_member() -> None:
    known = replace(facts(), texts={owner.full: ("message", "statusCode")})
    assert told(disclose_nothing, said(FOREIGN, 404, refusal(), facts=known)) == []
    named = said(FOREIGN, 404, refusal(hint="message"), facts=known)
    assert len(told(disclose_nothing, named)) == 1


def test_names_beside_files_of_the_own_chat_are_seen_too() -> None:
    body = files(file(7, chat=THEIRS, name=MESSAGE))
    assert told(disclose_nothing, heard(200, body)) == [
        ("a file is disclosed", "no chat data", "the string '\\xc4 report.pdf'")
    ]


def test_what_another_reading_of_an_own_chat_held_is_no_secret() -> None:
    body = files(file(7, chat=THEIRS, name=MESSAGE))
    known = replace(facts(), every_text={stranger.full: {MESSAGE}})
    assert told(disclose_nothing, said(FOREIGN, 200, body, facts=known)) == []


def test_no_answer_discloses_nothing() -> None:
    assert told(disclose_nothing, failed(FOREIGN, facts=facts())) == []


def test_one_name_stands_in_a_page_for_everybody_by_chance_and_two_do_not() -> None:
    both = MESSAGE.encode() + b" https://files.example.com/1"
    known = facts(pages={MESSAGE.encode(), both, files(1, 2)})
    texts = {owner.full: (*known.texts[owner.full], "https://files.example.com/1")}
    known = replace(known, texts=texts)
    assert told(disclose_nothing, said(FOREIGN, 404, MESSAGE.encode(), facts=known)) == []
    other = said(FOREIGN, 404, f"<p>{MESSAGE}".encode(), facts=known)
    assert len(told(disclose_nothing, other)) == 1
    assert len(told(disclose_nothing, said(FOREIGN, 404, both, facts=known))) == 1
    assert len(told(disclose_nothing, said(FOREIGN, 200, files(1, 2), facts=known))) == 1


@pytest.mark.parametrize(("status", "seen"), [(401, 1), (404, 1), (200, 0), (302, 0), (500, 0)])
def test_a_file_is_looked_for_in_every_refusal_and_in_nothing_else(status: int, seen: int) -> None:
    answer = heard(status, b'{"found": ["shared.txt", "%s"]}' % MESSAGE.encode())
    assert len(told(refuse_without_a_file, answer)) == seen


def test_no_answer_is_no_refusal() -> None:
    assert told(refuse_without_a_file, failed(FOREIGN, facts=facts())) == []
