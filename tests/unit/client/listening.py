"""What every peer of a client does: it listens, and serves each connection in its own thread."""

from __future__ import annotations

import socket
import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Listening(ABC):
    """Listens until it is closed.

    Arguments:
        listener: a socket that listens already; TCP on loopback by default.
        wrap: makes of each connection what it is served on, such as TLS.
    """

    def __init__(
        self,
        listener: socket.socket | None = None,
        wrap: Callable[[socket.socket], socket.socket] = lambda sock: sock,
    ) -> None:
        """Begin to accept connections."""
        self.connections = 0
        self.wrap = wrap
        self._open: list[socket.socket] = []
        self._listener = listener or socket.create_server(("127.0.0.1", 0), backlog=64)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        """The TCP port it listens on."""
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Stop, and drop every connection."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for sock in self._open:
            sock.close()

    @abstractmethod
    def serve(self, sock: socket.socket) -> None:
        """Talk on one connection, to its end; an OSError is such an end."""

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._talk, args=(sock,), daemon=True).start()

    def _talk(self, sock: socket.socket) -> None:
        try:
            sock = self.wrap(sock)
            self._open.append(sock)
            self.serve(sock)
        except OSError:
            pass
        sock.close()
