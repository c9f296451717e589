"""The table of clauses in ``docs/clauses.md``: each with its level, source and checks.

``python -m neptun_conformance.cli.clause_table`` prints the page; a test compares it with the file.
"""

from __future__ import annotations

from collections import defaultdict

from neptun_conformance import contract
from neptun_conformance.contract import Clause
from neptun_conformance.engine.checks.collect import all_checks

_HEAD = """\
# The clauses

Everything that the suite checks. One MUST that fails makes a target non-conformant. A SHOULD that
fails is reported; it fails the run only with `--strict`. An id is permanent. This page is generated
from `openapi.yaml`, which is the authority: `python -m neptun_conformance.cli.clause_table`.
"""


def page() -> str:
    """Return the page in Markdown: a section for each group of clauses, in the contract's order."""
    checks = checks_by_clause()
    groups: dict[str, list[Clause]] = defaultdict(list)
    for clause in contract.clauses().values():
        groups[clause.group].append(clause)
    sections = [_section(group, clauses, checks) for group, clauses in groups.items()]
    return "\n".join([_HEAD, *sections])


def checks_by_clause() -> dict[str, list[str]]:
    """Return the names of the checks of each clause; one with many questions stands once."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for check in all_checks(effort="deep"):
        found[check.clause][check.name] = None
    return {clause: list(names) for clause, names in found.items()}


def _section(group: str, clauses: list[Clause], checks: dict[str, list[str]]) -> str:
    lines = [f"## {group}", "", "| clause | level | sentence | source | checks |"]
    lines += ["| --- | --- | --- | --- | --- |"]
    lines += [_row(clause, checks[clause.id]) for clause in clauses]
    return "\n".join([*lines, ""])


def _row(clause: Clause, checks: list[str]) -> str:
    proofs = "<br>".join(f"`{name}`" for name in checks)
    cells = (f"`{clause.id}`", str(clause.level), clause.sentence, _cited(clause.source), proofs)
    return f"| {' | '.join(cells)} |"


def _cited(source: str) -> str:
    """Link each section of the endpoint's documentation to its summary in ``docs/endpoint.md``."""
    return "; ".join(map(_linked, source.split("; ")))


def _linked(part: str) -> str:
    section, comma, rest = part.partition(",")
    if section.startswith(("RFC ", "OWASP ")):
        return part
    return f"[{section}](endpoint.md#{section.lower().replace(' ', '-')}){comma}{rest}"


if __name__ == "__main__":
    print(page(), end="")  # noqa: T201 - what it is for
