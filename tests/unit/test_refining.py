"""What was found is made smaller, repeated, and said to come now and then where it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.engine.asking.budget import Budget
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.check import Check, Checked
from neptun_conformance.engine.followup.refining import REPLAYS, Refining
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Answers, Finding, NotTested
from neptun_conformance.questions.arguments import ArgumentKind
from neptun_conformance.questions.callers import owner
from neptun_conformance.questions.generated.exploring import Exploration
from neptun_conformance.questions.situations import Question, Written
from neptun_conformance.results.result import Outcome
from tests.unit.judge.said import said

TEXTS = Exploration("texts", 5)


class ScriptedAsker:
    """Gives one status to every question, and others to replays."""

    def __init__(self, status: int, *replays: int) -> None:
        self.status, self.replays, self.asked = status, replays, 0
        self.budget, self.answers, self.spared = Budget(150), list[Answer](), list[str]()

    def spare(self, check: str) -> None:
        self.spared.append(check)

    def ask(self, asked: list[Question]) -> dict[Question, Answer]:
        self.asked += len(asked)
        came = {question: said(question, self.status) for question in asked}
        self.answers += came.values()
        return came

    def replay(self, question: Question, *, times: int) -> list[Answer]:
        assert times == REPLAYS
        return [said(question, status) for status in self.replays]


def be_404(answer: Answer) -> Iterator[Problem]:
    if answer.status == 418:
        raise NotTested("nothing can be said")
    if answer.status != 404:
        yield Problem("wrong", "404", str(answer.status))


def judged(answers: Answers) -> None:
    answers.must(be_404)


LONG = owner.asks(Written("a long text"), under=owner)
CHECK = Check("odd::texts", "input.status", judged, ArgumentKind.ANSWERS, exploration=TEXTS)


def refined(scheduler: ScriptedAsker) -> Checked:
    finding = Finding(Problem("wrong", "404", "500"), said(LONG, 500))
    refining = Refining(cast("Scheduler", cast("Any", scheduler)), {}, "default", 0)
    return refining.refine(Checked(CHECK, Outcome.FAIL, (finding,)), TEXTS)


def test_what_always_fails_is_made_as_small_as_it_gets() -> None:
    scheduler = ScriptedAsker(500, *[500] * REPLAYS)
    (finding,) = refined(scheduler).findings
    assert finding.answer.resolved.question != LONG
    assert finding.rate is None
    assert 0 < scheduler.asked <= 50
    assert scheduler.budget.left == 150 - scheduler.asked - REPLAYS


def test_without_extra_requests_a_finding_stays_as_it_is_and_says_so() -> None:
    scheduler = ScriptedAsker(500)
    scheduler.budget = Budget(0)
    (finding,) = refined(scheduler).findings
    assert (finding.answer.resolved.question, finding.rate) == (LONG, None)
    assert (scheduler.asked, set(scheduler.spared)) == (0, {CHECK.id})


@pytest.mark.parametrize(
    ("status", "replays", "rate"),
    [(404, (500, 404, 404, 500, 404), "2 of 5"), (418, (418,) * 5, "0 of 5")],
)
def test_what_does_not_come_again_keeps_its_question_and_says_how_often_it_came(
    status: int, replays: tuple[int, ...], rate: str
) -> None:
    (finding,) = refined(ScriptedAsker(status, *replays)).findings
    assert (finding.answer.resolved.question, finding.rate) == (LONG, rate)
