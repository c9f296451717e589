"""A server of HTTP/2 that does what a script says, frame by frame, right or wrong."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from hpack import Decoder, Encoder
from hyperframe.frame import (
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    RstStreamFrame,
    SettingsFrame,
)

from tests.patience import PATIENCE
from tests.unit.client.listening import Listening

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
JSON = (("content-type", "application/json"),)

_KINDS = {0: "DATA", 1: "HEADERS", 3: "RST_STREAM", 4: "SETTINGS", 6: "PING", 7: "GOAWAY"}


class Gone(Exception):
    """The client has closed the connection."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came: its stream, its fields in their order, and its content."""

    stream: int
    fields: list[tuple[str, str]]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The pseudo-header field ``:path``."""
        return dict(self.fields)[":path"]


class Conversation:
    """One connection, from the server's side."""

    def __init__(self, sock: socket.socket, number: int) -> None:
        """Say nothing yet."""
        sock.settimeout(PATIENCE)
        self.sock = sock
        self.number = number
        self.arrivals: list[int] = []
        self.is_over = threading.Event()
        self._buffer = bytearray()
        self._decoder = Decoder()
        self.encoder = Encoder()
        self._open: dict[int, tuple[list[tuple[str, str]], bytearray]] = {}

    def greet(self, **settings: int) -> None:
        """Read the preface and send settings, by the names of hyperframe."""
        while len(self._buffer) < len(PREFACE):
            self._receive()
        assert self._buffer.startswith(PREFACE)
        del self._buffer[: len(PREFACE)]
        known = {getattr(SettingsFrame, name): value for name, value in settings.items()}
        self.send(SettingsFrame(0, settings=known))

    def greet_first(self) -> None:
        """Send settings, whatever the client begins with."""
        self.send(SettingsFrame(0))
        self._receive()

    def send(self, *frames: Frame | bytes) -> None:
        """Send frames, or whatever octets, at once."""
        self.sock.sendall(b"".join(f if isinstance(f, bytes) else f.serialize() for f in frames))

    def head(
        self, stream: int, status: int, *fields: tuple[str, str], ends: bool = False
    ) -> HeadersFrame:
        """Return the head of an answer."""
        block = self.encoder.encode([(":status", str(status)), *fields])
        flags = ["END_HEADERS", *(["END_STREAM"] if ends else [])]
        return HeadersFrame(stream, data=block, flags=flags)

    def answer(self, stream: int, body: bytes = b"{}", status: int = 200) -> None:
        """Send a whole answer."""
        self.send(self.head(stream, status, *JSON), data(stream, body, ends=True))

    def head_of_request(self) -> int:
        """Wait for the head of a request, whose content may follow, and return its stream."""
        while True:
            kind, stream, payload, flags = self.frame()
            if kind == "HEADERS":
                self._open[stream] = (self._fields(payload, flags), bytearray())
                return stream

    def request(self) -> Asked:
        """Wait for the next request that is complete."""
        while True:
            kind, stream, payload, flags = self.frame()
            if kind == "HEADERS":
                self._open[stream] = (self._fields(payload, flags), bytearray())
            elif kind == "DATA" and stream in self._open:
                self._open[stream][1].extend(payload)
            if kind in {"HEADERS", "DATA"} and flags & 1 and stream in self._open:
                fields, body = self._open.pop(stream)
                return Asked(stream, fields, bytes(body))

    def wait_for(self, wanted: str) -> bytes:
        """Wait for a frame of a kind, and return its payload."""
        while True:
            kind, _, payload, _ = self.frame()
            if kind == wanted:
                return payload

    def frame(self) -> tuple[str, int, bytes, int]:
        """Wait for a frame: its kind, or its number, its stream, payload and flags."""
        while len(self._buffer) < 9:
            self._receive()
        size = int.from_bytes(self._buffer[:3], "big")
        while len(self._buffer) < 9 + size:
            self._receive()
        head, payload = bytes(self._buffer[:9]), bytes(self._buffer[9 : 9 + size])
        del self._buffer[: 9 + size]
        kind = _KINDS.get(head[3], str(head[3]))
        stream = int.from_bytes(head[5:], "big")
        return kind, stream, payload, head[4]

    def _fields(self, block: bytes, flags: int) -> list[tuple[str, str]]:
        while not flags & 4:
            _, _, more, flags = self.frame()
            block += more
        return [(str(name), str(value)) for name, value in self._decoder.decode(block)]

    def _receive(self) -> None:
        octets = self.sock.recv(65536)
        if not octets:
            raise Gone
        self.arrivals.append(len(octets))
        self._buffer += octets


Script = Callable[[Conversation], None]


class Http2Peer(Listening):
    """Runs the script for each connection."""

    def __init__(
        self,
        script: Script,
        wrap: Callable[[socket.socket], socket.socket] = lambda sock: sock,
    ) -> None:
        """Begin to listen."""
        self.conversations: list[Conversation] = []
        self._script = script
        super().__init__(wrap=wrap)

    def serve(self, sock: socket.socket) -> None:
        """Follow the script on a connection, and end it."""
        conversation = Conversation(sock, len(self.conversations) + 1)
        self.conversations.append(conversation)
        with suppress(OSError, Gone):
            try:
                self._script(conversation)
            finally:
                conversation.is_over.set()
        sock.shutdown(socket.SHUT_RDWR)


def data(stream: int, body: bytes = b"", *, ends: bool = False, padding: int = 0) -> DataFrame:
    """Return content."""
    flags = [*(["END_STREAM"] if ends else []), *(["PADDED"] if padding else [])]
    return DataFrame(stream, body, flags=flags, pad_length=padding)


def reset(stream: int, code: int) -> RstStreamFrame:
    """Return a reset of a stream."""
    return RstStreamFrame(stream, code)


def goodbye(last: int, code: int = 0) -> GoAwayFrame:
    """Return the end of a connection after the stream ``last``."""
    return GoAwayFrame(0, last, code)


def answering(conversation: Conversation) -> None:
    """Answer every request, as the right servers do."""
    conversation.greet()
    while True:
        conversation.answer(conversation.request().stream)
