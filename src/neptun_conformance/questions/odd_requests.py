"""Requests that proxies and routers treat in their own way: paths, octets and lengths.

Whatever comes back is legal, but it must come, and it must not open a chat to those who may not
read it.
"""

from __future__ import annotations

from neptun_conformance.questions.callers import anonymous, owner, stranger, with_session
from neptun_conformance.questions.free_voices import OVER_LIMITS
from neptun_conformance.questions.ids import common_spellings_of, telling_spellings_of
from neptun_conformance.questions.malformed import (
    ENDS_AS_OWN,
    HOSTS,
    ODD_COOKIES,
    UPGRADES,
    malformed,
)
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
from neptun_conformance.questions.user_ids import with_nul_behind

NAMED_SPELLINGS = (
    Route.TRAILING_SLASH,
    Route.UPPER_CHATS,
    Route.DOUBLED_SLASH,
    Route.UPPER_CASE,
)
ROUTE_SPELLINGS = (
    *NAMED_SPELLINGS[:3],
    *(Route.LEADING_DOUBLED_SLASH, Route.DOUBLED_SLASH_BEFORE_USER),
    *(Route.DOUBLED_SLASH_BEFORE_FILES, Route.DOUBLED_LAST_SLASH),
    *(Route.UPPER_USERS, Route.UPPER_FILES),
)
"""A slash at the end, an upper-case segment, a doubled slash, each wherever it may stand."""
RARER_ROUTE_SPELLINGS = (
    *(Route.UPPER_CASE, Route.CAPITAL),
    *(Route.DOUBLED_SLASHES, Route.DOUBLED_SLASH_BEFORE_USERS, Route.DOUBLED_SLASH_BEFORE_CHAT),
    Route.UPPER_API,
)
LIKELY_ODD_ROUTES = (
    Route.DOT_DOT_SEGMENT,
    Route.OWN_ID_DOT_DOT,
    Route.ENCODED_DOT_DOT,
    Route.NUL,
    Route.EXTENSION,
)
# A parameter and a further segment end like a style sheet, which a filter may take for no page of
# the API: who cuts them off does so whatever their end is.
ODD_ROUTES = (
    Route.ENCODED_SLASH,
    Route.OTHER_EXTENSION,
    Route.BACKSLASH,
    Route.OPEN_DOT_DOT,
    Route.DOT_SEGMENT,
    Route.ENCODED_DOT,
    Route.EMPTY_USER,
    Route.PARAMETER_OF_DOTS,
    Route.FIRST_PARAMETER,
    Route.LAST_PARAMETER,
    Route.LAST_DOT,
    Route.LAST_SPACE,
    Route.LAST_LINE_END,
    Route.LAST_QUESTION_MARK,
    Route.FURTHER_SEGMENT,
    Route.ENCODED_LETTER,
)
RARER_ODD_ROUTES = (
    Route.ENCODED_SEGMENT,
    Route.LAST_HASH,
    Route.MIXED_DOT_DOT,
    Route.LAST_ENCODED_SLASH,
    Route.DOUBLE_ENCODED_SLASH,
    Route.TWICE_ENCODED_LETTER,
    Route.FURTHER_NUMBER,
    Route.ENCODED_LAST_SLASH,
    Route.LAST_TAB,
    Route.LAST_PLUS,
    Route.LAST_TILDE,
    Route.EMPTY_QUERY,
    Route.VERSIONED,
)

