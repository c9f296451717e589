"""What stands in front of the endpoint and answers in its place, or the endpoint is not there.

Each fails whatever needs an answer of the endpoint itself, so each names nearly every clause. Where
nothing of the owner's comes, what would need it is not tested.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.GATEWAY_ERROR)

_REFUSED = (
    *("after-owner", "altered-end", "altered-middle", "bearer", "cookie-name", "cut-short"),
    *("empty-chat", "empty-cookie", "expired", "letter-case", "made-up", "no-cookie"),
    *("other-cookie", "query", "text-before", "unknown-chat", "unknown-user"),
)
_WITHOUT_A_401 = {f"authentication.{name}" for name in _REFUSED} | {"success.status", "files.empty"}
_WITH_ANOTHER_4XX = _WITHOUT_A_401 - {
    *("authentication.bearer", "authentication.cookie-name", "authentication.query")
}
"""Headers, names and queries that gateways act on may get any 4xx."""
_WITHOUT_A_404 = {
    *("chat.unknown", "user.unknown", "ownership.conditional"),
    *("ownership.foreign-chat", "ownership.foreign-pair", "ownership.foreign-user"),
}
_WITHOUT_A_4XX = {"chat.not-a-number", "chat.other-number", "user.other-shape"}
_OTHER_4XX = {
    *("chat.not-a-number-documented", "chat.other-number-not-found"),
    "user.other-shape-not-found",
}
_NOTHING = _WITHOUT_A_401 | _WITHOUT_A_404 | _WITHOUT_A_4XX
_ERRORS = _NOTHING | {"input.no-server-error"}


class InFront(Reference):
    """Answers everything in the endpoint's place."""

    async def respond(self, request: Request) -> Response:
        return self.finish(request, self.instead(request))

    def instead(self, request: Request) -> Response:
        """Return what comes in place of the endpoint's answer."""
        raise NotImplementedError


@faults(*_NOTHING)
class RedirectToHttps(InFront):
    """Every request is redirected to the same address by https."""

    def instead(self, request: Request) -> Response:
        address = f"https://{request.headers['host']}{self.path(request)}"
        return RedirectResponse(address, 308)


@faults("error.json", "error.media-type", "files.empty", "success.status")
class LoginPage(InFront):
    """The protection of a deployment answers every request by its page, with a 401."""

    def instead(self, request: Request) -> Response:
        return HTMLResponse("<!doctype html><title>Authentication Required</title>", 401)


@faults(*_NOTHING)
class LoginPageByRedirect(InFront):
    """Every request is redirected to a log-in page."""

    def instead(self, request: Request) -> Response:
        return RedirectResponse("/login", 302)


@faults(*_WITH_ANOTHER_4XX, *_WITHOUT_A_404, *_OTHER_4XX)
class ChallengePage(InFront):
    """A firewall takes every client for a bot, and shows it a page."""

    def instead(self, request: Request) -> Response:
        headers = {"cf-mitigated": "challenge"}
        return HTMLResponse("<!doctype html><title>Just a moment...</title>", 403, headers)


@faults(*_ERRORS)
class MaintenancePage(InFront):
    """Every request gets a page about maintenance, as a 503 without Retry-After."""

    def instead(self, request: Request) -> Response:
        return HTMLResponse("<!doctype html><h1>We will be back soon</h1>", 503)


@faults(*_ERRORS)
class GatewayWithoutServer(InFront):
    """A gateway has no server behind it: every request is a 502."""

    status = 502

    def instead(self, request: Request) -> Response:
        return HTMLResponse(f"<center><h1>{self.status}</h1></center>", self.status)


@faults(*_ERRORS)
class GatewayTimesOut(GatewayWithoutServer):
    """A gateway waits for the server behind it in vain: every request is a 504."""

    status = 504


@faults(*_ERRORS)
class DatabaseIsDown(Reference):
    """No session can be looked up, so every request is a 500."""

    async def answer(self, request: Request) -> Response:
        raise Refusal(500, "Something went wrong")


@faults(
    *_WITH_ANOTHER_4XX,
    *("chat.not-a-number-documented", "chat.other-number-not-found"),
    *("error.data", "error.status-code", "error.status-message"),
)
class OtherBasePath(InFront):
    """The endpoint is under another prefix: every path is a framework's 404."""

    def instead(self, request: Request) -> Response:
        return JSONResponse({"message": "Cannot find any path matching this one"}, 404)


