"""The fields of a request as HTTP/2 carries them (RFC 9113 sections 8.2 and 8.3).

Nothing here needs h2: what a request cannot be is asked before anything is sent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from neptun_conformance.exchange import Http2Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from neptun_conformance.client.message import Message
    from neptun_conformance.exchange import Request

Fields = list[tuple[bytes, bytes]]

CONNECTION_SPECIFIC = frozenset(
    {"connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"}
)
"""Fields of HTTP/1.1 that a request in HTTP/2 must not have (RFC 9113 section 8.2.2)."""

MOST_FIELDS = 90
"""More than that, and the cookies stay in one field: Envoy, for one, counts each field and takes
no more than 100, pseudo-header fields and its own included."""

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

    Browsers send cookies so, and servers join them again (RFC 9113 section 8.2.3); a client is
    free to do so, and few cookies make the point. The requests
    that speak for another client, by its User-Agent, have them in one field, as those clients do.
    """
    kept = tuple(pair for pair in headers if pair[0].lower() not in CONNECTION_SPECIFIC)
    agents = [value for name, value in headers if name.lower() == "user-agent"]
    if not all(agent.startswith(_SPLIT_BY) for agent in agents):
        return kept
    fields = tuple(field for pair in kept for field in _split(pair))
    return fields if len(fields) <= MOST_FIELDS else kept


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


def why_unsendable(request: Request, version: str | None) -> str | None:
    """Say why there is no such request in a version of HTTP, if so.

    Arguments:
        request: the request.
        version: such as ``1.1``; None where it is not agreed on yet, which excludes nothing.
    """
    if version == "2":
        lost = missing(request)
        return f"HTTP/2 has no {' and no '.join(lost)} header" if lost else None
    return "only HTTP/2 has such a request" if version and request.http2 is not None else None


def request_fields(message: Message, scheme: str) -> Fields:
    """Return a request's fields, the pseudo-header fields first; ``Host`` becomes one of them."""
    named = [(name.lower(), value) for name, value in message.headers]
    hosts = [value for name, value in named if name == b"host"][:1]
    dropped = {b"host", *(name.encode("ascii") for name in CONNECTION_SPECIFIC)}
    pseudo, beside = _in_form(
        message.form,
        [
            (b":method", message.method),
            (b":scheme", scheme.encode("ascii")),
            *((b":authority", host) for host in hosts),
            (b":path", message.target),
        ],
    )
    return [*pseudo, *beside, *(pair for pair in named if pair[0] not in dropped)]


def _in_form(form: Http2Form, pseudo: Fields) -> tuple[Fields, Fields]:
    """Return pseudo-header fields in a form, and what goes out beside them for its sake."""
    known = dict(pseudo)
    if form is Http2Form.PATH_FIRST:
        return pseudo[::-1], []
    if form is Http2Form.HOST_BESIDE:
        return pseudo, [(b"host", known[b":authority"])]
    if form is Http2Form.SCHEME_IN_CAPITALS:
        return [*(known | {b":scheme": known[b":scheme"].upper()}).items()], []
    return pseudo, []
