"""What goes out is what was asked for, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from neptun_conformance import __version__
from neptun_conformance.exchange import Request, Response

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve

GET = Request("GET", "/")


@pytest.mark.parametrize(
    "target",
    [
        "/api/users/../chats/./files",
        "/a//b%2F%5c%zz%",
        "/%2e%2e/%00",
        "/x?a=b&user_id=%20+&?",
        '/{weird}|^`"<>',
    ],
)
def test_target_goes_out_as_it_is(target: str, serve: Serve, connect: Connect) -> None:
    """No path is normalised: what servers do with odd spellings is what checks are about."""
    server = serve()
    connect(server.url).exchange(Request("GET", target))
    assert server.heads[0].startswith(b"GET " + target.encode() + b" HTTP/1.1\r\n")


def test_prefix_of_base_url_comes_first(serve: Serve, connect: Connect) -> None:
    """A target behind a path prefix gets it before every request target, without a double slash."""
    server = serve()
    connect(f"{server.url}/stage/über/").exchange(Request("GET", "/api"))
    assert server.heads[0].startswith(b"GET /stage/%C3%BCber/api HTTP/1.1\r\n")


@pytest.mark.parametrize("cookie", ["Fe26.2**a*b==*c/+~", 's%3Aabc.d%2Be"', "", "a=b; c"])
def test_cookie_goes_out_as_it_is(cookie: str, serve: Serve, connect: Connect) -> None:
    """Cookie values are neither quoted nor decoded (RFC 6265 section 5.4)."""
    server = serve()
    request = Request("GET", "/", (("Cookie", f"neptun-session={cookie}"),))
    connect(server.url).exchange(request)
    assert f"\r\nCookie: neptun-session={cookie}\r\n".encode() in server.heads[0]


def test_each_character_of_a_header_is_one_octet(serve: Serve, connect: Connect) -> None:
    """Any octet that HTTP allows in a value can be sent."""
    server = serve()
    connect(server.url).exchange(Request("GET", "/", (("X-Raw", "\x80\xff"),)))
    assert b"X-Raw: \x80\xff\r\n" in server.heads[0]


def test_request_names_the_suite_and_the_run(serve: Serve, connect: Connect) -> None:
    """A target's operators can tell these requests from others."""
    server = serve()
    connect(server.url, headers=(("X-Pass", "p"),)).exchange(GET)
    lines = server.heads[0].decode().splitlines()
    assert lines[1:-1] == [
        f"Host: 127.0.0.1:{server.port}",
        f"User-Agent: neptun-conformance/{__version__}",
        "Accept: application/json",
        "Accept-Encoding: gzip, deflate",
        "X-Conformance-Run: run-1",
        "X-Pass: p",
    ]


def test_request_header_takes_the_place_of_the_usual_one(serve: Serve, connect: Connect) -> None:
    """A check may ask for another representation."""
    server = serve()
    connect(server.url).exchange(Request("GET", "/", (("accept", "text/html"),)))
    assert b"accept: text/html\r\n" in server.heads[0]
    assert b"application/json" not in server.heads[0]


def test_cookies_of_target_and_request_share_one_header(serve: Serve, connect: Connect) -> None:
    """A staging system's pass and the session both arrive (RFC 6265 section 5.4)."""
    server = serve()
    client = connect(server.url, headers=(("Cookie", "pass=1"),))
    client.exchange(Request("GET", "/", (("Cookie", "neptun-session=x"),)))
    assert b"\r\nCookie: pass=1; neptun-session=x\r\n" in server.heads[0]


def test_no_cookie_is_kept(serve: Serve, connect: Connect) -> None:
    """What a target sets does not come back: sessions belong to requests, not to the client."""
    server = serve(
        b"HTTP/1.1 200 OK\r\nSet-Cookie: neptun-session=new\r\nContent-Length: 0\r\n\r\n"
    )
    client = connect(server.url)
    client.exchange(GET)
    client.exchange(GET)
    assert b"new" not in server.heads[1]


def test_redirect_is_an_answer(serve: Serve, connect: Connect) -> None:
    """Redirects are never followed: another origin must not see a session."""
    server = serve(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
    outcome = connect(server.url).exchange(GET).outcome
    assert isinstance(outcome, Response)
    assert outcome.status == 302
    assert len(server.heads) == 1


@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "/ü"),
        Request("GET", "/a b"),
        Request("G T", "/"),
        Request("GET", "/", (("X", "a\r\nY: b"),)),
        Request("GET", "/", (("X", "€"),)),
    ],
)
def test_request_that_is_not_http_is_the_callers_error(
    request_: Request, serve: Serve, connect: Connect
) -> None:
    """Nothing ill-framed leaves: the caller hears of it instead."""
    server = serve()
    with pytest.raises(ValueError):  # noqa: PT011 - UnicodeEncodeError is one, too
        connect(server.url).exchange(request_)
    assert server.connections == 0


def test_headers_come_back_in_order_and_case(serve: Serve, connect: Connect) -> None:
    """An answer's headers are kept as they came, repeats included."""
    server = serve(
        b"HTTP/1.0 200 OK\r\nsEt-CookIe: a=\xe9\r\nSet-Cookie: b\r\nContent-Length: 0\r\n\r\n"
    )
    outcome = connect(server.url).exchange(GET).outcome
    assert isinstance(outcome, Response)
    assert outcome.headers[:2] == (("sEt-CookIe", "a=é"), ("Set-Cookie", "b"))
    assert outcome.http_version == "HTTP/1.0"


def test_content_goes_in_chunks_where_a_request_says_so(serve: Serve, connect: Connect) -> None:
    """Without a Content-Length beside them (RFC 9112 section 6.2)."""
    server = serve()
    headers = (("Transfer-Encoding", "chunked"),)
    connect(server.url).exchange(Request("GET", "/", headers, body=b"{}"))
    assert b"\r\nTransfer-Encoding: chunked\r\n" in server.heads[0]
    assert b"Content-Length" not in server.heads[0]
    assert server.heads[0].endswith(b"\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
