"""Wrong answers are asked for again before a cause is blamed for them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.causes.symptoms import Repeated
from neptun_conformance.engine.checks.check import Check, Checked
from neptun_conformance.engine.followup.coming_again import MOST, come_again
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Finding
from neptun_conformance.questions.arguments import ArgumentKind
from neptun_conformance.results.result import Outcome
from tests.unit.judge.said import JSON, refusal
from tests.unit.scripted import LATE, NOISY, PLAIN, Script, asked_for, asker_of, one, only_to

WRONG = Response(404, (JSON,), refusal(404))
RIGHT = None


def checked(*answers: Answer) -> Checked:
    problem = Problem("wrong", "a 200", "a 404")
    check = Check("module::test", "success.status", lambda: None, ArgumentKind.ANSWER)
    findings = tuple(Finding(problem, answer) for answer in answers)
    return Checked(check, Outcome.FAIL, findings=findings)


def again(script: Script, *more: Answer) -> list[Repeated]:
    scheduler, client = asker_of(script)
    scheduler.reach()
    answer = one(scheduler, NOISY)
    client.sent.clear()
    found = come_again([checked(answer, *more)], scheduler)
    assert set(found) <= {answer.exchange.request}
    assert client.sent[0] == scheduler.answers[0].exchange.request
    return [*found.values()]


@pytest.mark.parametrize(
    ("used", "new", "told"),
    [
        ((WRONG, WRONG), WRONG, Repeated.EACH_TIME),
        ((WRONG, WRONG), RIGHT, Repeated.BY_CONNECTION),
        ((RIGHT, WRONG), RIGHT, Repeated.NOT_AGAIN),
        ((WRONG, RIGHT), RIGHT, Repeated.NOT_AGAIN),
        ((RIGHT, RIGHT), RIGHT, Repeated.NOT_AGAIN),
        ((RIGHT, WRONG), WRONG, Repeated.NOW_AND_THEN),
    ],
)
def test_repeats_over_used_connections_are_told_from_one_over_a_new_one(
    used: tuple[Response | None, ...], new: Response | None, told: Repeated
) -> None:
    assert again(only_to(asked_for(NOISY), WRONG, *used, new)) == [told]


def test_of_what_gets_no_answer_nobody_knows() -> None:
    assert again(only_to(asked_for(NOISY), WRONG, LATE)) == []


def test_a_few_are_repeated_and_none_that_came_after_others_or_with_them() -> None:
    scheduler, client = asker_of()
    answers = [one(scheduler, PLAIN.with_query(f"a={number}")) for number in range(MOST + 3)]
    client.sent.clear()
    assert len(come_again([checked(*answers)], scheduler)) == MOST
    assert len(client.sent) == 4 * MOST
    first = answers[0]
    together = replace(first, exchange=replace(first.exchange, at_once=True))
    after = replace(first, steps=(answers[1],))
    unsafe = Request("POST", "/", ())
    posted = replace(first, exchange=replace(first.exchange, request=unsafe))
    assert come_again([checked(together, after, posted)], scheduler) == {}
