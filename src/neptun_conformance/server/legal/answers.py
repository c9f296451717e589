"""Successes and error bodies that look unusual, and that the documentation allows."""

from __future__ import annotations

import gzip
import json
import random
import re
import zlib
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

from neptun_conformance import http_date
from neptun_conformance.server.data import Chat, File
from neptun_conformance.server.faults.answering import with_content, with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.reference import Reference, Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from starlette.requests import Request

legal = Theme()

CHANCE = random.Random(7)  # noqa: S311 - nothing is kept secret by it


@legal()
class MoreMembers(Reference):
    """Envelope, items and error bodies hold more members than documented."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        return {**super().item(request, chat, file), "owner": {"id": 7}, "tags": [], "sha256": None}

    def envelope(self, items: list[Any]) -> Any:
        return {"total": len(items), "next": None, **super().envelope(items), "chat_files": []}

    def error(self, request: Request, refusal: Refusal) -> Any:
        body = super().error(request, refusal)
        return {**body, "error": True, "stack": [], "data": {**body["data"], "code": "E17"}}


@legal()
class OtherWords(Reference):
    """Messages are in other words and in another language."""

    def error(self, request: Request, refusal: Refusal) -> Any:
        message = {401: "Bitte anmelden! 请登录", 404: ""}.get(refusal.status, "…")
        return {"statusCode": refusal.status, "statusMessage": "", "data": {"message": message}}


@legal()
class MembersInAnotherOrder(Reference):
    """The members of objects come in another order each time."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        pairs = list(super().item(request, chat, file).items())
        CHANCE.shuffle(pairs)
        return dict(pairs)


class Encoded(Reference):
    """Writes JSON in another way.

    Arguments:
        write: turns a value into octets.
    """

    def __init__(self, write: Callable[[Any], bytes]) -> None:
        super().__init__()
        self.write = write

    def encode(self, value: Any) -> bytes:
        return self.write(value)


def _as_reals(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False)
    text = re.sub(r'("(?:id|size|statusCode)": )(\d+)', r"\1\2.0", text)
    return re.sub(r'("chat_conversation_id": )(\d+)', r"\1\2e0", text).encode()


def _past_doubles(value: Any) -> bytes:
    more = '{"more": [1e400, 9007199254740993.0, -1e-400, 0e999999999999], '
    return json.dumps(value).replace("{", more).replace(", }", "}").encode()


for name, (words, write) in {
    "pretty-printed": (
        "JSON is indented and in raw UTF-8",
        lambda value: json.dumps(value, ensure_ascii=False, indent=4, sort_keys=True).encode(),
    ),
    "in-ascii": ("JSON is in ASCII with escapes", lambda value: json.dumps(value).encode()),
    "compact": (
        "JSON is without blanks",
        lambda value: json.dumps(value, separators=(",", ":")).encode(),
    ),
    "line-end-behind": (
        "a line end follows the JSON",
        lambda value: json.dumps(value).encode() + b"\r\n",
    ),
    "slashes-escaped": (
        "slashes are escaped in JSON",
        lambda value: json.dumps(value).replace("/", "\\/").encode(),
    ),
    "numbers-past-doubles": ("members more hold numbers that no double holds", _past_doubles),
    "whole-numbers-as-reals": ("whole numbers are written as 1.0 and 1e0", _as_reals),
}.items():
    legal.add(name, words, build=partial(Encoded, write))


class Dressed(Reference):
    """Alters every answer with content in a way that its receiver undoes or ignores.

    Arguments:
        dress: returns the altered answer.
    """

    def __init__(self, dress: Callable[[Request, Response], Response]) -> None:
        super().__init__()
        self.dress = dress

    def finish(self, request: Request, response: Response) -> Response:
        dressed = self.dress(request, response) if response.body else response
        return super().finish(request, dressed)


def media_type(value: str) -> Callable[[Request, Response], Response]:
    """Return what gives every answer another media type."""
    return lambda _request, response: with_headers(response, content_type=value)


def coding(
    name: str, compress: Callable[[bytes], bytes]
) -> Callable[[Request, Response], Response]:
    """Return what compresses content for those who accept it (RFC 9110 section 8.4)."""

    def dress(request: Request, response: Response) -> Response:
        if name.removeprefix("x-") not in request.headers.get("accept-encoding", ""):
            return response
        smaller = with_content(response, compress(bytes(response.body)))
        return with_headers(smaller, content_encoding=name, vary="Accept-Encoding")

    return dress


def _in_two_members(content: bytes) -> bytes:
    """Compress content as a file of two members (RFC 1952 section 2.2)."""
    return gzip.compress(content[:9]) + gzip.compress(content[9:])


