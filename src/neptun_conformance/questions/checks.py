"""What a contract check is made of: its clause, its questions, and what it is about.

The decorators only mark; the pytest plugin reads the marks, asks all questions ahead of the first
check, and hands each check its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from neptun_conformance.questions.generated.exploring import Exploration
from neptun_conformance.questions.situations import Asked, Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy


def clause(clause_id: str) -> pytest.MarkDecorator:
    """Name the one clause that a check is about; an unknown one is an error at collection."""
    return pytest.mark.neptun_clause(clause_id)


def asks(*asked: Asked, more: tuple[Asked, ...] = ()) -> pytest.MarkDecorator:
    """Declare the questions of a check.

    A check with the argument ``answer`` is made once for each of them, one with ``answers`` once
    for all of them together. Those in ``more`` are left out with ``--effort quick``.
    """
    return pytest.mark.neptun_asks(Questions(asked, more))


@dataclass(frozen=True)
class Questions:
    """The questions of a check, the indispensable and the further ones."""

    asked: tuple[Asked, ...]
    more: tuple[Asked, ...] = ()


def explores(
    strategy: Callable[[], SearchStrategy[Question]] | None, *, examples: int
) -> pytest.MarkDecorator:
    """Declare that a check with the argument ``answers`` asks generated questions.

    Arguments:
        strategy: makes the Hypothesis strategy of questions, None for the cases of schemathesis.
        examples: how many are drawn with the default effort.
    """
    return pytest.mark.neptun_explores(Exploration(strategy, examples))


hostile = pytest.mark.neptun_hostile
"""Marks a check whose questions a firewall might take for an attack; see ``--no-hostile``."""

varies = pytest.mark.neptun_varies
"""Marks a check of answers that may differ by chance: what it finds is asked for again."""

unsafe = pytest.mark.neptun_unsafe
"""Marks a check that sends unsafe methods; see ``--allow-unsafe-methods``."""

fetches_links = pytest.mark.neptun_fetches_links
"""Marks a check that follows the files' links; see ``--fetch-urls``."""
