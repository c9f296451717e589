"""Inputs that are throttled while the same caller's plain form is answered."""

from __future__ import annotations

from dataclasses import replace

from neptun_conformance.client import Client, seconds_asked
from neptun_conformance.engine.deferred import Later
from neptun_conformance.engine.limits import Limits
from neptun_conformance.exchange import Response, Wait
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.resolved import ResolvedQuestion

TIMES = 3
"""So often is an input throttled, while its plain form is not, before that is its answer."""

TOO_MANY_REQUESTS = 429


class Throttled:
    """Waits once for all inputs that are throttled, and within bounds.

    Arguments:
        client: waits.
        limits: how long at most, in all rounds together.
    """

    def __init__(self, client: Client, limits: Limits) -> None:
        self._client = client
        self._longest = limits.throttled / (TIMES - 1)

    def wait(self, throttled: list[Later]) -> list[Later]:
        """Wait as long as they ask for at most, and return them with that wait noted."""
        answers = [_answer(one) for one in throttled]
        seconds = max(seconds_asked(answer, self._longest) for answer in answers)
        self._client.pause(seconds)
        return [
            replace(one, waits=(*one.waits, Wait(answer.status, seconds)))
            for one, answer in zip(throttled, answers, strict=True)
        ]


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
