"""Sessions that are not asked for, not compared in full, or taken from where they do not belong."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from neptun_conformance.server.faults.answering import json_answer
from neptun_conformance.server.faults.asking import (
    chat_anywhere,
    own_chat,
    place_of,
    plain,
    why_unauthorized,
)
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import COOKIE, Place, Reference, Refusal, cookie_headers

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, User

faults = Theme()

EVERY_REFUSAL = (
    "authentication.no-cookie",
    "authentication.empty-cookie",
    "authentication.made-up",
    "authentication.altered-end",
    "authentication.altered-middle",
    "authentication.cut-short",
    "authentication.letter-case",
    "authentication.expired",
    "authentication.other-cookie",
    "authentication.query",
    "authentication.bearer",
    "authentication.unknown-chat",
    "authentication.unknown-user",
    "authentication.empty-chat",
    "authentication.after-owner",
)


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


class Resembling(Reference):
    """Takes a session for a known one although it differs."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        shown = value.decode("latin-1")
        for session in self.sessions:
            user = self.users[session.user_id]
            if session is user.session and self.same(shown, session.value):
                return user
        return super().find_reader(request, value)

    def same(self, shown: str, known: str) -> bool:
        """Compare what is shown with what is known."""
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


@faults("authentication.no-cookie")
class TrustedUserHeader(OpenToSome):
    """The header X-User-Id says who is asking, as behind a gateway."""

    def favours(self, request: Request, user: User) -> bool:
        return request.headers.get("x-user-id") in {user.id, quote(user.id, safe="")}


@faults("authentication.no-cookie")
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


@faults("input.no-disclosure")
class OriginIsEnough(OpenToSome):
    """Whoever sends an Origin without a cookie is let in, as by a preflight that reads on."""

    def favours(self, request: Request, user: User) -> bool:
        return "origin" in request.headers and "cookie" not in request.headers


@faults("input.no-disclosure")
class SpelledNumbersAreOpen(Reference):
    """Without a cookie, a full chat can be read by its number with zeros before it."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        if "cookie" not in request.headers and place and place.chat_id.startswith("0"):
            return self.users[place.user_id]
        return super().authenticate(request)

    def find_chat(self, request: Request, user: User, place: Place) -> Chat:
        number = place.chat_id if "cookie" in request.headers else place.chat_id.lstrip("0")
        return super().find_chat(request, user, place._replace(chat_id=number))


@faults("authentication.empty-cookie")
class EmptyCookieIsTheUserOfThePath(OpenToSome):
    """An empty session cookie is let in to full chats as the user of the path."""

    def favours(self, request: Request, user: User) -> bool:
        return self.read_session(request) == b""


@faults(
    "authentication.empty-cookie",
    "authentication.empty-chat",
    "authentication.unknown-chat",
    "input.no-server-error",
)
class EmptyCookieCrashes(Reference):
    """An empty session cookie crashes the server."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        return super().find_reader(request, value) if value[0] else None


@faults("authentication.made-up")
class AnyWordIsASession(OpenToSome):
    """A session cookie of up to 20 characters is let in as the user of the path."""

    def favours(self, request: Request, user: User) -> bool:
        return 0 < len(self.read_session(request) or b"") <= 20


@faults("authentication.made-up")
class TruthyWordIsASession(OpenToSome):
    """The session cookie null, undefined, true or 0 is let in as the user of the path."""

    def favours(self, request: Request, user: User) -> bool:
        return self.read_session(request) in {b"null", b"undefined", b"true", b"0"}


@faults("authentication.made-up")
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
    "authentication.expired",
    "authentication.unknown-chat",
    "authentication.empty-chat",
)
class AnyValueIsASession(Lenient):
    """Whoever shows a session cookie of up to 1,023 octets is let in as the user of the path."""

    def lets_in(self, request: Request, user: User) -> bool:
        return bool(self.read_session(request)) and plain(request)


@faults("authentication.altered-end", "authentication.altered-middle", "authentication.cut-short")
class SessionByPrefix(Resembling):
    """Sessions are compared by their first 16 characters."""

    def same(self, shown: str, known: str) -> bool:
        return shown[:16] == known[:16]


