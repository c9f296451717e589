"""The command and pytest are faces of one engine: same outcomes, same ids, same exit status.

A few servers in ``make test``; the reference, 40 faults and 20 oddities with
``NIGHTLY=1``. The wheel's own suite is compared in tests/packaging.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from neptun_conformance.contract import CHECKOUT, suite_path
from neptun_conformance.server.faults import FAULTS, Fault
from neptun_conformance.server.legal import LEGAL
from neptun_conformance.server.reference import Reference
from tests.nightly import NIGHTLY, spread
from tests.resilience.runs import clean_environ

RIGHT = Fault(name="reference", wrong="nothing", clauses=frozenset(), build=Reference)


def chosen(catalogue: dict[str, Fault], count: int) -> list[Fault]:
    """Return some servers, spread evenly over a catalogue."""
    quick = [one for one in catalogue.values() if not one.hangs and not one.by_chance]
    return spread(quick, count)


SERVERS = [
    RIGHT,
    *chosen(FAULTS, 40 if NIGHTLY else 2),
    *chosen(LEGAL, 20 if NIGHTLY else 1),
]


def outcomes(report: Path) -> dict[str, Any]:
    """Return what a report says that must not depend on who ran the checks."""
    kept = json.loads(report.read_text("utf-8"))
    checks = {
        check["id"]: check["outcome"] for clause in kept["clauses"] for check in clause["checks"]
    }
    clauses = {clause["id"]: clause["outcome"] for clause in kept["clauses"]}
    findings = {finding["id"] for clause in kept["clauses"] for finding in clause["findings"]}
    return {
        "verdict": kept["verdict"],
        "exit status": kept["exit_status"],
        "clauses": clauses,
        "checks": checks,
        "findings": findings,
    }


def ended(command: list[str], folder: Path) -> int:
    return subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, *command],
        cwd=folder,
        env=clean_environ(),
        capture_output=True,
        check=False,
    ).returncode


@pytest.mark.parametrize("server", SERVERS, ids=lambda server: server.name)
def test_the_command_and_pytest_say_the_same(tmp_path: Path, server: Fault) -> None:
    with ExitStack() as stack:
        base_url = stack.enter_context(server.serve(server.build()))
        (tmp_path / "target.yaml").write_text(json.dumps(server.target(base_url)), "utf-8")
        by_command = ended(
            [
                *("-m", "neptun_conformance", "--target=target.yaml"),
                *("--report-json=command.json", *server.options),
            ],
            tmp_path,
        )
        by_pytest = ended(
            [
                *("-m", "pytest", "-q", "-p", "neptun_conformance.plugin", "-pno:cacheprovider"),
                *(f"--rootdir={CHECKOUT}", f"-c{CHECKOUT / 'pyproject.toml'}"),
                *(f"--neptun-{option.removeprefix('--')}" for option in server.options),
                f"--neptun-target={tmp_path / 'target.yaml'}",
                *(f"--neptun-report-json={tmp_path / 'pytest.json'}", str(suite_path())),
            ],
            tmp_path,
        )
    assert by_pytest == by_command
    assert outcomes(tmp_path / "pytest.json") == outcomes(tmp_path / "command.json")
