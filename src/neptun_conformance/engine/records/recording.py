"""From answers and findings to the records of a result: in words, cut, and without secrets."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import overload

from neptun_conformance import contract
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.cutting import cut
from neptun_conformance.engine.checks.check import Check, Checked
from neptun_conformance.engine.records.remaking import record_of
from neptun_conformance.exchange import Request, Response
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Finding
from neptun_conformance.questions.situations import Question, difference
from neptun_conformance.redaction.masking import mask_cookie, mask_links
from neptun_conformance.redaction.reproduction import curl
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.as_sent import as_sent
from neptun_conformance.results.result import (
    CheckRecord,
    ClauseRecord,
    ExchangeRecord,
    FindingRecord,
    Outcome,
    RequestRecord,
    ResponseRecord,
)
from neptun_conformance.results.verdict import outcome_of

SHOWN_OF_A_BODY = 2_000
"""Characters of a body that a report shows."""

AT_ONCE = "# sent at once with others: all but its last byte first, then the last bytes of all"
"""Stands above a command that alone may not repeat what many requests at once did."""

_MOST_LINES = 40
_LONGEST_LINE = 500
_EARLIER, _LATER = 0.02, 0.2
"""Seconds around an exchange in which a line of the server's log may be about it."""

LEFT_OUT = "[left out]"
"""Stands for what findings quote of bodies where bodies are not wanted."""


