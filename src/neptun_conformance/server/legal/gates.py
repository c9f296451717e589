"""What stands before the endpoint and looks at where a request comes from.

Whatever is refused or redirected here is a request that says it comes from another site, by another
way, or from no client that a person uses: the answer to it is free, but for data and a 5xx.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

legal = Theme()

HOST = re.compile(r"(?:127\.0\.0\.1|\[::1\]|localhost)(?::[0-9]+)?")
BOTS = re.compile(r"bot|probe|checker", re.IGNORECASE)
INTERNAL = re.compile(r"^(?:127\.|10\.|192\.168\.|::1|fc|fe80|unknown|localhost)", re.IGNORECASE)


class Gate(Reference):
    """Answers some requests itself.

    Arguments:
        stops: tells which.
        answer: makes the answer.
    """

    def __init__(
        self, stops: Callable[[Request], bool], answer: Callable[[Request], Response]
    ) -> None:
        super().__init__()
        self.stops = stops
        self.instead = answer

    async def respond(self, request: Request) -> Response:
        if self.stops(request):
            return self.finish(request, self.instead(request))
        return await super().respond(request)


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def foreign_origin(request: Request) -> bool:
    """Tell whether another site's scripts ask, or those of a page without an origin."""
    return request.headers.get("origin", _origin(request)) != _origin(request)


def cross_site(request: Request) -> bool:
    """Tell whether a browser says that another site asks (Fetch Metadata)."""
    return request.headers.get("sec-fetch-site") == "cross-site"


def foreign_host(request: Request) -> bool:
    """Tell whether another host is meant."""
    host = request.headers.get("host")
    return host is not None and not HOST.fullmatch(host)


def named_host(request: Request) -> bool:
    """Tell whether another host is meant by a name that parsers take."""
    name = re.fullmatch(r"(?:[\w.~-]+(?::[0-9]{1,4})?)?", request.headers.get("host", ""), re.ASCII)
    return name is not None and foreign_host(request)


def foreign_forwarded_host(request: Request) -> bool:
    """Tell whether a proxy is said to have been asked for another host."""
    host = request.headers.get("x-forwarded-host")
    return host is not None and not HOST.fullmatch(host)


def by_http(request: Request) -> bool:
    """Tell whether a proxy is said to have been asked by plain http."""
    forwarded = request.headers.get("forwarded", "").lower()
    return request.headers.get("x-forwarded-proto") == "http" or "proto=http" in forwarded


def from_inside(request: Request) -> bool:
    """Tell whether an address of a private network is said to ask."""
    given = request.headers.get("x-forwarded-for", "")
    return any(INTERNAL.match(address.strip()) for address in given.split(","))


def by_several_ways(request: Request) -> bool:
    """Tell whether more proxies are named than there are."""
    return "," in request.headers.get("x-forwarded-for", "")


def by_any_other_way(request: Request) -> bool:
    """Tell whether a way is named at all, but for one address."""
    names = {name for name in request.headers if re.fullmatch(r"(x-)?forwarded.*", name)}
    return bool(names - {"x-forwarded-for"}) or by_several_ways(request) or from_inside(request)


def unnamed(request: Request) -> bool:
    """Tell whether a client does not name itself."""
    return not request.headers.get("user-agent")


def a_robot(request: Request) -> bool:
    """Tell whether a robot names itself."""
    return BOTS.search(request.headers.get("user-agent", "")) is not None


def too_long(request: Request) -> bool:
    """Tell whether a header is over 4,096 octets."""
    return any(len(f"{name}: {value}\r\n") > 4_096 for name, value in request.headers.items())


def outside_ascii(request: Request) -> bool:
    """Tell whether a header holds octets outside ASCII."""
    return any(not value.isascii() for value in request.headers.values())


def two_sessions(request: Request) -> bool:
    """Tell whether the session's cookie comes twice."""
    return len(re.findall(r"(?:^|;) *neptun-session=", request.headers.get("cookie", ""))) > 1


def any_of(*stops: Callable[[Request], bool]) -> Callable[[Request], bool]:
    """Return what tells whether any of several gates stops a request."""
    return lambda request: any(stop(request) for stop in stops)


def page(status: int) -> Callable[[Request], Response]:
    """Return what answers with a page."""
    return lambda _: HTMLResponse(f"<!doctype html><title>{status}</title>", status)


def broken_page(_: Request) -> Response:
    """Answer with another site's fault, and with its session."""
    trace = 'Traceback (most recent call last):\n  File "/srv/other/app.py", line 3, in page'
    return HTMLResponse(f"<pre>{trace}</pre>", 500, {"set-cookie": "neptun-session=another-site"})


def words(status: int, text: str) -> Callable[[Request], Response]:
    """Return what answers with plain text."""
    return lambda _: Response(text, status, media_type="text/plain")


def problem(status: int) -> Callable[[Request], Response]:
    """Return what answers with JSON of its own kind."""
    body = {"type": "about:blank", "status": status, "title": "Refused"}
    return lambda _: JSONResponse(body, status, media_type="application/problem+json")


def to_https(status: int) -> Callable[[Request], Response]:
    """Return what redirects to the same address by https."""
    return lambda request: RedirectResponse(
        f"https://{urlsplit(_origin(request)).netloc}{request.url.path}", status
    )


def to_the_host(request: Request) -> Response:
    """Redirect to the name that the host should be called by."""
    return RedirectResponse(f"http://www.example.com{request.url.path}", 301)


