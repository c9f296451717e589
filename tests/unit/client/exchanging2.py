"""One exchange over HTTP/2 that must be answered, or several."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from neptun_conformance.exchange import Request, Response

if TYPE_CHECKING:
    from neptun_conformance.client import Client

GET = Request("GET", "/a?b=%2F")


def response(client: Client, request: Request = GET, **options: object) -> Response:
    outcome = client.exchange(request, **options).outcome  # type: ignore[arg-type]
    assert isinstance(outcome, Response), outcome
    return outcome


def statuses(client: Client, number: int) -> list[int]:
    """Send so many requests side by side."""
    with ThreadPoolExecutor(number) as pool:
        return [one.status for one in pool.map(lambda _: response(client), range(number))]
