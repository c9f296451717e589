"""One connection: a request goes out, an answer comes in, both framed by h11."""

from __future__ import annotations

import re
import select
import selectors
import ssl
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import h11

from neptun_conformance.client.failures import (
    BrokenOff,
    StaleConnectionError,
    not_http,
    reason,
    tls_failed,
)
from neptun_conformance.client.message import text_headers
from neptun_conformance.exchange import FailureKind

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from neptun_conformance.client.deadline import Deadline
    from neptun_conformance.client.message import Message

READ_SIZE = 64 * 1024
MAX_HEAD = 256 * 1024
MAX_INTERIM_ANSWERS = 100
CONTENTLESS = frozenset({204, 304})
SURPLUS_PATIENCE = 0.25
START = b"HTTP/"
FAREWELL = re.compile(rb"HTTP/1\.[01] 4")
Selector = getattr(selectors, "PollSelector", selectors.SelectSelector)
"""Windows has no ``poll``; where there is one, it takes any number of open files."""


class Connection:
    """A connected socket, used for one exchange after another."""

    def __init__(self, sock: socket.socket, place: str) -> None:
        """Take over a connected socket; ``place`` is what messages call the other side."""
        self._socket = sock
        self._place = place
        self._framing = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        self.exchanges = 0
        """So many have ended on it, and left it fit for another."""
        self._first_octets = b""
        self._send_error: OSError | None = None

    def send(self, message: Message, deadline: Deadline) -> None:
        """Send a request, with its content if it has any.

        A failed write is kept until the answer is read: servers may answer and close early.

        Raises:
            ValueError: the request itself is not valid HTTP.
            TimeoutError: the target does not take the request in.
        """
        self._first_octets = b""
        self._send_error = None
        content = [h11.Data(data=message.body)] if message.body else []
        events = (message.head, *content, h11.EndOfMessage())
        octets = b"".join(self._framing.send(event) or b"" for event in events)
        self._socket.settimeout(deadline.left())
        if message.together:
            self._write(octets[:-1])
            message.together.fire(partial(self._write, octets[-1:]))
        else:
            self._write(octets)
        if isinstance(self._send_error, TimeoutError):
            raise self._send_error

    def _write(self, octets: bytes) -> None:
        try:
            self._socket.sendall(octets)
        except OSError as error:
            self._send_error = self._send_error or error

    def receive_head(self, deadline: Deadline) -> h11.Response:
        """Wait for the head of the final answer, past interim ones (RFC 9110 section 15.2).

        Raises:
            BrokenOff: the target closed the connection, or what it sent is not HTTP/1.1.
            TimeoutError: the deadline has passed.
        """
        for _ in range(MAX_INTERIM_ANSWERS):
            event = self._next_event(deadline, status=None)
            if isinstance(event, h11.Response):
                return event
        message = f"over {MAX_INTERIM_ANSWERS} interim answers (1xx) and no final one"
        raise BrokenOff(FailureKind.PROTOCOL, message)

    def receive_content(self, status: int, deadline: Deadline) -> Iterator[bytes]:
        """Yield the content as it arrives.

        Raises:
            BrokenOff: it was cut short, or its framing is broken.
            TimeoutError: the deadline has passed.
        """
        while True:
            event = self._next_event(deadline, status=status)
            if not isinstance(event, h11.Data):
                return
            yield bytes(event.data)

    def surplus(self) -> int:
        """Return how many octets follow the answer to HEAD (RFC 9112 section 6.3).

        As such a request asks the target to close, waiting for more costs nothing as a rule.
        """
        octets = len(self._framing.trailing_data[0])
        try:
            self._socket.settimeout(SURPLUS_PATIENCE)
            return octets + len(self._socket.recv(READ_SIZE))
        except OSError:
            return octets

    def stray(self) -> int:
        """Return how many octets came with an answer behind its end, where another may follow.

        They would be taken for the beginning of the next one (RFC 9112 section 9.2). What comes
        later is said on an idle connection. A 4xx is, too: the server takes its leave by it. Empty
        lines are passed over.
        """
        if not self._may_go_on:
            return 0
        with suppress(OSError):
            self._socket.settimeout(0)
            self._framing.receive_data(self._socket.recv(READ_SIZE))
        octets = self._framing.trailing_data[0].lstrip(b"\r\n")
        return 0 if FAREWELL.match(octets) else len(octets)

    @property
    def _may_go_on(self) -> bool:
        return self._framing.our_state is self._framing.their_state is h11.DONE

    def is_reusable(self) -> bool:
        """Tell whether another exchange may follow, and prepare for it.

        Octets past the end of an answer would be taken for the beginning of the next one.
        """
        if not self._may_go_on or any(self._framing.trailing_data):
            return False
        self._framing.start_next_cycle()
        self.exchanges += 1
        return True

    def is_alive(self) -> bool:
        """Tell whether the idle connection still stands: nothing must be readable on it."""
        return not self.has_octets_within(0)

    def has_octets_within(self, seconds: float) -> bool:
        """Wait until something, or an end, can be read; tell whether it came in time."""
        try:
            return _is_readable(self._socket, seconds)
        except ValueError:  # it was closed by another thread, as a read will tell
            return True

    @property
    def is_new(self) -> bool:
        """Whether no exchange has ended on it yet."""
        return not self.exchanges

    def close(self) -> None:
        """Let go of the socket."""
        self._socket.close()

    def abort(self) -> None:
        """Wake whoever waits on the socket, from another thread."""
        try:
            self._socket.shutdown(2)
        except OSError:
            self._socket.close()

    def _next_event(self, deadline: Deadline, *, status: int | None) -> h11.Event:
        while True:
            try:
                event = self._framing.next_event()
            except h11.RemoteProtocolError as error:
                raise self._misframed(error, status) from None
            if event is h11.PAUSED:
                # Only a switch of protocols (101) that was offered pauses here: no answer comes.
                words = "it switches to the protocol that was offered"
                raise BrokenOff(FailureKind.DROPPED, words, status=101)
            if isinstance(event, h11.Event):
                return event
            self._framing.receive_data(self._read(deadline, status))

    def _read(self, deadline: Deadline, status: int | None) -> bytes:
        try:
            self._socket.settimeout(deadline.left())
            octets = self._socket.recv(READ_SIZE)
        except TimeoutError:
            raise
        except ssl.SSLError as error:
            raise tls_failed(self._place, error) from None
        except OSError as error:
            raise self._dropped(reason(error), status) from None
        if not octets and status is None:
            how = "closed"
            raise self._dropped(how, status)
        self._recognise(octets)
        return octets

    def _recognise(self, octets: bytes) -> None:
        """Stop at what is no HTTP/1.x from its first octets on, rather than wait for more of it."""
        missing = len(START) - len(self._first_octets)
        if missing:
            self._first_octets += octets[:missing]
            if not START.startswith(self._first_octets):
                raise not_http(self._first_octets, "it does not begin as such")

    def _dropped(self, how: str, status: int | None) -> BrokenOff:
        if status is not None:
            message = f"the connection broke off in the middle of the content ({how})"
            return BrokenOff(FailureKind.DROPPED, message, status=status)
        if self._first_octets:
            message = f"the connection broke off in the middle of the header section ({how})"
            return BrokenOff(FailureKind.DROPPED, message)
        if self._send_error:
            how = reason(self._send_error)
        message = f"{self._place} dropped the connection without an answer ({how})"
        kind = StaleConnectionError if self.exchanges else BrokenOff
        return kind(FailureKind.DROPPED, message)

    def _misframed(self, error: h11.RemoteProtocolError, status: int | None) -> BrokenOff:
        # h11 words a cut as a breach of the protocol; what follows a colon quotes the target.
        words = str(error).partition(":")[0].partition("(")[0].strip()
        if status is not None and words.startswith("peer "):
            return self._dropped("closed before its announced end", status)
        if words == "Receive buffer too long":
            words = f"a header section, chunk header or trailer is longer than {MAX_HEAD} bytes"
        return not_http(b"", words, status=status)


