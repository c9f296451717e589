"""An ASGI application over HTTP/2 in plain text, with its requests' fields as they came.

A proper server joins and checks the fields of a request before any application sees them. Here the
application finds all of them in ``scope["http2_fields"]``, pseudo-header fields first, and what is
under way on a connection is begun in the order in which it came. Needs h2.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, Event, RequestReceived, StreamEnded, StreamReset
from h2.exceptions import H2Error

from neptun_conformance.server.wire import Fields, Meet, Reaction, ask, listening, scope_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Scope

READ_SIZE = 65_536


@contextmanager
def over_http2(app: ASGIApp, *, meet: Meet = lambda _: None) -> Iterator[str]:
    """Serve an application on a free loopback port and yield its base URL.

    Arguments:
        app: the ASGI application.
        meet: says by the fields of a request what is done with it, None for the usual.
    """

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _Conversation(app, meet, writer).hold(reader)

    with listening(converse) as base_url:
        yield base_url


class _Conversation:
    """One connection."""

    def __init__(self, app: ASGIApp, meet: Meet, writer: asyncio.StreamWriter) -> None:
        self._app = app
        self._meet = meet
        self._writer = writer
        self._asked: dict[int, tuple[Fields, bytearray]] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._moved = asyncio.Event()
        self._framing = H2Connection(H2Configuration(client_side=False, header_encoding=None))

    async def hold(self, reader: asyncio.StreamReader) -> None:
        """Answer until the client leaves."""
        self._framing.initiate_connection()
        with suppress(OSError, H2Error, asyncio.CancelledError):
            while True:
                self._flush()
                octets = await reader.read(READ_SIZE)
                if not octets:
                    break
                for event in self._framing.receive_data(octets):
                    self._take(event)
                self._moved.set()
        for task in self._tasks.values():
            task.cancel()
        self._writer.close()

    def _take(self, event: Event) -> None:
        stream = getattr(event, "stream_id", None) or 0
        if isinstance(event, RequestReceived):
            self._asked[stream] = ([(bytes(n), bytes(v)) for n, v in event.headers], bytearray())
        elif isinstance(event, DataReceived):
            self._asked[stream][1].extend(event.data)
            self._framing.acknowledge_received_data(event.flow_controlled_length, stream)
        elif isinstance(event, StreamEnded):
            fields, content = self._asked.pop(stream)
            self._begin(stream, fields, bytes(content))
        elif isinstance(event, StreamReset) and stream in self._tasks:
            self._tasks.pop(stream).cancel()

    def _begin(self, stream: int, fields: Fields, content: bytes) -> None:
        reaction = self._meet(fields)
        if reaction is None:
            answering = self._answer(stream, fields, content)
            self._tasks[stream] = asyncio.ensure_future(answering)
        elif reaction is Reaction.RESET:
            self._framing.reset_stream(stream, ErrorCodes.PROTOCOL_ERROR)
        elif reaction is Reaction.END:
            self._framing.close_connection(ErrorCodes.ENHANCE_YOUR_CALM)
            self._flush()
            self._writer.close()

    async def _answer(self, stream: int, fields: Fields, content: bytes) -> None:
        sent = await ask(self._app, _scope(fields, self._writer), content)
        status = (b":status", str(sent.status).encode())
        self._framing.send_headers(stream, [status, *sent.headers], end_stream=not sent.body)
        await self._send_content(stream, sent.body)
        self._tasks.pop(stream, None)

    async def _send_content(self, stream: int, content: bytes) -> None:
        """Send content as far as the client's windows allow, and wait for the rest."""
        while content:
            window = self._framing.local_flow_control_window(stream)
            size = min(window, self._framing.max_outbound_frame_size, len(content))
            if size > 0:
                piece, content = content[:size], content[size:]
                self._framing.send_data(stream, piece, end_stream=not content)
                continue
            self._flush()
            self._moved.clear()
            await self._moved.wait()
        self._flush()

    def _flush(self) -> None:
        self._writer.write(self._framing.data_to_send())


def _scope(fields: Fields, writer: asyncio.StreamWriter) -> Scope:
    pseudo = dict(pair for pair in fields if pair[0].startswith(b":"))
    others = [pair for pair in fields if not pair[0].startswith(b":")]
    cookies = [value for name, value in others if name == b"cookie"]
    headers = [
        (b"host", pseudo.get(b":authority", b"")),
        *(pair for pair in others if pair[0] not in {b"host", b"cookie"}),
        *([(b"cookie", b"; ".join(cookies))] if cookies else []),
    ]
    method, target = pseudo[b":method"], pseudo[b":path"]
    return scope_of(method, target, headers, writer, http_version="2", http2_fields=fields)
