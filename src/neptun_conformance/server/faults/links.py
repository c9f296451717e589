"""Links that do not hold what their file announces."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_content, with_headers, with_status
from neptun_conformance.server.faults.asking import reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

faults = Theme(Mistake.LINKS)


class Linked(Reference):
    """Answers a link in another way.

    Arguments:
        change: returns the changed answer; it gets to know whether the caller is signed in.
    """

    def __init__(self, change: Callable[[Response, bool], Response]) -> None:
        super().__init__()
        self.change = change

    async def respond(self, request: Request) -> Response:
        response = await super().respond(request)
        if not self.path(request).startswith("/links/") or response.status_code != 200:
            return response
        return self.change(response, reader_of(self, request) is not None)


def _needing_a_session(response: Response, signed_in: bool) -> Response:  # noqa: FBT001
    return response if signed_in else Response("Sign in first", 401)


FETCHING: dict[str, Any] = {"options": ("--fetch-urls",), "needs_socket": True}
for name, (words, change) in {
    "dead": ("is a 404", lambda response, _signed_in: with_status(response, 404)),
    "expired": (
        "is a 403, as if its time were over",
        lambda response, _signed_in: with_status(response, 403),
    ),
    "needs-a-session": ("asks for a session", _needing_a_session),
    "cut-off": (
        "has fewer octets than announced",
        lambda response, _signed_in: with_content(response, bytes(response.body)[:-1]),
    ),
    "longer": (
        "has more octets than announced",
        lambda response, _signed_in: with_content(response, bytes(response.body) + b"\n"),
    ),
    "of-another-type": (
        "is of another media type than announced",
        lambda response, _signed_in: with_headers(
            response, content_type="application/octet-stream"
        ),
    ),
}.items():
    wrong = f"the link of each file {words}"
    faults.add(f"link-{name}", wrong, "file.link", build=partial(Linked, change), **FETCHING)