@dataclass(slots=True)
class Recorder:
    """Writes records for one run.

    Arguments:
        base_url: where the target is.
        redactor: knows the secrets of the run.
        headers: gives all headers that went out with a request.
        curl_options: what curl needs to get there, None where it cannot.
        bodies: whether bodies may stand in reports.
        seconds: gives how long the requests of a check took.
        logged: gives the lines of the server's own log between two times, in seconds of the run.
    """

    base_url: str
    redactor: Redactor
    headers: Callable[[Request], tuple[tuple[str, str], ...]]
    curl_options: tuple[str, ...] | None = ()
    bodies: bool = True
    seconds: Callable[[Check], float | None] = lambda _: None
    logged: Callable[[float, float], list[str]] = lambda *_: []

    def clauses(self, checked: Iterable[Checked]) -> list[ClauseRecord]:
        """Return a record for every clause that has checks, in the order of the contract."""
        by_clause: dict[str, list[Checked]] = {}
        # In an order of its own: the same answers make the same record, whatever order checks had.
        for one in sorted(checked, key=lambda one: one.check.order):
            by_clause.setdefault(one.check.clause, []).append(one)
        return [
            self._clause(c, by_clause[c.id])
            for c in contract.clauses().values()
            if c.id in by_clause
        ]

    def _clause(self, clause: contract.Clause, checked: list[Checked]) -> ClauseRecord:
        outcome = clause_outcome(checked)
        reasons = [one.reason for one in checked if one.outcome is outcome and one.reason]
        return ClauseRecord(
            id=clause.id,
            group=clause.group,
            level=clause.level,
            outcome=outcome,
            sentence=clause.sentence,
            source=clause.source,
            checks=[self._check(one) for one in checked],
            findings=self._findings(clause.id, checked),
            reason=self._clean(reasons[0]) if reasons else None,
        )

    def _check(self, checked: Checked) -> CheckRecord:
        return CheckRecord(
            id=checked.check.id,
            outcome=checked.outcome,
            reason=self._clean(checked.reason),
            seconds=self.seconds(checked.check),
        )

    def _findings(self, clause: str, checked: list[Checked]) -> list[FindingRecord]:
        """Return one finding for each cause, the simplest of those that its checks met."""
        causes: dict[tuple[str, str, str], list[tuple[Checked, Finding]]] = {}
        for one in checked:
            for finding in one.findings:
                causes.setdefault(finding.problem.cause, []).append((one, finding))
        return [self._simplest(clause, alike) for alike in causes.values()]

    def _simplest(self, clause: str, alike: list[tuple[Checked, Finding]]) -> FindingRecord:
        one, finding = min(alike, key=lambda pair: pair[1].answer.resolved.question.simplicity)
        total = sum(finding.problem.count for _, finding in alike)
        return self.finding(clause, one, finding, total)

    def finding(
        self, clause: str, checked: Checked, finding: Finding, count: int = 1
    ) -> FindingRecord:
        """Return the record of a finding of a clause, which stands for a count of them."""
        problem, answer = self.cleaned(clause, finding.problem), finding.answer
        situation, question = self._situation(answer), self._clean(str(answer))
        asked = answer.resolved.question
        return FindingRecord(
            id=finding_id(clause, problem),
            check=checked.check.id,
            situation=situation,
            question=None if question == situation else question,
            asked=None if answer.steps or answer.exchange.at_once else record_of(asked),
            message=problem.message,
            expected=problem.expected,
            actual=problem.actual,
            pointer=problem.pointer,
            count=count,
            rate=finding.rate,
            twin=self._twin(answer),
            part=problem.part,
            curl=self._curl(answer),
            exchange=self.exchange(answer),
            log=self._log(answer),
        )

    def _log(self, answer: Answer) -> list[str]:
        """Return the lines of the server's log at the time of an answer, as they may be shown."""
        if not self.bodies:
            return []
        began = answer.exchange.started
        lines = self.logged(began - _EARLIER, began + answer.exchange.seconds + _LATER)
        more = len(lines) - _MOST_LINES
        shown = [cut(self._shown(line), _LONGEST_LINE) for line in lines[:_MOST_LINES]]
        return [*shown, f"({more} more lines)"] if more > 0 else shown

    def _situation(self, answer: Answer) -> str:
        return self._clean(str(self.asked(answer)))

    def asked(self, answer: Answer) -> Question:
        """Return a question with the values that went out in place of their names."""
        return as_sent(answer.resolved, self._clean)

    def cleaned(self, clause: str, problem: Problem) -> Problem:
        """Return a problem of a clause as it may be shown."""
        if not self.bodies:
            problem = _without_quotes(clause, problem)
        return replace(
            problem,
            message=self._shown(problem.message),
            expected=self._shown(problem.expected),
            actual=self._shown(problem.actual),
            pointer=self._clean(problem.pointer),
            part=self._shown(problem.part) if problem.part else None,
        )

    def _twin(self, answer: Answer) -> str | None:
        # Beside a voice that is to blame stands the same request without it.
        twin = answer.plain_voice or answer.twin or answer.plain_form
        if twin is None:
            return None
        differs = difference(answer.resolved.question, twin.resolved.question)
        return self._clean(f"differs in {differs}: {self.asked(twin)} and gets {described(twin)}")

    def _curl(self, answer: Answer) -> str | None:
        """Return the commands that repeat an answer and the steps before it."""
        if self.curl_options is None:
            return None
        requests = [step.exchange.request for step in (*answer.steps, answer)]
        told = [AT_ONCE] if answer.exchange.at_once else []
        commands = [
            curl(
                request.method,
                self.base_url + request.target,
                self.headers(request),
                body=request.body.decode("latin-1"),
                redactor=self.redactor,
                options=self.curl_options,
            )
            for request in requests
        ]
        return None if None in commands else "\n".join([*told, *(c for c in commands if c)])

    def exchange(self, answer: Answer) -> ExchangeRecord:
        """Return the record of an exchange."""
        exchange = answer.exchange
        return ExchangeRecord(
            id=0,
            situation=self._situation(answer),
            request=self._request(exchange.request),
            response=self._response(answer.response) if answer.response else None,
            failure=self._shown(answer.failure.message) if answer.failure else None,
            started=round(exchange.started, 4),
            seconds=round(exchange.seconds, 4),
            waits=[wait.seconds for wait in exchange.waits],
        )

    def _request(self, request: Request) -> RequestRecord:
        headers = [(name, self._clean(value)) for name, value in self.headers(request)]
        url = self._clean(self.base_url + request.target)
        body = self._clean(request.body.decode("latin-1")) or None
        return RequestRecord(method=request.method, url=url, headers=headers, body=body)

    def _response(self, response: Response) -> ResponseRecord:
        # Cut after cleaning: half a secret at the end of a text may look like none.
        text = response.body[: 4 * SHOWN_OF_A_BODY].decode("utf-8", "backslashreplace")
        text = self._shown(text) if self.bodies else ""
        return ResponseRecord(
            status=response.status,
            http_version=response.http_version,
            headers=[self._header(name, value) for name, value in response.headers[:200]],
            body=text[:SHOWN_OF_A_BODY] if self.bodies else None,
            body_size=response.body_size,
            body_cut=len(text) > SHOWN_OF_A_BODY or response.body_size > 4 * SHOWN_OF_A_BODY,
        )

    def _header(self, name: str, value: str) -> tuple[str, str]:
        if name.lower() == "set-cookie":
            value = mask_cookie(value)
        return self._shown(name), self._shown(value)

    def _shown(self, text: str) -> str:
        """Return what came from the target as it may be shown."""
        return mask_links(self._clean(text))

    @overload
    def _clean(self, text: str) -> str: ...

    @overload
    def _clean(self, text: None) -> None: ...

    def _clean(self, text: str | None) -> str | None:
        return self.redactor.redact(text) if text else text


def finding_id(clause: str, problem: Problem) -> str:
    """Name a finding by its cause: whichever example stands for it, it is the same finding."""
    cause = "|".join((clause, *problem.cause))
    return f"{clause}:{hashlib.sha256(cause.encode('utf-8', 'replace')).hexdigest()[:8]}"


def clause_outcome(checked: list[Checked]) -> Outcome:
    """Return the outcome of a clause.

    A variant that could not be asked, or that saw nothing of what the clause is about, is named
    among the checks and leaves the clause tested, as long as another variant was.
    """
    made = [one.outcome for one in checked if not one.nobody]
    return outcome_of(made if Outcome.PASS in made else [one.outcome for one in checked])


_STATUS = re.compile(r"status \d{3}|a 200 without a chatFiles array|no such member|\d+ bytes")
_COMPARED = ("files.", "reading.", "methods.head", "query.ignored")
"""Clauses whose findings show what is expected by another body."""


def _without_quotes(clause: str, problem: Problem) -> Problem:
    """Leave out whatever a problem quotes of a body, and keep what is said in our own words."""
    actual = problem.actual if _STATUS.fullmatch(problem.actual) else LEFT_OUT
    expected = LEFT_OUT if clause.startswith(_COMPARED) else problem.expected
    return replace(problem, actual=actual, expected=expected, part=None)
