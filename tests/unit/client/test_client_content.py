"""Content is read within bounds and its codings are undone."""

from __future__ import annotations

import gzip
import itertools
import socket
import zlib
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.exchange import BodyKind, Failure, Request, Response

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve

TEXT = b'{"chatFiles": []}' * 5000


def raw_deflate(octets: bytes) -> bytes:
    """Compress without zlib's header, as some servers do."""
    coder = zlib.compressobj(wbits=-15)
    return coder.compress(octets) + coder.flush()


def reply(body: bytes, coding: str = "") -> bytes:
    """Frame content by its length."""
    return b"HTTP/1.1 200 OK\r\nContent-Encoding: %b\r\nContent-Length: %d\r\n\r\n%b" % (
        coding.encode(),
        len(body),
        body,
    )


def fetch(
    octets: bytes,
    serve: Serve,
    connect: Connect,
    *,
    documented: bool = False,
    **settings: object,
) -> Response:
    """Return the answer that a server of these octets gives, to the documented client or ours."""
    request = Request("GET", "/", documented=documented)
    outcome = connect(serve(octets).url, **settings).exchange(request).outcome
    assert isinstance(outcome, Response), outcome
    return outcome


@pytest.mark.parametrize(
    ("body", "coding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZIP"),
        (gzip.compress(TEXT[:9]) + gzip.compress(TEXT[9:]) + b"\0" * 8, "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
    ],
    ids=itertools.count(),  # compressed octets hold the time: no two processes agree on them
)
@pytest.mark.parametrize("documented", [False, True])
def test_codings_are_undone(
    body: bytes, coding: str, serve: Serve, connect: Connect, *, documented: bool
) -> None:
    """Each coding that was offered, several of them, and the spellings in use (RFC 9110, 8.4)."""
    response = fetch(reply(body, coding), serve, connect, documented=documented)
    assert response.body == TEXT
    assert response.wire_size == len(body)
    assert response.body_problem is None


@pytest.mark.parametrize("size", [1, 7])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_coded_content_may_come_in_crumbs(
    size: int, coding: str, serve: Serve, connect: Connect
) -> None:
    """How content is cut into chunks makes no difference."""
    body = gzip.compress(TEXT) if coding == "gzip" else raw_deflate(TEXT)
    crumbs = [body[at : at + size] for at in range(0, len(body), size)]
    chunked = b"".join(b"%x\r\n%b\r\n" % (len(crumb), crumb) for crumb in crumbs) + b"0\r\n\r\n"
    head = f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: {coding}\r\n\r\n"
    assert fetch(head.encode() + chunked, serve, connect).body == TEXT


@pytest.mark.parametrize(
    ("body", "coding", "kind"),
    [
        (b"x", "br", BodyKind.UNOFFERED_CODING),
        (b"x", "compress", BodyKind.UNOFFERED_CODING),
        (b"\x28\xb5\x2f\xfd\x20\x01\x09\x00\x00x", "zstd", BodyKind.UNOFFERED_CODING),
        (b"\x5f\x2a\x4d\x18\x00\x00\x00\x00", "gzip, zstd", BodyKind.UNOFFERED_CODING),
        (b"{" + TEXT, "br", BodyKind.UNOFFERED_CODING),
        (b"\x1f\x8b", "br", BodyKind.UNOFFERED_CODING),
        (gzip.compress(TEXT), "zstd", BodyKind.BAD_CODING),
        (b"x", "zstd", BodyKind.BAD_CODING),
        (b"[" * 100_000, "br", BodyKind.UNOFFERED_CODING),
        (b"[1]", "br", BodyKind.BAD_CODING),
        (gzip.compress(b"[]"), "br", BodyKind.BAD_CODING),
        (zlib.compress(b"[]"), "gzip, br", BodyKind.BAD_CODING),
        (gzip.compress(TEXT)[:-9], "gzip", BodyKind.BAD_CODING),
        (gzip.compress(TEXT) + b"more", "gzip", BodyKind.BAD_CODING),
        (TEXT, "gzip", BodyKind.BAD_CODING),
        (b"x", "deflate", BodyKind.BAD_CODING),
        (zlib.compress(TEXT)[:-5], "deflate", BodyKind.BAD_CODING),
        (TEXT, "gzip" + ",gzip" * 100, BodyKind.BAD_CODING),
        (TEXT, "", BodyKind.TOO_LARGE),
        (gzip.compress(TEXT), "gzip", BodyKind.TOO_LARGE),
        (gzip.compress(gzip.compress(TEXT * 50)), "gzip, gzip", BodyKind.TOO_LARGE),
    ],
    ids=itertools.count(),
)
@pytest.mark.parametrize("documented", [False, True])
def test_content_that_cannot_be_had_whole_says_why(  # noqa: PLR0913
    body: bytes,
    coding: str,
    kind: BodyKind,
    serve: Serve,
    connect: Connect,
    *,
    documented: bool,
) -> None:
    """The answer stands, with its status, and the reason why the content does not."""
    limit = 50_000 if kind is BodyKind.TOO_LARGE else 10_000_000
    got = reply(body, coding)
    response = fetch(got, serve, connect, documented=documented, max_body=limit)
    assert response.status == 200
    assert response.body_problem is not None
    assert response.body_problem.kind is kind
    assert len(response.body) <= 4096


