"""The questions that a check explores: drawn once, kept, and made smaller where one fails.

Questions are drawn in a process of their own (``drawing``), from a seed, so that all of a run go
out at once. Those of the seed 0 are shipped; others are kept where caches belong (``kept``). A run
so seldom needs Hypothesis or schemathesis, which take longer to import than a run takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from neptun_conformance.questions.generated import drawing, from_schema, kept, recipes
from neptun_conformance.questions.situations import Question

SHARE = {"quick": 0.0, "default": 1.0, "deep": 20.0}
"""How often an effort draws a check's examples; quick keeps to the hand-picked ones."""

MOST_SHRINKING_REQUESTS = 60


@dataclass(frozen=True, slots=True)
class Exploration:
    """What a generated check explores.

    Arguments:
        strategy: the name of a function of ``strategies``, None for the cases of schemathesis.
        examples: how many questions are drawn, before the effort's share.
        deep: only a deep run draws any. A single one is the simplest there is, which is mostly
            asked by hand as well.
    """

    strategy: str | None
    examples: int
    deep: bool = False

    def count(self, effort: str) -> int:
        """Return how many questions an effort draws."""
        return 0 if self.deep and effort != "deep" else round(self.examples * SHARE[effort])

    def wanted(self, effort: str) -> drawing.Wanted:
        """Return what is drawn for an effort: from what, and how many."""
        return self.strategy, self.count(effort)


def draw(
    explorations: Iterable[Exploration], *, effort: str, seed: int, database: str | None = None
) -> dict[Exploration, list[Question]]:
    """Return the questions of explorations; the same seed draws the same ones.

    Arguments:
        explorations: what is drawn from.
        effort: how much is drawn.
        seed: the seed of the run.
        database: folder of what failed in earlier runs, which is drawn first; None for none.

    Raises:
        RuntimeError: the process that draws ended without any; the message has its last line.
    """
    wanted = {one: one.wanted(effort) for one in explorations if one.count(effort)}
    if not wanted:
        return {}
    found = _drawn([*wanted.values()], effort, seed)
    drawn = {one: _questions(one, found[want]) for one, want in wanted.items()}
    if database:
        for one, questions in drawn.items():
            drawn[one] = list(dict.fromkeys([*_failed_before(one, database), *questions]))
    return drawn


def _drawn(wanted: list[drawing.Wanted], effort: str, seed: int) -> drawing.Drawn:
    found = kept.load(wanted, effort=effort, seed=seed)
    missing = [want for want in wanted if want not in found]
    if missing:
        new = drawing.drawn(missing, seed=seed)
        found = found | new
        kept.keep(found, effort=effort, seed=seed)
    return found


def _questions(exploration: Exploration, drawn: list[recipes.Recipe]) -> list[Question]:
    if exploration.strategy is None:
        return from_schema.questions(drawn)
    return list(dict.fromkeys(map(recipes.question, drawn)))


def _failed_before(exploration: Exploration, database: str) -> list[Question]:
    if exploration.strategy is None:
        return []
    from neptun_conformance.questions.generated import hypothesis_runs

    return list(map(recipes.question, hypothesis_runs.failed(exploration.strategy, database)))


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
    from neptun_conformance.questions.generated import hypothesis_runs

    found = hypothesis_runs.smallest(
        exploration.strategy,
        lambda recipe: fails(recipes.question(recipe)),
        count=exploration.count(effort),
        seed=seed,
        database=database,
    )
    return None if found is None else recipes.question(found)
