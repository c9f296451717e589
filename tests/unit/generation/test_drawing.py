"""What is drawn comes from a process of its own, and none stays behind."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from neptun_conformance.questions.generated import drawing, recipes
from neptun_conformance.questions.generated.drawing import Wanted

WANTED: list[Wanted] = [("texts", 3), ("anything", 4), (None, 2)]


def test_a_process_that_is_ready_draws_the_same_as_a_new_one() -> None:
    new = drawing.drawn(WANTED, seed=5)
    with drawing.under_way():
        assert drawing.drawn(WANTED, seed=5) == new
    assert [len(found) > 1 for found in new.values()] == [True] * 3


def test_a_process_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match=r"could be drawn: .*no-such-file"):
        drawing.drawn([(None, 1)], seed=0, schema="no-such-file.yaml")


def test_a_process_that_nobody_asked_is_ended() -> None:
    with drawing.under_way() as process:
        pass
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_process_is_over_when_an_interrupt_goes_on() -> None:
    with pytest.raises(KeyboardInterrupt), drawing.under_way() as process:
        raise KeyboardInterrupt
    assert process.returncode is not None


def test_a_process_that_is_told_nothing_draws_nothing() -> None:
    command = [sys.executable, "-P", "-m", "neptun_conformance.questions.generated.drawing"]
    ended = subprocess.run(  # noqa: S603 - ours
        command, input="", capture_output=True, text=True, check=True
    )
    assert ended.stdout == ""


@pytest.mark.parametrize(
    "recipe", [["nobody"], ["written"], ["written", 1, 2, 3], ["chat", "owner"], []]
)
def test_what_is_no_recipe_is_refused(recipe: list[object]) -> None:
    with pytest.raises(ValueError, match="recipe"):
        recipes.question(recipe)


@pytest.mark.parametrize("wanted", [("texts", 3), (None, 3)])
def test_the_seed_draws_the_same_in_ci(monkeypatch: pytest.MonkeyPatch, wanted: Wanted) -> None:
    monkeypatch.delenv("CI", raising=False)
    here = [drawing.drawn([wanted], seed=seed) for seed in (1, 2)]
    monkeypatch.setenv("CI", "true")
    assert [drawing.drawn([wanted], seed=seed) for seed in (1, 2)] == here
    assert here[0] != here[1]
