"""Sessions that are also read from where they do not belong: other cookies, queries, headers."""

from __future__ import annotations

from base64 import b64decode
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import COOKIE, Reference, cookie_headers

if TYPE_CHECKING:
    from starlette.requests import Request


faults = Theme(Mistake.SESSION_ELSEWHERE)


@faults("voice.status", "cookie.neighbours")
class CookieHeaderIsTheSession(Reference):
    """All that stands behind the name of the session cookie is taken for its value."""

    def read_session(self, request: Request) -> bytes | None:
        cookies = b"; " + b"; ".join(cookie_headers(request))
        _, found, value = cookies.partition(b"; " + COOKIE + b"=")
        return value if found else None


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


@faults("authentication.other-cookie", "authentication.cookie-name")
class AnyCookieIsASession(Elsewhere):
    """The value of any cookie is taken for a session, whatever its name."""

    def shown(self, request: Request) -> list[str]:
        pairs = b";".join(cookie_headers(request)).decode("latin-1").split(";")
        return [pair.strip().partition("=")[2] for pair in pairs]


@faults("authentication.cookie-name")
class SessionCookieInAnyCase(Elsewhere):
    """The name of the session cookie is read without regard to letter case."""

    def shown(self, request: Request) -> list[str]:
        pairs = b";".join(cookie_headers(request)).decode("latin-1").split(";")
        named = (pair.strip().partition("=") for pair in pairs)
        return [value for name, _, value in named if name.lower() == COOKIE.decode()]


@faults("authentication.cookie-name")
class SessionCookieWithAPrefix(Elsewhere):
    """The name of the session cookie may have a prefix of browsers."""

    def shown(self, request: Request) -> list[str]:
        names = ("__Host-neptun-session", "__Secure-neptun-session")
        return [request.cookies.get(name, "") for name in names]


@faults("authentication.cookie-name")
class SessionCookieNameDecoded(Elsewhere):
    """The name of the session cookie is percent-decoded, as Plack and Dancer2 do."""

    def shown(self, request: Request) -> list[str]:
        pairs = b";".join(cookie_headers(request)).decode("latin-1").split(";")
        named = (pair.strip().partition("=") for pair in pairs)
        return [value for name, _, value in named if unquote(name) == COOKIE.decode()]


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


@faults("authentication.bearer")
class SessionAsAPassword(Elsewhere):
    """A session is also read from the password of HTTP's basic authentication."""

    def shown(self, request: Request) -> list[str]:
        given = request.headers.get("authorization", "").removeprefix("Basic ")
        try:
            return [b64decode(given).decode().partition(":")[2]]
        except ValueError:
            return []
