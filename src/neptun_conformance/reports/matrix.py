"""Many targets side by side: clause by target, from a folder of kept reports.

A file that cannot be read is named and leaves the others as they are: one broken job of a fleet
must neither hide the rest nor vanish itself. JSON of another kind, such as a badge, is passed by.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from neptun_conformance.reports.markdown import code, plain
from neptun_conformance.reports.markup import Markup, join, tag
from neptun_conformance.reports.page import chip, filters, level, scroller, worst_first
from neptun_conformance.reports.reading import NotAReportError, ReportError, read_result
from neptun_conformance.reports.shell import document, row, section, table
from neptun_conformance.results.result import Outcome
from neptun_conformance.results.text import (
    OUTCOME_WORDS,
    cause_line,
    headline,
    moment,
    one_line,
    tally,
    target_name,
)

if TYPE_CHECKING:
    from neptun_conformance.results.result import ClauseRecord, Result

_ABSENT = "absent"
_FINE = (Outcome.PASS, Outcome.NOT_APPLICABLE)


@dataclass(frozen=True)
class Matrix:
    """Results by name, in the order of their names, and a line for each file that is none.

    Arguments:
        results: a report's path below the folder, without ``.json``, and what it holds.
        unreadable: what is wrong with the files that could not be read.
        paths: the files, by the same names.
    """

    results: dict[str, Result]
    unreadable: tuple[str, ...] = ()
    paths: dict[str, Path] = field(default_factory=dict)

    @property
    def clauses(self) -> dict[str, list[ClauseRecord]]:
        """Every clause that any target was asked about, by its id."""
        found: dict[str, list[ClauseRecord]] = {}
        for result in self.results.values():
            for clause in result.clauses:
                found.setdefault(clause.id, []).append(clause)
        return found

    def differs(self, clause: str) -> bool:
        """Tell whether targets differ in what became of a clause."""
        return len(set(self.outcomes(clause))) > 1

    def outcomes(self, clause: str) -> list[Outcome | None]:
        """Return a clause's outcome for each target; None where its run did not know it."""
        return [
            next((each.outcome for each in result.clauses if each.id == clause), None)
            for result in self.results.values()
        ]


def read(folder: Path) -> Matrix:
    """Read every ``*.json`` in a folder and below.

    Raises:
        ReportError: there is no such folder, or not one report in it.
    """
    if not folder.is_dir():
        raise ReportError(f"{str(folder)!r} is not a folder of reports")
    results: dict[str, Result] = {}
    paths: dict[str, Path] = {}
    unreadable: list[str] = []
    for path in sorted(folder.rglob("*.json")):
        try:
            result = read_result(path)
        except NotAReportError:
            continue
        except ReportError as problem:
            unreadable.append(str(problem))
        else:
            name = path.relative_to(folder).with_suffix("").as_posix()
            # A fleet's exchanges would fill the memory, and none of them is shown.
            results[name] = replace(result, exchanges=[])
            paths[name] = path
    if not results:
        why = f": {unreadable[0]}" if unreadable else ""
        raise ReportError(f"there is no report to read in {str(folder)!r}{why}")
    return Matrix(results, tuple(unreadable), paths)


def render_text(matrix: Matrix) -> str:
    """Return the verdicts, and every clause that is not fine everywhere, for a terminal."""
    width = max(len(one_line(name)) for name in matrix.results)
    lines = [
        f"{one_line(name):{width}}  {headline(result)}  {', '.join(tally(result))}"
        for name, result in matrix.results.items()
    ]
    for name, result in matrix.results.items():
        lines += [f"{one_line(name):{width}}  cause: {line}" for line in _causes(result)]
    lines += [f"unreadable: {one_line(line)}" for line in matrix.unreadable]
    told = [_not_fine(matrix, clause) for clause in matrix.clauses]
    return "\n".join([*lines, "", *(line for line in told if line)]).rstrip() + "\n"


def _causes(result: Result) -> list[str]:
    return [one_line(cause_line(cause)) for cause in result.causes]


def _not_fine(matrix: Matrix, clause: str) -> str:
    pairs = zip(matrix.results, matrix.outcomes(clause), strict=True)
    told = [f"{one_line(name)} {_word(became)}" for name, became in pairs if became not in _FINE]
    return f"{one_line(clause)}: {', '.join(told)}" if told else ""


def _word(outcome: Outcome | None) -> str:
    return OUTCOME_WORDS[outcome] if outcome else _ABSENT


