"""One connection that carries many exchanges at once, framed by h2."""

from __future__ import annotations

import ssl
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from h2.errors import ErrorCodes
from h2.exceptions import H2Error

from neptun_conformance.client.failures import UnprocessedError, reason, tls_failed
from neptun_conformance.client.http2 import framing
from neptun_conformance.client.http2.fields import request_fields
from neptun_conformance.client.http2.pump import Pump
from neptun_conformance.client.http2.receiving import Receiver
from neptun_conformance.client.http2.stream import Piece, Stream
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message


class Http2Connection:
    """A connected socket on which many exchanges are under way.

    Arguments:
        sock: the socket, which is taken over.
        place: what messages call the other side.
        scheme: ``http`` or ``https``.
        moved: called, from a thread of its own, whenever something came in.

    Attributes:
        is_retired: nobody is promised a stream any more.
        promised: how many streams were promised so far.
    """

    def __init__(
        self, sock: socket.socket, place: str, scheme: str, moved: Callable[[], None]
    ) -> None:
        self._place = place
        self._scheme = scheme
        self.is_retired = False
        self.promised = 0
        self._streams: dict[int, Stream] = {}
        self._lock = threading.Condition()
        self._framing = framing.client_framing()
        self._receiver = Receiver(self._framing, self._streams, place)
        with self._lock:  # the pump's thread waits until this is whole
            self._pump = Pump(sock, self._lock, receive=self._receive, lost=self._lost, moved=moved)
            self._stage()

    @property
    def limit(self) -> int:
        """How many streams may be open at once; one until the peer's settings are there."""
        return self._receiver.limit

    @property
    def is_settled(self) -> bool:
        """Whether the peer's settings have come, or it is known that none will."""
        return self._receiver.is_settled or not self.is_open

    @property
    def is_open(self) -> bool:
        """Whether more streams may be opened than are promised already."""
        return self._receiver.is_open and not self.is_retired

    @property
    def has_refused(self) -> bool:
        """Whether it took fewer streams than the peer had announced."""
        return self._receiver.has_refused

    @property
    def lifetime(self) -> int | None:
        """How many streams the peer took in all, where it ended the connection by its own rule."""
        return self._receiver.lifetime

    def is_silent_since(self, moment: float) -> bool:
        """Tell whether nothing at all came in since a moment of the monotonic clock."""
        return self._receiver.heard < moment

    def send(self, message: Message, deadline: Deadline) -> Stream:
        """Send a request, with its content if it has any, and return its stream.

        Where others are to arrive with it, all of them leave in one packet, if they fit.

        Raises:
            TimeoutError: the target does not take the request in.
        """
        stream = Stream(message, self._taken)
        try:
            self._send(stream, message, deadline)
        except TimeoutError:
            self.drop(stream)
            raise
        return stream

    def drop(self, stream: Stream) -> None:
        """Let go of a stream; where its answer is not complete, it is reset."""
        with self._lock:
            if self._streams.pop(stream.id, None):
                framing.reset(self._framing, stream.id, ErrorCodes.CANCEL)
                self._stage()
                self._pump.flush()

    def retire(self) -> None:
        """Promise no more streams to anybody."""
        self.is_retired = True

    def close(self) -> None:
        """Break off what is under way and close the socket."""
        with self._lock:
            self._receiver.end(FailureKind.DROPPED, "the connection was closed")
            with suppress(H2Error):
                self._framing.close_connection()
            self._stage()
        self._pump.close()

    def _send(self, stream: Stream, message: Message, deadline: Deadline) -> None:
        fields = request_fields(message, self._scheme)
        is_held = message.together is not None and not message.body
        open_it = partial(self._open, stream, fields, ends=not message.body, is_held=is_held)
        if message.together and not message.body:
            message.together.fire(open_it, self._pump.flush)
            return
        open_it()
        self._send_content(stream, message.body, deadline, ends=not message.together)
        self._pump.flush()
        if message.together:
            message.together.fire(partial(self._send_end, stream), self._pump.flush)

    def _open(
        self, stream: Stream, fields: list[tuple[bytes, bytes]], *, ends: bool, is_held: bool
    ) -> None:
        with self._lock:
            words = f"{self._place} takes no more requests on the connection"
            if not self._receiver.is_open:  # it was closed meanwhile
                stream.is_late = True
                stream.fail(UnprocessedError(FailureKind.DROPPED, words))
                return
            try:
                stream.id = self._framing.get_next_available_stream_id()
                self._framing.send_headers(stream.id, fields, end_stream=ends)
            except H2Error:  # it allows fewer streams than before
                stream.fail(UnprocessedError(FailureKind.DROPPED, words))
                return
            self._streams[stream.id] = stream
            self._receiver.opened += 1
            if is_held:
                self._pump.hold()
            self._stage()

    def _send_content(self, stream: Stream, body: bytes, deadline: Deadline, *, ends: bool) -> None:
        """Send content as far as the peer's flow control lets it, and wait for the rest."""
        while body:
            with self._lock:
                if stream.id not in self._streams:  # answered already, or given up
                    return
                window = self._framing.local_flow_control_window(stream.id)
                size = min(window, self._framing.max_outbound_frame_size)
                if size > 0:
                    piece, body = body[:size], body[size:]
                    self._framing.send_data(stream.id, piece, end_stream=ends and not body)
                    self._stage()
                    continue
                self._pump.flush()
                if not self._lock.wait(deadline.left()):
                    raise TimeoutError

    def _send_end(self, stream: Stream) -> None:
        with self._lock:
            if stream.id in self._streams:
                self._framing.end_stream(stream.id)
                self._pump.hold()
                self._stage()

    def _taken(self, stream: Stream, piece: Piece) -> None:
        """Let a stream send more, once half of its window was read."""
        with self._lock:
            stream.unacknowledged += piece.weight
            half_is_read = stream.unacknowledged >= framing.STREAM_WINDOW // 2
            if half_is_read and stream.id in self._streams:
                self._framing.increment_flow_control_window(stream.unacknowledged, stream.id)
                stream.unacknowledged = 0
                self._stage()
                self._pump.flush()

    def _receive(self, octets: bytes) -> bool:
        goes_on = self._receiver.receive(octets)
        self._stage()
        self._lock.notify_all()
        return goes_on

    def _lost(self, error: OSError) -> None:
        if isinstance(error, ssl.SSLError):
            failure = tls_failed(self._place, error).failure
            self._receiver.end(failure.kind, failure.message)
        else:
            self._receiver.dropped(reason(error))
        self._lock.notify_all()

    def _stage(self) -> None:
        self._pump.stage(self._framing.data_to_send())
