"""Sequences that are asked while nothing else is under way, each beginning but once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeGuard

from neptun_conformance.judge.answer import Answer, Replies, Reply, Unasked
from neptun_conformance.questions.situations import Asked, Question, Sequence
from neptun_conformance.resolve.resolved import ResolvedQuestion

Came = dict[Asked, Replies]


def is_alone(asked: Asked) -> TypeGuard[Sequence]:
    """Tell whether this is a sequence that is asked alone."""
    return isinstance(asked, Sequence) and asked.alone


def wholes(sequences: list[Sequence]) -> list[Sequence]:
    """Return those of some sequences that are not merely the beginning of another."""
    return [one for one in sequences if not any(other.goes_on_from(one) for other in sequences)]


def ask(
    sequences: list[Sequence],
    how: Callable[[list[Sequence]], Came],
    resolved: Callable[[Question], ResolvedQuestion | Unasked],
) -> Came:
    """Ask sequences, and return what came of each, also of those that only begin another.

    Arguments:
        sequences: what is asked.
        how: asks them in their order.
        resolved: gives a question's request, or why there is none.
    """
    came = how(wholes(sequences))
    parts = [one for one in sequences if one not in came]
    return came | {one: _beginning(one, came, resolved) for one in parts}


def _beginning(
    part: Sequence,
    came: Mapping[Asked, Replies],
    resolved: Callable[[Question], ResolvedQuestion | Unasked],
) -> Reply:
    """Return the answer to the last step of what a whole sequence begins with.

    The whole one has no answer where one of its steps could not be asked.
    """
    whole = next(one for one in came if isinstance(one, Sequence) and one.goes_on_from(part))
    got, last = came[whole], part.steps[-1]
    steps = (*got.steps, got) if isinstance(got, Answer) else ()
    for place, step in enumerate(steps):
        if step.resolved.question == last:
            return replace(step, steps=steps[:place])
    unasked = got if isinstance(got, Unasked) else resolved(last)
    assert isinstance(unasked, Unasked)  # noqa: S101 - else the whole one would hold it
    return replace(unasked, asked=part)
