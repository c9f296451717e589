"""What failed is repeated once, alone, and then it is found out whose failure it is."""

from __future__ import annotations

from dataclasses import replace

from neptun_conformance.engine.asking.budget import Budget
from neptun_conformance.engine.asking.deferred import Deferred, Later
from neptun_conformance.engine.asking.hanging import Hanging
from neptun_conformance.engine.asking.outages import Outages
from neptun_conformance.engine.asking.sender import NOT_THE_TARGET, Sender
from neptun_conformance.exchange import Exchange, Failure, FailureKind
from neptun_conformance.judge.answer import Answer
from neptun_conformance.resolve.resolved import ResolvedQuestion


class Repeating:
    """Repeats requests that failed, one at a time, while nothing else is under way.

    Arguments:
        sender: sends.
        outages: tells whether the target is there, and waits for it.
        budget: what repeats count towards.
        hanging: is told what hangs.
    """

    def __init__(self, sender: Sender, outages: Outages, budget: Budget, hanging: Hanging) -> None:
        self._sender = sender
        self._outages = outages
        self._budget = budget
        self._hanging = hanging

    def repeat(self, resolved: ResolvedQuestion, later: Later) -> Exchange | Answer:
        """Ask again, alone; return what came, or the answer where it is settled by that.

        Raises:
            Deferred: the target is gone for the first time; it is asked once more.
        """
        first, exchange = self._sent(resolved, later)
        exchange = replace(exchange, first_failure=first)
        if exchange.failure:
            return self._failed(resolved, later, exchange, exchange.failure)
        if first and first.is_late:
            self._hanging.note_answered(resolved)
        if later.gone and not self._outages.is_there() and self._outages.comes_back():
            outcome = Failure(FailureKind.DROPPED, "the target was gone right after its answer")
            return self._ended_by(resolved, replace(exchange, outcome=outcome))
        return exchange

    def _sent(self, resolved: ResolvedQuestion, later: Later) -> tuple[Failure | None, Exchange]:
        """Send, and once more what did not fail before or did not reach the target."""
        first, exchange = later.failure, self._once(resolved)
        failure = exchange.failure
        if failure is None or failure.kind in NOT_THE_TARGET:
            return first, exchange
        if failure.never_sent and self._outages.comes_back():
            return first, self._once(resolved)
        return (first, exchange) if first else (failure, self._once(resolved))

    def _once(self, resolved: ResolvedQuestion) -> Exchange:
        self._budget.spend()
        return self._sender.send(resolved, fresh=True)

    def _failed(
        self, resolved: ResolvedQuestion, later: Later, exchange: Exchange, failure: Failure
    ) -> Answer:
        keep = self._sender.transcript.keep
        if failure.kind in NOT_THE_TARGET:
            return keep(resolved, exchange, untested=failure.message)
        if failure.is_late:
            self._hanging.note_again(resolved, exchange)
        self._budget.spend()
        if self._outages.is_there(resolved):
            return keep(resolved, exchange)
        if not self._outages.comes_back():
            return keep(resolved, exchange, untested=self._outages.ended)
        if not later.gone:
            raise Deferred(replace(later, resolved=resolved, exchange=exchange, gone=True))
        words = f"{failure.message}; the target was gone after it"
        return self._ended_by(resolved, replace(exchange, outcome=replace(failure, message=words)))

    def _ended_by(self, resolved: ResolvedQuestion, exchange: Exchange) -> Answer:
        """Keep what ended the target a second time, alone, as this input's doing."""
        self._outages.blame(resolved.question)
        return self._sender.transcript.keep(resolved, exchange)
