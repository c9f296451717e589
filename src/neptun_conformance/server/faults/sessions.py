"""Sessions that are compared carelessly, or set where they should not be."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.asking import place_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import COOKIE, Reference, Refusal, cookie_headers

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import User

faults = Theme(Mistake.SESSION_NOT_VERIFIED)


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
    "authentication.altered-end",
    "authentication.altered-middle",
    "authentication.cut-short",
    "authentication.made-up",
)
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


_BEHIND_ANOTHER = ("authentication.owner-after", "files.empty")
"""What is asked with a cookie before the session, so that no cache has the answer."""
for where, place in {"first": 0, "last": -1}.items():
    faults.add(
        f"session-must-be-the-{where}-cookie",
        f"a session is found only where it is the {where} of several cookies",
        "voice.status",
        "cookie.neighbours",
        *(_BEHIND_ANOTHER if where == "first" else ()),
        build=partial(PickyAboutCookies, place),
    )


@faults("authentication.letter-case")
class SessionInAnyCase(Resembling):
    """The letter case of a session is not compared, as a database without regard to case does."""

    def same(self, shown: str, known: str) -> bool:
        return shown.lower() == known.lower()


@faults("authentication.text-before")
class SessionByItsEnd(Resembling):
    """A session is looked for at the end of what is shown."""

    def same(self, shown: str, known: str) -> bool:
        return shown.endswith(known)


SAFE = "; Path=/; HttpOnly; Secure; SameSite=Lax"


@faults("authentication.handed-out")
class WhoeverIsRefusedIsSignedIn(Reference):
    """A 401 sets a session with which the user of the path is read from then on."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        if value == b"new-here-Qv8xL2":
            place = place_of(self, request)
            return self.users.get(place.user_id) if place else None
        return super().find_reader(request, value)

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        if refusal.status == 401:
            with_headers(response, set_cookie=f"neptun-session=new-here-Qv8xL2{SAFE}")
        return response


class GivingAway(Reference):
    """Sets the session of the user of the path with some refusals.

    Arguments:
        status: the status of those refusals.
    """

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response, place = super().refuse(request, refusal), place_of(self, request)
        user = self.users.get(place.user_id) if place else None
        if user is not None and refusal.status == self.status:
            with_headers(response, set_cookie=f"neptun-session={user.session.value}{SAFE}")
        return response


faults.add(
    "session-of-the-path-for-anonymous",
    "a 401 sets the session of the user of the path",
    "cookie.of-another",
    "authentication.handed-out",
    build=partial(GivingAway, 401),
)
faults.add(
    "session-of-the-path-for-strangers",
    "a 404 sets the session of the user of the path",
    "cookie.of-another",
    build=partial(GivingAway, 404),
)


@faults("authentication.made-up")
class SessionOfTwoParts(Reference):
    """The first parts of a session say whose it is, and anybody's last part behind them will do."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        first, _, last = value.decode("latin-1").rpartition(".")
        issued = [user.session for user in self.users.values()]
        named = [s.user_id for s in issued if s.value.startswith(f"{first}.")]
        if named and any(session.value.endswith(f".{last}") for session in issued):
            return self.users[named[0]]
        return super().find_reader(request, value)


@faults("authentication.made-up")
class UnsignedTokenIsBelieved(Reference):
    """A token that says that it is not signed is believed in what it says."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        head, _, rest = value.partition(b".")
        try:
            told, claims = (json.loads(urlsafe_b64decode(p + b"==")) for p in (head, rest[:-1]))
            return {"none": self.users}[told["alg"]][claims["sub"]]
        except (ValueError, KeyError, TypeError):
            return super().find_reader(request, value)


@faults("authentication.made-up")
class SessionsInAnObject(Reference):
    """Sessions are the members of an object that has others, too: `sessions["__proto__"]`."""

    def find_reader(self, request: Request, value: bytes) -> User | None:
        if value in {b"__proto__", b"constructor", b"toString", b"hasOwnProperty"}:
            # What is found there is no session, and owns no chat.
            raise Refusal(404, "There is no such chat")
        return super().find_reader(request, value)
