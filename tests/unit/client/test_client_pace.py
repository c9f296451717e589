"""Politeness: rates are kept, throttling is waited out, budgets and deadlines are final."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import chain, cycle, repeat
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.client.pace import Pace
from neptun_conformance.client.settings import Settings
from neptun_conformance.client.throttling import next_wait
from neptun_conformance.exchange import Failure, FailureKind, Request, Response, Wait

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve

GET = Request("GET", "/")
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def throttled(status: int = 429, after: str = "0") -> bytes:
    """Make an answer that asks to come back later."""
    return f"HTTP/1.1 {status} X\r\nRetry-After: {after}\r\nContent-Length: 0\r\n\r\n".encode()


@pytest.mark.parametrize("status", [429, 503])
def test_throttling_is_waited_out_and_shown(status: int, serve: Serve, connect: Connect) -> None:
    """The answer after the wait counts; the wait is on record."""
    replies = chain([throttled(status)], repeat(OK))
    client = connect(serve(lambda _: next(replies)).url)
    exchange = client.exchange(GET)
    assert isinstance(exchange.outcome, Response)
    assert exchange.outcome.status == 200
    assert [wait.status for wait in exchange.waits] == [status]
    assert client.sent == 2


def test_waits_of_many_at_once_count_once(serve: Serve, connect: Connect) -> None:
    """The time for which a run was held up is told, not the sum over its requests."""
    replies = chain(repeat(throttled(after="1"), 4), repeat(OK))
    client = connect(serve(lambda _: next(replies)).url, concurrency=4)
    with ThreadPoolExecutor(4) as pool:
        exchanges = list(pool.map(client.exchange, [GET] * 4))
    asked = sum(wait.seconds for exchange in exchanges for wait in exchange.waits)
    assert client.waited < asked == 4
    before = client.waited
    client.wait_out(0.1)
    assert client.waited >= before + 0.1


def test_throttling_lowers_the_pace(serve: Serve, connect: Connect) -> None:
    """What was too fast once would be too fast again."""
    replies = chain([throttled()], repeat(OK))
    client = connect(serve(lambda _: next(replies)).url, rate=100)
    client.exchange(GET)
    assert client.rate is not None
    assert client.rate < 100


def test_a_lowered_pace_grows_again(serve: Serve, connect: Connect) -> None:
    """A few refusals at the start do not slow down a whole run."""
    replies = chain([throttled()], repeat(OK))
    client = connect(serve(lambda _: next(replies)).url)
    client.exchange(GET)
    lowered = client.rate
    client.exchange(GET)
    assert lowered is not None
    assert client.rate is not None
    assert client.rate > lowered


def test_a_pace_does_not_grow_past_the_rate_asked_for(serve: Serve, connect: Connect) -> None:
    """What the user asked for holds, too."""
    replies = chain([throttled()], repeat(OK))
    client = connect(serve(lambda _: next(replies)).url, rate=2)
    for _ in range(4):
        client.exchange(GET)
    assert client.rate == 2


def test_where_a_lower_pace_does_not_help_it_is_given_up(serve: Serve, connect: Connect) -> None:
    """A target that refuses every other request, at whatever pace, is only waited for."""
    replies = cycle([OK, throttled()])
    client = connect(serve(lambda _: next(replies)).url)
    for _ in range(3):
        client.exchange(GET)
    assert client.rate is None


def test_503_without_retry_after_is_an_answer(serve: Serve, connect: Connect) -> None:
    """It asks for nothing, so it is a server's error like any other."""
    server = serve(b"HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n")
    outcome = connect(server.url).exchange(GET).outcome
    assert isinstance(outcome, Response)
    assert outcome.status == 503
    assert len(server.heads) == 1


@pytest.mark.parametrize("after", ["0", "9", "99999999999999999999"])
def test_throttling_for_ever_ends_within_the_bound(
    after: str, serve: Serve, connect: Connect
) -> None:
    """A target that never stops, or asks for too much, is given up."""
    client = connect(serve(throttled(after=after)).url, max_throttle=0.5)
    outcome = client.exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert (outcome.kind, outcome.status) == (FailureKind.THROTTLED, 429)
    assert "--rate" in outcome.message


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ((("Retry-After", "7"),), 7),
        ((("Retry-After", "0"),), 0.1),
        ((), 1),
        ((("Retry-After", "soon"),), 1),
        ((("Retry-After", "-5"),), 1),
        ((("Retry-After", "²"),), 1),
        (
            (
                ("Retry-After", "Wed, 21 Oct 2015 07:28:30 GMT"),
                ("Date", "Wed, 21 Oct 2015 07:28:00 GMT"),
            ),
            30,
        ),
        ((("Retry-After", "Wed, 21 Oct 2015 07:28:00 GMT"),), 1),
        ((("Retry-After", "Fri, 21 Oct 2050 07:28:00 GMT"),), 1),
    ],
)
def test_how_long_to_wait(headers: tuple[tuple[str, str], ...], seconds: float) -> None:
    """Seconds, dates by the target's own clock, and nonsense (RFC 9110 section 10.2.3)."""
    assert next_wait(Response(429, headers, b""), (), 60).seconds == pytest.approx(seconds)


