"""The voices of a request: everything about it that must not matter, as dimensions and levels.

A voice is one level of each dimension. The first level of a dimension is the plain one, which is
what this suite sends of its own accord; the plain voice is plain in all of them. Every level here
is one under which the same answer is due as to the plain form. Where the standards or a careful
server leave the answer free, the level stands in ``ALONE`` instead: in an array of pairs it would
hide all the others of its row.

Values may hold ``{origin}``, which is the target's scheme, host and port.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from neptun_conformance.questions.clients import Headers, clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One way to say what must not matter.

    Arguments:
        name: how it is called, unique in its dimension.
        headers: header fields that are set, each in place of one of the same name.
        without: names of header fields that are left out.
        before: cookies before the session's, or alone where there is none.
        behind: cookies behind it.
        lower_case: the names of all header fields are written in lower case.
        new_connection: the request goes over a connection of its own.
        real: a documented client or a browser speaks so; ``--no-hostile`` keeps to these.
    """

    name: str
    headers: Headers = ()
    without: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    lower_case: bool = False
    new_connection: bool = False
    real: bool = False

    @property
    def words(self) -> str:
        """What is particular about a request of this level, in words such as ``with Accept: a``."""
        parts = [f"with {name}: {_cut(value)}" for name, value in self.headers]
        parts += [f"without {name}" for name in self.without]
        parts += [f"with the cookie {_cut(cookie)} before the session" for cookie in self.before]
        parts += [f"with the cookie {_cut(cookie)} behind the session" for cookie in self.behind]
        if self.lower_case:
            parts.append("with names of headers in lower case")
        if self.new_connection:
            parts.append("over a new connection")
        return " and ".join(parts)


def _cut(text: str) -> str:
    quoted = ascii(text)
    return quoted if len(quoted) <= 60 else f"{quoted[:40]}… ({len(text)} characters)"


@dataclass(frozen=True, slots=True)
class Dimension:
    """What may be said in several ways; the first of the levels is the plain one."""

    name: str
    levels: tuple[Level, ...]

    def level(self, name: str) -> Level:
        """Return a level by its name.

        Raises:
            KeyError: if there is none.
        """
        return {level.name: level for level in self.levels}[name]


class Free(Enum):
    """What a level outside the array leaves open; data and a 5xx never are, save where it says."""

    FORM = "the form of a body, the status is due"
    FORM_OR_406 = "the form of a body, or a 406"
    REFUSAL = "a 4xx or a redirect in place of the answer that is due"
    ANSWER = "the status and the form"
    CLOSED = "the status and the form, or a closed connection"
    NOTHING = "nothing, but the answer that is due is only a SHOULD"


@dataclass(frozen=True, slots=True)
class Alone:
    """A level that is asked alone, once for each kind of situation, and what it leaves free."""

    level: Level
    free: Free


def _plain(name: str) -> Level:
    return Level(name=name, real=True)


def _header(name: str, header: str, value: str, *, real: bool = False) -> Level:
    return Level(name=name, headers=((header, value),), real=real)


def _of(client: str, header: str) -> Level:
    return _header(client, header, clients()[client].header(header), real=True)


def _behind(name: str, *cookies: str, real: bool = False) -> Level:
    return Level(name=name, behind=cookies, real=real)


def _before(name: str, *cookies: str, real: bool = False) -> Level:
    return Level(name=name, before=cookies, real=real)


_CHROMIUM = clients()["chromium"]
_FIREFOX = clients()["firefox"]