_LONG = 2_000
_DIGITS = "9" * 4_400
"""More digits than Python reads into a whole number, which raises where nobody expects it."""
_LONGER = 5_000
_ODD_PREFLIGHT = (
    *(ENDS_AS_OWN, ("Access-Control-Request-Method", "X")),
    ("Access-Control-Request-Headers", ","),
)
_AS_GET = tuple(
    (name, "GET") for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")
)
"""What is let by as the one method and then routed as the other; nothing else is odd about it."""
_FROM_ELSEWHERE = (
    *(
        ("Origin", "http://localhost.elsewhere.example:3000"),
        ("Access-Control-Request-Method", "GET"),
    ),
    *(("Accept", "text/html"), ("Range", "bytes=0-")),
)
_NOISE = ("X-Noise", "a" * _LONGER)
_OVER_LIMITS = "x" * 20_000
"""More octets than nginx, Apache, lighttpd or HAProxy take of a header or a path."""
_OTHER_HOSTS = ("localhost", "")
_RARER_HOSTS = ("internal", "elsewhere.example")
_ODD_SEGMENTS = ("%00", "%FF", "%2F", "a" * _LONGER, _DIGITS)
_FURTHER_ODD_SEGMENTS = (
    "%0D%0A%1B%5B0m%7F%E2%80%A8",
    "%C0%80%ED%A0%80%F4%90%80%80%F0%9F%98",
    "%5C",
    "%zz%",
    "a" * 101,
)
_RARER_ODD_SEGMENTS = (
    "%20HTTP%2F1.1%0D%0AX-Noise:x%0D%0A",
    "..",
    "..%2F..%2F..%2Fetc%2Fpasswd",
    "%2E%2E",
    "%252F",
)
_QUERIES = (
    "x=" + "a" * _LONG,
    "limit=99999999999999999999&page=9e99&utm_source=x&fbclid=x&_=1&x%5B$ne%5D=1&$where=1",
    "x=%00&y=%FF&%5B%5D=%F0%9F%98%80&z=%zz&%",
    (
        "limit=-1&page=x&offset=-1&size=0&from=x&since=x&id='&chat_id=abc&lang=zz&debug=1&x=a+b"
        "&sort=nosuchcolumn&order_by=x&sort_by=x&fields=x&tz=x&format=x"
    ),
    "?&=&;&&a&a=b=c&__proto__%5Bx%5D=1&constructor%5Bprototype%5D%5Bx%5D=1&x='%22%3C(&x=1&x=2",
    "a[b=1&a[=2&limit=abc&page=0&offset=99999999999&"
    + "&".join(f"p{number}=1" for number in range(105)),
)
_CONTENTS = (
    ("a=b&a=%zz&=", "application/x-www-form-urlencoded"),
    ("{", "application/json"),
    ("[]", "application/json"),
    ("null", "application/json"),
    ("--x", "multipart/form-data; boundary=x"),
    ("\xff\xfe" * 800, ""),
)
"""What is sent as content of a GET, with its media type."""

_IN_CHUNKS = ("Transfer-Encoding", "chunked")
"""Without a Content-Length, as clients send what they make on the way (RFC 9112 section 7.1)."""


def _malformed() -> tuple[Question, ...]:
    """Return questions with bundles of malformed headers, and with odd queries or content.

    Where headers speak of content themselves, none is sent. The last one has an empty query.
    """
    *rows, crowded = malformed()
    asked = [owner.asks(owner.full).with_headers(*row) for row in rows]
    queries, contents = _QUERIES[1:], _CONTENTS[1:]
    for place, query in enumerate(queries):
        asked[place] = asked[place].with_query(query)
    for place, content in enumerate(contents, len(queries)):
        asked[place] = asked[place].with_body(*content)
    asked[place] = asked[place].with_headers(("Content-Encoding", "gzip"))
    asked[place - 1] = asked[place - 1].with_headers(_IN_CHUNKS)
    return (*asked, owner.asks(owner.full).with_headers(*crowded).along(Route.EMPTY_QUERY))


def _behind(chat: ChatOf, suffix: str) -> Derived:
    """Return a chat's number with octets behind it that some servers cut off."""
    return Derived(chat, f"followed by {suffix}", lambda n: f"{n}{suffix}", encoded=True)


def _long_cookie(size: int) -> Question:
    return with_session("x" * size).asks(owner.full)


_TELLING = telling_spellings_of(owner.full, odd=True)

