"""A difference between what a clause demands and what came."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from neptun_conformance import cutting
from neptun_conformance.cutting import cut

_LONGEST = 120
_LONGEST_PART = 2_000
_MOST = 20
_NOTHING = object()
_STATUS = re.compile(r"status \d{3}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference.

    Arguments:
        message: what is wrong, one line.
        expected: what the clause demands.
        actual: what came.
        pointer: the JSON pointer (RFC 6901) of the first place in the body, if it is in the body.
        count: how many places share the cause.
        part: the item or object of the body that holds that place, as JSON with long texts cut.
    """

    message: str
    expected: str
    actual: str
    pointer: str | None = None
    count: int = 1
    part: str | None = None

    @property
    def cause(self) -> tuple[str, str, str]:
        """What problems with one cause have in common: message, place in any item, and status.

        Two wrong statuses are two causes: a 401 must not be hidden behind a 500.
        """
        status = self.actual if _STATUS.fullmatch(self.actual) else ""
        return self.message, re.sub("[0-9]+", "", self.pointer or ""), status


@dataclass(frozen=True, slots=True)
class Problems:
    """Problems by clause, each with the id of its clause, in the order in which they were found."""

    found: tuple[tuple[str, Problem], ...] = ()

    def of(self, clause: str) -> list[Problem]:
        """Return the problems of a clause."""
        return [problem for name, problem in self.found if name == clause]

    def clauses(self) -> set[str]:
        """Return the clauses that have problems."""
        return {clause for clause, _ in self.found}

    def __bool__(self) -> bool:
        return bool(self.found)


class Collector:
    """Collects problems: the same cause in many places is one problem with a count."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Problem] = {}
        self.count = 0

    def add(self, clause: str, problem: Problem) -> None:
        """Note a problem; a further one with the same message only adds to the count."""
        self.count += 1
        key = (clause, problem.message)
        first = self._found.get(key)
        self._found[key] = problem if first is None else replace(first, count=first.count + 1)

    def collected(self, document: Any = _NOTHING) -> Problems:
        """Return the problems so far, each with the part of a document that holds its place.

        Arguments:
            document: the value of the body, if it could be read.
        """
        found = ((clause, _quoting(document, one)) for (clause, _), one in self._found.items())
        return Problems(tuple(found))


def _quoting(document: Any, problem: Problem) -> Problem:
    if document is _NOTHING or problem.pointer is None:
        return problem
    return replace(problem, part=excerpt(document, problem.pointer))


def shown(value: object) -> str:
    """Return a value as JSON-like text on one line, cut to a readable length."""
    text = ascii(value) if isinstance(value, str | bytes) else str(value)
    return cut(text, _LONGEST)


def kind(value: object) -> str:
    """Name the JSON type of a value, and show it where it is short."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return f"the boolean {str(value).lower()}"
    if isinstance(value, str):
        return f"the string {shown(value)}"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return f"an array of {len(value)}"
    return f"the number {shown(value)}"


def pointer(*steps: str | int) -> str:
    """Return a JSON pointer (RFC 6901)."""
    escaped = (str(step).replace("~", "~0").replace("/", "~1") for step in steps)
    return "".join(f"/{step}" for step in escaped)


def listed(values: Iterable[object]) -> str:
    """Show some values on one line, and how many more there are."""
    return cutting.listed([shown(value) for value in values])


def excerpt(document: Any, place: str) -> str:
    """Return the item of a list that holds a place, or the whole where there is none, as JSON.

    Arguments:
        document: the value of a JSON text.
        place: a JSON pointer into it.
    """
    part, steps = document, iter(place.split("/")[1:])
    for step in steps:
        if type(part) is list:
            part = part[int(step)]
            break
        if type(part) is not dict or step not in part:
            break
        if type(part[step]) is list:
            part = part[step]
    # A number past the largest double was read as a Decimal, which is no JSON to Python.
    return json.dumps(_brief(part), ensure_ascii=False, default=str)[:_LONGEST_PART]


def _brief(value: Any, depth: int = 3) -> Any:
    """Return a value without what makes it long."""
    if type(value) is str:
        return cut(value, _LONGEST)
    if type(value) is dict:
        members = list(value.items())[: _MOST if depth else 0]
        return {_brief(name): _brief(inner, depth - 1) for name, inner in members}
    if type(value) is list:
        return [_brief(inner, depth - 1) for inner in value[: _MOST if depth else 0]]
    return value
