"""Where several requests at once get no answer in time, fewer go out at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.client.slots import FIRST, QUICK, Slots
from neptun_conformance.exchange import Request, Response
from tests.unit.client.conftest import OK

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve

GET = Request("GET", "/")
MOST = 40
"""Tries until what depends on time shows: one to three, and more on a machine that is busy."""


def test_server_that_takes_one_at_a_time_is_asked_by_fewer(serve: Serve, connect: Connect) -> None:
    """Sixteen at once take longer than the deadline; in the end nobody is late."""
    one = threading.Lock()

    def slow(_head: bytes) -> bytes:
        with one:
            time.sleep(0.03)
        return OK

    client = connect(serve(slow).url, deadline=0.3, concurrency=16)
    with ThreadPoolExecutor(16) as pool:
        for _ in range(MOST):
            exchanges = list(pool.map(lambda _: client.exchange(GET), range(16)))
            if all(isinstance(exchange.outcome, Response) for exchange in exchanges):
                break
        else:
            pytest.fail(f"somebody was late each time, {client.concurrency} at once")
    assert client.concurrency < 16


def test_what_left_before_the_number_was_lowered_counts_no_more() -> None:
    """Those who were under way together are one sign, not several."""
    slots = Slots(16)
    sent_at = time.monotonic()
    for _ in range(16):
        slots.note_late(sent_at=sent_at)
    assert slots.number == 8


def test_one_is_always_let_through() -> None:
    """However late they are."""
    slots = Slots(1)
    for _ in range(9):
        slots.note_late(sent_at=time.monotonic() + 1)
    with slots:
        assert slots.number == 1


def answer(slots: Slots, seconds: float, *, times: int | None = None) -> None:
    """Note as many answers as make a difference, each after so many seconds."""
    for _ in range(slots.number // 4 if times is None else times):
        slots.note_answered(seconds, sent_at=time.monotonic())


def test_more_go_out_while_answers_come_as_fast_as_ever() -> None:
    """16, 32, 64, and never more than asked for."""
    slots = Slots(64)
    seen = [slots.number]
    for _ in range(4):
        answer(slots, 0.12)
        seen.append(slots.number)
    assert seen == [FIRST, 32, 64, 64, 64]


def test_few_answers_say_nothing_yet() -> None:
    slots = Slots(64)
    answer(slots, 0.12, times=FIRST // 4 - 1)
    assert slots.number == FIRST
    answer(slots, 0.12, times=1)
    assert slots.number == 32


def test_few_that_waited_for_one_another_say_nothing_yet() -> None:
    """One worker answers the first wave one by one."""
    slots = Slots(64)
    for place in range(1, FIRST // 2):
        answer(slots, 0.12 * place, times=1)
    assert slots.number == FIRST


def test_where_more_only_wait_for_one_another_it_goes_back() -> None:
    """One worker: twice as many take twice as long each."""
    slots = Slots(64)
    answer(slots, 0.16)
    answer(slots, 0.32)
    assert slots.number == FIRST
    answer(slots, 0.01)
    assert slots.number == FIRST


def test_trouble_brings_back_what_was_well() -> None:
    slots = Slots(64)
    answer(slots, 0.12)
    assert slots.number == 32
    slots.note_trouble()
    assert slots.number == FIRST
    answer(slots, 0.12)
    assert slots.number == FIRST


def test_answers_from_before_a_change_do_not_count() -> None:
    slots = Slots(64)
    sent_at = time.monotonic()
    answer(slots, 0.12)
    for _ in range(64):
        slots.note_answered(0.12, sent_at=sent_at)
    assert slots.number == 32


def test_where_an_answer_comes_at_once_no_more_go_out() -> None:
    """There is no latency to wait through; what follows one another shares connections."""
    slots = Slots(64)
    answer(slots, 0.12)
    answer(slots, QUICK / 2, times=1)
    assert slots.number == FIRST
    answer(slots, 0.12)
    assert slots.number == FIRST


def test_no_more_than_asked_for() -> None:
    slots = Slots(3)
    answer(slots, 0.12)
    assert slots.number == 3


def test_a_target_that_bears_it_is_asked_by_many(serve: Serve, connect: Connect) -> None:
    """Each answer takes a while, however many are under way; nothing is lost on the way up."""
    tries = (most_at_once(serve, connect) for _ in range(MOST))
    assert any(most > FIRST for most in tries)


def most_at_once(serve: Serve, connect: Connect) -> int:
    """Return how many requests of a client that may send forty at once are under way at most."""
    under_way, most, lock = 0, 0, threading.Lock()

    def slow(_head: bytes) -> bytes:
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        time.sleep(0.25)
        with lock:
            under_way -= 1
        return OK

    client = connect(serve(slow).url, concurrency=40)
    with ThreadPoolExecutor(40) as pool:
        exchanges = list(pool.map(lambda _: client.exchange(GET), range(160)))
    assert all(isinstance(exchange.outcome, Response) for exchange in exchanges)
    assert most <= client.peak <= 40
    return most
