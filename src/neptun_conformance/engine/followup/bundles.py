"""Finds the guilty part of a bundle: halves of it are asked alone, then each part is left out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from neptun_conformance.engine.asking.scheduler import Scheduler
from neptun_conformance.engine.checks.check import Checked, found_in
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Finding
from neptun_conformance.questions.bundles import Part, parts_of, with_parts
from neptun_conformance.results.result import Outcome

MOST_REQUESTS = 20
"""Requests that are spent on one finding."""


class Unbundling:
    """Makes the findings of bundles smaller, one for each cause.

    Arguments:
        scheduler: asks, as far as its budget goes.
    """

    def __init__(self, scheduler: Scheduler) -> None:
        """Make ready; nothing is asked yet."""
        self._scheduler = scheduler
        self._known: set[tuple[str, ...]] = set()

    def smaller(self, checked: Checked) -> Checked:
        """Return a failed check, its findings with those parts of a request that are to blame."""
        if checked.outcome is not Outcome.FAIL:
            return checked
        return replace(checked, findings=tuple(self._smaller(checked, f) for f in checked.findings))

    def _smaller(self, checked: Checked, finding: Finding) -> Finding:
        question, cause = finding.answer.resolved.question, finding.problem.cause
        parts = parts_of(question)
        shown = (checked.check.clause, *cause)
        # The first finding of a cause stands for all of them in a report.
        if len(parts) < 2 or finding.answer.steps or question.voice or shown in self._known:
            return finding
        self._known.add(shown)
        smallest = [finding]
        left = MOST_REQUESTS

        def fails(some: Sequence[Part]) -> bool:
            nonlocal left
            if not left or not self._scheduler.budget.take():
                self._scheduler.spare(checked.check.id)
                return False
            left -= 1
            asked = with_parts(question, some)
            answer = self._scheduler.ask([asked])[asked]
            found = found_in(answer, checked.check) if isinstance(answer, Answer) else ()
            same = [f for f in found if f.problem.message == finding.problem.message]
            smallest[:] = same[:1] or smallest
            return bool(same)

        minimal(parts, fails)
        problem = replace(smallest[0].problem, count=finding.problem.count)
        return replace(smallest[0], problem=problem)


def minimal(parts: Sequence[Part], fails: Callable[[Sequence[Part]], bool]) -> Sequence[Part]:
    """Return as few of some parts as still fail together (delta debugging).

    Arguments:
        parts: parts that fail together.
        fails: tells whether some of them do.
    """
    if fails(()):
        return ()
    while len(parts) > 1:
        middle = len(parts) // 2
        half = next((h for h in (parts[:middle], parts[middle:]) if fails(h)), None)
        if half is None:
            return _without_singles(parts, fails)
        parts = half
    return parts


def _without_singles(
    parts: Sequence[Part], fails: Callable[[Sequence[Part]], bool]
) -> Sequence[Part]:
    for part in parts:
        fewer = [other for other in parts if other is not part]
        if fewer and fails(fewer):
            parts = fewer
    return parts
