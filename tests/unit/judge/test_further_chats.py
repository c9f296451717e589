"""Guessed numbers: chats of a caller that the target does not name are its own."""

from __future__ import annotations

import pytest

from neptun_conformance.judge import further_chats, status
from neptun_conformance.judge.answer import Facts
from neptun_conformance.judge.deviation import deviation
from neptun_conformance.questions.callers import owner
from neptun_conformance.questions.situations import Written
from tests.unit.judge.said import Told, failed, file, files, refusal, said, told

OWN = owner.asks(owner.full)
PLAIN = Facts(plain={owner.full: said(OWN, 200, files(1, 2, 3))})
GUESS = owner.asks(Written("47110"))
FOUND = "the files of another chat"
NOT_404 = ("the response is not a 404", "status 404, or the files of a chat with this number")


def test_a_number_that_is_no_known_chat_yields_none_of_the_known_files() -> None:
    near = owner.asks(Written("47110"))
    judge = further_chats.be_no_known_chat
    same = said(near, 200, files(3, 1, 2, chat=47110), facts=PLAIN)
    expected = ("the files of another chat", "a 4xx, or files of its own")
    assert told(judge, same) == [(*expected, "those of the owner's chat with files")]
    assert told(judge, said(near, 200, files(1, 2, chat=47110), facts=PLAIN)) == []
    renamed = (file(number, chat=47110, name="b.txt") for number in (1, 2, 3))
    assert told(judge, said(near, 200, files(*renamed), facts=PLAIN)) == []
    assert told(judge, said(near, 200, files(), facts=PLAIN)) == []
    assert told(judge, said(near, 404, refusal(), facts=PLAIN)) == []
    assert told(judge, said(OWN, 200, files(1, 2, 3), facts=PLAIN)) == []


@pytest.mark.parametrize(
    ("code", "body", "wrong"),
    [
        (404, refusal(), []),
        (200, files(chat=47110), []),
        (200, files(7, 8, chat=47110), []),
        (400, refusal(status=400), [(*NOT_404, "status 400")]),
        (200, b"{}", [(*NOT_404, "a 200 without a chatFiles array")]),
        (200, files(7, 8), [(FOUND, "chat_conversation_id 47110", "4711")]),
        (
            200,
            files(1, 2, 3, chat=47110),
            [(FOUND, "a 4xx, or files of its own", "those of the owner's chat with files")],
        ),
    ],
)
def test_a_guessed_number_is_missing_or_a_chat_of_its_own(
    code: int, body: bytes, wrong: list[Told]
) -> None:
    answer = said(GUESS, code, body, facts=PLAIN)
    assert told(further_chats.be_missing_or_a_chat_of_its_own, answer) == wrong
    assert (deviation(answer) is not None) == bool(wrong)


def test_nothing_is_said_of_a_guess_that_gets_no_answer() -> None:
    assert told(further_chats.be_missing_or_a_chat_of_its_own, failed(GUESS, facts=PLAIN)) == []
    assert told(status.be_not_found, failed(GUESS, facts=PLAIN)) == []


def test_nothing_is_said_of_what_is_no_guess() -> None:
    assert not further_chats.is_wrong_guess(said(OWN, 400, facts=PLAIN))
