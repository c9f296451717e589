"""How long a run waits, and how much it sends, where not every answer is right at once."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on waiting and on repeats.

    Arguments:
        outage: seconds to wait for a target that is gone, each time.
        outages: seconds to wait for it in a whole run.
        inputs: so many inputs may end the target before the rest is left alone.
        throttled: seconds to wait, in all, for an input that is throttled while others are not.
        hangs: seconds to spend on inputs that get no answer in time.
        extra_requests: requests beyond the questions: repeats, twins, findings made smaller.
    """

    outage: float = 10.0
    outages: float = 60.0
    inputs: int = 5
    throttled: float = 10.0
    hangs: float = 27.0
    extra_requests: int = 150
