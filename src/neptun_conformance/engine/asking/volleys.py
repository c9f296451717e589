"""Sends what must meet at the target at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

from neptun_conformance.client import BurstBarrier
from neptun_conformance.engine.asking.deferred import Later, Why
from neptun_conformance.engine.asking.sender import Sender
from neptun_conformance.engine.asking.settling import Settling
from neptun_conformance.judge.answer import Answer, Reply
from neptun_conformance.questions.situations import Burst, Question

HUGE_AT_ONCE = 2
"""So many go out together where answers are huge: each is made, sent and read at once."""

MOST_IN_A_BURST = 16
"""So many are sent at the same moment: their threads all hold a place until the last is ready."""

_Part = tuple[Burst, tuple[Question, ...]]
_Shot = tuple[Burst, Question, BurstBarrier]


class Volleys:
    """Fires bursts.

    Arguments:
        sender: stops where a burst is broken off.
        settling: asks each question.
        on_answer: called after each answer.
    """

    def __init__(self, sender: Sender, settling: Settling, on_answer: Callable[[], None]) -> None:
        self._sender = sender
        self._settling = settling
        self._on_answer = on_answer

    def fire(self, bursts: list[Burst]) -> dict[Burst, list[Reply | Later]]:
        """Send each round at the same moment, or in parts where fewer may be under way.

        As many rounds as may be under way go out side by side, each at a moment of its own.
        """
        came: dict[Burst, list[Reply | Later]] = {burst: [] for burst in bursts}
        most = self._sender.client.concurrency
        if self._sender.transcript.has_huge:
            most = HUGE_AT_ONCE
        with ThreadPoolExecutor(most, thread_name_prefix="burst") as pool:
            try:
                for volley in _volleys(bursts, most):
                    shots = [shot for burst, part in volley for shot in self._aimed(burst, part)]
                    for (burst, *_), got in zip(shots, pool.map(self._shot, shots), strict=True):
                        came[burst].append(got)
            except BaseException:
                self._sender.stop()
                raise
        return came

    def _aimed(self, burst: Burst, part: tuple[Question, ...]) -> list[_Shot]:
        barrier = BurstBarrier(sum(map(self._settling.is_askable, part)))
        return [(burst, question, barrier) for question in part]

    def _shot(self, shot: _Shot) -> Reply | Later:
        _, question, barrier = shot
        got = self._settling.ask(question, together=barrier)
        self._on_answer()
        return got


def stood_still(came: list[Reply | Later], settled: list[Reply]) -> bool:
    """Tell whether some of a burst were late or held back, and all of those are answered now."""
    late = [now for got, now in zip(came, settled, strict=True) if _is_late(got)]
    return bool(late) and answered(late) == len(late)


def answered(replies: Iterable[Reply]) -> int:
    """Count the replies that came from the target."""
    return sum(isinstance(got, Answer) and got.response is not None for got in replies)


def _is_late(got: Reply | Later) -> bool:
    if not isinstance(got, Later):
        return False
    return got.why is Why.HELD or (got.failure is not None and got.failure.is_late)


def _volleys(bursts: Iterable[Burst], most: int) -> list[list[_Part]]:
    """Return the rounds of bursts, or parts of them, in groups that may be under way at once."""
    size = min(most, MOST_IN_A_BURST)
    volleys: list[list[_Part]] = []
    left = 0
    for burst in bursts:
        for first in [*range(0, len(burst.questions), size)] * burst.rounds:
            part = burst.questions[first : first + size]
            if len(part) > left:
                volleys.append([])
                left = most
            volleys[-1].append((burst, part))
            left -= len(part)
    return volleys