def upgrade(_: Request) -> Response:
    """Ask for TLS (RFC 9110 section 15.5.22)."""
    return Response(status_code=426, headers={"upgrade": "TLS/1.2", "connection": "Upgrade"})


def for_ever(_: Request) -> Response:
    """Tell a client to come back, each time."""
    return Response("Slow down", 429, {"retry-after": "0"})


GATES: dict[str, tuple[str, Callable[[Request], bool], Callable[[Request], Response]]] = {
    "cors-filter": ("another origin is refused", foreign_origin, words(403, "Invalid CORS")),
    "origin-check": ("another origin is a bad request", foreign_origin, problem(400)),
    "origin-limit": ("another origin is told to come back", foreign_origin, for_ever),
    "fetch-metadata-check": ("what another site asks for is refused", cross_site, page(403)),
    "fetch-metadata-404": ("what another site asks for is not there", cross_site, page(404)),
    "host-check": ("another host is a bad request", foreign_host, page(400)),
    "host-misdirected": ("another host is misdirected", foreign_host, words(421, "Not here")),
    "host-of-another-site": ("another host has a site of its own", foreign_host, page(200)),
    "host-that-is-down": ("another host is down", named_host, page(502)),
    "host-that-is-broken": ("another host fails, and tells all", named_host, broken_page),
    "host-without-a-site": ("another host has no site", foreign_host, page(404)),
    "host-to-the-main-one": ("another host is a redirect", foreign_host, to_the_host),
    "forwarded-host-check": (
        "another forwarded host is refused",
        foreign_forwarded_host,
        page(400),
    ),
    "https-by-301": ("plain http is redirected for good", by_http, to_https(301)),
    "https-by-302": ("plain http is redirected", by_http, to_https(302)),
    "https-by-308": ("plain http is redirected as it was asked", by_http, to_https(308)),
    "https-by-403": ("plain http is refused", by_http, problem(403)),
    "https-by-426": ("plain http is to be upgraded", by_http, upgrade),
    "addresses-from-inside": ("private addresses are refused", from_inside, page(403)),
    "addresses-in-a-row": ("a row of addresses is a bad request", by_several_ways, problem(400)),
    "ways-refused": ("whatever names a way is refused", by_any_other_way, page(403)),
    "ways-redirected": ("whatever names a way is redirected", by_any_other_way, to_https(307)),
    "client-without-a-name": ("a client without a name is refused", unnamed, page(400)),
    "robots-refused": ("robots are refused for legal reasons", a_robot, page(451)),
    "robots-to-pay": ("robots have to pay", a_robot, problem(402)),
    "robots-to-come-back": ("robots are told to come back", a_robot, for_ever),
    "long-headers-to-a-page": ("long headers lead to a page", too_long, page(200)),
    "long-headers-as-too-large": ("long headers are too large", too_long, page(413)),
    "octets-refused": ("octets outside ASCII are forbidden", outside_ascii, page(403)),
    "octets-to-a-page": ("octets outside ASCII lead to a page", outside_ascii, page(200)),
    "strict-in-all": (
        "whatever comes from elsewhere is refused",
        any_of(foreign_origin, cross_site, foreign_host, by_any_other_way, unnamed, a_robot),
        page(403),
    ),
}
for name, (words_, stops, make) in GATES.items():
    legal.add(f"gate-{name}", words_, build=partial(Gate, stops, make))


legal.add(
    "gate-one-session-check",
    "two sessions in one request are a bad request",
    build=partial(Gate, two_sessions, problem(400)),
)
for name, words_, make in (
    ("check", "is a bad request", problem(400)),
    ("leads-nowhere", "leads to a page that is not there", page(404)),
):
    legal.add(
        f"gate-query-{name}",
        f"any query {words_}, whoever asks",
        "query.ignored",
        build=partial(Gate, lambda request: bool(request.url.query), make),
    )


class Cors(Reference):
    """Says which origins may read an answer.

    Arguments:
        allowed: returns the headers, from the origin and from what the own one is.
    """

    def __init__(self, allowed: Callable[[str, str], dict[str, str]]) -> None:
        super().__init__()
        self.allowed = allowed

    def finish(self, request: Request, response: Response) -> Response:
        origin = request.headers.get("origin")
        if origin is not None:
            with_headers(response, vary="Origin", **self.allowed(origin, _origin(request)))
        return super().finish(request, response)


def _own_alone(origin: str, own: str) -> dict[str, str]:
    credentials = {"access_control_allow_credentials": "true"}
    return {"access_control_allow_origin": origin, **credentials} if origin == own else {}


def _known_alone(origin: str, own: str) -> dict[str, str]:
    host = own.partition("://")[2].partition(":")[0]
    known = rf"https?://(?:{re.escape(host)}|localhost)(?::\d+)?|file://|https://neptun-webui\.vercel\.app"
    return _own_alone(origin, origin if re.fullmatch(known, origin) else own)


for name, told, allowed in (
    (
        "known-origins",
        "the own host, localhost and the site's own app may read answers with credentials",
        _known_alone,
    ),
    ("the-own-origin", "the own origin may read answers with credentials", _own_alone),
    (
        "every-origin-by-name",
        "every origin may read answers without credentials, and is named",
        lambda origin, _: {"access_control_allow_origin": origin},
    ),
    (
        "every-origin-but-null",
        "every origin but null may read answers without credentials",
        lambda origin, _: {} if origin == "null" else {"access_control_allow_origin": "*"},
    ),
):
    legal.add(f"cors-for-{name}", told, build=partial(Cors, allowed))
