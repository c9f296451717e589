"""What could not be settled while others were under way, and is settled afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from neptun_conformance.exchange import Exchange, Failure, Wait
from neptun_conformance.judge.answer import Answer
from neptun_conformance.questions.situations import Account, Question, Sequence
from neptun_conformance.resolve.resolved import ResolvedQuestion

Step = Question | Sequence
"""What one worker asks: a question, or several in order."""


class Why(Enum):
    """Why something was put off."""

    FAILED = auto()
    """No complete answer came, or one of the same kind had none: it is repeated alone."""
    THROTTLED = auto()
    """It is told to come back while the same caller's plain form is answered."""
    LOST = auto()
    """The session was no longer accepted."""
    HELD = auto()
    """Something like it gets no answer in time: that is repeated first."""


@dataclass(frozen=True, slots=True)
class Later:
    """Something that is asked later.

    Arguments:
        asked: what.
        why: why.
        resolved: the question that could not be settled, None where it was not sent.
        exchange: what came of it.
        gone: the target was gone while this was under way.
        times: how often it was throttled.
        waits: what was waited for it.
        waited: seconds of that since it was put off.
        account: whose session was lost.
        steps: the answers of the steps before, where this is one of several.
        held: the question that is held back, where one is.
    """

    asked: Step
    why: Why
    resolved: ResolvedQuestion | None = None
    exchange: Exchange | None = None
    gone: bool = False
    times: int = 0
    waits: tuple[Wait, ...] = ()
    waited: float = 0.0
    account: Account | None = None
    steps: tuple[Answer, ...] = ()
    held: Question | None = None

    @property
    def failure(self) -> Failure | None:
        """Why there was no complete answer, None where there was one or nothing was sent."""
        return self.exchange.failure if self.exchange else None


class Deferred(Exception):
    """Something must be asked later; carries what and why."""

    def __init__(self, later: Later) -> None:
        """Carry what is to be asked later."""
        super().__init__(str(later.asked))
        self.later = later
