"""The report as Markdown, safe to put into an issue, a comment or a step summary on GitHub.

What came from the target stands in code spans and code blocks, whose fences are longer than any
run of backticks in it: there it can neither mention people nor open links nor close the block.
"""

from __future__ import annotations

import re

from neptun_conformance.contract.level import Level
from neptun_conformance.results import text
from neptun_conformance.results.result import (
    CauseRecord,
    ClauseRecord,
    ExchangeRecord,
    FindingRecord,
    Outcome,
    Result,
)

_SIGNS = {
    Outcome.FAIL: "❌",
    Outcome.ERROR: "💥",
    Outcome.KNOWN_FAILURE: "🔶",
    Outcome.NOT_TESTED: "⚪",
    Outcome.NOT_APPLICABLE: "⏭️",
    Outcome.PASS: "✅",
}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-!|~&.:])")


def render(result: Result, *, limit: int | None = None) -> str:
    """Return the report as GitHub-flavoured Markdown.

    Arguments:
        result: of the run.
        limit: octets of UTF-8 that the report should have at most. Whole findings are left out
            at the end, and counted, to keep within it.
    """
    head = "\n".join(_head(result))
    tail = "\n".join([*_untested(result), *_summary(result), *_settings(result)])
    causes = "\n".join(_causes(result))
    found = [_finding(clause, finding) for clause, finding in text.findings(result)]
    room = None if limit is None else limit - _size(head) - _size(causes) - _size(tail) - 200
    shown = found if room is None else _within(found, room=room)
    title = ["## Findings\n"] if found else []
    left_out = len(found) - len(shown)
    more = [f"*{left_out} more findings are in the other reports.*\n"] if left_out else []
    return "\n".join([head, causes, *title, *shown, *more, tail]).rstrip() + "\n"


def _causes(result: Result) -> list[str]:
    """Name the causes, what to mend first first, a line each; more of each can be opened."""
    lines = [f"## {text.causes_heading(result.causes)}\n"] if result.causes else []
    lines += [f"{number}. {_cause(cause)}" for number, cause in enumerate(result.causes, 1)]
    lines += [""] if result.causes else []
    for number, cause in enumerate(result.causes, 1):
        lines += _about(cause, number)
    lines += [f"- not in the target file: {plain(lack)}" for lack in result.lacks]
    return [*lines, ""] if lines else []


def _cause(cause: CauseRecord) -> str:
    where = f" Look at {plain(cause.where)}." if cause.where else ""
    return f"**{plain(cause.sentence)}** ({text.cause_figures(cause)}).{where}"


def _about(cause: CauseRecord, number: int) -> list[str]:
    """Tell more of a cause, with the command that repeats its example."""
    command = text.cause_curl(cause)
    return [
        f"<details><summary>Cause {number}</summary>\n",
        *(f"- {word}: {code(told)}" for word, told in text.cause_facts(cause)),
        "",
        *([block(command, language="sh")] if command else []),
        "</details>\n",
    ]


def _size(part: str) -> int:
    return len(part.encode("utf-8", "backslashreplace"))


def _within(parts: list[str], *, room: int) -> list[str]:
    shown: list[str] = []
    for part in parts:
        room -= _size(part) + 1
        if room < 0:
            break
        shown.append(part)
    return shown


def plain(value: str) -> str:
    """Escape text so that it shows as it is, and neither mentions nor links anything."""
    escaped = _SPECIAL.sub(r"\\\1", text.one_line(value))
    # GitHub looks for mentions and issue numbers after the escapes are gone: a zero-width space
    # parts the sign from the name.
    return re.sub(r"([@#])(?=\w)", "\\1\u200b", escaped)


def code(value: str, *, cell: bool = False) -> str:
    """Return text as a code span; in a table's cell a bar needs an escape even there."""
    shown = text.one_line(value) or " "
    fence = _fence(shown, least=1)
    shown = shown.replace("|", "\\|") if cell else shown
    return f"{fence} {shown} {fence}" if "`" in shown else f"{fence}{shown}{fence}"


def block(value: str, *, language: str = "") -> str:
    """Return text as a fenced code block."""
    shown = text.visible(value)
    fence = _fence(shown, least=3)
    return f"{fence}{language}\n{shown}\n{fence}\n"


