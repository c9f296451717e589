"""An ASGI application whose answers are written to the socket octet by octet, as one likes.

A proper HTTP server puts right, or refuses to send, what some servers do send. Here a function
writes each answer; the connection is closed after it, or kept for others.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Scope

LOOPBACK = "127.0.0.1"
_PATIENCE = 10.0


@dataclass(slots=True)
class Sent:
    """An answer as an application sent it."""

    status: int = 500
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)
    body: bytes = b""


Write = Callable[["Scope", Sent], bytes]
"""Returns the octets for the socket, none to close it without an answer."""

Fields = list[tuple[bytes, bytes]]


class Reaction(Enum):
    """What is done with a request over HTTP/2 in place of handing it to an application."""

    RESET = "its stream is reset"
    END = "its connection is ended"
    SILENCE = "nothing"


Meet = Callable[[Fields], Reaction | None]
"""Says by the fields of a request what is done with it, None for the usual."""

Converse = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextmanager
def on_the_wire(app: ASGIApp, *, write: Write, keep: bool = False) -> Iterator[str]:
    """Serve an application on a free loopback port and yield its base URL.

    Arguments:
        app: the ASGI application.
        write: turns an answer into octets; ``scope["number"]`` counts those of a connection.
        keep: a connection is kept after an answer, as long as requests want that.
    """

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            for number in count(1):
                scope = _scope(await reader.readuntil(b"\r\n\r\n"), writer)
                scope["number"] = number
                writer.write(write(scope, await ask(app, scope)))
                await writer.drain()
                if not keep or is_last(scope):
                    break
        writer.close()

    with listening(converse) as base_url:
        yield base_url


@contextmanager
def listening(converse: Converse) -> Iterator[str]:
    """Listen on a free loopback port, from a thread, and yield the base URL.

    Arguments:
        converse: speaks with a client until one of the two leaves.
    """
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(converse, LOOPBACK, 0))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{LOOPBACK}:{server.sockets[0].getsockname()[1]}"
    finally:
        asyncio.run_coroutine_threadsafe(_stop(server), loop).result(_PATIENCE)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_PATIENCE)
        loop.close()


async def ask(app: ASGIApp, scope: Scope, content: bytes = b"") -> Sent:
    """Return what an application sends for a request."""
    sent = Sent()

    requests = iter([{"type": "http.request", "body": content, "more_body": False}])

    async def receive() -> Any:
        event = next(requests, None)
        return event or await asyncio.Event().wait()  # The client stays to the end.

    async def send(event: Any) -> None:
        if event["type"] == "http.response.start":
            sent.status, sent.headers = event["status"], list(event["headers"])
        else:
            sent.body += event.get("body", b"")

    await app(scope, receive, send)
    return sent


def head(sent: Sent, *, version: str = "HTTP/1.1", closing: bool = True) -> bytes:
    """Return the head of an answer, the closing of the connection announced, unless it is kept."""
    lines = [f"{version} {sent.status} ".encode()]
    lines += [name + b": " + value for name, value in sent.headers]
    return b"\r\n".join([*lines, *([b"connection: close"] if closing else []), b"", b""])


def is_last(scope: Scope) -> bool:
    """Tell whether a request is the last on its connection: it says so, or has content.

    The content is not read here.
    """
    names = {name for name, _ in scope["headers"]}
    has_content = not names.isdisjoint({b"content-length", b"transfer-encoding"})
    return has_content or (b"connection", b"close") in scope["headers"]


def scope_of(
    method: bytes,
    target: bytes,
    headers: list[tuple[bytes, bytes]],
    writer: asyncio.StreamWriter,
    **more: Any,
) -> Scope:
    """Return a request as ASGI 3.0 hands it to an application.

    Arguments:
        method: the method.
        target: path and query, as they came.
        headers: names in small letters, and values.
        writer: the connection that it came on.
        more: what else the scope holds, such as ``http_version``.
    """
    path, _, query = target.partition(b"?")
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "server": writer.get_extra_info("sockname")[:2],
        "client": writer.get_extra_info("peername")[:2],
        "scheme": "http",
        "method": method.decode("ascii"),
        "root_path": "",
        "path": unquote(path.decode("latin-1")),
        "raw_path": path,
        "query_string": query,
        "headers": headers,
        **more,
    }


def _scope(request: bytes, writer: asyncio.StreamWriter) -> Scope:
    first, *lines = request.rstrip(b"\r\n").split(b"\r\n")
    method, target, _ = first.split(b" ", 2)
    fields = (line.partition(b":") for line in lines)
    headers = [(name.lower(), value.strip(b" \t")) for name, _, value in fields]
    return scope_of(method, target, headers, writer, http_version="1.1", head=request)


async def _stop(server: asyncio.Server) -> None:
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
