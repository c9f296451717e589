"""JUnit: red for what fails the run, skipped with a reason for what says nothing."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from neptun_conformance.contract.level import Level
from neptun_conformance.reports import junit
from neptun_conformance.results.result import Outcome, Result, Verdict
from tests.unit.reports import samples


def parse(result: Result) -> ET.Element:
    return ET.fromstring(junit.render(result))


def case(root: ET.Element, clause: str, check: str = "asks-as-owner") -> ET.Element:
    each = root.iter("testcase")
    return next(
        one
        for one in each
        if one.get("classname", "").partition(" ")[0] == clause and one.get("name") == check
    )


def message(element: ET.Element, tag: str) -> str:
    found = element.find(tag)
    assert found is not None
    return found.get("message", "")


def test_a_check_is_a_case_with_its_clause() -> None:
    passed = case(parse(samples.result()), "authentication.no-cookie", "full-chat")
    assert passed.find("properties/property[@name='clause']").get("value") == (  # type: ignore[union-attr]
        "authentication.no-cookie"
    )
    assert [child.tag for child in passed] == ["properties"]


def test_a_class_tells_its_level() -> None:
    root = parse(samples.result())
    assert case(root, "item.size").get("classname") == "item.size (MUST)"
    assert case(root, "hygiene.shared-cache").get("classname") == "hygiene.shared-cache (SHOULD)"


def test_a_case_takes_as_long_as_its_requests() -> None:
    clause = samples.clause("item.size", Outcome.PASS)
    checks = [replace(check, seconds=1.25) for check in clause.checks]
    root = parse(samples.result([replace(clause, checks=checks)]))
    assert case(root, "item.size").get("time") == "1.250"
    assert root.find("testsuite[@name='item']").get("time") == "1.250"  # type: ignore[union-attr]


def test_a_must_that_fails_is_a_failure_of_its_check_only() -> None:
    root = parse(samples.result())
    failed = case(root, "ownership.foreign-chat", "full-chat")
    assert message(failed, "failure") == "200 where a 404 is due"
    assert "expected: 404 with the error body" in (failed.findtext("failure") or "")
    assert case(root, "ownership.foreign-chat", "empty-chat").find("failure") is None


def test_a_should_that_fails_is_skipped_and_says_so() -> None:
    found = case(parse(samples.result()), "hygiene.shared-cache")
    assert message(found, "skipped").startswith(
        "SHOULD fails, which is no failure here: cache-control"
    )


def test_a_should_that_fails_is_a_failure_when_strict() -> None:
    found = case(parse(samples.result(strict=True)), "hygiene.shared-cache")
    assert message(found, "failure") == "cache-control is public"


@pytest.mark.parametrize(
    ("clause", "tag", "words"),
    [
        ("authentication.expired", "skipped", "not tested: the target gives no expired session"),
        ("hygiene.secure-cookie", "skipped", "not applicable: no Set-Cookie came"),
        ("item.created-at", "skipped", "known failure: migrated in release 7"),
        ("input.in-time", "error", "KeyError in the check itself"),
    ],
)
def test_what_is_neither_good_nor_bad(clause: str, tag: str, words: str) -> None:
    assert message(case(parse(samples.result()), clause), tag) == words


def test_the_figures_are_those_of_the_cases() -> None:
    root = parse(samples.result())
    figures = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert figures == {"tests": "11", "failures": "3", "errors": "1", "skipped": "4"}
    suites = root.findall("testsuite")
    assert sum(int(suite.get("tests", "")) for suite in suites) == 11


def test_a_good_run_is_green() -> None:
    root = parse(samples.conformant())
    assert (root.get("failures"), root.get("errors")) == ("0", "0")


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": Verdict.INCOMPLETE, "exit_status": 7},
        {"verdict": Verdict.UNREACHABLE, "exit_status": 6},
        {"verdict": Verdict.INTERRUPTED, "exit_status": 2, "truncated": True},
    ],
)
def test_a_run_that_fails_without_a_failure_is_red(changes: dict[str, object]) -> None:
    root = parse(samples.conformant(**changes))
    assert root.get("errors") == "1"
    assert root.find(".//testcase[@name='verdict']/error") is not None


def test_the_verdict_fails_where_the_target_is_not_conformant() -> None:
    found = message(case(parse(samples.result()), "verdict", "verdict"), "failure")
    assert found.startswith("NONCONFORMANT: ")


def test_a_clause_without_checks_is_one_case() -> None:
    bare = replace(samples.clause("item.size", Outcome.NOT_TESTED, reason="lost"), checks=[])
    assert message(case(parse(samples.result([bare])), "item.size", "item.size"), "skipped")


def test_a_failing_clause_without_findings_still_fails() -> None:
    bare = samples.clause("item.size", Outcome.FAIL, findings=[], level=Level.MUST)
    assert message(case(parse(samples.result([bare])), "item.size"), "failure") == bare.sentence


@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE.keys())
def test_hostile_text_leaves_the_document_whole(text: str) -> None:
    root = parse(samples.hostile(text))
    assert root.get("tests") == "3"
