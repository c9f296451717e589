"""What a hostile server can do to a connection, and how one is run for the time of a test."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Iterator

    from neptun_conformance.exchange import BodyKind, FailureKind

PIECE = b" " * 65536
FOR_EVER = 10_000.0
AFTERMATH = 5
"""Turns of a loop that a dropped connection takes to be closed, TLS included."""


class Run(StrEnum):
    """What a whole run against a behaviour must end with."""

    UNREACHABLE = "unreachable"
    NONCONFORMANT = "nonconformant"
    INCOMPLETE = "incomplete"


@dataclass
class Course:
    """What a server remembers from one connection to the next."""

    requests: int = 0
    under_way: int = 0
    is_open: bool = True


class Peer:
    """One connection, seen from the hostile side."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, course: Course
    ) -> None:
        """Take over an accepted connection."""
        self._reader = reader
        self._writer = writer
        self.course = course

    async def request(self) -> bytes:
        """Read a request's head."""
        head = await self._reader.readuntil(b"\r\n\r\n")
        self.course.requests += 1
        return head

    async def read(self, octets: int) -> bytes:
        """Read that many octets."""
        return await self._reader.readexactly(octets)

    async def send(self, octets: bytes) -> None:
        """Send octets, waiting until the other side takes them."""
        self._writer.write(octets)
        await self._writer.drain()

    async def answer(self, body: bytes, *headers: str, status: str = "200 OK") -> None:
        """Send a well-framed answer."""
        lines = [f"HTTP/1.1 {status}", "Content-Type: application/json", *headers]
        if not any(line.startswith(("Content-Length", "Transfer-Encoding")) for line in lines):
            lines.append(f"Content-Length: {len(body)}")
        await self.send("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    async def send_for_ever(self, octets: bytes, pause: float = 0) -> NoReturn:
        """Send the same octets again and again, with a pause of so many seconds in between."""
        while True:
            await self.send(octets)
            await asyncio.sleep(pause)

    async def wait_for_ever(self) -> NoReturn:
        """Keep the connection open and do nothing."""
        # A timer keeps the loop's hold on this task; with an event it could be collected.
        await asyncio.sleep(FOR_EVER)
        raise AssertionError

    def reset(self) -> None:
        """Drop the connection with a TCP reset."""
        sock = self._writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()


@dataclass(frozen=True)
class Behaviour:
    """One way to be hostile.

    Arguments:
        name: the function's, which is the test's, too.
        what: one line for people.
        serve: handles one connection.
        sees: what a client may record, by status, failure or body problem; each must occur.
        run: what a whole run must end with.
        tls: the certificate to show, or None to speak in the clear.
        scheme: what the base URL says.
        host: what the base URL names.
        exchanges: how many it takes to see it all.
        at_once: how many of them are under way together.
        has_listener: whether anybody listens at all.
        hangs: whether it takes a deadline to end it.
    """

    name: str
    what: str
    serve: Callable[[Peer], Awaitable[None]]
    sees: frozenset[int | FailureKind | BodyKind]
    run: Run
    tls: Callable[[], ssl.SSLContext] | None = None
    scheme: str = "http"
    host: str = "127.0.0.1"
    exchanges: int = 1
    at_once: int = 1
    has_listener: bool = True
    hangs: bool = False


BEHAVIOURS: list[Behaviour] = []


def hostile(
    *sees: int | FailureKind | BodyKind, run: Run, **options: object
) -> Callable[[Callable[[Peer], Awaitable[None]]], Callable[[Peer], Awaitable[None]]]:
    """Enter a function into the list; its docstring says what it does."""

    def enter(serve: Callable[[Peer], Awaitable[None]]) -> Callable[[Peer], Awaitable[None]]:
        what = (serve.__doc__ or "").strip()
        behaviour = Behaviour(serve.__name__, what, serve, frozenset(sees), run, **options)  # type: ignore[arg-type]
        BEHAVIOURS.append(behaviour)
        return serve

    return enter


@contextmanager
def running(behaviour: Behaviour) -> Iterator[str]:
    """Serve a behaviour on a port of its own and yield its base URL."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"{behaviour.scheme}://{behaviour.host}:{listener.getsockname()[1]}"
        if not behaviour.has_listener:
            yield url
            return
        loop = asyncio.new_event_loop()
        stopping = asyncio.Event()
        main = _serve(behaviour, listener, stopping)
        thread = threading.Thread(target=lambda: loop.run_until_complete(main))
        listener.listen(256)
        thread.start()
        try:
            yield url
        finally:
            loop.call_soon_threadsafe(stopping.set)
            thread.join()
            loop.close()


class Connections:
    """The connections of a server, held fast: a loop alone may let go of a task that waits."""

    def __init__(self) -> None:
        """Begin without any."""
        self._open: dict[asyncio.Task[object] | None, asyncio.WriteTransport] = {}

    @contextmanager
    def one(self, writer: asyncio.StreamWriter) -> Iterator[None]:
        """Hold a connection for as long as its task lasts, then close it."""
        task = asyncio.current_task()
        self._open[task] = writer.transport
        try:
            yield
        finally:
            writer.close()
            del self._open[task]

    async def end(self) -> None:
        """Cancel all other tasks of this loop, drop the connections, and let both come to pass."""
        transports = list(self._open.values())
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for transport in transports:
            transport.abort()
        for _ in range(AFTERMATH):
            await asyncio.sleep(0)


async def _serve(behaviour: Behaviour, listener: socket.socket, stopping: asyncio.Event) -> None:
    course = Course()
    context = behaviour.tls() if behaviour.tls else None
    connections = Connections()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = Peer(reader, writer, course)
        with connections.one(writer), suppress(OSError, asyncio.IncompleteReadError):
            if course.is_open:
                await behaviour.serve(peer)
            else:
                peer.reset()

    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    server = await asyncio.start_server(connected, sock=listener, ssl=context)
    await stopping.wait()
    server.close()
    await connections.end()
