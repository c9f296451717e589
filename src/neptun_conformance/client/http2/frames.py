"""Frames of HTTP/2 (RFC 9113 section 4.1), one by one, so that each breach is laid to its stream.

h2 takes whole frames from here. A few are told to it in another way, see ``retold``: it would end
the connection, and with it the exchanges of others, for what concerns one exchange alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import IntEnum

HEADER_SIZE = 9
LARGEST = 16_384
"""Octets of a frame's payload that are taken, as long as no other number is announced."""

END_STREAM = 0x1
END_HEADERS = 0x4
PADDED = 0x8


class Kind(IntEnum):
    """Types of frames that are told apart here (RFC 9113 section 6)."""

    DATA = 0
    HEADERS = 1
    RST_STREAM = 3
    SETTINGS = 4
    GOAWAY = 7
    CONTINUATION = 9


class BreachError(Exception):
    """The peer does not keep to HTTP/2; the message says how, and quotes nothing of it.

    Arguments:
        words: what is wrong.
        stream_id: which stream it is about, 0 for none.
        first_octets: how the connection begins, where that is no HTTP/2 at all.
    """

    def __init__(self, words: str, stream_id: int = 0, first_octets: bytes = b"") -> None:
        super().__init__(words)
        self.stream_id = stream_id
        self.first_octets = first_octets


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame: its type, which may be unknown, its flags, its stream and what it holds."""

    kind: int
    flags: int
    stream_id: int
    payload: bytes = b""

    @property
    def octets(self) -> bytes:
        """The frame as it travels."""
        head = len(self.payload).to_bytes(3, "big") + bytes((self.kind, self.flags))
        return head + self.stream_id.to_bytes(4, "big") + self.payload

    @property
    def ends_stream(self) -> bool:
        """Whether it is the last one of its stream."""
        return self.kind in {Kind.DATA, Kind.HEADERS} and bool(self.flags & END_STREAM)

    @property
    def ends_head(self) -> bool:
        """Whether it is the last one of a header section."""
        return self.kind in {Kind.HEADERS, Kind.CONTINUATION} and bool(self.flags & END_HEADERS)

    @property
    def content_size(self) -> int:
        """Octets of content in a DATA frame, without padding (RFC 9113 section 6.1)."""
        padding = 1 + self.payload[0] if self.flags & PADDED and self.payload else 0
        return max(0, len(self.payload) - padding)

    def without_end(self) -> Frame:
        """Return the same frame, which leaves its stream open."""
        return replace(self, flags=self.flags & ~END_STREAM)


class FrameReader:
    """Splits what arrives on a connection into frames; holds no more than one that is not whole."""

    def __init__(self) -> None:
        self._octets = bytearray()
        self._is_first = True

    def feed(self, octets: bytes) -> Iterator[Frame]:
        """Yield the frames that are whole by now.

        Raises:
            BreachError: the connection does not begin as HTTP/2, or a frame is too large.
        """
        self._octets += octets
        while (frame := self._next()) is not None:
            yield frame

    def _next(self) -> Frame | None:
        if self._is_first:
            self._recognise()
        head = self._octets[:HEADER_SIZE]
        size = int.from_bytes(head[:3], "big")
        stream_id = int.from_bytes(head[5:], "big") & 0x7FFF_FFFF
        if len(head) == HEADER_SIZE and size > LARGEST:
            raise BreachError(f"a frame is longer than {LARGEST} bytes", stream_id)
        end = HEADER_SIZE + size
        if len(head) < HEADER_SIZE or len(self._octets) < end:
            return None
        payload = bytes(self._octets[HEADER_SIZE:end])
        del self._octets[:end]
        self._is_first = False
        return Frame(head[3], head[4], stream_id, payload)

    def _recognise(self) -> None:
        """Stop at what does not begin with SETTINGS (RFC 9113 section 3.4)."""
        start = bytes(self._octets[:HEADER_SIZE])
        is_far_too_large = start[:1] > b"\x00"
        is_another = len(start) > 3 and start[3] != Kind.SETTINGS
        if is_far_too_large or is_another:
            raise BreachError("it does not begin as such", first_octets=start)


def retold(frame: Frame, *, is_head: bool, status: int | None) -> list[Frame]:
    """Return what h2 is told in place of a frame on a stream that is open.

    h2 1) takes the content of an answer to HEAD, 2) takes a 304 with a Content-Length, which is
    that of what was not sent (RFC 9110 section 8.6), for a breach of the connection's protocol.

    Arguments:
        frame: what came.
        is_head: the request's method is HEAD.
        status: that of the final answer, None while it has not come.
    """
    if frame.kind == Kind.HEADERS and frame.ends_stream and status is None:
        return [frame.without_end()]  # what ends it follows once the status is known
    if frame.kind != Kind.DATA or not (is_head or status == 304):
        return [frame]
    return endings(frame.stream_id, status) if frame.ends_stream else []


def endings(stream_id: int, status: int | None) -> list[Frame]:
    """Return what tells h2 that nothing more comes on a stream."""
    if status == 304:
        return [Frame(Kind.RST_STREAM, 0, stream_id, bytes(4))]
    return [Frame(Kind.DATA, END_STREAM, stream_id)]
