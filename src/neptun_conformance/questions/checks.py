"""What a contract check is made of: its clause, its questions, and what it is about.

The decorators only declare. The engine reads the declarations, asks all questions ahead of the
first check, and hands each check its argument; pytest is not needed for that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from neptun_conformance.questions.generated.exploring import Exploration
from neptun_conformance.questions.situations import Asked

_ATTRIBUTE = "neptun_declaration"
Function = TypeVar("Function", bound=Callable[..., None])


class Mark(StrEnum):
    """What is particular about a check."""

    HOSTILE = "hostile"
    VARIES = "varies"
    UNSAFE = "unsafe"
    FETCHES_LINKS = "fetches_links"


@dataclass(frozen=True, slots=True)
class Questions:
    """The questions of a check.

    Arguments:
        asked: the indispensable ones.
        more: those that only a quick run leaves out.
        deep: those that only a deep run asks.
    """

    asked: tuple[Asked, ...]
    more: tuple[Asked, ...] = ()
    deep: tuple[Asked, ...] = ()

    def of(self, effort: str) -> tuple[Asked, ...]:
        """Return those of a run of some effort: ``quick``, ``default`` or ``deep``."""
        further = {"quick": (), "default": self.more, "deep": self.more + self.deep}
        return self.asked + further[effort]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the decorators say of a check.

    Arguments:
        clauses: the clauses that are named; a sound check names one.
        questions: what it asks, None where it is about the whole run or draws its questions.
        exploration: what it draws its questions from.
        marks: what is particular about it.
    """

    clauses: tuple[str, ...] = ()
    questions: Questions | None = None
    exploration: Exploration | None = None
    marks: frozenset[Mark] = frozenset()


def declaration_of(function: object) -> Declaration | None:
    """Return what is declared of a function, None where it is no contract check."""
    return getattr(function, _ATTRIBUTE, None)


def _declared(function: Function, declaration: Declaration) -> Function:
    setattr(function, _ATTRIBUTE, declaration)
    return function


def _so_far(function: object) -> Declaration:
    return declaration_of(function) or Declaration()


def clause(clause_id: str) -> Callable[[Function], Function]:
    """Name the one clause that a check is about; an unknown one is an error at collection."""

    def declare(function: Function) -> Function:
        before = _so_far(function)
        return _declared(function, replace(before, clauses=(*before.clauses, clause_id)))

    return declare


def asks(
    *asked: Asked, more: tuple[Asked, ...] = (), deep: tuple[Asked, ...] = ()
) -> Callable[[Function], Function]:
    """Declare the questions of a check.

    A check with the argument ``answer`` is made once for each of them, one with ``answers`` once
    for all of them together. Those in ``more`` are left out with ``--effort quick``; those in
    ``deep`` are asked with ``--effort deep`` alone.
    """

    def declare(function: Function) -> Function:
        return _declared(
            function, replace(_so_far(function), questions=Questions(asked, more, deep))
        )

    return declare


def explores(
    strategy: str | None, *, examples: int = 1, deep: bool = False
) -> Callable[[Function], Function]:
    """Declare that a check with the argument ``answers`` asks generated questions.

    Arguments:
        strategy: the name of a function of ``questions/generated/strategies.py``, None for the
            cases of schemathesis.
        examples: how many are drawn, before the effort's share.
        deep: only ``--effort deep`` draws any.
    """

    def declare(function: Function) -> Function:
        exploration = Exploration(strategy, examples, deep)
        return _declared(function, replace(_so_far(function), exploration=exploration))

    return declare


def _marking(mark: Mark) -> Callable[[Function], Function]:
    def declare(function: Function) -> Function:
        before = _so_far(function)
        return _declared(function, replace(before, marks=before.marks | {mark}))

    return declare


hostile = _marking(Mark.HOSTILE)
"""Marks a check whose questions a firewall might take for an attack; see ``--no-hostile``."""

varies = _marking(Mark.VARIES)
"""Marks a check of answers that may differ by chance: what it finds is asked for again."""

unsafe = _marking(Mark.UNSAFE)
"""Marks a check that sends unsafe methods; see ``--allow-unsafe-methods``."""

fetches_links = _marking(Mark.FETCHES_LINKS)
"""Marks a check that follows the files' links; see ``--fetch-urls``."""
