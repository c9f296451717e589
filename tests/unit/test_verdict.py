"""From the outcomes of clauses to verdict, exit status and reason."""

import pytest

from neptun_conformance.contract.level import Level
from neptun_conformance.results.result import ClauseRecord, Outcome, Verdict
from neptun_conformance.results.verdict import ExitStatus, Judged, counts, judge, outcome_of

MUST, SHOULD = Level.MUST, Level.SHOULD
OUTCOMES = list(Outcome)


def clause(
    outcome: Outcome, level: Level = MUST, name: str = "file.id", reason: str | None = None
) -> ClauseRecord:
    return ClauseRecord(
        id=name,
        group="file",
        level=level,
        outcome=outcome,
        sentence="It is.",
        source="Types",
        checks=[],
        reason=reason,
    )


def judged(
    *clauses: ClauseRecord,
    strict: bool = False,
    partial: bool = False,
    allow_incomplete: bool = False,
) -> Judged:
    return judge(list(clauses), strict=strict, partial=partial, allow_incomplete=allow_incomplete)


PASSED = clause(Outcome.PASS)
UNTESTED = clause(Outcome.NOT_TESTED, reason="no stranger")


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([Outcome.PASS, Outcome.FAIL, Outcome.ERROR], Outcome.ERROR),
        ([Outcome.PASS, Outcome.KNOWN_FAILURE, Outcome.FAIL], Outcome.FAIL),
        ([Outcome.NOT_TESTED, Outcome.KNOWN_FAILURE], Outcome.KNOWN_FAILURE),
        ([Outcome.PASS, Outcome.NOT_TESTED, Outcome.NOT_APPLICABLE], Outcome.NOT_TESTED),
        ([Outcome.NOT_APPLICABLE, Outcome.PASS], Outcome.PASS),
        ([Outcome.NOT_APPLICABLE], Outcome.NOT_APPLICABLE),
        ([], Outcome.NOT_TESTED),
    ],
)
def test_the_weightiest_outcome_is_that_of_the_clause(
    outcomes: list[Outcome], expected: Outcome
) -> None:
    assert outcome_of(outcomes) is expected


def test_all_that_is_met_is_conformant() -> None:
    clauses = (PASSED, clause(Outcome.FAIL, SHOULD), clause(Outcome.NOT_TESTED, SHOULD))
    conformant = Judged(Verdict.CONFORMANT, ExitStatus.CONFORMANT, "every MUST is met")
    assert judged(*clauses) == conformant
    assert judged(PASSED, clause(Outcome.NOT_APPLICABLE)) == conformant


@pytest.mark.parametrize("outcome", [Outcome.FAIL, Outcome.KNOWN_FAILURE])
def test_a_must_that_fails_is_not_conformant(outcome: Outcome) -> None:
    result = judged(PASSED, UNTESTED, clause(outcome, name="file.url"), allow_incomplete=True)
    reason = "1 clause not met: file.url"
    assert result == Judged(Verdict.NONCONFORMANT, ExitStatus.NONCONFORMANT, reason)


def test_a_should_that_fails_counts_only_when_strict() -> None:
    assert judged(PASSED, clause(Outcome.FAIL, SHOULD), strict=True).verdict == "nonconformant"
    assert judged(PASSED, clause(Outcome.FAIL, SHOULD)).verdict == "conformant"


def test_a_failure_of_the_suite_goes_before_all_else() -> None:
    broken = clause(Outcome.ERROR, SHOULD, "file.url", reason="KeyError: 'x'")
    reason = "the suite itself failed: file.url: KeyError: 'x'"
    result = judged(clause(Outcome.FAIL), broken, UNTESTED, partial=True)
    assert result == Judged(Verdict.ERROR, ExitStatus.ERROR, reason)


def test_a_must_that_is_not_tested_is_incomplete() -> None:
    reason = "1 clause not tested: file.id: no stranger"
    assert judged(PASSED, UNTESTED) == Judged(Verdict.INCOMPLETE, ExitStatus.INCOMPLETE, reason)
    assert judged(PASSED, UNTESTED, allow_incomplete=True) == Judged(
        Verdict.INCOMPLETE, ExitStatus.CONFORMANT, reason
    )


@pytest.mark.parametrize("clauses", [(), (clause(Outcome.NOT_APPLICABLE),)])
def test_nothing_tested_is_never_a_success(clauses: tuple[ClauseRecord, ...]) -> None:
    for partial, verdict in ((False, Verdict.INCOMPLETE), (True, Verdict.PARTIAL)):
        result = judged(*clauses, partial=partial, allow_incomplete=True)
        assert result == Judged(verdict, ExitStatus.INCOMPLETE, "nothing was tested")


def test_a_selection_is_at_best_partial() -> None:
    partial = Judged(Verdict.PARTIAL, ExitStatus.CONFORMANT, "only some clauses were selected")
    assert judged(PASSED, UNTESTED, partial=True) == partial
    assert judged(PASSED, clause(Outcome.FAIL), partial=True).verdict == "nonconformant"


def test_the_first_five_clauses_are_named() -> None:
    six = [clause(Outcome.FAIL, name=f"file.{letter}") for letter in "abcdef"]
    assert judged(*six).reason == (
        "6 clauses not met: file.a, file.b, file.c, file.d, file.e and 1 more"
    )
    assert judged(*six[:5]).reason.endswith("file.d, file.e")
    assert judged(*six[:2]).reason == "2 clauses not met: file.a, file.b"


def test_outcomes_are_counted_by_level() -> None:
    weights = dict(zip(OUTCOMES, range(1, len(OUTCOMES) + 1), strict=True))
    clauses = [clause(outcome) for outcome, n in weights.items() for _ in range(n)]
    found = counts([*clauses, clause(Outcome.PASS, SHOULD)])
    assert found.must.total == len(clauses)
    assert found.must.passed == weights[Outcome.PASS]
    assert found.must.failed == weights[Outcome.FAIL]
    assert found.must.known_failure == weights[Outcome.KNOWN_FAILURE]
    assert found.must.not_tested == weights[Outcome.NOT_TESTED]
    assert found.must.not_applicable == weights[Outcome.NOT_APPLICABLE]
    assert found.must.error == weights[Outcome.ERROR]
    assert (found.should.total, found.should.passed, found.should.failed) == (1, 1, 0)