@faults("authentication.altered-end")
class SessionWithoutItsTail(Resembling):
    """The last 12 characters of a session, its signature, are not compared."""

    def same(self, shown: str, known: str) -> bool:
        return len(shown) == len(known) and shown[:-12] == known[:-12]


@faults("authentication.altered-middle")
class SessionByBothEnds(Resembling):
    """Sessions are compared by their length and by 12 characters at each end."""

    def same(self, shown: str, known: str) -> bool:
        return (len(shown), shown[:12], shown[-12:]) == (len(known), known[:12], known[-12:])


@faults("authentication.cut-short")
class SessionByWhatIsThere(Resembling):
    """A session is compared as far as what is shown goes, if that is 8 characters or more."""

    def same(self, shown: str, known: str) -> bool:
        return len(shown) >= 8 and known.startswith(shown)


@faults("authentication.cut-short")
class SessionWithoutASignature(Resembling):
    """A session that lacks its signature altogether is not asked for one."""

    def same(self, shown: str, known: str) -> bool:
        return shown.endswith((".", "*", "~")) and known.startswith(shown)


class PickyAboutCookies(Reference):
    """Finds a session only where it stands in one place among the cookies.

    Arguments:
        place: its number, counted from the end where it is negative.
    """

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def read_session(self, request: Request) -> bytes | None:
        pairs = b";".join(cookie_headers(request)).split(b";")
        name, _, value = pairs[self.place].strip().partition(b"=")
        return value if name == COOKIE else None


for where, place in {"first": 0, "last": -1}.items():
    faults.add(
        f"session-must-be-the-{where}-cookie",
        f"a session is found only where it is the {where} of several cookies",
        "success.status",
        build=partial(PickyAboutCookies, place),
    )


@faults("success.status")
class CookieHeaderIsTheSession(Reference):
    """All that stands behind the name of the session cookie is taken for its value."""

    def read_session(self, request: Request) -> bytes | None:
        cookies = b"; " + b"; ".join(cookie_headers(request))
        _, found, value = cookies.partition(b"; " + COOKIE + b"=")
        return value if found else None


@faults("authentication.letter-case")
class SessionInAnyCase(Resembling):
    """The letter case of a session is not compared, as a database without regard to case does."""

    def same(self, shown: str, known: str) -> bool:
        return shown.lower() == known.lower()


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


class Elsewhere(Reference):
    """Reads a session also from where it does not belong."""

    def read_session(self, request: Request) -> bytes | None:
        value = super().read_session(request)
        if value is not None:
            return value
        shown = self.shown(request)
        known = (session.value for session in self.sessions if session.value in shown)
        return next((session.encode() for session in known), None)

    def shown(self, request: Request) -> list[str]:
        """Give what stands at the other place."""
        raise NotImplementedError


@faults("authentication.other-cookie")
class AnyCookieIsASession(Elsewhere):
    """The value of any cookie is taken for a session, whatever its name."""

    def shown(self, request: Request) -> list[str]:
        pairs = b";".join(cookie_headers(request)).decode("latin-1").split(";")
        return [pair.strip().partition("=")[2] for pair in pairs]


@faults("authentication.query")
class SessionInTheQuery(Elsewhere):
    """A session is also read from the query string."""

    def shown(self, request: Request) -> list[str]:
        return list(request.query_params.values())


class ByOneName(Elsewhere):
    """Reads a session also from one other name.

    Arguments:
        kind: ``cookie``, ``parameter`` or ``header``.
        name: the name.
    """

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self.kind = kind
        self.name = name

    def shown(self, request: Request) -> list[str]:
        found = {
            "cookie": request.cookies,
            "parameter": request.query_params,
            "header": request.headers,
        }
        return [found[self.kind].get(self.name, "")]


for kind, name, clause in (
    ("cookie", "token", "authentication.other-cookie"),
    ("cookie", "JSESSIONID", "authentication.other-cookie"),
    ("parameter", "jwt", "authentication.query"),
    ("header", "x-auth-token", "authentication.bearer"),
):
    faults.add(
        f"session-in-the-{kind}-{name.lower()}",
        f"a session is also read from the {kind} {name}",
        clause,
        build=partial(ByOneName, kind, name),
    )


@faults("authentication.bearer")
class SessionAsABearerToken(Elsewhere):
    """A session is also read from the Authorization header."""

    def shown(self, request: Request) -> list[str]:
        return [request.headers.get("authorization", "").removeprefix("Bearer ")]


