"""Servers that are right at first, now and then, or once they are asked politely."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from neptun_conformance.exchange import FailureKind
from tests.resilience.hostile.peer import Peer, Run, hostile

DROPPED = FailureKind.DROPPED
THROTTLED = FailureKind.THROTTLED
RIGHT = b'{"chatFiles": []}'


@hostile(200, DROPPED, run=Run.NONCONFORMANT, exchanges=20)
async def dies_half_way(peer: Peer) -> None:
    """Ten answers, then every connection is reset."""
    while True:
        await peer.request()
        if peer.course.requests > 10:
            peer.course.is_open = False
            peer.reset()
            return
        await peer.answer(RIGHT)


@hostile(200, DROPPED, run=Run.NONCONFORMANT, exchanges=20)
async def comes_back(peer: Peer) -> None:
    """Between the fifth and the tenth request every connection is reset."""
    while True:
        await peer.request()
        if 5 < peer.course.requests <= 10:
            peer.reset()
            return
        await peer.answer(RIGHT)


@hostile(THROTTLED, run=Run.INCOMPLETE, exchanges=3)
async def throttles_for_ever(peer: Peer) -> None:
    """429, whatever is asked."""
    while True:
        await peer.request()
        await peer.answer(b"", "Retry-After: 0", status="429 Too Many Requests")


@hostile(THROTTLED, run=Run.INCOMPLETE, exchanges=3)
async def throttles_without_a_word(peer: Peer) -> None:
    """429, and not a word on when to come back."""
    while True:
        await peer.request()
        await peer.answer(b"", status="429 Too Many Requests")


@hostile(THROTTLED, run=Run.INCOMPLETE, exchanges=3)
async def asks_to_wait_a_year(peer: Peer) -> None:
    """503, to be asked again next year."""
    while True:
        await peer.request()
        await peer.answer(b"", "Retry-After: 31536000", status="503 Service Unavailable")


@hostile(200, run=Run.NONCONFORMANT, exchanges=2)
async def clock_is_a_year_off(peer: Peer) -> None:
    """Every other request is to come back at a moment of the server's own, wrong clock."""
    while True:
        await peer.request()
        now = datetime.now(UTC) + timedelta(days=365)
        headers = [f"Date: {format_datetime(now, usegmt=True)}"]
        if peer.course.requests % 2:
            headers.append(f"Retry-After: {format_datetime(now, usegmt=True)}")
            await peer.answer(b"", *headers, status="429 Too Many Requests")
        else:
            await peer.answer(RIGHT, *headers)


@hostile(200, 503, run=Run.NONCONFORMANT, exchanges=20)
async def unavailable_now_and_then(peer: Peer) -> None:
    """503 without a word, one time in three."""
    while True:
        await peer.request()
        if peer.course.requests % 3:
            await peer.answer(RIGHT)
        else:
            await peer.answer(b"", status="503 Service Unavailable")


@hostile(200, FailureKind.DEADLINE, run=Run.NONCONFORMANT, hangs=True, exchanges=24, at_once=8)
async def slows_down_under_load(peer: Peer) -> None:
    """An answer alone is quick; eight at once are too slow for the deadline."""
    while True:
        await peer.request()
        peer.course.under_way += 1
        try:
            await asyncio.sleep(0.12 * (peer.course.under_way - 1))
        finally:
            peer.course.under_way -= 1
        await peer.answer(RIGHT)
