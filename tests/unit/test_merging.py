"""Two runs over two versions of HTTP make one result, in which no failure is lost."""

from __future__ import annotations

from typing import Any

import pytest

from neptun_conformance.contract.level import Level
from neptun_conformance.results.merging import merged
from neptun_conformance.results.result import (
    CheckRecord,
    ClauseRecord,
    FindingRecord,
    Outcome,
    Result,
    Verdict,
)
from neptun_conformance.results.verdict import counts, judge

PASS, FAIL, NOT_TESTED, NOT_APPLICABLE = (
    Outcome.PASS,
    Outcome.FAIL,
    Outcome.NOT_TESTED,
    Outcome.NOT_APPLICABLE,
)


def finding(name: str) -> FindingRecord:
    return FindingRecord(id=name, check="one", situation="s", message="m", expected="e", actual="a")


def clause(outcome: Outcome, *findings: str, name: str = "input.complete") -> ClauseRecord:
    return ClauseRecord(
        id=name,
        group="input",
        level=Level.MUST,
        outcome=outcome,
        sentence="s",
        source="s",
        reason=f"because {outcome}",
        checks=[CheckRecord(id="one", outcome=outcome, reason=f"because {outcome}")],
        findings=[finding(one) for one in findings],
    )


def result(*clauses: ClauseRecord, **changes: Any) -> Result:
    judged = judge([*clauses], strict=False, partial=False, allow_incomplete=False)
    known: dict[str, Any] = {
        "verdict": judged.verdict,
        "exit_status": judged.exit_status,
        "reason": judged.reason,
        "target": {},
        "contract_version": "1",
        "suite_version": "1",
        "run_id": "r",
        "started": "2024-01-01T00:00:00Z",
        "seconds": 1.0,
        "requests": 10,
        "statuses": {"200": 10},
        "counts": counts([*clauses]),
        "clauses": [*clauses],
        "notes": ["the requests went over HTTP/2"],
    }
    return Result(**known | changes)


def together(first: Result, second: Result) -> Result:
    return merged(first, second, partial=False, allow_incomplete=False)


def only_over(one: Result) -> dict[str, str | None]:
    return {found.id: found.only_over for found in one.clauses[0].findings}


@pytest.mark.parametrize(
    ("first", "second", "outcome", "verdict"),
    [
        (PASS, PASS, PASS, Verdict.CONFORMANT),
        (PASS, FAIL, FAIL, Verdict.NONCONFORMANT),
        (FAIL, PASS, FAIL, Verdict.NONCONFORMANT),
        (PASS, NOT_TESTED, NOT_TESTED, Verdict.INCOMPLETE),
        (PASS, NOT_APPLICABLE, PASS, Verdict.CONFORMANT),
    ],
)
def test_the_worse_outcome_counts(
    first: Outcome, second: Outcome, outcome: Outcome, verdict: Verdict
) -> None:
    other = clause(PASS, name="success.status")
    one = together(result(clause(first), other), result(clause(second)))
    assert [each.outcome for each in one.clauses] == [outcome, PASS]
    assert one.clauses[0].checks[0].outcome is outcome
    assert one.verdict is verdict


def test_the_reason_says_over_which_it_came() -> None:
    one = together(result(clause(PASS)), result(clause(NOT_TESTED)))
    assert one.clauses[0].reason == "over HTTP/2: because not_tested"
    assert one.clauses[0].checks[0].reason == "over HTTP/2: because not_tested"


def test_a_finding_over_one_alone_says_so() -> None:
    one = together(result(clause(FAIL, "a", "b")), result(clause(FAIL, "b", "c")))
    assert only_over(one) == {"a": "HTTP/1.1", "b": None, "c": "HTTP/2"}


def test_nothing_is_said_of_a_version_over_which_nothing_was_tested() -> None:
    assert only_over(together(result(clause(FAIL, "a")), result(clause(NOT_TESTED)))) == {"a": None}
    assert only_over(together(result(clause(FAIL, "a")), result())) == {"a": None}


def test_figures_are_those_of_both() -> None:
    one = together(result(clause(PASS)), result(clause(PASS), requests=4, statuses={"404": 4}))
    assert (one.requests, one.seconds) == (14, 2.0)
    assert one.statuses == {"200": 10, "404": 4}
    assert one.notes == ["10 requests went over HTTP/1.1, 4 over HTTP/2"]
    assert one.settings["--http"].value == "both"


def test_a_second_run_that_does_not_end_is_no_pass() -> None:
    stopped = {"verdict": Verdict.UNREACHABLE, "exit_status": 6, "reason": "nobody there"}
    one = together(result(clause(PASS)), result(**stopped))
    assert (one.verdict, one.exit_status, one.truncated) == (Verdict.UNREACHABLE, 6, True)
    assert one.reason == "over HTTP/2: nobody there"
