"""Values that a true answer may be made wrong with: members, statuses and headers."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

# A text between these signs goes into the JSON text as it is: for numbers that Python would write
# otherwise, for members twice, and for what JSON does not have.
_AS_IT_IS = re.compile(r'"@@(.*?)@@"')


def as_it_is(text: str) -> str:
    """Return a text that ``written`` puts into the JSON without quotes."""
    return f"@@{text}@@"


def written(value: object, **options: Any) -> bytes:
    """Return a value as JSON."""
    text = json.dumps(value, **({"ensure_ascii": False} | options))
    text = _AS_IT_IS.sub(lambda found: str(json.loads(f'"{found[1]}"')), text)
    return text.encode("utf-8", "surrogatepass")


NUMBERS = (
    "1.0",
    "1e3",
    "1E+400",
    "1e9999",
    "1.5",
    "-0",
    "-0.0",
    "-1",
    "10e-1",
    "9007199254740993",
    "9007199254740993.5",
)


NOT_JSON = ("NaN", "Infinity", "-Infinity", "01", "+1", "0x1", "1.", ".5", "nul", "True", "'a'", "")


HUGE = ("9" * 4_000, "9" * 5_000, "[" * 500 + "]" * 500, "[" * 1_500 + "]" * 1_500)


PLAIN: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    1,
    -7,
    200,
    401,
    404,
    4711,
    4712,
    5820,
    "",
    "x",
    "404",
    [],
    {},
    [None],
)


WORDS = (
    'Traceback (most recent call last):\n  File "/srv/app/main.py", line 3, in get',
    "TypeError: x is undefined at read (/app/server/index.js:10:5)",
    "/api/users/alice/chats/4711/files",
    "Übersicht \U0001f680",
    "\ud83d",
    "a\\b",
)


INEXACT = (
    *("2024-05-01", "2024-05-01T09:30:00", "2024-05-01T09:30Z", "2024-05-01T09:30"),
    *("2024-05-01T09:30:00+0000", "2024-05-01T09:30:00,5Z"),
)


MOMENTS = (
    *("2024-05-01T09:30:00Z", "2024-05-01t09:30:00z", "2024-05-01 09:30:00+05:30"),
    *("2024-05-01T09:30:00.123456789012Z", "2024-05-01T09:30:00-00:00", "2016-12-31T23:59:60Z"),
    *("2017-01-01T00:59:60+01:00", "2024-05-01T12:00:60Z"),
    *(
        "2024-05-01T09:30Z",
        "2024-05-01T09:30",
        "2024-05-01T09:30:00+0000",
        "2024-05-01T09:30:00,5Z",
    ),
    *(
        "2024-05-01T09:30:00+00",
        "2024-02-30T09:30:00Z",
        "2023-02-29T09:30:00Z",
        "2024-02-29T00:00:00Z",
    ),
    *("2024-05-01T24:00:00Z", "2024-05-01T09:60:00Z", "2024-05-01T09:30:00+24:00", "1714555800"),
    *("1714555800.5", "20240501T093000Z", "2024-W18-3T09:30:00Z", "2024-122T09:30:00Z", "now"),
    *("2024-05-01T09:30:00.Z", "2024-05-01_09:30:00Z", "2024-05-01T9:30:00Z", "2024-5-1T09:30:00Z"),
    *(
        " 2024-05-01T09:30:00Z",
        "2024-05-01T09:30:00Z ",
        "2024-05-01T09:30:00Z\n",
        "0000-01-01T00:00:00Z",
    ),
    *(
        "2024-05-01T09:30:00\u221201:00",
        "\u0662\u0660\u0662\u0664-05-01T09:30:00Z",
        "9999-12-31T23:59:59Z",
    ),
    *("Wed, 01 May 2024 09:30:00 GMT", "2024-05-01T09:30:00 Z", "+2024-05-01T09:30:00Z"),
    *("12024-05-01T09:30:00Z", "2024-05-01T09:30:00UTC", "2024-05-01Z", "2024-05-01  09:30:00Z"),
)


LINKS = (
    *(
        "https://files.example.com/a",
        "HTTP://FILES.EXAMPLE.COM/a",
        "https://u:p@a.example:8443/?q#f",
    ),
    *(
        "https://[2001:db8::1]/a",
        "https://bücher.example/ü",
        "https://a.example/x y",
        "https://127.1/",
    ),
    *(
        "https://a.example",
        "https://a.example:/",
        "https://a.example:0/",
        "https://a.example:65535/",
    ),
    *("https://a.example:65536/", "https://a.example:x/", "https://[::1/a", "https://[::g]/a"),
    *("https:/a.example/b", "https:a.example/b", "https:///a.example/b", "https://", "https://?q"),
    *(
        "https://:80/a",
        "https://@/a",
        "https:\\\\a.example\\b",
        "https://a.example\\b",
        "//a.example/b",
    ),
    *("/files/a", "files/a", "ftp://a.example/b", "data:,a", "file:///a", "javascript:alert(1)"),
    *(" https://a.example/", "https://a.example/ ", "\thttps://a.example/", "https://a.example/\n"),
    *(
        "https://a b/",
        "https://999.1.1.1/",
        "https://a.example/%zz",
        "https://a.example/<b>",
        "https",
    ),
    *("https://a_b.example/", "https://xn--a/", "https://a.example/" + "b" * 3_000, "https://./"),
)


TYPES = (
    *("text/plain", "TEXT/PLAIN", "text/plain; charset=utf-8", "image/svg+xml", 'a/b; c="d e"'),
    *("pdf", "text/", "/plain", "text plain", "text/plain/x", "text/ plain", "téxt/plain", ".pdf"),
)


BY_MEMBER: dict[str, tuple[Any, ...]] = {
    "id": (901, 902, 905, -1, 2**53 + 1, "901", 901.5, True, as_it_is("901.0")),
    "chat_conversation_id": (4711, 4712, 5820, "4711", 4711.5, None, as_it_is("4.711e3")),
    "size": (0, -1, 1, 2**64, "7", 7.5, False, as_it_is("1e3"), as_it_is("-1.0"), as_it_is("-0")),
    "type": TYPES,
    "created_at": (*MOMENTS, *INEXACT * 2),
    "url": LINKS,
    "statusCode": (401, 404, 500, "404", 404.5, True, as_it_is("404.0"), as_it_is("4.04e2")),
}


ANY = st.one_of(
    st.sampled_from(PLAIN),
    st.sampled_from([as_it_is(text) for text in NUMBERS]),
    st.sampled_from([as_it_is(text) for text in (*NOT_JSON, *HUGE)]),
    st.sampled_from((*WORDS, *MOMENTS[:3], *LINKS[:3])),
    st.text(st.characters(exclude_categories=[], exclude_characters="@"), max_size=4),
    st.integers(),
)


LAYOUTS: tuple[dict[str, Any], ...] = ({}, {}, {"ensure_ascii": True}, {"indent": 1})


STATUSES = (
    *(200, 200, 201, 202, 204, 206, 301, 302, 304, 307, 400, 401, 403, 404, 404, 405, 410, 422),
    *(500, 500, 501, 502, 503, 504),
)


CONTENT_TYPES = (
    *("application/json", "Application/JSON; charset=UTF-8", "application/json;charset=latin-1"),
    *("application/json ; x=y", "text/json", "text/plain", "text/html; x=application/json", ""),
    *(
        "application/problem+json",
        "application/jsonp",
        "json",
        "application/*",
        "x/application/json",
    ),
)


CACHE_CONTROLS = (
    *("public", "public, max-age=60", "s-maxage=60", "max-age=60", "private", "no-store", "PUBLIC"),
    *("public, no-store", "private, s-maxage=60", "no-cache", "", "max-age=5, Public"),
)


COOKIES = (
    *("neptun-session=abcdefgh; Path=/", "neptun-session=abcdefgh; Path=/; HttpOnly"),
    *("neptun-session=; Max-Age=0", "theme=dark", "neptun-session=abcdefgh;httponly;Secure"),
    *("xneptun-session=abcdefgh", "NEPTUN-SESSION=abcdefgh", "neptun-session=a; X=HttpOnly"),
)


ORIGINS = ("*", "https://elsewhere.example", "null", "https://a.example")
