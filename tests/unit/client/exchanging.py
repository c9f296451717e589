"""One exchange that must fail, or must be answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neptun_conformance.exchange import Failure, Request, Response

if TYPE_CHECKING:
    from neptun_conformance.client import Client

GET = Request("GET", "/")


HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: "


def failure(client: Client, request: Request = GET) -> Failure:
    """Make one exchange that must fail."""
    outcome = client.exchange(request).outcome
    assert isinstance(outcome, Failure)
    return outcome


def status(client: Client, *, fresh: bool = False) -> int:
    """Make one exchange that must be answered."""
    outcome = client.exchange(GET, fresh=fresh).outcome
    assert isinstance(outcome, Response), outcome
    return outcome.status
