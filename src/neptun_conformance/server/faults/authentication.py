"""Callers who are let in without a valid session."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.asking import (
    own_chat,
    place_of,
    plain,
    why_unauthorized,
)
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User

faults = Theme(Mistake.NO_SESSION_NEEDED)


class Lenient(Reference):
    """Lets a caller whom the reference refuses in as the user whom the path names."""

    def authenticate(self, request: Request) -> User:
        try:
            return super().authenticate(request)
        except Refusal:
            place = place_of(self, request)
            user = place and self.users.get(place.user_id)
            if user is None or not self.lets_in(request, user):
                raise
            return user

    def lets_in(self, request: Request, user: User) -> bool:
        """Say whether this is a caller to be lenient with."""
        raise NotImplementedError


@faults(
    "authentication.no-cookie",
    by_chance=("authentication.after-owner", "isolation.own-answer"),
)
class FirstVisitIsFree(Lenient):
    """The first plain visit without a cookie to each full chat is let in, later ones are not."""

    def __init__(self) -> None:
        super().__init__()
        self.visited: set[str] = set()

    def lets_in(self, request: Request, user: User) -> bool:
        path = self.path(request)
        free = "cookie" not in request.headers and plain(request) and path not in self.visited
        chat = own_chat(self, place_of(self, request))
        if free and chat and chat.files:
            self.visited.add(path)
            return True
        return False


@faults(
    "authentication.no-cookie",
    "authentication.after-owner",
)
class NoCookieIsTheUserOfThePath(Lenient):
    """A plain request for a full chat without any cookie is let in as the user of the path."""

    def lets_in(self, request: Request, user: User) -> bool:
        chat = own_chat(self, place_of(self, request))
        return bool(chat and chat.files) and "cookie" not in request.headers and plain(request)


class OpenToSome(Lenient):
    """Lets some callers without a valid session in, to full chats only."""

    def lets_in(self, request: Request, user: User) -> bool:
        chat = own_chat(self, place_of(self, request))
        return bool(chat and chat.files) and self.favours(request, user)

    def favours(self, request: Request, user: User) -> bool:
        """Say whether this is such a caller."""
        raise NotImplementedError


@faults("request.override")
class TrustedUserHeader(OpenToSome):
    """The header X-User-Id says who is asking, as behind a gateway."""

    def favours(self, request: Request, user: User) -> bool:
        return request.headers.get("x-user-id") in {user.id, quote(user.id, safe="")}


@faults("request.override", "voice.access")
class TrustedAddress(OpenToSome):
    """Whoever claims in X-Forwarded-For to ask from this machine is let in."""

    def favours(self, request: Request, user: User) -> bool:
        return request.headers.get("x-forwarded-for") == "127.0.0.1"


@faults("authentication.no-cookie")
class TrustedQuery(OpenToSome):
    """Without a cookie, user_id in the query of a request with session=true says who is asking."""

    def favours(self, request: Request, user: User) -> bool:
        query = request.query_params
        return query.get("user_id") == user.id and query.get("session") == "true"


@faults("input.no-disclosure", "request.override")
class OriginIsEnough(OpenToSome):
    """Whoever sends an Origin without a cookie is let in, as by a preflight that reads on."""

    def favours(self, request: Request, user: User) -> bool:
        return "origin" in request.headers and "cookie" not in request.headers


@faults("ownership.spelling")
class SpelledNumbersAreOpen(Reference):
    """Nobody asks who reads a chat by its number as a decimal."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        if place and place.chat_id.endswith(".0") and place.user_id in self.users:
            return self.users[place.user_id]
        return super().authenticate(request)

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        return super().find_chat(
            request, user, place._replace(chat_id=place.chat_id.removesuffix(".0"))
        )


@faults("authentication.empty-cookie", "authentication.bearer")
class EmptyCookieIsTheUserOfThePath(OpenToSome):
    """An empty session cookie is let in to full chats as the user of the path."""

    def favours(self, request: Request, user: User) -> bool:
        return self.read_session(request) == b""


