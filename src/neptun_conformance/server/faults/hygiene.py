"""What the documentation does not forbid and is unwise: caches, cookies, conditions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.success import Alter, add_altered
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File

faults = Theme(Mistake.CACHE_HEADERS)
legal = Theme()

SHARED = {
    "public": "public",
    "public-for-a-minute": "public, max-age=60",
    "shared-for-a-minute": "s-maxage=60",
    "shared-and-stale": "max-age=0, s-maxage=1, stale-while-revalidate=59",
}
CDN_HEADERS = (
    "CDN-Cache-Control",
    "Vercel-CDN-Cache-Control",
    "Surrogate-Control",
    "Cloudflare-CDN-Cache-Control",
    "X-Accel-Expires",
    "Akamai-Cache-Control",
    "X-LiteSpeed-Cache-Control",
)


def cache_control(words: str) -> Alter:
    """Return what changes Cache-Control."""
    return lambda response: with_headers(response, cache_control=words)


def said_to(header: str, words: str) -> Alter:
    """Return what speaks to a certain cache only."""
    headers = {header: words, "content-type": "application/json"}
    return lambda response: Response(response.body, headers=headers)


for name, words in SHARED.items():
    wrong = f"a 200 says Cache-Control: {words}"
    add_altered(faults, f"cache-{name}", wrong, "cache.private", alter=cache_control(words))
for header in CDN_HEADERS:
    wrong = f"a 200 says {header}: max-age=60 and nothing of Cache-Control"
    add_altered(
        faults,
        f"cache-{header.lower()}",
        wrong,
        "cache.private",
        alter=said_to(header, "max-age=60"),
    )
for name, header, value in (
    ("nginx", "X-Accel-Expires", "0"),
    ("litespeed", "X-LiteSpeed-Cache-Control", "no-cache"),
    ("akamai", "Edge-Control", "bypass-cache"),
):
    add_altered(
        legal,
        f"not-kept-by-{name}",
        f"a 200 says {header}: {value} and nothing of Cache-Control",
        alter=said_to(header, value),
    )
add_altered(
    legal,
    "public-and-no-store",
    "a 200 is marked public, and not to be stored",
    alter=cache_control("public, no-store"),
)


class CookieSetting(Reference):
    """Sets the session cookie.

    Arguments:
        attributes: what stands behind its value.
        on: the status with which it is set.
    """

    def __init__(self, attributes: str, on: int) -> None:
        super().__init__()
        self.attributes = attributes
        self.on = on

    def finish(self, request: Request, response: Response) -> Response:
        if response.status_code == self.on and request.url.path.startswith("/api/"):
            response.headers["set-cookie"] = f"neptun-session=fresh{self.attributes}"
        return super().finish(request, response)


for status in (200, 401, 404):
    faults.add(
        f"cookie-for-scripts-with-{status}",
        f"a {status} sets the session cookie without HttpOnly",
        "cookie.http-only",
        build=partial(CookieSetting, "; Path=/; SameSite=Lax; Secure", status),
    )
    faults.add(
        f"cookie-in-the-clear-with-{status}",
        f"over https, a {status} sets the session cookie without Secure",
        "cookie.secure",
        build=partial(CookieSetting, "; Path=/; SameSite=Lax; HttpOnly", status),
        scheme="https",
    )


class PublicAtTimes(Reference):
    """Marks a 200 for shared caches where a request has something particular.

    Arguments:
        when: says of a request whether it has.
    """

    def __init__(self, when: Callable[[Request], bool]) -> None:
        super().__init__()
        self.when = when

    def finish(self, request: Request, response: Response) -> Response:
        if response.status_code == 200 and self.when(request):
            with_headers(response, cache_control="public, max-age=60")
        return super().finish(request, response)


faults.add(
    "cache-public-with-a-query",
    "a 200 to a request with a query is marked for shared caches",
    "cache.private",
    build=partial(PublicAtTimes, lambda request: bool(request.url.query)),
)
faults.add(
    "cache-public-under-a-condition",
    "a 200 to a conditional request is marked for shared caches",
    "cache.private",
    build=partial(PublicAtTimes, lambda request: "if-none-match" in request.headers),
)


class Conditional(Reference):
    """Answers a conditional request of the owner wrongly.

    Arguments:
        answer: makes the answer from the request and the answer that would be right, or None.
    """

    def __init__(self, answer: Callable[[Request, Response], Response | None]) -> None:
        super().__init__()
        self.conditional = answer

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        return self.conditional(request, response) or response


def _not_modified(*headers: str) -> Callable[[Request, Response], Response | None]:
    def answer(request: Request, response: Response) -> Response | None:
        if any(name in request.headers for name in headers):
            return Response(status_code=304, headers={"etag": response.headers["etag"]})
        return None

    return answer


def _instead_of_not_modified(request: Request, response: Response) -> Response | None:
    if "if-none-match" in request.headers and response.status_code == 200:
        return Response(b"", media_type="application/json")
    return None


def _precondition_failed(request: Request, response: Response) -> Response | None:
    if "if-none-match" in request.headers and response.status_code == 200:
        return Response(status_code=412)
    return None


def _own_precondition_failed(_request: Request, response: Response) -> Response | None:
    return Response(status_code=412) if response.status_code == 304 else None


def _no_version_will_do(request: Request, _response: Response) -> Response | None:
    return Response(status_code=412) if request.headers.get("if-match") == "*" else None


def _much_the_same(request: Request, response: Response) -> Response | None:
    etag = response.headers.get("etag", "")
    if request.headers.get("if-none-match", "").startswith(etag[:-6]) and etag:
        return Response(status_code=304, headers={"etag": etag})
    return None


for name, (words, answer) in {
    "a-like-validator": ("an ETag that begins as its own", _much_the_same),
    "any-validator": ("any ETag", _not_modified("if-none-match")),
    "any-date": ("any date", _not_modified("if-modified-since")),
    "precondition": ("an ETag that does not match, as a 412", _precondition_failed),
    "no-version": ("no ETag, and If-Match: * is a 412", _no_version_will_do),
    "precondition-of-a-match": ("no ETag, and its own one is a 412", _own_precondition_failed),
}.items():
    faults.add(
        f"conditional-takes-{name}",
        f"a conditional request of the owner is satisfied by {words}",
        "conditional.not-modified",
        build=partial(Conditional, answer),
    )
faults.add(
    "conditional-is-empty",
    "a conditional request of the owner that does not match is a 200 without content",
    "conditional.not-modified",
    "success.json",
    build=partial(Conditional, _instead_of_not_modified),
)
