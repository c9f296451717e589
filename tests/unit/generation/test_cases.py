"""The cases of the schema come from a process of their own, and none stays behind."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from neptun_conformance import contract
from neptun_conformance.questions.generated import cases

PATH = str(contract.contract_path())


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin without cases, in memory or in files."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    cases.cases.cache_clear()


def test_a_process_that_is_ready_makes_the_same_cases_as_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = cases.cases(PATH, count=3, seed=5)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "others"))
    cases.cases.cache_clear()
    with cases.under_way():
        assert cases.cases(PATH, count=3, seed=5) == new
    assert len(new) > 3


def test_a_process_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match=r"could not be made: .*no-such-file"):
        cases.cases("no-such-file.yaml", count=1, seed=0)


def test_a_process_that_nobody_asked_is_ended() -> None:
    with cases.under_way() as process:
        pass
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_process_is_over_when_an_interrupt_goes_on() -> None:
    with pytest.raises(KeyboardInterrupt), cases.under_way() as process:
        raise KeyboardInterrupt
    assert process.returncode is not None


def test_a_process_that_is_told_nothing_makes_nothing() -> None:
    command = [sys.executable, "-P", "-m", "neptun_conformance.questions.generated.cases"]
    ended = subprocess.run(  # noqa: S603 - ours
        command, input="", capture_output=True, text=True, check=True
    )
    assert ended.stdout == ""
