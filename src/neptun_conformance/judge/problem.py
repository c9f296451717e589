"""A difference between what a clause demands and what came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference.

    Arguments:
        message: what is wrong, one line.
        expected: what the clause demands.
        actual: what came.
        pointer: the JSON pointer (RFC 6901) of the first place in the body, if it is in the body.
        count: how many places share the cause.
    """

    message: str
    expected: str
    actual: str
    pointer: str | None = None
    count: int = 1


class Problems:
    """Problems by clause, where the same cause in many places is one problem with a count."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Problem] = {}
        self.count = 0

    def add(self, clause: str, problem: Problem) -> None:
        """Note a problem; a further one with the same message only adds to the count."""
        self.count += 1
        key = (clause, problem.message)
        first = self._found.get(key)
        self._found[key] = problem if first is None else replace(first, count=first.count + 1)

    def of(self, clause: str) -> list[Problem]:
        """Return the problems of a clause."""
        return [problem for (name, _), problem in self._found.items() if name == clause]

    def clauses(self) -> set[str]:
        """Return the clauses that have problems."""
        return {clause for clause, _ in self._found}

    def __bool__(self) -> bool:
        return bool(self._found)


def shown(value: object) -> str:
    """Return a value as JSON-like text on one line, cut to a readable length."""
    text = ascii(value) if isinstance(value, str | bytes) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def pointer(*steps: str | int) -> str:
    """Return a JSON pointer (RFC 6901)."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "".join(f"/{step}" for step in escaped)


def listed(values: Iterable[object], *, most: int = 5) -> str:
    """Return some values on one line, and how many more there are."""
    texts = [shown(value) for value in values]
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return ", ".join(texts[:most]) + more
