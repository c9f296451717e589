"""Successes whose content is not the JSON text that is due."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

from neptun_conformance.server.faults.fault import Theme
from neptun_conformance.server.faults.success import add_altered, content

faults = Theme()

add = partial(add_altered, faults)


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
