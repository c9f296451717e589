"""Refusals in other forms, and odd requests answered in the manner of proxies and frameworks."""

from __future__ import annotations

import hashlib
import json
import posixpath
import random
import re
import uuid
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.responses import HTMLResponse, RedirectResponse, Response

from neptun_conformance.server.data import ALICE
from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.asking import place_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from neptun_conformance.server.data import User

legal = Theme()


class Worded(Reference):
    """Changes error bodies.

    Arguments:
        reword: returns the changed body; it gets the request, too.
    """

    def __init__(self, reword: Callable[[Request, dict[str, Any]], Any]) -> None:
        super().__init__()
        self.reword = reword

    def error(self, request: Request, refusal: Refusal) -> Any:
        return self.reword(request, super().error(request, refusal))


def _naming(request: Request, body: dict[str, Any]) -> Any:
    return {**body, "data": {"message": f"Nothing at {unquote(request.scope['raw_path'])}"}}


def _dated(_request: Request, body: dict[str, Any]) -> Any:
    moment = {"at": datetime.now(UTC).isoformat(), "request_id": uuid.uuid4().hex}
    return {**body, **moment, "data": {**body["data"], **moment}}


def _like_h3(request: Request, body: dict[str, Any]) -> Any:
    message = body["data"]["message"]
    return {"error": True, "url": str(request.url), "message": message, "stack": [], **body}


def _at_home(_request: Request, body: dict[str, Any]) -> Any:
    return {**body, "help": "/home/index.html", "data": {"message": "Nothing. See /app/help.html."}}


for name, (words, reword) in {
    "errors-name-pages": ("error bodies name pages of the same site", _at_home),
    "messages-repeat-the-ids": ("messages repeat the ids that were asked for", _naming),
    "messages-are-dated": ("error bodies hold the time and a request id", _dated),
    "errors-with-more-of-a-framework": ("error bodies hold what a framework adds", _like_h3),
}.items():
    legal.add(name, words, build=partial(Worded, reword))


@legal()
class RefusalsByChance(Reference):
    """Words, layout, number form and headers of a refusal come by chance."""

    def __init__(self) -> None:
        super().__init__()
        self.chance = random.Random(0)  # noqa: S311 - keeps no secret

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        message = self.chance.choice(["Nothing", "No such thing", "We looked everywhere"])
        members = list(self.error(request, Refusal(refusal.status, message)).items())
        self.chance.shuffle(members)
        content = json.dumps(dict(members), indent=self.chance.choice([None, 1]))
        if self.chance.random() < 0.5:
            content = content.replace(f'": {refusal.status}', f'": {refusal.status}.0')
        response = Response(content, refusal.status, {**refusal.headers}, "application/json")
        charset = self.chance.choice(["utf-8", "UTF-8"])
        ends = self.chance.choice(["close", "keep-alive"])
        kind = f"application/json; charset={charset}"
        return with_headers(response, content_type=kind, connection=ends)


@legal()
class RequestIds(Reference):
    """Every answer has a request id and a duration of its own in its headers."""

    def finish(self, request: Request, response: Response) -> Response:
        timing = f"db;dur={datetime.now(UTC).microsecond / 1000}"
        with_headers(response, x_request_id=uuid.uuid4().hex, server_timing=timing)
        return super().finish(request, response)


@legal()
class Coarse(Reference):
    """Every answer has a digest of its path and a duration in whole milliseconds."""

    def finish(self, request: Request, response: Response) -> Response:
        digest = hashlib.sha256(self.path(request).encode()).hexdigest()
        duration = f"{uuid.uuid4().int % 2} ms"
        with_headers(response, x_request_digest=digest, x_runtime=duration)
        return super().finish(request, response)


