"""A user who stays signed in for the next request, where one ends in a way of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.asking import reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.isolation import ANY_SESSION, LET_IN
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import User

faults = Theme(Mistake.SHARED_STATE)

Ends = Callable[["Request", "Response"], bool]
BY_CHANCE = (
    *(clause for clause in LET_IN if clause != "authentication.after-owner"),
    *ANY_SESSION,
    *("authentication.bearer", "authentication.query", "authentication.other-cookie"),
    *("authentication.empty-cookie", "authentication.conditional", "authentication.cookie-name"),
    *("authentication.route-spelling", "authentication.handed-out", "authentication.owner-after"),
    *("query.override", "request.override", "input.no-disclosure", "voice.access"),
    *("methods.head", "ownership.head"),
)
"""What fails where such a request happens to be followed by one without a valid session."""


class LeftSignedIn(Reference):
    """Keeps a user for the next request, after one that ends in a certain way.

    Arguments:
        ends: tells which.
    """

    def __init__(self, ends: Ends) -> None:
        super().__init__()
        self.ends = ends
        self.left: User | None = None

    def authenticate(self, request: Request) -> User:
        left, self.left = self.left, None
        try:
            return super().authenticate(request)
        except Refusal:
            if left is None:
                raise
            return left

    def finish(self, request: Request, response: Response) -> Response:
        if self.ends(request, response):
            self.left = reader_of(self, request)
        return super().finish(request, response)


def _by_method(method: str, request: Request, _: Response) -> bool:
    return request.method == method


WAYS: dict[str, tuple[str, Ends]] = {
    "head": ("a HEAD", partial(_by_method, "HEAD")),
    "options": ("an OPTIONS", partial(_by_method, "OPTIONS")),
    "a-304": ("a 304", lambda _, response: response.status_code == 304),
    "the-connection": (
        "a GET that says Connection: close",
        lambda request, _: (
            request.method == "GET" and request.headers.get("connection", "").lower() == "close"
        ),
    ),
}
for name, (words, ends) in WAYS.items():
    faults.add(
        f"signed-in-after-{name}",
        f"after {words} its user stays signed in for the next request",
        "authentication.after-owner",
        build=partial(LeftSignedIn, ends),
        by_chance=BY_CHANCE,
    )