@faults(
    *(_NOTHING - {"success.status"}),
    *("ownership.spelling", "success.json", "success.media-type"),
)
class OtherBasePathWithAPage(InFront):
    """The endpoint is under another prefix: every path is the page of an application, as a 200."""

    def instead(self, request: Request) -> Response:
        return HTMLResponse("<!doctype html><div id=app></div>")


@faults(
    *(_ERRORS - {"authentication.no-cookie", "authentication.empty-cookie"}),
    by_chance=(
        *("authentication.conditional", "authentication.owner-after", "chat.spelling"),
        *("client.documented", "conditional.not-modified", "cookie.neighbours", "methods.head"),
        "query.ignored",
    ),
)
class LimitOfRequests(Reference):
    """A limit in front lets the first 40 requests through, and then answers 503 at once."""

    free = 40

    def __init__(self) -> None:
        super().__init__()
        self.turn = itertools.count(1)

    async def respond(self, request: Request) -> Response:
        if next(self.turn) > self.free:
            return self.finish(request, HTMLResponse("<h1>503 Service Unavailable</h1>", 503))
        return await super().respond(request)


@faults(
    *(
        f"authentication.{name}"
        for name in _REFUSED
        if name not in {"query", "unknown-chat", "unknown-user"}
    ),
    *("input.no-disclosure", "ownership.conditional", "ownership.foreign-pair"),
)
class CachedByUrl(Reference):
    """A cache in front is keyed by the URL alone, whatever the cookie, and says the age."""

    kept_status = 200

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Response] = {}

    async def respond(self, request: Request) -> Response:
        if request.method != "GET":
            return await super().respond(request)
        key = f"{self.path(request)}?{request.url.query}"
        if key in self.kept:
            return self.kept[key]
        response = await super().respond(request)
        if response.status_code == self.kept_status:
            kept = Response(response.body, self.kept_status, dict(response.headers))
            kept.headers["age"] = "7"
            self.kept[key] = kept
        return response


@faults(
    *("authentication.after-owner", "client.documented"),
    *("files.empty", "isolation.own-answer", "success.status"),
)
class MissingIsCached(CachedByUrl):
    """A cache in front keeps what is not found, by the URL alone, for everybody, with its age."""

    kept_status = 404


@faults(
    *("chat.not-a-number-documented", "chat.other-number-not-found"),
    *("error.json", "files.empty", "success.json"),
)
class UnpackedOnTheWay(Reference):
    """A proxy unpacks what is compressed, and leaves the header that says that it is."""

    def finish(self, request: Request, response: Response) -> Response:
        if response.body and "gzip" in request.headers.get("accept-encoding", ""):
            response.headers["content-encoding"] = "gzip"
        return super().finish(request, response)


@faults(
    *(_NOTHING - {"files.empty", "success.status"}),
    *("chat.spelling", "ownership.spelling", "success.envelope"),
)
class ErrorsSentAsSuccess(Reference):
    """Every error is a 200, and tells its status in the body alone."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        response.status_code = 200
        return response


@faults(*_NOTHING)
class RedirectToASlash(Reference):
    """Every path without a slash at its end is redirected to one that has it."""

    async def respond(self, request: Request) -> Response:
        path = self.path(request)
        if path.endswith("/"):
            return await super().respond(request)
        return self.finish(request, RedirectResponse(f"{path}/", 301))

    def route(self, path: str) -> Place:
        return super().route(path.rstrip("/"))


@faults(
    "input.no-server-error",
    by_chance=(
        *(_ERRORS - {"input.no-server-error"}),
        *("authentication.conditional", "authentication.owner-after", "chat.spelling"),
        *("client.documented", "conditional.not-modified", "cookie.neighbours", "methods.head"),
        *("isolation.own-answer", "ownership.head", "query.ignored", "query.override"),
    ),
)
class PoolRunsOut(Reference):
    """Every third request finds no connection to the database, and is a 500."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = itertools.count(1)

    async def answer(self, request: Request) -> Response:
        if next(self.turn) % 3 == 0:
            raise Refusal(500, "Something went wrong")
        return await super().answer(request)
