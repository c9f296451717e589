"""Connections that are refused, dropped or left hanging, at every stage of an exchange."""

from __future__ import annotations

from neptun_conformance.exchange import FailureKind
from tests.resilience.hostile.peer import Peer, Run, hostile

DROPPED = FailureKind.DROPPED
DEADLINE = FailureKind.DEADLINE
HALF_HEAD = b"HTTP/1.1 200 OK\r\nContent-Ty"
HALF_BODY = b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"chatFi'
STRAY = b"HTTP/1.1 500 Internal Server Error\r\nContent-Length: 5\r\n\r\nstray"


@hostile(FailureKind.CONNECT, run=Run.UNREACHABLE, has_listener=False)
async def refuses(_peer: Peer) -> None:
    """Nobody listens on the port."""


@hostile(FailureKind.RESOLVE, run=Run.UNREACHABLE, host="nowhere.invalid", has_listener=False)
async def has_no_name(_peer: Peer) -> None:
    """The host's name does not exist."""


@hostile(DROPPED, run=Run.UNREACHABLE)
async def resets_on_accept(peer: Peer) -> None:
    """The connection is reset as soon as it stands."""
    peer.reset()


@hostile(DROPPED, run=Run.UNREACHABLE)
async def closes_on_accept(_peer: Peer) -> None:
    """The connection is closed as soon as it stands."""


@hostile(DROPPED, run=Run.UNREACHABLE)
async def resets_in_request(peer: Peer) -> None:
    """The connection is reset when half a request was read."""
    await peer.read(20)
    peer.reset()


@hostile(DROPPED, run=Run.UNREACHABLE)
async def closes_after_request(peer: Peer) -> None:
    """The connection is closed instead of an answer."""
    await peer.request()


@hostile(DROPPED, run=Run.UNREACHABLE)
async def resets_after_request(peer: Peer) -> None:
    """The connection is reset instead of an answer."""
    await peer.request()
    peer.reset()


@hostile(DROPPED, run=Run.UNREACHABLE)
async def closes_in_status_line(peer: Peer) -> None:
    """The answer ends after five octets."""
    await peer.request()
    await peer.send(b"HTTP/")


@hostile(DROPPED, run=Run.UNREACHABLE)
async def closes_in_head(peer: Peer) -> None:
    """The answer ends in the middle of a header."""
    await peer.request()
    await peer.send(HALF_HEAD)


@hostile(DROPPED, run=Run.UNREACHABLE)
async def resets_in_head(peer: Peer) -> None:
    """The connection is reset in the middle of a header."""
    await peer.request()
    await peer.send(HALF_HEAD)
    peer.reset()


@hostile(DROPPED, run=Run.NONCONFORMANT)
async def closes_in_body(peer: Peer) -> None:
    """The answer ends in the middle of its content."""
    await peer.request()
    await peer.send(HALF_BODY)


@hostile(DROPPED, run=Run.NONCONFORMANT)
async def resets_in_body(peer: Peer) -> None:
    """The connection is reset in the middle of the content."""
    await peer.request()
    await peer.send(HALF_BODY)
    peer.reset()


@hostile(DEADLINE, run=Run.UNREACHABLE, hangs=True)
async def reads_nothing(peer: Peer) -> None:
    """The connection stands, and that is all."""
    await peer.wait_for_ever()


@hostile(DEADLINE, run=Run.UNREACHABLE, hangs=True)
async def never_answers(peer: Peer) -> None:
    """The request is read and never answered."""
    await peer.request()
    await peer.wait_for_ever()


@hostile(DEADLINE, run=Run.UNREACHABLE, hangs=True)
async def stops_in_head(peer: Peer) -> None:
    """The answer stops in the middle of a header, the connection stays."""
    await peer.request()
    await peer.send(HALF_HEAD)
    await peer.wait_for_ever()


@hostile(DEADLINE, run=Run.NONCONFORMANT, hangs=True)
async def stops_in_body(peer: Peer) -> None:
    """The answer stops in the middle of its content, the connection stays."""
    await peer.request()
    await peer.send(HALF_BODY)
    await peer.wait_for_ever()


@hostile(DEADLINE, run=Run.UNREACHABLE, hangs=True)
async def drips_head(peer: Peer) -> None:
    """One octet of the head now and then, never an end."""
    await peer.request()
    await peer.send(b"HTTP/1.1 200 OK\r\nX: ")
    await peer.send_for_ever(b"x", pause=0.05)


@hostile(DEADLINE, run=Run.NONCONFORMANT, hangs=True)
async def drips_body(peer: Peer) -> None:
    """One octet of content now and then, never an end."""
    await peer.request()
    await peer.answer(b"", "Content-Length: 1000000")
    await peer.send_for_ever(b" ", pause=0.05)


@hostile(200, run=Run.NONCONFORMANT, exchanges=5)
async def answers_unasked(peer: Peer) -> None:
    """The answer is sent before any request was read."""
    await peer.answer(b"{}")
    await peer.request()


@hostile(200, run=Run.NONCONFORMANT, exchanges=5)
async def answers_twice(peer: Peer) -> None:
    """Each request gets two answers, the second one stray."""
    while True:
        await peer.request()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}" + STRAY)


@hostile(200, run=Run.NONCONFORMANT, exchanges=5)
async def forgets_to_say_close(peer: Peer) -> None:
    """Each connection is closed after one answer, without a word."""
    await peer.request()
    await peer.answer(b"{}")
