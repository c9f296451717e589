"""Runs Hypothesis: to draw recipes, to draw again what failed before, and to make one smaller."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import hypothesis
from hypothesis import HealthCheck, Phase, Verbosity
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.errors import Flaky
from hypothesis.strategies import SearchStrategy

from neptun_conformance.questions.generated import home, strategies
from neptun_conformance.questions.generated.recipes import Recipe


def drawn(strategy: str, *, count: int, seed: int) -> list[Recipe]:
    """Return recipes of a strategy, each once; the same seed draws the same ones.

    Arguments:
        strategy: the name of a function of ``strategies``.
        count: how often it is drawn from.
        seed: where chance begins.
    """
    found: dict[Recipe, None] = {}
    _run(strategy, found.setdefault, phases=(Phase.generate,), count=count, seed=seed)
    return list(found)


def failed(strategy: str, database: str) -> list[Recipe]:
    """Return the recipes of a strategy that failed in earlier runs, from the folder of those."""
    found: dict[Recipe, None] = {}
    _run(strategy, found.setdefault, phases=(Phase.reuse,), database=database)
    return list(found)


def smallest(
    strategy: str,
    fails: Callable[[Recipe], bool],
    *,
    count: int,
    seed: int,
    database: str | None = None,
) -> Recipe | None:
    """Return the smallest recipe that fails, None where none does.

    Arguments:
        strategy: the name of a function of ``strategies``.
        fails: tells whether a recipe fails.
        count: how many are looked at before one fails.
        seed: where chance begins.
        database: folder in which the smallest is kept.
    """
    last: list[Recipe] = []

    def body(recipe: Recipe) -> None:
        if fails(recipe):
            last[:] = [recipe]
            raise _FailsError

    phases = (Phase.reuse, Phase.generate, Phase.shrink)
    try:
        _run(strategy, body, phases=phases, count=count, seed=seed, database=database)
    except BaseException as error:
        if not isinstance(error, _FailsError | Flaky | ExceptionGroup):
            raise
    return last[0] if last else None


class _FailsError(Exception):
    pass


home.tell_hypothesis()


@cache
def _made(strategy: str) -> SearchStrategy[Recipe]:
    """Make a strategy once: Hypothesis keeps each, so that run after run would fill memory."""
    made: SearchStrategy[Recipe] = getattr(strategies, strategy)()
    return made


def _run(  # noqa: PLR0913 - what Hypothesis wants to know
    strategy: str,
    body: Callable[[Recipe], object],
    *,
    phases: tuple[Phase, ...],
    count: int = 100,
    seed: int = 0,
    database: str | None = None,
) -> None:
    # A seed switches the database off, so the settings come on top of it.
    @hypothesis.settings(
        max_examples=count,
        phases=phases,
        database=DirectoryBasedExampleDatabase(database) if database else None,
        deadline=None,
        # In CI, Hypothesis would pass over the seed.
        derandomize=False,
        print_blob=False,
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
        suppress_health_check=list(HealthCheck),
    )
    @hypothesis.seed(seed)
    @hypothesis.given(_made(strategy))
    def explore(recipe: Recipe) -> None:
        body(recipe)

    # Hypothesis tells tests apart by their source, which all strategies here have in common.
    key = strategy.encode()
    explore._hypothesis_internal_database_key = key  # type: ignore[attr-defined]  # noqa: SLF001
    explore()
