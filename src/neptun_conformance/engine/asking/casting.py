"""Gives the questions of a run their voices, so that every kind of situation meets every level.

The plain questions stay in the plain voice: they are what others are compared with. All others
carry the voices of the covering array, kind by kind and row by row, so that meeting them costs
nothing.
"""

from __future__ import annotations

from collections import Counter

from neptun_conformance.questions.array import voices_of
from neptun_conformance.questions.callers import anonymous, owner, stranger
from neptun_conformance.questions.situations import (
    Asked,
    ChatOf,
    Question,
    UnknownChat,
    UnknownUser,
    Voice,
)
from neptun_conformance.questions.voices import DIMENSIONS, Level
from neptun_conformance.resolve.kinds import may_be_of_a_kind
from neptun_conformance.resolve.participants import Missing, NotApplicableHere, Participants
from neptun_conformance.resolve.resolved import resolve

_PLAIN = tuple(dimension.levels[0] for dimension in DIMENSIONS)


class Casting:
    """Hands out voices in the order in which questions are named.

    Arguments:
        participants: the people of the run.
        seed: where in the array to begin.
        hostile: whether levels that no real client has are meant, too.
    """

    def __init__(self, participants: Participants, *, seed: int = 0, hostile: bool = True) -> None:
        """Begin with the first row of each kind, counted from the seed."""
        self._participants = participants
        self._seed = seed
        self._hostile = hostile
        self._turns: Counter[object] = Counter()

    def in_voice(self, asked: Asked) -> Asked:
        """Return a question in its voice; what is no single question, or plain, as it is."""
        if not isinstance(asked, Question) or not may_be_of_a_kind(asked):
            return asked
        if asked.voice or _is_compared_with(asked):
            return asked
        try:
            kind = resolve(asked, self._participants).kind
        except (Missing, NotApplicableHere):
            return asked
        if kind is None:
            return asked
        rows = voices_of(kind)
        row = rows[(self._seed + self._turns[kind]) % len(rows)]
        self._turns[kind] += 1
        return asked.in_voice(self._spoken(row))

    def _spoken(self, row: tuple[Level, ...]) -> Voice:
        return tuple(
            level
            for level, plain in zip(row, _PLAIN, strict=True)
            if level is not plain and (self._hostile or level.real)
        )


def _is_compared_with(question: Question) -> bool:
    """Tell whether this is a plain question, which others are compared with."""
    return (
        question.turn == 0
        and question.caller in {owner, stranger, anonymous}
        and isinstance(question.chat, ChatOf | UnknownChat)
        and (isinstance(question.user, UnknownUser) or question.user in {owner.user, stranger.user})
    )
