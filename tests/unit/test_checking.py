"""Checks are made of the functions that ask for something, and whatever becomes of one is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from neptun_conformance import contract
from neptun_conformance.engine.checks.check import checked, words
from neptun_conformance.engine.checks.collect import BrokenSuite, all_checks, checks_of, modules
from neptun_conformance.questions.callers import anonymous, owner
from neptun_conformance.questions.checks import clause
from neptun_conformance.questions.situations import Burst
from neptun_conformance.results.result import Outcome

OWN = owner.asks(owner.full)
NOBODYS = anonymous.asks(owner.full)


@clause("file.id")
def about_nothing(weather: object) -> None:
    """Take something that nobody hands out."""
    del weather


def test_a_check_that_is_about_nothing_known_is_broken() -> None:
    with pytest.raises(BrokenSuite, match=r"::about_nothing is about nothing known: weather$"):
        checks_of(about_nothing)


def test_whatever_a_check_raises_it_does_not_pass() -> None:
    check = all_checks(effort="quick")[0]

    def broken() -> None:
        raise KeyError("chatFiles")

    made = checked(check, broken)
    assert (made.outcome, made.reason) == (Outcome.ERROR, "KeyError: 'chatFiles'")


def test_what_is_called_tests_in_the_working_directory_is_not_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tests" / "contract").mkdir(parents=True)
    (tmp_path / "tests" / "contract" / "test_success.py").write_text("raise SystemError", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    names = {Path(module.__file__ or "").stem for module in modules()}
    assert names == {path.stem for path in contract.suite_path().rglob("test_*.py")}


def test_a_plan_has_a_line_for_each_request() -> None:
    assert words(OWN) == [str(OWN)]
    assert words(OWN.then(NOBODYS)) == [f"{OWN} (step 1)", f"{NOBODYS} (step 2)"]
    at_once = [f"{question} (at once with others)" for question in (OWN, NOBODYS)]
    assert words(Burst((OWN, NOBODYS), rounds=2)) == at_once * 2