def _stored_in_zstd(content: bytes) -> bytes:
    """Store content in one frame of one raw block (RFC 8878 section 3.1.1)."""
    head = b"\x28\xb5\x2f\xfd\xa0" + len(content).to_bytes(4, "little")
    return head + (len(content) << 3 | 1).to_bytes(3, "little") + content


def _stored_in_brotli(content: bytes) -> bytes:
    """Store content in one uncompressed meta-block, and end it (RFC 7932 section 9.2)."""
    return (1 << 20 | (len(content) - 1) << 4).to_bytes(3, "little") + content + b"\x03"


def _in_pieces(_request: Request, response: Response) -> Response:
    content = bytes(response.body)

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(content), 7):
            yield content[start : start + 7]

    kept = {name: value for name, value in response.headers.items() if name != "content-length"}
    return StreamingResponse(pieces(), response.status_code, kept)


for name, (words, dress) in {
    "media-type-in-capitals": ("the media type is in capitals", media_type("APPLICATION/JSON")),
    "media-type-with-charset": (
        "the media type has a charset",
        media_type("application/json; charset=utf-8"),
    ),
    "media-type-with-parameters": (
        "the media type has odd parameters",
        media_type('Application/Json ;Charset="UTF-8" ; profile="a;b"'),
    ),
    "gzip": ("content is compressed with gzip", coding("gzip", gzip.compress)),
    "gzip-by-its-old-name": ("content is compressed with x-gzip", coding("x-gzip", gzip.compress)),
    "gzip-in-two-members": ("gzip content has two members", coding("gzip", _in_two_members)),
    "deflate": ("content is compressed with deflate", coding("deflate", zlib.compress)),
    "brotli": ("content is in br", coding("br", _stored_in_brotli)),
    "zstd": ("content is in zstd", coding("zstd", _stored_in_zstd)),
    "varies-by-cookie": (
        "answers vary by Cookie",
        lambda _request, response: with_headers(response, vary="Cookie, Accept-Encoding"),
    ),
    "private-for-a-minute": (
        "answers may be kept by the user's own browser",
        lambda _request, response: with_headers(response, cache_control="private, max-age=60"),
    ),
    "open-to-all-origins": (
        "every origin may read answers without credentials",
        lambda _request, response: with_headers(response, access_control_allow_origin="*"),
    ),
    "one-known-origin": (
        "one known origin may read answers with credentials",
        lambda _request, response: with_headers(
            response,
            access_control_allow_origin="https://app.example.com",
            access_control_allow_credentials="true",
        ),
    ),
}.items():
    legal.add(name, words, build=partial(Dressed, dress))
legal.add(
    "chunked",
    "content comes in small chunks",
    build=partial(Dressed, _in_pieces),
    needs_socket=True,
)


@legal()
class WithoutCacheHeaders(Reference):
    """Answers carry neither Cache-Control nor ETag."""

    def finish(self, request: Request, response: Response) -> Response:
        for name in ("cache-control", "etag"):
            if name in response.headers:
                del response.headers[name]
        return super().finish(request, response)


@legal()
class WeakValidator(Reference):
    """The ETag is a weak one, and a matching one gets a 304."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        return with_headers(response, etag=f"W/{response.headers['etag']}")


@legal()
class UnmodifiedSince(Reference):
    """A conditional request with a late date gets a 304, though no answer carries a date."""

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        since = http_date.read(request.headers.get("if-modified-since", ""))
        late = since is not None and since.year > 2030
        return Response(status_code=304) if late else response


class ByTurns(Reference):
    """Stands for two versions of a server behind one address, each of which answers in turn."""

    def __init__(self) -> None:
        super().__init__()
        self.turn = 0

    async def read_files(self, request: Request, chat: Chat) -> Sequence[File]:
        self.turn += 1
        return await super().read_files(request, chat)


@legal()
class OneVersionKnowsMore(ByTurns):
    """Two versions are behind one address, and the files of one have a member more."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        return item | {"thumbnail": None} if self.turn % 2 else item


@legal()
class MomentsInTwoForms(ByTurns):
    """Two versions are behind one address, and write the same moment in another time zone."""

    def item(self, request: Request, chat: Chat, file: File) -> Any:
        item = super().item(request, chat, file)
        if self.turn % 2:
            moment = datetime.fromisoformat(file.created_at).astimezone(
                timezone(timedelta(hours=5))
            )
            item["created_at"] = moment.isoformat()
        return item


@legal()
class LongTokens(Reference):
    """Every refusal holds a long token, and a link to what it means."""

    def error(self, request: Request, refusal: Refusal) -> Any:
        body = super().error(request, refusal)
        help_ = "https://docs.example.com/home/user/errors.html"
        return body | {"token": "x/-" * 5_000, "help": help_}
