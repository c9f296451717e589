"""What became better and what became worse between two runs.

Clauses are compared by their id, so runs of different suites and contracts can be compared too:
what only one of them knows is new or gone. A run is worse than the one before when something
fails that did not fail, or is not tested that was. In a clause that failed before, the outcomes of
its checks decide: what a failing check finds may differ from run to run. A clause that is gone
counts as worse only under the same contract version: there it was left out, not withdrawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from neptun_conformance.contract.level import Level
from neptun_conformance.results.result import ClauseRecord, FindingRecord, Outcome, Result
from neptun_conformance.results.text import (
    OUTCOME_WORDS,
    cause_line,
    headline,
    one_line,
    tally,
    target_name,
)


class Trend(StrEnum):
    """Which way a clause went; in the order in which people want to see them."""

    WORSE = "worse"
    BETTER = "better"
    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Change:
    """One clause that is not as it was.

    Arguments:
        clause: its id.
        trend: which way it went.
        worse: whether that makes the whole run worse; a new clause that fails does, too.
        words: what it was and what it is.
        appeared: findings that only the later run has, one line each.
        vanished: findings that only the earlier run has.
    """

    clause: str
    trend: Trend
    worse: bool
    words: str
    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()


@dataclass(frozen=True)
class Diff:
    """The changes between two runs, in the order of the clauses, and how the runs differ."""

    before: Result
    after: Result
    changes: tuple[Change, ...]
    remarks: tuple[str, ...]
    causes: tuple[str, ...] = ()

    @property
    def worse(self) -> bool:
        """Whether the later run is worse: then ``neptun-conformance diff`` exits with 1."""
        cut_short = self.after.truncated and not self.before.truncated
        return cut_short or any(change.worse for change in self.changes)


def compare(before: Result, after: Result) -> Diff:
    """Return what changed from one run to a later one."""
    old = {clause.id: clause for clause in before.clauses}
    new = {clause.id: clause for clause in after.clauses}
    same_contract = before.contract_version == after.contract_version
    changes = [_change(old.get(name), clause) for name, clause in new.items()]
    changes += [
        Change(name, Trend.GONE, same_contract, f"was {_words(clause)}")
        for name, clause in old.items()
        if name not in new
    ]
    found = tuple(change for change in changes if change)
    return Diff(before, after, found, _remarks(before, after), _causes(before, after))


def render(diff: Diff) -> str:
    """Return the difference as text for a terminal."""
    lines = [f"before  {_run(diff.before)}", f"after   {_run(diff.after)}"]
    lines += [f"note    {remark}" for remark in diff.remarks]
    lines += ["", *diff.causes] if diff.causes else []
    for trend in Trend:
        changes = [change for change in diff.changes if change.trend is trend]
        lines += ["", f"{trend.value} ({len(changes)})"] if changes else []
        for change in changes:
            lines += _lines(change)
    words = "worse" if diff.worse else "not worse"
    return "\n".join([*lines, "", f"{words}: {_summary(diff)}"]) + "\n"


def _lines(change: Change) -> list[str]:
    lines = [f"  {one_line(change.clause)}: {change.words}"]
    lines += [f"    + {one_line(text)}" for text in change.appeared]
    return lines + [f"    - {one_line(text)}" for text in change.vanished]


def _run(result: Result) -> str:
    figures = ", ".join(tally(result))
    return f"{headline(result)}  {target_name(result)}  {result.started}  {figures}"


def _summary(diff: Diff) -> str:
    counts = dict.fromkeys(Trend, 0)
    for change in diff.changes:
        counts[change.trend] += 1
    told = [f"{count} {trend.value}" for trend, count in counts.items() if count]
    return ", ".join(told) or "nothing changed"


def _remarks(before: Result, after: Result) -> tuple[str, ...]:
    pairs = [
        ("target", target_name(before), target_name(after)),
        ("contract", before.contract_version, after.contract_version),
        ("suite", before.suite_version, after.suite_version),
    ]
    remarks = [f"{name} differs: {old}, then {new}" for name, old, new in pairs if old != new]
    remarks += ["the earlier run did not come to its end"] if before.truncated else []
    return (*remarks, "the later run did not come to its end") if after.truncated else (*remarks,)


def _causes(before: Result, after: Result) -> tuple[str, ...]:
    """Say which causes are new and which are gone; they have no say in what is worse."""
    old = {cause.id: cause for cause in before.causes}
    new = {cause.id: cause for cause in after.causes}
    told = [f"this cause is new: {cause_line(new[name])}" for name in new if name not in old]
    told += [f"this cause is gone: {cause_line(old[name])}" for name in old if name not in new]
    return tuple(map(one_line, told))


def _change(old: ClauseRecord | None, new: ClauseRecord) -> Change | None:
    if old is None:
        return Change(new.id, Trend.NEW, _badness(new) >= _FAILS, _words(new), _said(new.findings))
    earlier = {finding.id for finding in old.findings}
    later = {finding.id for finding in new.findings}
    appeared = _said([finding for finding in new.findings if finding.id not in earlier])
    vanished = _said([finding for finding in old.findings if finding.id not in later])
    trend = _trend(old, new) or _trend_of_checks(old, new)
    if trend is None and (appeared or vanished):
        trend = Trend.CHANGED
    if trend is None:
        return None
    words = f"{_words(old)}, then {_words(new)}" if _words(old) != _words(new) else _words(new)
    return Change(new.id, trend, trend is Trend.WORSE, words, appeared, vanished)


def _trend(old: ClauseRecord, new: ClauseRecord) -> Trend | None:
    """Return which way the outcome of a clause went, None where it is as bad as before."""
    if _badness(new) > _badness(old):
        return Trend.WORSE
    if _badness(new) < _badness(old):
        return Trend.CHANGED if new.outcome in _SILENT else Trend.BETTER
    return Trend.CHANGED if (old.outcome, old.level) != (new.outcome, new.level) else None


def _trend_of_checks(old: ClauseRecord, new: ClauseRecord) -> Trend | None:
    """Return which way the checks of a clause went; a check of one run alone says nothing."""
    before = {check.id: check.outcome for check in old.checks}
    pairs = [(before[c.id], c.outcome) for c in new.checks if c.id in before]
    if any(was is not Outcome.FAIL and became is Outcome.FAIL for was, became in pairs):
        return Trend.WORSE
    mended = (Outcome.PASS, Outcome.KNOWN_FAILURE)
    if any(was is Outcome.FAIL and became in mended for was, became in pairs):
        return Trend.BETTER
    return None


_FAILS = 3
_BADNESS = {
    Outcome.PASS: 0,
    Outcome.NOT_APPLICABLE: 0,
    Outcome.NOT_TESTED: 1,
    Outcome.ERROR: 1,
    Outcome.KNOWN_FAILURE: 2,
    Outcome.FAIL: _FAILS,
}
# What says nothing about the target: a failure that went there has not got better.
_SILENT = (Outcome.NOT_TESTED, Outcome.ERROR)


def _badness(clause: ClauseRecord) -> int:
    badness = _BADNESS[clause.outcome]
    # The same failure weighs more once the contract demands what it only advised before.
    return badness + 1 if badness == _FAILS and clause.level is Level.MUST else badness


def _words(clause: ClauseRecord) -> str:
    return f"{clause.level} {OUTCOME_WORDS[clause.outcome]}"


def _said(findings: list[FindingRecord]) -> tuple[str, ...]:
    return tuple(f"{finding.situation}: {finding.message}" for finding in findings)
