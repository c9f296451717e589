"""A relay in front of a server that goes away for a while, has few workers, or refuses an input."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

ENOUGH = 32


class Relay:
    """Passes connections on, each by a worker of its own for as long as the client keeps it.

    Arguments:
        server: the base URL of the server behind it.
        on_request: is called with the relay, the head of each request and how many came before it;
            returns an answer to give in the server's place, or None to pass the request on.
        workers: how many connections are served at once.
    """

    def __init__(
        self,
        server: str,
        on_request: Callable[[Relay, bytes, int], bytes | None] = lambda *_: None,
        *,
        workers: int = ENOUGH,
    ) -> None:
        url = urlsplit(server)
        self._server = (url.hostname or "", url.port or 0)
        self._on_request = on_request
        self._workers = workers
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._is_gone = self._is_over = False
        self.requests = 0
        self._listen(0)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._port}"

    def leave(self, seconds: float) -> None:
        """Close the port and every connection, and come back after so many seconds."""
        with self._lock:
            is_gone, self._is_gone = self._is_gone, True
        if is_gone:
            return
        self._drop()
        threading.Thread(target=self._come_back, args=(seconds,), daemon=True).start()

    def close(self) -> None:
        """Close the port and every connection for good."""
        with self._lock:
            self._is_over = True
        self._drop()

    def _drop(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            connections, self._open = self._open, set()
        for sock in connections:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)

    def _come_back(self, seconds: float) -> None:
        time.sleep(seconds)
        with self._lock:
            if not self._is_over:
                self._listen(self._port)
                self._is_gone = False

    def _listen(self, port: int) -> None:
        listener = self._listener = socket.create_server(("127.0.0.1", port), backlog=256)
        self._port = listener.getsockname()[1]
        for _ in range(self._workers):
            threading.Thread(target=self._work, args=(listener,), daemon=True).start()

    def _work(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                self._serve(client)

    def _serve(self, client: socket.socket) -> None:
        with socket.create_connection(self._server) as server:
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._lock:
                self._open |= {client, server}
            back = threading.Thread(target=_copy, args=(server, client), daemon=True)
            back.start()
            for head in _heads(client):
                with self._lock:
                    number, self.requests = self.requests, self.requests + 1
                answer = self._on_request(self, head, number)
                (client if answer else server).sendall(answer or head)
            server.shutdown(socket.SHUT_WR)
            back.join()


def _heads(sock: socket.socket) -> Iterator[bytes]:
    octets = b""
    while more := sock.recv(65536):
        octets += more
        while (length := _length(octets)) is not None and len(octets) >= length:
            yield octets[:length]
            octets = octets[length:]


def _length(octets: bytes) -> int | None:
    """Return the length of the first request with its content, None while its head is not whole."""
    head, end, _ = octets.partition(b"\r\n\r\n")
    if not end:
        return None
    content = re.search(rb"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
    return len(head + end) + (int(content[1]) if content else 0)


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while octets := source.recv(65536):
            sink.sendall(octets)
        sink.shutdown(socket.SHUT_WR)


@contextmanager
def relayed(
    server: str,
    on_request: Callable[[Relay, bytes, int], bytes | None] = lambda *_: None,
    *,
    workers: int = ENOUGH,
) -> Iterator[Relay]:
    """Run a relay for as long as the block lasts."""
    relay = Relay(server, on_request, workers=workers)
    try:
        yield relay
    finally:
        relay.close()