def test_patience_grows() -> None:
    """Each further wait without a word from the target is twice as long."""
    waits = (Wait(429, 1), Wait(429, 2))
    assert next_wait(Response(429, (), b""), waits, 60).seconds == 4


def test_rate_suits_a_bucket_of_the_same_rate(serve: Serve, connect: Connect) -> None:
    """Requests leave one by one: no second holds more of them than the rate allows, plus one."""
    server = serve(OK)
    client = connect(server.url, rate=50, concurrency=8)
    with ThreadPoolExecutor(8) as threads:
        exchanges = list(threads.map(lambda _: client.exchange(GET), range(25)))
    assert len(exchanges) == client.sent == 25
    # The last of 25 requests leaves 24 intervals after the first, whatever the machine does.
    assert max(e.started + e.seconds for e in exchanges) >= 24 / 50


def test_budget_is_final(serve: Serve, connect: Connect) -> None:
    """Not one request more than allowed goes out."""
    server = serve(OK)
    client = connect(server.url, max_requests=3)
    outcomes = [client.exchange(GET).outcome for _ in range(5)]
    assert len(server.heads) == client.sent == 3
    assert (
        outcomes[3:]
        == [Failure(FailureKind.BUDGET, "all 3 requests of the budget are spent (--max-requests)")]
        * 2
    )


def test_run_deadline_is_final(serve: Serve, connect: Connect) -> None:
    """Silence does not outlive the run's deadline, and nothing goes out after it."""
    server = serve(b"")
    client = connect(server.url, run_deadline=0.3, deadline=60)
    outcomes = [client.exchange(GET).outcome for _ in range(2)]
    passed = Failure(FailureKind.OVER, "the run's deadline of 0.3 s has passed")
    assert outcomes == [passed, passed]
    assert len(server.heads) == 1


def test_wait_past_the_run_deadline_is_not_begun(serve: Serve, connect: Connect) -> None:
    """There is nothing to wait for."""
    client = connect(serve(throttled(after="30")).url, run_deadline=20)
    outcome = client.exchange(GET).outcome
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.OVER
    assert "wait 30 s" in outcome.message


def test_target_that_only_throttles_is_asked_no_more(serve: Serve, connect: Connect) -> None:
    """Once the bound is spent without a single answer, the rest of a run fails at once."""
    server = serve(throttled(after="9"))
    client = connect(server.url, max_throttle=0.05)
    while client.exchange(GET).outcome != (
        Failure(
            FailureKind.THROTTLED,
            "the target has answered nothing but 429 or 503 for 0.05 s: lower --rate",
        )
    ):
        pass
    asked = len(server.heads)
    client.exchange(GET)
    assert len(server.heads) == asked


def test_settings_default_to_what_the_documentation_promises() -> None:
    """Deadline and body bound are part of the interface."""
    settings = Settings(base_url="http://x", run_id="r")
    assert (settings.deadline, settings.max_body) == (10.0, 33_554_432)


def test_waiting_for_a_turn_ends_with_the_run(serve: Serve, connect: Connect) -> None:
    """Whoever waits for the pace is let go at once, and nothing counts as sent."""
    server = serve(OK)
    client = connect(server.url, rate=0.01)
    assert isinstance(client.exchange(GET).outcome, Response)
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(client.exchange, GET)
        while client.sent < 2:
            pass
        client.close()
        assert waiting.result(5).outcome == Failure(FailureKind.OVER, "the run was ended")
    assert (client.sent, len(server.heads)) == (1, 1)


def test_requests_that_left_before_the_pace_was_lowered_do_not_lower_it_again() -> None:
    """One burst that is throttled is one reason to go slower."""
    pace = Pace(Settings(base_url="http://x", run_id="r", rate=64.0))
    began = pace.began
    pace.lower(sent_at=began)
    lowered = pace.rate
    pace.lower(sent_at=began)
    assert lowered is not None
    assert pace.rate == pytest.approx(lowered, rel=0.5)
    assert lowered < 64


def test_a_request_is_not_sent_where_its_turn_comes_too_late(
    serve: Serve, connect: Connect
) -> None:
    client = connect(serve(OK).url)
    outcome = client.exchange(Request("GET", "/"), unless=lambda: "too late").outcome
    assert outcome == Failure(FailureKind.OVER, "too late")
    assert client.sent == 0