def _fence(value: str, *, least: int) -> str:
    longest = max((len(run) for run in re.findall("`+", value)), default=0)
    return "`" * max(least, longest + 1)


def _head(result: Result) -> list[str]:
    lines = [f"# {text.headline(result)} {code(text.target_name(result))}\n"]
    lines += [" · ".join(text.tally(result)) + "\n"]
    lines += [f"> [!WARNING]\n> {plain(words)}\n" for words in [text.warning(result)] if words]
    lines += [plain(result.reason) + "\n"] if result.reason else []
    lines += [f"- {plain(note)}" for note in result.notes]
    return [*lines, ""] if result.notes else lines


def _summary(result: Result) -> list[str]:
    outcomes = list(text.OUTCOME_WORDS)
    words = [f"{_SIGNS[outcome]} {text.OUTCOME_WORDS[outcome]}" for outcome in outcomes]
    lines = [
        "## Clauses\n",
        "| clauses | " + " | ".join(words) + " |",
        "| --- |" + " ---: |" * len(outcomes),
    ]
    for group, clauses in text.groups(result).items():
        found = [clause.outcome for clause in clauses]
        figures = [str(found.count(outcome) or "") for outcome in outcomes]
        lines.append(f"| {plain(group)} | " + " | ".join(figures) + " |")
    return [*lines, ""]


def _finding(clause: ClauseRecord, finding: FindingRecord) -> str:
    sign = "⚠️" if clause.level is Level.SHOULD else _SIGNS[Outcome.FAIL]
    sign = _SIGNS[Outcome.KNOWN_FAILURE] if finding.known else sign
    lines = [f"### {sign} {clause.level} {code(clause.id)}\n"]
    lines += [f"{plain(clause.sentence)} *({plain(clause.source)})*\n"]
    lines += [f"{plain(finding.situation)}: {code(finding.message)}\n"]
    lines += [f"- {word}: {code(value)}" for word, value in text.facts(finding)]
    lines += ["", *_details(finding)]
    return "\n".join(lines)


def _details(finding: FindingRecord) -> list[str]:
    if not (finding.exchange or finding.curl):
        return []
    lines = ["<details><summary>Exchange</summary>\n"]
    lines += _exchange(finding.exchange) if finding.exchange else []
    lines += [block(finding.curl, language="sh")] if finding.curl else []
    return [*lines, "</details>\n"]


def _exchange(exchange: ExchangeRecord) -> list[str]:
    request = block(text.request_text(exchange.request), language="http")
    if (response := exchange.response) is None:
        return [request, block(text.failed(exchange))]
    body = [block(response.body)] if response.body else []
    note = text.body_note(response)
    notes = [f"*{plain(note)}*\n"] if note else []
    return [request, block(text.response_head(response), language="http"), *body, *notes]


def _untested(result: Result) -> list[str]:
    """List what says nothing about the target: not tested, and the suite's own errors."""
    silent = (Outcome.NOT_TESTED, Outcome.ERROR)
    clauses = [clause for clause in result.clauses if clause.outcome in silent]
    if not clauses:
        return []
    # MUST first: one of them that is not tested keeps a run from being conformant.
    clauses.sort(key=lambda clause: clause.level is not Level.MUST)
    rows = [
        f"| {_SIGNS[clause.outcome]} {code(clause.id, cell=True)} | {clause.level} "
        f"| {plain(clause.reason or 'no reason given')} |"
        for clause in clauses
    ]
    return ["## Not tested\n", "| clause | level | reason |", "| --- | --- | --- |", *rows, ""]


def _settings(result: Result) -> list[str]:
    effective = {**result.target, **result.settings}
    rows = [
        f"| {plain(name)} | {code(setting.value, cell=True)} | {plain(setting.origin)} |"
        for name, setting in effective.items()
    ]
    versions = f"suite {result.suite_version}, contract {result.contract_version}"
    return [
        "<details><summary>Settings</summary>\n",
        *(["| setting | value | from |", "| --- | --- | --- |", *rows, ""] if rows else []),
        plain(f"{versions}, run {result.run_id}, started {result.started}") + "\n",
        "</details>",
    ]
