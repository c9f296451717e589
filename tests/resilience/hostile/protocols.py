"""Answers in another protocol, or in one that only looks like HTTP."""

from __future__ import annotations

import random

from neptun_conformance.exchange import FailureKind
from tests.resilience.hostile.peer import Peer, Run, hostile

PROTOCOL = FailureKind.PROTOCOL
END = b"\r\nContent-Length: 2\r\n\r\n{}"


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def interim_flood(peer: Peer) -> None:
    """Interim answers without end, as fast as it goes."""
    await peer.request()
    await peer.send_for_ever(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000)


@hostile(FailureKind.DEADLINE, run=Run.UNREACHABLE, hangs=True)
async def interim_drip(peer: Peer) -> None:
    """Please go on, says the server now and then, and never answers."""
    await peer.request()
    await peer.send_for_ever(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.05)


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def switches_protocols(peer: Peer) -> None:
    """A switch to WebSocket that nobody asked for."""
    await peer.request()
    await peer.send(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81\x00")
    await peer.wait_for_ever()


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def http_0_9(peer: Peer) -> None:
    """A bare document, without a head."""
    await peer.request()
    await peer.send(b'{"chatFiles": []}\r\n')


@hostile(200, run=Run.NONCONFORMANT, exchanges=3)
async def http_1_0(peer: Peer) -> None:
    """HTTP/1.0, content ending with the connection."""
    await peer.request()
    await peer.send(b"HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}")


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def http_2(peer: Peer) -> None:
    """An HTTP/2 server's first frame."""
    await peer.send(b"\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64")
    await peer.wait_for_ever()


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def http_2_preface(peer: Peer) -> None:
    """An HTTP/2 client's preface, sent back."""
    await peer.request()
    await peer.send(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    await peer.wait_for_ever()


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def garbage(peer: Peer) -> None:
    """Noise, lots of it."""
    await peer.request()
    await peer.send(b"\xfe" + random.Random(6).randbytes(1_000_000))  # noqa: S311 - noise


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def endless_garbage(peer: Peer) -> None:
    """Letters without a line end, for ever."""
    await peer.send_for_ever(b"x" * 4096)


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def ssh(peer: Peer) -> None:
    """An SSH server's greeting."""
    await peer.send(b"SSH-2.0-OpenSSH_9.9\r\n")
    await peer.wait_for_ever()


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def status_of_two_digits(peer: Peer) -> None:
    """A status that is none."""
    await peer.request()
    await peer.send(b"HTTP/1.1 20 OK" + END)


@hostile(999, run=Run.NONCONFORMANT)
async def status_999(peer: Peer) -> None:
    """A status of no class."""
    await peer.request()
    await peer.send(b"HTTP/1.1 999 Whatever" + END)


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def header_without_a_colon(peer: Peer) -> None:
    """A line in the head that is no header."""
    await peer.request()
    await peer.send(b"HTTP/1.1 200 OK\r\nno header" + END)


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def header_with_nul(peer: Peer) -> None:
    """A NUL in a header's value."""
    await peer.request()
    await peer.send(b"HTTP/1.1 200 OK\r\nX: a\0b" + END)


@hostile(302, run=Run.NONCONFORMANT, exchanges=3)
async def redirects_to_itself(peer: Peer) -> None:
    """A redirect loop."""
    while True:
        head = await peer.request()
        target = head.split()[1].decode()
        await peer.answer(b"", f"Location: {target}", status="302 Found")


@hostile(307, run=Run.NONCONFORMANT, exchanges=3)
async def redirects_elsewhere(peer: Peer) -> None:
    """A redirect to another origin, which must not see a session."""
    while True:
        await peer.request()
        await peer.answer(b"", "Location: http://nowhere.invalid/", status="307 X")
