"""Servers that take the liberties which a request leaves them, and targets that say little."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from neptun_conformance.server.data import ALICE, BOB, target_for
from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.legal.people import renamed, with_sessions
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Target, User
    from neptun_conformance.server.reference import Place

legal = Theme()

PAGE = "<!doctype html><title>Files</title>"


@legal()
class PagesForBrowsers(Reference):
    """Whoever asks for a page gets one, with the same status."""

    def finish(self, request: Request, response: Response) -> Response:
        if request.headers.get("accept", "").startswith("text/html"):
            response = HTMLResponse(PAGE, response.status_code)
        return super().finish(request, response)


@legal()
class NotAcceptable(Reference):
    """Whoever does not take JSON gets a 406 before anything else is looked at."""

    async def answer(self, request: Request) -> Response:
        if not re.search(r"json|\*/\*|^$", request.headers.get("accept", "")):
            return Response("Not Acceptable", 406)
        return await super().answer(request)


@legal()
class FirewallForSessions(Reference):
    """A session that holds quotes, operators or templates is a page and a 403."""

    def read_session(self, request: Request) -> bytes | None:
        value = super().read_session(request)
        shown = (value or b"").decode("latin-1")
        known = {session.value for session in self.sessions}
        if re.search(r"""['"$&<>{}]|^[*%]$""", shown) and shown not in known:
            raise Refusal(403, "Blocked")
        return value

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 403:
            return HTMLResponse("<h1>Blocked</h1>", 403)
        return super().refuse(request, refusal)


@legal()
class GatewayHeadersAreRefused(Reference):
    """Headers that only the gateway may set are a 400 where no session is shown with them."""

    async def answer(self, request: Request) -> Response:
        set_by_gateways = {"x-user-id", "x-forwarded-for", "x-real-ip", "x-forwarded-user"}
        if set_by_gateways & set(request.headers.keys()) and "cookie" not in request.headers:
            return json_answer(self, {"error": "not for you to say"}, 400)
        return await super().answer(request)


@legal()
class CacheWithoutTheAnswer(Reference):
    """A cache in front holds nothing: only-if-cached is a 504 (RFC 9111 section 5.2.1.7)."""

    async def answer(self, request: Request) -> Response:
        if "only-if-cached" in request.headers.get("cache-control", ""):
            return Response("Gateway Timeout", 504)
        return await super().answer(request)


class BehindBasic(Reference):
    """Wants its own pass in every request, as a staging system does."""

    async def respond(self, request: Request) -> Response:
        if request.headers.get("authorization") != "Basic c3RhZ2luZzpzM2NyZXQ=":
            return Response("Staging", 401, {"www-authenticate": "Basic"})
        return await super().respond(request)


def _with_pass(base_url: str) -> Target:
    return target_for(base_url) | {"headers": {"Authorization": "Basic c3RhZ2luZzpzM2NyZXQ="}}


legal.add(
    "behind-basic-authentication",
    "every request must carry the pass that the target file sets",
    build=BehindBasic,
    target=_with_pass,
)


def _never_expiring(base_url: str) -> Target:
    return target_for(base_url) | {"expired_session": "none"}


legal.add(
    "sessions-never-expire",
    "the target file says that no session expires",
    build=Reference,
    target=_never_expiring,
)


class ShortHeaders(Reference):
    """Refuses headers of more than 4,096 octets, as a proxy in front does."""

    async def respond(self, request: Request) -> Response:
        if any(len(f"{name}: {value}") > 4_096 for name, value in request.headers.items()):
            return Response("Request Header Fields Too Large", 431)
        return await super().respond(request)


class DottedUsers(Reference):
    """Refuses user ids that are not two letters, a dot and three letters."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        if not re.fullmatch(r"[a-z]{2}\.[a-z]{3}", place.user_id):
            raise Refusal(400, "That is no user id")
        return super().find_user(request, reader, place)


_LONG = with_sessions(ALICE, "Zk3vQ9xT." * 400, "Wm2bR7yU." * 400)
for name, words, clauses, server, owner, stranger in (
    (
        "long-session",
        "a session of 3,600 characters, and headers of up to 4,096 octets",
        (),
        ShortHeaders,
        _LONG,
        BOB,
    ),
    (
        "dots-in-users",
        "user ids are two letters, a dot and three letters, and any other is a 400",
        ("user.other-shape-not-found",),
        DottedUsers,
        renamed(ALICE, "al.ice", "ze.lda"),
        renamed(BOB, "bo.bby", "ze.ldb"),
    ),
):
    target = partial(target_for, owner=owner, stranger=stranger)
    legal.add(name, words, *clauses, build=partial(server, (owner, stranger)), target=target)
