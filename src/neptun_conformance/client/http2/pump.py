"""Moves octets between a socket and what speaks a protocol, in a thread of its own.

The socket never blocks, and is touched under one lock alone: TLS must not be read and written at
once, and what one peer does not take in must not hold up what others ask.
"""

from __future__ import annotations

import selectors
import socket
import ssl
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from neptun_conformance.client.connection import READ_SIZE, Selector

if TYPE_CHECKING:
    from collections.abc import Callable

NOT_NOW = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
PATIENCE = 1.0
"""Seconds to wait for the thread's end."""


class Pump:
    """Reads and writes for one connection.

    Arguments:
        sock: a connected socket, which is taken over.
        lock: what everything is done under.
        receive: called with what arrives, nothing at its end; tells whether to go on.
        lost: called with the error that ended the connection, and at its end in any case.
        moved: called, not under the lock, after each arrival and once the socket is closed.
    """

    def __init__(
        self,
        sock: socket.socket,
        lock: threading.Condition,
        *,
        receive: Callable[[bytes], bool],
        lost: Callable[[OSError], None],
        moved: Callable[[], None],
    ) -> None:
        sock.settimeout(0)
        self._socket = sock
        self._lock = lock
        self._receive = receive
        self._lost = lost
        self._moved = moved
        self._out = bytearray()
        self._is_held = False
        self._is_closed = False
        self._alarm, self._bell = socket.socketpair()
        self._bell.settimeout(0)
        self._thread = threading.Thread(target=self._run, name="http2", daemon=True)
        self._thread.start()

    def stage(self, octets: bytes) -> None:
        """Make octets ready to go out; called under the lock."""
        self._out += octets

    def hold(self) -> None:
        """Let nothing go out until the next flush, so that what is staged stays in one packet."""
        self._is_held = True

    def flush(self) -> None:
        """Send what is ready in as few packets as it takes; what does not fit goes out later."""
        with self._lock:
            self._is_held = False
            self._write()
            if self._out:
                self._ring()

    def close(self) -> None:
        """Send what can be sent at once, and close the socket."""
        with self._lock:
            self._write()
            self._is_closed = True
            self._ring()
        self._thread.join(PATIENCE)

    def _ring(self) -> None:
        with suppress(OSError):  # full, which wakes the thread as well, or closed
            self._bell.send(b"\0")

    def _write(self) -> None:
        try:
            while self._out and not self._is_held:
                del self._out[: self._socket.send(self._out)]
        except NOT_NOW:
            pass
        except OSError:
            # An answer may still be there to be read, which says more than this.
            self._out.clear()

    def _run(self) -> None:
        try:
            with Selector() as selector:
                selector.register(self._socket, selectors.EVENT_READ)
                selector.register(self._alarm, selectors.EVENT_READ)
                while self._wait(selector) and self._read():
                    self._moved()
        finally:
            with self._lock:
                self._write()
                self._is_closed = True
                self._lost(OSError())  # for those who still wait, whatever ended this
                for sock in (self._socket, self._alarm, self._bell):
                    sock.close()
            self._moved()

    def _wait(self, selector: selectors.BaseSelector) -> bool:
        """Wait until something can be read, or written if there is something to write."""
        with self._lock:
            is_ready = self._out and not self._is_held
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if is_ready else 0)
        if selector.get_key(self._socket).events != wanted:
            selector.modify(self._socket, wanted)
        for key, _ in selector.select():
            if key.fileobj is self._alarm:
                self._alarm.recv(READ_SIZE)
        return not self._is_closed

    def _read(self) -> bool:
        """Take in all that is there; tell whether the connection goes on."""
        while True:
            with self._lock:
                try:
                    octets = self._socket.recv(READ_SIZE)
                except NOT_NOW:
                    self._write()
                    return True
                except OSError as error:
                    self._lost(error)
                    return False
                goes_on = self._receive(octets)
                self._write()
                if not goes_on or not octets:
                    return False
