"""Ways to a target that are not plain: other sockets, TLS, and proxies in between."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager, suppress
from time import sleep
from typing import TYPE_CHECKING, Any

import hypercorn.asyncio
import uvicorn
from hypercorn.config import Config

from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

READ = 64 * 1024


@contextmanager
def reference(family: socket.AddressFamily = socket.AF_INET, **settings: Any) -> Iterator[int]:
    """Serve the reference on a port of a kind of address, and yield the port.

    Arguments:
        family: IPv4 or IPv6, both on loopback.
        settings: of uvicorn, those of TLS for example.
    """
    host = "::1" if family is socket.AF_INET6 else "127.0.0.1"
    # Named as TCP anew, see `serving`.
    bound = socket.create_server((host, 0), family=family, backlog=128)
    with socket.socket(fileno=bound.detach()) as listener, _running(listener, **settings):
        yield listener.getsockname()[1]


@contextmanager
def reference_at(path: str) -> Iterator[None]:
    """Serve the reference on a socket in the file system."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(128)
        with _running(listener):
            yield


@contextmanager
def _running(listener: socket.socket, **settings: Any) -> Iterator[None]:
    quiet: dict[str, Any] = {"log_config": None, "log_level": "critical", "lifespan": "off"}
    config = uvicorn.Config(Reference(), timeout_graceful_shutdown=0, **quiet, **settings)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        sleep(0.002)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)


@contextmanager
def by_hypercorn(app: Any = None, **settings: Any) -> Iterator[int]:
    """Serve the reference over HTTP/2 and HTTP/1.1, on a loopback port, and yield the port.

    Arguments:
        app: what to serve in place of the reference.
        settings: of Hypercorn, those of TLS for example.
    """
    bound = socket.create_server(("127.0.0.1", 0), backlog=128)
    port = bound.getsockname()[1]
    config = Config.from_mapping(bind=[f"fd://{bound.detach()}"], errorlog=None, **settings)
    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    served = _after_its_content(app or Reference())
    serving = hypercorn.asyncio.serve(served, config, shutdown_trigger=ended.wait)
    thread = threading.Thread(target=loop.run_until_complete, args=(serving,), daemon=True)
    thread.start()
    try:
        yield port
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join(10)
        loop.close()


def _after_its_content(app: Any) -> Any:
    """Answer a request once its content is there: Hypercorn 0.18 ends the connection otherwise."""

    async def reading(scope: Any, receive: Any, send: Any) -> None:
        events = []
        if scope["type"] == "http":
            events.append(await receive())
            while events[-1].get("more_body"):
                events.append(await receive())

        async def again() -> Any:
            return events.pop(0) if events else await receive()

        await app(scope, again, send)

    return reading


class Proxy:
    """A proxy to one port, whatever host it is asked for: it opens tunnels, and passes requests on.

    Arguments:
        port: where everything goes.
    """

    def __init__(self, port: int) -> None:
        """Listen, and serve every connection in a thread of its own."""
        self.asked: list[bytes] = []
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Its URL, as the environment names proxies."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                caller, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(caller,), daemon=True).start()

    def _serve(self, caller: socket.socket) -> None:
        with caller, suppress(OSError), socket.create_connection(("127.0.0.1", self._port)) as out:
            threading.Thread(target=_copy, args=(out, caller), daemon=True).start()
            rest = b""
            while True:
                while b"\r\n\r\n" not in rest:
                    rest += _some(caller)
                head, _, rest = rest.partition(b"\r\n\r\n")
                self.asked.append(head.partition(b"\r\n")[0])
                if head.startswith(b"CONNECT "):
                    caller.sendall(b"HTTP/1.1 200 Go ahead\r\n\r\n")
                    _copy(caller, out)
                method, _, url = head.partition(b" http://")
                out.sendall(method + b" /" + url.partition(b"/")[2] + b"\r\n\r\n")


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while True:
            sink.sendall(_some(source))


def _some(source: socket.socket) -> bytes:
    octets = source.recv(READ)
    if not octets:
        raise ConnectionResetError
    return octets