def render_markdown(matrix: Matrix) -> str:
    """Return both tables as GitHub-flavoured Markdown."""
    lines = ["| target | verdict | figures |", "| --- | --- | --- |"]
    for name, result in matrix.results.items():
        figures = plain(", ".join(tally(result)))
        lines.append(f"| {code(name, cell=True)} | {headline(result)} | {figures} |")
    lines += ["", *(f"- {code(line)}" for line in matrix.unreadable), ""]
    lines += [
        f"- {code(name)}: {plain(line)}"
        for name, result in matrix.results.items()
        for line in _causes(result)
    ]
    lines.append("")
    names = " | ".join(code(name, cell=True) for name in matrix.results)
    lines += [f"| clause | {names} |", "| --- |" + " --- |" * len(matrix.results)]
    for clause in matrix.clauses:
        words = " | ".join(_word(outcome) for outcome in matrix.outcomes(clause))
        lines.append(f"| {code(clause, cell=True)} | {words} |")
    return "\n".join(lines) + "\n"


def render_html(matrix: Matrix, place: Path | None = None) -> str:
    """Return both tables as one self-contained page.

    Arguments:
        matrix: what is shown.
        place: where the page will be, so that it can link to the reports; None for no links.
    """
    count = len(matrix.results)
    header = join(
        tag("p", "Chat files endpoint, conformance of many targets", class_="kind"),
        tag("h1", f"{count} targets" if count > 1 else "1 target"),
        *(tag("p", line, class_="warning") for line in matrix.unreadable),
    )
    main = join(_targets(matrix, place), _clauses(matrix))
    footer = tag("p", "neptun-conformance matrix")
    return document(title=f"{count} targets", header=header, main=main, footer=footer)


def _link(name: str, path: Path | None, place: Path | None) -> Markup:
    """Return a report's name, as a link to its page, or to its JSON where there is no page."""
    shown = tag("code", name)
    if path is None or place is None:
        return shown
    page = path.with_suffix(".html")
    there = os.path.relpath(page if page.is_file() else path, place.parent)
    return tag("a", shown, href=f"./{quote(Path(there).as_posix())}")


def _targets(matrix: Matrix, place: Path | None) -> Markup:
    rows = []
    for name, result in matrix.results.items():
        verdict = tag("strong", result.verdict.capitalize(), class_=f"{result.verdict}")
        versions = f"{result.suite_version}, contract {result.contract_version}"
        report = _link(name, matrix.paths.get(name), place)
        causes = join(*(tag("p", line) for line in _causes(result)))
        figures = ", ".join(tally(result))
        told = [target_name(result), verdict, causes, figures, versions, moment(result.started)]
        rows.append(row(report, *told))
    head = ["Report", "Target", "Verdict", "Causes", "Figures", "Suite", "Started"]
    return section(
        "targets", "Targets", scroller(table("Verdicts", head, rows, class_="wide"), "Verdicts")
    )


def _clauses(matrix: Matrix) -> Markup:
    every = [clause for clauses in matrix.clauses.values() for clause in clauses]
    order = [worst_first(clauses)[0] for clauses in matrix.clauses.values()]
    rows = [_clause(matrix, matrix.clauses[worst.id]) for worst in worst_first(order)]
    head = ["Clause", *matrix.results]
    caption = "Every clause and what became of it at each target"
    shown = table(caption, head, rows, id="outcomes", class_="wide")
    box = tag("input", type="checkbox", name="differs", value="true")
    narrowed = filters(every, tag("label", box, "Only what differs"))
    return section("clauses", "Clauses", narrowed, scroller(shown, "Clauses by target"))


def _clause(matrix: Matrix, clauses: list[ClauseRecord]) -> Markup:
    clause = clauses[0]
    head = join(
        tag("code", clause.id, title=clause.sentence),
        level(clause.level),
    )
    outcomes = matrix.outcomes(clause.id)
    pairs = zip(matrix.results, outcomes, strict=True)
    # On a narrow page, where the table has no columns, each cell names its target itself.
    cells = [
        join(
            tag("span", name, class_="label", aria_hidden="true"),
            " ",
            chip(outcome) if outcome else tag("i", _ABSENT),
        )
        for name, outcome in pairs
    ]
    known = " ".join(sorted({outcome for outcome in outcomes if outcome}))
    levels = " ".join(sorted({each.level for each in clauses}))
    differs = "true" if matrix.differs(clause.id) else "false"
    return row(head, *cells, data_outcome=known, data_level=levels, data_differs=differs)
