"""Whether what is late once, and is answered alone, is late on connections that were used before.

A repeat goes over a connection of its own. Where a server answers no second request on any
connection, each repeat is answered, and nothing is said of what every client meets.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from neptun_conformance.causes.symptoms import ON_USED_ONES
from neptun_conformance.engine.asking.budget import Budget
from neptun_conformance.engine.asking.deferred import Later
from neptun_conformance.engine.asking.sender import PERSONS, Sender
from neptun_conformance.exchange import Exchange
from neptun_conformance.judge.answer import Answer, Reply, Unasked
from neptun_conformance.questions.situations import Account, ChatOf
from neptun_conformance.resolve.resolved import ResolvedQuestion

ENOUGH = 5
"""Requests that were late once after which this is looked into."""
TIMES = 2
"""So often in a row must the second request on a connection be late."""
_TURN = 900
"""A turn of the plain question that no check asks for."""
_WORDS = f"{ON_USED_ONES}, and on a new one it is answered"


class UsedConnections:
    """Looks once in a run, while nothing else is under way, where much was late once.

    Arguments:
        sender: sends.
        budget: what these requests count towards.
    """

    def __init__(self, sender: Sender, budget: Budget) -> None:
        self._sender = sender
        self._budget = budget
        self._has_looked = False

    def look(self, repeated: Iterable[Reply | Later]) -> None:
        """Keep the owner's plain question without an answer where it is late on used ones alone.

        Arguments:
            repeated: what came of repeats, each over a connection of its own.
        """
        late = sum(map(_was_late_once, repeated))
        # Over HTTP/2 the next request goes over the same connection as well.
        if self._has_looked or late < ENOUGH or self._sender.client.version == "2":
            return
        self._has_looked = True
        resolved = self._sender.resolved(
            PERSONS[Account.OWNER].asks(ChatOf(Account.OWNER)).again(_TURN)
        )
        if isinstance(resolved, Unasked):
            return
        tries = [self._on_a_used_one(resolved) for _ in range(TIMES)]
        came = [exchange for exchange in tries if exchange]
        if len(came) < TIMES or self._on_a_new_one(resolved).response is None:
            return
        if failure := came[-1].failure:
            outcome = replace(failure, message=f"{failure.message}: {_WORDS}")
            self._sender.transcript.keep(resolved, replace(came[-1], outcome=outcome))

    def _on_a_new_one(self, resolved: ResolvedQuestion) -> Exchange:
        self._budget.spend()
        return self._sender.send(resolved, fresh=True)

    def _on_a_used_one(self, resolved: ResolvedQuestion) -> Exchange | None:
        """Return what came of the second request where it was late and the first was not."""
        if self._on_a_new_one(resolved).response is None:
            return None
        self._budget.spend()
        second = self._sender.send(resolved)
        return second if second.failure and second.failure.is_late else None


def _was_late_once(got: Reply | Later) -> bool:
    if not isinstance(got, Answer) or got.response is None:
        return False
    first = got.exchange.first_failure
    return first is not None and first.is_late
