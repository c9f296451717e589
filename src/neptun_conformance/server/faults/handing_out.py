"""Sessions that refusals set, and with which somebody is signed in from then on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import ALICE, User
from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.asking import place_of, why_unauthorized
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

faults = Theme(Mistake.SESSION_HANDED_OUT)

NEW = "new-here-Qv8xL2; Path=/; HttpOnly; Secure; SameSite=Lax"
GUEST = User(
    "guest",
    unknown_id="nobody",
    session=ALICE.session,
    expired=ALICE.expired,
    chat_with_files=ALICE.chat_with_files,
    empty_chat=ALICE.empty_chat,
)


class SignsIn(Reference):
    """Sets a new session with some refusals, and reads on with it as the user of the path.

    Arguments:
        when: tells with which, by the server, the request and the status.
    """

    def __init__(self, when: Callable[[Reference, Request, int], bool]) -> None:
        super().__init__()
        self.when = when

    def find_reader(self, request: Request, value: bytes) -> User | None:
        if value == NEW.partition(";")[0].encode():
            return self.signed_in(request)
        return super().find_reader(request, value)

    def signed_in(self, request: Request) -> User | None:
        """Return who is signed in by a new session."""
        place = place_of(self, request)
        return self.users.get(place.user_id) if place else None

    def finish(self, request: Request, response: Response) -> Response:
        if self.when(self, request, response.status_code):
            with_headers(response, set_cookie=f"neptun-session={NEW}")
        return super().finish(request, response)


class SignsGuestsIn(SignsIn):
    """Reads on with a new session as somebody who has no chat."""

    def signed_in(self, request: Request) -> User | None:
        return GUEST


def _shows(way: str) -> Callable[[Reference, Request, int], bool]:
    return lambda server, request, status: (
        status == 401 and why_unauthorized(server, request) == way
    )


for name, words, when in (
    ("head", "a refused HEAD", lambda _, r, s: r.method == "HEAD" and s == 401),
    ("options", "an OPTIONS", lambda _, r, __: r.method == "OPTIONS"),
    ("another-route", "a route that there is not", lambda _, r, __: r.url.path.endswith("/")),
    ("an-expired-session", "the refusal of an expired session", _shows("expired")),
    ("a-made-up-session", "the refusal of a made-up session", _shows("made-up")),
):
    faults.add(
        f"signs-in-by-{name}",
        f"{words} sets a session with which the user of the path is read from then on",
        "authentication.handed-out",
        build=partial(SignsIn, when),
    )
faults.add(
    "signs-guests-in",
    "a 401 sets a session of a guest, to whom other chats are a 404",
    "authentication.handed-out",
    build=partial(SignsGuestsIn, lambda _, __, status: status == 401),
)


@faults("cookie.of-another")
class LastSessionOfTheServer(Reference):
    """A 404 sets the owner's session in a cookie of another name."""

    def finish(self, request: Request, response: Response) -> Response:
        if response.status_code == 404:
            with_headers(response, set_cookie=f"last={ALICE.session.value}; HttpOnly; Secure")
        return super().finish(request, response)
