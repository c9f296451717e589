"""Draws questions ahead, and makes a failing one as small as it can be.

Hypothesis runs twice with the same seed: first it only collects, so that all questions of a run go
out at once; then, where an answer is wrong, it finds the same question again among the recorded
answers, and shrinks it with single requests.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from neptun_conformance.questions.situations import Question

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

SHARE = {"quick": 0.0, "default": 1.0, "deep": 20.0}
"""How many of a check's questions an effort draws; quick keeps to the hand-picked ones."""

MOST_SHRINKING_REQUESTS = 60


@dataclass(frozen=True, slots=True)
class Exploration:
    """What a generated check explores.

    Arguments:
        strategy: makes the Hypothesis strategy, None for the cases of schemathesis.
        examples: how many questions the default effort draws.
    """

    strategy: Callable[[], SearchStrategy[Question]] | None
    examples: int

    def count(self, effort: str) -> int:
        """Return how many questions an effort draws."""
        return round(self.examples * SHARE[effort])


@dataclass(frozen=True, slots=True)
class _Draws:
    """How many questions are drawn, from which seed, with which memory of what failed before."""

    count: int
    seed: int
    database: str | None


def draw(
    exploration: Exploration, *, effort: str, seed: int, database: str | None = None
) -> list[Question]:
    """Return the questions of an exploration; the same seed draws the same ones.

    Arguments:
        exploration: what is drawn from.
        effort: how much is drawn.
        seed: the seed of the run.
        database: folder of what failed in earlier runs, which is drawn first; None for none.
    """
    count = exploration.count(effort)
    if count == 0:
        return []
    if exploration.strategy is None:
        from neptun_conformance.questions.generated import from_schema

        return from_schema.questions(count=count, seed=seed)
    found: dict[Question, None] = {}
    _run(exploration.strategy, found.setdefault, _Draws(count, seed, database), shrink=False)
    return list(found)


def smallest(
    exploration: Exploration,
    *,
    effort: str,
    seed: int,
    fails: Callable[[Question], bool],
    database: str | None = None,
) -> Question | None:
    """Return the smallest question that fails, None where none fails when it is asked again.

    Arguments:
        exploration: what was drawn from.
        effort: the effort of the run.
        seed: the seed of the run.
        fails: tells whether a question fails; asked for recorded questions, and for new ones, of
            which only so many may cost a request.
        database: folder in which the smallest is kept for the next run.
    """
    if exploration.strategy is None:
        return None
    last: list[Question] = []

    def body(question: Question) -> None:
        if fails(question):
            last[:] = [question]
            raise _FailsError

    try:
        draws = _Draws(exploration.count(effort), seed, database)
        _run(exploration.strategy, body, draws, shrink=True)
    except BaseException as error:
        if not _is_about_failing(error):
            raise
    return last[0] if last else None


@cache
def _made(strategy: Callable[[], SearchStrategy[Question]]) -> SearchStrategy[Question]:
    """Make a strategy once: Hypothesis keeps each, so that run after run would fill memory."""
    return strategy()


class _FailsError(Exception):
    pass


def _is_about_failing(error: BaseException) -> bool:
    from hypothesis.errors import Flaky

    return isinstance(error, _FailsError | Flaky | ExceptionGroup)


def _run(
    strategy: Callable[[], SearchStrategy[Question]],
    body: Callable[[Question], object],
    draws: _Draws,
    *,
    shrink: bool,
) -> None:
    import hypothesis
    from hypothesis import HealthCheck, Phase, Verbosity
    from hypothesis.database import DirectoryBasedExampleDatabase

    phases = (Phase.reuse, Phase.generate) + ((Phase.shrink,) if shrink else ())

    # A seed switches the database off, so the settings come on top of it.
    @hypothesis.settings(
        max_examples=draws.count,
        phases=phases,
        database=DirectoryBasedExampleDatabase(draws.database) if draws.database else None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.seed(draws.seed)
    @hypothesis.given(_made(strategy))
    def explore(question: Question) -> None:
        body(question)

    # Hypothesis tells tests apart by their source, which all strategies here have in common.
    key = strategy.__qualname__.encode()
    explore._hypothesis_internal_database_key = key  # type: ignore[attr-defined]  # noqa: SLF001
    explore()
