"""Methods other than GET, answered as they should not be."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import json_answer, with_headers, with_status
from neptun_conformance.server.faults.asking import own_chat, place_of, reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.METHODS)

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
ALLOWED: dict[str, Any] = {"options": ("--allow-unsafe-methods",)}

Answer = Callable[["ByMethod"], Response]


class ByMethod(Reference):
    """Answers some methods in a way of its own.

    Arguments:
        methods: which.
        reply: makes the answer.
    """

    def __init__(self, methods: tuple[str, ...], reply: Answer) -> None:
        super().__init__()
        self.methods = methods
        self.reply = reply

    async def answer(self, request: Request) -> Response:
        if request.method in self.methods:
            self.route(self.path(request))
            return self.reply(self)
        return await super().answer(request)


class SignedIn(ByMethod):
    """Does so for the owner of the chat only."""

    async def answer(self, request: Request) -> Response:
        if request.method in self.methods:
            place = self.route(self.path(request))
            self.find_chat(
                request, self.find_user(request, self.authenticate(request), place), place
            )
        return await super().answer(request)


class ForOthers(ByMethod):
    """Does so for whoever is signed in and does not own the chat, and for nobody else."""

    async def answer(self, request: Request) -> Response:
        place, reader = place_of(self, request), reader_of(self, request)
        if place is None or reader is None or reader.id == place.user_id:
            return await Reference.answer(self, request)
        return await super().answer(request)


def bare(status: int, **headers: str) -> Answer:
    """Return what answers with a status and headers alone."""
    return lambda _server: with_headers(Response(status_code=status), **headers)


def crash(server: ByMethod) -> Response:
    """Fail."""
    raise ValueError


def created(server: ByMethod) -> Response:
    """Say that a file was added."""
    return json_answer(server, {"id": 1}, 201)


def listed(server: ByMethod) -> Response:
    """Give an empty list."""
    return json_answer(server, {"chatFiles": []})


for method, (words, reply) in {
    "POST": ("a 201", created),
    "PUT": ("a 200", listed),
    "PATCH": ("a 202", bare(202)),
    "DELETE": ("a 204", bare(204)),
}.items():
    faults.add(
        f"method-{method.lower()}-is-taken",
        f"{method} of the owner is {words}",
        "methods.refused-to-owner",
        build=partial(SignedIn, (method,), reply),
        **ALLOWED,
    )
faults.add(
    "methods-are-all-get",
    "POST, PUT, PATCH and DELETE of the owner are each a 200 with an empty list",
    "methods.refused-to-owner",
    build=partial(SignedIn, UNSAFE, listed),
    **ALLOWED,
)
faults.add(
    "methods-are-open",
    "POST, PUT, PATCH and DELETE of anybody are each a 204",
    "methods.refused",
    "methods.refused-to-owner",
    build=partial(ByMethod, UNSAFE, bare(204)),
    **ALLOWED,
)
faults.add(
    "methods-are-open-to-strangers",
    "POST, PUT, PATCH and DELETE of another user are each a 204",
    "methods.refused",
    build=partial(ForOthers, UNSAFE, bare(204)),
    **ALLOWED,
)
faults.add(
    "methods-crash",
    "POST, PUT, PATCH and DELETE crash the server",
    "input.no-server-error",
    build=partial(ByMethod, UNSAFE, crash),
    **ALLOWED,
)


class WithoutAllow(Reference):
    """A 405 does not name the allowed methods."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        if refusal.status == 405:
            del response.headers["allow"]
        return response


faults.add(
    "method-not-allowed-without-allow",
    "a 405 does not name the allowed methods",
    "methods.allow",
    build=WithoutAllow,
    **ALLOWED,
)

for status in (404, 405, 400, 204):
    faults.add(
        f"head-is-{status}",
        f"every HEAD is a {status}",
        "methods.head",
        build=partial(ByMethod, ("HEAD",), bare(status)),
    )
faults.add(
    "head-of-the-owner-is-404",
    "a HEAD of the owner is a 404",
    "methods.head",
    build=partial(SignedIn, ("HEAD",), bare(404, content_type="application/json")),
)


class StrictHead(Reference):
    """Refuses the HEAD of a kind of caller in its own way.

    Arguments:
        refused: the status of the GET.
        status: that of the HEAD.
    """

    def __init__(self, refused: int, status: int) -> None:
        super().__init__()
        self.refused = refused
        self.status = status

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        if request.method == "HEAD" and refusal.status == self.refused:
            return with_status(response, self.status)
        return response


for refused, status, words in (
    (401, 403, "somebody without a session is a 403"),
    (401, 200, "somebody without a session is a 200"),
    (404, 200, "a chat that does not exist is a 200"),
):
    faults.add(
        f"head-is-{status}-for-{refused}",
        f"a HEAD of {words}",
        "methods.head",
        build=partial(StrictHead, refused, status),
    )
faults.add(
    "head-is-html",
    "a HEAD of the owner is a 200 of text/html",
    "methods.head",
    build=partial(SignedIn, ("HEAD",), bare(200, content_type="text/html")),
)
faults.add(
    "head-is-of-another-length",
    "a HEAD of the owner says that two bytes would come",
    "methods.head",
    build=partial(
        SignedIn, ("HEAD",), bare(200, content_type="application/json", content_length="2")
    ),
)
faults.add(
    "head-is-of-no-length",
    "a HEAD of the owner says that no byte would come",
    "methods.head",
    build=partial(
        SignedIn, ("HEAD",), bare(200, content_type="application/json", content_length="0")
    ),
)


class ForNobody(ByMethod):
    """Does so under a user id that names nobody, for whoever is signed in."""

    async def answer(self, request: Request) -> Response:
        place, reader = place_of(self, request), reader_of(self, request)
        if reader is None or place is None or self.users.get(place.user_id):
            return await Reference.answer(self, request)
        return await super().answer(request)


faults.add(
    "head-under-nobodys-id-crashes",
    "a HEAD under a user id that names nobody crashes the server",
    "methods.head",
    "input.no-server-error",
    build=partial(ForNobody, ("HEAD",), crash),
)
faults.add(
    "head-crashes",
    "a HEAD crashes the server",
    "methods.head",
    "input.no-server-error",
    build=partial(ByMethod, ("HEAD",), crash),
)


class WithoutFiles(SignedIn):
    """Does so for a chat without files alone."""

    async def answer(self, request: Request) -> Response:
        chat = own_chat(self, place_of(self, request))
        if chat is None or chat.files:
            return await Reference.answer(self, request)
        return await super().answer(request)


faults.add(
    "head-of-an-empty-chat-is-404",
    "a HEAD of a chat without files is a 404",
    "methods.head",
    build=partial(WithoutFiles, ("HEAD",), bare(404, content_type="application/json")),
)
faults.add(
    "head-of-an-empty-chat-crashes",
    "a HEAD of a chat without files crashes the server",
    "methods.head",
    "input.no-server-error",
    build=partial(WithoutFiles, ("HEAD",), crash),
)
faults.add(
    "options-crashes",
    "OPTIONS crashes the server",
    "input.no-server-error",
    build=partial(ByMethod, ("OPTIONS",), crash),
)