DIMENSIONS = (
    Dimension(
        "accept",
        (
            _plain("json"),
            _header("anything", "Accept", clients()["curl"].header("Accept"), real=True),
            Level(name="absent", without=("Accept",)),
            _header("json-first", "Accept", "application/json, text/plain, */*", real=True),
            _header("json-last", "Accept", "text/csv;q=0.2, */*;q=0.1, application/json;q=0.9"),
            _header("application", "Accept", "application/*;q=0.8, */*;q=0.5"),
        ),
    ),
    Dimension(
        "accept-encoding",
        (
            _plain("gzip-deflate"),
            Level(name="absent", without=("Accept-Encoding",), real=True),
            _header("identity", "Accept-Encoding", "identity", real=True),
            _header("gzip", "Accept-Encoding", "gzip", real=True),
            _header("weighted", "Accept-Encoding", "deflate;q=0.5, gzip;q=0, identity;q=0.9"),
        ),
    ),
    Dimension(
        "accept-language",
        (
            _plain("absent"),
            _header(
                "any", "Accept-Language", clients()["node"].header("Accept-Language"), real=True
            ),
            _of("chromium", "Accept-Language"),
            _header("german", "Accept-Language", "de-AT,de;q=0.8,en;q=0.4", real=True),
            _header("right-to-left", "Accept-Language", "ar", real=True),
        ),
    ),
    Dimension(
        "user-agent",
        (
            _plain("suite"),
            *(_of(name, "User-Agent") for name in ("curl", "httpx", "node", "chromium", "firefox")),
        ),
    ),
    Dimension(
        "referer",
        (
            _plain("absent"),
            _header("origin", "Referer", _CHROMIUM.header("Referer"), real=True),
            _header("page", "Referer", "{origin}/chats?tab=files&sort=name", real=True),
        ),
    ),
    Dimension("origin", (_plain("absent"), _header("own", "Origin", "{origin}", real=True))),
    Dimension(
        "fetch-metadata",
        (
            _plain("absent"),
            Level(
                name="same-origin",
                headers=_CHROMIUM.sent("Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"),
                real=True,
            ),
            Level(name="mode", headers=clients()["node"].sent("Sec-Fetch-Mode"), real=True),
        ),
    ),
    Dimension(
        "hints",
        (
            _plain("absent"),
            Level(
                name="chromium",
                headers=_CHROMIUM.sent("Sec-CH-UA", "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform"),
                real=True,
            ),
            Level(
                name="privacy",
                headers=(("DNT", "1"), ("Sec-GPC", "1"), *_FIREFOX.sent("Priority")),
                real=True,
            ),
        ),
    ),
    Dimension(
        "cookies-before",
        (
            _plain("none"),
            _before("one", "theme=dark", real=True),
            _before("empty", "seen="),
            _before("quoted", 'note="a=b"'),
            _before("odd-names", "!#$%&'*+-.^_`|~=1", "0=0"),
            _before("several", "_ga=GA1.2.1234567890.1700000000", "lang=en", "a=1", real=True),
        ),
    ),
    Dimension(
        "cookies-behind",
        (
            _plain("none"),
            _behind("one", "consent=yes", real=True),
            _behind("equals", "prefs=a=1&b=2", real=True),
            _behind("prefixed", "__Host-csrf=5f1d", "__Secure-id=7", real=True),
            _behind("like-the-session", "neptun-session-theme=dark", "session=1", real=True),
            _behind("empty", "last="),
        ),
    ),
    Dimension(
        "cache-control",
        (
            _plain("absent"),
            Level(
                name="no-cache",
                headers=(("Cache-Control", "no-cache"), ("Pragma", "no-cache")),
                real=True,
            ),
            _header("max-age", "Cache-Control", "max-age=0", real=True),
        ),
    ),
    Dimension(
        "forwarded-for",
        (
            _plain("absent"),
            _header("ipv4", "X-Forwarded-For", "8.8.4.4", real=True),
            _header("ipv6", "X-Forwarded-For", "2001:4860:4860::8844", real=True),
        ),
    ),
    Dimension(
        "connection",
        (
            _plain("kept"),
            Level(name="kept-and-said", headers=clients()["httpx"].sent("Connection"), real=True),
            Level(name="new", new_connection=True, real=True),
        ),
    ),
    Dimension(
        "names",
        (_plain("capitals"), Level(name="lower-case", lower_case=True, real=True)),
    ),
)
"""What must not matter to an answer, dimension by dimension."""

_LONG = "x" * 5_000

ALONE = (
    Alone(
        _header(
            "accept-of-a-page",
            "Accept",
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            real=True,
        ),
        Free.FORM,
    ),
    Alone(_header("accept-without-json", "Accept", "text/html", real=True), Free.FORM_OR_406),
    Alone(_header("origin-of-another-site", "Origin", "https://evil.example"), Free.REFUSAL),
    Alone(_header("null-origin", "Origin", "null"), Free.REFUSAL),
    Alone(
        Level(
            name="cross-site",
            headers=(
                ("Sec-Fetch-Site", "cross-site"),
                ("Sec-Fetch-Mode", "no-cors"),
                ("Sec-Fetch-Dest", "image"),
                ("Referer", "https://evil.example/"),
            ),
        ),
        Free.REFUSAL,
    ),
    Alone(Level(name="no-user-agent", without=("User-Agent",)), Free.REFUSAL),
    Alone(_header("forwarded-for-this-host", "X-Forwarded-For", "127.0.0.1"), Free.REFUSAL),
    Alone(_header("forwarded-for-a-row", "X-Forwarded-For", "10.0.0.1, 8.8.4.4"), Free.REFUSAL),
    Alone(_header("forwarded-by-http", "X-Forwarded-Proto", "http"), Free.REFUSAL),
    Alone(_header("forwarded-host", "X-Forwarded-Host", "evil.example"), Free.REFUSAL),
    Alone(
        _header("forwarded", "Forwarded", 'for="[::1]";proto=http;host=evil.example'),
        Free.REFUSAL,
    ),
    Alone(_header("long-user-agent", "User-Agent", _LONG), Free.ANSWER),
    Alone(_header("long-referer", "Referer", "{origin}/" + _LONG), Free.ANSWER),
    Alone(_header("language-outside-ascii", "Accept-Language", "d\xe9"), Free.CLOSED),
    Alone(_header("another-host", "Host", "evil.example"), Free.CLOSED),
    Alone(_before("attributes-before", "version=1", "path=/", "expires=0"), Free.NOTHING),
    Alone(_before("json-before", 'ui={"a":1,"b":[2]}', real=True), Free.NOTHING),
    Alone(_behind("blanks-behind", "name=Ann B, C", real=True), Free.NOTHING),
)
"""Levels whose answer is partly free, so that they are no part of the array."""
