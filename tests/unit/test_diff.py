"""Two runs compared: what became better, what became worse, and what cannot be compared."""

from __future__ import annotations

import pytest

from neptun_conformance.contract.level import Level
from neptun_conformance.results.diff import Change, Trend, compare, render
from neptun_conformance.results.result import ClauseRecord, Outcome
from tests.unit.reports import samples

PASS, FAIL, KNOWN = Outcome.PASS, Outcome.FAIL, Outcome.KNOWN_FAILURE
NOT_TESTED, NOT_APPLICABLE, ERROR = Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE, Outcome.ERROR


def one(outcome: Outcome, **parts: object) -> list[ClauseRecord]:
    return [samples.clause("item.size", outcome, **parts)]  # type: ignore[arg-type]


def the_change(before: list[ClauseRecord], after: list[ClauseRecord]) -> Change:
    (change,) = compare(samples.result(before), samples.result(after)).changes
    return change


def test_a_run_is_not_worse_than_itself() -> None:
    diff = compare(samples.result(), samples.result())
    assert (diff.changes, diff.worse) == ((), False)
    assert render(diff).endswith("not worse: nothing changed\n")


@pytest.mark.parametrize(
    ("before", "after", "trend"),
    [
        (PASS, FAIL, Trend.WORSE),
        (PASS, NOT_TESTED, Trend.WORSE),
        (PASS, ERROR, Trend.WORSE),
        (NOT_TESTED, KNOWN, Trend.WORSE),
        (KNOWN, FAIL, Trend.WORSE),
        (NOT_APPLICABLE, NOT_TESTED, Trend.WORSE),
        (FAIL, PASS, Trend.BETTER),
        (FAIL, KNOWN, Trend.BETTER),
        (FAIL, NOT_TESTED, Trend.CHANGED),
        (FAIL, ERROR, Trend.CHANGED),
        (ERROR, FAIL, Trend.WORSE),
        (ERROR, NOT_TESTED, Trend.CHANGED),
        (NOT_TESTED, PASS, Trend.BETTER),
        (PASS, NOT_APPLICABLE, Trend.CHANGED),
    ],
)
def test_which_way_an_outcome_went(before: Outcome, after: Outcome, trend: Trend) -> None:
    change = the_change(one(before), one(after))
    assert change.trend is trend
    assert change.worse is (trend is Trend.WORSE)


def test_a_failure_that_the_contract_now_demands_is_worse() -> None:
    change = the_change(one(FAIL, level=Level.SHOULD), one(FAIL))
    assert (change.trend, change.words) == (Trend.WORSE, "SHOULD fail, then MUST fail")


@pytest.mark.parametrize(
    ("was", "became", "trend"),
    [
        (PASS, FAIL, Trend.WORSE),
        (NOT_TESTED, FAIL, Trend.WORSE),
        (FAIL, PASS, Trend.BETTER),
        (FAIL, KNOWN, Trend.BETTER),
    ],
)
def test_in_a_clause_that_failed_before_its_checks_decide(
    was: Outcome, became: Outcome, trend: Trend
) -> None:
    before, after = (one(FAIL, checks={"one": FAIL, "two": two}) for two in (was, became))
    assert the_change(before, after).trend is trend


@pytest.mark.parametrize("became", [NOT_TESTED, ERROR])
def test_a_check_that_says_nothing_any_more_has_not_got_better(became: Outcome) -> None:
    before, after = (one(FAIL, checks={"one": FAIL, "two": two}) for two in (FAIL, became))
    assert the_change(before, after).trend is Trend.CHANGED


def test_another_finding_of_the_same_checks_is_told_and_not_worse() -> None:
    first = samples.finding("item.size", "one", id="a", message="text")
    second = samples.finding("item.size", "one", id="b", message="null")
    change = the_change(one(FAIL, findings=[first]), one(FAIL, findings=[second]))
    assert (change.trend, change.worse) == (Trend.CHANGED, False)
    assert change.appeared == ("the owner asks for the own chat with files: null",)
    assert change.vanished == ("the owner asks for the own chat with files: text",)


@pytest.mark.parametrize(("outcome", "worse"), [(PASS, False), (NOT_TESTED, False), (FAIL, True)])
def test_a_new_clause_is_worse_only_when_it_fails(outcome: Outcome, *, worse: bool) -> None:
    change = the_change([], one(outcome))
    assert (change.trend, change.worse) == (Trend.NEW, worse)


@pytest.mark.parametrize(("version", "worse"), [("1.0.0", True), ("2.0.0", False)])
def test_a_clause_that_is_gone_is_worse_under_the_same_contract(
    version: str, *, worse: bool
) -> None:
    after = samples.result([], contract_version=version)
    diff = compare(samples.result(one(FAIL)), after)
    assert [change.trend for change in diff.changes] == [Trend.GONE]
    assert diff.worse is worse


def test_a_run_that_was_cut_short_is_worse() -> None:
    assert compare(samples.result(), samples.result(truncated=True)).worse
    assert not compare(samples.result(truncated=True), samples.result()).worse


def test_the_text_says_everything() -> None:
    before = samples.result([*one(PASS), samples.clause("item.name", FAIL)])
    after = samples.result(
        [*one(FAIL), samples.clause("item.name", PASS), samples.clause("item.url", PASS)],
        suite_version="1.1.0",
        truncated=True,
    )
    assert render(compare(before, after)) == (
        "before  NONCONFORMANT  https://staging.example.com  2026-05-01T10:00:00Z  "
        "1/2 MUST, 0/0 SHOULD, 318 requests, 2.1 s\n"
        "after   NONCONFORMANT  https://staging.example.com  2026-05-01T10:00:00Z  "
        "2/3 MUST, 0/0 SHOULD, 318 requests, 2.1 s\n"
        "note    suite differs: 1.0.0, then 1.1.0\n"
        "note    the later run did not come to its end\n"
        "\n"
        "worse (1)\n"
        "  item.size: MUST pass, then MUST fail\n"
        "    + the owner asks for the own chat with files: size is text, not a whole number\n"
        "\n"
        "better (1)\n"
        "  item.name: MUST fail, then MUST pass\n"
        "    - the owner asks for the own chat with files: size is text, not a whole number\n"
        "\n"
        "new (1)\n"
        "  item.url: MUST pass\n"
        "\n"
        "worse: 1 worse, 1 better, 1 new\n"
    )


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_makes_no_line_of_its_own(text: str) -> None:
    plain = render(compare(samples.conformant(), samples.hostile("plain")))
    with_generated = render(compare(samples.conformant(), samples.hostile(text)))
    assert len(with_generated.split("\n")) == len(plain.split("\n"))
    assert "\x1b" not in with_generated
