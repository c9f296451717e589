"""From what became of the checks to the symptoms that causes are inferred from."""

from __future__ import annotations

from neptun_conformance import contract
from neptun_conformance.causes.symptoms import Form, Seen, Symptom
from neptun_conformance.client.http2 import fields
from neptun_conformance.contract.level import Level
from neptun_conformance.engine.checks.check import Checked
from neptun_conformance.exchange import BodyKind, Response
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Finding
from neptun_conformance.judge.deviation import deviation
from neptun_conformance.questions.situations import Question, Route

BEGINNING = 2_000
"""Octets of a body that are looked at for what sort of page it is."""


def symptom_of(checked: Checked, finding: Finding, named: str = "") -> Symptom:
    """Return a finding of a check as a symptom.

    Arguments:
        checked: what became of the check.
        finding: one of its findings.
        named: the id of the finding in the result that counts it.
    """
    return Symptom(
        clause=checked.check.clause,
        check=checked.check.name,
        message=finding.problem.message,
        expected=finding.problem.expected,
        actual=finding.problem.actual,
        pointer=finding.problem.pointer,
        seen=seen_in(finding.answer),
        finding=named,
        simplicity=(
            finding.answer.exchange.at_once,
            *finding.answer.resolved.question.simplicity,
        ),
        count=finding.problem.count,
        must=contract.clauses()[checked.check.clause].level is Level.MUST,
    )


def seen_in(answer: Answer) -> Seen:
    """Return what was seen in one answer."""
    response, question = answer.response, answer.resolved.question
    sent = _cookies(answer)
    return Seen(
        situation=str(question),
        particulars=question.particulars,
        due=answer.resolved.expected.name,
        plain=_is_plain(question),
        form=form_of(answer),
        status=answer.status,
        headers=tuple((n.lower(), v) for n, v in response.headers) if response else (),
        body=response.body[:BEGINNING].decode("utf-8", "replace") if response else "",
        right=None if response is None else deviation(answer) is None,
        started=answer.exchange.started,
        garbled=response is not None and _is_garbled(response),
        cookie_fields=len(sent),
        cookies=sum(value.count(";") + 1 for value in sent),
        unkept=_unkept(answer),
    )


def _unkept(answer: Answer) -> str:
    """Name the step right before an answer, where no cache can have kept a list in these steps."""
    target = answer.resolved.request.target
    read = any(step.accepted and step.resolved.request.target == target for step in answer.steps)
    if read or not answer.steps:
        return ""
    last = answer.steps[-1]
    method = last.resolved.request.method
    if method != "GET":
        return f"the owner's {method}"
    return "" if last.status == 200 else f"a {last.status or 'request without an answer'}"


def _cookies(answer: Answer) -> list[str]:
    """Return the Cookie fields that a request went out with."""
    headers, response = answer.exchange.request.headers, answer.response
    over_http2 = response is not None and response.http_version == "HTTP/2"
    sent = fields.carried(headers) if over_http2 else headers
    return [value for name, value in sent if name.lower() == "cookie"]


def _is_garbled(response: Response) -> bool:
    problem = response.body_problem
    return problem is not None and problem.kind is BodyKind.BAD_CODING


def _is_plain(question: Question) -> bool:
    ordinary = question.method == "GET" and question.route is Route.PLAIN
    return ordinary and not question.query and not question.headers and not question.voice


def form_of(answer: Answer) -> Form:
    """Return what an answer looks like."""
    status, files = answer.status, answer.files
    if status is None:
        late = answer.failure is not None and answer.failure.is_late
        return Form.NO_ANSWER if late else Form.BROKEN
    if status == 200 and files is not None:
        return Form.FILES if files.ids or not files.sound else Form.EMPTY_LIST
    exact = {200: Form.OTHER_200, 401: Form.UNAUTHORIZED, 404: Form.NOT_FOUND}
    classes = {2: Form.SUCCESS, 3: Form.REDIRECT, 4: Form.REFUSAL}
    return exact.get(status) or classes.get(status // 100, Form.SERVER_ERROR)
