"""429, and 503 with Retry-After: how long a target asks to wait, and when to stop waiting."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from neptun_conformance import http_date
from neptun_conformance.client.failures import BrokenOff
from neptun_conformance.exchange import FailureKind, Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from neptun_conformance.exchange import Response

TOO_MANY_REQUESTS = 429
SERVICE_UNAVAILABLE = 503
FIRST_WAIT = 1.0
SHORTEST_WAIT = 0.1


def is_throttled(response: Response) -> bool:
    """Tell a request to come back later from any other answer (RFC 6585, 4; RFC 9110, 15.6.4)."""
    if response.status == TOO_MANY_REQUESTS:
        return True
    return response.status == SERVICE_UNAVAILABLE and response.header("Retry-After") is not None


def next_wait(response: Response, waits: Sequence[Wait], limit: float) -> Wait:
    """Decide how long to wait before the same request goes out again.

    Arguments:
        response: the throttling answer.
        waits: what this exchange has waited out already.
        limit: seconds that one exchange may wait in all.

    Raises:
        BrokenOff: the target asks for more than is left of the limit.
    """
    patience = 2 ** len(waits)
    asked = _seconds_asked(response, limit)
    seconds = max(FIRST_WAIT * patience if asked is None else asked, SHORTEST_WAIT * patience)
    waited = sum(wait.seconds for wait in waits)
    if waited + seconds > limit:
        message = (
            f"the target answers {response.status} and asks for {seconds:.0f} s more after "
            f"{waited:.0f} s of waiting, over the bound of {limit:g} s: lower --rate"
        )
        raise BrokenOff(FailureKind.THROTTLED, message, status=response.status)
    return Wait(response.status, seconds)


def seconds_asked(response: Response, limit: float) -> float:
    """Return how long a throttling answer asks to wait, within a limit."""
    asked = _seconds_asked(response, limit)
    return min(max(FIRST_WAIT if asked is None else asked, SHORTEST_WAIT), limit)


def _seconds_asked(response: Response, limit: float) -> float | None:
    """Read Retry-After (RFC 9110 section 10.2.3), None where it says nothing of use."""
    value = (response.header("Retry-After") or "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    moment = http_date.read(value)
    if moment is None:
        return None
    # The target's own clock counts, however wrong it is.
    sent = http_date.read(response.header("Date") or "")
    seconds = (moment - (sent or datetime.now(UTC))).total_seconds()
    if sent is None and not 0 <= seconds <= limit:
        return None
    return max(0.0, seconds)
