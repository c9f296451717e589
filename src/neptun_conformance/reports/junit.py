"""The report as JUnit XML, as CI servers read it.

A test case is one check of a clause: ``classname`` is the clause's id with its level, ``name`` the
check's, ``time`` how long its requests took. A check that fails is a failure where that fails the
run (a MUST; a SHOULD too under ``--strict``), otherwise it is skipped and says so: JUnit has no
warning, and a pass would hide it. Not tested, not applicable and known failures are skipped with
their reason. A last case, ``verdict``, is a failure where the target is not conformant, and an
error where the run fails without any of the others: an interrupted or incomplete run is not green.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from neptun_conformance.results import text
from neptun_conformance.results.result import (
    CauseRecord,
    CheckRecord,
    ClauseRecord,
    FindingRecord,
    Outcome,
    Result,
    Verdict,
)


@dataclass(frozen=True)
class _Mark:
    """What a case holds unless it passed: the element, its short message and the whole text."""

    tag: str
    message: str
    details: str = ""


def render(result: Result) -> str:
    """Return the report as one ``testsuites`` document with a suite for each group of clauses."""
    root = ET.Element("testsuites", name="neptun-conformance", time=f"{result.seconds:.3f}")
    for group, clauses in text.groups(result).items():
        suite = ET.SubElement(root, "testsuite", name=text.visible(group), timestamp=result.started)
        for clause in clauses:
            _clause(suite, clause, strict=result.strict)
    _verdict(root, result)
    _count(root)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _clause(suite: ET.Element, clause: ClauseRecord, *, strict: bool) -> None:
    whole = CheckRecord(id=clause.id, outcome=clause.outcome, reason=clause.reason)
    for check in clause.checks or [whole]:
        classname = f"{text.visible(clause.id)} ({clause.level})"
        took = f"{check.seconds or 0:.3f}"
        case = ET.SubElement(
            suite, "testcase", classname=classname, name=text.visible(check.id), time=took
        )
        properties = ET.SubElement(case, "properties")
        described = [("clause", clause.id), ("level", clause.level), ("source", clause.source)]
        for name, value in described:
            ET.SubElement(properties, "property", name=name, value=text.visible(value))
        if mark := _mark(clause, check, strict=strict):
            element = ET.SubElement(case, mark.tag, message=text.visible(mark.message))
            element.text = text.visible(mark.details) or None


def _mark(clause: ClauseRecord, check: CheckRecord, *, strict: bool) -> _Mark | None:
    reason = check.reason or clause.reason
    match check.outcome:
        case Outcome.PASS:
            return None
        case Outcome.FAIL:
            return _failure(clause, check, strict=strict)
        case Outcome.ERROR:
            return _Mark("error", reason or "the suite's own fault")
        case Outcome.KNOWN_FAILURE:
            known = [finding.known for finding in _of(clause, check) if finding.known]
            return _Mark("skipped", f"known failure: {known[0] if known else reason or ''}")
        case _:
            words = text.OUTCOME_WORDS[check.outcome]
            return _Mark("skipped", f"{words}: {reason or 'no reason given'}")


def _of(clause: ClauseRecord, check: CheckRecord) -> list[FindingRecord]:
    """Return the findings of a check; all of the clause's where it has no checks of its own."""
    return [
        finding for finding in clause.findings if not clause.checks or finding.check == check.id
    ]


def _failure(clause: ClauseRecord, check: CheckRecord, *, strict: bool) -> _Mark:
    found = _of(clause, check)
    message = found[0].message if found else check.reason or clause.sentence
    details = "\n\n".join([clause.sentence, *(_details(finding) for finding in found)])
    if text.binding(clause, strict=strict):
        return _Mark("failure", message, details)
    return _Mark("skipped", f"SHOULD fails, which is no failure here: {message}", details)


def _details(finding: FindingRecord) -> str:
    lines = [finding.situation, finding.message]
    lines += [f"{word}: {value}" for word, value in text.facts(finding)]
    lines += [finding.curl] if finding.curl else []
    return "\n".join(lines)


def _verdict(root: ET.Element, result: Result) -> None:
    suite = ET.SubElement(root, "testsuite", name="verdict", timestamp=result.started)
    took = f"{result.seconds:.3f}"
    case = ET.SubElement(suite, "testcase", classname="verdict", name="verdict", time=took)
    red = root.find(".//failure") is not None or root.find(".//error") is not None
    said = result.reason or text.warning(result) or f"exit status {result.exit_status}"
    message = text.visible(f"{text.headline(result)}: {said}")
    if result.verdict is Verdict.NONCONFORMANT and not result.truncated:
        ET.SubElement(case, "failure", message=message)
    elif result.truncated or (result.exit_status and not red):
        ET.SubElement(case, "error", message=message)
    output = ET.SubElement(case, "system-out")
    output.text = text.visible(
        "\n".join([text.headline(result), *text.tally(result), *_causes(result), *result.notes])
    )


def _causes(result: Result) -> list[str]:
    return [
        f"cause {number}: {text.cause_line(cause)}{_explained(cause)}"
        for number, cause in enumerate(result.causes, 1)
    ]


def _explained(cause: CauseRecord) -> str:
    return f"; explains {', '.join(cause.clauses)}" if cause.clauses else ""


def _count(root: ET.Element) -> None:
    for suite in root.findall("testsuite"):
        times = (float(case.get("time", "0")) for case in suite.iter("testcase"))
        suite.set("time", f"{sum(times):.3f}")
    for element in [root, *root.findall("testsuite")]:
        element.set("tests", str(len(element.findall(".//testcase"))))
        for plural, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            element.set(plural, str(len(element.findall(f".//{tag}"))))
