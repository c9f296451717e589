"""Counts what the pages say the suite holds, so that no figure is kept by hand."""

from __future__ import annotations

import re

from neptun_conformance.contract import clauses
from neptun_conformance.contract.level import Level
from neptun_conformance.server.faults import FAULTS
from neptun_conformance.server.legal import LEGAL

_PLACE = re.compile(r"(<!-- figures -->\n).*?(<!-- end of figures -->)", re.DOTALL)


def table() -> str:
    """Return the figures as a Markdown table."""
    levels = [clause.level for clause in clauses().values()]
    rows = {
        "clauses that a target is judged by": len(levels),
        "of these MUST": levels.count(Level.MUST),
        "of these SHOULD": levels.count(Level.SHOULD),
        "servers with one known fault each, which the suite is tried on": len(FAULTS),
        "servers that are odd and legal, which it must accept": len(LEGAL),
    }
    return "\n".join(
        ["| what | how many |", "| --- | ---: |", *(f"| {k} | {v:,} |" for k, v in rows.items())]
    )


def filled(page: str) -> str:
    """Return the page with the figures of today in their place."""
    return _PLACE.sub(lambda place: f"{place[1]}{table()}\n{place[2]}", page)
