"""A proxy between client and server that does what networks and overloaded servers do."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket
import struct
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.resilience.hostile.peer import Connections

if TYPE_CHECKING:
    import ssl

LATE = 120
THROTTLING = {429: "429 Too Many Requests", 503: "503 Service Unavailable"}


@dataclass
class Exchange:
    """One request on its way through the proxy.

    Arguments:
        number: how many came before it, over all connections.
        at_once: how many are under way, this one included.
        reader: where the client's next octets come from.
        writer: the way back to the client.
        server: the server's host and port.
        request: the whole request.
    """

    number: int
    at_once: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    server: tuple[str, int]
    request: bytes

    async def answer(self) -> bytes:
        """Ask the server over a connection of its own, and return the whole answer."""
        reader, writer = await asyncio.open_connection(*self.server)
        try:
            head, _, rest = self.request.partition(b"\r\n")
            writer.write(head + b"\r\nConnection: close\r\n" + rest)
            return await reader.read()
        finally:
            writer.close()

    async def send(self, octets: bytes) -> None:
        """Send octets to the client."""
        self.writer.write(octets)
        await self.writer.drain()

    async def refuse(self, status: int, *headers: str) -> None:
        """Answer in the server's place."""
        lines = [f"HTTP/1.1 {THROTTLING[status]}", *headers, "Content-Length: 0", "", ""]
        await self.send("\r\n".join(lines).encode("ascii"))

    def reset(self) -> None:
        """Drop the client's connection with a TCP reset."""
        sock = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Fault = Callable[[Exchange], Awaitable[None]]


async def none(exchange: Exchange) -> None:
    """Pass everything on."""
    await exchange.send(await exchange.answer())


def latency(seconds: float) -> Fault:
    """Hold each answer back for so long."""

    async def fault(exchange: Exchange) -> None:
        await asyncio.sleep(seconds)
        await none(exchange)

    return fault


async def drip(exchange: Exchange) -> None:
    """Pass answers on in pieces of sixty octets."""
    answer = await exchange.answer()
    for start in range(0, len(answer), 60):
        await exchange.send(answer[start : start + 60])
        await asyncio.sleep(0.001)


def cut(*, every: int) -> Fault:
    """Pass on only half of each so-manieth answer, and close."""

    async def fault(exchange: Exchange) -> None:
        answer = await exchange.answer()
        if exchange.number % every == every - 1:
            answer = answer[: len(answer) // 2]
        await exchange.send(answer)

    return fault


def reset(*, every: int) -> Fault:
    """Reset each so-manieth connection instead of an answer."""

    async def fault(exchange: Exchange) -> None:
        if exchange.number % every == every - 1:
            exchange.reset()
        else:
            await none(exchange)

    return fault


def dead(*, after: int, until: float = float("inf")) -> Fault:
    """Reset every connection from one request on, until another one or for ever."""

    async def fault(exchange: Exchange) -> None:
        if after <= exchange.number < until:
            exchange.reset()
        else:
            await none(exchange)

    return fault


def slow_under_load(seconds: float) -> Fault:
    """Take the longer the more is under way."""

    async def fault(exchange: Exchange) -> None:
        await asyncio.sleep(seconds * (exchange.at_once - 1))
        await none(exchange)

    return fault


def stall(*, after: int, seconds: float) -> Fault:
    """Stand still for a while, for whatever comes meanwhile, from one request on."""
    still = asyncio.Event()
    stalling: list[asyncio.Task[None]] = []

    async def over() -> None:
        await asyncio.sleep(seconds)
        still.set()

    async def fault(exchange: Exchange) -> None:
        if exchange.number == after:
            stalling.append(asyncio.create_task(over()))
        if stalling:
            await still.wait()
        await none(exchange)

    return fault


def refusing(status: int, *headers: str, share: float = 1.0) -> Fault:
    """Refuse a share of the requests at random."""
    dice = random.Random(6)  # noqa: S311 - repeatable, not secret

    async def fault(exchange: Exchange) -> None:
        if dice.random() < share:
            await exchange.refuse(status, *headers)
        else:
            await none(exchange)

    return fault


def once(fault: Fault) -> Fault:
    """Do it to one request late in the run only, so that the rest is not held up for long."""

    async def late(exchange: Exchange) -> None:
        await (fault if exchange.number == LATE else none)(exchange)

    return late


def wrong_clock(*, days: float) -> Fault:
    """Refuse each request until a moment of a clock that is so many days off."""

    async def fault(exchange: Exchange) -> None:
        now = format_datetime(datetime.now(UTC) + timedelta(days=days), usegmt=True)
        await exchange.refuse(429, f"Date: {now}", f"Retry-After: {now}")

    return fault


@dataclass
class Proxy:
    """A running proxy.

    Arguments:
        url: where it listens.
        requests: how many have come so far.
        at_once: how many are under way.
        connections: those of the clients.
    """

    url: str = ""
    requests: int = 0
    at_once: int = 0
    connections: Connections = field(default_factory=Connections)
    _server: tuple[str, int] = ("", 0)
    _fault: Fault = field(default=none)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass the one request of a connection on, in the way of the fault."""
        ended = contextlib.suppress(OSError, asyncio.IncompleteReadError)
        with self.connections.one(writer), ended:
            request = await reader.readuntil(b"\r\n\r\n")
            async with self._counted() as number:
                exchange = Exchange(number, self.at_once, reader, writer, self._server, request)
                await self._fault(exchange)

    @asynccontextmanager
    async def _counted(self) -> AsyncIterator[int]:
        number, self.requests = self.requests, self.requests + 1
        self.at_once += 1
        try:
            yield number
        finally:
            self.at_once -= 1


@contextmanager
def between(server: str, fault: Fault, tls: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """Run a proxy in front of a server for as long as the block lasts."""
    url = urlsplit(server)
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    scheme = "https" if tls else "http"
    address = f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"
    proxy = Proxy(address, _server=(url.hostname or "", url.port or 0), _fault=fault)
    loop = asyncio.new_event_loop()
    stopping = asyncio.Event()
    main = _serve(proxy, listener, stopping, tls)
    thread = threading.Thread(target=lambda: loop.run_until_complete(main))
    thread.start()
    try:
        yield proxy
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join()
        loop.close()


async def _serve(
    proxy: Proxy, listener: socket.socket, stopping: asyncio.Event, tls: ssl.SSLContext | None
) -> None:
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)
    server = await asyncio.start_server(proxy.serve, sock=listener, ssl=tls)
    await stopping.wait()
    server.close()
    await proxy.connections.end()