def _is_readable(sock: socket.socket, seconds: float) -> bool:
    """Wait until a socket can be read, as ``Selector`` does, at a fraction of the cost."""
    if not hasattr(select, "poll"):
        return bool(select.select([sock], [], [], seconds)[0])
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


class ConnectionAnswer:
    """An answer that comes in over a connection; implements ``message.Answer``."""

    def __init__(self, connection: Connection, message: Message, deadline: Deadline) -> None:
        """Wait for the head of the answer to ``message``."""
        head = connection.receive_head(deadline)
        self.status = head.status_code
        self.headers = text_headers(head.headers.raw_items())
        self.http_version = f"HTTP/{head.http_version.decode('ascii')}"
        self.is_contentless = message.method == b"HEAD" or head.status_code in CONTENTLESS
        self._is_head = message.method == b"HEAD"
        self._is_last = message.is_last
        self._connection = connection
        self._deadline = deadline

    def content(self) -> Iterator[bytes]:
        """Yield the content as it arrives."""
        return self._connection.receive_content(self.status, self._deadline)

    def surplus(self) -> int:
        """Return how many octets of content came although none were allowed."""
        return self._connection.surplus() if self._is_head else 0

    def stray(self) -> int:
        """Return how many octets would be taken for the next answer on the connection."""
        return 0 if self._is_last else self._connection.stray()
