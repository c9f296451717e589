"""From what became of the checks to the outcome of each clause, the verdict and the exit status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from neptun_conformance.contract.level import Level
from neptun_conformance.cutting import listed
from neptun_conformance.results.result import ClauseRecord, Counts, LevelCounts, Outcome, Verdict
from neptun_conformance.results.text import counted


class ExitStatus(IntEnum):
    """What the process says to its caller."""

    CONFORMANT = 0
    NONCONFORMANT = 1
    INTERRUPTED = 2
    ERROR = 3
    USAGE = 4
    UNREACHABLE = 6
    INCOMPLETE = 7


_WEIGHTIEST_FIRST = (
    Outcome.ERROR,
    Outcome.FAIL,
    Outcome.KNOWN_FAILURE,
    Outcome.NOT_TESTED,
    Outcome.PASS,
    Outcome.NOT_APPLICABLE,
)


def outcome_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the outcome of a clause: what is not tested in one check is not passed by another."""
    found = set(outcomes)
    return next((o for o in _WEIGHTIEST_FIRST if o in found), Outcome.NOT_TESTED)


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict of a run, its exit status, and one line that says why."""

    verdict: Verdict
    exit_status: ExitStatus
    reason: str


def judge(
    clauses: list[ClauseRecord], *, strict: bool, partial: bool, allow_incomplete: bool
) -> Judged:
    """Return the verdict over the clauses of a run that came to its end.

    Arguments:
        clauses: the clauses that were selected.
        strict: a SHOULD counts as a MUST does.
        partial: not all clauses were selected, so the target cannot be called conformant.
        allow_incomplete: a MUST that is not tested does not show in the exit status.
    """
    binding = [c for c in clauses if strict or c.level is Level.MUST]
    broken = [c for c in clauses if c.outcome is Outcome.ERROR]
    failed = [c for c in binding if c.outcome in {Outcome.FAIL, Outcome.KNOWN_FAILURE}]
    untested = [c for c in clauses if c.level is Level.MUST and c.outcome is Outcome.NOT_TESTED]
    nothing = not any(c.outcome is Outcome.PASS for c in clauses)
    if broken:
        reason = f"the suite itself failed: {_named(broken)}: {broken[0].reason}"
        return Judged(Verdict.ERROR, ExitStatus.ERROR, reason)
    if failed:
        reason = f"{counted(len(failed), 'clause')} not met: {_named(failed)}"
        return Judged(Verdict.NONCONFORMANT, ExitStatus.NONCONFORMANT, reason)
    if partial and not nothing:
        return Judged(Verdict.PARTIAL, ExitStatus.CONFORMANT, "only some clauses were selected")
    if untested or nothing:
        excused = allow_incomplete and not nothing
        status = ExitStatus.CONFORMANT if excused else ExitStatus.INCOMPLETE
        verdict = Verdict.PARTIAL if partial else Verdict.INCOMPLETE
        return Judged(verdict, status, _why_incomplete(untested))
    return Judged(Verdict.CONFORMANT, ExitStatus.CONFORMANT, "every MUST is met")


def _named(clauses: list[ClauseRecord]) -> str:
    return listed([clause.id for clause in clauses])


def _why_incomplete(untested: list[ClauseRecord]) -> str:
    if not untested:
        return "nothing was tested"
    number = counted(len(untested), "clause")
    return f"{number} not tested: {_named(untested)}: {untested[0].reason}"


def counts(clauses: list[ClauseRecord]) -> LevelCounts:
    """Count the clauses of each level by outcome."""
    return LevelCounts(must=_count(clauses, Level.MUST), should=_count(clauses, Level.SHOULD))


def _count(clauses: list[ClauseRecord], level: Level) -> Counts:
    outcomes = [clause.outcome for clause in clauses if clause.level is level]
    return Counts(
        total=len(outcomes),
        passed=outcomes.count(Outcome.PASS),
        failed=outcomes.count(Outcome.FAIL),
        known_failure=outcomes.count(Outcome.KNOWN_FAILURE),
        not_tested=outcomes.count(Outcome.NOT_TESTED),
        not_applicable=outcomes.count(Outcome.NOT_APPLICABLE),
        error=outcomes.count(Outcome.ERROR),
    )