ODD_QUESTIONS = (
    *(owner.asks(Written(text, encoded=True), under=owner) for text in _ODD_SEGMENTS),
    owner.asks(owner.full, under=WrittenUser(_ODD_SEGMENTS[0], encoded=True)),
    # The page for everybody: a name that stands in it says nothing about a chat.
    anonymous.asks(UnknownChat(), under=UnknownUser()).along(NAMED_SPELLINGS[1]),
    stranger.asks(_behind(owner.full, "%0A"), under=stranger),
    owner.asks(owner.full).with_query(_QUERIES[0]),
    anonymous.asks(Written(_DIGITS), under=owner),
    _long_cookie(_LONGER),
)
FURTHER_ODD_QUESTIONS: tuple[Asked, ...] = (
    owner.asks(owner.full, under=WrittenUser(f"{_ODD_SEGMENTS[1]}%2Fb", encoded=True)),
    stranger.asks(owner.full, under=with_nul_behind(owner)),
    *stranger.asks_each(_TELLING, under=stranger),
    *(owner.asks(Written(text, encoded=True), under=owner) for text in _FURTHER_ODD_SEGMENTS),
    *(
        owner.asks(owner.full, under=WrittenUser(t, encoded=True))
        for t in (f"{_FURTHER_ODD_SEGMENTS[0]}%5C", "a" * _LONG)
    ),
    *_malformed(),
    *(owner.asks(owner.full).with_headers(("Host", host)) for host in HOSTS),
    *(anonymous.asks(owner.full).with_headers(("Host", host)) for host in _OTHER_HOSTS),
    owner.asks(owner.full)
    .along(Route.STYLE_SHEET)
    .then(anonymous.asks(owner.full).along(Route.STYLE_SHEET)),
    *(
        anonymous.asks(UnknownChat(), under=UnknownUser()).with_headers(("Cookie", cookies))
        for cookies in ODD_COOKIES
    ),
    owner.asks(_behind(owner.full, "%00")),
    anonymous.asks(owner.full).with_headers(*_FROM_ELSEWHERE).along(Route.EMPTY_QUERY),
    anonymous.asks(owner.full).with_headers(*UPGRADES),
    owner.asks(owner.full).by("OPTIONS").with_headers(*_ODD_PREFLIGHT),
    *(anonymous.asks(owner.full).by(way).with_headers(*_AS_GET) for way in ("OPTIONS", "HEAD")),
)
OVER_HTTP2 = (
    owner.asks(owner.full).with_headers(("X-Noise", _OVER_LIMITS)).in_voice(OVER_LIMITS),
    anonymous.asks(owner.full).with_query(f"x={_OVER_LIMITS}").in_voice(OVER_LIMITS),
)
"""What is longer than servers take, for which HTTP/2 lets them end the connection."""
RARER_ODD_QUESTIONS: tuple[Asked, ...] = (
    *(owner.asks(Written(text, encoded=True), under=owner) for text in _RARER_ODD_SEGMENTS),
    *(
        owner.asks(owner.full, under=WrittenUser(text, encoded=True))
        for text in (_RARER_ODD_SEGMENTS[0], _FURTHER_ODD_SEGMENTS[1], "%2F")
    ),
    *(anonymous.asks(owner.full).with_headers(("Host", host)) for host in _RARER_HOSTS),
    stranger.asks(owner.full).with_headers(("Host", _RARER_HOSTS[1])),
    with_session('"\\,\xff\xfe' * 300).asks(owner.full),
    owner.asks(_behind(owner.full, "%0A")),
    *(
        owner.asks(owner.full).along(route)
        for route in (Route.ENCODED_DOT_DOT, Route.NUL, Route.BACKSLASH)
    ),
    *(anonymous.asks(_behind(owner.full, suffix)) for suffix in ("%00", "%2F")),
    *anonymous.asks_each(common_spellings_of(owner.full)[:2]),
    *(who.asks(owner.full).with_headers(_NOISE) for who in (anonymous, owner, stranger)),
    stranger.asks(owner.full).with_headers(*_FROM_ELSEWHERE),
    owner.asks(Written("abc"), under=owner).by("HEAD"),
    anonymous.asks(owner.full).by("OPTIONS"),
    owner.asks(owner.full).by("HEAD").with_body(*_CONTENTS[1]),
    owner.asks(owner.full).with_body(*_CONTENTS[0]),
    _long_cookie(7_500),
)
