"""Against a server that is none, or that says the same to everybody, nothing passes by default.

The real command, from outside: its exit status, its verdict and the reason that it gives.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from neptun_conformance.server.reference import Reference
from neptun_conformance.server.wire import Sent, on_the_wire
from tests.resilience.runs import NONCONFORMANT, UNREACHABLE, check

JSON, HTML = "application/json", "text/html; charset=utf-8"
PAGE = b"<!doctype html><title>Welcome</title><h1>It works</h1>"


def documented(status: int) -> bytes:
    body = {"statusCode": status, "statusMessage": "No", "data": {"message": "No"}}
    return answer(status, JSON, json.dumps(body).encode())


def answer(status: int, media_type: str, content: bytes) -> bytes:
    head = f"HTTP/1.1 {status} \r\ncontent-type: {media_type}\r\nconnection: close\r\n"
    return f"{head}content-length: {len(content)}\r\n\r\n".encode() + content


class Vacuous(NamedTuple):
    """A server that says the same to everybody.

    Arguments:
        says: what it says, whoever asks for what.
        exit_status: what the command must end with.
        reason: what must stand in the reason.
    """

    says: bytes
    exit_status: int
    reason: str


VACUOUS = {
    "an empty list for all": Vacuous(
        answer(200, JSON, b'{"chatFiles": []}'), NONCONFORMANT, "authentication.no-cookie"
    ),
    "a 200 without content": Vacuous(answer(200, JSON, b""), NONCONFORMANT, "success.json"),
    "a 200 with a page": Vacuous(answer(200, HTML, PAGE), NONCONFORMANT, "success.media-type"),
    "a 401 for all": Vacuous(documented(401), NONCONFORMANT, "success.status"),
    "a 404 for all": Vacuous(documented(404), NONCONFORMANT, "authentication.no-cookie"),
    "a 500 for all": Vacuous(documented(500), NONCONFORMANT, "success.status"),
    "a 404 with a page": Vacuous(answer(404, HTML, PAGE), NONCONFORMANT, "success.status"),
    "nothing at all": Vacuous(b"", UNREACHABLE, "closed"),
    "what is not HTTP": Vacuous(b"SSH-2.0-OpenSSH_9.6\r\n", UNREACHABLE, "HTTP"),
}


@contextmanager
def saying(octets: bytes) -> Iterator[str]:
    """Serve somebody who always says the same."""
    echo: Callable[[object, Sent], bytes] = lambda _scope, _sent: octets  # noqa: E731
    with on_the_wire(Reference(), write=echo) as url:
        yield url


@pytest.mark.parametrize("name", VACUOUS)
def test_who_says_the_same_to_everybody_is_not_conformant(tmp_path: Path, name: str) -> None:
    vacuous = VACUOUS[name]
    with saying(vacuous.says) as url:
        ended = check(tmp_path, url)
    assert ended.report
    assert (ended.status, ended.report.exit_status) == (vacuous.exit_status, vacuous.exit_status)
    assert vacuous.reason in str(ended.report.reason)
    assert ended.report.verdict != "conformant"


def test_a_closed_port_is_unreachable(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    ended = check(tmp_path, url)
    assert ended.report
    assert (ended.status, ended.report.verdict) == (UNREACHABLE, "unreachable")
    assert "refuses" in str(ended.report.reason)
    assert ended.report.counts.must.passed == ended.report.counts.should.passed == 0
