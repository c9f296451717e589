"""Servers that give each client the form, the language and the coding that it prefers."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from starlette.responses import HTMLResponse, Response

from neptun_conformance.server.faults.answering import with_content, with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.legal.answers import Dressed
from neptun_conformance.server.legal.preferences import best, weight, weights
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from neptun_conformance.server.data import Chat, File

legal = Theme()

JSON = "application/json"
CHANCE = random.Random(11)  # noqa: S311 - nothing is kept secret by it


def _accept(request: Request) -> str | None:
    return request.headers.get("accept")


def _title(response: Response) -> str:
    return f"<!doctype html><title>{response.status_code}</title>"


def _page(response: Response) -> Response:
    return HTMLResponse(_title(response), response.status_code, {"vary": "Accept"})


def _browsable(response: Response) -> Response:
    """Show the JSON in a page, as frameworks do to developers."""
    page = f"{_title(response)}<pre>{escape(bytes(response.body).decode())}</pre>"
    return HTMLResponse(page, response.status_code, {"vary": "Accept"})


def _log_in(response: Response) -> Response:
    form = '<form method="post" action="/login"><input name="password" type="password"></form>'
    return HTMLResponse(_title(response) + form, response.status_code)


def _as(media_type: str) -> Callable[[Response], Response]:
    return lambda response: Response(
        f"# {response.status_code}\n", response.status_code, {"vary": "Accept"}, media_type
    )


def _indented(response: Response) -> Response:
    value = json.loads(bytes(response.body))
    return with_content(response, json.dumps(value, ensure_ascii=False, indent=2).encode())


def preferring(
    media_type: str, make: Callable[[Response], Response], *statuses: int
) -> Callable[[Request, Response], Response]:
    """Return what answers in another form to whoever prefers that to JSON.

    Arguments:
        media_type: the form.
        make: makes the answer in it.
        statuses: which answers have that form, all where none is named.
    """

    def dress(request: Request, response: Response) -> Response:
        meant = not statuses or response.status_code in statuses
        preferred = best(_accept(request), (JSON, media_type)) == media_type
        return make(response) if meant and preferred else response

    return dress


def refusing(make: Callable[[Response], Response], *statuses: int) -> Callable[..., Response]:
    """Return what answers a 406 to whoever does not take JSON.

    Arguments:
        make: makes the answer.
        statuses: in place of which answers, all where none is named.
    """

    def dress(request: Request, response: Response) -> Response:
        meant = not statuses or response.status_code in statuses
        return make(response) if meant and best(_accept(request), (JSON,)) is None else response

    return dress


def _406(_: Response) -> Response:
    return HTMLResponse("<!doctype html><title>Not Acceptable</title>", 406)


def _406_as_documented(_: Response) -> Response:
    data = {"message": f"This comes as {JSON} alone"}
    body = {"statusCode": 406, "statusMessage": "Not Acceptable", "data": data}
    return Response(json.dumps(body), 406, media_type=JSON)


for name, (words, dress) in {
    "page-where-preferred": ("a page is the answer", preferring("text/html", _page)),
    "page-of-the-files": ("a page with the JSON is the 200", preferring("text/html", _browsable)),
    "page-of-a-404": ("a page is the 404", preferring("text/html", _page, 404)),
    "page-to-log-in": ("a page to log in is the 401", preferring("text/html", _log_in, 401)),
    "page-of-files-alone": ("a page is the 200", preferring("text/html", _page, 200)),
    "page-indented": ("the JSON is indented", preferring("text/html", _indented)),
    "xml-where-preferred": ("XML is the answer", preferring("application/xml", _as("text/xml"))),
    "csv-where-preferred": ("CSV is the 200", preferring("text/csv", _as("text/csv"), 200)),
    "events-where-preferred": (
        "a stream of events is the 200",
        preferring("text/event-stream", _as("text/event-stream"), 200),
    ),
    "json-api-where-preferred": (
        "a document of JSON:API is the answer",
        preferring("application/vnd.api+json", _as("application/vnd.api+json")),
    ),
}.items():
    legal.add(name, f"{words} to whoever prefers that", build=partial(Dressed, dress))
for name, (words, dress) in {
    "406-by-a-page": ("a 406 with a page is the answer", refusing(_406)),
    "406-as-documented": ("a 406 with the error body is the answer", refusing(_406_as_documented)),
    "406-for-files": ("a 406 comes in place of the files", refusing(_406, 200)),
    "406-for-refusals": ("a 406 comes in place of a refusal", refusing(_406, 401, 404)),
}.items():
    legal.add(name, f"{words} to whoever does not take JSON", build=partial(Dressed, dress))


WORDS = {
    "en": {401: "Please log in", 404: "There is no such chat"},
    "de": {401: "Bitte erst anmelden", 404: "Diesen Chat gibt es nicht"},
    "ar": {401: "\u200fالرجاء تسجيل الدخول\u200f", 404: "\u200fلا توجد محادثة\u200f"},  # noqa: RUF001
}


def _language(request: Request) -> str:
    given = weights(request.headers.get("accept-language", ""))

    def wanted(language: str) -> float:
        named = {language, "*"}
        return max((w for tag, w in given.items() if tag.partition("-")[0] in named), default=0.0)

    return max(WORDS, key=wanted)


class Translated(Reference):
    """Says why it refuses in the language that is preferred.

    Arguments:
        status_message: so are the words for the status.
        links: the links of files name the language, too.
        told: every answer says in which language it is.
    """

    def __init__(
        self, *, status_message: bool = False, links: bool = False, told: bool = False
    ) -> None:
        super().__init__()
        self.status_message = status_message
        self.named_in_links = links
        self.told = told

    def error(self, request: Request, refusal: Refusal) -> Any:
        body = super().error(request, refusal)
        words = WORDS[_language(request)].get(refusal.status, refusal.message)
        status = {"statusMessage": words} if self.status_message else {}
        return {**body, **status, "data": {"message": words}}

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        if self.named_in_links:
            item["url"] += f"?hl={_language(request)}"
        return item

    def finish(self, request: Request, response: Response) -> Response:
        if self.told:
            language = _language(request)
            with_headers(response, content_language=language, vary="Accept-Language")
        return super().finish(request, response)


for name, words, how in (
    ("messages", "messages are in the language that is preferred", {}),
    ("status-messages", "so are the words for the status", {"status_message": True}),
    ("links", "links name the language that is preferred", {"links": True}),
    ("told", "every answer names its language", {"told": True, "status_message": True}),
):
    legal.add(f"language-of-{name}", words, build=partial(Translated, **how))


def _encoding(request: Request) -> str:
    return request.headers.get("accept-encoding", "")


def _gzipped(response: Response, compress: Callable[[bytes], bytes] = gzip.compress) -> Response:
    smaller = with_content(response, compress(bytes(response.body)))
    return with_headers(smaller, content_encoding="gzip", vary="Accept-Encoding")


def _with_a_random_name(content: bytes) -> bytes:
    """Name the member by some letters, so that nobody learns its length (RFC 1952 section 2.3)."""
    member = gzip.compress(content)
    name = bytes(CHANCE.choices(b"abcdefgh", k=CHANCE.randrange(100)))
    return member[:3] + b"\x08" + member[4:10] + name + b"\0" + member[10:]


def _flushed(content: bytes) -> bytes:
    stream = zlib.compressobj(wbits=31)
    pieces = (content[start : start + 40] for start in range(0, len(content), 40))
    parts = [stream.compress(piece) + stream.flush(zlib.Z_SYNC_FLUSH) for piece in pieces]
    return b"".join(parts) + stream.flush()


def _where_taken(compress: Callable[[bytes], bytes]) -> Callable[..., Response]:
    def dress(request: Request, response: Response) -> Response:
        taken = weight(_encoding(request), "gzip") > 0
        return _gzipped(response, compress) if taken else response

    return dress


def _where_preferred(request: Request, response: Response) -> Response:
    if best(_encoding(request), ("identity", "gzip", "deflate")) != "deflate":
        return response
    smaller = with_content(response, zlib.compress(bytes(response.body)))
    return with_headers(smaller, content_encoding="deflate", vary="Accept-Encoding")


def _in_brotli_where_taken(request: Request, response: Response) -> Response:
    """Put content into one stored block (RFC 7932 section 9.2); it is shorter than 2^16 octets."""
    content = bytes(response.body)
    if not content or weight(_encoding(request), "br") <= 0:
        return response
    head = (len(content) - 1) << 4 | 1 << 20
    coded = with_content(response, head.to_bytes(3, "little") + content + b"\x03")
    return with_headers(coded, content_encoding="br", vary="Accept-Encoding")


def _only(meant: Callable[[Request, Response], bool]) -> Callable[..., Response]:
    taken = _where_taken(gzip.compress)
    return lambda request, response: (
        taken(request, response) if meant(request, response) else response
    )


def _of_this_site(request: Request, _: Response) -> bool:
    """Tell whether a request comes from this site: a secret is guessed by lengths from others."""
    referer, host = request.headers.get("referer", ""), request.headers.get("host")
    return referer.split("/")[2:3] == [host]


def _tagged(request: Request, response: Response) -> Response:
    """Mark the entity tag of what is compressed, as a well-known server does."""
    smaller = _where_taken(gzip.compress)(request, response)
    if smaller is not response and "etag" in smaller.headers:
        with_headers(smaller, etag=f'{smaller.headers["etag"][:-1]}-gzip"')
    return smaller


for name, (words, dress) in {
    "gzip-where-taken": ("content is compressed where that is taken", _where_taken(gzip.compress)),
    "deflate-where-preferred": ("content is deflated where that is preferred", _where_preferred),
    "brotli-where-taken": ("content is in Brotli where that is taken", _in_brotli_where_taken),
    "gzip-of-random-length": (
        "compressed content is longer by chance",
        _where_taken(_with_a_random_name),
    ),
    "gzip-flushed": ("compressed content is flushed in between", _where_taken(_flushed)),
    "gzip-of-much": ("much content is compressed", _only(lambda _, r: len(r.body) > 500)),
    "gzip-of-files": ("a 200 is compressed", _only(lambda _, r: r.status_code == 200)),
    "gzip-of-refusals": ("a refusal is compressed", _only(lambda _, r: r.status_code >= 400)),
    "gzip-for-the-own-site": ("what the own pages ask for is compressed", _only(_of_this_site)),
    "gzip-in-the-tag": ("the entity tag of compressed content says so", _tagged),
    "varies-by-everything": (
        "answers vary by all that a client may prefer",
        lambda _, response: with_headers(
            response, vary="Accept, Accept-Encoding, Accept-Language, Cookie, Origin, User-Agent"
        ),
    ),
}.items():
    legal.add(name, words, build=partial(Dressed, dress))
