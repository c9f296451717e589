"""Whole runs against servers that restart, crash, throttle, forget, or have few workers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from neptun_conformance.results.result import Outcome, Result
from neptun_conformance.server.data import ALICE
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.resilience import runs
from tests.resilience.relay import Relay, relayed

LATE = 60
NUL = b"%00"
UNAUTHORIZED = b"""HTTP/1.1 401 Unauthorized\r
Content-Type: application/json\r
Content-Length: 76\r
\r
{"statusCode": 401, "statusMessage": "Unauthorized", "data": {"message":""}}"""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve the reference."""
    with serving(Reference()) as url:
        yield url


def failed(report: Result) -> list[str]:
    """Return the clauses that fail."""
    return [clause.id for clause in report.clauses if clause.outcome is Outcome.FAIL]


@pytest.mark.parametrize("workers", [1, 4])
def test_few_workers_with_kept_connections_are_enough(
    server: str, tmp_path: Path, workers: int
) -> None:
    """A single-threaded server is right, and no slower than its answers."""
    with relayed(server, workers=workers) as relay:
        ended = runs.check(tmp_path, relay.url)
    report = runs.assert_sound(ended)
    assert ended.status == runs.CONFORMANT, report.reason


@pytest.mark.parametrize("seconds", [0.2, 1.0])
def test_restart_in_the_run_costs_nothing_but_its_time(
    server: str, tmp_path: Path, seconds: float
) -> None:
    """The port is away for a moment: everything is asked all the same."""

    def restart(relay: Relay, _head: bytes, number: int) -> None:
        if number == LATE:
            relay.leave(seconds)

    with relayed(server, restart) as relay:
        ended = runs.check(tmp_path, relay.url, "--max-outage", "5")
    report = runs.assert_sound(ended)
    assert ended.status == runs.CONFORMANT, report.reason
    assert any(note.startswith("the target was gone once") for note in report.notes)


def test_input_that_crashes_the_server_is_named(server: str, tmp_path: Path) -> None:
    """It is back at once, and the rest is asked."""

    def crash(relay: Relay, head: bytes, _number: int) -> None:
        if NUL in head:
            relay.leave(0.2)

    with relayed(server, crash) as relay:
        ended = runs.check(tmp_path, relay.url, "--max-outage", "5")
    report = runs.assert_sound(ended)
    assert ended.status == runs.NONCONFORMANT
    assert failed(report) == ["input.complete"]
    (finding,) = next(c for c in report.clauses if c.id == "input.complete").findings
    assert "%00" in finding.situation or "NUL" in finding.situation.upper()


def test_server_that_stops_answering_is_told_by_its_last_answer(
    server: str, tmp_path: Path
) -> None:
    """It stays away: what was asked before is said, and nothing is advised that cannot help."""

    def stop(relay: Relay, _head: bytes, number: int) -> None:
        if number == LATE:
            relay.close()

    with relayed(server, stop) as relay:
        ended = runs.check(tmp_path, relay.url)
    report = runs.assert_sound(ended)
    assert ended.status == runs.INCOMPLETE
    assert any(note.startswith("the target stopped answering after") for note in report.notes)
    assert "lower --concurrency" not in ended.out


@pytest.mark.parametrize(("status", "exit_status"), [(503, 1), (429, 0)])
def test_input_that_is_throttled_for_ever_has_its_answer(
    server: str, tmp_path: Path, status: int, exit_status: int
) -> None:
    """A 503 counts as a server error, a 429 as the refusal that it may get."""
    answer = f"HTTP/1.1 {status} Later\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n".encode()

    def throttle(_relay: Relay, head: bytes, _number: int) -> bytes | None:
        return answer if NUL in head else None

    with relayed(server, throttle) as relay:
        ended = runs.check(tmp_path, relay.url)
    report = runs.assert_sound(ended)
    assert ended.status == exit_status, report.reason
    assert failed(report) == (["input.no-server-error"] if status == 503 else [])


def test_session_that_ends_in_the_run_fails_nothing(server: str, tmp_path: Path) -> None:
    """Accepted for some requests and then no longer: what follows is not tested."""
    used = []

    def end(_relay: Relay, head: bytes, _number: int) -> bytes | None:
        if ALICE.session.value.encode() in head:
            used.append(head)
        return UNAUTHORIZED if len(used) > 20 and ALICE.session.value.encode() in head else None

    with relayed(server, end) as relay:
        ended = runs.check(tmp_path, relay.url)
    report = runs.assert_sound(ended)
    assert ended.status == runs.INCOMPLETE, report.reason
    assert failed(report) == []
