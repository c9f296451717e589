"""Content codings, undone piece by piece so that a small answer cannot become a huge one."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Protocol

from neptun_conformance.exchange import BodyKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OFFERED = "gzip, deflate"
PIECE = 64 * 1024
MAX_CODINGS = 4
_LOOKED_AT = 1024 * 1024
_ANY_GZIP = 16 + zlib.MAX_WBITS
_RAW_DEFLATE = -zlib.MAX_WBITS


class UndecodableError(Exception):
    """The content cannot be decoded; ``kind`` says why."""

    def __init__(self, kind: BodyKind, message: str) -> None:
        """Keep why."""
        super().__init__(message)
        self.kind = kind


class Coding(Protocol):
    """Undoes one coding; no piece is longer than ``PIECE``."""

    def decode(self, octets: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next octets."""

    def finish(self) -> None:
        """Raise UndecodableError where the content ends too early."""


def decoded(pieces: Iterable[bytes], content_encoding: str, limit: int) -> Iterator[bytes]:
    """Yield content with its codings undone, the last applied first (RFC 9110 section 8.4).

    Arguments:
        pieces: the content as it travels.
        content_encoding: the header's value, empty for none.
        limit: octets that each coding may yield.

    Raises:
        UndecodableError: a coding was not offered, is broken, or yields more than ``limit``.
    """
    names = [name.strip().lower() for name in content_encoding.split(",")]
    names = [name for name in names if name not in {"", "identity"}]
    if len(names) > MAX_CODINGS:
        raise UndecodableError(BodyKind.BAD_CODING, f"{len(names)} content codings on top of it")
    for name in reversed(names):
        pieces = _stage(pieces, _coding(name), limit)
    yield from pieces


def _stage(pieces: Iterable[bytes], coding: Coding, limit: int) -> Iterator[bytes]:
    total = 0
    is_empty = True
    for octets in pieces:
        is_empty = False
        for piece in coding.decode(octets):
            total += len(piece)
            yield piece
            if total > limit:
                raise UndecodableError(BodyKind.TOO_LARGE, f"over {limit} bytes once decoded")
    if not is_empty:
        coding.finish()


def _coding(name: str) -> Coding:
    if name in {"gzip", "x-gzip"}:
        return Gzip()
    if name == "deflate":
        return Deflate()
    if name in {"br", "zstd"}:
        return Unread(name)
    raise _unoffered()


def _unoffered() -> UndecodableError:
    message = f"a content coding other than those offered ({OFFERED})"
    return UndecodableError(BodyKind.UNOFFERED_CODING, message)


class Gzip:
    """The gzip coding: one or more members, then nothing but padding (RFC 1952 section 2.2)."""

    def __init__(self) -> None:
        """Await the first member."""
        self._member = zlib.decompressobj(_ANY_GZIP)

    def decode(self, octets: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next octets."""
        while octets:
            if self._member.eof:
                octets = octets.lstrip(b"\0")
                if not octets:
                    return
                self._member = zlib.decompressobj(_ANY_GZIP)
            yield from _inflate(self._member, octets)
            octets = self._member.unused_data

    def finish(self) -> None:
        """Raise UndecodableError where the last member is not whole."""
        _assert_whole(self._member)


class Deflate:
    """The deflate coding: zlib's format, or the bare one of some servers (RFC 9110, 8.4.1.2)."""

    def __init__(self) -> None:
        """Await the first two octets, which tell the formats apart."""
        self._start = b""
        self._stream: zlib._Decompress | None = None

    def decode(self, octets: bytes) -> Iterator[bytes]:
        """Yield what comes out of the next octets."""
        if self._stream is None:
            self._start += octets
            if len(self._start) < 2:
                return
            self._stream = zlib.decompressobj(_deflate_window(self._start))
            octets, self._start = self._start, b""
        if self._stream.eof:
            raise UndecodableError(BodyKind.BAD_CODING, "bytes follow the end of the coding")
        yield from _inflate(self._stream, octets)

    def finish(self) -> None:
        """Raise UndecodableError where the stream is not whole."""
        _assert_whole(self._stream)


class Unread:
    """A coding that is not undone here: it is only looked at whether this can be it.

    Arguments:
        name: ``br`` (RFC 7932) or ``zstd`` (RFC 8878).
    """

    def __init__(self, name: str) -> None:
        """Await the content."""
        self._name = name
        self._start = b""

    def decode(self, octets: bytes) -> Iterator[bytes]:
        """Keep the next octets, as far as any are looked at, and yield none."""
        self._start += octets[: _LOOKED_AT - len(self._start)]
        return iter(())

    def finish(self) -> None:
        """Raise UndecodableError: nobody can read this content, or somebody else can."""
        wrong = _is_no_zstd if self._name == "zstd" else _is_no_brotli
        if wrong(self._start):
            message = f"the content is said to be in {self._name} and is not"
            raise UndecodableError(BodyKind.BAD_CODING, message)
        raise _unoffered()


def _is_no_zstd(content: bytes) -> bool:
    """Tell whether content begins with no frame (RFC 8878 sections 3.1.1 and 3.1.2)."""
    skippable = content[1:4] == b"\x2a\x4d\x18" and content[0] >> 4 == 5
    return not (content.startswith(b"\x28\xb5\x2f\xfd") or skippable)


def _is_no_brotli(content: bytes) -> bool:
    """Tell whether content, which has no mark in this coding, is whole without it or in another."""
    if content[:1] in {b"{", b"["}:
        try:
            json.loads(content)
        except (ValueError, RecursionError):
            return False
        return True
    for window in (_ANY_GZIP, zlib.MAX_WBITS):
        stream = zlib.decompressobj(window)
        try:
            stream.decompress(content, _LOOKED_AT)
        except zlib.error:
            continue
        if stream.eof and not stream.unused_data:
            return True
    return False


def _deflate_window(start: bytes) -> int:
    is_zlib = start[0] & 0x0F == zlib.DEFLATED and int.from_bytes(start[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else _RAW_DEFLATE


def _inflate(stream: zlib._Decompress, octets: bytes) -> Iterator[bytes]:
    while True:
        try:
            piece = stream.decompress(octets, PIECE)
        except zlib.error:
            raise UndecodableError(BodyKind.BAD_CODING, "the coded content is corrupt") from None
        if piece:
            yield piece
        octets = stream.unconsumed_tail
        # A full piece may have left more inside the stream although it took in every octet.
        if stream.eof or (not octets and len(piece) < PIECE):
            return


def _assert_whole(stream: zlib._Decompress | None) -> None:
    if stream is None or not stream.eof:
        raise UndecodableError(BodyKind.BAD_CODING, "the coded content ends in the middle")
