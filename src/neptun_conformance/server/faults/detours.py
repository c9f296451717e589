"""Ways round the refusal: caches, other spellings of the route, conditional requests."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.asking import own_chat, place_of, plain, reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Place, Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from neptun_conformance.server.data import User

faults = Theme(Mistake.ROUTE_SPELLING)


class Remembering(Reference):
    """Keeps answers by URL for callers without a session cookie, as a cache in between does."""

    remembered = 200

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, Response] = {}

    async def respond(self, request: Request) -> Response:
        kept = self.kept.get(self.path(request))
        if kept and self.uses_cache(request):
            return kept
        response = await super().respond(request)
        if plain(request) and response.status_code == self.remembered:
            self.kept[self.path(request)] = response
        return response

    def uses_cache(self, request: Request) -> bool:
        """Say whether a request is answered from the cache."""
        raise NotImplementedError


@faults(
    "authentication.after-owner",
    by_chance=("authentication.no-cookie", "authentication.empty-chat", "isolation.own-answer"),
)
class OwnersAnswerIsCached(Remembering):
    """A cache keyed by the URL alone gives the owner's answer to plain callers without a cookie."""

    def uses_cache(self, request: Request) -> bool:
        return plain(request) and "cookie" not in request.headers


class RefusalIsCached(Remembering):
    """A cache keyed by the URL alone gives an anonymous 401 to the next who asks, once."""

    remembered = 401

    def uses_cache(self, request: Request) -> bool:
        chat, reader = own_chat(self, place_of(self, request)), reader_of(self, request)
        return bool(chat and reader and chat in reader.chats) and plain(request)

    async def respond(self, request: Request) -> Response:
        response = await super().respond(request)
        if self.uses_cache(request):
            self.kept.pop(self.path(request), None)
        return response


faults.add(
    "refusal-is-cached",
    "a cache keyed by the URL alone gives an anonymous 401 to the next who shows a session",
    "authentication.owner-after",
    build=RefusalIsCached,
    by_chance=(
        *("client.documented", "success.status", "files.empty", "isolation.own-answer"),
        "methods.head",
    ),
)


class WrongSpelling(Reference):
    """Serves other spellings of the route, for which nobody asks who is calling.

    Arguments:
        normal: gets a path, and returns that of the route.
        to: who is served, ``anonymous``, ``stranger`` or ``anybody``.
    """

    def __init__(self, normal: Callable[[str], str], *, to: str) -> None:
        super().__init__()
        self.normal = normal
        self.to = to

    async def respond(self, request: Request) -> Response:
        response = await super().respond(request)
        path = self.path(request)
        normal = self.normal(path)
        if response.status_code != 404 or normal == path or request.method != "GET":
            return response
        signed_in = reader_of(self, request) is not None
        if self.to == ("anonymous" if signed_in else "stranger"):
            return response
        chat = own_chat(self, self.route_or_none(normal))
        if chat is None:
            return response
        return self.present(request, chat, chat.files)

    def route_or_none(self, path: str) -> Place | None:
        """Return what a path names, or None."""
        try:
            return self.route(path)
        except Refusal:
            return None


def _lower_route(path: str) -> str:
    for word in ("api", "users", "chats", "files"):
        path = re.sub(f"(?i)/{word}(?=/|$)", f"/{word}", path)
    return path


for who, clause in (("anonymous", "authentication"), ("stranger", "ownership")):
    for what, normal in {
        "trailing-slash": lambda path: path.rstrip("/"),
        "upper-case": _lower_route,
        "doubled-slash": lambda path: re.sub("/+", "/", path),
    }.items():
        faults.add(
            f"{what}-is-open-to-{who}",
            f"the route with {what.replace('-', ' ')} asks no {who} caller who that is",
            f"{clause}.route-spelling",
            build=partial(WrongSpelling, normal, to=who),
        )


class EarlyNotModified(Reference):
    """Answers a conditional request before anybody asked who is calling."""

    def __init__(self, *, to: str, condition: str) -> None:
        super().__init__()
        self.to = to
        self.condition = condition

    def authenticate(self, request: Request) -> User:
        place, reader = place_of(self, request), reader_of(self, request)
        chat = own_chat(self, place)
        outsider = "anonymous" if reader is None else "stranger"
        others = place is not None and (reader is None or reader.id != place.user_id)
        if chat and others and outsider == self.to and self.condition in request.headers:
            response = self.present(request, chat, chat.files)
            if response.status_code == 304 or self.condition != "if-none-match":
                raise Refusal(304, "", {"etag": response.headers["etag"]})
        return super().authenticate(request)

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if refusal.status == 304:
            return Response(status_code=304, headers=refusal.headers)
        return super().refuse(request, refusal)


