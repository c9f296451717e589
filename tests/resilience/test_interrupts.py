"""Ctrl-C and SIGTERM at any moment: a truncated report, and nothing is left behind."""

from __future__ import annotations

import random
import signal
import socket
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.results.result import Outcome, Verdict
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.patience import PATIENCE
from tests.resilience import faulty, runs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

SIGTERM_IS_CAUGHT = 1 << (signal.SIGTERM - 1)
DICE = random.Random(20)  # noqa: S311 - repeatable, not secret


@dataclass(frozen=True)
class Case:
    """A moment.

    Arguments:
        name: what happens when.
        signal: what is sent.
        seconds: how long after the program has taken over.
        requests: how many requests must have come before that.
    """

    name: str
    signal: signal.Signals
    seconds: float
    requests: int


def moment(number: int) -> Case:
    """Choose a moment: every other one while the program starts, the rest while it asks."""
    which = signal.SIGINT if number % 4 < 2 else signal.SIGTERM
    requests = 0 if number % 2 else DICE.randrange(1, 60)
    seconds = DICE.random()
    name = f"{which.name} after {requests} requests and {seconds:.2f} s"
    return Case(name, which, seconds, requests)


CASES = tuple(moment(number) for number in range(20))


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so, within reason."""
    ends = monotonic() + PATIENCE
    while not condition():
        assert monotonic() < ends
        sleep(0.005)


def has_taken_over(pid: int) -> bool:
    """Tell whether a process handles signals itself."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught.split()[1], 16) & SIGTERM_IS_CAUGHT)


def left_behind(mark: str) -> list[str]:
    """Return the command lines that mention something."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
        if mark in line:
            found.append(line)
    return found


def interrupted_run(server: str, folder: Path, case: Case) -> runs.Ended:
    """Begin a run that takes its time, and interrupt it."""
    with faulty.between(server, faulty.latency(0.05)) as proxy:
        run = runs.start(folder / case.name, proxy.url, "--concurrency", "1")
        wait_for(partial(has_taken_over, run.process.pid))
        wait_for(lambda: proxy.requests >= case.requests)
        sleep(case.seconds)
        run.process.send_signal(case.signal)
        return run.end()


@pytest.fixture(scope="module")
def interrupted_runs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[runs.Ended]]]:
    """Run some at once, ahead of the tests that look at them."""
    with serving(Reference()) as server:
        run = partial(interrupted_run, server, tmp_path_factory.mktemp("interrupts"))
        with runs.ahead(request, "test_interrupt", run) as futures:
            yield futures


def assert_truncated(ended: runs.Ended) -> None:
    """Demand a valid report that says that it is not the whole."""
    assert ended.status == runs.INTERRUPTED, ended.err
    report = runs.assert_sound(ended)
    assert report.truncated
    assert report.verdict is Verdict.INTERRUPTED


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_interrupt(
    case: Case,
    interrupted_runs: dict[str, Future[runs.Ended]],
    record_property: Callable[[str, object], None],
) -> None:
    """Whenever it comes, there is a valid report, and it says that it is not the whole."""
    ended = interrupted_runs[case.name].result()
    record_property("table", "interrupts")
    record_property("seconds", ended.seconds)
    record_property("octets", ended.octets)

    assert_truncated(ended)
    assert left_behind(case.name) == []


def test_what_is_known_is_shown(tmp_path: Path) -> None:
    """What the answers that came show by then stands in the report, and no more."""
    server = FAULTS["401-message-missing"].build()
    with serving(server) as url, faulty.between(url, faulty.latency(0.05)) as proxy:
        run = runs.start(tmp_path, proxy.url)
        wait_for(lambda: proxy.requests >= 100)
        run.process.send_signal(signal.SIGINT)
        ended = run.end()

    assert_truncated(ended)
    assert ended.report
    clauses = {clause.id: clause for clause in ended.report.clauses}
    failed = [one.id for one in clauses.values() if one.outcome is Outcome.FAIL]
    assert failed == ["error.message"]
    assert "MUST error.message" in ended.out
    assert clauses["isolation.own-answer"].outcome is Outcome.NOT_TESTED
    assert clauses["isolation.own-answer"].reason == "the run was interrupted"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupt_ends_what_was_started(number: signal.Signals, tmp_path: Path) -> None:
    """The server under test, and what that started in turn, end with the run."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    start = f"sleep 1000 & cd {tmp_path} && python3 -m http.server {port} --bind 127.0.0.1"
    url = f"http://127.0.0.1:{port}"
    run = runs.start(tmp_path, url, "--start", start, "--rate", "5/s", "--concurrency", "1")
    wait_for(lambda: bool(left_behind(f"http.server {port}")))
    wait_for(lambda: is_open(port))
    sleep(1)
    run.process.send_signal(number)
    ended = run.end()

    assert_truncated(ended)
    assert left_behind(str(tmp_path)) == []
    assert left_behind(f"http.server {port}") == []
    assert not is_open(port)


def is_open(port: int) -> bool:
    """Tell whether somebody listens on a loopback port."""
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0
