"""Asks again where something was found: smaller, several times, or to rule out chance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.check import Check, Checked, found_in
from neptun_conformance.judge.answer import Answer, Replies
from neptun_conformance.judge.demands import Finding, merged
from neptun_conformance.questions.generated import exploring
from neptun_conformance.questions.generated.exploring import Exploration
from neptun_conformance.questions.situations import Asked, Question
from neptun_conformance.results.result import Outcome

REPLAYS = 5
SHARES = 3
"""One in so many of the extra requests that are left goes into making one finding smaller."""
CONFIRMATIONS = 4
"""How often a difference between answers that vary must come again."""


def confirmed(checked: Checked, scheduler: Scheduler) -> Checked:
    """Return a check of answers that vary with those findings alone that come again each time.

    Arguments:
        checked: a check; others than failed ones that are marked so stay as they are.
        scheduler: asks.
    """
    if checked.outcome is not Outcome.FAIL or "varies" not in checked.check.marks:
        return checked
    lasting = _found_in_turn(checked, checked.check.asked, scheduler, 0)
    for turn in range(1, CONFIRMATIONS + 1):
        asked = _beside(lasting.values(), checked.check.asked)
        if not asked:
            break
        if not scheduler.budget.take(len(asked)):
            scheduler.spare(checked.check.id)
            break
        again = _found_in_turn(checked, asked, scheduler, turn)
        lasting = {what: finding for what, finding in lasting.items() if what in again}
    findings = tuple(merged([*lasting.values()]))
    return replace(checked, findings=findings, outcome=Outcome.FAIL if findings else Outcome.PASS)


def _beside(findings: Iterable[Finding], asked: Iterable[Asked]) -> list[Asked]:
    """Return the questions of those callers, and about those users, of whom something was found."""
    found = [finding.answer.resolved.question for finding in findings]
    told = {(question.caller, question.user) for question in found}
    return [one for one in asked if isinstance(one, Question) and (one.caller, one.user) in told]


def _found_in_turn(
    checked: Checked, questions: Iterable[Asked], scheduler: Scheduler, turn: int
) -> dict[tuple[str, ...], Finding]:
    """Return what is found in one turn, by what is asked and found."""
    asked = [one.again(turn) for one in questions if isinstance(one, Question)]
    heard = scheduler.ask(asked)
    return {
        (str(answer), *_again(problem)): finding
        for answer in map(heard.get, asked)
        if isinstance(answer, Answer)
        for finding in found_in(answer, checked.check)
        for problem in (finding.problem,)
    }


def _again(problem: Problem) -> tuple[str, ...]:
    """Return what a problem must have in common with one that is found again.

    What is there where nothing should be, or the other way round, may have another value each time.
    """
    pair = (problem.expected, problem.actual)
    absent = [value for value in pair if value.startswith("no ")]
    return (problem.message, *(absent or pair))


@dataclass(slots=True)
class Refining:
    """Asks failing questions again, alone, smaller and several times.

    Arguments:
        scheduler: asks.
        heard: what was asked already.
        effort: the effort of the run.
        seed: the seed of the run.
        database: folder in which failing questions are kept for the next run.
    """

    scheduler: Scheduler
    heard: dict[Asked, Replies]
    effort: str
    seed: int
    database: str | None = None
    _check: str = field(init=False, default="")
    _share: int = field(init=False, default=0)

    def refine(self, checked: Checked, exploration: Exploration) -> Checked:
        """Return a failed check with its first finding as small as it gets, each one replayed.

        A check takes a share of the requests that are left, so that later ones get theirs.
        """
        self._check = checked.check.id
        self._share = min(exploring.MOST_SHRINKING_REQUESTS, self.scheduler.budget.left // SHARES)

        def fails(question: Question) -> bool:
            answer = self._answer(replace(question, kind=checked.check.id))
            return answer is not None and bool(found_in(answer, checked.check))

        small = exploring.smallest(
            exploration,
            effort=self.effort,
            seed=self.seed,
            fails=fails,
            database=self.database,
        )
        findings = list(checked.findings)
        answer = self.heard.get(small) if small else None
        if isinstance(answer, Answer):
            findings[:1] = found_in(answer, checked.check)[:1] or findings[:1]
        return replace(checked, findings=tuple(self._replayed(checked.check, f) for f in findings))

    def _answer(self, question: Question) -> Answer | None:
        """Return the recorded answer, or ask, as long as the budget for shrinking lasts."""
        if question not in self.heard:
            if self._share <= 0:
                self.scheduler.spare(self._check)
                return None
            before = len(self.scheduler.answers)
            self.heard |= self.scheduler.ask([question])
            asked = len(self.scheduler.answers) - before
            self.scheduler.budget.spend(asked)
            self._share -= asked
        got = self.heard[question]
        return got if isinstance(got, Answer) else None

    def _replayed(self, check: Check, finding: Finding) -> Finding:
        """Ask again on fresh connections, and note the rate where it does not fail each time."""
        if not self.scheduler.budget.take(REPLAYS):
            self.scheduler.spare(self._check)
            return finding
        again = self.scheduler.replay(finding.answer.resolved.question, times=REPLAYS)
        failed = sum(bool(found_in(answer, check)) for answer in again)
        return (
            finding if failed == len(again) else replace(finding, rate=f"{failed} of {len(again)}")
        )
