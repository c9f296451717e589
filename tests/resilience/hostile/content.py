"""Well-framed answers whose content is meant to choke whoever parses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neptun_conformance.exchange import BodyKind
from tests.resilience.hostile.peer import Peer, Run, hostile

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

DEEP = 100_000
BODIES = {
    "deep_array": (
        "JSON nested 100,000 deep.",
        b'{"chatFiles": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    ),
    "deep_object": ("Objects nested 100,000 deep.", b'{"chatFiles":' * DEEP + b"[]" + b"}" * DEEP),
    "unclosed_arrays": ("A million brackets, none of them closed.", b"[" * 1_000_000),
    "million_digits": (
        "A number of a million digits.",
        b'{"chatFiles": [{"id": ' + b"9" * 1_000_000 + b"}]}",
    ),
    "huge_exponent": ("A number beyond any double.", b'{"chatFiles": [{"id": 1e999999999}]}'),
    "million_members": (
        "An object of 200,000 members.",
        b"{" + b",".join(b'"%d":0' % number for number in range(200_000)) + b"}",
    ),
    "million_items": (
        "A list of a million empty lists.",
        b'{"chatFiles":[' + b"[]," * 999_999 + b"[]]}",
    ),
    "million_empty_files": (
        "A list of a million files without a member.",
        b'{"chatFiles":[' + b"{}," * 999_999 + b"{}]}",
    ),
    "thirty_megabytes": (
        "A text just below the bound on bodies.",
        b'{"chatFiles": [], "more": "' + b"x" * 30_000_000 + b'"}',
    ),
    "lone_surrogates": ("Half a character, escaped.", b'{"chatFiles": [{"name": "\\ud800"}]}'),
    "nul_octets": ("Nothing but NUL.", b"\0" * 10_000),
    "nul_escapes": ("NUL inside of texts.", b'{"chatFiles": [{"name": "\\u0000"}], "\\u0000": 1}'),
    "latin_1": ("JSON that is not UTF-8.", '{"chatFiles": ["ä"]}'.encode("latin-1")),
    "utf_16": ("JSON in UTF-16.", '{"chatFiles": []}'.encode("utf-16")),
    "overlong_utf_8": ("UTF-8 in forbidden spellings.", b'{"chatFiles": ["\xc0\x80\xed\xa0\x80"]}'),
    "not_a_number": ("Numbers that JSON does not have.", b'{"chatFiles": [NaN, Infinity]}'),
    "terminal_escapes": ("Colours for your terminal.", b'{"chatFiles": ["\\u001b[2J\x1b[31m"]}'),
    "markup": ("Markup for your report.", b'{"chatFiles": ["</script><script>alert(1)//]]>"]}'),
    "empty": ("No content at all.", b""),
    "blanks": ("Blanks only.", b" " * 1_000_000),
}


def _entered(name: str, what: str, body: bytes) -> Callable[[Peer], Awaitable[None]]:
    async def serve(peer: Peer) -> None:
        while True:
            await peer.request()
            await peer.answer(body)

    serve.__name__, serve.__doc__ = name, what
    return hostile(200, run=Run.NONCONFORMANT)(serve)


for _name, (_what, _body) in BODIES.items():
    _entered(_name, _what, _body)


@hostile(BodyKind.TOO_LARGE, run=Run.NONCONFORMANT)
async def two_hundred_megabytes(peer: Peer) -> None:
    """JSON of 200 MB, as announced."""
    await peer.request()
    piece = b"[]," * 20_000
    start, end = b'{"chatFiles":[', b"[]]}"
    pieces = 200_000_000 // len(piece)
    length = len(start) + pieces * len(piece) + len(end)
    await peer.answer(start, f"Content-Length: {length}")
    for _ in range(pieces):
        await peer.send(piece)
    await peer.send(end)
