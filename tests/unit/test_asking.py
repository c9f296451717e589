"""What fails or is refused is somebody's doing, and only the target's doing is held against it."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import cast

import pytest

from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.engine.asking.scheduler import Unreachable
from neptun_conformance.exchange import Failure, Request, Response
from neptun_conformance.judge.answer import Answer, Unasked
from neptun_conformance.questions.callers import owner
from neptun_conformance.questions.situations import (
    Burst,
    Question,
    UnknownChat,
    Written,
)
from neptun_conformance.questions.voices import Level
from tests.unit.judge.said import JSON, file, files, refusal
from tests.unit.scripted import (
    DROPPED,
    LATE,
    NOBODY,
    NOISY,
    PLAIN,
    SPENT,
    Script,
    asked_for,
    asker_of,
    one,
    only_to,
)

# Failures


def test_what_fails_once_is_repeated_and_noted() -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), DROPPED, None))
    answer = one(scheduler, NOISY)
    assert (answer.status, answer.exchange.first_failure) == (200, DROPPED)


def test_what_fails_twice_is_the_doing_of_a_target_that_answers_others() -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), DROPPED, LATE))
    answer = one(scheduler, NOISY)
    assert (answer.failure, answer.exchange.first_failure, answer.untested) == (LATE, DROPPED, None)


@pytest.mark.parametrize(("others", "failure"), [(0, DROPPED), (1, None)])
def test_where_others_fail_by_chance_what_fails_twice_is_tried_once_more(
    others: int, failure: Failure | None
) -> None:
    other = PLAIN.with_query("b=1")
    drops = {asked_for(NOISY): 2, asked_for(other): others}
    scheduler, _ = asker_of(
        lambda request, time: DROPPED if time <= drops.get(request.target, 0) else None
    )
    answer = scheduler.ask([NOISY, other])[NOISY]
    assert isinstance(answer, Answer)
    assert (answer.failure, answer.untested) == (failure, None)
    assert [a for a in scheduler.answers if a.resolved.question == NOISY] == [answer]


@pytest.mark.parametrize("outcomes", [(SPENT,), (DROPPED, SPENT)])
def test_what_the_run_itself_ended_is_nobodys_doing(outcomes: tuple[Failure, ...]) -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), *outcomes))
    answer = one(scheduler, NOISY)
    assert (answer.failure, answer.untested) == (SPENT, "no more requests")


def test_a_target_that_answers_nothing_else_is_gone_and_is_left_alone() -> None:
    scheduler, client = asker_of()
    scheduler.reach()
    client.script = lambda *_: DROPPED
    questions = [PLAIN.with_query(f"a={number}") for number in range(5)]
    heard = scheduler.ask(questions)
    reason = "the target stopped answering after 5 answers"
    first, *rest = (heard[q] for q in questions)
    assert cast("Answer", first).untested == reason
    assert {cast("Unasked", got).reason for got in rest} == {reason}
    assert client.clock == pytest.approx(10.0, abs=1.0)


def test_where_the_plain_question_fails_an_anonymous_one_tells_whether_the_target_lives() -> None:
    scheduler, client = asker_of(only_to(asked_for(PLAIN), DROPPED))
    assert one(scheduler, PLAIN).untested is None
    assert client.sent[-1].target == asked_for(NOBODY)


def test_inputs_of_a_kind_that_hangs_are_waited_for_once() -> None:
    first, second = (
        Question(caller=q.caller, user=q.user, chat=q.chat, query=q.query, kind="slow")
        for q in (PLAIN.with_query("a=1"), PLAIN.with_query("a=2"))
    )
    scheduler, _ = asker_of(only_to(asked_for(PLAIN.with_query("a=1")), LATE))
    assert one(scheduler, first).failure == LATE
    unasked = scheduler.ask([second])[second]
    assert isinstance(unasked, Unasked)
    assert unasked.reason.startswith("inputs of this kind get no answer in time")


def test_nothing_goes_out_after_an_interrupt() -> None:
    def interrupted(_request: Request, _time: int) -> None:
        raise KeyboardInterrupt

    scheduler, client = asker_of(interrupted)
    with pytest.raises(KeyboardInterrupt):
        scheduler.ask([PLAIN])
    assert client.is_closed


# Who is there


def test_without_a_server_nothing_is_reached() -> None:
    scheduler, _ = asker_of(lambda *_: DROPPED)
    with pytest.raises(Unreachable, match=r"^dropped$"):
        scheduler.reach()


def test_without_an_owner_an_anonymous_question_reaches_the_target() -> None:
    scheduler, _ = asker_of(owner=None)
    scheduler.reach()
    assert scheduler.lost == []
    assert scheduler.replay(PLAIN, times=2) == []


# What is learned for others


def test_a_page_for_no_chat_is_known() -> None:
    page = Response(404, (("Content-Type", "text/html"),), b"<p>Nothing here")
    odd, unknown = owner.asks(Written("x"), under=owner), owner.asks(UnknownChat())
    scheduler, _ = asker_of(only_to(asked_for(odd), page))
    scheduler.ask([odd, unknown, PLAIN])
    assert page.body in scheduler.answers[0].facts.pages
    assert scheduler.answers[0].facts.pages == {page.body, files()}


def test_the_members_of_every_plain_reading_are_known() -> None:
    more = Response(200, (JSON,), b'{"chatFiles": [], "more": 1}')
    scheduler, _ = asker_of(only_to(asked_for(PLAIN), None, more))
    scheduler.ask([PLAIN, PLAIN.again(1), NOISY])
    assert scheduler.answers[0].facts.names[owner.full] == {
        frozenset(["chatFiles"]),
        frozenset(["chatFiles", "more"]),
    }


def test_what_is_like_much_that_hangs_is_left_out() -> None:
    noisy = [PLAIN.with_query(f"a={number}") for number in range(6)]
    scheduler, client = asker_of(limits=Limits(hangs=60.0))
    scheduler.reach()
    targets = {asked_for(question) for question in noisy}

    def script(request: Request, _time: int) -> Failure | None:
        client.seconds = 10.0 if request.target in targets else 0.0
        return LATE if request.target in targets else None

    client.script = script
    heard = scheduler.ask([*noisy, owner.asks(owner.empty)])
    repeated, unasked = noisy[:3], noisy[3:]
    assert [cast("Answer", heard[question]).failure for question in repeated] == [LATE] * 3
    assert [cast("Answer", heard[question]).untested for question in repeated] == [None] * 3
    assert {cast("Unasked", heard[question]).reason for question in unasked} == {
        "30 s were spent on requests like it, in vain"
    }
    assert cast("Answer", heard[owner.asks(owner.empty)]).status == 200


def test_a_chat_that_was_mixed_up_in_the_first_wave_is_compared_with_what_comes_alone() -> None:
    of_the_owner = Response(200, (JSON,), files(8, 9))
    scheduler, _ = asker_of(lambda _, time: of_the_owner if time == 1 else None)
    scheduler.reach()
    plain = one(scheduler, PLAIN).facts.plain
    assert {str(chat): answer.files and answer.files.ids for chat, answer in plain.items()} == {
        "the owner's chat with files": (8, 9),
        "the owner's empty chat": (),
        "the stranger's chat with files": (),
        "the stranger's empty chat": (),
    }


@pytest.mark.parametrize(("most", "together"), [(4, 4), (5, 4), (3, 2), (2, 2), (1, 1)], ids=str)
def test_rounds_of_bursts_go_out_side_by_side_as_far_as_they_may(most: int, together: int) -> None:
    gate = threading.Barrier(together)
    under_way: list[int] = []
    seen: list[int] = []

    def script(_: Request, time: int) -> None:
        if time > 1:  # the first time each is asked alone
            under_way.append(time)
            gate.wait(5)
            seen.append(len(under_way))
            gate.wait(5)
            under_way.remove(time)

    scheduler, client = asker_of(script)
    client.concurrency = most
    both = owner.asks(owner.full), owner.asks(owner.empty)
    one, other = Burst(both), Burst(both[::-1])
    heard = scheduler.ask([one, other])
    assert seen == [together] * 4
    assert [len(cast("list[Answer]", heard[burst])) for burst in (one, other)] == [2, 2]


def test_every_link_of_a_file_is_known_where_links_change() -> None:
    links = ["https://one.example/7", "https://two.example/7"]
    bodies = [files(file(7, url=link)) for link in links]
    scheduler, _ = asker_of(only_to(asked_for(PLAIN), *(Response(200, (JSON,), b) for b in bodies)))
    scheduler.reach()
    scheduler.ask([replace(PLAIN, turn=1)])
    known = [*one(scheduler, PLAIN).facts.every_text.values()]
    assert {"file 7.txt", *links} in known


def test_each_reading_counts_once_for_the_order_of_the_files() -> None:
    scheduler, _ = asker_of()
    scheduler.reach()
    scheduler.ask([PLAIN])
    scheduler.ask([replace(PLAIN, turn=1)])
    orders = one(scheduler, PLAIN).facts.orders
    assert [len(seen) for chat, seen in orders.items() if chat == PLAIN.chat] == [2]


# Interrupts

GERMAN = Level(name="German", headers=(("Accept-Language", "de"),))


def test_what_came_before_an_interrupt_is_known() -> None:
    voiced, ending, never = (PLAIN.with_query(f"a={number}") for number in range(3))
    scheduler, client = asker_of(interrupted_by(ending))
    with pytest.raises(KeyboardInterrupt):
        scheduler.ask([voiced.in_voice((GERMAN,)), ending, never])
    replies = scheduler.break_off([voiced, ending, never], "interrupted")
    assert client.is_closed
    assert cast("Answer", replies[voiced]).status == 200
    assert [replies[q] for q in (ending, never)] == [
        Unasked(q, "interrupted") for q in (ending, never)
    ]


def test_a_401_that_nobody_expected_says_nothing_before_its_session_is_looked_at() -> None:
    scheduler, _ = asker_of(only_to(asked_for(NOISY), Response(401, (JSON,), refusal(401))))
    assert one(scheduler, NOISY).status == 401
    assert scheduler.break_off([NOISY], "over") == {NOISY: Unasked(NOISY, "over")}


def test_what_comes_after_the_end_is_not_read() -> None:
    scheduler, _ = asker_of()
    scheduler.break_off([], "over")
    assert one(scheduler, NOISY).untested == "the run was ended"


def test_an_interrupt_does_not_wait_for_what_goes_out_together() -> None:
    scheduler, client = asker_of(interrupted_by(NOISY))
    with pytest.raises(KeyboardInterrupt):
        scheduler.ask([Burst((NOISY, NOISY))])
    assert client.is_closed


def interrupted_by(question: Question) -> Script:
    """Return a script in which somebody interrupts while a question is under way."""
    ending = asked_for(question)

    def script(request: Request, _time: int) -> None:
        if request.target == ending:
            raise KeyboardInterrupt

    return script
