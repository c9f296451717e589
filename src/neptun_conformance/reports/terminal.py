"""The report in the terminal: clauses by group, findings, and the verdict last."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from neptun_conformance.contract.level import Level
from neptun_conformance.cutting import cut
from neptun_conformance.reports.styling import Text
from neptun_conformance.results import text as words
from neptun_conformance.results.result import (
    EMBEDDED,
    ClauseRecord,
    Counts,
    FindingRecord,
    Outcome,
    Result,
    Verdict,
)
from neptun_conformance.results.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SIGNS = {
    Outcome.PASS: ("ok", "green"),
    Outcome.FAIL: ("FAIL", "bold red"),
    Outcome.KNOWN_FAILURE: ("known", "yellow"),
    Outcome.NOT_TESTED: ("not tested", "magenta"),
    Outcome.NOT_APPLICABLE: ("n/a", "bright_black"),
    Outcome.ERROR: ("ERROR", "bold red"),
}
_STYLES = {Verdict.CONFORMANT: "bold green", Verdict.PARTIAL: "bold cyan"}
_BODY_LINES = 12
_LONGEST = 400
"""Characters of a line; commands are never cut, so that they can be copied."""
_NO_TARGET = "This was the embedded reference server: name yours with --target or --base-url."


def render(result: Result, *, color: bool = False, brief: bool = False) -> str:
    """Return the report as text; long lines are not broken, so that commands can be copied.

    Arguments:
        result: what is reported.
        color: use the terminal's colours.
        brief: leave out the clauses, the findings' details and the notes.
    """
    lines = _brief(result) if brief else _lines(result)
    return _printed(lines, color=color)


def render_findings(clause: ClauseRecord) -> str:
    """Return the findings of one clause as text without colours."""
    lines = (line for finding in clause.findings for line in _finding(clause, finding))
    return _printed(lines, color=False)


def _printed(lines: Iterable[Text], *, color: bool) -> str:
    return "\n".join(line.rendered(color=color) for line in lines).rstrip("\n")


def _lines(result: Result) -> Iterator[Text]:
    yield from _causes(result)
    for group, clauses in groupby(result.clauses, key=lambda clause: clause.group):
        yield Text(f"\n{group}", style="bold")
        for clause in clauses:
            yield _clause(clause)
    for clause in sorted(result.clauses, key=_weight):
        for finding in clause.findings:
            yield from _finding(clause, finding)
    yield Text("")
    if result.statuses:
        reached = ", ".join(f"{status} ({number})" for status, number in result.statuses.items())
        yield Text(f"responses: {reached}")
    for note in result.notes:
        yield Text(f"note: {note}", style="yellow")
    yield _verdict(result)


def _causes(result: Result) -> Iterator[Text]:
    """Yield the causes, what to mend first first, and what the target file lacks."""
    if result.causes:
        yield Text(f"\n{words.causes_heading(result.causes)}", style="bold")
    for number, cause in enumerate(result.causes, 1):
        yield Text(f"\n{number}. ", style="bold red").append(one_line(cause.sentence), style="bold")
        for word, told in words.cause_facts(cause):
            yield _labelled(word, told)
        for line in (words.cause_curl(cause) or "").splitlines():
            yield _labelled("repeat", line)
    for lack in result.lacks:
        yield Text(f"\nnot in the target file: {one_line(lack)}", style="magenta")


def _brief(result: Result) -> Iterator[Text]:
    """Yield a line for each cause and each finding, and the verdict."""
    for number, cause in enumerate(result.causes, 1):
        yield Text(f"cause {number}: {one_line(words.cause_line(cause))}")
    for clause in sorted(result.clauses, key=_weight):
        for finding in clause.findings:
            known = " (known)" if finding.known else ""
            where = f"{finding.situation}: {words.came(finding)}"
            yield Text(f"{clause.level} {clause.id}{known}  {finding.message}: {one_line(where)}")
    yield _verdict(result)


def _weight(clause: ClauseRecord) -> int:
    """Sort what breaks a MUST before what breaks a SHOULD."""
    return 0 if clause.level is Level.MUST else 1


def _clause(clause: ClauseRecord) -> Text:
    sign, style = _SIGNS[clause.outcome]
    if clause.outcome is Outcome.FAIL and clause.level is Level.SHOULD:
        style = "bold yellow"
    line = Text("  ").append(f"{sign:<10}", style=style)
    line.append(f"  {clause.level:<6}  {clause.id}")
    if clause.reason:
        line.append(f"  {clause.reason}", style="bright_black")
    return line


def _finding(clause: ClauseRecord, finding: FindingRecord) -> Iterator[Text]:
    style = "bold red" if clause.level is Level.MUST else "bold yellow"
    known = " (known)" if finding.known else ""
    yield Text(f"\n{clause.level} {clause.id}{known}", style=style).append(
        f"  {finding.message}{_times(finding)}", style="bold"
    )
    yield Text(f"  {clause.sentence} [{clause.source}]")
    for name, text in (
        ("asked", finding.situation),
        ("expected", finding.expected),
        ("got", finding.actual + (f" at {finding.pointer}" if finding.pointer else "")),
        ("in", finding.part),
        ("twin", finding.twin),
        ("known", finding.known),
        ("finding", finding.id),
    ):
        if text:
            yield _labelled(name, text)
    yield from _exchange(finding)
    for line in (finding.curl or "").splitlines():
        yield _labelled("repeat", line)


def _times(finding: FindingRecord) -> str:
    seen = finding.rate or (f"{finding.count} times" if finding.count > 1 else None)
    over = f"over {finding.only_over} only" if finding.only_over else None
    told = ", ".join(filter(None, (seen, over)))
    return f" ({told})" if told else ""


def _exchange(finding: FindingRecord) -> Iterator[Text]:
    exchange = finding.exchange
    if exchange is None:
        return
    yield _labelled("request", f"{exchange.request.method} {exchange.request.url}")
    if exchange.failure:
        yield _labelled("response", exchange.failure)
    if exchange.response is None:
        return
    kind = next((v for n, v in exchange.response.headers if n.lower() == "content-type"), "no type")
    size = f"{exchange.response.body_size} bytes"
    yield _labelled("response", f"{exchange.response.status}, {kind}, {size}")
    lines = (exchange.response.body or "").splitlines()
    for line in lines[:_BODY_LINES]:
        yield _labelled("", line)


def _labelled(name: str, text: str) -> Text:
    shown = text if name == "repeat" else cut(text, _LONGEST)
    safe = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in shown)
    return Text(f"  {name:<9} ", style="bright_black").append(safe, style="default")


def _verdict(result: Result) -> Text:
    style = _STYLES.get(result.verdict, "bold red")
    line = Text(str(result.verdict).upper(), style=style)
    for level, counts in (("MUST", result.counts.must), ("SHOULD", result.counts.should)):
        line.append(f"  {words.share(counts)} {level}{_rest(counts)}")
    line.append(f"  {result.requests} requests  {words.took(result)}")
    if result.reason and (result.verdict is not Verdict.CONFORMANT or result.exit_status):
        line.append(f"\n{result.reason}")
    to_mend = words.causes_to_mend(result)
    if to_mend:
        more = f", the first of {len(to_mend)} causes" if len(to_mend) > 1 else ""
        line.append(f"\nfix first: {one_line(words.cause_line(to_mend[0]))}{more}")
    address = result.target.get("base_url")
    if address and address.origin == EMBEDDED:
        line.append(f"\n{_NO_TARGET}")
    return line


def _rest(counts: Counts) -> str:
    named = (
        ("failed", counts.failed),
        ("known", counts.known_failure),
        ("not tested", counts.not_tested),
        ("n/a", counts.not_applicable),
        ("errors", counts.error),
    )
    parts = [f"{number} {name}" for name, number in named if number]
    return f" ({', '.join(parts)})" if parts else ""
