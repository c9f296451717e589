"""Applies a baseline to a run: which failures are known, and whether that is all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from neptun_conformance.contract.level import Level
from neptun_conformance.results.baseline.entries import Baseline, Effort, Entry
from neptun_conformance.results.errors import BaselineError
from neptun_conformance.results.result import (
    CheckRecord,
    ClauseRecord,
    FindingRecord,
    Outcome,
    Result,
    Verdict,
)
from neptun_conformance.results.text import binding
from neptun_conformance.results.verdict import counts

FAILED = (Outcome.FAIL, Outcome.KNOWN_FAILURE)
SOON = timedelta(days=14)
"""How long before its last day an entry is told of."""


class OutdatedBaselineError(BaselineError):
    """Entries that have expired or cover nothing; ``result`` is the run with the others applied."""

    def __init__(self, line: str, *, result: Result) -> None:
        """Keep the line, and the result with it at the end of its reason.

        The exit status becomes 4, unless the run itself has not come to a verdict.
        """
        super().__init__(line)
        status = 4 if result.exit_status in {0, 1, 7} else result.exit_status
        reason = f"{result.reason}; {line}" if result.reason else line
        self.result = replace(result, exit_status=status, reason=reason)


def apply(result: Result, baseline: Baseline, *, allow_incomplete: bool = False) -> Result:
    """Return the result with every accepted failure as a known one.

    The verdict stays. The exit status 1 becomes 0 where every failure that fails the run is
    known and nothing else is wrong (7 where a MUST was not tested, unless that is allowed).

    Raises:
        OutdatedBaselineError: an entry has expired, a clause or check that it accepts has passed,
            or the clause has no such check any more.
    """
    reports = [became(result, baseline, entry) for entry in baseline.entries]
    clauses = [_covered(clause, baseline.of(clause.id)) for clause in result.clauses]
    notes = [*result.notes, *(note for kind, note in reports if kind == "note")]
    applied = replace(result, clauses=clauses, counts=counts(clauses), notes=notes)
    status = _exit_status(applied, allow_incomplete=allow_incomplete)
    if status != result.exit_status:
        known = applied.counts.must.known_failure + applied.counts.should.known_failure
        words = f"every failure that counts is in the baseline ({known})"
        words += ", but a MUST was not tested" if status else ""
        applied = replace(applied, exit_status=status, reason=words)
    if outdated := [line for kind, line in reports if kind == "outdated"]:
        more = f" (and {len(outdated) - 1} more entries)" if outdated[1:] else ""
        raise OutdatedBaselineError(outdated[0] + more, result=applied)
    return applied


def became(result: Result, baseline: Baseline, entry: Entry) -> tuple[str, str]:
    """Say what became of an entry: ``covers``, ``outdated`` or ``note``, and the line about it."""
    kind, words = _became(result, entry)
    if kind != "outdated" and baseline.expired(entry):
        kind, words = "outdated", f"expired on {entry.expires}: fix the failure or renew the entry"
    elif kind == "covers" and entry.expires and entry.expires - baseline.today <= SOON:
        kind, words = "note", f"expires on {entry.expires}, {_ahead(entry.expires, baseline.today)}"
    return kind, baseline.line(entry, words) if words else ""


def _became(result: Result, entry: Entry) -> tuple[str, str]:
    clause = next((each for each in result.clauses if each.id == entry.clause), None)
    if clause is None:
        return "note", "kept: its clause is not part of this run"
    outcome = outcomes(clause).get(entry.check) if entry.check else clause.outcome
    if outcome in {None, Outcome.PASS}:
        return _not_failing(result, entry, made=outcome is not None)
    if outcome in FAILED or (entry.check is None and Outcome.FAIL in outcomes(clause).values()):
        return "covers", ""
    return "note", f"kept: {outcome.value.replace('_', ' ')} in this run"


def _not_failing(result: Result, entry: Entry, *, made: bool) -> tuple[str, str]:
    """Say what becomes of an entry whose clause or check passed, or whose check was not made."""
    effort = effort_of(result)
    if effort.less_than(entry.effort):
        words = "passes in" if made else "its check is not part of"
        return "note", f"kept: {words} a run of {effort} effort, which asks less"
    if made:
        return "outdated", "passes now: remove the entry"
    if result.verdict is Verdict.PARTIAL:
        return "note", "kept: its check is not part of this run"
    return "outdated", "its clause has no such check"


def _ahead(day: date, today: date) -> str:
    days = (day - today).days
    return f"in {days} day{'s' if days > 1 else ''}" if days else "today"


def is_over(result: Result, entry: Entry) -> bool:
    """Tell whether what an entry accepts does not fail any more."""
    return _became(result, entry)[0] == "outdated"


def effort_of(result: Result) -> Effort:
    """Return the effort of a run; settings that are not given have their default."""
    given = result.settings.get("--effort")
    return Effort(given.value) if given else Effort.DEFAULT


def outcomes(clause: ClauseRecord) -> dict[str, Outcome]:
    """Return the outcomes by check, with those that only a finding names."""
    found = dict.fromkeys((finding.check for finding in clause.findings), Outcome.FAIL)
    return found | {check.id: check.outcome for check in clause.checks}


def _covered(clause: ClauseRecord, entries: list[Entry]) -> ClauseRecord:
    findings = [_known_finding(finding, entries) for finding in clause.findings]
    checks = [_known_check(check, entries) for check in clause.checks]
    whole = any(entry.check is None for entry in entries)
    named = bool(findings or checks) and all(finding.known for finding in findings)
    every = named and not any(check.outcome is Outcome.FAIL for check in checks)
    if not entries:
        return clause
    known = clause.outcome is Outcome.FAIL and (whole or every)
    outcome = Outcome.KNOWN_FAILURE if known else clause.outcome
    return replace(clause, findings=findings, checks=checks, outcome=outcome)


def _known_finding(finding: FindingRecord, entries: list[Entry]) -> FindingRecord:
    entry = next((each for each in entries if each.covers(finding.check)), None)
    if entry is None:
        return finding
    known = f"{entry.reason} ({entry.issue})" if entry.issue else entry.reason
    return replace(finding, known=known)


def _known_check(check: CheckRecord, entries: list[Entry]) -> CheckRecord:
    if check.outcome is not Outcome.FAIL or not any(each.covers(check.id) for each in entries):
        return check
    return replace(check, outcome=Outcome.KNOWN_FAILURE)


def _exit_status(result: Result, *, allow_incomplete: bool) -> int:
    counted = [each for each in result.clauses if binding(each, strict=result.strict)]
    failing = any(clause.outcome is Outcome.FAIL for clause in counted)
    broken = any(clause.outcome is Outcome.ERROR for clause in result.clauses)
    if result.exit_status != 1 or result.truncated or failing or broken:
        return result.exit_status
    may_lack = allow_incomplete or result.verdict is Verdict.PARTIAL
    lacks = any(
        clause.level is Level.MUST and clause.outcome is Outcome.NOT_TESTED for clause in counted
    )
    return 7 if lacks and not may_lack else 0
