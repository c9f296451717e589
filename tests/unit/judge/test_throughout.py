"""What is judged throughout a run is left untested by nothing that it is not about."""

from __future__ import annotations

import pytest

from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.demands import Answers, NotTested, Violated
from neptun_conformance.judge.throughout import get_what_is_due
from neptun_conformance.questions.callers import owner, stranger
from neptun_conformance.questions.situations import Question
from tests.unit.judge.said import file, files, refusal, said

FOREIGN = stranger.asks(owner.full)


def heard(*told: tuple[Question, int]) -> Answers:
    alone: dict[Question, Answer] = {}
    for question, status in told:
        body = files(file(1)) if status == 200 else refusal(status)
        alone[question] = said(question, status, body, facts=Facts(alone=alone))
    return Answers(tuple(alone.values()))


def test_a_wrong_status_elsewhere_leaves_nothing_untested() -> None:
    wrong = (FOREIGN, 403), (FOREIGN.with_query("a=b"), 403)
    heard((owner.asks(owner.full), 200), *wrong).must(get_what_is_due("success.status"))


def test_a_wrong_status_of_its_own_is_found() -> None:
    with pytest.raises(Violated):
        heard((owner.asks(owner.full), 404)).must(get_what_is_due("success.status"))


def test_without_such_a_request_nothing_passes() -> None:
    with pytest.raises(NotTested, match="no such request was sent"):
        heard((FOREIGN, 404)).must(get_what_is_due("success.status"))
