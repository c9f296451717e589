"""The real reference behind a bad network: no fault of the way is held against the server."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.results.result import Outcome, Result
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving
from tests.resilience import faulty, runs
from tests.resilience.hostile.certificates import AUTHORITY, context

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from tests.resilience.faulty import Fault


@dataclass(frozen=True)
class Case:
    """A fault, and what a run behind it must come to.

    Arguments:
        name: what happens.
        fault: makes it happen; made anew for each run.
        status: the exit status.
        says: what the report must mention.
        more: further arguments.
    """

    name: str
    fault: Callable[[], Fault]
    status: int
    says: str = ""
    more: tuple[str, ...] = ()


PATIENT = ("--max-throttle", "5")
CASES = (
    Case("nothing", lambda: faulty.none, runs.CONFORMANT),
    Case("latency", lambda: faulty.latency(0.05), runs.CONFORMANT),
    Case("drip", lambda: faulty.drip, runs.CONFORMANT),
    Case("cut now and then", lambda: faulty.cut(every=60), runs.CONFORMANT, "repeated"),
    Case("reset now and then", lambda: faulty.reset(every=60), runs.CONFORMANT, "repeated"),
    Case("dead from the first", lambda: faulty.dead(after=0), runs.UNREACHABLE, "dropped"),
    Case("dies", lambda: faulty.dead(after=60), runs.INCOMPLETE, "stopped answering after"),
    Case(
        "too late",
        lambda: faulty.latency(1.5),
        runs.UNREACHABLE,
        "deadline of 1 s",
        ("--deadline", "1"),
    ),
    Case("slow under load", lambda: faulty.slow_under_load(0.01), runs.CONFORMANT),
    Case(
        "stands still once",
        lambda: faulty.stall(after=100, seconds=11.0),
        runs.CONFORMANT,
        "repeated",
        ("--deadline", "10"),
    ),
    Case("429 for ever", lambda: faulty.refusing(429), runs.INCOMPLETE, "lower --rate"),
    Case(
        "429 once",
        lambda: faulty.once(faulty.refusing(429, "Retry-After: 0")),
        runs.CONFORMANT,
        "waited out",
        PATIENT,
    ),
    Case(
        "503 once with a word",
        lambda: faulty.once(faulty.refusing(503, "Retry-After: 0")),
        runs.CONFORMANT,
        "waited out",
        PATIENT,
    ),
    Case(
        "503 now and then without",
        lambda: faulty.refusing(503, share=0.1),
        runs.NONCONFORMANT,
        "503",
    ),
    Case(
        "clock a year ahead",
        lambda: faulty.once(faulty.wrong_clock(days=365)),
        runs.CONFORMANT,
        "waited out",
        PATIENT,
    ),
    Case(
        "clock a year behind",
        lambda: faulty.once(faulty.wrong_clock(days=-365)),
        runs.CONFORMANT,
        "waited out",
        PATIENT,
    ),
    Case(
        "run too short",
        lambda: faulty.latency(0.1),
        runs.INCOMPLETE,
        "run's deadline",
        ("--run-deadline", "1", "--concurrency", "1"),
    ),
    Case(
        "budget too small",
        lambda: faulty.none,
        runs.INCOMPLETE,
        "--max-requests",
        ("--max-requests", "50"),
    ),
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Serve the reference."""
    with serving(Reference()) as url:
        yield url


def recorded(ended: runs.Ended, record_property: Callable[[str, object], None]) -> runs.Ended:
    """Enter a run into the table."""
    record_property("table", "faults on the way to the reference")
    record_property("seconds", ended.seconds)
    record_property("octets", ended.octets)
    return ended


def words(report: Result) -> str:
    """Return all that a report says in words."""
    reasons = (clause.reason or "" for clause in report.clauses)
    messages = (f"{f.message} {f.actual}" for clause in report.clauses for f in clause.findings)
    return "\n".join([report.reason or "", *report.notes, *reasons, *messages])


def faulty_run(server: str, folder: Path, case: Case) -> runs.Ended:
    """Run the command against the reference behind a fault."""
    with faulty.between(server, case.fault()) as proxy:
        return runs.check(folder / case.name, proxy.url, *case.more)


@pytest.fixture(scope="module")
def faulty_runs(
    request: pytest.FixtureRequest, server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[runs.Ended]]]:
    """Run some at once, ahead of the tests that look at them."""
    run = partial(faulty_run, server, tmp_path_factory.mktemp("faults"))
    with runs.ahead(request, "test_fault_on_the_way", run) as futures:
        yield futures


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_fault_on_the_way(
    case: Case,
    faulty_runs: dict[str, Future[runs.Ended]],
    record_property: Callable[[str, object], None],
) -> None:
    """What is the environment's is not tested, and what was tested is right."""
    ended = recorded(faulty_runs[case.name].result(), record_property)

    report = runs.assert_sound(ended)
    assert ended.status == case.status, report.reason
    assert case.says in words(report)
    failed = [clause.id for clause in report.clauses if clause.outcome is Outcome.FAIL]
    assert bool(failed) == (case.status == runs.NONCONFORMANT)


def test_target_that_comes_back_is_judged(
    server: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """What fell into the gap is asked again, and nothing is held against the target."""
    with faulty.between(server, faulty.dead(after=60, until=64)) as proxy:
        run = runs.check(tmp_path, proxy.url, "--concurrency", "1")
        ended = recorded(run, record_property)

    report = runs.assert_sound(ended)
    assert ended.status == runs.CONFORMANT, report.reason


def test_insecure_run_says_so_loudly(
    server: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Without a check of the certificate a run works, and nobody overlooks it."""
    with faulty.between(server, faulty.none, context("other.test", days=-1)) as proxy:
        ended = recorded(runs.check(tmp_path, proxy.url, "--insecure"), record_property)

    report = runs.assert_sound(ended)
    assert ended.status == runs.CONFORMANT, report.reason
    assert any(note.startswith("INSECURE") for note in report.notes)
    assert "INSECURE" in ended.out


def test_authority_of_ones_own_is_trusted_where_named(
    server: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """The remedy that is named helps."""
    bundle = tmp_path / "ca.pem"
    AUTHORITY().cert_pem.write_to_path(str(bundle))
    with faulty.between(server, faulty.none, context()) as proxy:
        ended = recorded(
            runs.check(tmp_path, proxy.url, "--ca-bundle", str(bundle)), record_property
        )

    report = runs.assert_sound(ended)
    assert ended.status == runs.CONFORMANT, report.reason
    assert not any("INSECURE" in note for note in report.notes)
