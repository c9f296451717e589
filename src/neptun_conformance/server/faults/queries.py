"""Query parameters that change an answer, though none is documented."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File


faults = Theme(Mistake.QUERY_HEEDED)


class QueryMatters(Reference):
    """Lets an unknown query parameter change the answer.

    Arguments:
        matter: returns what the answer becomes.
    """

    def __init__(self, matter: Callable[[Any], Any]) -> None:
        super().__init__()
        self.matter = matter
        self.asked_with_query = False

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        self.asked_with_query = bool(request.url.query)
        return super().present(request, chat, files)

    def envelope(self, items: list[Any]) -> Any:
        body = super().envelope(items)
        return self.matter(body) if self.asked_with_query else body


@faults("files.complete", "query.ignored")
class PagesOfFour(Reference):
    """A chat comes in pages of four files, and limit says how many: more of the same chat."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        limit = request.query_params.get("limit", "")
        size = int(limit) if limit.isdecimal() else 4
        return super().present(request, chat, files[:size])


faults.add(
    "query-adds-a-member",
    "an unknown query parameter adds a member to the answer",
    "query.ignored",
    build=partial(QueryMatters, lambda body: {**body, "filtered": True}),
)
faults.add(
    "query-cuts-the-list",
    "an unknown query parameter cuts the list",
    "query.ignored",
    build=partial(QueryMatters, lambda body: {"chatFiles": body["chatFiles"][:1]}),
)
faults.add(
    "query-turns-the-list",
    "an unknown query parameter turns the order of the files",
    "query.ignored",
    build=partial(QueryMatters, lambda body: {"chatFiles": body["chatFiles"][::-1]}),
)


class QueryChangesTheForm(Reference):
    """Answers a query in another form.

    Arguments:
        media_type: what it says that it is.
        content: what it is.
    """

    def __init__(self, media_type: str, content: bytes) -> None:
        super().__init__()
        self.media_type = media_type
        self.content = content

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if request.query_params.get("format"):
            return Response(self.content, headers=PRIVATE, media_type=self.media_type)
        return super().present(request, chat, files)


class QueryIsHeeded(Reference):
    """Turns the order of the files for one parameter.

    Arguments:
        name: of the parameter.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        return chat.files[::-1] if self.name in request.query_params else chat.files


for name in ("$top", "ids", "sortBy", "verbose"):
    faults.add(
        f"query-heeds-{name.strip('$').lower()}",
        f"a query parameter named {name} turns the order of the files",
        "query.ignored",
        build=partial(QueryIsHeeded, name),
    )


@faults("file.created-at")
class QueryWritesDatesInGerman(Reference):
    """A query parameter named lang writes dates as that language does, such as 20.03.2024."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        if request.query_params.get("lang") == "de":
            year, month, day = item["created_at"][:10].split("-")
            item["created_at"] = f"{day}.{month}.{year}"
        return item


@faults("input.no-server-error")
class UnknownColumn(Reference):
    """Sorts by the column that a query names, and fails where there is none."""

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        column = request.query_params.get("order_by", "id").lstrip("-")
        for file in chat.files:
            getattr(file, column)
        return chat.files


MOST_PARAMETERS = 100


@faults("input.no-server-error")
class AHundredParameters(Reference):
    """Fails at more query parameters than a hundred."""

    async def answer(self, request: Request) -> Response:
        if len(request.query_params.multi_items()) > MOST_PARAMETERS:
            raise ValueError("too many parameters")
        return await super().answer(request)


PRIVATE = {"cache-control": "private, no-store"}
for name, words, media_type, content, clauses in (
    ("xml", "an XML document", "application/xml", b"<files/>", ()),
    ("page", "a page", "text/html", b"<!doctype html><title>Files</title>", ()),
    ("jsonp", "a script", "application/javascript", b'f({"chatFiles": []})', ()),
    ("null", "JSON without the list", "application/json", b"null", ("success.envelope",)),
    ("cut", "half a JSON text", "application/json", b'{"chatFiles": [', ("success.json",)),
):
    faults.add(
        f"query-is-answered-by-{name}",
        f"a query parameter named format is answered by {words}",
        "query.ignored",
        *clauses,
        build=partial(QueryChangesTheForm, media_type, content),
    )


class QueryIsRefused(Reference):
    """Refuses requests with a query.

    Arguments:
        status: the status with which it does.
    """

    def __init__(self, status: int) -> None:
        super().__init__()
        self.status = status

    def find_chat(self, request: Request, user: Any, place: Any) -> Chat:
        if request.url.query:
            raise Refusal(self.status, "There are no such parameters")
        return super().find_chat(request, user, place)


for status in (400, 422):
    faults.add(
        f"query-is-{status}",
        f"an unknown query parameter is a {status}",
        "query.ignored",
        build=partial(QueryIsRefused, status),
    )
faults.add(
    "query-crashes",
    "an unknown query parameter crashes the server",
    "query.ignored",
    "input.no-server-error",
    build=partial(QueryIsRefused, 500),
)


class ContentIsRefused(Reference):
    """Refuses a GET that has content.

    Arguments:
        status: the status with which it does.
        readers: only where somebody reads a chat of their own, so late that all else is refused.
    """

    def __init__(self, status: int, *, readers: bool = False) -> None:
        super().__init__()
        self.status = status
        self.readers = readers

    def _assert_empty(self, request: Request) -> None:
        if request.headers.get("content-length", "0") != "0":
            raise Refusal(self.status, "There should be no content")

    async def answer(self, request: Request) -> Response:
        if not self.readers:
            self._assert_empty(request)
        return await super().answer(request)

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        self._assert_empty(request)
        return super().present(request, chat, files)


for name, status, readers in (("at-first", 400, False), ("of-a-reader", 413, True)):
    faults.add(
        f"content-is-refused-{name}",
        f"content of a GET is a {status}, {name.replace('-', ' ')}",
        "query.ignored",
        build=partial(ContentIsRefused, status, readers=readers),
    )


@faults("query.ignored")
class SheddingOfTrackers(Reference):
    """A redirect takes the parameters of advertisements from the URL."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        if any(name.startswith(("utm_", "fbclid", "gclid")) for name in request.query_params):
            return Response(status_code=302, headers={"location": self.path(request)})
        return super().present(request, chat, files)
