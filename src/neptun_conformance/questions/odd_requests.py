"""Requests that proxies and routers treat in their own way: paths, octets and lengths.

Whatever comes back is legal, but it must come, and it must not open a chat to those who may not
read it.
"""

from __future__ import annotations

from neptun_conformance.questions.callers import anonymous, owner, stranger, with_session
from neptun_conformance.questions.ids import spellings_of, telling_spellings_of
from neptun_conformance.questions.situations import (
    Asked,
    ChatOf,
    Derived,
    Question,
    Route,
    UnknownChat,
    UnknownUser,
    Written,
    WrittenUser,
)

ROUTE_SPELLINGS = (
    Route.TRAILING_SLASH,
    Route.UPPER_CASE,
    Route.CAPITAL,
    Route.DOUBLED_SLASH,
    Route.DOUBLED_LAST_SLASH,
)
ODD_ROUTES = (Route.DOT_DOT_SEGMENT, Route.OWN_ID_DOT_DOT, Route.ENCODED_SLASH)
FURTHER_ODD_ROUTES = (
    Route.LEADING_DOUBLED_SLASH,
    Route.DOT_SEGMENT,
    Route.ENCODED_DOT_DOT,
    Route.OWN_ID_ENCODED_DOT_DOT,
    Route.DOUBLE_ENCODED_SLASH,
    Route.BACKSLASH,
    Route.ENCODED_LETTER,
    Route.NUL,
    Route.EXTENSION,
)

