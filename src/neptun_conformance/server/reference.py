"""The reference server: the endpoint as its documentation means it, and nothing besides.

Each step of an answer is a method of its own, in the order in which a request meets them: route,
method, session, user, chat, files, presentation. Routing looks at the path as it was sent, for a
user id may hold an encoded slash that a router of decoded paths would split at.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote_to_bytes

from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.contract import endpoint
from neptun_conformance.server.data import USERS
from neptun_conformance.server.links import Links

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from starlette.types import Receive, Scope, Send

    from neptun_conformance.server.data import Chat, File, User

COOKIE = endpoint.COOKIE.encode()
ALLOW = {"allow": "GET, HEAD, OPTIONS"}


class Place(NamedTuple):
    """What a path names: a user and a chat, as decoded text and not yet known to exist."""

    user_id: str
    chat_id: str


class Refusal(Exception):
    """An answer other than a success."""

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        """Take the status, the words for it, and headers to send along."""
        super().__init__(status, message)
        self.status = status
        self.message = message
        self.headers = dict(headers or {})


class Reference:
    """The endpoint as an ASGI application.

    Arguments:
        users: everybody whom the server knows.
    """

    def __init__(self, users: Iterable[User] = USERS) -> None:
        """Take the data; the server never changes them."""
        self.users = {user.id: user for user in users}
        self.sessions = [session for user in self.users.values() for session in user.sessions]
        self.links = Links(chat for user in self.users.values() for chat in user.chats)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        request = Request(scope)
        response = await self.respond(request)
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """Return the answer to a request, whatever comes of it."""
        try:
            response = self.links.answer(self.path(request)) or await self.answer(request)
        except Refusal as refusal:
            response = self.refuse(request, refusal)
        except Exception:  # noqa: BLE001 - a fault of the server is the documented 500
            response = self.refuse(request, Refusal(500, "Something went wrong"))
        return self.finish(request, response)

    async def answer(self, request: Request) -> Response:
        """Return the files of the chat that a request names.

        Raises:
            Refusal: if there is nothing to give.
        """
        place = self.route(self.path(request))
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=ALLOW)
        if request.method not in {"GET", "HEAD"}:
            raise Refusal(405, "This resource can only be read", ALLOW)
        reader = self.authenticate(request)
        user = self.find_user(request, reader, place)
        chat = self.find_chat(request, user, place)
        return self.present(request, chat, await self.read_files(request, chat))

    def path(self, request: Request) -> str:
        """Return the path as it was sent, still percent-encoded."""
        raw: bytes = request.scope["raw_path"]
        return raw.decode("latin-1")

    def route(self, path: str) -> Place:
        """Return what a path names; raises a Refusal (404) where that is no page."""
        match path.split("/"):
            case ["", "api", "users", user_id, "chats", chat_id, "files"] if user_id and chat_id:
                return Place(decode(user_id), decode(chat_id))
        raise Refusal(404, "There is no such page")

    def authenticate(self, request: Request) -> User:
        """Return the user to whom the session of a request belongs; raises a Refusal (401)."""
        value = self.read_session(request)
        user = None if value is None else self.find_reader(request, value)
        if user is None:
            raise Refusal(401, "A valid session is needed")
        return user

    def read_session(self, request: Request) -> bytes | None:
        """Return the session cookie's value byte for byte (RFC 6265 section 5.4), or None."""
        for header in cookie_headers(request):
            for pair in header.split(b";"):
                name, _, value = pair.strip(b" \t").partition(b"=")
                if name == COOKIE:
                    return value
        return None

    def find_reader(self, request: Request, value: bytes) -> User | None:
        """Return the user of a session that is known and has not expired, in constant time."""
        found = None
        for session in self.sessions:
            if hmac.compare_digest(session.value.encode(), value):
                found = session
        if found is None or found.expires <= datetime.now(UTC):
            return None
        return self.users[found.user_id]

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        """Return the user whom a path names; to a reader there is nobody else.

        Raises:
            Refusal: it names another one, a 404.
        """
        if place.user_id != reader.id:
            raise Refusal(404, "There is no such chat")
        return reader

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        """Return a chat of a user by the text of its number, so that it has one spelling only.

        Raises:
            Refusal: the user has no such chat, a 404.
        """
        for chat in user.chats:
            if str(chat.id) == place.chat_id:
                return chat
        raise Refusal(404, "There is no such chat")

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        """Return the files of a chat, as from a database."""
        return chat.files

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        """Return the success, or a 304 to who has it already (RFC 9110 section 13.1.2)."""
        items = [self.item(request, chat, file) for file in files]
        content = self.encode(self.envelope(items))
        headers = {
            "etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
            "cache-control": "private, no-store",
        }
        known = [
            tag.strip().removeprefix("W/")
            for tag in request.headers.get("if-none-match", "").split(",")
        ]
        if headers["etag"] in known or "*" in known:
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="application/json", headers=headers)

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        """Return a file as the JSON object of the documentation."""
        return {
            "id": file.id,
            "chat_conversation_id": chat.id,
            "name": file.name,
            "size": file.size,
            "type": file.type,
            "created_at": file.created_at,
            "url": self.links.url(request, chat, file),
        }

    def envelope(self, items: list[Any]) -> Any:
        """Return what the files are wrapped in."""
        return {"chatFiles": items}

    def encode(self, value: Any) -> bytes:
        """Return a JSON text in UTF-8 (RFC 8259 section 8.1)."""
        return json.dumps(value, ensure_ascii=False).encode()

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        """Return a refusal as an answer."""
        content = self.encode(self.error(request, refusal))
        headers = {"cache-control": "no-store", **refusal.headers}
        return Response(content, refusal.status, headers, "application/json")

    def error(self, request: Request, refusal: Refusal) -> Any:
        """Return the error body of the documentation."""
        return {
            "statusCode": refusal.status,
            "statusMessage": HTTPStatus(refusal.status).phrase,
            "data": {"message": refusal.message},
        }

    def finish(self, request: Request, response: Response) -> Response:
        """Return an answer as it goes out: to a HEAD with its headers alone."""
        return headers_only(response) if request.method == "HEAD" else response


def decode(segment: str) -> str:
    """Return a path segment's text; octets that are no UTF-8 become what no id holds."""
    return unquote_to_bytes(segment).decode("utf-8", "surrogateescape")


def cookie_headers(request: Request) -> list[bytes]:
    """Return the values of every Cookie header as octets."""
    return [value for name, value in request.scope["headers"] if name.lower() == b"cookie"]


def headers_only(response: Response) -> Response:
    """Return an answer without its content, its Content-Length kept (RFC 9110 section 9.3.2)."""
    bare = Response(status_code=response.status_code)
    bare.raw_headers = response.raw_headers
    return bare
