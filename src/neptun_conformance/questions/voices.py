"""The voices of a request: everything about it that must not matter, as dimensions and levels.

A voice is one level of each dimension. The first level of a dimension is the plain one, which is
what this suite sends of its own accord; the plain voice is plain in all of them. Every level here
is one under which the same answer is due as to the plain form. Where the standards or a careful
server leave the answer free, the level stands in ``free_voices`` instead: in an array of pairs
it would hide all the others of its row.

Values may hold ``{origin}``, which is the target's scheme, host and port.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from neptun_conformance.cutting import quoted
from neptun_conformance.exchange import Http2Form
from neptun_conformance.questions.clients import Headers, clients
from neptun_conformance.questions.hashed import HashedOnce


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(HashedOnce):
    """One way to say what must not matter.

    Arguments:
        name: how it is called, unique in its dimension.
        headers: header fields that are set, each in place of one of the same name.
        without: names of header fields that are left out.
        before: cookies before the session's, or alone where there is none.
        behind: cookies behind it.
        lower_case: the names of all header fields are written in lower case.
        new_connection: the request goes over a connection of its own, and says so where it can:
            ``Connection: close`` over HTTP/1.1.
        http2: the form of a request that there is over HTTP/2 alone.
        real: a documented client or a browser speaks so; ``--no-hostile`` keeps to these.
    """

    name: str
    headers: Headers = ()
    without: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    lower_case: bool = False
    new_connection: bool = False
    http2: Http2Form | None = None
    real: bool = False

    __hash__ = HashedOnce.__hash__

    @property
    def words(self) -> str:
        """What is particular about a request of this level, in words such as ``with Accept: a``."""
        return _words(self)

    def with_values(self, values: Mapping[str, str]) -> Level:
        """Return the same level with these values of its headers, by name in lower case."""
        pairs = tuple((name, values.get(name.lower(), value)) for name, value in self.headers)
        return self if pairs == self.headers else replace(self, headers=pairs)


@cache
def _words(level: Level) -> str:
    parts = [f"with {name}: {quoted(value)}" for name, value in level.headers[:2]]
    if level.headers[2:]:
        parts.append(f"with {len(level.headers[2:])} more headers of such a client")
    parts += [f"without {name}" for name in level.without]
    parts += [_cookies(level.before, "before"), _cookies(level.behind, "behind")]
    if level.lower_case:
        parts.append("with names of headers in lower case")
    if level.new_connection:
        parts.append("over a connection for it alone")
    if level.http2:
        parts.append(level.http2.value)
    return " and ".join(filter(None, parts))


def _cookies(cookies: tuple[str, ...], where: str) -> str:
    if not cookies:
        return ""
    first, *others = cookies
    more = f" and {len(others)} more" if others else ""
    return f"with the cookie {quoted(first)}{more} {where} the session"


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


def _plain(name: str) -> Level:
    return Level(name=name, real=True)


def header(name: str, field: str, value: str, *, real: bool = False) -> Level:
    """Return a level that sets a header field."""
    return Level(name=name, headers=((field, value),), real=real)


def _of(client: str, name: str) -> Level:
    return header(client, name, clients()[client].header(name), real=True)


def behind(name: str, *cookies: str, real: bool = False) -> Level:
    """Return a level with cookies behind the session."""
    return Level(name=name, behind=cookies, real=real)


def before(name: str, *cookies: str, real: bool = False) -> Level:
    """Return a level with cookies before the session."""
    return Level(name=name, before=cookies, real=real)


_CHROMIUM = clients()["chromium"]
_FIREFOX = clients()["firefox"]

_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
_SEVERAL = (
    *("_ga=GA1.2.1234567890.1700000000", "lang=de", "locale=de", "NEXT_LOCALE=de"),
    *("i18n_redirected=de", "csrftoken=5f1d", "_csrf=5f1d", "XSRF-TOKEN=5f1d", "token=5f1d"),
    *("access_token=5f1d", "page=1", "page=2", "seen=" + "x" * 1_800),
    *(f"_ga_{number}=GS1.1.{number}" for number in range(10)),
)
"""What a site's own scripts, frameworks and counters leave with a browser, in some 2,200 octets."""

