"""The report as SARIF 2.1.0: a rule for each clause, a result for each finding.

A finding is an error where it fails the run, otherwise a warning; a known one is suppressed with
the reason that its baseline gives. What was not tested is a notification of the run and no
result: services that show SARIF would make an alert of it.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from urllib.parse import quote

from neptun_conformance.contract.level import Level
from neptun_conformance.results import text
from neptun_conformance.results.result import (
    ClauseRecord,
    ExchangeRecord,
    FindingRecord,
    Header,
    Outcome,
    Result,
    Verdict,
)
from neptun_conformance.results.text import target_name, visible

_Json = dict[str, object]

BASE = "TARGET"
"""What locations are relative to. It gives no address: services refuse any but that of files."""

_LEVELS = {Level.MUST: "error", Level.SHOULD: "warning"}
_UNFINISHED = {Verdict.UNREACHABLE, Verdict.INTERRUPTED, Verdict.ERROR}


def render(result: Result) -> str:
    """Return the report as one SARIF log with one run."""
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(result)],
    }
    return json.dumps(log, indent=2) + "\n"


def _run(result: Result) -> _Json:
    places = {clause.id: place for place, clause in enumerate(result.clauses)}
    return {
        "tool": {"driver": _driver(result)},
        "automationDetails": {"id": f"neptun-conformance/{visible(result.run_id)}"},
        "invocations": [_invocation(result)],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            BASE: {"description": _message(f"the target, {target_name(result)}")}
        },
        "results": [
            _result(clause, finding, place=places[clause.id], strict=result.strict)
            for clause, finding in text.findings(result)
        ],
        "properties": {
            "verdict": result.verdict,
            "contractVersion": visible(result.contract_version),
            "causes": [visible(text.cause_line(cause)) for cause in result.causes],
        },
    }


def _message(value: str) -> _Json:
    return {"text": visible(value) or "-"}


def _driver(result: Result) -> _Json:
    return {
        "name": "neptun-conformance",
        "version": visible(result.suite_version),
        "rules": [_rule(clause, result) for clause in result.clauses],
    }


def _rule(clause: ClauseRecord, result: Result) -> _Json:
    stands_on = f"A {clause.level} of the contract, from: {clause.source}."
    return {
        "id": visible(clause.id),
        "shortDescription": _message(clause.sentence),
        "fullDescription": _message(f"{clause.sentence} {stands_on}"),
        "help": _message(_help(clause, result, stands_on)),
        "defaultConfiguration": {"level": _level(clause, strict=result.strict)},
        "properties": {"tags": [clause.level, visible(clause.group)]},
    }


def _help(clause: ClauseRecord, result: Result, stands_on: str) -> str:
    """Say what a clause stands on and, where it fails, by which cause and where to look."""
    causes = [cause for cause in result.causes if clause.id in cause.clauses]
    told = [f"{cause.sentence}. Look at: {cause.where or 'the example'}." for cause in causes]
    explained = f"`neptun-conformance explain {clause.id}` says more."
    return "\n".join([stands_on, *told, explained])


def _level(clause: ClauseRecord, *, strict: bool) -> str:
    return "error" if strict else _LEVELS[clause.level]


def _invocation(result: Result) -> _Json:
    began = datetime.fromisoformat(result.started)
    return {
        "executionSuccessful": not result.truncated and result.verdict not in _UNFINISHED,
        "exitCode": result.exit_status,
        "exitCodeDescription": visible(result.reason or result.verdict),
        "startTimeUtc": _time(began),
        "endTimeUtc": _time(began + timedelta(seconds=result.seconds)),
        "toolExecutionNotifications": [
            _notification(clause)
            for clause in result.clauses
            if clause.outcome in (Outcome.NOT_TESTED, Outcome.ERROR)
        ],
    }


def _time(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _notification(clause: ClauseRecord) -> _Json:
    words = text.OUTCOME_WORDS[clause.outcome]
    return {
        "level": "error" if clause.outcome is Outcome.ERROR else "note",
        "message": _message(f"{words}: {clause.reason or 'no reason given'}"),
        "associatedRule": {"id": visible(clause.id)},
    }


def _result(clause: ClauseRecord, finding: FindingRecord, *, place: int, strict: bool) -> _Json:
    said = [f"{finding.situation}: {finding.message}"]
    said += [f"{word}: {value}" for word, value in text.facts(finding)]
    suppressed = [{"kind": "external", "justification": visible(finding.known or "")}]
    return {
        "ruleId": visible(clause.id),
        "ruleIndex": place,
        "kind": "fail",
        "level": _level(clause, strict=strict),
        "message": _message("\n".join(said)),
        "locations": [_location(finding)],
        "partialFingerprints": {"finding/v1": visible(finding.id)},
        "occurrenceCount": max(1, finding.count),
        "suppressions": suppressed if finding.known else [],
        **(_exchange(finding.exchange) if finding.exchange else {}),
    }


def _location(finding: FindingRecord) -> _Json:
    """Say where: the resource asked for, and the place in its body."""
    logical: _Json = {"fullyQualifiedName": visible(finding.pointer or finding.id)}
    logical["kind"] = "member" if finding.pointer else "resource"
    artifact: _Json = {"uri": "openapi.yaml"}
    if finding.exchange:
        artifact = {"uri": _relative(finding.exchange.request.url), "uriBaseId": BASE}
    return {
        "physicalLocation": {"artifactLocation": artifact, "region": {"startLine": 1}},
        "logicalLocations": [logical],
    }


def _relative(url: str) -> str:
    """Return the path of a URL as a relative reference (RFC 3986 section 4.2).

    The query stays in the request: what shows locations takes them for files. Segments of dots,
    which would be resolved, are percent-encoded.
    """
    path = url.partition("://")[2].partition("/")[2].partition("?")[0]
    segments = quote(visible(path).lstrip("/"), safe="/@!$&'()*+,;=%").split("/")
    dots = {".": "%2E", "..": "%2E%2E"}
    return "/".join(dots.get(segment, segment) for segment in segments) or "%2E"


def _exchange(exchange: ExchangeRecord) -> _Json:
    request, response = exchange.request, exchange.response
    sent = {
        "method": visible(request.method),
        "target": visible(request.url),
        "headers": _headers(request.headers),
    }
    if response is None:
        return {"webRequest": sent, "webResponse": {"noResponseReceived": True}}
    body: _Json = {} if response.body is None else {"body": {"text": visible(response.body)}}
    received = {"statusCode": response.status, "headers": _headers(response.headers), **body}
    return {"webRequest": sent, "webResponse": received}


def _headers(headers: list[Header]) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in headers:
        key = visible(name)
        joined[key] = f"{joined[key]}, {visible(value)}" if key in joined else visible(value)
    return joined
