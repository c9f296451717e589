"""What a run really asks meets every voice: seen in its transcript, not in its plan."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from neptun_conformance.engine.asking.casting import Casting
from neptun_conformance.engine.checks.check import Policy, questions_of
from neptun_conformance.engine.followup.voicing import Voicing
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.voices import differs
from neptun_conformance.questions.array import Kind
from neptun_conformance.questions.free_voices import name_of
from neptun_conformance.questions.voices import DIMENSIONS, Level
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.server.faults import FAULTS, Fault
from neptun_conformance.server.reference import Reference
from tests.proof.proving import asking, checks

RIGHT = Fault(name="reference", wrong="nothing", clauses=frozenset(), build=Reference)
FREE = {
    *(Expected.NO_DATA, Expected.FILES_OR_ANYTHING),
    *(Expected.FILES_OR_4XX, Expected.FILES_OR_BETTER_4XX),
}
Pair = tuple[object, object]


def levels_of(answer: Answer) -> list[Level]:
    """Return the level of each dimension in which an answer was asked for."""
    spoken = set(answer.resolved.question.voice)
    return [next((level for level in d.levels if level in spoken), d.levels[0]) for d in DIMENSIONS]


def met(answers: list[Answer]) -> set[Pair]:
    """Return the pairs of kind and level, and of levels of two dimensions, that were asked for."""
    found: set[Pair] = set()
    for answer in answers:
        resolved = answer.resolved
        if resolved.kind is None or resolved.expected in FREE or answer.response is None:
            continue
        levels = [(d.name, one.name) for d, one in zip(DIMENSIONS, levels_of(answer), strict=True)]
        found.update((resolved.kind, level) for level in levels)
        found.update(combinations(levels, 2))
    return found


def wanted() -> Iterator[Pair]:
    """Yield every pair."""
    levels = [[(d.name, level.name) for level in d.levels] for d in DIMENSIONS]
    yield from ((kind, level) for kind in Kind for column in levels for level in column)
    for one, other in combinations(levels, 2):
        yield from ((a, b) for a in one for b in other)


def test_a_default_run_meets_every_pair() -> None:
    with asking(RIGHT) as at_work:
        at_work.scheduler.reach()
        casting = Casting(at_work.participants)
        voicing = Voicing(at_work.scheduler, casting)
        voicing.ask(questions_of(checks("default"), Policy()))
        assert set(wanted()) - met(at_work.scheduler.answers) == set()
        assert at_work.client.sent <= 500


def test_a_list_that_one_level_shortens_is_laid_at_that_levels_door() -> None:
    with asking(FAULTS["hides-files-from-phones"]) as at_work:
        at_work.scheduler.reach()
        voicing = Voicing(at_work.scheduler, Casting(at_work.participants))
        voicing.ask(questions_of(checks("default"), Policy()))
        blamed = [one for one in at_work.scheduler.answers if one.plain_voice is not None]
    assert blamed
    assert all(map(differs, blamed))
    agents = [[name_of(level) for level in one.resolved.question.voice] for one in blamed]
    assert ["user-agent=iphone"] in agents
