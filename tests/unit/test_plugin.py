"""The checks within somebody's own pytest: their words, their switches, our verdict."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml

from neptun_conformance import contract
from neptun_conformance.server.data import target_for
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.reference import Reference
from neptun_conformance.server.serving import serving

Pytest = Callable[..., subprocess.CompletedProcess[str]]
STATUS = str(contract.suite_path() / "test_success.py")


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    with serving(Reference()) as base_url:
        yield base_url


@pytest.fixture
def run_pytest(tmp_path: Path, base_url: str) -> Pytest:
    """Run pytest on some of the checks in a folder of somebody's own."""
    target = tmp_path / "target.yaml"
    target.write_text(yaml.safe_dump(target_for(base_url)), "utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\n", "utf-8")
    (tmp_path / "test_own.py").write_text("def test_own(): pass\n", "utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [
            *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:schemathesis"),
            *("--import-mode=importlib", "--neptun-effort=quick"),
            *(f"--neptun-target={target}", *arguments),
        ]
        return subprocess.run(  # noqa: S603 - ours
            command, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


def test_the_verdict_stands_below_pytests_own_summary(run_pytest: Pytest) -> None:
    ran = run_pytest("test_own.py", STATUS)
    assert ran.returncode == 0, ran.stdout
    summary = ran.stdout.partition("conformance of the chat files endpoint")[2]
    assert summary.lstrip("= \n")
    assert "MUST" in summary


def test_a_setting_that_cannot_be_used_is_named_as_pytest_names_it(run_pytest: Pytest) -> None:
    ran = run_pytest(STATUS, "--neptun-rate=fast")
    assert ran.returncode == 4
    assert "--neptun-rate: a number of requests a second such as 25/s" in ran.stderr


def test_two_runs_are_not_made_in_one_session(run_pytest: Pytest) -> None:
    ran = run_pytest(STATUS, "--neptun-http=both")
    assert ran.returncode == 4
    assert "--neptun-http: both are two runs: name 1.1 first, and then 2" in ran.stderr


def test_a_clause_that_nobody_knows_is_refused(run_pytest: Pytest) -> None:
    ran = run_pytest(STATUS, "--neptun-only=no.such")
    assert ran.returncode == 4
    assert "--only: no clause is named no.such" in f"{ran.stdout}{ran.stderr}"


def test_what_is_deselected_makes_the_verdict_partial(run_pytest: Pytest) -> None:
    ran = run_pytest("test_own.py", STATUS, "-k", "test_own or holds_the_array")
    assert ran.returncode == 0, ran.stdout
    assert "PARTIAL" in ran.stdout
    assert "only some clauses were selected" in ran.stdout


def test_what_others_deselect_is_no_matter(run_pytest: Pytest) -> None:
    ran = run_pytest("test_own.py", "-k", "nothing")
    assert ran.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert "conformance of" not in ran.stdout


def test_checks_are_not_split_over_processes(run_pytest: Pytest) -> None:
    ran = run_pytest(STATUS, "-n", "2")
    assert "run them without -n" in f"{ran.stdout}{ran.stderr}"
    assert ran.returncode not in {0, 1}


def test_tests_of_ones_own_may_be_split(run_pytest: Pytest) -> None:
    ran = run_pytest("test_own.py", "-n", "2")
    assert ran.returncode == 0, ran.stdout


def test_checks_that_are_only_set_up_are_no_verdict(run_pytest: Pytest) -> None:
    ran = run_pytest(STATUS, "--setup-only")
    assert ran.returncode == 2
    assert "INTERRUPTED" in ran.stdout


def test_nothing_is_asked_where_checks_are_only_listed(run_pytest: Pytest) -> None:
    ran = run_pytest(STATUS, "--collect-only")
    assert "conformance of" not in ran.stdout


def test_a_fixture_that_breaks_afterwards_does_not_change_what_was_found(
    run_pytest: Pytest, tmp_path: Path
) -> None:
    (tmp_path / "test_theirs.py").write_text(
        f"import sys; sys.path.insert(0, {str(contract.CHECKOUT)!r})\n"
        "import pytest\n"
        "from tests.contract.test_success import *\n"
        "@pytest.fixture(autouse=True)\n"
        "def breaking(): yield; raise KeyError('theirs')\n",
        "utf-8",
    )
    ran = run_pytest("test_theirs.py", "-k", "owner_is_served")
    assert "theirs" in ran.stdout
    assert "PARTIAL" in ran.stdout


def test_the_first_failure_may_end_the_run(run_pytest: Pytest, tmp_path: Path) -> None:
    with serving(FAULTS["envelope-lower-case-full"].build()) as base_url:
        (tmp_path / "target.yaml").write_text(yaml.safe_dump(target_for(base_url)), "utf-8")
        ran = run_pytest(STATUS, "-x")
    assert ran.returncode == 2
    assert "INTERRUPTED" in ran.stdout


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        ("KeyboardInterrupt", 2, "INTERRUPTED"),
        ("RuntimeError('broken')", 3, "RuntimeError: broken"),
    ],
)
def test_what_ends_a_run_is_its_verdict(
    run_pytest: Pytest, tmp_path: Path, fault: str, status: int, words: str
) -> None:
    (tmp_path / "conftest.py").write_text(
        "from neptun_conformance.engine.run import Run\n"
        "def stop(*_): raise " + fault + "\n"
        "def pytest_configure(): Run.ask = stop\n",
        "utf-8",
    )
    ran = run_pytest("test_own.py", STATUS)
    assert ran.returncode == status
    assert words in ran.stdout
