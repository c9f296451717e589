"""Refusals that tell a foreign chat from a missing one, or more than GET does."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_headers
from neptun_conformance.server.faults.asking import (
    chat_anywhere,
    place_of,
    reader_of,
    why_not_found,
    why_unauthorized,
)
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.ownership import Instead
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from neptun_conformance.server.data import Chat


faults = Theme(Mistake.OWNERSHIP_REFUSAL)
legal = Theme()
CHANCE = random.Random(17)  # noqa: S311 - a demonstration gives no secrets away
MEDIA_TYPE = "application/json"


class Telling(Instead):
    """Refuses a foreign chat as it should, and says something that tells it from a missing one."""

    def __init__(self, tell: Callable[[Response], Response], kind: str = "foreign-chat") -> None:
        def refuse(server: Reference, request: Request, refusal: Refusal) -> Response:
            return tell(Reference.refuse(server, request, refusal))

        super().__init__((kind,), refuse)


def _reworded(old: bytes, new: bytes) -> Callable[[Response], Response]:
    def tell(response: Response) -> Response:
        content = bytes(response.body).replace(old, new)
        return Response(
            content, response.status_code, {"cache-control": "no-store"}, "application/json"
        )

    return tell


_TURNS = count(1)


def _with_a_timing(response: Response) -> Response:
    return with_headers(response, server_timing=f"db;dur={next(_TURNS)}")


def _with_a_number(response: Response) -> Response:
    return _reworded(b"}}", b'}, "trace": "acl-%d"}' % next(_TURNS))(response)


TELLING: dict[str, tuple[str, Callable[[Response], Response]]] = {
    "message": (
        "other words",
        _reworded(b"There is no such chat", b"This chat is somebody else's"),
    ),
    "status-message": ("another statusMessage", _reworded(b"Not Found", b"Hidden")),
    "extra-member": ("a member more in its data", _reworded(b'chat"}', b'chat", "code": 17}')),
    "header": ("a header more", lambda response: with_headers(response, x_owner="hidden")),
    "new-header": ("a header more, of another value each time", _with_a_timing),
    "new-member": ("a member more, of another value each time", _with_a_number),
    "closing": (
        "an end of the connection",
        lambda response: with_headers(response, connection="close"),
    ),
    "header-value": (
        "another Cache-Control",
        lambda response: with_headers(response, cache_control="no-cache"),
    ),
}
for name, (what, tell) in TELLING.items():
    faults.add(
        f"foreign-chat-tells-by-{name}",
        f"the 404 of a foreign chat has {what} compared with that of a missing one",
        "ownership.indistinguishable",
        build=partial(Telling, tell),
    )
for kind in ("foreign-chat-empty", "foreign-pair-full", "foreign-pair-empty"):
    faults.add(
        f"{kind}-tells-by-message",
        f"the 404 of a {kind.replace('-', ' ')} has other words than that of a missing chat",
        "ownership.indistinguishable",
        build=partial(Telling, TELLING["message"][1], kind),
    )


class TalkativeHead(Reference):
    """Lets a HEAD say what a GET would not.

    Arguments:
        reveal: makes the answer to a HEAD from the refusal of it and the answer due to the owner.
        outsider: who is not refused, ``anonymous`` or ``stranger``.
    """

    def __init__(self, reveal: Callable[[Response, Response], Response], outsider: str) -> None:
        super().__init__()
        self.reveal = reveal
        self.outsider = outsider

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        outsider = "anonymous" if refusal.status == 401 else "stranger"
        chat = self.chat_of_somebody(request)
        if request.method != "HEAD" or outsider != self.outsider or chat is None:
            return response
        return self.reveal(response, self.present(request, chat, chat.files))

    def chat_of_somebody(self, request: Request) -> Chat | None:
        """Return the chat that a path names, whoever owns it."""
        place = place_of(self, request)
        found = place and chat_anywhere(self, place.chat_id)
        return found[1] if found else None


def _etag(refused: Response, given: Response) -> Response:
    return with_headers(refused, etag=given.headers["etag"])


def _length(refused: Response, given: Response) -> Response:
    return with_headers(refused, content_length=given.headers["content-length"])


for who in ("anonymous", "stranger"):
    for what, reveal in {
        "status": lambda _refused, given: given,
        "etag": _etag,
        "length": _length,
    }.items():
        faults.add(
            f"head-reveals-{what}-to-{who}",
            f"a HEAD of a chat that is not the caller's gives its {what} to {who} callers",
            *("ownership.head", *(("methods.head",) if what == "status" else ())),
            build=partial(TalkativeHead, reveal, who),
        )


class TalkativeHeadUnderOwnId(TalkativeHead):
    """Does so for a foreign chat under the caller's own id alone."""

    def chat_of_somebody(self, request: Request) -> Chat | None:
        place, reader = place_of(self, request), reader_of(self, request)
        if place is None or reader is None or reader.id != place.user_id:
            return None
        return super().chat_of_somebody(request)


