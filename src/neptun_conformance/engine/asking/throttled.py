"""Inputs that are throttled while the same caller's plain form is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import sqrt

from neptun_conformance.client import Client, is_throttled, seconds_asked
from neptun_conformance.engine.asking.deferred import Later, Step, Why
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.exchange import Response, Wait
from neptun_conformance.judge.answer import TOO_MANY_REQUESTS, Answer, Reply
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.resolved import ResolvedQuestion

TIMES = 3
"""So often is an input throttled, while its plain form is not, before that is its answer."""

_GOLDEN_RATIO = (1 + sqrt(5)) / 2


class Throttled:
    """Waits once for all inputs that are throttled, and within bounds.

    A target may throttle each input for what it is, or let a few of them through in a while, as
    where it bounds the log-ins that fail. So they go out one after the other: what is throttled
    again before any other got through has had its turn, what comes after that waits for the next.

    Arguments:
        client: waits.
        limits: how long at most for one input.
    """

    def __init__(self, client: Client, limits: Limits) -> None:
        self._client = client
        self._most = limits.throttled
        self._longest = limits.throttled / (TIMES - 1)

    def is_over(self, later: Later) -> bool:
        """Tell whether it was waited for as long as it may be for one input."""
        return later.waited >= self._most

    def ask_again(
        self, throttled: list[Later], ask: Callable[[Later], Reply | Later]
    ) -> list[tuple[Step, Reply | Later]]:
        """Wait as long as they ask for at most, and ask them again as far as any get through.

        Arguments:
            throttled: the inputs.
            ask: asks one of them; what it returns is an answer that counts, or put off once more.
        """
        came: list[tuple[Step, Reply | Later]] = []
        is_open, through = True, False
        for one in self._waited(_spread(throttled)):
            if not is_open and not self.is_over(one):
                came.append((one.asked, one))
                continue
            got = ask(replace(one, times=0) if through else one)
            if through and isinstance(got, Later) and got.why is Why.THROTTLED:
                is_open, got = False, one
            through = through or _is_answered(got)
            came.append((one.asked, got))
        return came

    def _waited(self, throttled: list[Later]) -> list[Later]:
        """Wait, and return them with that noted."""
        answers = [_answer(one) for one in throttled]
        longest = min(self._longest, *(self._most - one.waited for one in throttled))
        seconds = max(seconds_asked(answer, longest) for answer in answers)
        self._client.wait_out(seconds)
        return [
            replace(
                one, waits=(*one.waits, Wait(answer.status, seconds)), waited=one.waited + seconds
            )
            for one, answer in zip(throttled, answers, strict=True)
        ]


def _spread(throttled: list[Later]) -> list[Later]:
    """Order them, once, so that any few in a row lie evenly over all (by golden turns).

    Those of one check are neighbours, and a check needs one of them at least.
    """
    if any(one.waited for one in throttled):
        return throttled
    places = sorted(range(len(throttled)), key=lambda place: place * _GOLDEN_RATIO % 1)
    return [throttled[place] for place in places]


def _is_answered(got: Reply | Later) -> bool:
    response = got.response if isinstance(got, Answer) else None
    return response is not None and not is_throttled(response)


def verdict_on(response: Response, resolved: ResolvedQuestion) -> str | None:
    """Say why an input that is throttled for good says nothing, None where it is judged.

    A 503 counts as a 5xx. A 429 is right wherever any 4xx is; where a 401 or a 404 is due nobody
    knows what would have come.
    """
    due = {Expected.UNAUTHORIZED, Expected.NOT_FOUND}
    if response.status != TOO_MANY_REQUESTS or resolved.expected not in due:
        return None
    return f"answered {TIMES} times with {response.status}, while its plain form is answered"


def _answer(one: Later) -> Response:
    assert one.exchange and isinstance(one.exchange.outcome, Response)  # noqa: S101, PT018
    return one.exchange.outcome