@faults("authentication.bearer")
class SessionInAHeaderOfItsOwn(Elsewhere):
    """A session is also read from the headers X-Session and neptun-session."""

    def shown(self, request: Request) -> list[str]:
        return [request.headers.get(name, "") for name in ("x-session", "neptun-session")]


@faults("authentication.empty-chat")
class EmptyChatsAreOpenToEmptyCookies(Lenient):
    """An empty session cookie is let in to empty chats."""

    def lets_in(self, request: Request, user: User) -> bool:
        chat = own_chat(self, place_of(self, request))
        return chat is not None and not chat.files and self.read_session(request) == b""


@faults(
    "authentication.empty-chat",
    "authentication.after-owner",
    "authentication.expired",
)
class EmptyChatsAreOpen(Lenient):
    """Nobody needs a session for a chat in which there is nothing to protect."""

    def lets_in(self, request: Request, user: User) -> bool:
        chat = own_chat(self, place_of(self, request))
        return chat is not None and not chat.files and plain(request)


@faults("authentication.unknown-chat")
class UnknownChatBeforeSession(Reference):
    """Whether a chat exists is looked up before the session."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        if place and place.user_id in self.users and not chat_anywhere(self, place.chat_id):
            raise Refusal(404, "There is no such chat")
        return super().authenticate(request)


class UserBeforeSession(Reference):
    """Whether a user exists is looked up before the session."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        if place and place.user_id not in self.users and self.looks_up(place):
            raise Refusal(404, "There is no such user")
        return super().authenticate(request)

    def looks_up(self, place: Place) -> bool:
        """Say whether it does so in this place."""
        raise NotImplementedError


@faults(
    "authentication.no-cookie",
    "authentication.empty-cookie",
    "authentication.made-up",
    "authentication.unknown-user",
)
class UnknownUserBeforeSession(UserBeforeSession):
    """Whether a user exists is looked up before the session."""

    def looks_up(self, place: Place) -> bool:
        return True


@faults("authentication.unknown-user")
class UnknownUserOfAChatBeforeSession(UserBeforeSession):
    """Whether a user exists is looked up before the session, if the chat exists."""

    def looks_up(self, place: Place) -> bool:
        return chat_anywhere(self, place.chat_id) is not None


@faults("authentication.unknown-user")
class PairBeforeSession(Reference):
    """Whether a chat is of the user in the path is looked up before the session."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        found = place and chat_anywhere(self, place.chat_id)
        if place and found and place.user_id in self.users and found[0].id != place.user_id:
            raise Refusal(404, "There is no such chat")
        return super().authenticate(request)


@faults(*EVERY_REFUSAL)
class ForbiddenForUnauthorized(Reference):
    """Whoever has no valid session gets a 403."""

    def authenticate(self, request: Request) -> User:
        try:
            return super().authenticate(request)
        except Refusal as refusal:
            raise Refusal(403, "You may not read this") from refusal


@faults(*EVERY_REFUSAL)
class NotFoundForUnauthorized(Reference):
    """Whoever has no valid session gets a 404."""

    def authenticate(self, request: Request) -> User:
        try:
            return super().authenticate(request)
        except Refusal as refusal:
            raise Refusal(404, "There is no such chat") from refusal


@faults(*EVERY_REFUSAL)
class RedirectToLogin(Reference):
    """Whoever has no valid session is sent to a login page."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 401:
            return RedirectResponse("/login", 302)
        return super().refuse(request, refusal)


@faults(*EVERY_REFUSAL)
class EmptyListForUnauthorized(Reference):
    """Whoever has no valid session gets a 200 with an empty list."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 401:
            return json_answer(self, {"chatFiles": []})
        return super().refuse(request, refusal)


@faults(
    "authentication.empty-cookie",
    "authentication.made-up",
    "authentication.empty-chat",
    "authentication.unknown-chat",
    "authentication.unknown-user",
)
class BadRequestForMalformedSession(Reference):
    """A session that does not even look like one gets a 400."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        if why_unauthorized(self, request) in {"empty-cookie", "made-up"}:
            raise Refusal(400, f"{COOKIE.decode()} is malformed")
        return super().find_reader(request, value)
