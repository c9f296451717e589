"""The report as a page: one self-contained file for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from neptun_conformance.contract.level import Level
from neptun_conformance.reports.marking import find
from neptun_conformance.reports.markup import Child, Markup, join, tag
from neptun_conformance.reports.shell import document, row, section, table
from neptun_conformance.results import text
from neptun_conformance.results.result import Outcome

if TYPE_CHECKING:
    from neptun_conformance.results.result import (
        CauseRecord,
        CheckRecord,
        ClauseRecord,
        ExchangeRecord,
        FindingRecord,
        ResponseRecord,
        Result,
    )

_OPEN_AT_ONCE = 3
"""So many findings are shown open: more would bury the clauses below them."""


def render(result: Result) -> str:
    """Return the report as one HTML file that loads nothing."""
    main = join(_causes(result), _findings(result), _groups(result), _clauses(result), _run(result))
    return document(
        title=f"{text.headline(result)}: {text.target_name(result)}",
        header=_header(result),
        main=main,
        footer=_footer(result),
    )


def chip(outcome: Outcome) -> Markup:
    """Return an outcome as a small coloured word."""
    return tag("span", text.OUTCOME_WORDS[outcome], class_=f"chip {outcome}")


def level(each: Level) -> Markup:
    """Return a level: its frame tells a MUST from a SHOULD, whatever the colours."""
    return tag("span", each, class_=f"level {each.lower()}")


def _header(result: Result) -> Markup:
    warning = text.warning(result)
    known = len([finding for _, finding in text.findings(result)])
    links = [("causes", f"Causes ({len(result.causes)})")] if result.causes else []
    links += [("findings", f"Findings ({known})"), ("clauses", f"Clauses ({len(result.clauses)})")]
    links += [("run", "Run")]
    return join(
        tag("p", "Chat files endpoint, conformance report", class_="kind"),
        tag("h1", tag("span", result.verdict.capitalize(), class_=f"verdict {result.verdict}")),
        tag("p", text.target_name(result), class_="target"),
        tag("p", warning, class_="warning") if warning else None,
        tag("p", result.reason) if result.reason else None,
        tag("ul", *(tag("li", figure) for figure in text.tally(result)), class_="figures"),
        tag(
            "nav",
            *(tag("a", words, href=f"#{name}") for name, words in links),
            aria_label="Parts of this report",
        ),
    )


def _footer(result: Result) -> Markup:
    words = f"neptun-conformance {result.suite_version}, contract {result.contract_version}"
    return tag("p", f"{words}, run {result.run_id}")


def _groups(result: Result) -> Markup:
    rows = []
    for group, clauses in sorted(text.groups(result).items(), key=_failing):
        counts = [(outcome, _count(clauses, outcome)) for outcome in text.OUTCOME_WORDS]
        figures = [str(count) if count else Markup("<i>0</i>") for _, count in counts]
        rows.append(row(group, _bar(counts), *figures))
    head = ["Group", "Share", *(word.capitalize() for word in text.OUTCOME_WORDS.values())]
    return section("groups", "Groups", scroller(table("Clauses by group", head, rows), "Groups"))


def _failing(group: tuple[str, list[ClauseRecord]]) -> int:
    return -_count(group[1], Outcome.FAIL)


def worst_first(clauses: list[ClauseRecord]) -> list[ClauseRecord]:
    """Sort clauses by outcome, what fails first, a MUST before a SHOULD."""
    order = list(text.OUTCOME_WORDS)
    return sorted(clauses, key=lambda each: (order.index(each.outcome), each.level is Level.SHOULD))


def _count(clauses: list[ClauseRecord], outcome: Outcome) -> int:
    return len([clause for clause in clauses if clause.outcome is outcome])


def _bar(counts: list[tuple[Outcome, int]]) -> Markup:
    """Draw the shares of a group; the figures beside it say the same to those who do not see."""
    total, start, parts = sum(count for _, count in counts), 0, []
    for outcome, count in counts:
        if count:
            parts.append(tag("rect", x=start, y=0, width=count, height=1, class_=f"{outcome}"))
        start += count
    box = f"0 0 {total} 1"
    return tag("svg", *parts, viewBox=box, preserveAspectRatio="none", aria_hidden="true")


def scroller(child: Markup, label: str) -> Markup:
    """Return a frame in which a wide table can be moved, also from the keyboard."""
    return tag("div", child, class_="scroller", tabindex=0, role="group", aria_label=label)


def _causes(result: Result) -> Markup | None:
    """Return the causes, what to mend first first, and what the target file lacks."""
    if not (result.causes or result.lacks):
        return None
    places = {finding.id: place for place, (_, finding) in enumerate(text.findings(result), 1)}
    shown = [_cause(cause, number, places) for number, cause in enumerate(result.causes, 1)]
    lacks = [tag("li", f"not in the target file: {lack}") for lack in result.lacks]
    title = text.causes_heading(result.causes)
    return section("causes", title, *shown, tag("ul", *lacks) if lacks else None)


def _cause(cause: CauseRecord, number: int, places: dict[str, int]) -> Markup:
    summary = tag(
        "summary",
        tag("span", f"{number}.", class_="level"),
        tag("span", cause.sentence, class_="message"),
        tag("span", text.cause_figures(cause), class_="quiet"),
    )
    told = [join(tag("dt", word), tag("dd", fact)) for word, fact in text.cause_facts(cause)]
    numbers = sorted(places[name] for name in cause.findings if name in places)
    found = [_link_to_finding(place) for place in numbers]
    told += [join(tag("dt", "findings"), tag("dd", *found, class_="links"))] if found else []
    command = text.cause_curl(cause)
    curl = _block("Repeat it", command, label="Command") if command else None
    opened = number <= _OPEN_AT_ONCE
    return tag("details", summary, tag("dl", *told), curl, class_="finding cause", open=opened)


def _findings(result: Result) -> Markup:
    found = list(text.findings(result))
    if not found:
        return section("findings", "Findings", tag("p", "None."))
    few = len(found) <= _OPEN_AT_ONCE
    toggle = tag("button", "Open all findings", type="button", id="toggle", hidden=True)
    shown = [
        _finding(clause, finding, number=number, opened=few)
        for number, (clause, finding) in enumerate(found, start=1)
    ]
    return section("findings", "Findings", toggle, *shown)


def _finding(clause: ClauseRecord, finding: FindingRecord, *, number: int, opened: bool) -> Markup:
    known = Outcome.KNOWN_FAILURE if finding.known else Outcome.FAIL
    summary = tag(
        "summary",
        chip(known),
        level(clause.level),
        tag("code", clause.id),
        tag("span", finding.message, class_="message"),
        tag("span", text.times(finding), class_="quiet") if text.times(finding) else None,
        tag("span", f"{finding.situation}: {text.came(finding)}", class_="told"),
    )
    source = tag("span", f" ({clause.source})", class_="quiet")
    told = [("situation", finding.situation), *text.facts(finding)]
    facts = tag("dl", *(join(tag("dt", word), tag("dd", value)) for word, value in told))
    exchange = _exchange(finding, finding.exchange) if finding.exchange else None
    curl = _block("Repeat it", finding.curl, label="Command") if finding.curl else None
    log = "\n".join(finding.log)
    logged = _block("The server's log at that time", log, label="Server's log") if log else None
    inside = [tag("p", clause.sentence, source), facts, exchange, logged, curl]
    return tag("details", summary, *inside, id=f"finding-{number}", class_="finding", open=opened)


def _exchange(finding: FindingRecord, exchange: ExchangeRecord) -> Markup:
    asked = _block("Request", text.request_text(exchange.request), label="Request")
    took = f"after {text.duration(exchange.seconds)}"
    if (response := exchange.response) is None:
        return join(asked, _block(f"No answer, {took}", text.failed(exchange), label="Failure"))
    head = _block(f"Response, {took}", text.response_head(response), label="Response's head")
    return join(asked, head, _body(finding, response))


def _body(finding: FindingRecord, response: ResponseRecord) -> Markup:
    note = text.body_note(response)
    body = _marked(response.body, finding.pointer) if response.body else None
    return join(
        tag("pre", body, tabindex=0, role="group", aria_label="Response's body") if body else None,
        tag("p", note, class_="quiet") if note else None,
    )


def _marked(body: str, pointer: str | None) -> Markup:
    place = find(body, pointer)
    if place is None:
        return join(body)
    start, end = place
    return join(body[:start], tag("mark", body[start:end]), body[end:])


def _block(title: str, content: str, *, label: str) -> Markup:
    pre = tag("pre", content, tabindex=0, role="group", aria_label=label)
    return join(tag("h3", title), pre)


def _clauses(result: Result) -> Markup:
    numbers: dict[str, list[int]] = {}
    for number, (clause, _) in enumerate(text.findings(result), start=1):
        numbers.setdefault(clause.id, []).append(number)
    rows = [_clause(clause, numbers.get(clause.id, [])) for clause in worst_first(result.clauses)]
    caption = "Every clause of the contract and what became of it"
    shown = table(caption, ["Clause", "Level", "Outcome"], rows, id="clause-table", class_="wide")
    return section("clauses", "Clauses", filters(result.clauses), shown)


def filters(clauses: list[ClauseRecord], *further: Markup) -> Markup:
    """Return the form that narrows a table down; the script shows it and makes it work.

    Arguments:
        clauses: whose outcomes may be chosen.
        further: fields beside those for outcome, level and words.
    """
    outcomes = [outcome for outcome in text.OUTCOME_WORDS if _count(clauses, outcome)]
    boxes = [_box("outcome", each, f"{text.OUTCOME_WORDS[each]}") for each in outcomes]
    levels = [_box("level", level, level) for level in Level]
    search = tag("input", type="search", name="text", autocomplete="off")
    return tag(
        "form",
        tag("fieldset", tag("legend", "Only with the outcome"), *boxes),
        tag("fieldset", tag("legend", "Only at the level"), *levels),
        *further,
        tag("label", tag("span", "Only with the words"), search, class_="search"),
        tag("button", "Show all", type="reset"),
        tag("p", role="status", id="shown"),
        id="filters",
        hidden=True,
        aria_label="Filter the clauses",
    )


def _box(name: str, value: str, words: str) -> Markup:
    return tag("label", tag("input", type="checkbox", name=name, value=value), words)


def _clause(clause: ClauseRecord, numbers: list[int]) -> Markup:
    links = [_link_to_finding(number) for number in numbers]
    told = join(
        tag("code", clause.id),
        tag("p", clause.sentence, tag("span", f" ({clause.source})", class_="quiet")),
        tag("p", clause.reason, class_="reason") if clause.reason else None,
        tag("p", *links, class_="links") if links else None,
        _checks(clause.checks),
    )
    cells = (told, level(clause.level), chip(clause.outcome))
    return row(*cells, data_outcome=clause.outcome, data_level=clause.level)


def _link_to_finding(number: int) -> Markup:
    return tag("a", f"Finding {number}", href=f"#finding-{number}")


def _checks(checks: list[CheckRecord]) -> Child:
    if not checks:
        return None
    items = [
        tag("li", chip(check.outcome), tag("code", check.id), check.reason and f" {check.reason}")
        for check in checks
    ]
    count = f"{len(checks)} checks" if len(checks) > 1 else "1 check"
    return tag("details", tag("summary", count), tag("ul", *items), class_="checks")


def _run(result: Result) -> Markup:
    effective = {**result.target, **result.settings}
    rows = [row(tag("code", key), each.value, each.origin) for key, each in effective.items()]
    settings = table("Effective settings", ["Setting", "Value", "From"], rows, class_="wide")
    answers = [row(status, str(count)) for status, count in result.statuses.items()]
    statuses = table("Responses by status", ["Status", "Responses"], answers)
    timing = [("started", text.moment(result.started)), ("took", text.took(result))]
    timing += [
        ("waited when asked to", text.duration(result.waits)),
        ("requests", f"{result.requests}"),
        ("at once, at most", f"{result.at_once}"),
    ]
    facts = tag("dl", *(join(tag("dt", word), tag("dd", value)) for word, value in timing))
    notes = tag("ul", *(tag("li", note) for note in result.notes)) if result.notes else None
    return section("run", "Run", notes, facts, statuses if answers else None, settings)
