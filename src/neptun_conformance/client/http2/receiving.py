"""What arrives on a connection becomes answers on its streams, or the reason why there is none.

What h2 does not bound is bounded here: frames that bring no exchange further, and interim answers.
"""

from __future__ import annotations

import re
from time import monotonic
from typing import TYPE_CHECKING

from h2 import events
from h2.errors import ErrorCodes

from neptun_conformance.client.connection import MAX_INTERIM_ANSWERS
from neptun_conformance.client.failures import BrokenOff, UnprocessedError, not_http2
from neptun_conformance.client.http2 import framing
from neptun_conformance.client.http2.frames import (
    BreachError,
    Frame,
    FrameReader,
    Kind,
    endings,
    retold,
)
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    from h2.connection import H2Connection

    from neptun_conformance.client.http2.stream import Stream

MAX_IDLE_FRAMES = 1_000
"""So many frames in a row that bring no exchange further, and the connection is given up."""

MOST_STREAMS = 128
"""So many streams are open at once at most, where the peer allows more or does not say."""

_STATUS = re.compile(rb"[1-9][0-9]{2}")


class Receiver:
    """The receiving side of a connection; nothing of it is called but under the one's lock.

    Arguments:
        connection: h2's state of the connection.
        streams: those that wait for an answer, by id; the ones that are settled are taken out.
        place: what messages call the other side.

    Attributes:
        limit: how many streams may be open at once; one until the peer's settings are there.
        is_settled: the peer's settings have come.
        is_open: the peer takes more streams.
        has_refused: it refused one; the limit is then how many others were open.
        opened: how many streams were opened so far.
        lifetime: how many streams the peer took before it ended the connection by its own rule.
        heard: when something last came in, by the monotonic clock.
    """

    def __init__(self, connection: H2Connection, streams: dict[int, Stream], place: str) -> None:
        self.limit = 1
        self.is_settled = False
        self.is_open = True
        self.has_refused = False
        self.opened = 0
        self.lifetime: int | None = None
        self.heard = monotonic()
        self._connection = connection
        self._streams = streams
        self._place = place
        self._reader = FrameReader()
        self._idle_frames = 0
        self._unacknowledged = 0
        self._goodbye = "closed"

    def receive(self, octets: bytes) -> bool:
        """Take in what came, nothing at the connection's end; tell whether it goes on."""
        self.heard = monotonic()
        if not octets:
            self.dropped(self._goodbye)
            return False
        try:
            for frame in self._reader.feed(octets):
                self._take(frame)
        except BreachError as breach:
            words = not_http2(breach.first_octets, str(breach))
            self.end(FailureKind.PROTOCOL, words, self._streams.get(breach.stream_id))
            return False
        return True

    def dropped(self, how: str) -> None:
        """Note that the peer ended the connection."""
        self.end(FailureKind.DROPPED, f"{self._place} ended the connection ({how})")

    def end(self, kind: FailureKind, words: str, culprit: Stream | None = None) -> None:
        """Let every exchange know that the connection does not go on.

        Arguments:
            kind: what failed.
            words: how, in one line.
            culprit: the stream that this is about; None where it may be any of them.
        """
        self.is_open = False
        for stream in self._streams.values():
            is_shared = self.opened > 1 and stream is not culprit
            stream.fail(stream.broken(kind, words, shared=is_shared))
        self._streams.clear()

    def _take(self, frame: Frame) -> None:
        stream = self._streams.get(frame.stream_id)
        self._count(frame, is_useful=stream is not None)
        if frame.kind == Kind.GOAWAY:
            self._take_goodbye(frame)
        elif stream is None:
            self._tell(frame)
        else:
            self._take_answer(frame, stream)

    def _count(self, frame: Frame, *, is_useful: bool) -> None:
        is_progress = frame.kind == Kind.HEADERS or (frame.kind == Kind.DATA and frame.payload)
        self._idle_frames = 0 if is_useful and is_progress else self._idle_frames + 1
        if self._idle_frames > MAX_IDLE_FRAMES:
            raise BreachError(f"over {MAX_IDLE_FRAMES} frames in a row belong to no answer")

    def _take_answer(self, frame: Frame, stream: Stream) -> None:
        """Take in a frame of an answer; see ``frames.retold``."""
        status = stream.status
        stream.is_ending |= frame.ends_stream
        if frame.kind == Kind.DATA and stream.is_head and frame.content_size:
            stream.surplus += frame.content_size
            self.is_open = False  # h2 does not count it towards the connection's window
        for told in retold(frame, is_head=stream.is_head, status=status):
            self._tell(told)
        if status is None and stream.is_ending and frame.ends_head:
            for told in endings(stream.id, stream.status):
                self._tell(told)

    def _tell(self, frame: Frame) -> None:
        for event in framing.events_of(self._connection, frame):
            self._on(event)

    def _on(self, event: events.Event) -> None:
        stream = self._streams.get(getattr(event, "stream_id", None) or 0)
        if isinstance(event, events.RemoteSettingsChanged):
            allowed = self._connection.remote_settings.max_concurrent_streams
            self.limit, self.is_settled = min(allowed, MOST_STREAMS), True
        elif stream is None:
            return
        elif isinstance(event, events.DataReceived):
            self._take_content(event, stream)
        elif isinstance(event, events.InformationalResponseReceived):
            self._take_interim(stream)
        elif isinstance(event, events.ResponseReceived):
            self._take_head(event, stream)
        elif isinstance(event, events.StreamEnded):
            self._complete(stream)
        elif isinstance(event, events.StreamReset):
            self._take_reset(int(event.error_code or 0), stream)

    def _take_interim(self, stream: Stream) -> None:
        stream.interim_answers += 1
        if stream.interim_answers >= MAX_INTERIM_ANSWERS:
            message = f"over {MAX_INTERIM_ANSWERS} interim answers (1xx) and no final one"
            self._fail(stream, BrokenOff(FailureKind.PROTOCOL, message))

    def _take_head(self, event: events.ResponseReceived, stream: Stream) -> None:
        fields = [(bytes(name), bytes(value)) for name, value in event.headers or ()]
        status = dict(fields).get(b":status", b"")
        if not _STATUS.fullmatch(status):
            raise BreachError("its status is no number of three digits", stream.id)
        stream.put_head(int(status), [(n, v) for n, v in fields if not n.startswith(b":")])

    def _take_content(self, event: events.DataReceived, stream: Stream) -> None:
        """Hand content on; the window of the connection opens again at once (section 5.2.2)."""
        weight = event.flow_controlled_length or 0
        if event.data:
            stream.put(bytes(event.data), weight)
        else:
            stream.unacknowledged += weight
        self._unacknowledged += weight
        if self._unacknowledged >= framing.CONNECTION_WINDOW // 2:
            self._connection.increment_flow_control_window(self._unacknowledged)
            self._unacknowledged = 0

    def _complete(self, stream: Stream) -> None:
        del self._streams[stream.id]
        framing.reset(self._connection, stream.id, ErrorCodes.NO_ERROR)  # what is not sent yet
        stream.end()

    def _take_reset(self, code: int, stream: Stream) -> None:
        if stream.is_ending:
            self._complete(stream)
        elif code == ErrorCodes.REFUSED_STREAM:
            del self._streams[stream.id]
            self.limit = max(1, len(self._streams))
            self.is_open, self.has_refused = False, True
            self._refuse(stream, "the target refused the stream (REFUSED_STREAM)")
        elif code == ErrorCodes.HTTP_1_1_REQUIRED:
            del self._streams[stream.id]
            message = "the target wants HTTP/1.1 for this request: use --http 1.1"
            stream.fail(BrokenOff(FailureKind.PROTOCOL, message, status=stream.status))
        else:
            del self._streams[stream.id]
            words = f"{self._place} reset the stream ({framing.name_of(code)})"
            stream.fail(stream.broken(FailureKind.DROPPED, words))

    def _take_goodbye(self, frame: Frame) -> None:
        """Take in GOAWAY (section 6.8), after which h2 would take in no answer any more."""
        if len(frame.payload) < 8:
            raise BreachError("a GOAWAY frame is too short")
        last = int.from_bytes(frame.payload[:4], "big") & 0x7FFF_FFFF
        self._goodbye = framing.name_of(int.from_bytes(frame.payload[4:8], "big"))
        self.is_open = False
        beyond = [one for one in self._streams.values() if one.id > last]
        if beyond and self._goodbye == framing.name_of(ErrorCodes.NO_ERROR):
            self.lifetime = (last + 1) // 2
        for stream in beyond:
            del self._streams[stream.id]
            self._refuse(stream, f"{self._place} ended the connection ({self._goodbye})")

    def _refuse(self, stream: Stream, words: str) -> None:
        stream.fail(UnprocessedError(FailureKind.DROPPED, words))

    def _fail(self, stream: Stream, why: BrokenOff) -> None:
        del self._streams[stream.id]
        framing.reset(self._connection, stream.id, ErrorCodes.CANCEL)
        stream.fail(why)
