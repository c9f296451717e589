"""What HTTP/2 alone shows: pseudo-header fields, frames, and callers who come in one packet.

Over HTTP/1.1 these servers are right, or wrong too seldom to be caught each time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.data import ALICE, BOB, Target, target_for
from neptun_conformance.server.faults.asking import place_of, plain
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.isolation import LET_IN, MIXED_UP
from neptun_conformance.server.reference import Reference, Refusal
from neptun_conformance.server.wire import Reaction

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from neptun_conformance.server.data import User
    from neptun_conformance.server.reference import Place
    from neptun_conformance.server.wire import Fields, Meet

faults = Theme(Mistake.SHARED_STATE)
legal = Theme()

LARGEST_FRAME = 16_384
"""Octets of a frame, as long as no other number is announced (RFC 9113 section 4.2)."""
LONGEST = 8_190
"""Octets of fields beyond which some servers take no more."""
MET = (
    *MIXED_UP,
    *("query.override", "request.override", "client.documented", "input.no-disclosure"),
)
"""Clauses that fail where other questions than those that are to meet come in one packet."""


def spoken(base_url: str) -> Target:
    """Return the target that goes with it: HTTP/2 is spoken from the first octet on."""
    return {**target_for(base_url), "http": "2-prior-knowledge"}


@contextmanager
def served(app: ASGIApp, meet: Meet = lambda _: None) -> Iterator[str]:
    """Serve an application over HTTP/2; h2 is imported only then."""
    from neptun_conformance.server.http2 import over_http2

    with over_http2(app, meet=meet) as base_url:
        yield base_url


def meeting(meet: Meet) -> dict[str, Any]:
    """Return how to serve what meets some requests in its own way."""
    return {"needs_socket": True, "serve": partial(served, meet=meet), "target": spoken}


OVER_HTTP2 = meeting(lambda _: None)


def fields_of(request: Request) -> Fields:
    """Return the fields of a request as they came, none over HTTP/1.1."""
    found: Fields = request.scope.get("http2_fields", [])
    return found


def size_of(fields: Fields) -> int:
    """Return the octets of a header section, names and values."""
    return sum(len(name) + len(value) for name, value in fields)


@faults("voice.status", **OVER_HTTP2)
class PathIsTheFourthField(Reference):
    """The path is looked for in the fourth pseudo-header field, wherever a client put it."""

    async def answer(self, request: Request) -> Response:
        fields = fields_of(request)
        if fields and fields[3][0] != b":path":
            raise Refusal(404, "There is no such page")
        return await super().answer(request)


@faults("input.no-server-error", **OVER_HTTP2)
class HostIsJoinedToAuthority(Reference):
    """A Host beside :authority is joined to it, and what is no host then is a server error."""

    async def answer(self, request: Request) -> Response:
        if b"host" in dict(fields_of(request)):
            raise RuntimeError("the port is no number")
        return await super().answer(request)


@faults("voice.access", **OVER_HTTP2)
class OtherSchemesAreInternal(Reference):
    """Who comes by another scheme than http and https, letter by letter, may read everything."""

    def find_user(self, request: Request, reader: User, place: Place) -> User:
        scheme = dict(fields_of(request)).get(b":scheme", b"http")
        is_internal = scheme not in {b"http", b"https"} and place.user_id in self.users
        return (
            self.users[place.user_id] if is_internal else super().find_user(request, reader, place)
        )


@faults("input.no-disclosure", **OVER_HTTP2)
class LongFieldsPassTheFilter(Reference):
    """Fields of over 8,190 octets pass the filter that looks for a session unread."""

    def authenticate(self, request: Request) -> User:
        place = place_of(self, request)
        if place and place.user_id in self.users and size_of(fields_of(request)) > LONGEST:
            return self.users[place.user_id]
        return super().authenticate(request)


faults.add(
    "two-frames-of-fields-wait",
    "a header section that takes more than one frame is waited for without end",
    "input.in-time",
    build=Reference,
    hangs=True,
    **meeting(lambda fields: Reaction.SILENCE if size_of(fields) > LARGEST_FRAME else None),
)


class Meeting(Reference):
    """Mixes up two callers who ask for their full chats, if both come in one packet.

    Arguments:
        first: the id of the user whose answer is kept until others have had their turns.
        second: that of the one who gets it in that time.
    """

    kept: Response | None = None
    path_kept = ""
    turns = 3

    def __init__(self, first: User, second: User) -> None:
        super().__init__()
        self._first, self._second = first.id, second.id

    async def answer(self, request: Request) -> Response:
        place = place_of(self, request)
        response = await super().answer(request)
        if place is None or response.status_code != 200 or not plain(request):
            return response
        if place.user_id == self._second and self.kept:
            return self.kept
        if place.user_id == self._first:
            self.kept, self.path_kept = response, self.path(request)
            for _ in range(self.turns):
                await asyncio.sleep(0)
            self.kept = None
        return response


for first, second, words in ((ALICE, BOB, "the first"), (BOB, ALICE, "the second")):
    faults.add(
        f"{second.id}-gets-what-{first.id}-gets",
        f"who asks in the same packet as another gets that one's answer, {words} of two users",
        "isolation.own-answer",
        build=partial(Meeting, first, second),
        by_chance=MET,
        **OVER_HTTP2,
    )


@faults("isolation.own-answer", by_chance=(*MET, *LET_IN), **OVER_HTTP2)
class AnonymousGetsWhatTheOwnerGets(Meeting):
    """Who comes without a session in the same packet as the owner gets the owner's answer."""

    def __init__(self) -> None:
        super().__init__(ALICE, ALICE)

    def authenticate(self, request: Request) -> User:
        is_anonymous = plain(request) and self.read_session(request) is None
        if self.kept and is_anonymous and self.path(request) == self.path_kept:
            return self.users[ALICE.id]
        return super().authenticate(request)


class RefusesAHost(Reference):
    """Answers 400 to a Host beside :authority."""

    async def answer(self, request: Request) -> Response:
        if b"host" in dict(fields_of(request)):
            raise Refusal(400, "Two hosts are one too many")
        return await super().answer(request)


legal.add(
    "host-beside-authority-is-refused",
    "a Host beside :authority gets a 400, as from nginx 1.22",
    build=RefusesAHost,
    **OVER_HTTP2,
)
legal.add(
    "capitals-reset-the-stream",
    "a scheme in capitals gets a reset of its stream, as from Go",
    build=Reference,
    **meeting(lambda fields: None if dict(fields)[b":scheme"].islower() else Reaction.RESET),
)
legal.add(
    "long-fields-end-the-connection",
    f"over {LONGEST} octets of fields end the connection, as with nginx and HAProxy",
    build=Reference,
    **meeting(lambda fields: Reaction.END if size_of(fields) > LONGEST else None),
)
