"""Heads without end, lengths that lie, chunks that do not add up."""

from __future__ import annotations

from neptun_conformance.exchange import BodyKind, FailureKind
from tests.resilience.hostile.peer import PIECE, Peer, Run, hostile

PROTOCOL = FailureKind.PROTOCOL
START = b"HTTP/1.1 200 OK\r\n"
CHUNKED = "Transfer-Encoding: chunked"


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def endless_headers(peer: Peer) -> None:
    """Header after header, never a blank line."""
    await peer.request()
    await peer.send(START)
    await peer.send_for_ever(b"X-More: and more\r\n" * 1000)


@hostile(200, run=Run.NONCONFORMANT)
async def ten_thousand_headers(peer: Peer) -> None:
    """A head of 10,000 headers."""
    await peer.request()
    await peer.answer(b"{}", *["X-Another: header"] * 10_000)


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def header_of_a_megabyte(peer: Peer) -> None:
    """One header of 1 MB."""
    await peer.request()
    await peer.send(START + b"X: " + b"x" * 1_000_000 + b"\r\n\r\n")


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def endless_status_line(peer: Peer) -> None:
    """A reason phrase without end."""
    await peer.request()
    await peer.send(b"HTTP/1.1 200 ")
    await peer.send_for_ever(b"O" * 4096)


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def endless_body(peer: Peer) -> None:
    """Content without a length and without an end."""
    await peer.request()
    await peer.send(START + b"Connection: close\r\n\r\n")
    await peer.send_for_ever(PIECE)


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def endless_body_announced(peer: Peer) -> None:
    """Content of a terabyte, as announced."""
    await peer.request()
    await peer.answer(b"", f"Content-Length: {10**12}")
    await peer.send_for_ever(PIECE)


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def endless_chunks(peer: Peer) -> None:
    """Chunk after chunk, never the last one."""
    await peer.request()
    await peer.answer(b"", CHUNKED)
    await peer.send_for_ever(b"10000\r\n" + PIECE + b"\r\n")


@hostile(FailureKind.DEADLINE, run=Run.NONCONFORMANT, hangs=True)
async def endless_tiny_chunks(peer: Peer) -> None:
    """Chunks of one octet each, as fast as it goes."""
    await peer.request()
    await peer.answer(b"", CHUNKED)
    await peer.send_for_ever(b"1\r\n \r\n" * 10_000)


@hostile(FailureKind.DROPPED, run=Run.NONCONFORMANT)
async def length_too_long(peer: Peer) -> None:
    """A Content-Length of more than there is, then the end."""
    await peer.request()
    await peer.answer(b"{}", "Content-Length: 3")


@hostile(200, run=Run.NONCONFORMANT, exchanges=5)
async def length_too_short(peer: Peer) -> None:
    """A Content-Length of less than there is."""
    while True:
        await peer.request()
        await peer.answer(b'{"chatFiles": []}', "Content-Length: 1")


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def length_negative(peer: Peer) -> None:
    """A Content-Length below zero."""
    await peer.request()
    await peer.answer(b"{}", "Content-Length: -2")


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def lengths_differ(peer: Peer) -> None:
    """Two Content-Lengths that contradict each other."""
    await peer.request()
    await peer.answer(b"{}", "Content-Length: 2", "Content-Length: 3")


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def length_of_a_thousand_digits(peer: Peer) -> None:
    """A Content-Length that no machine could hold."""
    await peer.request()
    await peer.answer(b"{}", "Content-Length: " + "9" * 1000)


@hostile(FailureKind.DROPPED, run=Run.NONCONFORMANT)
async def chunk_cut(peer: Peer) -> None:
    """The connection ends in the middle of a chunk."""
    await peer.request()
    await peer.answer(b"ff\r\n{}", CHUNKED)


@hostile(FailureKind.DROPPED, run=Run.NONCONFORMANT)
async def last_chunk_missing(peer: Peer) -> None:
    """The connection ends after a whole chunk that is not the last."""
    await peer.request()
    await peer.answer(b"2\r\n{}\r\n", CHUNKED)


@hostile(PROTOCOL, run=Run.NONCONFORMANT)
async def chunk_size_is_no_number(peer: Peer) -> None:
    """A chunk whose size is a word."""
    await peer.request()
    await peer.answer(b"two\r\n{}\r\n0\r\n\r\n", CHUNKED)


@hostile(PROTOCOL, run=Run.NONCONFORMANT)
async def chunk_longer_than_it_says(peer: Peer) -> None:
    """A chunk that goes on past its size."""
    await peer.request()
    await peer.answer(b"1\r\n{}{}\r\n0\r\n\r\n", CHUNKED)


@hostile(PROTOCOL, run=Run.NONCONFORMANT)
async def endless_chunk_extension(peer: Peer) -> None:
    """A chunk's size line that never ends."""
    await peer.request()
    await peer.answer(b"2;x=", CHUNKED)
    await peer.send_for_ever(b"x" * 4096)


@hostile(PROTOCOL, run=Run.NONCONFORMANT)
async def endless_trailers(peer: Peer) -> None:
    """Whole content, then trailer after trailer."""
    await peer.request()
    await peer.answer(b"2\r\n{}\r\n0\r\n", CHUNKED)
    await peer.send_for_ever(b"X-More: and more\r\n" * 1000)


@hostile(PROTOCOL, run=Run.UNREACHABLE)
async def unknown_transfer_coding(peer: Peer) -> None:
    """A transfer coding that nobody knows."""
    await peer.request()
    await peer.answer(b"{}", "Transfer-Encoding: rot13")
