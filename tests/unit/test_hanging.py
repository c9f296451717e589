"""Where a whole kind of request gets no answer, a run ends soon all the same, and says so."""

from __future__ import annotations

from typing import cast

from neptun_conformance.exchange import Failure, Request
from neptun_conformance.judge.answer import Answer, Unasked
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import Question
from tests.unit.scripted import LATE, PLAIN, ScriptedClient, asked_for, asker_of, one

EMPTY = owner.asks(owner.empty)
DEADLINE = 10.0


def hanging(client: ScriptedClient, *questions: Question) -> None:
    """Let some paths get no answer within the deadline, with and without a query."""
    paths = {asked_for(question) for question in questions}

    def script(request: Request, _time: int) -> Failure | None:
        hangs = request.target.partition("?")[0] in paths
        client.seconds = DEADLINE if hangs else 0.0
        return LATE if hangs else None

    client.script = script


def test_what_is_like_a_plain_question_that_hangs_twice_is_left_out() -> None:
    scheduler, client = asker_of()
    hanging(client, EMPTY)
    scheduler.reach()
    assert client.clock == 2 * DEADLINE
    client.clock += 1  # as each of them takes a little longer than the deadline
    queries = [EMPTY.with_query(f"a={number}") for number in range(3)]
    others = [PLAIN.again(1), stranger.asks(stranger.empty), anonymous.asks(owner.empty)]
    heard = scheduler.ask([EMPTY, *queries, *others])
    answer = cast("Answer", heard[EMPTY])
    assert (answer.failure, answer.untested) == (LATE, None)
    assert {cast("Unasked", heard[q]).reason for q in queries} == {
        "10 s were spent on requests like it, in vain"
    }
    assert {cast("Answer", heard[question]).untested for question in others} == {None}


def test_where_the_owners_plain_question_hangs_an_anonymous_one_shows_a_live_target() -> None:
    scheduler, client = asker_of()
    hanging(client, PLAIN)
    scheduler.reach()
    hanging(client, PLAIN, stranger.asks(stranger.full))
    answer = one(scheduler, stranger.asks(stranger.full).with_query("a=1"))
    assert (answer.failure, answer.untested) == (LATE, None)
