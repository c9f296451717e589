"""Other people's files that are named beside what is rightly given, and what may be named there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import json_answer, with_headers
from neptun_conformance.server.faults.asking import chat_anywhere, place_of, reader_of
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File, User

faults = Theme(Mistake.NO_OWNERSHIP)
legal = Theme()

Items = list[dict[str, Any]]
Beside = Callable[[Items], dict[str, Any]]


class Neighbouring(Reference):
    """Gives the files of a chat, and something about those of others beside them.

    Arguments:
        beside: what the envelope holds, too, of the items of others.
    """

    def __init__(self, beside: Beside) -> None:
        super().__init__()
        self.beside = beside

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        items = [self.item(request, chat, file) for file in files]
        return json_answer(self, self.envelope(items) | self.beside(self.others(request, chat)))

    def others(self, request: Request, chat: Chat) -> Items:
        """Return the items of all chats of everybody else."""
        return [
            self.item(request, other, file)
            for user in self.users.values()
            if chat not in user.chats
            for other in user.chats
            for file in other.files
        ]


BESIDE: dict[str, tuple[str, Beside]] = {
    "names-of-recent-files": (
        "the names of everybody's recent files",
        lambda others: {"recent": [item["name"] for item in others]},
    ),
    "the-link-of-the-next-file": (
        "the link of the next file, which is another user's",
        lambda others: {"links": {"next": others[0]["url"]}},
    ),
    "a-file-as-a-members-name": (
        "an object with a member called as each file of others",
        lambda others: {"sizes": {item["name"]: item["size"] for item in others}},
    ),
}
for name, (what, beside) in BESIDE.items():
    faults.add(
        f"beside-the-files-{name}",
        f"every 200 holds {what} beside chatFiles",
        "input.no-disclosure",
        build=partial(Neighbouring, beside),
    )


@faults("input.no-disclosure")
class BesideTheFilesASuggestion(Reference):
    """Every 200 names a file of somebody else in a header."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        others = [
            one for user in self.users.values() for one in user.chats if chat not in user.chats
        ]
        name = next(file.name for other in others for file in other.files)
        return with_headers(super().present(request, chat, files), x_suggest=quote(name))


@faults("input.no-disclosure")
class BesideEachFileASimilarOne(Reference):
    """Each file of a 200 has a member more, with the name of somebody else's file."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        others = [user.chat_with_files for user in self.users.values() if chat not in user.chats]
        return super().item(request, chat, file) | {"similar": others[0].files[0].name}


class Unguarded(Reference):
    """Answers a method to everybody, before it asks who is there.

    Arguments:
        concerns: tells which requests.
        reply: makes the answer, of the one that is due to the owner.
    """

    def __init__(
        self, concerns: Callable[[Request], bool], reply: Callable[[Response, str], Response]
    ) -> None:
        super().__init__()
        self.concerns = concerns
        self.reply = reply

    async def answer(self, request: Request) -> Response:
        place = place_of(self, request)
        found = place and chat_anywhere(self, place.chat_id)
        if place is None or not found or found[0].id != place.user_id or not self.concerns(request):
            return await super().answer(request)
        links = [self.item(request, found[1], file)["url"] for file in found[1].files]
        preloaded = ", ".join(f"<{link}>; rel=preload" for link in links)
        return self.reply(self.present(request, found[1], found[1].files), preloaded)


def _is_a_preflight(request: Request) -> bool:
    return request.method == "OPTIONS" and "access-control-request-method" in request.headers


faults.add(
    "preflight-is-answered-with-the-files",
    "an OPTIONS that asks for a method is routed as that method, by anybody",
    "input.no-disclosure",
    build=partial(Unguarded, _is_a_preflight, lambda given, _: given),
)
faults.add(
    "options-is-answered-with-the-files",
    "OPTIONS is routed as GET is, and its session is not asked for",
    "input.no-disclosure",
    build=partial(Unguarded, lambda request: request.method == "OPTIONS", lambda given, _: given),
)
faults.add(
    "head-preloads-the-files-for-anybody",
    "a HEAD is a 200 for anybody, with the files' links in a header",
    *("input.no-disclosure", "methods.head", "ownership.head"),
    build=partial(
        Unguarded,
        lambda request: request.method == "HEAD",
        lambda given, links: with_headers(given, link=links),
    ),
)


def _is_overridden(method: str, request: Request) -> bool:
    return request.method == method and request.headers.get("x-http-method-override") == "GET"


faults.add(
    "options-is-overridden",
    "OPTIONS is let by, and an X-HTTP-Method-Override then makes it a GET",
    "input.no-disclosure",
    build=partial(Unguarded, partial(_is_overridden, "OPTIONS"), lambda given, _: given),
)
faults.add(
    "head-is-overridden",
    "HEAD is let by where an X-HTTP-Method-Override says GET, and links the files in a header",
    "input.no-disclosure",
    build=partial(
        Unguarded,
        partial(_is_overridden, "HEAD"),
        lambda given, links: with_headers(given, link=links),
    ),
)


@legal()
class NoMethodIsOverridden(Reference):
    """An X-HTTP-Method-Override with HEAD or OPTIONS is a 400."""

    async def answer(self, request: Request) -> Response:
        if request.method != "GET" and "x-http-method-override" in request.headers:
            raise Refusal(400, "There is no other method")
        return await super().answer(request)


class Recent(Reference):
    """Every 200 names all the files of its reader, in members and in a header."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        reader = reader_of(self, request)
        own: list[User] = [reader] if reader else []
        items = [
            self.item(request, one, file)
            for user in own
            for one in user.chats
            for file in one.files
        ]
        content = {"recent": items, "names": [item["name"] for item in items]}
        given = [self.item(request, chat, file) for file in files]
        response = json_answer(self, self.envelope(given) | content)
        return with_headers(response, link=", ".join(f"<{i['url']}>; rel=prefetch" for i in items))


legal.add(
    "own-files-beside-the-files",
    "every 200 names all the files of its reader, of both chats, in members and in a header",
    build=Recent,
)


@legal()
class LikeOthersFiles(Reference):
    """What a 200 says beside its files has other people's names in longer ones."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        names = [file.name for user in self.users.values() for file in user.chat_with_files.files]
        longer = [f"{before}{name}" for name in names for before in ("my", "old ", "2024-", "a.")]
        items = [self.item(request, chat, file) for file in files]
        further = {"unlisted": longer, "backups": [f"{name}.bak" for name in names]}
        return json_answer(self, self.envelope(items) | further)


@legal()
class ANameInEveryAnswer(Reference):
    """A page that is called as a file of the owner is linked in every header and in every 200."""

    def envelope(self, items: list[Any]) -> Any:
        return super().envelope(items) | {"help": "/help/minutes.pdf"}

    def finish(self, request: Request, response: Response) -> Response:
        with_headers(response, link="</help/minutes.pdf>; rel=help")
        return super().finish(request, response)


@legal()
class ADescriptionByOptions(Reference):
    """OPTIONS describes the route by an example, which is called as a file of the owner."""

    async def answer(self, request: Request) -> Response:
        response = await super().answer(request)
        if request.method == "OPTIONS":
            return json_answer(self, {"GET": {"example": {"name": "minutes.pdf"}}})
        return response


@legal()
class TheRequestInTheAnswer(Reference):
    """Every 200 repeats the request's URL and its headers but for the cookies."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        items = [self.item(request, chat, file) for file in files]
        kept = {name: value for name, value in request.headers.items() if name != "cookie"}
        return json_answer(self, self.envelope(items) | {"asked": str(request.url), "with": kept})
