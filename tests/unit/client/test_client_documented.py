"""The documentation's own client: whatever a target sends it, it raises nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import Failure, FailureKind, Request, Response

if TYPE_CHECKING:
    from tests.unit.client.conftest import Connect, Serve

ASKED = Request("GET", "/", documented=True)
LOCATIONS = (
    b"",
    b"//",
    b"http://[::1",
    b"http://[v1.x]/",
    b"http://a:999999999999/",
    b"http://a:b@c:d@e/",
    b"http://xn--" + b"9" * 60 + b"/",
    b"http://" + b"a." * 30_000,
    b"http://\xe2\x84\xa8/",
    b"javascript:alert(1)",
    b"data:,x",
    b"\xff\xfe",
    b"?" * 1_000,
    b"/a\x1b[31m",
    b"a:b/c",
)


@pytest.mark.parametrize("location", LOCATIONS, ids=range(len(LOCATIONS)))
def test_a_redirect_to_anything_is_an_answer_or_a_failure(
    location: bytes, serve: Serve, connect: Connect
) -> None:
    """What is no address may keep httpx from giving the answer, and ends no run."""
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: "
    outcome = connect(serve(head + location + b"\r\n\r\n").url).exchange(ASKED).outcome
    if isinstance(outcome, Failure):
        assert outcome.kind is FailureKind.PROTOCOL
        assert "the documented client (httpx) got no answer" in outcome.message
    else:
        assert outcome.status == 302


def test_an_application_that_crashes_answers_as_its_server_would() -> None:
    """Also where it is called in this process: with a 500."""

    async def crashing(_scope: Any, _receive: Any, _send: Any) -> None:
        raise LookupError

    settings = Settings(base_url="http://127.0.0.1", run_id="x")
    with Client(settings, app=crashing) as client:
        outcome = client.exchange(ASKED).outcome
    assert isinstance(outcome, Response)
    assert outcome.status == 500
