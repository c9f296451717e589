"""Servers that take what a request claims beside its session for true.

The families are made from what the suite sends: a few names of each kind, for each is trusted in
the same way.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.questions import claims
from neptun_conformance.server.faults.asking import chat_anywhere, place_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal, cookie_headers, decode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import Receive, Scope, Send

    from neptun_conformance.server.data import Chat, User

faults = Theme(Mistake.CLAIM_TRUSTED)

Claim = Callable[["Request", "User"], bool]
EVERY = 17
"""One name in so many stands for its kind."""


class Believing(Reference):
    """Takes whoever claims it for the user of the path.

    Arguments:
        claim: tells whether a request claims it.
    """

    def __init__(self, claim: Claim) -> None:
        super().__init__()
        self.claim = claim

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        user = place and self.users.get(place.user_id)
        if user and self.claim(request, user):
            return user
        return super().authenticate(request)


def _of_user(name: str) -> Claim:
    return lambda request, user: request.headers.get(name) in {user.id, quote(user.id, safe="")}


def _of_value(name: str, value: str) -> Claim:
    return lambda request, _: request.headers.get(name) == value


def _of_cookie(name: str) -> Claim:
    def claim(request: Request, user: User) -> bool:
        pairs = b"; ".join(cookie_headers(request)).decode("latin-1").split("; ")
        return f"{name}={quote(user.id, safe='')}" in pairs

    return claim


def _of_a_cookie(cookie: str) -> Claim:
    return lambda request, _: cookie.encode() in b"; ".join(cookie_headers(request)).split(b"; ")


def _of_client(name: str) -> Claim:
    return lambda request, _: request.headers.get("user-agent", "").startswith(name)


def _of_token(request: Request, user: User) -> bool:
    payload = request.headers.get("authorization", "").partition(".")[2].partition(".")[0]
    try:
        return bool(json.loads(urlsafe_b64decode(f"{payload}=="))["sub"] == user.id)
    except (ValueError, KeyError, TypeError):
        return False


def _of_query(parameter: str) -> Claim:
    name, _, value = parameter.partition("=")
    return lambda request, _: request.query_params.get(name) == value


def _added(name: str, what: str, clause: str, claim: Claim) -> None:
    name = name.lower().replace("_", "-").replace("=", "-").strip("-")
    faults.add(name, f"{what} is believed", clause, build=partial(Believing, claim))


for name in (*claims.USERS[::EVERY], *claims.STAND_INS[::EVERY]):
    _added(f"believes-{name}", f"{name} with a user id", "request.override", _of_user(name))
for name, value in claims.PRIVILEGES[::EVERY]:
    _added(f"believes-{name}", f"{name}: {value}", "request.override", _of_value(name, value))
for name in claims.ADDRESSES[::EVERY]:
    address = _of_value(name, "127.0.0.1")
    _added(f"believes-{name}", f"{name}: 127.0.0.1", "request.override", address)
_added(
    "believes-an-upgrade",
    "Upgrade: websocket",
    "input.no-disclosure",
    _of_value("Upgrade", "websocket"),
)
for name in (*claims.USER_NAMES[::EVERY], *claims.COOKIE_NAMES[::EVERY]):
    _added(f"believes-cookie-{name}", f"a cookie {name}", "request.override", _of_cookie(name))
for cookie in claims.COOKIES_OF_RIGHTS[::EVERY]:
    _added(f"believes-{cookie}", f"the cookie {cookie}", "request.override", _of_a_cookie(cookie))
for client in claims.CLIENTS:
    name = client.partition("/")[0]
    _added(f"believes-client-{name}", f"a client {name}", "request.override", _of_client(name))
_added("believes-a-token", "an unsigned token", "request.override", _of_token)
for query in (*claims.QUERIES_OF_RIGHTS[::EVERY], *claims.FURTHER_QUERIES_OF_RIGHTS[::EVERY]):
    _added(f"believes-query-{query}", f"{query} in the query", "request.override", _of_query(query))
for name in claims.METHODS[::EVERY]:
    method = _of_value(name, "HEAD")
    _added(f"believes-{name}-head", f"{name}: HEAD", "request.override", method)


class NamedUserIsTheReader(Reference):
    """Takes a parameter of the query that names the user of the path for who is asking."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def authenticate(self, request: Request) -> User:
        place, named = place_of(self, request), request.query_params.get(self.name)
        user = place and self.users.get(place.user_id)
        return user if user and named == user.id else super().authenticate(request)


