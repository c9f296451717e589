"""The fields of a request as HTTP/2 carries them (RFC 9113 sections 8.2 and 8.3).

Nothing here needs h2: what a request cannot be is asked before anything is sent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from neptun_conformance.client.message import Message
    from neptun_conformance.exchange import Request

CONNECTION_SPECIFIC = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"}
)
"""Fields of HTTP/1.1 that a request in HTTP/2 must not have (RFC 9113 section 8.2.2)."""

_SPLIT_BY = ("Mozilla/", "neptun-conformance/")
"""How the User-Agent of a browser begins, and that of a plain request."""

_OF_PERSONS = {"cookie"}
_SAYS_NOTHING = ("connection", "keep-alive")
"""What HTTP/1.1 means anyway, so that nothing is lost with it (RFC 9112 section 9.3)."""


_PATH = re.compile(r"/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*")
"""What ``:path`` is made of (RFC 9113 section 8.3.1; RFC 3986 sections 3.3 and 3.4)."""


def is_malformed(request: Request) -> bool:
    """Tell whether a request is one that HTTP/2 calls malformed, whose stream is to be reset.

    A target outside the grammar of URIs makes it so (RFC 9113 sections 8.1.1 and 8.3.1); HTTP/1.1
    has a 400 for that alone.
    """
    return _PATH.fullmatch(request.target) is None


def carried(headers: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the headers that HTTP/2 has, too, with a field for each cookie.

    Browsers send cookies so, and servers join them again (RFC 9113 section 8.2.3). The requests
    that speak for another client, by its User-Agent, have them in one field, as those clients do.
    """
    kept = tuple(pair for pair in headers if pair[0].lower() not in CONNECTION_SPECIFIC)
    agents = [value for name, value in headers if name.lower() == "user-agent"]
    if not all(agent.startswith(_SPLIT_BY) for agent in agents):
        return kept
    return tuple(field for pair in kept for field in _split(pair))


def _split(pair: tuple[str, str]) -> list[tuple[str, str]]:
    name, value = pair
    return [(name, one) for one in value.split("; ")] if name.lower() == "cookie" else [pair]


def missing(request: Request) -> list[str]:
    """Return the names of the headers without which nothing is left of what a request is about."""
    own = [(name.lower(), value.lower()) for name, value in request.headers]
    rest = [pair for pair in own if pair[0] not in _OF_PERSONS and pair != _SAYS_NOTHING]
    if not rest or any(name not in CONNECTION_SPECIFIC for name, _ in rest):
        return []
    lost = {name for name, _ in rest}
    return [name for name, _ in request.headers if name.lower() in lost]


def request_fields(message: Message, scheme: str) -> list[tuple[bytes, bytes]]:
    """Return a request's fields, the pseudo-header fields first; ``Host`` becomes one of them."""
    named = [(name.lower(), value) for name, value in message.headers]
    authority = [(b":authority", value) for name, value in named if name == b"host"]
    dropped = {b"host", *(name.encode("ascii") for name in CONNECTION_SPECIFIC)}
    return [
        (b":method", message.method),
        (b":scheme", scheme.encode("ascii")),
        *authority[:1],
        (b":path", message.target),
        *((name, value) for name, value in named if name not in dropped),
    ]
