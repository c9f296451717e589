"""The ids of all clauses there ever were; `python -m tests.clause_ids` adds those that are new.

An id is permanent: what is renamed, removed or given another level is refused.
"""

from __future__ import annotations

import sys
from pathlib import Path

from neptun_conformance import contract

PINNED = Path(__file__).with_name("unit") / "clauses.txt"
"""Level and id of every clause; a line may be added, never changed or removed."""


def today() -> list[str]:
    """Return level and id of every clause of the contract, by the alphabet of the ids."""
    clauses = sorted(contract.clauses().values(), key=lambda clause: clause.id)
    return [f"{clause.level} {clause.id}" for clause in clauses]


def added(pinned: list[str], clauses: list[str]) -> list[str]:
    """Return the lines with the new ones among them.

    Raises:
        ValueError: a line is there no more.
    """
    gone = sorted(set(pinned) - set(clauses))
    if gone:
        raise ValueError(f"ids are permanent, but the contract no longer has: {', '.join(gone)}")
    return clauses


if __name__ == "__main__":
    try:
        lines = added(PINNED.read_text("utf-8").splitlines(), today())
    except ValueError as problem:
        sys.exit(str(problem))
    PINNED.write_text("".join(f"{line}\n" for line in lines), "utf-8")
