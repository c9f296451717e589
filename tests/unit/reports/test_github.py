"""Workflow commands: one line each, with nothing in it that GitHub would read as another."""

from __future__ import annotations

import pytest

from neptun_conformance.reports import github
from neptun_conformance.results.result import Outcome, Verdict
from tests.unit.reports import samples


def test_levels_and_order() -> None:
    lines = github.render(samples.result()).splitlines()
    assert [line.split("::")[1] for line in lines] == [
        "error title=input.in-time",
        "error title=MUST ownership.foreign-chat",
        "error title=MUST item.size",
        "warning title=SHOULD hygiene.shared-cache",
        "notice title=MUST item.created-at",
        "warning title=not tested",
    ]


def test_a_should_is_an_error_when_strict() -> None:
    text = github.render(samples.result(strict=True))
    assert "::error title=SHOULD hygiene.shared-cache::" in text


def test_a_good_run_is_silent() -> None:
    assert github.render(samples.conformant()) == ""


def test_an_unreachable_target_is_an_error() -> None:
    changes = {"verdict": Verdict.UNREACHABLE, "exit_status": 6, "reason": "nobody answers: port 1"}
    text = github.render(samples.conformant(**changes))
    assert text == "::error title=UNREACHABLE::nobody answers: port 1\n"


def test_what_was_not_tested_is_one_line() -> None:
    clauses = [samples.clause(f"item.c{n}", Outcome.NOT_TESTED, reason="no") for n in range(3)]
    text = github.render(samples.result(clauses))
    assert text == "::warning title=not tested::3 clauses: item.c0, item.c1, item.c2\n"


def test_everything_that_ends_a_part_is_escaped() -> None:
    assert github.command("error", "a:b,c%d\n", "50% of x:y,z\r\nmore") == (
        "::error title=a%3Ab%2Cc%25d%0A::50%25 of x:y,z%0Amore"
    )


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_stays_within_its_line(text: str) -> None:
    lines = github.render(samples.hostile(text)).split("\n")
    assert [line.split("::")[1] for line in lines[:-1]] == [
        "error title=MUST item.size",
        "warning title=not tested",
        "notice title=cause",
    ]


def test_a_conformant_run_with_an_outdated_baseline_is_an_error() -> None:
    line = "baseline known.yaml: entry 2 (item.name): passes now: remove the entry"
    lines = github.render(samples.conformant(exit_status=4, reason=line, notes=[line])).splitlines()
    assert lines[0] == f"::error title=CONFORMANT::{line}"
    assert lines[1:] == [f"::warning title=baseline::{line}"]
