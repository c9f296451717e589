"""Answers that spoil what comes after them on a connection, or are spoilt by what came before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.wire import Sent, Write, head, is_last, on_the_wire

if TYPE_CHECKING:
    from starlette.types import Scope

faults = Theme(Mistake.DROP)
legal = Theme()

LAST_CHUNK = b"0\r\n\r\n"


def written(scope: Scope, sent: Sent) -> bytes:
    """Write an answer as it should be, on a connection that is kept."""
    return head(sent, closing=is_last(scope)) + sent.body


def with_more_behind(more: bytes, *statuses: int, method: str = "GET") -> Write:
    """Return what writes more behind the end of answers to a method with some status."""

    def write(scope: Scope, sent: Sent) -> bytes:
        concerned = sent.status in statuses and scope["method"] == method
        return written(scope, sent) + (more if concerned else b"")

    return write


def in_another_way_from(number: int, status: int, other: Sent) -> Write:
    """Return what sends another answer in place of a status, from a request of a connection on."""

    def write(scope: Scope, sent: Sent) -> bytes:
        is_tired = scope["number"] >= number and sent.status == status
        return written(scope, other if is_tired and scope["method"] == "GET" else sent)

    return write


def cut_at_the_close(scope: Scope, sent: Sent) -> bytes:
    """Write without the end where the connection is to be closed."""
    is_cut = is_last(scope) and scope["method"] == "GET"
    return written(scope, sent)[: -20 if is_cut else None]


_EMPTY = [(b"content-type", b"application/json"), (b"content-length", b"0")]

for name, words, clauses, write in (
    (
        "not-modified-with-content",
        "a 304 is followed by the content that it spares",
        ("input.complete",),
        with_more_behind(b'{"chatFiles": []}', 304),
    ),
    (
        "no-content-with-content",
        "the 204 to an OPTIONS is followed by content",
        ("input.complete",),
        with_more_behind(b"OK", 204, method="OPTIONS"),
    ),
    (
        "last-chunk-behind-a-length",
        "a 404 with a Content-Length is followed by a last chunk",
        ("input.complete",),
        with_more_behind(LAST_CHUNK, 404),
    ),
    (
        "answered-twice",
        "a 404 is followed by the answer of another handler",
        ("input.complete",),
        with_more_behind(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", 404),
    ),
    (
        "twenty-first-refusal-is-empty",
        "a 404 is empty from the 21st request on a connection",
        ("error.json",),
        in_another_way_from(21, 404, Sent(404, _EMPTY)),
    ),
    (
        "close-cuts",
        "the end is missing where a request says Connection: close",
        ("input.complete",),
        cut_at_the_close,
    ),
):
    faults.add(
        name,
        words,
        *clauses,
        build=Reference,
        needs_socket=True,
        serve=partial(on_the_wire, write=write, keep=True),
    )


def not_a_second_time(scope: Scope, sent: Sent) -> bytes:
    """Write nothing to what is not the first request of its connection, and keep that open."""
    return written(scope, sent) if scope["number"] == 1 else b""


faults.add(
    "second-request-waits-for-ever",
    "no request but the first on a connection is answered",
    "input.in-time",
    build=Reference,
    needs_socket=True,
    hangs=True,
    serve=partial(on_the_wire, write=not_a_second_time, keep=True),
)


def closing_behind_it(scope: Scope, sent: Sent) -> bytes:
    """Write content behind a 304, and announce that nothing else follows on the connection."""
    is_closed = sent.status == 304 or is_last(scope)
    return head(sent, closing=is_closed) + sent.body + (b"{}" if sent.status == 304 else b"")


TIME_IS_UP = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"

for name, words, write in (
    ("connection-kept", "a connection takes any number of requests", written),
    (
        "empty-line-behind-an-answer",
        "an empty line follows each answer, which clients pass over",
        lambda scope, sent: written(scope, sent) + (b"" if is_last(scope) else b"\r\n"),
    ),
    (
        "farewell-behind-an-answer",
        "a 408 follows each 404 at once: no further request came in time",
        with_more_behind(TIME_IS_UP, 404),
    ),
    (
        "content-behind-the-last-answer",
        "content follows a 304 that closes the connection, so that nobody reads it",
        closing_behind_it,
    ),
):
    legal.add(
        name,
        words,
        build=Reference,
        needs_socket=True,
        serve=partial(on_the_wire, write=write, keep=True),
    )
