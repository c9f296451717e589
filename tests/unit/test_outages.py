"""A target that is gone is waited for; an input that ends it is named; then the rest is asked."""

from __future__ import annotations

from typing import cast

from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.exchange import Failure, FailureKind, Request
from neptun_conformance.judge.answer import Answer, Unasked
from neptun_conformance.questions.situations import Question
from tests.unit.scripted import DROPPED, LATE, PLAIN, ScriptedClient, asked_for, asker_of, one

REFUSED = Failure(FailureKind.CONNECT, "refused")
INPUTS = [PLAIN.with_query(f"a={number}") for number in range(8)]
BAD = PLAIN.with_query("bad")


class Away:
    """A target that is away for so many seconds, once or each time after some inputs."""

    def __init__(self, client: ScriptedClient, seconds: float, *ended_by: Question) -> None:
        self.until = 0.0
        self._client = client
        self._seconds = seconds
        self._ended_by = {asked_for(question) for question in ended_by}

    def leave(self) -> None:
        self.until = self._client.clock + self._seconds

    def __call__(self, request: Request, _time: int) -> Failure | None:
        if self._client.clock < self.until:
            return REFUSED
        if request.target in self._ended_by:
            self.leave()
            return DROPPED
        return None


def test_a_target_that_is_away_for_a_while_is_waited_for_and_asked_all_the_same() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    away = client.script = Away(client, 3.0)
    away.leave()
    heard = scheduler.ask(INPUTS)
    assert {cast("Answer", heard[q]).status for q in INPUTS} == {200}
    assert {cast("Answer", heard[q]).untested for q in INPUTS} == {None}
    assert 3.0 <= client.clock < 5.0
    assert scheduler.notes == ["the target was gone once, 3.5 s in all, and was waited for"]


def test_an_input_after_which_the_target_is_gone_again_is_its_own_finding() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    client.script = Away(client, 0.3, BAD)
    heard = scheduler.ask([*INPUTS[:4], BAD, *INPUTS[4:]])
    answer = cast("Answer", heard[BAD])
    assert answer.untested is None
    assert answer.failure == Failure(FailureKind.DROPPED, "dropped; the target was gone after it")
    assert {cast("Answer", heard[q]).status for q in INPUTS} == {200}


def test_an_input_is_named_though_what_was_under_way_with_it_was_dropped_by_chance() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    bad = [PLAIN.with_query(f"bad{number}") for number in range(3)]
    away, bystanders = Away(client, 0.3, *bad), {asked_for(question) for question in INPUTS}

    def script(request: Request, time: int) -> Failure | None:
        return DROPPED if time == 1 and request.target in bystanders else away(request, time)

    client.script = script
    heard = scheduler.ask([*INPUTS[:4], *bad, *INPUTS[4:]])
    assert [cast("Answer", heard[q]).untested for q in (*bad, *INPUTS)] == [None] * 11
    assert {cast("Answer", heard[q]).failure for q in bad} == {
        Failure(FailureKind.DROPPED, "dropped; the target was gone after it")
    }


def test_a_target_that_goes_after_its_answer_is_the_doing_of_what_was_answered() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    away = Away(client, 0.3)

    def script(request: Request, time: int) -> Failure | None:
        failure = away(request, time)
        if failure is None and request.target == asked_for(BAD):
            away.leave()
            return DROPPED if time == 1 else None
        return failure

    client.script = script
    answer = one(scheduler, BAD)
    assert answer.failure
    assert answer.failure.message == "the target was gone right after its answer"


def test_after_five_such_inputs_the_rest_is_left_alone() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    client.script = Away(client, 0.3, *INPUTS)
    heard = scheduler.ask(INPUTS)
    failed = [q for q in INPUTS if getattr(heard[q], "untested", "x") is None]
    assert failed == INPUTS[:5]
    left = [got for q in INPUTS[5:] if (got := heard[q])]
    reasons = {
        got.reason if isinstance(got, Unasked) else cast("Answer", got).untested for got in left
    }
    assert reasons == {"5 inputs ended the target, so no more were sent"}


def test_a_target_is_waited_for_so_long_in_a_run_and_no_longer() -> None:
    scheduler, client = asker_of(limits=Limits(outages=1.0))
    scheduler.reach()
    client.script = Away(client, 0.6, *INPUTS[:2])
    heard = scheduler.ask(INPUTS)
    assert client.clock < 3.0
    assert cast("Unasked", heard[INPUTS[7]]).reason.startswith("the target stopped answering after")


def test_what_takes_too_long_is_not_repeated_for_ever() -> None:
    scheduler, client = asker_of(limits=Limits(hangs=30.0))
    scheduler.reach()
    targets = {asked_for(question) for question in INPUTS}

    def script(request: Request, time: int) -> Failure | None:
        hangs = request.target in targets
        client.seconds = (1.0 if time == 1 else 21.0) if hangs else 0.0
        return LATE if hangs else None

    client.script = script
    heard = scheduler.ask(INPUTS)
    first, *rest = (cast("Answer", heard[q]) for q in INPUTS)
    assert first.untested is None
    assert all(got.untested and got.untested.startswith("no answer in time") for got in rest)


def test_what_was_under_way_when_a_target_stopped_for_good_is_named_in_short() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    long = PLAIN.with_query("x" * 500)
    client.script = Away(client, 1_000.0, long)
    heard = scheduler.ask([*INPUTS[:3], long, *INPUTS[3:]])
    reason = cast("Unasked", heard[INPUTS[7]]).reason
    *_, ended, under_way = scheduler.notes
    assert ended == reason
    assert len(reason) < 100
    which = " (--concurrency 1 tells which)" if "; " in under_way else ""
    assert under_way.startswith(f"under way when it stopped{which}: {PLAIN}")
    assert len(under_way) < 1_000


def test_a_target_that_refuses_connections_in_the_end_is_said_to_do_so() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    client.script = lambda *_: Failure(FailureKind.CONNECT, "refused")
    scheduler.ask(INPUTS[:2])
    answered = len([answer for answer in scheduler.answers if answer.response])
    reason = f"the target stopped answering after {answered} answers; it refuses connections"
    assert reason in scheduler.notes
