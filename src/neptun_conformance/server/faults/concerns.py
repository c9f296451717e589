"""Tells whether a request holds a particular input, so that a fault shows at it alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qsl

from starlette.requests import Request

from neptun_conformance.server.faults.numbers import (
    FRACTION,
    LARGEST,
    NO_NUMBER,
    OTHER_NUMBER,
    OTHER_SHAPE,
    SAME_SHAPE,
    UUID,
    is_fraction,
    plain_number,
)
from neptun_conformance.server.reference import decode

Concerns = Callable[[Request, str, str], bool]
"""Says whether it is the turn of a request, with its user id and chat id still encoded."""


_LONG_PATH = 1_024


_LONG_HEADER = 4_096


def _number(number_is: Callable[[int], bool]) -> Concerns:
    def concerns(_request: Request, _user: str, chat: str) -> bool:
        number = plain_number(decode(chat))
        return number is not None and number_is(number)

    return concerns


def _looked_up(number_is: Callable[[int], bool]) -> Concerns:
    concerns = _number(number_is)
    return lambda request, user, chat: "cookie" in request.headers and concerns(request, user, chat)


def _chat(pattern: str) -> Concerns:
    return lambda _request, _user, chat: re.search(pattern, decode(chat)) is not None


def _user(pattern: str) -> Concerns:
    return lambda _request, user, _chat: re.search(pattern, decode(user)) is not None


def _parameter(name: str, value: str) -> Concerns:
    return lambda request, _user, _chat: (
        (name, value) in parse_qsl(request.url.query, keep_blank_values=True)
    )


def _header(name: str, pattern: str) -> Concerns:
    return lambda request, _user, _chat: (
        re.search(pattern, request.headers.get(name, "")) is not None
    )


def _path(pattern: str) -> Concerns:
    return lambda request, _user, _chat: (
        re.search(pattern, request.scope["raw_path"].decode("latin-1")) is not None
    )


def _strange_user(_request: Request, user: str, _chat: str) -> bool:
    return user in {"0", "1"} or UUID.fullmatch(user) is not None or user.isdigit()


def _long_header(request: Request, _user: str, _chat: str) -> bool:
    return any(
        len(value) > _LONG_HEADER for name, value in request.headers.items() if name != "cookie"
    )


def _long_cookie(request: Request, _user: str, _chat: str) -> bool:
    return len(request.headers.get("cookie", "")) > _LONG_HEADER


INPUTS: dict[str, tuple[str, tuple[str, ...], Concerns]] = {
    "chat-id-beyond-2-31": (
        "a chat id from 2^31 to 2^53-1, looked up for whoever shows a cookie,",
        ("chat.unknown",),
        _looked_up(lambda number: 2**31 <= number <= LARGEST),
    ),
    "chat-id-beyond-2-53": (
        "a chat id from 2^53 to 2^63-1",
        OTHER_NUMBER,
        _number(lambda number: LARGEST < number < 2**63),
    ),
    "chat-id-beyond-2-63": (
        "a chat id of 2^63 or more",
        OTHER_NUMBER,
        _number(lambda number: number >= 2**63),
    ),
    "chat-id-zero": ("the chat id 0", OTHER_NUMBER, _number(lambda number: number == 0)),
    "chat-id-negative": ("a negative chat id", OTHER_NUMBER, _number(lambda number: number < 0)),
    "chat-id-fraction": (
        "a chat id with a fraction",
        FRACTION,
        lambda _request, _user, chat: is_fraction(decode(chat)),
    ),
    "chat-id-letters": ("a chat id of letters", NO_NUMBER, _chat(r"^[a-zA-Z]+$")),
    "chat-id-quote": ("a quote in a chat id", NO_NUMBER, _chat("'")),
    "chat-id-beyond-bmp": (
        "a character outside the basic plane in a chat id",
        NO_NUMBER,
        _chat("[\U00010000-\U0010ffff]"),
    ),
    "chat-id-huge-exponent": (
        "a huge exponent in a chat id",
        OTHER_NUMBER,
        _chat(r"^-?[0-9.]+[eE]-?[0-9]{6,}$"),
    ),
    "chat-id-below-every-double": (
        "a chat id below every double",
        OTHER_NUMBER,
        _chat(r"^-[0-9]+e[0-9]{3}$"),
    ),
    "chat-id-many-digits-and-a-letter": (
        "many digits with a letter behind them as a chat id",
        NO_NUMBER,
        _chat("^[0-9]{20,}[a-z]$"),
    ),
    "chat-id-over-4300-digits": ("a chat id of over 4,300 digits", (), _chat("^[0-9]{4301,}$")),
    "chat-id-over-4300-digits-without-a-session": (
        "a chat id of over 4,300 digits without a session",
        (),
        lambda request, _user, chat: "cookie" not in request.headers and len(chat) > 4_300,
    ),
    "chat-id-colon": ("a colon in a chat id", NO_NUMBER, _chat(":")),
    "chat-id-byte-order-mark": ("a byte order mark in a chat id", NO_NUMBER, _chat("\ufeff")),
    "user-id-bracket": ("a bracket in a user id", OTHER_SHAPE, _user(r"\[")),
    "user-id-of-javascript": ("the user id __proto__", SAME_SHAPE, _user("^__proto__$")),
    "query-limit": ("the query parameter limit=-1", (), _parameter("limit", "-1")),
    "query-no-name": ("a query parameter without a name", (), _parameter("", "")),
    "odd-cookie": ("a cookie without a name", (), _header("cookie", "; =")),
    "odd-origin": ("an Origin that is no URL", (), _header("origin", r"^http://\[:x$")),
    "odd-coding": ("an Accept-Encoding without a number", (), _header("accept-encoding", "q=x")),
    "odd-address": ("a forwarded address with a port", (), _header("x-forwarded-for", ":x$")),
    "odd-range": ("a range that ends before it begins", (), _header("range", "^bytes=9-1$")),
    "odd-request-id": (
        "a request id that is not ASCII",
        (),
        _header("x-request-id", "[^\x00-\x7f]"),
    ),
    "date-without-zone": ("a date without a zone", (), _header("if-modified-since", "-0000$")),
    "odd-preflight": (
        "a preflight for an unknown method",
        (),
        _header("access-control-request-method", "^X$"),
    ),
    "session-without-value": ("a session cookie without =", (), _header("cookie", "n-session$")),
    "odd-referer": ("a Referer that is no URL", (), _header("referer", "^::$")),
    "user-id-undefined": ("the user id undefined", SAME_SHAPE, _user("^undefined$")),
    "user-id-negative": ("a negative user id", SAME_SHAPE, _user("^-[0-9]+$")),
    "user-id-beyond-2-63": ("a user id of 19 digits or more", SAME_SHAPE, _user("^[0-9]{19,}$")),
    "user-id-repeats": ("a user id that repeats a letter", OTHER_SHAPE, _user("^a{30}")),
    "user-id-template": ("a template in a user id", OTHER_SHAPE, _user(r"\$\{7\*7\}")),
    "user-id-decomposed": ("a decomposed accent in a user id", OTHER_SHAPE, _user("e\u0301")),
    "user-id-parameter": (
        "a path parameter behind a user id",
        OTHER_SHAPE,
        lambda _request, user, _chat: ";" in user,
    ),
    "user-id-encoded-slash": (
        "an encoded slash in a user id",
        (),
        lambda _request, user, _chat: "%2F" in user,
    ),
    "upgrade-to-http2": ("an upgrade to h2c", (), _header("upgrade", "^h2c$")),
    "query-without-value": (
        "a query that is one name",
        ("query.ignored",),
        lambda request, _user, _chat: bool(re.fullmatch("[^=&]+", request.url.query)),
    ),
    "chat-id-below-2-63": (
        "a chat id below -2^63",
        OTHER_NUMBER,
        _number(lambda number: number < -(2**63)),
    ),
    "page-zero": ("the query parameter page=0", (), _parameter("page", "0")),
    "content-in-chunks": (
        "content that comes in chunks",
        (),
        _header("transfer-encoding", "chunked"),
    ),
    "content-in-gzip": ("content said to be in gzip", (), _header("content-encoding", "gzip")),
    "far-date": ("a date of the year 9999", (), _header("if-modified-since", "9999")),
    "user-id-beyond-bmp": (
        "a character outside the basic plane in a user id",
        OTHER_SHAPE,
        _user("[\U00010000-\U0010ffff]"),
    ),
    "query-beyond-2-63": (
        "the query parameter limit beyond 2^63",
        (),
        _parameter("limit", "99999999999999999999"),
    ),
    "bare-scheme": ("an Authorization without credentials", (), _header("authorization", "r$")),
    "odd-host": ("a Host with half a bracket", (), _header("host", r"^\[[^\]]*$")),
    "upgrade": ("a connection that is to be upgraded", (), _header("connection", "^upgrade$")),
    "unknown-coding": ("an unknown coding", (), _header("accept-encoding", "compress")),
    "user-id-digits": ("a user id of digits or a UUID", SAME_SHAPE, _strange_user),
    "nul": ("a NUL in the path", (), _path("%00")),
    "control": ("a control character in the path", (), _path("%(0[1-8]|1[Bb]|7[Ff])")),
    "invalid-utf-8": ("octets in the path that are no UTF-8", (), _path("(?i)%(ff|fe|c0|c1)")),
    "encoded-slash": ("an encoded slash in the path", (), _path("(?i)%2f")),
    "backslash": ("an encoded backslash in the path", (), _path("(?i)%5c")),
    "dot-segment": ("dot segments in the path", (), _path(r"/\.{1,2}/")),
    "half-an-escape": ("a percent sign alone in the path", (), _path("%(?![0-9A-Fa-f]{2})")),
    "long-path": (
        "a path of more than 1,024 octets",
        (),
        lambda request, _user, _chat: len(request.scope["raw_path"]) > _LONG_PATH,
    ),
    "long-cookie": ("a cookie of more than 4,096 octets", (), _long_cookie),
    "long-header": ("a header of more than 4,096 octets", (), _long_header),
}
