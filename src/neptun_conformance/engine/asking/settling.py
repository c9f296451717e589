"""What an exchange comes to: an answer that counts, one that does not, or a question for later."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from neptun_conformance.client import BurstBarrier, is_throttled
from neptun_conformance.engine.asking.budget import Budget
from neptun_conformance.engine.asking.deferred import Deferred, Later, Step, Why
from neptun_conformance.engine.asking.hanging import Hanging
from neptun_conformance.engine.asking.limits import Limits
from neptun_conformance.engine.asking.outages import Outages
from neptun_conformance.engine.asking.repeating import Repeating
from neptun_conformance.engine.asking.sender import NOT_THE_TARGET, Sender
from neptun_conformance.engine.asking.session_loss import Sessions, is_doubtful
from neptun_conformance.engine.asking.throttled import TIMES, Throttled, verdict_on
from neptun_conformance.engine.asking.used import UsedConnections
from neptun_conformance.exchange import Exchange, Failure, FailureKind
from neptun_conformance.judge.answer import Answer, Reply, Unasked
from neptun_conformance.questions.situations import Account, Question, Sequence
from neptun_conformance.resolve.resolved import ResolvedQuestion

Came = list[tuple[Step, Reply | Later]]
Each = Callable[[Iterable[Any], Callable[[Any], Reply | Later]], Came]

TIMES_A_SESSION_ENDS = 3
"""So often in a row must a request end a renewed session before that is its doing."""


class Settling:
    """Asks one thing at a time, from as many threads as like to.

    Arguments:
        sender: sends.
        budget: what repeats count towards.
        limits: how long to wait for what.
    """

    def __init__(self, sender: Sender, budget: Budget, limits: Limits) -> None:
        self.outages = Outages(sender, limits)
        self.sessions = Sessions(sender, budget)
        self._sender = sender
        self._budget = budget
        self.hanging = Hanging(limits)
        self._repeating = Repeating(sender, self.outages, budget, self.hanging)
        self._throttled = Throttled(sender.client, limits)
        self._used = UsedConnections(sender, budget)
        self._given_up: set[Account] = set()
        self._lock = threading.Lock()

    def ask(self, asked: Step, *, together: BurstBarrier | None = None) -> Reply | Later:
        """Ask while others are under way."""
        return self._made(asked, None, together)

    def is_askable(self, question: Question) -> bool:
        """Tell whether a question would be sent."""
        is_sendable = not isinstance(self._sender.resolved(question), Unasked)
        return is_sendable and not self._why_not(question, None)

    def next_round(self, later: list[Later], each: Each) -> Came:
        """Settle what was put off, as far as that goes: the failed, the held, and so on.

        Arguments:
            later: what was put off.
            each: asks several side by side in a given way.
        """
        settle = {
            Why.FAILED: self._repeated,
            Why.HELD: self._after_a_stall,
            Why.LOST: self._after_loss,
            Why.THROTTLED: self._after_throttling,
        }
        why = next(why for why in settle if any(one.why is why for one in later))
        others: Came = [(one.asked, one) for one in later if one.why is not why]
        return others + settle[why]([one for one in later if one.why is why], each)

    def _repeated(self, failed: list[Later], _each: Each) -> Came:
        """Repeat one at a time; what failed itself shows whether its kind is worth a try.

        Where some failed by chance, as over a bad line, another may have done so twice.
        """
        ordered = sorted(failed, key=lambda one: one.exchange is None)
        came = [self._made(one.asked, one) for one in ordered]
        if any(map(_failed_by_chance, came)):
            came = [self._once_more(one, got) for one, got in zip(ordered, came, strict=True)]
        self._used.look(came)
        self.hanging.forgive()
        return [(one.asked, got) for one, got in zip(ordered, came, strict=True)]

    def _once_more(self, one: Later, got: Reply | Later) -> Reply | Later:
        """Repeat what was dropped again, unless the target was gone by its doing, or is."""
        failure = got.failure if isinstance(got, Answer) and not got.untested else None
        if not isinstance(got, Answer) or not failure or failure.kind is not FailureKind.DROPPED:
            return got
        if self.outages.ended or got.resolved.question in self.outages.blamed:
            return got
        self._sender.transcript.drop([got])
        return self._made(one.asked, one)

    def _after_a_stall(self, held: list[Later], each: Each) -> Came:
        """Ask what was held back as usual, unless what is like it got no answer again."""
        freed: list[Step] = []
        left: Came = []
        for one in held:
            reason = self._why_not(one.held, None) if one.held else None
            if reason:
                left.append((one.asked, Unasked(one.asked, reason)))
            else:
                freed.append(one.asked)
        return left + each(freed, self.ask)

    def _after_throttling(self, throttled: list[Later], _each: Each) -> Came:
        """Wait once for all, and ask again one after the other."""
        return self._throttled.ask_again(throttled, lambda one: self._made(one.asked, one))

    def _after_loss(self, lost: list[Later], each: Each) -> Came:
        """Renew lost sessions, ask alone what may have ended them, and then all the rest."""
        for account in {one.account for one in lost if one.account}:
            if account in self.sessions.lost and not self.sessions.renew(account):
                self._given_up.add(account)
        came: Came = [(one.asked, self._ended_again(one)) for one in lost if one.exchange]
        rest = [one.asked for one in lost if not one.exchange]
        return came + each(rest, self.ask)

    def _ended_again(self, one: Later) -> Reply | Later:
        """Ask alone, with a renewed session each time, until it does not end the session."""
        if one.account in self._given_up:
            return self._made(one.asked, one)
        got: Reply | Later = one
        clock, took = self._sender.client.elapsed, 0.0
        for _ in range(TIMES_A_SESSION_ENDS):
            began = clock()
            self._budget.spend()
            got = self._made(one.asked, replace(one, exchange=None, resolved=None))
            took = clock() - began
            if not isinstance(got, Later) or got.why is not Why.LOST or got.account is None:
                return got
            if not self.sessions.renew(got.account):
                self._given_up.add(got.account)
                return self._made(one.asked, got)
        assert isinstance(got, Later) and got.resolved and got.exchange  # noqa: S101, PT018
        account = got.account
        assert account is not None  # noqa: S101 - the loop has looked
        untested = None
        if not self.sessions.lasts(account, took):
            untested = self.sessions.reason(account)
            if not self.sessions.renew(account):
                self._given_up.add(account)
        else:
            self.sessions.charged.add(got.resolved.question)
        answer = self._sender.transcript.keep(got.resolved, got.exchange, untested=untested)
        return replace(answer, steps=got.steps)

    def _made(
        self, asked: Step, later: Later | None, together: BurstBarrier | None = None
    ) -> Reply | Later:
        try:
            if isinstance(asked, Sequence):
                return self._in_order(asked, later)
            return self._question(asked, later, together)
        except Deferred as deferred:
            return replace(deferred.later, asked=asked)

    def _in_order(self, sequence: Sequence, later: Later | None) -> Reply:
        done: list[Answer] = []
        for step in sequence.steps:
            try:
                got = self._question(step, later, None)
            except Deferred as deferred:
                raise Deferred(replace(deferred.later, steps=tuple(done))) from None
            if isinstance(got, Answer):
                done.append(got)
            elif got.applicable or not sequence.alone or step is sequence.steps[-1]:
                return replace(got, asked=sequence)
        return replace(done[-1], steps=tuple(done[:-1]))

    def _question(
        self, question: Question, later: Later | None, together: BurstBarrier | None
    ) -> Reply:
        account = None if together else question.caller.account
        with self.sessions.turn_of(account):
            return self._in_turn(question, later, together)

    def _in_turn(
        self, question: Question, later: Later | None, together: BurstBarrier | None
    ) -> Reply:
        is_repeat = later is not None and later.why is Why.FAILED
        self.outages.wait_while_gone()
        reason = self._why_not(question, later)
        if reason:
            self._hold(question, later)
            return self._left(question, reason, later)
        account = question.caller.account
        if account in self.sessions.lost and not together:
            raise Deferred(Later(question, Why.LOST, account=account))
        if self.hanging.is_suspect(question.kind) and not is_repeat and not together:
            raise Deferred(Later(question, Why.FAILED))
        resolved = self._sender.resolved(question)
        if isinstance(resolved, Unasked):
            return resolved
        if later is not None and is_repeat:
            settled = self._repeating.repeat(resolved, later)
            if isinstance(settled, Answer):
                return settled
            return self._settled(resolved, settled, later, together)
        return self._sent(resolved, later, together)

    def _sent(
        self, resolved: ResolvedQuestion, later: Later | None, together: BurstBarrier | None
    ) -> Answer:
        question, known = resolved.question, self.outages.count
        exchange = self._sender.send(
            resolved,
            together=together,
            unless=lambda: None if together else self._why_not(question, later),
        )
        failure = exchange.failure
        if failure and failure.kind not in NOT_THE_TARGET:
            if failure.is_late:
                self.hanging.note(resolved, exchange)
            is_allowed = failure.kind is FailureKind.DROPPED and resolved.closable
            if is_allowed and self.outages.is_there(resolved):
                return self._sender.transcript.keep(resolved, exchange)
            gone = self.outages.look_after(resolved, since=known)
            raise Deferred(Later(question, Why.FAILED, resolved, exchange, gone))
        if failure:
            self._hold(question, later)
        return self._settled(resolved, exchange, later, together)

    def _hold(self, question: Question, later: Later | None) -> None:
        """Put a question off that is like one which gets no answer, until that was repeated."""
        if later is None and not self._hopeless(question):
            resolved = self._sender.resolved(question)
            if isinstance(resolved, ResolvedQuestion) and self.hanging.holds(resolved):
                raise Deferred(Later(question, Why.HELD, held=question))

    def _settled(
        self,
        resolved: ResolvedQuestion,
        exchange: Exchange,
        later: Later | None,
        together: BurstBarrier | None,
    ) -> Answer:
        """Keep what came, unless it is to be asked again."""
        keep, outcome = self._sender.transcript.keep, exchange.outcome
        if isinstance(outcome, Failure):
            return keep(resolved, exchange, untested=outcome.message)
        if later is not None:
            exchange = replace(exchange, waits=later.waits + exchange.waits)
        if is_throttled(outcome):
            times = later.times + 1 if later else 1
            if times < TIMES and not (later and self._throttled.is_over(later)):
                one = Later(resolved.question, Why.THROTTLED, resolved, exchange, times=times)
                waited = later.waited if later else 0.0
                raise Deferred(replace(one, waits=exchange.waits, waited=waited))
            return keep(resolved, exchange, untested=verdict_on(outcome, resolved))
        account = resolved.question.caller.account
        is_wrong = outcome.status == 401 and is_doubtful(resolved)
        if is_wrong and account and not together and self.sessions.has_ended(account):
            raise Deferred(Later(resolved.question, Why.LOST, resolved, exchange, account=account))
        return keep(resolved, exchange)

    def _left(self, question: Question, reason: str, later: Later | None) -> Reply:
        """Leave a question alone; what came of it before is kept as what says nothing."""
        if later and later.resolved and later.exchange and later.resolved.question == question:
            return self._sender.transcript.keep(later.resolved, later.exchange, untested=reason)
        return Unasked(question, reason)

    def _why_not(self, question: Question, later: Later | None) -> str | None:
        """Say why a question is not sent, or not again, None where it is."""
        if (hopeless := self._hopeless(question)) is not None:
            return hopeless
        if later is not None and later.why is Why.FAILED:
            return self.hanging.why_not_repeated(later)
        if not self.hanging.leaves_out_any:
            return None
        resolved = self._sender.resolved(question)
        return None if isinstance(resolved, Unasked) else self.hanging.why_not_asked(resolved)

    def _hopeless(self, question: Question) -> str | None:
        if self.outages.ended:
            return self.outages.ended
        account = question.caller.account
        if account in self._given_up or (account in self.sessions.lost and self._never(account)):
            return self.sessions.reason(account)
        return self.hanging.why_not_of(question.kind)

    def _never(self, account: Account | None) -> bool:
        """Tell whether a session was never accepted; that was found out at first."""
        facts = self._sender.facts
        return not any(facts.accepted(c) for c in facts.plain if c.account is account)


def _failed_by_chance(got: Reply | Later) -> bool:
    """Tell whether what had failed got an answer when it was repeated."""
    repeated = got.exchange if isinstance(got, Answer) and got.response is not None else None
    return repeated is not None and repeated.first_failure is not None
