"""One exchange on a connection that carries many: its answer, as it comes in."""

from __future__ import annotations

from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, NamedTuple

from neptun_conformance.client.failures import BrokenOff, StaleConnectionError
from neptun_conformance.client.message import IDEMPOTENT, text_headers
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message


class Head(NamedTuple):
    """The status and the fields of the final answer."""

    status: int
    headers: tuple[tuple[str, str], ...]


class Piece(NamedTuple):
    """Some content, and what it takes of the flow-control window, padding included."""

    content: bytes
    weight: int


class Stream:
    """A stream (RFC 9113 section 5): fed by the connection's thread, read by the asker's.

    Arguments:
        message: the request.
        taken: called with each piece of content that was read, so that more may come.

    Attributes:
        is_late: the connection had ended before anything of the request left.
    """

    def __init__(self, message: Message, taken: Callable[[Stream, Piece], None]) -> None:
        self.id = 0
        self.status: int | None = None
        self.interim_answers = 0
        self.surplus = 0
        self.unacknowledged = 0
        self.is_ending = False
        self.is_late = False
        self.is_head = message.method == b"HEAD"
        self.is_repeatable = message.method in IDEMPOTENT
        self._taken = taken
        self._events: SimpleQueue[Head | Piece | BrokenOff | None] = SimpleQueue()

    def put_head(self, status: int, fields: list[tuple[bytes, bytes]]) -> None:
        """Note the head of the final answer."""
        self.status = status
        self._events.put(Head(status, text_headers(fields)))

    def put(self, content: bytes, weight: int) -> None:
        """Note some content."""
        self._events.put(Piece(content, weight))

    def end(self) -> None:
        """Note that the answer is complete."""
        self._events.put(None)

    def fail(self, why: BrokenOff) -> None:
        """Note that no complete answer comes."""
        self._events.put(why)

    def broken(self, kind: FailureKind, words: str, *, shared: bool = False) -> BrokenOff:
        """Return what becomes of the exchange when its connection does not go on.

        Arguments:
            kind: what failed.
            words: how, in one line.
            shared: it may be another exchange that brought this about, so that it may be repeated.
        """
        if shared and self.is_repeatable:
            return StaleConnectionError(kind, words, status=self.status)
        where = "" if self.status is None else " in the middle of the answer"
        return BrokenOff(kind, f"{words}{where}", status=self.status)

    def head(self, deadline: Deadline) -> Head:
        """Wait for the head of the final answer.

        Raises:
            BrokenOff: the stream or its connection ended before.
            TimeoutError: the deadline has passed.
        """
        event = self._next(deadline)
        assert isinstance(event, Head)  # noqa: S101 - h2 lets nothing come before it
        return event

    def content(self, deadline: Deadline) -> Iterator[bytes]:
        """Yield the content as it arrives, and return where the answer is complete.

        Raises:
            BrokenOff: it was cut short.
            TimeoutError: the deadline has passed.
        """
        while isinstance(event := self._next(deadline), Piece):
            self._taken(self, event)
            yield event.content

    def _next(self, deadline: Deadline) -> Head | Piece | None:
        try:
            event = self._events.get(timeout=deadline.left())
        except Empty:
            raise TimeoutError from None
        if isinstance(event, BrokenOff):
            raise event
        return event


class StreamAnswer:
    """An answer that comes in on a stream; implements ``message.Answer``."""

    http_version = "HTTP/2"

    def __init__(self, stream: Stream, deadline: Deadline) -> None:
        """Wait for the head of the answer."""
        self.status, self.headers = stream.head(deadline)
        self._stream = stream
        self._deadline = deadline

    def content(self) -> Iterator[bytes]:
        """Yield the content as it arrives."""
        return self._stream.content(self._deadline)

    def surplus(self) -> int:
        """Return how many octets of content came although none were allowed."""
        return self._stream.surplus

    def stray(self) -> int:
        """Return 0: each answer has a stream of its own."""
        return 0
