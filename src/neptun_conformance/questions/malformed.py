"""Values of usual headers that parsers stumble over: malformed, extreme, or merely rare.

Whatever is answered to them is legal but a server error. So ``only-if-cached`` is not sent:
a cache answers 504 (RFC 9111 section 5.2.1.7). A header is sent once in each request, so there are
as many bundles as the header with most values has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from neptun_conformance.questions.bundles import rows
from neptun_conformance.questions.conditions import NO_DATE
from neptun_conformance.questions.situations import Headers

_HOPS = ", ".join(f"203.0.113.{n}" for n in range(1, 16))
_TRACE = "0af7651916cd43dd8448eb211c80319c"

FORWARDED: Mapping[str, tuple[str, ...]] = {
    "X-Forwarded-Host": (":123", "a, b", "a b", "a:99999", "", "http://a/b", "[", "%zz"),
    "X-Forwarded-Port": ("x", "99999", "80, 443", "", "0", "-1"),
    "X-Forwarded-Proto": ("https,http", "", "HTTPS", "javascript:", "x"),
    "X-Forwarded-For": (
        *("2001:db8::1", "[2001:db8::1]:80", "", "999.1.1.1", _HOPS, "', ,"),
        *("203.0.113.7:4711", "fe80::1%eth0", "unknown", "203.0.113.7:x"),
    ),
    "Forwarded": (
        *("x", "for=", "host=:0", "proto=x", 'for="[2001:db8::1]"', "for=_hidden;by=unknown"),
        *('for="x', "for=1.2.3.4, for=5.6.7.8;proto=https", ";;,", "=x"),
    ),
    "X-Forwarded-Prefix": ("/x", "x", "//", "", "/%zz"),
    "X-Real-IP": ("x", "2001:db8::1", "", "1.2.3.4:x"),
    "X-Forwarded-Server": ("x, y", ""),
    "X-Forwarded-Ssl": ("on", "x"),
}
"""What proxies say of the way of a request."""

USUAL: Mapping[str, tuple[str, ...]] = {
    "Accept": (
        *("x", "*", "", "application/json;q=x", "application/json;q=0", 'application/json;a="b'),
        *("application/json;version=1", "application/json, " + "text/x;q=0.1, " * 40 + "*/*"),
    ),
    "Accept-Language": ("*;q=x", "", "zz", "x-" + "a" * 120, "_", "de-DE-1996;q=9"),
    "Accept-Encoding": (
        *("x", "gzip;q=x", "identity;q=0", "", "gzip;;q=1", "identity;q=2", "zstd", "*"),
        "x-unknown, compress",
    ),
    "Accept-Charset": ("x", ""),
    "Range": (
        *("bytes=-", "bytes=9-1", "bytes=" + ",".join(f"{n}-{n}" for n in range(0, 60, 2))),
        *("bytes=99999999999999999999-", "x=1"),
    ),
    "If-Modified-Since": (
        *(NO_DATE, "Sat, 01 Jun 12030 00:00:00 GMT", "Sat, 01 Jun 2030 00:00:00 -0000"),
        *("Mon, 01 Jan 0000 00:00:00 GMT", "", "Fri, 31 Dec 9999 23:59:59 GMT"),
        "Mon, 01 Jan 1900 00:00:00 GMT",
    ),
    "If-None-Match": ("'", "W/", '"a", W/"b"', "", '"'),
    "If-Match": ("'", '"x"', "*"),
    "If-Unmodified-Since": ("x", "Sat, 01 Jun 2030 00:00:00 GMT"),
    "If-Range": ("'", NO_DATE),
    "Referer": ("::", "http://a:999999/", "http://a/%zz", "", "http://[:x"),
    "User-Agent": ("", "'", "Mozilla/5.0 (", "${7*7}", "x" * 1_500),
    "Sec-Fetch-Dest": ("document", "x"),
    "Sec-CH-UA": ("x", '"'),
    "Content-Type": ("x", "text/plain; charset=x", "multipart/form-data", "application/json"),
    "Content-Encoding": ("x",),
    "Content-Length": ("0",),
    "Cache-Control": ("max-age=x", 'max-age="', "x=;"),
    "Pragma": ("'",),
    "TE": ("x",),
    "Trailer": ("x",),
    "Connection": ("keep-alive, x-noise",),
    "Date": ("x", "Sat, 01 Jun 2030 00:00:00 GMT"),
    "Via": ("x",),
    "Max-Forwards": ("0", "x"),
    "Prefer": (";", "respond-async"),
    "Priority": ("u=9, x",),
    "DNT": ("x",),
    "Save-Data": ("x",),
    "X-Request-Id": ("'", "x" * 200),
    "X-Correlation-Id": ("x",),
    "traceparent": ("x", f"00-{_TRACE}-0000000000000000-01", f"ff-{_TRACE}-zz-01"),
    "tracestate": (",",),
    "baggage": ("=;",),
    "X-HTTP-Method-Override": ("X", ""),
    "X-Original-URL": ("::",),
    "X-Requested-With": ("",),
}
"""What clients say of themselves, of what they take, and of what they have."""

OUTSIDE_ASCII: Mapping[str, tuple[str, ...]] = {
    "User-Agent": ("\xe9",),
    "Referer": ("http://a/\xfc",),
    "X-Request-Id": ("\xff\xfe",),
}
"""What parsers of HTTP may close a connection for."""
ENDS_AS_OWN = ("Origin", "{scheme}://evil{authority}")
"""Another site, which a comparison of ends takes for the target's own origin."""
ORIGINS: Mapping[str, tuple[str, ...]] = {
    "Origin": ("http://[:x", "file://"),
    "Sec-Fetch-Site": ("cross-site", "x"),
    "Sec-Fetch-Mode": ("x",),
}
"""What a filter may refuse, so that it hides what else is sent; an upgrade stands beside it."""
AUTHORIZATIONS = ("Basic x", 'Digest x="', "Basic %", "Bearer", "Negotiate", "", "Basic")
"""What a gateway may refuse, so that each stands in a bundle of few."""
UPGRADES = (("Connection", "upgrade"), ("Upgrade", "websocket"))
"""What a server may take for another protocol, so that it hides what else is sent."""
TO_HTTP2 = (("Connection", "Upgrade, HTTP2-Settings"), ("Upgrade", "h2c"))
"""What clients of HTTP/2 offer, without the settings that a server needs to take it up."""

