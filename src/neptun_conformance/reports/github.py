"""GitHub Actions annotations: workflow commands that become marks on a run.

One line each on standard output. GitHub shows ten of a kind for a step, so what is not tested is
one warning for all.
"""

from __future__ import annotations

from neptun_conformance.results import text
from neptun_conformance.results.result import ClauseRecord, FindingRecord, Outcome, Result, Verdict


def render(result: Result) -> str:
    """Return the commands, worst first; empty where there is nothing to say."""
    lines = [*_verdict(result), *_errors(result), *_findings(result), *_untested(result)]
    lines += [*_causes(result), *_notes(result)]
    return "".join(f"{line}\n" for line in lines)


def _causes(result: Result) -> list[str]:
    """Return one mark for all causes, a line each."""
    told = [f"{number}. {text.cause_line(cause)}" for number, cause in enumerate(result.causes, 1)]
    heading = text.causes_heading(result.causes).lower()
    return [command("notice", heading, "\n".join(told))] if told else []


def command(kind: str, title: str, message: str) -> str:
    """Return one workflow command: ``::error title=…::…``, with what would end it escaped."""
    title = _data(text.visible(title)).replace(":", "%3A").replace(",", "%2C")
    return f"::{kind} title={title}::{_data(_unreturned(message))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _unreturned(message: str) -> str:
    return "\n".join(text.visible(line) for line in message.splitlines())


def _verdict(result: Result) -> list[str]:
    told = result.verdict in (Verdict.CONFORMANT, Verdict.NONCONFORMANT)
    if told and result.exit_status in {0, 1} and not result.truncated:
        return []
    said = result.reason or text.warning(result) or ", ".join(text.tally(result))
    kind = "error" if result.exit_status else "warning"
    return [command(kind, text.headline(result), said)]


def _errors(result: Result) -> list[str]:
    broken = [clause for clause in result.clauses if clause.outcome is Outcome.ERROR]
    return [
        command("error", clause.id, clause.reason or "the suite's own fault") for clause in broken
    ]


def _findings(result: Result) -> list[str]:
    kinds = ("error", "warning", "notice")
    found = [
        (_kind(clause, finding, strict=result.strict), clause, finding)
        for clause, finding in text.findings(result)
    ]
    found.sort(key=lambda entry: kinds.index(entry[0]))
    return [
        command(kind, f"{clause.level} {clause.id}", _said(clause, finding))
        for kind, clause, finding in found
    ]


def _kind(clause: ClauseRecord, finding: FindingRecord, *, strict: bool) -> str:
    if finding.known:
        return "notice"
    return "error" if text.binding(clause, strict=strict) else "warning"


def _said(clause: ClauseRecord, finding: FindingRecord) -> str:
    lines = [clause.sentence, f"{finding.situation}: {finding.message}"]
    lines += [f"expected: {finding.expected}", f"actual: {finding.actual}"]
    lines += [f"known: {finding.known}"] if finding.known else []
    return "\n".join(lines)


def _untested(result: Result) -> list[str]:
    missing = [clause.id for clause in result.clauses if clause.outcome is Outcome.NOT_TESTED]
    if not missing:
        return []
    return [command("warning", "not tested", f"{len(missing)} clauses: {', '.join(missing)}")]


def _notes(result: Result) -> list[str]:
    """Return one mark for all that is to be said of the baseline, such as what expires soon."""
    told = [note for note in result.notes if note.startswith("baseline ")]
    return [command("warning", "baseline", "\n".join(told))] if told else []
