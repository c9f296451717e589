"""Sessions that are also read from another place, one fault for each kind of place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.questions import places
from neptun_conformance.server.data import ALICE, BOB, User, target_for
from neptun_conformance.server.faults.claims import ReadsContent
from neptun_conformance.server.faults.elsewhere import ByOneName, Elsewhere
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, cookie_headers

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.SESSION_ELSEWHERE)


class ByCookie(Elsewhere):
    """Reads a session also from a cookie whose name no library would take.

    Arguments:
        name: the name, byte for byte.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def shown(self, request: Request) -> list[str]:
        pairs = b";".join(cookie_headers(request)).decode("latin-1").split(";")
        named = (pair.strip().partition("=") for pair in pairs)
        return [value for name, _, value in named if name == self.name]


class ByScheme(Elsewhere):
    """Reads a session also from behind a scheme.

    Arguments:
        header: the header.
        scheme: the scheme.
    """

    def __init__(self, header: str, scheme: str) -> None:
        super().__init__()
        self.header = header
        self.scheme = scheme

    def shown(self, request: Request) -> list[str]:
        scheme, _, value = request.headers.get(self.header, "").partition(" ")
        return [value] if scheme == self.scheme else []


class InThePath(Reference):
    """Takes a session out of the path before the route is looked for.

    Parameters of the last segment are left out, as servers do that know any (RFC 3986 section 3.3).

    Arguments:
        pattern: finds it; what it finds is left out.
    """

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self.pattern = re.compile(pattern)

    def path(self, request: Request) -> str:
        return re.sub(";[^/]*$", "", self.pattern.sub("", super().path(request), count=1))

    def read_session(self, request: Request) -> bytes | None:
        found = self.pattern.search(super().path(request))
        return unquote(found[1]).encode() if found else super().read_session(request)


class FromTheReferer(Elsewhere):
    """Reads a session also from the query of the page that a request comes from."""

    def shown(self, request: Request) -> list[str]:
        found = re.search(r"[?&]neptun-session=([^&]+)", request.headers.get("referer", ""))
        return [unquote(found[1])] if found else []


def _named(name: str) -> tuple[str, Callable[[], Reference]]:
    header, _, scheme = name.partition(": ")
    if scheme:
        return f"{header}-{scheme}".lower(), partial(ByScheme, header, scheme)
    return header.lower().replace("_", "-as-one-word-"), partial(ByOneName, "header", header)


OF_GATEWAYS = ("Cf-Access-Jwt-Assertion", "X-Amzn-Oidc-Data", "X-Forwarded-Authorization: Bearer")
for name in (*(name for row in places.HEADERS for name in (row[0], row[-1])), *OF_GATEWAYS):
    label, build = _named(name)
    faults.add(
        f"session-behind-{label}",
        f"a session is also read from the header {name}",
        "authentication.bearer",
        build=build,
    )
for name in (*(row[-1] for row in places.COOKIES), "neptun-session-legacy", "session-v2"):
    faults.add(
        f"session-in-a-cookie-{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}",
        f"a session is also read from the cookie {name}",
        "authentication.other-cookie",
        build=partial(ByCookie, name),
    )
for name, pattern in {
    "parameter": r";neptun-session=([^/;]+)",
    "jsessionid": r";jsessionid=([^/;]+)",
    "last-segment": r"(?<=/files)/([^/]{16,})$",
    "brackets": r"/\(S\(([^)]+)\)\)",
    "line-ends": r"%20HTTP%2F1\.1%0D%0ACookie:%20neptun-session=(.+?)%0D%0A.*$",
}.items():
    faults.add(
        f"session-in-the-path-by-{name}",
        f"a session is also read from the path, matched by {pattern}",
        "authentication.query",
        build=partial(InThePath, pattern),
    )


class FromText(Elsewhere):
    """Reads a session from the text of a header.

    Arguments:
        header: the header.
        pattern: finds it.
    """

    def __init__(self, header: str, pattern: str) -> None:
        super().__init__()
        self.header = header
        self.pattern = pattern

    def shown(self, request: Request) -> list[str]:
        return re.findall(self.pattern, request.headers.get(self.header, ""))


for header, pattern, clause in (
    ("Set-Cookie", "^neptun-session=([^;]+)", "bearer"),
    ("Cookie", "=neptun-session=([^;]+)", "other-cookie"),
):
    faults.add(
        f"session-in-text-of-{header.lower()}",
        f"a session is also read from the header {header}, matched by {pattern}",
        f"authentication.{clause}",
        build=partial(FromText, header, pattern),
    )
faults.add(
    "session-in-the-referer",
    "a session is also read from the query of the Referer",
    "authentication.bearer",
    build=FromTheReferer,
)


class BesideTheCookie(Elsewhere):
    """Looks for a session elsewhere where its cookie is there and holds none.

    Arguments:
        held: says whether it does so for the value that the cookie holds.
        header: where it looks.
        pattern: finds the session there.
    """

    def __init__(self, held: Callable[[bytes], bool], header: str, pattern: str) -> None:
        super().__init__()
        self.held = held
        self.there = FromText(header, pattern)

    def read_session(self, request: Request) -> bytes | None:
        value = Reference.read_session(self, request)
        known = value is not None and any(s.value.encode() == value for s in self.sessions)
        if value is None or known or not self.held(value):
            return value
        shown = self.there.shown(request)
        return next((s.value.encode() for s in self.sessions if s.value in shown), value)


for name, held in {"an-empty": lambda value: not value, "a-made-up": bool}.items():
    for header, pattern in (
        ("Authorization", "^Bearer (.+)"),
        ("Cookie", "(?:^|; )session=([^;]+)"),
        ("X-Auth-Token", "(.+)"),
    ):
        faults.add(
            f"session-in-{header.lower()}-beside-{name}-cookie",
            f"a session is also read from {header} where {name.replace('-', ' ')} one stands in its"
            " cookie",
            "authentication.bearer",
            build=partial(BesideTheCookie, held, header, pattern),
        )


def _with_long_sessions(user: User) -> User:
    """Return a user whose sessions are as long as a seal of much data."""
    return replace(
        user,
        session=replace(user.session, value=f"{user.session.value}~{'a7Q-' * 60}"),
        expired=replace(user.expired, value=f"{user.expired.value}~{'a7Q-' * 60}"),
    )


ANNA, BENN = _with_long_sessions(ALICE), _with_long_sessions(BOB)


class ALongOneByName(ByOneName):
    """Reads a session, which is long, also from one other name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(kind, name)
        Reference.__init__(self, (ANNA, BENN))


for kind, name, clause in (
    ("cookie", "laravel_session", "authentication.other-cookie"),
    *(("parameter", name, "authentication.query") for name in ("id_token", "auth_token", "auth")),
    ("header", "x-cookie", "authentication.bearer"),
):
    faults.add(
        f"long-session-in-the-{kind}-{name.replace('_', '-')}",
        f"a session of 350 characters is also read from the {kind} {name}",
        clause,
        build=partial(ALongOneByName, kind, name),
        target=partial(target_for, owner=ANNA, stranger=BENN),
    )


@faults("authentication.no-cookie")
class AccessTokenInAForm(ReadsContent):
    """A session in a form as the content of a GET is taken by the name access_token, too."""

    def read_session(self, request: Request) -> bytes | None:
        shown = request.scope["content"].get("access_token")
        return super().read_session(request) or (shown.encode() if shown else None)
