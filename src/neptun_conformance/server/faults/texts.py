"""Successes whose content is not the JSON text that is due."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from neptun_conformance.causes.kinds import Mistake
from neptun_conformance.server.faults.answering import with_content, with_headers
from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.success import add_altered, content
from neptun_conformance.server.reference import Reference

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from neptun_conformance.server.data import Chat, File

faults = Theme(Mistake.SUCCESS_JSON)

add = partial(add_altered, faults)


class Mislabelled(Reference):
    """Says of a success that it is in a coding, where that is taken.

    Arguments:
        coding: the coding that it names.
        encode: what it does to the content in truth.
    """

    def __init__(self, coding: str, encode: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self.coding = coding
        self.encode_content = encode

    def present(self, request: Request, chat: Chat, files: Sequence[File]) -> Response:
        response = super().present(request, chat, files)
        taken = request.headers.get("accept-encoding", "").split(", ")
        if response.status_code != 200 or self.coding not in taken:
            return response
        encoded = with_content(response, self.encode_content(bytes(response.body)))
        return with_headers(encoded, content_encoding=self.coding)


for name, words, coding, encode in (
    ("plain-as-br", "plain octets", "br", bytes),
    ("zlib-as-br", "octets of zlib", "br", zlib.compress),
    ("gzip-as-zstd", "octets of gzip", "zstd", gzip.compress),
):
    faults.add(
        f"coding-{name}",
        f"where {coding} is taken, {words} are said to be in it",
        "success.json",
        build=partial(Mislabelled, coding, encode),
    )


TEXTS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "trailing-comma": ("a trailing comma", lambda text: text.replace(b"]}", b"],}")),
    "nan": ("NaN", lambda text: text.replace(b"]}", b'], "took": NaN}')),
    "infinity": ("Infinity", lambda text: text.replace(b"]}", b'], "took": Infinity}')),
    "latin-1": ("Latin-1", lambda text: text.decode().encode("latin-1", "replace")),
    "utf-16": ("UTF-16", lambda text: text.decode().encode("utf-16")),
    "single-quotes": ("single quotes", lambda text: repr(json.loads(text)).encode()),
    "unquoted-name": (
        "an unquoted member name",
        lambda text: text.replace(b'"chatFiles"', b"chatFiles"),
    ),
    "comment": ("a comment", lambda text: b"/* files */ " + text),
    "guard": ("a guard against inclusion before it", lambda text: b")]}',\n" + text),
    "callback": ("a callback around it", lambda text: b"callback(" + text + b");"),
    "cut-off": ("its end cut off", lambda text: text[:-3]),
    "twice": ("a second text behind it", lambda text: text + text),
    "empty": ("nothing in it", lambda _text: b""),
    "blank": ("only blanks in it", lambda _text: b"  \n"),
    "page": ("a page instead", lambda _text: b"<!doctype html><title>Files</title>"),
    "raw-line-end": (
        "a raw line end in a text",
        lambda text: text.replace(b'"name": "', b'"name": "\n'),
    ),
    "bad-escape": (
        "an escape that JSON does not know",
        lambda text: text.replace(b'"name": "', b'"name": "\\x41'),
    ),
    "half-a-character": (
        "half a character at the end of names",
        lambda text: text.replace(b'", "size"', b'\xc3", "size"'),
    ),
    "surrogates": (
        "surrogates as octets",
        lambda text: text.replace(b'"name": "', b'"name": "\xed\xa0\xbd\xed\xb8\x80'),
    ),
    "nul-behind": ("a NUL behind it", lambda text: text + b"\x00"),
    "leading-zero": (
        "numbers with a leading zero",
        lambda text: text.replace(b'"size": ', b'"size": 0'),
    ),
    "plus-sign": ("numbers with a plus sign", lambda text: text.replace(b'"size": ', b'"size": +')),
}
for name, (words, change) in TEXTS.items():
    add(
        f"json-with-{name}",
        f"the JSON text has {words}",
        "success.json",
        alter=content(change),
        which="full",
    )
for which, also in {"empty": ("files.empty",), "now-and-then": ()}.items():
    add(
        "json-cut-off",
        "the JSON text has its end cut off",
        "success.json",
        *also,
        alter=content(lambda text: text[:-1]),
        which=which,
    )

add(
    "byte-order-mark",
    "the JSON text begins with a byte order mark",
    "success.byte-order-mark",
    alter=content(lambda text: b"\xef\xbb\xbf" + text),
)
add(
    "byte-order-mark",
    "the JSON text begins with a byte order mark",
    "success.byte-order-mark",
    alter=content(lambda text: b"\xef\xbb\xbf" + text),
    which="empty",
)
add(
    "member-twice",
    "the envelope holds its member twice",
    "success.repeated-members",
    alter=content(
        lambda text: text.replace(b'"chatFiles"', b'"total": 1, "total": 2, "chatFiles"')
    ),
)
add(
    "item-member-twice",
    "items hold their size twice",
    "success.repeated-members",
    alter=content(lambda text: text.replace(b'"size"', b'"size": 0, "size"')),
    which="full",
)
add(
    "too-deep",
    "a member more holds 2,000 levels",
    "success.limits",
    alter=content(
        lambda text: text.replace(b"]}", b'], "more": ' + b"[" * 2_000 + b"]" * 2_000 + b"}")
    ),
)
add(
    "too-many-digits",
    "a member more holds a number of 5,000 digits",
    "success.limits",
    alter=content(lambda text: text.replace(b"]}", b'], "more": ' + b"9" * 5_000 + b"}")),
)
add(
    "digits-by-exponent",
    "a member more holds the number 1e1000000000000000000000",
    "success.limits",
    alter=content(lambda text: text.replace(b"]}", b'], "more": 1e1000000000000000000000}')),
)
