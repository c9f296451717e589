"""Inputs that get no answer in time: how long a run waits for them, and when it leaves them out."""

from __future__ import annotations

from neptun_conformance.engine.asking.deferred import Later
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.exchange import Exchange
from neptun_conformance.questions.situations import ChatOf
from neptun_conformance.resolve.expectation import PERHAPS_SERVED, Expected
from neptun_conformance.resolve.resolved import ResolvedQuestion

FIRST_SHARE = 1 / 3
"""Of the seconds: for inputs that hang while others are under way."""

MOST_STALLS = 2
"""So often in a run may what was late be answered when it is repeated, and count no more."""

Likeness = tuple[str, ChatOf | Expected | None]
"""The method and the chat whose files may come, or what else is due: what a server is likely to
answer by the same code."""

IN_VAIN = ("in vain", "no answer in time", "within the deadline")
"""What reasons say of clauses that are not tested because requests got no answer in time."""


class Hanging:
    """Counts the seconds that are spent on waiting in vain, and bounds them.

    The first share of them goes to inputs that hang while others are under way. Once it is spent,
    nothing that is like one of those goes out before they were repeated, alone, for which there is
    the rest. Where a repeat is answered and none hangs, the target stood still for a while: what is
    like them goes out after all. A plain question that hangs twice, before anything else is asked,
    takes of both.

    Arguments:
        limits: how many seconds there are.
    """

    def __init__(self, limits: Limits) -> None:
        self._most_at_first = limits.hangs * FIRST_SHARE
        self._most_alone = limits.hangs - self._most_at_first
        self._at_first = 0.0
        self._alone = 0.0
        self._until = 0.0
        self._stalls = 0
        self._forgiven = 0.0  # of the seconds at first
        self._alike: set[Likeness] = set()
        self._late_once: set[Likeness] = set()
        self._late_twice: set[Likeness] = set()
        self._left_out: dict[Likeness, float] = {}  # and the seconds that were spent on them
        self._suspects: set[str] = set()
        self._hung: set[str] = set()

    def note(self, resolved: ResolvedQuestion, exchange: Exchange) -> None:
        """Note an input that hangs while others are under way: their time counts but once."""
        until = exchange.started + exchange.seconds
        self._at_first += max(0.0, until - max(exchange.started, self._until))
        self._until = max(self._until, until)
        self._alike.add(_likeness(resolved))
        if resolved.question.kind:
            self._suspects.add(resolved.question.kind)

    def note_again(self, resolved: ResolvedQuestion, exchange: Exchange) -> None:
        """Note an input that hangs alone."""
        self._alone += exchange.seconds
        self._late_twice.add(_likeness(resolved))
        if resolved.question.kind:
            self._hung.add(resolved.question.kind)

    def note_answered(self, resolved: ResolvedQuestion) -> None:
        """Note an input that hung while others were under way, and is answered alone."""
        self._late_once.add(_likeness(resolved))

    def forgive(self) -> None:
        """Let what stood still once count no more, so that what is like it goes out."""
        stalled = self._late_once & self._alike - self._late_twice
        if not stalled or not self._is_impatient or self._stalls == MOST_STALLS:
            return
        self._stalls += 1
        self._left_out |= dict.fromkeys(self._alike - stalled, self._in_vain)
        self._forgiven = self._at_first
        self._alike.clear()
        self._suspects &= self._hung

    def is_suspect(self, kind: str | None) -> bool:
        """Tell whether inputs of a kind should go out one at a time: one of them has hung."""
        return kind in self._suspects

    def why_not_of(self, kind: str | None) -> str | None:
        """Say why all inputs of a kind are left out, None where they are not."""
        if kind not in self._hung:
            return None
        return "inputs of this kind get no answer in time, as one of them showed"

    @property
    def leaves_out_any(self) -> bool:
        """Whether anything may be left out for others that are like it."""
        return self._is_impatient or bool(self._left_out)

    @property
    def _is_impatient(self) -> bool:
        return self._in_vain > self._most_at_first

    @property
    def _in_vain(self) -> float:
        return self._at_first - self._forgiven

    def why_not_asked(self, resolved: ResolvedQuestion) -> str | None:
        """Say why an input is left out for others that are like it, None where it is not."""
        alike = _likeness(resolved)
        seconds = self._left_out.get(alike, 0.0)
        if self._is_impatient and alike in self._alike:
            seconds = self._in_vain
        if seconds:
            return f"{seconds:.0f} s were spent on requests like it, in vain"
        return None

    def holds(self, resolved: ResolvedQuestion) -> bool:
        """Tell whether an input is left out for now only: no repeat of what is like it has hung."""
        is_left_out = self.why_not_asked(resolved) is not None
        return is_left_out and _likeness(resolved) not in self._late_twice

    def why_not_repeated(self, later: Later) -> str | None:
        """Say why a repeat is left out, None where it is not."""
        if later.failure and later.failure.is_late and self._alone > self._most_alone:
            return (
                f"no answer in time, and not repeated: others took {self._alone:.0f} s "
                "when they were repeated"
            )
        return None


def _likeness(resolved: ResolvedQuestion) -> Likeness:
    is_served = resolved.expected in PERHAPS_SERVED
    return resolved.request.method, resolved.chat if is_served else resolved.expected
