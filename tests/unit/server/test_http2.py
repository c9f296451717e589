"""The server of HTTP/2 for what proper ones put right before an application sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from neptun_conformance.client import Client, Settings
from neptun_conformance.exchange import Failure, FailureKind, Http2Form, Request, Response
from neptun_conformance.server.http2 import over_http2
from neptun_conformance.server.wire import Meet, Reaction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Receive, Scope, Send

LARGE = 1_500_000
"""Octets; more than the client's window of a stream."""


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the fields of a request and its content, or with much content."""
    event = await receive()
    fields = "\n".join(f"{n.decode()}={v.decode()}" for n, v in scope["http2_fields"])
    content = event["body"] + fields.encode()
    if scope["raw_path"] == b"/large":
        content = b"x" * LARGE
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": content})


def answered(
    requests: Iterable[Request], meet: Meet = lambda _: None, *, deadline: float = 10
) -> list[Any]:
    """Return the outcomes of requests, one after the other."""
    with over_http2(echo, meet=meet) as base_url:
        how = Settings(base_url=base_url, run_id="x", http="2-prior-knowledge", deadline=deadline)
        with Client(how) as client:
            return [client.exchange(request).outcome for request in requests]


def test_an_application_sees_the_fields_as_they_came() -> None:
    (outcome,) = answered([Request("GET", "/a?b", body=b"c\n", http2=Http2Form.PATH_FIRST)])
    assert isinstance(outcome, Response)
    assert outcome.body.startswith(b"c\n:path=/a?b\n:authority=127.0.0.1:")


def test_content_waits_for_the_window() -> None:
    (outcome,) = answered([Request("GET", "/large")])
    assert isinstance(outcome, Response)
    assert len(outcome.body) == LARGE


@pytest.mark.parametrize("reaction", [Reaction.RESET, Reaction.END])
def test_a_request_may_be_met_without_an_answer(reaction: Reaction) -> None:
    (outcome,) = answered([Request("GET", "/")], meet=lambda _: reaction)
    assert isinstance(outcome, Failure)
    assert outcome.kind is FailureKind.DROPPED


def test_what_is_reset_is_not_answered_any_more() -> None:
    asked: list[object] = []

    def met(fields: list[tuple[bytes, bytes]]) -> Reaction | None:
        asked.append(fields)
        return Reaction.SILENCE if len(asked) < 2 else None

    late, well = answered([Request("GET", "/")] * 2, meet=met, deadline=0.2)
    assert isinstance(late, Failure)
    assert late.kind is FailureKind.DEADLINE
    assert isinstance(well, Response)