@pytest.mark.parametrize("documented", [False, True])
@pytest.mark.parametrize("over", [0, 1])
def test_bound_is_exact(over: int, serve: Serve, connect: Connect, *, documented: bool) -> None:
    """As many octets as allowed are fine, one more is not."""
    got = reply(b"x" * (1000 + over))
    response = fetch(got, serve, connect, documented=documented, max_body=1000)
    assert (response.body_problem is not None) == bool(over)


def test_a_target_whose_bodies_have_no_end_is_read_less_of(serve: Serve, connect: Connect) -> None:
    """Some are read to the bound; afterwards each is cut where it becomes large."""
    server = serve(reply(b"x" * 3_000_000))
    client, read = connect(server.url, max_body=2_000_000), []
    for _ in range(10):
        outcome = client.exchange(Request("GET", "/")).outcome
        assert isinstance(outcome, Response)
        assert outcome.body_problem is not None
        read.append(outcome.wire_size // 1_000_000)
    assert read == [2] * 8 + [1] * 2


def test_empty_content_needs_no_coding(serve: Serve, connect: Connect) -> None:
    """Nothing is the coding of nothing."""
    response = fetch(reply(b"", "gzip"), serve, connect)
    assert (response.body, response.body_problem) == (b"", None)


@pytest.mark.parametrize("line", [b"204 No Content", b"304 Not Modified"])
def test_answers_without_content(line: bytes, serve: Serve, connect: Connect) -> None:
    """204 and 304 end with their head, whatever they announce (RFC 9112 section 6.3)."""
    octets = b"HTTP/1.1 " + line + b"\r\nContent-Length: 7\r\nContent-Encoding: gzip\r\n\r\n"
    response = fetch(octets, serve, connect)
    assert (response.body, response.body_problem) == (b"", None)


def test_content_may_end_with_the_connection(serve: Serve, connect: Connect) -> None:
    """An HTTP/1.0 answer without a length ends where the connection does (RFC 9112, 6.3)."""

    class Closing(socket.socket):
        def sendall(self, octets: bytes) -> None:  # type: ignore[override]
            super().sendall(octets)
            self.shutdown(socket.SHUT_WR)

    server = serve(b"HTTP/1.0 200 OK\r\n\r\n{}")
    server.wrap = lambda sock: Closing(fileno=sock.detach())
    outcome = connect(server.url).exchange(Request("GET", "/")).outcome
    assert not isinstance(outcome, Failure)
    assert outcome.body == b"{}"


def test_large_content_comes_back_whole(serve: Serve, connect: Connect) -> None:
    """Content is kept elsewhere as soon as it is large, and goes on there."""
    body = bytes(range(256)) * 12_000
    assert fetch(reply(body), serve, connect).body == body


def test_octets_behind_a_coding_are_seen_in_a_piece_of_their_own(
    serve: Serve, connect: Connect
) -> None:
    """What follows the end of a coding is no part of it, however it is cut."""
    pieces = (zlib.compress(TEXT), b"more")
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n\r\n"
    problem = fetch(head + chunks + b"0\r\n\r\n", serve, connect).body_problem
    assert problem is not None
    assert (problem.kind, problem.message) == (
        BodyKind.BAD_CODING,
        "bytes follow the end of the coding",
    )
