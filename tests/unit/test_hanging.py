"""Where a whole kind of request gets no answer, a run ends soon all the same, and says so."""

from __future__ import annotations

from typing import cast

from neptun_conformance.exchange import Failure, Request, Response
from neptun_conformance.judge.answer import Answer, Unasked
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import Burst, Question
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


def late_once(client: ScriptedClient, *late: Question, again: int = 1) -> None:
    """Let each of these be late so many times after now, and all else be answered at once."""
    paths = dict.fromkeys(map(asked_for, late), again)

    def script(request: Request, _time: int) -> Failure | None:
        is_late = paths.get(request.target, 0) > 0
        paths[request.target] = paths.get(request.target, 0) - 1
        client.seconds = DEADLINE if is_late else 0.0
        return LATE if is_late else None

    client.script = script


QUERIES = [PLAIN.with_query(f"a={number}") for number in range(12)]


def test_what_was_late_once_and_is_answered_then_leaves_nothing_out() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    late_once(client, QUERIES[0])
    heard = scheduler.ask(QUERIES)
    answers = [cast("Answer", heard[question]) for question in QUERIES]
    assert [(got.status, got.untested) for got in answers] == [(200, None)] * 12
    assert client.clock == DEADLINE


def test_of_a_target_that_stalls_again_and_again_the_rest_is_left_out() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    late_once(client, *QUERIES)
    heard = scheduler.ask(QUERIES)
    reasons = {cast("Unasked", heard[question]).reason for question in QUERIES[3:]}
    assert reasons == {"10 s were spent on requests like it, in vain"}
    assert client.clock == 3 * DEADLINE


def test_what_hangs_twice_is_left_out_though_something_else_was_late_once() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    others = [stranger.asks(stranger.full).with_query(f"a={number}") for number in range(3)]
    late_once(client, QUERIES[0])
    stalled = client.script

    def script(request: Request, time: int) -> Response | Failure | None:
        hangs = request.target == asked_for(others[0])
        late = stalled(request, time)
        client.seconds = DEADLINE if hangs or late else 0.0
        return LATE if hangs else late

    client.script = script
    heard = scheduler.ask([QUERIES[0], others[0], *QUERIES[1:], *others[1:]])
    assert cast("Answer", heard[others[0]]).failure == LATE
    assert {cast("Answer", heard[question]).status for question in QUERIES} == {200}
    assert {cast("Unasked", heard[question]).reason for question in others[1:]} == {
        "20 s were spent on requests like it, in vain"
    }


def test_a_burst_that_stalled_goes_out_again_as_a_whole() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    burst = Burst((PLAIN, stranger.asks(stranger.full)))
    scheduler.ask([*burst.questions])
    late_once(client, PLAIN)
    client.sent.clear()
    heard = scheduler.ask([burst])
    assert [got.status for got in cast("list[Answer]", heard[burst])] == [200] * 2
    assert [request.target for request in client.sent[-2:]] == [*map(asked_for, burst.questions)]
    assert client.clock == DEADLINE
