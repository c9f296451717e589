"""From answers and findings to the records of a result: in words, cut, and without secrets."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import overload

from neptun_conformance import contract
from neptun_conformance.answer import Answer, Finding, described
from neptun_conformance.checking import Checked
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.problem import Problem
from neptun_conformance.reproduction import curl
from neptun_conformance.result import (
    CheckRecord,
    ClauseRecord,
    ExchangeRecord,
    FindingRecord,
    Outcome,
    RequestRecord,
    ResponseRecord,
)
from neptun_conformance.secrets import Redactor
from neptun_conformance.verdict import outcome_of

SHOWN_OF_A_BODY = 2_000
"""Characters of a body that a report shows."""


@dataclass(slots=True)
class Recorder:
    """Writes records for one run.

    Arguments:
        base_url: where the target is.
        secrets: placeholder and value of every secret.
        headers: what the target wants in every request.
        curl_options: what curl needs to get there.
        bodies: whether bodies may stand in reports.
    """

    base_url: str
    secrets: list[tuple[str, str]]
    headers: tuple[tuple[str, str], ...] = ()
    curl_options: tuple[str, ...] = ()
    bodies: bool = True
    redactor: Redactor = field(init=False)

    def __post_init__(self) -> None:
        self.redactor = Redactor(self.secrets)

    def clauses(self, checked: Iterable[Checked]) -> list[ClauseRecord]:
        """Return a record for every clause that has checks, in the order of the contract."""
        by_clause: dict[str, list[Checked]] = {}
        for one in checked:
            by_clause.setdefault(one.check.clause, []).append(one)
        return [self._clause(c, by_clause[c.id]) for c in contract.clauses().values() if c.id in by_clause]

    def _clause(self, clause: contract.Clause, checked: list[Checked]) -> ClauseRecord:
        outcome = _outcome(checked)
        reasons = [one.reason for one in checked if one.outcome is outcome and one.reason]
        return ClauseRecord(
            id=clause.id,
            group=clause.group,
            level=clause.level,
            outcome=outcome,
            sentence=clause.sentence,
            source=clause.source,
            checks=[self._check(one) for one in sorted(checked, key=lambda one: one.check.id)],
            findings=self._findings(clause.id, checked),
            reason=self._clean(reasons[0]) if reasons else None,
        )

    def _check(self, checked: Checked) -> CheckRecord:
        return CheckRecord(
            id=checked.check.id, outcome=checked.outcome, reason=self._clean(checked.reason)
        )

    def _findings(self, clause: str, checked: list[Checked]) -> list[FindingRecord]:
        """Return one finding for each cause, however many checks of the clause met it."""
        causes: dict[tuple[str, str, str], tuple[Checked, Finding, int]] = {}
        for one in checked:
            for finding in one.findings:
                problem = finding.problem
                key = (problem.message, problem.expected, _place(problem))
                first = causes.get(key, (one, finding, 0))
                causes[key] = (first[0], first[1], first[2] + problem.count)
        return [self._finding(clause, *cause) for cause in causes.values()]

    def _finding(self, clause: str, checked: Checked, finding: Finding, count: int) -> FindingRecord:
        problem, answer = finding.problem, finding.answer
        situation = str(answer)
        name = f"{clause}|{checked.check.function.__name__}|{situation}|{problem.message}"
        return FindingRecord(
            id=f"{clause}:{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}",
            check=checked.check.id,
            situation=self._clean(situation),
            message=self._clean(problem.message),
            expected=self._clean(problem.expected),
            actual=self._clean(problem.actual),
            pointer=problem.pointer,
            count=count,
            rate=finding.rate,
            twin=self._twin(answer),
            curl=self._curl(answer),
            exchange=self.exchange(answer),
        )

    def _twin(self, answer: Answer) -> str | None:
        twin = answer.twin
        return self._clean(f"{twin}: {described(twin)}") if twin else None

    def _curl(self, answer: Answer) -> str:
        lines = (
            curl(
                step.exchange.request,
                self.base_url,
                self.secrets,
                headers=self.headers,
                options=self.curl_options,
            )
            for step in (*answer.steps, answer)
        )
        return self._clean("\n".join(lines))

    def exchange(self, answer: Answer) -> ExchangeRecord:
        """Return the record of an exchange."""
        exchange = answer.exchange
        return ExchangeRecord(
            id=0,
            situation=self._clean(str(answer)),
            request=self._request(exchange.request),
            response=self._response(answer.response) if answer.response else None,
            failure=self._clean(answer.failure.message) if answer.failure else None,
            started=round(exchange.started, 4),
            seconds=round(exchange.seconds, 4),
            waits=[wait.seconds for wait in exchange.waits],
        )

    def _request(self, request: Request) -> RequestRecord:
        headers = [(name, self._clean(value)) for name, value in (*self.headers, *request.headers)]
        url = self._clean(self.base_url + request.target)
        return RequestRecord(method=request.method, url=url, headers=headers)

    def _response(self, response: Response) -> ResponseRecord:
        text = response.body[: 4 * SHOWN_OF_A_BODY].decode("utf-8", "backslashreplace")
        shown = text[:SHOWN_OF_A_BODY]
        return ResponseRecord(
            status=response.status,
            http_version=response.http_version,
            headers=[(self._clean(n), self._clean(v)) for n, v in response.headers[:200]],
            body=self._clean(shown) if self.bodies else None,
            body_size=response.body_size,
            body_cut=len(shown) < len(text) or response.body_size > len(response.body),
        )

    @overload
    def _clean(self, text: str) -> str: ...

    @overload
    def _clean(self, text: None) -> None: ...

    def _clean(self, text: str | None) -> str | None:
        return self.redactor.redact(text) if text else text


def _outcome(checked: list[Checked]) -> Outcome:
    """Return the outcome of a clause.

    What it says of the stranger need not be tested where the target names none, as long as the
    same is tested with the owner; other missing prerequisites leave the clause not tested.
    """
    made = [one.outcome for one in checked if not one.nobody]
    return outcome_of(made if Outcome.PASS in made else [one.outcome for one in checked])


def _place(problem: Problem) -> str:
    """Return where in a body a problem is, whatever the index: twelve items are one cause."""
    return "".join(c for c in problem.pointer or "" if not c.isdigit())