for name in claims.USER_NAMES[4::EVERY]:
    faults.add(
        f"query-{name.replace('_', '-')}-is-who-asks",
        f"{name} in the query is taken for who is asking",
        "query.override",
        build=partial(NamedUserIsTheReader, name),
    )


class FollowsUrl(Reference):
    """Reads the chat of the URL in a header, once the path has been looked at.

    Arguments:
        name: of the header.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        try:
            place = self.route(request.headers.get(self.name, ""))
        except Refusal:
            return super().find_chat(request, user, place)
        found = chat_anywhere(self, place.chat_id)
        return found[1] if found else super().find_chat(request, user, place)


class SkipsByUrl(Reference):
    """Asks for no session where a header says that another URL was meant."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        user = place and self.users.get(place.user_id)
        meant = request.headers.get(self.name, "/api/")
        return user if user and not meant.startswith("/api/") else super().authenticate(request)


for name in claims.URLS[::7]:
    for doing, server in (("follows", FollowsUrl), ("skips-by", SkipsByUrl)):
        faults.add(
            f"{doing}-{name.lower()}",
            f"{name}: {(server.__doc__ or '').splitlines()[0].rstrip('.').lower()}",
            "request.override",
            build=partial(server, name),
        )


class ReadsContent(Reference):
    """Takes ids in the content of a GET for those of the path."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        content, more = b"", True
        while more:
            event = await receive()
            content += event.get("body", b"")
            more = event.get("more_body", False)
        await super().__call__({**scope, "content": self.read(content)}, receive, send)

    def read(self, content: bytes) -> dict[str, Any]:
        """Return what a form says (``application/x-www-form-urlencoded``)."""
        pairs = (pair.partition("=") for pair in content.decode("latin-1").split("&"))
        return {name: decode(value) for name, _, value in pairs}


@faults("request.override")
class ContentNamesTheUser(ReadsContent):
    """A form in the content of a GET says who is asking."""

    def authenticate(self, request: Request) -> User:
        reader = super().authenticate(request)
        return self.users.get(request.scope["content"].get("user_id", ""), reader)


@faults("authentication.no-cookie")
class SessionInContent(ReadsContent):
    """A session in the JSON content of a GET is taken, too."""

    def read(self, content: bytes) -> dict[str, Any]:
        return {"text": content.decode("latin-1")}

    def read_session(self, request: Request) -> bytes | None:
        shown = request.scope["content"]["text"].split('"')
        known = (session.value for session in self.sessions if session.value in shown)
        return super().read_session(request) or next((value.encode() for value in known), None)


@faults("authentication.no-cookie")
class ContentNeedsNoSession(ReadsContent):
    """Nobody without a cookie is asked for a session where a GET has content."""

    def read(self, content: bytes) -> dict[str, Any]:
        return {"any": bool(content)}

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        user = place and self.users.get(place.user_id)
        alone = request.scope["content"]["any"] and "cookie" not in request.headers
        return user if user and alone else super().authenticate(request)


@faults("authentication.no-cookie")
class SessionInAForm(ReadsContent):
    """A session in a form as the content of a GET is taken, too."""

    def read_session(self, request: Request) -> bytes | None:
        shown = request.scope["content"].get("neptun-session")
        return super().read_session(request) or (shown.encode() if shown else None)


@faults("query.override")
class FormOverridesTheChat(ReadsContent):
    """In a form as the content of a GET, chat_id takes the place of the chat id in the path."""

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        named = request.scope["content"].get("chat_id", place.chat_id)
        return super().find_chat(request, user, place._replace(chat_id=str(named)))


@faults("query.override", "query.ignored")
class JsonOverridesTheChat(FormOverridesTheChat):
    """In JSON as the content of a GET, chat_id takes the place of the chat id in the path."""

    def read(self, content: bytes) -> dict[str, Any]:
        try:
            value = json.loads(content)
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


class ContentCrashes(ReadsContent):
    """Content of a GET that is no form with equal signs is a 500."""

    def read(self, content: bytes) -> dict[str, Any]:
        return {"bad": True} if content and b"=" not in content else {}

    def authenticate(self, request: Request) -> User:
        reader = super().authenticate(request)
        if request.scope["content"]:
            raise RuntimeError
        return reader


faults.add(
    "content-crashes",
    "content of a GET that is no form is a 500",
    "input.no-server-error",
    "query.ignored",
    build=ContentCrashes,
)
