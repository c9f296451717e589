"""Checks are made of the functions that ask for something, and whatever becomes of one is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from neptun_conformance import contract
from neptun_conformance.engine.check import checked, words
from neptun_conformance.engine.collect import BrokenSuite, all_checks, checks_of, modules
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


def test_the_checks_of_a_wheel_are_modules_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "suite").mkdir()
    (tmp_path / "suite" / "test_nothing.py").touch()
    monkeypatch.setattr(contract, "suite_path", lambda: tmp_path / "suite")
    with pytest.raises(ModuleNotFoundError, match=r"neptun_conformance\.suite"):
        modules()


def test_a_plan_has_a_line_for_each_request() -> None:
    assert words(OWN) == [str(OWN)]
    assert words(OWN.then(NOBODYS)) == [f"{OWN} (step 1)", f"{NOBODYS} (step 2)"]
    at_once = [f"{question} (at once with others)" for question in (OWN, NOBODYS)]
    assert words(Burst((OWN, NOBODYS), rounds=2)) == at_once * 2
