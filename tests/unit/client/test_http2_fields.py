"""What a request cannot be over HTTP/2, and what of it goes all the same."""

from __future__ import annotations

import pytest

from neptun_conformance.client.http2.fields import (
    MOST_FIELDS,
    carried,
    is_malformed,
    missing,
    request_fields,
)
from neptun_conformance.client.message import Message
from neptun_conformance.exchange import Http2Form, Request

COOKIE = ("Cookie", "neptun-session=s")
KEPT = ("Connection", "keep-alive")
UPGRADE = (("Connection", "Upgrade"), ("Upgrade", "websocket"))


@pytest.mark.parametrize(
    ("headers", "names"),
    [
        ((), []),
        ((COOKIE,), []),
        ((COOKIE, KEPT), []),
        (UPGRADE, ["Connection", "Upgrade"]),
        ((COOKIE, *UPGRADE), ["Connection", "Upgrade"]),
        ((COOKIE, ("TE", "x")), ["TE"]),
        ((COOKIE, ("TE", "x"), ("X-Noise", "x")), []),
    ],
)
def test_a_request_about_headers_of_http_1_1_alone_is_not_sent(
    headers: tuple[tuple[str, str], ...], names: list[str]
) -> None:
    assert missing(Request("GET", "/", headers=headers)) == names


def test_the_other_headers_stay_in_their_order() -> None:
    assert carried([KEPT, COOKIE, ("keep-alive", "x"), ("X-A", "1")]) == (COOKIE, ("X-A", "1"))


COOKIES = ("Cookie", "a=1; neptun-session=s; b=2;c=3")
EACH = (("Cookie", "a=1"), ("Cookie", "neptun-session=s"), ("Cookie", "b=2;c=3"))


@pytest.mark.parametrize(
    ("agent", "fields"),
    [
        ("neptun-conformance/1.0.0", EACH),
        ("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", EACH),
        ("curl/8.5.0", (COOKIES,)),
        ("python-httpx/0.28.1", (COOKIES,)),
        ("", (COOKIES,)),
        (None, EACH),
    ],
)
def test_each_cookie_has_a_field_where_the_client_sends_it_so(
    agent: str | None, fields: tuple[tuple[str, str], ...]
) -> None:
    agents = () if agent is None else (("user-agent", agent),)
    assert carried((*agents, COOKIES)) == (*agents, *fields)


def test_more_cookies_than_servers_take_fields_stay_in_one() -> None:
    cookies = "; ".join(f"c{number}=1" for number in range(MOST_FIELDS))
    assert len(carried([("Cookie", cookies)])) == MOST_FIELDS
    assert carried([("Cookie", cookies), ("X-A", "1")]) == (("Cookie", cookies), ("X-A", "1"))


METHOD, SCHEME = (b":method", b"GET"), (b":scheme", b"https")
AUTHORITY, PATH, HOST = (b":authority", b"a:1"), (b":path", b"/x"), (b"host", b"a:1")


@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (Http2Form.USUAL, [METHOD, SCHEME, AUTHORITY, PATH]),
        (Http2Form.PATH_FIRST, [PATH, AUTHORITY, SCHEME, METHOD]),
        (Http2Form.HOST_BESIDE, [METHOD, SCHEME, AUTHORITY, PATH, HOST]),
        (Http2Form.SCHEME_IN_CAPITALS, [METHOD, (b":scheme", b"HTTPS"), AUTHORITY, PATH]),
    ],
)
def test_pseudo_header_fields_come_first_in_each_form(
    form: Http2Form, fields: list[tuple[bytes, bytes]]
) -> None:
    message = Message(b"GET", b"/x", [(b"Host", b"a:1"), (b"Cookie", b"b=1")], form=form)
    assert request_fields(message, "https") == [*fields, (b"cookie", b"b=1")]


@pytest.mark.parametrize("target", ["/", "/a/%2F/%00?x=%FF&y=/?:@!$'()*+,;=~", "/..//.", "/?"])
def test_a_target_in_the_grammar_of_uris_is_well_formed(target: str) -> None:
    assert not is_malformed(Request("GET", target))


@pytest.mark.parametrize("target", ["/%", "/%zz", "/%a", '/"', "/<", "/?a[", "/{", "/|", "*", ""])
def test_any_other_target_is_malformed(target: str) -> None:
    assert is_malformed(Request("GET", target))
