"""Demands of who may read from elsewhere: which origins count, and when an answer lets them in."""

from __future__ import annotations

import pytest

from neptun_conformance.judge import origins
from neptun_conformance.judge.demands import demand_of
from neptun_conformance.questions.callers import owner
from tests.unit.judge.said import failed, files, said, told

OWN = owner.asks(owner.full)
ORIGIN = "https://elsewhere.example"
FROM_ELSEWHERE = OWN.with_headers(("Origin", ORIGIN))


@pytest.mark.parametrize(
    ("allowed", "credentials", "wrong"),
    [
        (ORIGIN, "true", True),
        (f" {ORIGIN} ", " TRUE ", True),
        ("*", "true", False),
        (ORIGIN, "false", False),
        (ORIGIN, "", False),
        ("https://friend.example", "true", False),
    ],
)
def test_only_a_reflected_origin_with_credentials_is_wrong(
    allowed: str, credentials: str, *, wrong: bool
) -> None:
    headers = (
        ("access-control-allow-origin", allowed),
        ("access-control-allow-credentials", credentials),
    )
    message = "any origin may read the response with the user's cookies"
    expected = [(message, "origins that the server knows", f"{ORIGIN} with credentials")]
    found = told(origins.not_let_strangers_read, said(FROM_ELSEWHERE, 200, files(1), headers))
    assert found == (expected if wrong else [])


@pytest.mark.parametrize(
    ("origin", "known"),
    [
        ("null", False),
        ("http://127.0.0.1.elsewhere.example", False),
        ("https://neptun-webui.vercel.app", True),
        ("file://", True),
    ],
)
def test_an_origin_that_a_server_may_know_is_not_judged(origin: str, *, known: bool) -> None:
    allowing = (
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Credentials", "true"),
    )
    for judge, method in (
        (origins.not_let_strangers_read, "GET"),
        (origins.not_let_strangers_ask, "OPTIONS"),
    ):
        asked = OWN.by(method).with_headers(("Origin", origin))
        assert bool(told(judge, said(asked, 200, b"", allowing))) is not known
        about = demand_of(judge).about
        assert about.shows(said(asked, 200, b"", ())) is not known
        assert not about.shows(said(OWN.by(method), 200, b"", ()))


def test_an_answer_without_cors_headers_lets_nobody_read() -> None:
    assert told(origins.not_let_strangers_read, said(FROM_ELSEWHERE, 200, files(1))) == []
    assert told(origins.not_let_strangers_read, failed(FROM_ELSEWHERE)) == []
