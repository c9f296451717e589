"""What a run has named so far, and what came of it: for progress, and where it is broken off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from neptun_conformance.engine.asking.session_loss import doubtful
from neptun_conformance.judge.answer import Answer, Reply, Unasked
from neptun_conformance.questions.situations import Account, Asked, Burst, Question, questions_in

Named = TypeVar("Named", bound=Asked)


class Tally:
    """Counts the requests that are named, and keeps the reply to each question."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.named = 0
        """Requests that the questions named so far take."""
        self._came: dict[Asked, Reply] = {}

    def name(self, asked: Asked) -> None:
        """Count the requests of what is going to be asked."""
        self.named += _requests(asked)

    def naming(self, asked: Iterable[Named]) -> Iterator[Named]:
        """Yield what is asked, and count its requests."""
        for one in asked:
            self.name(one)
            yield one

    def note(self, asked: Asked, got: Reply) -> None:
        """Keep what came of a question."""
        self._came[asked] = got

    def alone(self) -> dict[Question, Answer]:
        """Return the answers to single questions."""
        return {
            one: got
            for one, got in self._came.items()
            if isinstance(one, Question) and isinstance(got, Answer)
        }

    def replies_to(self, asked: Iterable[Asked], why_not: str) -> dict[Asked, Reply]:
        """Return what came of each of these, in whatever voice it was asked.

        A 401 that nobody expected may mean that the session has ended, so it says nothing yet.

        Arguments:
            asked: what was to be asked.
            why_not: why there is no reply to the others.
        """
        plainly = {_in_plain_voice(one): got for one, got in self._came.items()}
        known = plainly | self._came
        replies = {one: known.get(one, Unasked(one, why_not)) for one in asked}
        return {
            one: Unasked(one, why_not) if any(doubtful(got, a) for a in Account) else got
            for one, got in replies.items()
        }


def _requests(asked: Asked) -> int:
    rounds = asked.rounds if isinstance(asked, Burst) else 1
    return rounds * len(questions_in(asked))


def _in_plain_voice(asked: Asked) -> Asked:
    return asked.in_voice(()) if isinstance(asked, Question) else asked
