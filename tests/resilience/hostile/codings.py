"""Content codings that burst, break, or were never offered."""

from __future__ import annotations

import gzip
import zlib
from functools import cache

from neptun_conformance.exchange import BodyKind
from tests.resilience.hostile.peer import Peer, Run, hostile

GIGABYTE = 1024**3
MEBIBYTE = 1024**2


@cache
def bomb(window: int) -> bytes:
    """Compress a gigabyte of blanks into a megabyte; ``window`` chooses zlib's format."""
    coder = zlib.compressobj(1, wbits=window)
    blanks = b" " * MEBIBYTE
    # Repeats of whole blocks compress alike, so one block is compressed and repeated.
    start = coder.compress(blanks) + coder.flush(zlib.Z_FULL_FLUSH)
    block = coder.compress(blanks) + coder.flush(zlib.Z_FULL_FLUSH)
    return start + block * (GIGABYTE // MEBIBYTE - 1)


@cache
def bomb_in_gzip() -> bytes:
    """Compress the bomb again, to next to nothing."""
    return gzip.compress(bomb(31))


async def coded(peer: Peer, body: bytes, coding: str) -> None:
    """Answer one request with content that is said to be coded so."""
    await peer.request()
    await peer.answer(body, f"Content-Encoding: {coding}")


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def gzip_bomb(peer: Peer) -> None:
    """A gigabyte in a few megabytes of gzip."""
    await coded(peer, bomb(31), "gzip")


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def deflate_bomb(peer: Peer) -> None:
    """A gigabyte in a few megabytes of deflate."""
    await coded(peer, bomb(15), "deflate")


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def raw_deflate_bomb(peer: Peer) -> None:
    """A gigabyte in a few megabytes of deflate without zlib's header."""
    await coded(peer, bomb(-15), "deflate")


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def gzip_bomb_in_gzip(peer: Peer) -> None:
    """A bomb within a bomb."""
    await coded(peer, bomb_in_gzip(), "gzip, gzip")


@hostile(BodyKind.UNOFFERED_CODING, run=Run.NONCONFORMANT)
async def brotli_bomb(peer: Peer) -> None:
    """A coding that was not offered, with who knows what inside."""
    await coded(peer, b"\xff" * MEBIBYTE, "br")


@hostile(BodyKind.UNOFFERED_CODING, run=Run.NONCONFORMANT)
async def zstandard(peer: Peer) -> None:
    """Another coding that was not offered."""
    await coded(peer, b"\x28\xb5\x2f\xfd" + b"x" * 99, "zstd")


@hostile(BodyKind.BAD_CODING, run=Run.NONCONFORMANT)
async def corrupt_gzip(peer: Peer) -> None:
    """Gzip with a spoilt middle."""
    body = bytearray(gzip.compress(bytes(range(256)) * 9))
    body[len(body) // 2] ^= 0xFF
    await coded(peer, bytes(body), "gzip")


@hostile(BodyKind.BAD_CODING, run=Run.NONCONFORMANT)
async def wrong_checksum(peer: Peer) -> None:
    """Gzip whose checksum does not fit."""
    body = gzip.compress(b"{}")
    await coded(peer, body[:-8] + bytes(4) + body[-4:], "gzip")


@hostile(BodyKind.BAD_CODING, run=Run.NONCONFORMANT)
async def cut_gzip(peer: Peer) -> None:
    """Gzip that ends too early, well framed."""
    await coded(peer, gzip.compress(b"{}" * 999)[:-10], "gzip")


@hostile(BodyKind.BAD_CODING, run=Run.NONCONFORMANT)
async def gzip_in_name_only(peer: Peer) -> None:
    """Plain JSON that is said to be gzip."""
    await coded(peer, b'{"chatFiles": []}', "gzip")


@hostile(BodyKind.BAD_CODING, run=Run.NONCONFORMANT)
async def hundred_codings(peer: Peer) -> None:
    """A hundred codings, one on top of the other."""
    await coded(peer, gzip.compress(b"{}"), ", ".join(["gzip"] * 100))
