"""Explains a finding, a clause or a kind of mistake, from a kept report and from the dictionary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from neptun_conformance.cli.console import echo
from neptun_conformance.cli.parameters import clause_ids

if TYPE_CHECKING:
    from neptun_conformance.causes.kinds import Mistake
    from neptun_conformance.contract import Clause
    from neptun_conformance.results.result import CauseRecord, Result

_MOST = 5


@click.command()
@click.argument("name", metavar="ID", shell_complete=clause_ids)
@click.option("--report", metavar="FILE", help="JSON report in which to look for the cause.")
def explain(name: str, report: str | None) -> None:
    """Explain a finding, a clause, or a cause.

    ID is a finding, a cause or a clause, as reports name it. The text says what the clause demands
    and where it comes from, what the cause is (if --report names a report that has one), and how
    servers usually come to it.

    Exit status: 0, or 4 if there is no such id.
    """
    from neptun_conformance import contract
    from neptun_conformance.causes.kinds import Mistake

    result = _read(report) if report else None
    causes = _causes(result, name) if result else []
    clause = contract.clauses().get(name.partition(":")[0])
    kind = next((mistake for mistake in Mistake if mistake == name), None)
    if not (causes or clause or kind):
        raise click.UsageError(f"explain: there is no clause, finding or cause {name!r}")
    _refuse_unknown(name, result, causes, clause)
    for cause in causes:
        _print(_about_cause(cause))
    if clause is not None:
        _print(_about_clause(clause))
    if kind is not None and not causes:
        _print(_about_kind(kind))


def _print(lines: Iterator[str]) -> None:
    for line in [*lines, ""]:
        echo(line)


def _read(path: str) -> Result:
    from neptun_conformance.reports.reading import ReportError, read_result

    try:
        return read_result(path)
    except ReportError as problem:
        raise click.ClickException(str(problem)) from None


def _causes(result: Result, name: str) -> list[CauseRecord]:
    return [
        cause
        for cause in result.causes
        if name == cause.id or name in cause.findings or name in cause.clauses
    ]


def _refuse_unknown(
    name: str, result: Result | None, causes: list[CauseRecord], clause: Clause | None
) -> None:
    """Refuse a finding that the report does not have, or that no report was named for."""
    if clause is None or name == clause.id or causes:
        return
    where = "the report has no such finding" if result else "name its report by --report"
    raise click.UsageError(f"explain: {name!r} is a finding of {clause.id}: {where}")


def _about_cause(cause: CauseRecord) -> Iterator[str]:
    from neptun_conformance.results.text import cause_curl, cause_facts, one_line

    yield f"Cause {cause.id}"
    yield f"  {one_line(cause.sentence)}."
    for word, told in cause_facts(cause):
        yield f"  {word:<9} {one_line(told)}"
    yield from (f"  {'repeat':<9} {line}" for line in (cause_curl(cause) or "").splitlines())


def _about_clause(clause: Clause) -> Iterator[str]:
    yield f"Clause {clause.id}  {clause.level}"
    yield f"  {clause.sentence}"
    yield f"  It stands on: {clause.source}"
    yield f"  `neptun-conformance clauses {clause.id}` lists what is asked for it."
    usual = _usual(clause)
    if usual:
        yield ""
        yield "How servers usually go wrong here, the most frequent first"
    for mistake in usual:
        yield from _about_kind(mistake)


def _usual(clause: Clause) -> list[Mistake]:
    """Return the kinds of mistake by which known wrong servers fail a clause, most first."""
    from neptun_conformance.causes.kinds import Weight, about
    from neptun_conformance.causes.signatures import signatures
    from neptun_conformance.engine.checks.collect import all_checks

    every = all_checks(effort="deep")
    checks = {check.name for check in every if check.clause == clause.id}
    counted = Counter(
        known.mistake
        for known in signatures()
        if any(sign.partition(" | ")[0] in checks for sign in known.signs)
        and about(known.mistake).weight is not Weight.REACHABILITY
    )
    return [mistake for mistake, _ in counted.most_common(_MOST)]


def _about_kind(mistake: Mistake) -> Iterator[str]:
    from neptun_conformance.causes.kinds import about

    told = about(mistake)
    yield f"- {mistake}: {told.sentence}."
    yield f"  {told.usual}"
    yield f"  Look at: {told.where}."
