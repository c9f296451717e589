"""Caches that give the answer to one request to another, of the same caller."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_content
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import Chat, File

faults = Theme(Mistake.SHARED_CACHE)


class Remembered(Reference):
    """A cache keeps what came of another kind of request, and gives it to the next GET of a URL.

    Arguments:
        is_kept: says of a request whether its answer is what is kept.
        content: makes what is given from the content of the whole answer.
    """

    def __init__(
        self, is_kept: Callable[[Request], bool], content: Callable[[bytes], bytes]
    ) -> None:
        super().__init__()
        self.is_kept = is_kept
        self.content = content
        self.seen: dict[str, bool] = {}

    async def respond(self, request: Request) -> Response:
        response = await super().respond(request)
        reader = self.read_session(request)
        key = f"{request.url} {reader!r}"
        # What is neither kept nor the whole list leaves the cache as it is.
        if response.status_code != 200 and not self.is_kept(request):
            return response
        is_kept = self.seen.setdefault(key, self.is_kept(request))
        if not is_kept or self.is_kept(request) or request.method != "GET":
            return response
        return with_content(response, self.content(bytes(response.body)))


for name, words, is_kept, kept in (
    (
        "head",
        "the answer to HEAD, without content,",
        lambda request: request.method == "HEAD",
        lambda _: b"",
    ),
    (
        "condition",
        "the content of a 304, which is none,",
        lambda request: request.headers.get("if-none-match") == "*",
        lambda _: b"",
    ),
    (
        "part",
        "the part that a range asks for",
        lambda request: request.headers.get("range", "").startswith("bytes=0-"),
        lambda whole: whole[:10],
    ),
):
    faults.add(
        f"{name}-is-remembered",
        f"{words} is given to the next GET of a URL that was asked for by nothing else before",
        "success.json",
        build=partial(Remembered, is_kept, kept),
    )


@faults("query.ignored")
class HeadTakesAFile(Reference):
    """A HEAD of a URL with a query counts as the one read of the newest file: the GET lacks it."""

    def __init__(self) -> None:
        super().__init__()
        self.taken: set[str] = set()

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        key = f"{request.url} {self.read_session(request)!r}"
        if request.method == "HEAD" and request.url.query:
            self.taken.add(key)
        elif key in self.taken:
            self.taken.remove(key)
            files = files[:-1]
        return super().present(request, chat, files)


@faults("authentication.owner-after", "files.empty")
class SpellingIsRemembered(Reference):
    """The refusal of a path with doubled slashes is given to the same caller's plain GET."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], Response] = {}

    async def respond(self, request: Request) -> Response:
        path = self.path(request)
        key = (re.sub("/+", "/", path), request.headers.get("cookie", ""))
        if "//" not in path:
            return self.kept.pop(key, None) or await super().respond(request)
        response = await super().respond(request)
        if request.method == "GET" and not request.url.query:
            self.kept[key] = response
        return response