def _the_success(_refused: Response, given: Response) -> Response:
    return given


def _foreign_length(refused: Response, _given: Response) -> Response:
    return with_headers(refused, content_length="2714")


for what, words, told in (
    ("status", "the status of a success", _the_success),
    ("another-length", "a length that no refusal has", _foreign_length),
):
    faults.add(
        f"head-reveals-{what}-under-the-own-id",
        f"a HEAD of a foreign chat under the caller's own id has {words}",
        "ownership.head",
        build=partial(TalkativeHeadUnderOwnId, told, "stranger"),
    )


class Embedding(Reference):
    """Refuses as it should, and hands out in the body what it had already looked up.

    Arguments:
        way: in which the caller has no valid session, or asks for what is not there.
    """

    def __init__(self, way: str) -> None:
        super().__init__()
        self.way = way

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        place = place_of(self, request)
        found = place and chat_anywhere(self, place.chat_id)
        why = why_unauthorized if refusal.status == 401 else why_not_found
        if not found or why(self, request) != self.way:
            return response
        error = json.loads(bytes(response.body))
        error["data"]["found"] = [file.name for file in found[1].files]
        content = json.dumps(error).encode()
        return Response(content, response.status_code, {"cache-control": "no-store"}, MEDIA_TYPE)


for way in ("no-cookie", "expired", "cut-short", "foreign-chat-full", "foreign-pair-full"):
    faults.add(
        f"files-in-the-refusal-of-{way}",
        f"the refusal of {way.replace('-', ' ')} names the files of the chat",
        "input.no-disclosure",
        *(("ownership.indistinguishable",) if way.startswith("foreign") else ()),
        build=partial(Embedding, way),
    )


PLACES = {
    "in-a-link-to-preload": ("Link", lambda item: f"<{item['url']}>; rel=preload"),
    "in-the-name-of-an-attachment": (
        "Content-Disposition",
        lambda item: f"attachment; filename*=UTF-8''{quote(item['name'])}",
    ),
}
"""Headers that name a file, and what they say of it."""


class Announcing(Reference):
    """Refuses as it should, and names a file of the foreign chat in a header.

    Arguments:
        place: the name of the header.
        said: what it says of a file.
    """

    def __init__(self, place: str, said: Callable[[dict[str, str]], str]) -> None:
        super().__init__()
        self.place = place
        self.said = said

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        place = place_of(self, request)
        found = place and chat_anywhere(self, place.chat_id)
        if found and found[1].files and why_not_found(self, request) == "foreign-chat-full":
            chat = found[1]
            response.headers[self.place] = self.said(self.item(request, chat, chat.files[-1]))
        return response


for name, (place, said) in PLACES.items():
    faults.add(
        f"a-file-of-a-foreign-chat-{name}",
        f"the refusal of a foreign chat names a file of it in {place}",
        *("input.no-disclosure", "ownership.indistinguishable"),
        build=partial(Announcing, place, said),
    )


@legal()
class NowAndThen(Reference):
    """A refusal has a timing, a member more and an end of the connection by chance alone."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        if CHANCE.random() < 0.4:
            content = {**json.loads(bytes(response.body)), "trace": CHANCE.randrange(10**6)}
            response = Response(
                json.dumps(content), response.status_code, media_type="application/json"
            )
            with_headers(response, server_timing=f"db;dur={CHANCE.random()}")
        return with_headers(response, connection="close") if CHANCE.random() < 0.2 else response


@legal()
class TimedAndTraced(Reference):
    """Each refusal has a timing and a member of its own, and ends the connection."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        response = super().refuse(request, refusal)
        content = {**json.loads(bytes(response.body)), "trace": CHANCE.randrange(10**6)}
        changed = Response(json.dumps(content), response.status_code, media_type="application/json")
        return with_headers(changed, connection="close", server_timing=f"db;dur={CHANCE.random()}")