HOSTS = ("{host}:99999", '[::1 <a">%zz/b', "u@{host}", "a" * 300 + ":80")
"""What no parser takes for a host with a port."""

_MANY = tuple((f"X-Noise-{number}", "x") for number in range(55))
_TWICE = tuple(
    pair
    for name, value in (("Accept", "*/*"), ("X-Forwarded-For", "203.0.113.7"), ("X-Noise", "x"))
    for pair in ((name, value), (name, value))
)
_COOKIES = "; ".join(f"c{number}=1" for number in range(55))
CROWDED: tuple[Headers, ...] = ((*_MANY, *_TWICE, ("Range", "bytes=0-9"), ("Cookie", _COOKIES)),)
"""More headers and cookies than most requests have, some of them twice, and a range."""

ODD_COOKIES = (
    """novalue; =noname; a=b=c; j={"a":1}; q="x; __proto__=1; e=%zz; l=%E4; b=x y; ,; ;a=1; a=2""",
    "neptun-session",
)
"""Cookies that parsers stumble over."""


def malformed() -> tuple[Headers, ...]:
    """Return bundles that hold each of the values once."""
    # The longest first: the others fill the bundles that they open.
    tables = sorted({**FORWARDED, **USUAL}.items(), key=lambda item: -len(item[1]))
    main = rows(_pairs(dict(tables)))
    few = len(main) - len(AUTHORIZATIONS)
    authorized = zip(main[few:], reversed(AUTHORIZATIONS), strict=True)
    return (
        *main[:few],
        *((*row, ("Authorization", value)) for row, value in authorized),
        *rows(_pairs(OUTSIDE_ASCII)),
        *rows((*_pairs(ORIGINS), *TO_HTTP2)),
        *CROWDED,
    )


def _pairs(table: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    return ((name, value) for name, values in table.items() for value in values)