for who, clause in (("anonymous", "authentication"), ("stranger", "ownership")):
    faults.add(
        f"validator-is-enough-for-{who}",
        f"the owner's own ETag gets a 304 for {who} callers",
        f"{clause}.conditional",
        build=partial(EarlyNotModified, to=who, condition="if-none-match"),
    )


for name, words, who, normal in (
    ("extension", "an extension", "anybody", lambda path: path.removesuffix(".json")),
    ("extension", "an extension", "stranger", lambda path: path.removesuffix(".json")),
    ("path-parameter", "a path parameter", "anybody", lambda path: path.partition(";")[0]),
):
    faults.add(
        f"{name}-is-open-to-{who}",
        f"the route with {words} does not ask {who} who is calling",
        "input.no-disclosure",
        build=partial(WrongSpelling, normal, to=who),
        # The session may stand in such a parameter, too.
        by_chance=("authentication.query",) if name == "path-parameter" else (),
    )


for name, words, normal in (
    ("further-segment", "a further segment", lambda path: path.removesuffix("/index.css")),
    (
        "encoded-letters",
        "encoded letters",
        lambda path: path.replace("/%61pi/", "/api/").replace("/%66iles", "/files"),
    ),
    ("style-sheet", "the end of a style sheet", lambda path: path.removesuffix(".css")),
    ("sheet-parameter", "such an end of a parameter", lambda path: re.sub(";.*[.]css$", "", path)),
    ("sheet-beneath", "such a segment beneath", lambda path: re.sub("/[a-z]+[.]css$", "", path)),
    ("question-mark", "an encoded question mark", lambda path: path.partition("%3F")[0]),
    ("first-parameter", "a path parameter at its beginning", lambda path: path.replace(";x", "")),
):
    faults.add(
        f"{name}-is-open-to-anybody",
        f"the route with {words} asks nobody who is calling",
        "input.no-disclosure",
        build=partial(WrongSpelling, normal, to="anybody"),
    )
for place, normal in {
    "before-the-user": lambda path: path.replace("/users//", "/users/"),
    "before-files": lambda path: path.replace("//files", "/files"),
}.items():
    faults.add(
        f"doubled-slash-{place}-is-open-to-anybody",
        f"the route with a doubled slash {place.replace('-', ' ')} asks nobody who is calling",
        "ownership.route-spelling",
        build=partial(WrongSpelling, normal, to="anybody"),
    )
for word in ("users", "files"):
    faults.add(
        f"upper-case-{word}-is-open-to-anybody",
        f"the route with {word} in capitals asks nobody who is calling",
        "ownership.route-spelling",
        build=partial(
            WrongSpelling, partial(re.sub, f"/{word.upper()}\\b", f"/{word}"), to="anybody"
        ),
        by_chance=("authentication.route-spelling",),
    )


class CachedLikeAFile(Reference):
    """Ignores an end of the route, and keeps for everybody what by its URL looks like a file.

    Arguments:
        part: of the URL that is looked at, ``raw_path`` or ``query_string``.
        end: how that part ends then.
    """

    def __init__(self, part: str, end: str) -> None:
        super().__init__()
        self.part = part
        self.end = end
        self.kept: dict[str, Response] = {}

    def path(self, request: Request) -> str:
        return super().path(request).removesuffix(self.end)

    async def respond(self, request: Request) -> Response:
        url = str(request.url)
        if url in self.kept:
            return self.kept[url]
        response = await super().respond(request)
        if response.status_code == 200 and request.scope[self.part].endswith(self.end.encode()):
            self.kept[url] = response
        return response


faults.add(
    "cached-by-path",
    "a cache keeps for everybody what by its path is a style sheet",
    "input.no-disclosure",
    build=partial(CachedLikeAFile, "raw_path", "/a.css"),
)
faults.add(
    "cached-by-query",
    "a cache keeps for everybody what by its query is a style sheet",
    "authentication.after-owner",
    build=partial(CachedLikeAFile, "query_string", ".css"),
)
faults.add(
    "cached-by-slash",
    "a cache keeps for everybody what ends with a slash",
    "authentication.route-spelling",
    build=partial(CachedLikeAFile, "raw_path", "/"),
    by_chance=("ownership.route-spelling", "input.no-disclosure"),
)


@faults("authentication.route-spelling", "ownership.route-spelling", "input.no-disclosure")
class PageOfAllFiles(Reference):
    """Whatever is not the route gets a page with the names of everybody's files."""

    def refuse(self, request: Request, refusal: Refusal) -> Response:
        if place_of(self, request) is not None:
            return super().refuse(request, refusal)
        files = (f for user in self.users.values() for chat in user.chats for f in chat.files)
        page = "".join(f"<li>{file.name}" for file in files)
        return Response(page, 404, media_type="text/html")