@faults(
    "authentication.empty-cookie",
    "authentication.empty-chat",
    "authentication.unknown-chat",
    "authentication.bearer",
    "input.no-server-error",
)
class EmptyCookieCrashes(Reference):
    """An empty session cookie crashes the server."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        return super().find_reader(request, value) if value[0] else None


@faults("authentication.made-up", "authentication.bearer")
class AnyWordIsASession(OpenToSome):
    """A session cookie of up to 20 characters is let in as the user of the path."""

    def favours(self, request: Request, user: User) -> bool:
        return 0 < len(self.read_session(request) or b"") <= 20


@faults("authentication.made-up")
class TruthyWordIsASession(OpenToSome):
    """The session cookie null, undefined, true or 0 is let in as the user of the path."""

    def favours(self, request: Request, user: User) -> bool:
        return self.read_session(request) in {b"null", b"undefined", b"true", b"0"}


@faults("authentication.made-up", "authentication.text-before")
class AnyLongSession(OpenToSome):
    """A session cookie of 40 to 1,023 octets that resembles none is let in to full chats."""

    def favours(self, request: Request, user: User) -> bool:
        long = len(self.read_session(request) or b"") >= 40
        return long and plain(request) and why_unauthorized(self, request) == "made-up"


@faults("authentication.made-up")
class UserIdIsASession(Lenient):
    """The plain user id is taken for a session."""

    def lets_in(self, request: Request, user: User) -> bool:
        return self.read_session(request) == user.id.encode()


@faults(
    "authentication.made-up",
    "authentication.altered-end",
    "authentication.altered-middle",
    "authentication.cut-short",
    "authentication.letter-case",
    "authentication.text-before",
    "authentication.expired",
    "authentication.unknown-chat",
)
class AnyValueIsASession(Lenient):
    """Whoever shows a session cookie of up to 1,023 octets is let in as the user of the path."""

    def lets_in(self, request: Request, user: User) -> bool:
        return bool(self.read_session(request)) and plain(request)


@faults("authentication.expired")
class ExpiredSessionsReadOn(OpenToSome):
    """A session that has expired still reads chats with files."""

    def favours(self, request: Request, user: User) -> bool:
        return plain(request) and self.read_session(request) == user.expired.value.encode()


@faults("authentication.expired", "authentication.unknown-chat")
class SessionsLastForever(Lenient):
    """Nobody looks at the time at which a session ended."""

    def lets_in(self, request: Request, user: User) -> bool:
        return self.read_session(request) == user.expired.value.encode()


@faults(
    "authentication.expired",
    "authentication.unknown-chat",
    "authentication.unknown-user",
    "input.no-server-error",
)
class ExpiredSessionCrashes(Reference):
    """A session that has expired crashes the server."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        found = super().find_reader(request, value)
        if found is None and why_unauthorized(self, request) == "expired":
            raise LookupError
        return found


@faults("authentication.empty-chat")
class EmptyChatsAreOpenToEmptyCookies(Lenient):
    """An empty session cookie is let in to empty chats."""

    def lets_in(self, request: Request, user: User) -> bool:
        chat = own_chat(self, place_of(self, request))
        return chat is not None and not chat.files and self.read_session(request) == b""


@faults(
    "authentication.empty-chat",
    "authentication.after-owner",
    "authentication.altered-end",
    by_chance=("authentication.expired",),
)
class EmptyChatsAreOpen(Lenient):
    """Nobody needs a session for a chat in which there is nothing to protect."""

    def lets_in(self, request: Request, user: User) -> bool:
        chat = own_chat(self, place_of(self, request))
        return chat is not None and not chat.files and plain(request)


@faults("request.override")
class OverriddenMethod(Lenient):
    """Nobody is asked for a session who says that the method is OPTIONS."""

    def lets_in(self, request: Request, user: User) -> bool:
        return request.headers.get("x-http-method-override") == "OPTIONS"
