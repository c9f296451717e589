"""Run after run, side by side, and in any order: always the same verdict, and nothing is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.cli import main as cli
from neptun_conformance.results.adapter import adapter
from neptun_conformance.results.result import Result
from tests.patience import PATIENCE
from tests.resilience import runs
from tests.resilience.hostile import BEHAVIOURS, running
from tests.resilience.soak import resident

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
QUICK = ("--effort", "quick")
WRONG = next(behaviour for behaviour in BEHAVIOURS if behaviour.name == "http_1_0")


def descriptors() -> set[str]:
    """Return what this process's open descriptors are."""
    found = set()
    for path in Path("/proc/self/fd").iterdir():
        try:
            found.add(f"{path.name} {path.readlink()}")
        except OSError:
            continue
    return found


def test_twenty_runs_in_a_row_leave_nothing_open(
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    """No descriptor and no thread is left, and the verdict is the same every time."""
    for name in set(os.environ) - set(runs.clean_environ()):
        monkeypatch.delenv(name)
    assert cli.main([*QUICK]) == runs.CONFORMANT  # what is imported and cached once
    before, threads, began = descriptors(), threading.active_count(), monotonic()
    memory = resident()
    statuses = {cli.main([*QUICK]) for _ in range(20)}
    record_property("table", "runs in a row and at once")
    record_property("seconds", (monotonic() - began) / 20)
    record_property("octets", resident() - memory)

    assert statuses == {runs.CONFORMANT}
    assert len(descriptors()) <= len(before), descriptors() - before
    assert threading.active_count() <= threads


def test_eight_runs_at_once_do_not_meet(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each has a server, a port and files of its own."""

    def run(number: int) -> runs.Ended:
        folder = tmp_path / str(number)
        folder.mkdir()
        return runs.Running(folder, *QUICK, "--report-json", "report.json").end()

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(run, range(8)))
    record_property("table", "runs in a row and at once")
    record_property("seconds", max(one.seconds for one in ended))
    record_property("octets", max(one.octets for one in ended))

    reports = [runs.assert_sound(one, within=120) for one in ended]
    assert [report.verdict for report in reports] == ["conformant"] * 8
    assert len({report.target["base_url"].value for report in reports}) == 8


class Shuffled:
    """Puts tests in a random order, before anybody else has a say."""

    def __init__(self, seed: int) -> None:
        """Choose the order by a seed."""
        self._dice = random.Random(seed)  # noqa: S311 - repeatable, not secret

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Shuffle."""
        self._dice.shuffle(items)


def said(report: Result) -> list[tuple[object, ...]]:
    """Return what a report says about its target, without what differs by nature."""
    return [
        (
            clause.id,
            clause.outcome,
            clause.reason,
            [check.id for check in clause.checks],
            sorted((f.message, f.expected, f.count) for f in clause.findings),
        )
        for clause in report.clauses
    ]


def test_order_of_checks_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever check comes first, the report is the same."""
    monkeypatch.chdir(ROOT)
    reports = []
    for seed in (0, 1, 2):
        with running(WRONG) as url:
            path = tmp_path / f"{seed}.json"
            arguments = [
                *("-p", "no:terminal", "-p", "no:cacheprovider", "-o", "addopts="),
                "--import-mode=importlib",
                *("tests/contract", "--neptun-effort=quick", f"--neptun-report-json={path}"),
                f"--neptun-target={runs.target_file(tmp_path, url)}",
            ]
            status = pytest.main(arguments, plugins=[Shuffled(seed)])
        assert status == runs.NONCONFORMANT
        reports.append(said(adapter(Result).validate_json(path.read_text(encoding="utf-8"))))

    assert any(findings for *_, findings in reports[0])
    assert reports[0] == reports[1] == reports[2]


def distributed(tests: str) -> subprocess.CompletedProcess[str]:
    """Have pytest spread tests over two processes."""
    return subprocess.run(  # noqa: S603 - our own tests
        [sys.executable, "-m", "pytest", "-q", "-n", "2", tests],
        cwd=ROOT,
        env=runs.clean_environ(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_xdist_is_refused_with_the_reason() -> None:
    """The checks would not see each other's answers."""
    ended = distributed("tests/contract/test_errors.py")

    assert ended.returncode == runs.USAGE
    assert "the contract checks are concurrent themselves" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "INTERNALERROR" not in ended.stdout


def test_xdist_may_run_other_tests() -> None:
    """The plugin does not mind where there are no contract checks."""
    ended = distributed("tests/unit/test_diff.py")

    assert ended.returncode == 0, ended.stdout
