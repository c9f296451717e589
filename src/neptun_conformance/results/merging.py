"""One result of two runs against a target, of which each spoke another version of HTTP."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from neptun_conformance.results.result import (
    CauseRecord,
    CheckRecord,
    ClauseRecord,
    FindingRecord,
    Outcome,
    Result,
    Setting,
    Verdict,
)
from neptun_conformance.results.verdict import ExitStatus, Judged, counts, judge, outcome_of

SPOKEN = "the requests went over"
"""How the note begins that says which version of HTTP a run spoke."""

FIRST, SECOND = "HTTP/1.1", "HTTP/2"
TO_ITS_END = {
    Verdict.CONFORMANT,
    Verdict.NONCONFORMANT,
    Verdict.INCOMPLETE,
    Verdict.PARTIAL,
}
"""Verdicts of runs in which every check was made."""

_TESTED = {Outcome.PASS, Outcome.FAIL, Outcome.KNOWN_FAILURE}


def merged(first: Result, second: Result, *, partial: bool, allow_incomplete: bool) -> Result:
    """Return what a run over HTTP/1.1 and one over HTTP/2 say together.

    A clause fails if it fails over either of them, and a finding that came over one alone, though
    its clause was tested over both, says so.

    Arguments:
        first: the run over HTTP/1.1, of all checks.
        second: the run over HTTP/2, of those whose outcome may differ.
        partial: not all clauses were selected.
        allow_incomplete: a MUST that is not tested does not show in the exit status.
    """
    clauses = [*_clauses(first.clauses, second.clauses)]
    judged = judge(clauses, strict=first.strict, partial=partial, allow_incomplete=allow_incomplete)
    if second.verdict not in TO_ITS_END:
        status = ExitStatus(second.exit_status)
        judged = Judged(second.verdict, status, f"over {SECOND}: {second.reason}")
    statuses = Counter(first.statuses) + Counter(second.statuses)
    exchanges = [*first.exchanges, *second.exchanges]
    return replace(
        first,
        verdict=judged.verdict,
        exit_status=judged.exit_status,
        reason=judged.reason,
        truncated=second.verdict not in TO_ITS_END,
        seconds=round(first.seconds + second.seconds, 3),
        requests=first.requests + second.requests,
        at_once=max(first.at_once, second.at_once),
        statuses=dict(sorted(statuses.items())),
        waits=round(first.waits + second.waits, 3),
        counts=counts(clauses),
        clauses=clauses,
        causes=[*first.causes, *_further(first.causes, second.causes)],
        lacks=[*dict.fromkeys([*first.lacks, *second.lacks])],
        exchanges=[replace(e, id=n) for n, e in enumerate(exchanges, 1)],
        settings={**second.settings, "--http": Setting(value="both", origin="flag")},
        notes=[*_notes(first, second)],
    )


def _notes(first: Result, second: Result) -> Iterable[str]:
    yield f"{first.requests} requests went over {FIRST}, {second.requests} over {SECOND}"
    told = dict.fromkeys([*first.notes, *second.notes])
    yield from (note for note in told if not note.startswith(SPOKEN))


def _clauses(first: Iterable[ClauseRecord], second: list[ClauseRecord]) -> Iterable[ClauseRecord]:
    others = {clause.id: clause for clause in second}
    for clause in first:
        other = others.get(clause.id)
        yield clause if other is None else _clause(clause, other)


def _clause(first: ClauseRecord, second: ClauseRecord) -> ClauseRecord:
    outcome = outcome_of((first.outcome, second.outcome))
    # A finding is the same over both where its cause is, whatever example stands for it.
    over_first = {finding.id: finding for finding in first.findings}
    over_second = {finding.id: finding for finding in second.findings}
    findings = [
        *(f if f.id in over_second else _alone(f, FIRST, second) for f in first.findings),
        *(_alone(f, SECOND, first) for f in second.findings if f.id not in over_first),
    ]
    reason = first.reason if first.outcome is outcome else _over(second.reason)
    checks = _checks(first.checks, second.checks)
    return replace(first, outcome=outcome, findings=findings, reason=reason, checks=checks)


def _alone(finding: FindingRecord, version: str, other: ClauseRecord) -> FindingRecord:
    """Note that a finding came over one version alone, where the other could tell."""
    only_over = version if other.outcome in _TESTED else None
    return replace(finding, only_over=only_over)


def _checks(first: list[CheckRecord], second: list[CheckRecord]) -> list[CheckRecord]:
    others = {check.id: check for check in second}
    return [_check(check, others.get(check.id)) for check in first]


def _check(first: CheckRecord, second: CheckRecord | None) -> CheckRecord:
    if second is None or outcome_of((first.outcome, second.outcome)) is first.outcome:
        return first
    return replace(second, reason=_over(second.reason))


def _over(reason: str | None) -> str | None:
    return f"over {SECOND}: {reason}" if reason else None


def _further(first: list[CauseRecord], second: list[CauseRecord]) -> Iterable[CauseRecord]:
    """Yield the causes that explain what the first ones do not."""
    explained = {finding for cause in first for finding in cause.findings}
    return (cause for cause in second if not explained.issuperset(cause.findings))
