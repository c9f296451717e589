"""Successes with another status, media type, JSON text or envelope than documented."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_content, with_headers, with_status
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.turns import COMPARED, Counting
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File

faults = Theme(Mistake.SUCCESS_JSON)

Alter = Callable[[Response], Response]
Which = Callable[["Altered", "Chat"], bool]


class Altered(Counting):
    """Alters a finished success.

    Arguments:
        alter: returns the altered answer.
        which: says for which chat, and when.
    """

    def __init__(self, alter: Alter, which: Which) -> None:
        super().__init__()
        self.alter = alter
        self.which = which

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        if response.status_code == 200 and self.which(self, chat):
            return self.alter(response)
        return response


WHICH: dict[str, tuple[str, Which]] = {
    "": ("", lambda _server, _chat: True),
    "full": ("for chats with files", lambda _server, chat: bool(chat.files)),
    "empty": ("for empty chats", lambda _server, chat: not chat.files),
    "now-and-then": (
        "in every fifth reading of a chat with files",
        lambda server, chat: bool(chat.files) and server.is_fifth(chat),
    ),
}


def add_altered(
    theme: Theme, name: str, wrong: str, *clauses: str, alter: Alter, which: str = ""
) -> None:
    """Add a fault that alters successes of some kind."""
    words, when = WHICH[which]
    full_name = f"{name}-{which}".rstrip("-")
    build = partial(Altered, alter, when)
    by_chance = COMPARED if which == "now-and-then" else ()
    theme.add(full_name, f"{wrong} {words}".rstrip(), *clauses, build=build, by_chance=by_chance)


add = partial(add_altered, faults)


def status(code: int) -> Alter:
    """Return what changes the status."""
    return lambda response: with_status(response, code)


def media_type(value: str) -> Alter:
    """Return what changes the media type."""
    return lambda response: with_headers(response, content_type=value)


def content(change: Callable[[bytes], bytes]) -> Alter:
    """Return what changes the content."""
    return lambda response: with_content(response, change(bytes(response.body)))


def value(change: Callable[[Any], Any]) -> Alter:
    """Return what changes the JSON value."""
    return content(lambda text: json.dumps(change(json.loads(text)), ensure_ascii=False).encode())


def failed() -> Response:
    """Return a documented 500."""
    body = {
        "statusCode": 500,
        "statusMessage": "Internal Server Error",
        "data": {"message": "Oops"},
    }
    return Response(json.dumps(body), 500, media_type="application/json")


for code in (201, 202, 203, 206, 207):
    add(
        f"status-{code}",
        f"the status is {code}",
        "success.status",
        alter=status(code),
        which="full",
    )
add(
    "status-201",
    "the status is 201",
    "success.status",
    alter=status(201),
    which="now-and-then",
)
add(
    "status-500",
    "the status is 500",
    "success.status",
    "input.no-server-error",
    alter=lambda _response: failed(),
    which="now-and-then",
)
add(
    "redirect-to-storage",
    "the answer is a redirect",
    "success.status",
    alter=lambda _response: Response(
        status_code=302, headers={"location": "https://files.example.com/"}
    ),
    which="full",
)


MEDIA_TYPES = (
    "text/html",
    "text/html; charset=utf-8",
    "text/plain; charset=utf-8",
    "text/json",
    "application/octet-stream",
    "application/problem+json",
    "application/vnd.api+json",
    "application/json-seq",
    "application/javascript",
    "json",
)
for number, wrong_type in enumerate(MEDIA_TYPES):
    name = wrong_type.split(";")[0].replace("/", "-").replace("+", "-").replace(".", "-")
    suffix = "-utf-8" if wrong_type == MEDIA_TYPES[1] else ""
    add(
        f"media-type-{name}{suffix}",
        f"the media type is {wrong_type}",
        "success.media-type",
        alter=media_type(wrong_type),
        which="full" if number else "",
    )
add(
    "media-type-missing",
    "there is no media type",
    "success.media-type",
    alter=lambda response: Response(response.body, headers={"cache-control": "private"}),
)
for which in ("empty", "now-and-then"):
    add(
        "media-type-text-plain",
        "the media type is text/plain",
        "success.media-type",
        alter=media_type("text/plain"),
        which=which,
    )


ENVELOPES: dict[str, tuple[str, Callable[[Any], Any]]] = {
    "bare-list": ("a bare list", lambda body: body["chatFiles"]),
    "snake-case": ("an object with chat_files", lambda body: {"chat_files": body["chatFiles"]}),
    "lower-case": ("an object with chatfiles", lambda body: {"chatfiles": body["chatFiles"]}),
    "files": ("an object with files", lambda body: {"files": body["chatFiles"]}),
    "one-deeper": ("an object in data", lambda body: {"data": body}),
    "keyed-by-id": (
        "files keyed by id",
        lambda body: {"chatFiles": {str(file.get("id")): file for file in body["chatFiles"]}},
    ),
    "single-object": (
        "one file instead of a list",
        lambda body: {"chatFiles": body["chatFiles"][0]},
    ),
    "list-as-text": (
        "a list within a text",
        lambda body: {"chatFiles": json.dumps(body["chatFiles"])},
    ),
    "count": ("the number of files", lambda body: {"chatFiles": len(body["chatFiles"])}),
    "null-list": ("null as the list", lambda _body: {"chatFiles": None}),
    "boolean": ("true as the list", lambda _body: {"chatFiles": True}),
    "nothing": ("an empty object", lambda _body: {}),
    "null": ("null", lambda _body: None),
    "as-text": ("the object within a text", json.dumps),
    "in-a-list": ("a list with the object", lambda body: [body]),
    "number": ("a number", lambda body: len(body["chatFiles"])),
    "error-instead": ("an object with error instead", lambda _body: {"error": "database"}),
}
for name, (words, reshape) in ENVELOPES.items():
    add(
        f"envelope-{name}",
        f"the content of a 200 is {words}",
        "success.envelope",
        alter=value(reshape),
        which="full",
    )
add(
    "envelope-bare-list",
    "the content of a 200 is a bare list",
    "success.envelope",
    alter=value(lambda body: body["chatFiles"]),
    which="now-and-then",
)


@faults("voice.status", "client.documented")
class NotAcceptableUnlessNamed(Reference):
    """Whoever does not ask for JSON by its name gets a 406."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if "application/json" not in request.headers.get("accept", ""):
            return Response(status_code=406)
        return super().present(request, chat, files)


@faults("success.json", "voice.form")
class CompressedUnsaid(Reference):
    """Whoever does not take compressed content gets it all the same, and is not told."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        if "gzip" in request.headers.get("accept-encoding", "") or response.status_code != 200:
            return response
        return with_content(response, gzip.compress(bytes(response.body)))
