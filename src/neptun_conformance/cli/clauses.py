"""Lists the clauses, and explains one: what it demands, where from, and what is asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from neptun_conformance.cli.console import echo
from neptun_conformance.cli.parameters import clause_ids

if TYPE_CHECKING:
    from neptun_conformance.contract import Clause
    from neptun_conformance.engine.checks.check import Check
    from neptun_conformance.questions.situations import Asked


@click.command()
@click.argument("clause", metavar="[ID]", required=False, shell_complete=clause_ids)
def clauses(clause: str | None) -> None:
    """List the clauses, or explain one.

    ID is the clause to explain: its sentence, level and source, and each of its checks with what it
    asks, in words; alice and bob, the users of the reference server, stand for the target's. The
    name of a group, such as authentication, lists its clauses.
    """
    from neptun_conformance import contract

    known = contract.clauses()
    group = [each for each in known.values() if each.group == clause]
    if group:
        for line in _listed(group):
            echo(line)
        return
    if clause is not None and clause not in known:
        raise click.UsageError(f"clauses: there is no clause {clause!r}{_nearest(clause, known)}")
    for line in _listed(list(known.values())) if clause is None else _explained(known[clause]):
        echo(line)


def _nearest(wrong: str, known: dict[str, Clause]) -> str:
    import difflib

    near = difflib.get_close_matches(wrong, known, n=3)
    return f"; near it: {', '.join(near)}" if near else "; `clauses` lists them"


def _listed(known: list[Clause]) -> Iterator[str]:
    width = max(len(clause.id) for clause in known)
    for number, clause in enumerate(known):
        if number and clause.group != known[number - 1].group:
            yield ""
        yield f"{clause.id:{width}}  {clause.level:6}  {clause.sentence}"


def _explained(clause: Clause) -> Iterator[str]:
    yield f"{clause.id}  {clause.level}"
    yield f"  {clause.sentence}"
    yield f"  Source: {clause.source}"
    for name, checks in _by_function(clause).items():
        yield ""
        yield f"Check {name}"
        yield f"  {_summary(checks[0])}"
        yield from (f"  {line}" for line in _remarks(checks[0]))
        yield from (f"  - {_told(asked)}" for check in checks for asked in check.asked)


def _told(asked: Asked) -> str:
    """Return what is asked in words, with the ids of the reference server's users."""
    from neptun_conformance.cli.plan import as_planned
    from neptun_conformance.questions.situations import Burst, questions_in

    if isinstance(asked, Burst):
        return str(asked)
    return ", then ".join(map(as_planned(), questions_in(asked)))


def _by_function(clause: Clause) -> dict[str, list[Check]]:
    from neptun_conformance.engine.checks.collect import all_checks

    usual, deep = all_checks(), all_checks(effort="deep")
    drawn = (check for check in deep if check.exploration and check not in usual)
    found: dict[str, list[Check]] = {}
    for check in (*drawn, *usual):
        if check.clause == clause.id:
            found.setdefault(check.name, []).append(check)
    return found


def _summary(check: Check) -> str:
    """Return the first paragraph of the check's description on one line."""
    return " ".join((check.function.__doc__ or "").partition("\n\n")[0].split())


_MARKS = {
    "hostile": "Not with --no-hostile.",
    "unsafe": "Only with --allow-unsafe-methods.",
    "fetches_links": "Only with --fetch-urls.",
}


def _remarks(check: Check) -> Iterator[str]:
    yield from (_MARKS[mark] for mark in sorted(check.marks))
    if check.exploration is not None:
        usual, deep = map(check.exploration.count, ("default", "deep"))
        many = f"{usual} by default" if usual else f"{deep} with --effort deep alone"
        yield f"Asks generated questions, {many} (--seed, --effort)."
    elif not check.asked and "fetches_links" not in check.marks:
        yield f"Asks nothing of its own: it judges {_JUDGED[check.wants]}."


_JUDGED = {
    "everything": "every answer of the run",
    "successes": "every 200 of the run",
    "readings": "every reading of a chat in the run",
    "empty_readings": "every reading of an empty chat in the run",
    "listed_readings": "every reading of a chat whose files the target lists",
    "documented_errors": "every 401 and 404 of the run",
    "errors": "every error of the run",
    "server_errors": "every 500 of the run",
    "session_cookies": "every answer of the run that sets the session cookie",
    "secure_session_cookies": "every answer over TLS that sets the session cookie",
}
