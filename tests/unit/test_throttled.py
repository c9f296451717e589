"""An input that is throttled while its plain form is answered is answered by that."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, cast

import pytest

from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.answer import Answer
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import Question, Written
from tests.unit.scripted import NOISY, PLAIN, Script, asked_for, asker_of, one, only_to


def throttled(status: int, after: str) -> Response:
    return Response(status, (("Retry-After", after),), b"later")


def times_asked(client: Any, question: Question) -> int:
    return sum(request.target == asked_for(question) for request in client.sent)


def always(response: Response) -> Script:
    return only_to(asked_for(NOISY), response)


@pytest.mark.parametrize("status", [429, 503])
def test_what_is_throttled_three_times_has_its_answer(status: int) -> None:
    scheduler, client = asker_of(always(throttled(status, "2")))
    answer = one(scheduler, NOISY)
    assert (answer.status, answer.untested) == (status, None)
    assert times_asked(client, NOISY) == 3
    assert client.clock == 4.0
    assert [wait.seconds for wait in answer.exchange.waits] == [2.0, 2.0]


def test_waiting_for_throttled_inputs_ends_after_ten_seconds_however_many_there_are() -> None:
    noisy = [PLAIN.with_query(f"a={number}") for number in range(6)]
    targets = {asked_for(question) for question in noisy}
    scheduler, client = asker_of(
        lambda request, _: throttled(503, "60") if request.target in targets else None
    )
    heard = scheduler.ask([*noisy, PLAIN])
    assert {cast("Answer", heard[question]).status for question in noisy} == {503}
    assert client.clock == 10.0


def test_a_bound_on_inputs_in_a_while_leaves_none_of_them_open() -> None:
    noisy = [PLAIN.with_query(f"a={number}") for number in range(40)]
    targets = {asked_for(question) for question in noisy}
    let_through: list[float] = []

    def script(request: Request, _time: int) -> Response | None:
        if request.target not in targets:
            return None
        if len([moment for moment in let_through if moment > client.clock - 1]) == 5:
            return throttled(429, "1")
        let_through.append(client.clock)
        return None

    scheduler, client = asker_of(script)
    heard = scheduler.ask([*noisy, PLAIN])
    assert {cast("Answer", heard[question]).status for question in noisy} == {200}
    assert client.clock == 7.0
    assert len(client.sent) == 40 + 35 + 6 + 1


def test_a_bound_that_lets_too_few_through_leaves_open_what_lies_between_them() -> None:
    noisy = [owner.asks(Written(str(10_000 + n)), under=stranger) for n in range(90)]
    targets = {asked_for(question) for question in noisy}
    seen: list[float] = []

    def script(request: Request, _time: int) -> Response | None:
        if request.target not in targets:
            return None
        if client.clock in seen:
            return throttled(429, "1")
        seen.append(client.clock)
        return None

    scheduler, client = asker_of(script)
    heard = scheduler.ask([*noisy, PLAIN])
    answered = [n for n, q in enumerate(noisy) if cast("Answer", heard[q]).status == 200]
    assert client.clock == 10.0
    assert len(answered) == 11
    assert scheduler.notes[0].endswith(", and 78 more requests")
    assert max(b - a for a, b in pairwise([0, *answered, 89])) < 20


def test_what_is_throttled_now_and_then_is_answered() -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), throttled(429, "1"), None))
    assert one(scheduler, NOISY).status == 200


@pytest.mark.parametrize(
    "question",
    [
        anonymous.asks(owner.empty),
        owner.asks(Written("10000"), under=stranger),
    ],
)
def test_a_429_leaves_open_what_is_due_where_that_is_one_status(question: Question) -> None:
    def script(request: Request, _time: int) -> Response | None:
        return throttled(429, "0") if request.target == asked_for(question) else None

    scheduler, _ = asker_of(script)
    untested = one(scheduler, question).untested
    assert untested == "answered 3 times with 429, while its plain form is answered"
    assert scheduler.notes == [
        f"answered with 429 as often as it was sent, so not tested: {question}"
    ]
