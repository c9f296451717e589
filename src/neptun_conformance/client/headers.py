"""The headers of a request: those of every request of a run, and what it says itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neptun_conformance import __version__
from neptun_conformance.client.decoding import OFFERED
from neptun_conformance.exchange import Request
from neptun_conformance.exchange.address import Address

if TYPE_CHECKING:
    from neptun_conformance.client.settings import Settings

Headers = tuple[tuple[str, str], ...]

RUN_HEADER = "X-Conformance-Run"
_CLOSING = ("Connection", "close")


def of_request(request: Request, common: Headers) -> Headers:
    """Return all headers of a request, in their order.

    Arguments:
        request: the request.
        common: the headers of every request of the run.
    """
    own = tuple(pair for pair in common if pair[0].lower() not in request.without)
    names = {name.lower() for name, _ in request.headers}
    closing = (_CLOSING,) if _is_alone(request) and "connection" not in names else ()
    headers = _merged(own, (*closing, *request.headers))
    if request.body and "transfer-encoding" not in names:
        headers += (("Content-Length", str(len(request.body))),)
    return headers


def _is_alone(request: Request) -> bool:
    """Tell whether a request is the only one on its connection, and says so (RFC 9112, 9.6).

    What follows the answer to HEAD against the rules is only seen if the target then closes.
    """
    return request.fresh or request.method == "HEAD"


def spelled(request: Request, headers: Headers) -> Headers:
    """Return headers with their names in the letter case of a request."""
    if request.lower_case:
        return tuple((name.lower(), value) for name, value in headers)
    return headers


def of_run(settings: Settings) -> Headers:
    """Return the headers of every request of a run."""
    own = (
        ("Host", Address.parse(settings.base_url).authority),
        ("User-Agent", f"neptun-conformance/{__version__}"),
        ("Accept", "application/json"),
        ("Accept-Encoding", OFFERED),
        (RUN_HEADER, settings.run_id),
    )
    return _merged(own, settings.headers)


def _merged(base: Headers, extra: Headers) -> Headers:
    """Put ``extra`` in the place of headers of the same name; join cookies (RFC 6265, 5.4)."""
    replaced = {name.lower() for name, _ in extra}
    kept = tuple(pair for pair in base if pair[0].lower() not in replaced)
    cookies = [value for name, value in base if name.lower() == "cookie" and "cookie" in replaced]
    if cookies:
        extra = tuple(
            (name, "; ".join([*cookies, value]) if name.lower() == "cookie" else value)
            for name, value in extra
        )
    return kept + extra


def octets(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Return headers as they go out, one octet a character."""
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
