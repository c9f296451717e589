"""Error bodies that are not as documented: all of a status, and each way to one alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.asking import why_not_found, why_unauthorized
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

faults = Theme(Mistake.ERROR_BODY)

Deform = Callable[[Response], Response]
Concerns = Callable[["Deformed", "Request"], bool]


class Deformed(Reference):
    """Deforms the answer to some refusals.

    Arguments:
        deform: returns the deformed answer.
        status: of which refusals.
        concerns: says which of them, from the request.
    """

    def __init__(self, deform: Deform, status: int, concerns: Concerns) -> None:
        super().__init__()
        self.deform = deform
        self.status = status
        self.concerns = concerns

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        if refusal.status == self.status and self.concerns(self, request):
            return self.deform(response)
        return response


def text(change: Callable[[bytes], bytes], media_type: str = "application/json") -> Deform:
    """Return what changes the content."""

    def deform(response: Response) -> Response:
        content = change(bytes(response.body))
        headers = {"cache-control": "no-store", "content-type": media_type}
        return Response(content, response.status_code, headers)

    return deform


def body(change: Callable[[dict[str, Any]], Any]) -> Deform:
    """Return what changes the JSON value."""
    return text(lambda content: json.dumps(change(json.loads(content))).encode())


def member(name: str, value: object) -> Deform:
    """Return what gives a member another value."""
    return body(lambda error: {**error, name: value})


def without(name: str) -> Deform:
    """Return what leaves a member out."""
    return body(lambda error: {key: value for key, value in error.items() if key != name})


PAGE = b"<!doctype html><title>Error</title><p>Something is wrong."
TRACE = 'Traceback (most recent call last):\n  File "/srv/app/files.py", line 42, in handler\n'
JS_TRACE = "Error: no\n    at handler (/app/server/api/files.get.ts:12:11)"

DEFORMED: dict[str, tuple[str, str, Deform]] = {
    "status-code-missing": ("has no statusCode", "error.status-code", without("statusCode")),
    "status-code-null": ("has null as statusCode", "error.status-code", member("statusCode", None)),
    "status-code-text": (
        "has a text as statusCode",
        "error.status-code",
        body(lambda error: {**error, "statusCode": str(error["statusCode"])}),
    ),
    "status-code-other": (
        "gives another statusCode",
        "error.status-code",
        body(lambda error: {**error, "statusCode": {401: 404, 404: 500}.get(error["statusCode"])}),
    ),
    "status-code-200": ("gives 200 as statusCode", "error.status-code", member("statusCode", 200)),
    "status-code-fraction": (
        "gives a fraction as statusCode",
        "error.status-code",
        body(lambda error: {**error, "statusCode": error["statusCode"] + 0.5}),
    ),
    "status-code-boolean": (
        "has true as statusCode",
        "error.status-code",
        member("statusCode", value=True),
    ),
    "status-message-missing": (
        "has no statusMessage",
        "error.status-message",
        without("statusMessage"),
    ),
    "status-message-null": (
        "has null as statusMessage",
        "error.status-message",
        member("statusMessage", None),
    ),
    "status-message-number": (
        "has a number as statusMessage",
        "error.status-message",
        member("statusMessage", 404),
    ),
    "status-message-list": (
        "has a list as statusMessage",
        "error.status-message",
        member("statusMessage", ["Not Found"]),
    ),
    "data-missing": ("has no data", "error.data", without("data")),
    "data-null": ("has null as data", "error.data", member("data", None)),
    "data-text": ("has a text as data", "error.data", member("data", "No")),
    "data-list": ("has a list as data", "error.data", member("data", [{"message": "No"}])),
    "message-missing": ("has no message in data", "error.message", member("data", {})),
    "message-null": ("has null as message", "error.message", member("data", {"message": None})),
    "message-number": ("has a number as message", "error.message", member("data", {"message": 7})),
    "message-object": (
        "has an object as message",
        "error.message",
        member("data", {"message": {"en": "No"}}),
    ),
    "message-outside-data": (
        "has its message beside data",
        "error.message",
        body(lambda error: {**error, "message": "No", "data": {}}),
    ),
    "media-type-html": ("is text/html", "error.media-type", text(bytes, "text/html")),
    "media-type-plain": (
        "is text/plain",
        "error.media-type",
        text(bytes, "text/plain; charset=utf-8"),
    ),
    "media-type-problem": (
        "is application/problem+json",
        "error.media-type",
        text(bytes, "application/problem+json"),
    ),
    "media-type-missing": (
        "has no media type",
        "error.media-type",
        lambda response: Response(response.body, response.status_code),
    ),
    "json-cut-off": ("has its end cut off", "error.json", text(lambda content: content[:-1])),
    "json-empty": ("has no content", "error.json", text(lambda _content: b"")),
    "json-page": ("is a page that claims to be JSON", "error.json", text(lambda _content: PAGE)),
    "json-list": ("is a list", "error.json", body(lambda error: [error])),
    "json-text": ("is a text", "error.json", body(lambda error: error["statusMessage"])),
    "json-null": ("is null", "error.json", body(lambda _error: None)),
    "json-nan": ("holds NaN", "error.json", text(lambda content: content[:-1] + b', "took": NaN}')),
    "json-latin-1": (
        "is in Latin-1",
        "error.json",
        text(lambda content: content[:-1] + ', "hint": "\u00fcber"}'.encode("latin-1")),
    ),
    "trace": (
        "holds a stack trace of Python",
        "error.no-internals",
        body(lambda error: {**error, "stack": TRACE}),
    ),
    "trace-of-javascript": (
        "holds a stack trace of JavaScript",
        "error.no-internals",
        body(lambda error: {**error, "stack": JS_TRACE.split("\n")}),
    ),
    "position": (
        "names a line of its source in its message",
        "error.no-internals",
        body(lambda error: {**error, "data": {"message": "no rows (main.go:57)"}}),
    ),
    "path": (
        "names a file of the server in its message",
        "error.no-internals",
        body(lambda error: {**error, "data": {"message": "No rows, /srv/app/models/chat.py"}}),
    ),
    "windows-path": (
        "names a file of a Windows server in its message",
        "error.no-internals",
        body(lambda error: {**error, "data": {"message": "C:\\inetpub\\app\\Files.cs"}}),
    ),
}
ALL = {
    401: ("every 401", ()),
    404: ("every 404", ("chat.other-number-not-found", "chat.not-a-number-documented")),
}
TOLD_APART = (
    *("unknown-chat", "foreign-chat-full", "foreign-chat-empty"),
    *("foreign-pair-full", "foreign-pair-empty"),
)

for name, (words, clause, deform) in DEFORMED.items():
    for status, (every, documented) in ALL.items():
        also = () if clause == "error.no-internals" else documented
        faults.add(
            f"{status}-{name}",
            f"{every} {words}",
            clause,
            *also,
            build=partial(Deformed, deform, status, lambda _server, _request: True),
        )
for status, (every, also) in ALL.items():
    faults.add(
        f"{status}-page",
        f"{every} is a page",
        "error.media-type",
        "error.json",
        *also,
        build=partial(
            Deformed,
            text(lambda _content: PAGE, "text/html"),
            status,
            lambda _server, _request: True,
        ),
    )

WAYS = {
    401: (
        "no-cookie",
        "empty-cookie",
        "made-up",
        "altered-end",
        "altered-middle",
        "cut-short",
        "letter-case",
        "expired",
        "other-cookie",
    ),
    404: (
        "unknown-chat",
        "unknown-user",
        "foreign-chat-full",
        "foreign-chat-empty",
        "foreign-user-full",
        "foreign-user-empty",
        "foreign-pair-full",
        "foreign-pair-empty",
    ),
}
ALONE = (
    "status-code-other",
    "status-message-missing",
    "data-missing",
    "message-null",
    "media-type-plain",
    "json-empty",
    "path",
)


def _arises(status: int, way: str) -> Concerns:
    if status == 401:
        return lambda server, request: why_unauthorized(server, request) == way
    return lambda server, request: why_not_found(server, request) == way


for status, ways in WAYS.items():
    for turn, way in enumerate(ways):
        for name in (ALONE[turn % len(ALONE)], ALONE[(turn + 3) % len(ALONE)]):
            words, clause, deform = DEFORMED[name]
            told = ("ownership.indistinguishable",) if way in TOLD_APART else ()
            faults.add(
                f"{status}-{name}-for-{way}",
                f"the {status} for {way.replace('-', ' ')} alone {words}",
                clause,
                *told,
                build=partial(Deformed, deform, status, _arises(status, way)),
                # Cookies beside the session are a part of its voice.
                by_chance=("voice.form",) if way == "other-cookie" else (),
            )