_LONG = 2_000
_DIGITS = "9" * 4_400
"""More digits than Python reads into a whole number, which raises where nobody expects it."""
_LONGER = 5_000
_NONSENSE = (
    *(("If-Modified-Since", "yesterday"), ("If-None-Match", "'"), ("If-Range", "'")),
    *(("Range", "bytes=-"), ("Forwarded", "for="), ("X-Forwarded-For", "x"), ("Referer", "::")),
    *(("Origin", "http://[:x"), ("X-Forwarded-Proto", "x"), ("X-Request-Id", "'")),
    *(("traceparent", "x"),),
    *(("Cache-Control", "x=;"), ("Pragma", "'"), ("TE", "x"), ("Prefer", ";"), ("Via", "x")),
    *(("Content-Type", "application/json"), ("Accept-Language", "*;q=x"), ("Accept", "x")),
)
_ALMOST_RIGHT = (
    *(("If-Modified-Since", "Sat, 01 Jun 2030 00:00:00 -0000"), ("Range", "bytes=9-1")),
    *(("X-Forwarded-For", "1.2.3.4:x"), ("X-Request-Id", "\xe9"), ("Referer", "http://[:x")),
    *(("Accept", "text/html"), ("Accept-Encoding", "gzip;q=x")),
)
_OVERRIDES = tuple(
    (name, "OPTIONS") for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
)
_ODD_PREFLIGHT = (
    *(("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "X")),
    ("Access-Control-Request-Headers", ","),
)
_ODD_COOKIES = (
    """novalue; =noname; a=b=c; j={"a":1}; q="x; __proto__=1; e=%zz; ,; a=1; a=2; neptun-session"""
)
_TRUSTED = (
    *(("Origin", "https://elsewhere.example"), ("Range", "bytes=0-"), ("X-Real-IP", "127.0.0.1")),
    *(("X-Forwarded-Host", "localhost"), ("X-Requested-With", "XMLHttpRequest")),
    *(("Accept", "text/html"), ("X-Internal", "1"), ("X-Debug", "1"), ("X-Admin", "true")),
)
_NOISE = ("X-Noise", "a" * 5_000)
_ODD_SEGMENTS = ("%00", "%FF", "%2F", "a" * _LONGER, _DIGITS)
_FURTHER_ODD_SEGMENTS = (
    "%0D%0A",
    "%C0%80",
    "%ED%A0%80",
    "%F4%90%80%80",
    "%5C",
    "..",
    "%2E%2E",
    "..%2F..%2F..%2Fetc%2Fpasswd",
    "%252F",
    "%E2%80%A8",
    "%1B%5B0m",
    "%7F",
    "%F0%9F%98",
    "%zz",
    "%",
)


def _behind(chat: ChatOf, suffix: str) -> Derived:
    """Return a chat's number with octets behind it that some servers cut off."""
    return Derived(chat, f"followed by {suffix}", lambda n: f"{n}{suffix}", encoded=True)


def _long_cookie(size: int) -> Question:
    return with_session("x" * size).asks(owner.full)


_TELLING = telling_spellings_of(owner.full, odd=True)

ODD_QUESTIONS = (
    *(owner.asks(Written(text, encoded=True), under=owner) for text in _ODD_SEGMENTS),
    *(owner.asks(UnknownChat(), under=WrittenUser(t, encoded=True)) for t in _ODD_SEGMENTS[:2]),
    stranger.asks(_TELLING[0]),
    stranger.asks(_behind(owner.full, "%0A"), under=stranger),
    owner.asks(owner.full).with_query("x=" + "a" * _LONG),
    anonymous.asks(Written(_DIGITS), under=owner),
    _long_cookie(5_000),
)
FURTHER_ODD_QUESTIONS: tuple[Asked, ...] = (
    *stranger.asks_each(_TELLING, under=stranger),
    *(owner.asks(Written(text, encoded=True), under=owner) for text in _FURTHER_ODD_SEGMENTS),
    *(
        owner.asks(owner.full, under=WrittenUser(t, encoded=True))
        for t in _FURTHER_ODD_SEGMENTS[:3]
    ),
    owner.asks(UnknownChat(), under=WrittenUser("%2F", encoded=True)),
    owner.asks(owner.full).along(Route.ENCODED_DOT_DOT),
    owner.asks(owner.full).with_query("x=%00&y=%FF&%5B%5D=%F0%9F%98%80"),
    owner.asks(owner.full).with_query("x=%zz&%"),
    owner.asks(owner.full).with_query("limit=-1&page=x&offset=-1&size=0&from=x&since=x&id='"),
    owner.asks(owner.full).with_query("?&=&;&a&a=b=c&__proto__%5Bx%5D=1&x='%22%3C(&x=1&x=2"),
    owner.asks(owner.full).with_headers(*_NONSENSE),
    owner.asks(owner.full).with_headers(*_ALMOST_RIGHT),
    anonymous.asks(owner.full).with_headers(*_OVERRIDES),
    owner.asks(owner.full)
    .along(Route.STYLE_SHEET)
    .then(anonymous.asks(owner.full).along(Route.STYLE_SHEET)),
    anonymous.asks(UnknownChat(), under=UnknownUser()).with_headers(("Cookie", _ODD_COOKIES)),
    with_session('"\\,\xff\xfe' * 300).asks(owner.full),
    owner.asks(owner.full, under=WrittenUser("a" * _LONG)),
    *(owner.asks(_behind(owner.full, suffix)) for suffix in ("%00", "%0A")),
    *(owner.asks(owner.full).along(route) for route in (Route.NUL, Route.BACKSLASH)),
    anonymous.asks(_behind(owner.full, "%00")),
    anonymous.asks(_behind(owner.full, "%2F")),
    *anonymous.asks_each(spellings_of(owner.full)[:1]),
    *(who.asks(owner.full).with_headers(_NOISE) for who in (owner, stranger, anonymous)),
    *(who.asks(owner.full).with_headers(*_TRUSTED) for who in (stranger, anonymous)),
    owner.asks(owner.full).by("OPTIONS").with_headers(*_ODD_PREFLIGHT),
    owner.asks(Written("abc"), under=owner).by("HEAD"),
    anonymous.asks(owner.full).by("OPTIONS"),
    _long_cookie(7_500),
)
