"""What saw nothing of what it is about did not pass: one property of all checks."""

from __future__ import annotations

import json
from typing import Any

import pytest

from neptun_conformance.engine.checks.arguments import SELECTIONS, argument_for
from neptun_conformance.engine.checks.check import Check, Policy, checked
from neptun_conformance.engine.checks.collect import all_checks
from neptun_conformance.engine.checks.links import Followed
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.judge.demands import Answers
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import UnknownChat
from neptun_conformance.results.result import Outcome
from tests.unit.judge.said import failed, files, said

CHECKS = {check.id: check for check in all_checks(effort="default")}
OWN, EMPTY = owner.asks(owner.full), owner.asks(owner.empty)
MISSING, NOBODYS = owner.asks(UnknownChat(), under=owner), anonymous.asks(owner.full)


def nothing_for(check: Check) -> Any:
    """Return an argument in which there is nothing of what a check is about."""
    if check.wants == "fetched":
        return Followed(said(OWN, 200, files()), ())
    return Answers((failed(OWN),) if check.wants == "answer" else ())


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_check_of_nothing_does_not_pass(check: Check) -> None:
    made = checked(check, lambda: check.function(nothing_for(check)))
    assert made.outcome in {Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE, Outcome.FAIL}
    assert made.reason or made.findings


def outcomes(everything: list[Answer]) -> dict[str, set[Outcome]]:
    """Return what becomes of the clauses about all answers of a kind."""
    found: dict[str, set[Outcome]] = {}
    for check in CHECKS.values():
        if check.wants in SELECTIONS:

            def make(check: Check = check) -> None:
                check.function(argument_for(check, {}, everything, Policy()))

            found.setdefault(check.clause, set()).add(checked(check, make).outcome)
    return found


def test_with_empty_lists_alone_no_clause_about_a_file_passes() -> None:
    first = said(OWN, 200, files())
    facts = Facts(plain={owner.full: first})
    everything = [first, *(said(q, 200, files(), facts=facts) for q in (OWN, EMPTY))]
    found = outcomes(everything)
    about_files = {clause: found[clause] for clause in found if clause.startswith("file.")}
    assert len(about_files) > 9
    assert set(map(frozenset, about_files.values())) == {frozenset({Outcome.NOT_TESTED})}
    assert found["files.unique-ids"] == found["reading.same-members"] == {Outcome.NOT_TESTED}
    assert found["success.envelope"] == found["reading.same-files"] == {Outcome.PASS}


def test_without_a_message_no_clause_about_it_passes() -> None:
    body = json.dumps({"error": "no"}).encode()
    found = outcomes([said(MISSING, 404, body), said(NOBODYS, 401, body)])
    assert found["error.message"] == {Outcome.NOT_TESTED}
    assert found["error.data"] == {Outcome.FAIL}
    found = outcomes([said(MISSING, 404, b"<html>")])
    for member in ("status-code", "status-message", "data", "message"):
        assert found[f"error.{member}"] == {Outcome.NOT_TESTED}


def test_entries_that_are_no_objects_show_no_members() -> None:
    found = outcomes([said(OWN, 200, files(None, "x"))])
    assert found["file.object"] == {Outcome.FAIL}
    assert found["file.name"] == found["file.created-at-form"] == {Outcome.NOT_TESTED}


def test_a_foreign_chat_is_likened_to_missing_ones_only_where_all_are_refused() -> None:
    likeness = next(c for c in CHECKS.values() if c.clause == "ownership.indistinguishable")
    alone = Answers((said(owner.asks(stranger.full, under=owner), 403),))
    assert checked(likeness, lambda: likeness.function(alone)).outcome is Outcome.NOT_TESTED