@legal()
class UnknownUserHasItsOwnWords(Reference):
    """The 404 of a user who does not exist has a message of its own."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if place.user_id not in self.users:
            raise Refusal(404, "There is no such user")
        return super().find_user(request, reader, place)


class CookieOn(Reference):
    """Sends Set-Cookie along with answers of a status.

    Arguments:
        status: the status.
        cookie: the value of the header.
    """

    def __init__(self, status: int, cookie: str) -> None:
        super().__init__()
        self.status = status
        self.cookie = cookie

    def finish(self, request: Request, response: Response) -> Response:
        if response.status_code == self.status:
            with_headers(response, set_cookie=self.cookie)
        return super().finish(request, response)


SAFE = "; Path=/; HttpOnly; Secure; SameSite=Lax"
for name, words, status, cookie in (
    ("cookie-cleared", "a 401 clears the cookie", 401, "neptun-session=; Max-Age=0; Path=/"),
    ("cookie-expired", "a 401 lets the cookie expire", 401, "neptun-session=deleted; Max-Age=0"),
    (
        "cookie-anonymous",
        "a 401 sets a new anonymous session",
        401,
        f"neptun-session=anon123{SAFE}",
    ),
    (
        "cookie-rotated",
        "a 200 rotates the session, the old one stays valid",
        200,
        f"neptun-session=new456{SAFE}",
    ),
    (
        "cookie-of-another-name",
        "a 200 sets a cookie for scripts that is no session",
        200,
        "theme=dark; Path=/",
    ),
):
    legal.add(name, words, build=partial(CookieOn, status, cookie))
legal.add(
    "cookie-over-https",
    "over https, a 200 sets a session cookie as it should be",
    build=partial(CookieOn, 200, f"neptun-session=new456{SAFE}"),
    scheme="https",
)


@legal()
class Challenge(Reference):
    """A 401 carries WWW-Authenticate."""

    def finish(self, request: Request, response: Response) -> Response:
        if response.status_code == 401:
            with_headers(response, www_authenticate='Cookie realm="chats"')
        return super().finish(request, response)


ODD = re.compile(
    r"%(0|1|7F|2F|5C|FF|C0|C1|ED|F4|F0%9F%98(?!%80))|%(?![0-9A-F]{2})|//|/\.{1,2}/|%2E",
    re.IGNORECASE,
)


class InFront(Reference):
    """Lets a proxy in front answer what it finds odd.

    Arguments:
        answer: makes the answer, from the path; None to let a request pass.
    """

    def __init__(self, answer: Callable[[str], Response | None]) -> None:
        super().__init__()
        self.in_front = answer

    async def respond(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("latin-1")
        sent = (len(f"{name}: {value}") for name, value in request.headers.items())
        too_large = any(length > 4_096 for length in sent)
        octets = len(path) + len(request.scope["query_string"])
        if octets > 1_024 or any(len(unquote(part)) > 100 for part in path.split("/")):
            return Response("URI Too Long", 414)
        if too_large:
            return Response("Request Header Fields Too Large", 431)
        odd = self.in_front(path) if ODD.search(path) else None
        return odd or await super().respond(request)


def _normalised(path: str) -> Response | None:
    plain = posixpath.normpath(re.sub("/+", "/", re.sub("%2e", ".", path, flags=re.IGNORECASE)))
    return RedirectResponse(plain, 301) if plain != path else Response(status_code=400)


for name, (words, in_front) in {
    "proxy-says-400": (
        "a proxy answers odd paths with a bare 400",
        lambda _path: Response(status_code=400),
    ),
    "proxy-redirects": ("a proxy redirects odd paths to plain ones", _normalised),
    "proxy-shows-a-page": (
        "odd paths get the page of a web application, as a 200",
        lambda _path: HTMLResponse("<!doctype html><title>App</title>"),
    ),
    "proxy-says-403": (
        "a firewall answers odd paths with a page and 403",
        lambda _path: HTMLResponse("<h1>Blocked</h1>", 403),
    ),
}.items():
    legal.add(name, words, build=partial(InFront, in_front))


class Routed(Reference):
    """Serves other spellings of the route, with every check in place.

    Arguments:
        normal: returns the plain spelling.
    """

    def __init__(self, normal: Callable[[str], str]) -> None:
        super().__init__()
        self.normal = normal

    def path(self, request: Request) -> str:
        return self.normal(super().path(request))


def _lower_route(path: str) -> str:
    return re.sub("(?i)/(api|users|chats|files)(?=/|$)", lambda match: match[0].lower(), path)


for name, (words, normal) in {
    "trailing-slash": ("the route may end in a slash", lambda path: path.rstrip("/")),
    "any-case": ("the route may be in capitals", _lower_route),
    "doubled-slashes": ("slashes may be doubled", lambda path: re.sub("/+", "/", path)),
    "dot-segments": (
        "dot segments are resolved",
        lambda path: posixpath.normpath(re.sub("(?i)%2e", ".", path)),
    ),
}.items():
    legal.add(f"route-with-{name}", words, build=partial(Routed, normal))


@legal()
class OnePageForAllElse(Reference):
    """Whatever is not the route gets one page, which holds the name of a file by chance."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if place_of(self, request) is None:
            name = ALICE.chat_with_files.files[0].name
            page = f'<!doctype html><link rel="help" href="/{name}"><p>Nothing here'
            return Response(page, 404, media_type="text/html")
        return super().refuse(request, refusal)
