"""Which clauses are meant by the ids and globs of ``--only``."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from neptun_conformance import contract


def selected(clause: str, patterns: Iterable[str]) -> bool:
    """Tell whether a clause is meant by one of the ids, groups or globs."""
    return any(
        fnmatchcase(clause, pattern) or clause.startswith(f"{pattern}.") for pattern in patterns
    )


def unknown_patterns(patterns: Iterable[str]) -> list[str]:
    """Return the ids, groups and globs that mean no clause at all."""
    return [p for p in patterns if not any(selected(c, [p]) for c in contract.clauses())]