_SEVERAL_LANGUAGES = "th-TH,th;q=0.9,ja;q=0.8,tr;q=0.7,fr;q=0.6,es;q=0.5"

DIMENSIONS = (
    Dimension(
        "accept",
        (
            _plain("json"),
            header("anything", "Accept", clients()["curl"].header("Accept"), real=True),
            Level(name="absent", without=("Accept",)),
            header("json-first", "Accept", "application/json, text/plain, */*", real=True),
            header("json-last", "Accept", "text/csv;q=0.2, */*;q=0.1, application/json;q=0.9"),
            header("application", "Accept", "application/*;q=0.8, */*;q=0.5"),
        ),
    ),
    Dimension(
        "accept-encoding",
        (
            _plain("gzip-deflate"),
            Level(name="absent", without=("Accept-Encoding",), real=True),
            header("identity", "Accept-Encoding", "identity", real=True),
            header("gzip", "Accept-Encoding", "gzip", real=True),
            header("weighted", "Accept-Encoding", "deflate;q=0.5, gzip;q=0, identity;q=0.9"),
            header("deflate", "Accept-Encoding", "deflate"),
        ),
    ),
    Dimension(
        "accept-language",
        (
            _plain("absent"),
            header(
                "any", "Accept-Language", clients()["node"].header("Accept-Language"), real=True
            ),
            _of("chromium", "Accept-Language"),
            header("german", "Accept-Language", "de-AT,de;q=0.8,en;q=0.4", real=True),
            header("right-to-left", "Accept-Language", "ar", real=True),
            header("thai", "Accept-Language", _SEVERAL_LANGUAGES, real=True),
        ),
    ),
    Dimension(
        "user-agent",
        (
            _plain("suite"),
            *(_of(name, "User-Agent") for name in ("curl", "httpx", "node", "chromium")),
            header("iphone", "User-Agent", _IPHONE, real=True),
        ),
    ),
    Dimension(
        "referer",
        (
            _plain("absent"),
            header("origin", "Referer", _CHROMIUM.header("Referer"), real=True),
            header("page", "Referer", "{origin}/chats?tab=files&sort=name", real=True),
        ),
    ),
    Dimension("origin", (_plain("absent"), header("own", "Origin", "{origin}", real=True))),
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
            header("script", "X-Requested-With", "XMLHttpRequest", real=True),
            header("saving", "Save-Data", "on", real=True),
        ),
    ),
    Dimension(
        "cookies-before",
        (
            _plain("none"),
            before("one", "theme=dark", real=True),
            before("empty", "seen="),
            before("quoted", 'note="a=b"', "month=M%E4rz", "full=100%"),
            before("odd-names", "!#$%&'*+-.^_`|~=1", "0=0", "next=/?neptun-session=x"),
            before("several", *_SEVERAL, real=True),
        ),
    ),
    Dimension(
        "cookies-behind",
        (
            _plain("none"),
            behind("one", "consent=yes", real=True),
            behind("equals", "prefs=a=1&b=2", real=True),
            behind("prefixed", "__Host-csrf=5f1d", "__Secure-id=7", real=True),
            behind("like-the-session", "neptun-session-theme=dark", "session=1", real=True),
            behind("empty", "last="),
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
            header("max-age", "Cache-Control", "max-age=0", real=True),
            header("no-store", "Cache-Control", "no-store", real=True),
        ),
    ),
    Dimension(
        "forwarded-for",
        (
            _plain("absent"),
            header("ipv4", "X-Forwarded-For", "8.8.4.4", real=True),
            header("ipv6", "X-Forwarded-For", "2001:4860:4860::8844", real=True),
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
