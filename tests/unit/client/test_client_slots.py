"""Where several requests at once get no answer in time, fewer go out at once."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from neptun_conformance.client.slots import Slots
from neptun_conformance.exchange import Request, Response
from tests.unit.client.conftest import OK

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve

GET = Request("GET", "/")


def test_server_that_takes_one_at_a_time_is_asked_by_fewer(serve: Serve, connect: Connect) -> None:
    """Sixteen at once take longer than the deadline; in the end nobody is late."""
    one = threading.Lock()

    def slow(_head: bytes) -> bytes:
        with one:
            time.sleep(0.03)
        return OK

    client = connect(serve(slow).url, deadline=0.3, concurrency=16)
    with ThreadPoolExecutor(16) as pool:
        exchanges = list(pool.map(lambda _: client.exchange(GET), range(80)))
    assert client.concurrency < 16
    assert all(isinstance(exchange.outcome, Response) for exchange in exchanges[-16:])


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
