"""Answers that are wrong as octets on a connection."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.wire import Sent, Write, head, on_the_wire

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Scope

faults = Theme(Mistake.DROP)

_NUL = b"%00"


def with_content_for_head(scope: Scope, sent: Sent) -> bytes:
    """Write the content also in answer to a HEAD."""
    content = sent.body or b"x" * int(dict(sent.headers).get(b"content-length", b"0"))
    return head(sent) + content


def on_nul(write: Write) -> Write:
    """Return what writes in another way where the path holds a NUL."""

    def choose(scope: Scope, sent: Sent) -> bytes:
        return write(scope, sent) if _NUL in scope["raw_path"] else head(sent) + sent.body

    return choose


WRITTEN: dict[str, tuple[str, Write]] = {
    "closed-without-answer": ("closes the connection without an answer", lambda _scope, _sent: b""),
    "closed-in-the-head": (
        "closes the connection in the middle of the head",
        lambda _scope, sent: head(sent)[:40],
    ),
    "closed-in-the-content": (
        "closes the connection in the middle of the content",
        lambda _scope, sent: head(sent) + sent.body[:-10],
    ),
    "closed-in-a-chunk": (
        "closes the connection before the last chunk",
        lambda _scope, sent: (
            head(Sent(sent.status, [(b"transfer-encoding", b"chunked")])) + b"a\r\n" + sent.body[:4]
        ),
    ),
    "not-http": ("answers with what is not HTTP", lambda _scope, _sent: b"ERROR bad request\n"),
}
for name, (words, write) in WRITTEN.items():
    faults.add(
        f"nul-{name}",
        f"on a NUL in the path, the server {words}",
        "input.complete",
        build=Reference,
        needs_socket=True,
        serve=partial(on_the_wire, write=on_nul(write)),
    )
faults.add(
    "head-with-content",
    "a HEAD is answered with content",
    "methods.head",
    build=Reference,
    needs_socket=True,
    serve=partial(on_the_wire, write=with_content_for_head),
)


class CookieByLetterCase(Reference):
    """Finds the session only in a header that is written Cookie, with a capital."""

    def read_session(self, request: Request) -> bytes | None:
        written_so = b"\r\nCookie:" in request.scope.get("head", b"")
        return super().read_session(request) if written_so else None


faults.add(
    "cookie-by-letter-case",
    "the session is found only in a header that is written Cookie, with a capital",
    "voice.status",
    build=CookieByLetterCase,
    needs_socket=True,
    serve=partial(on_the_wire, write=lambda _scope, sent: head(sent) + sent.body),
)
