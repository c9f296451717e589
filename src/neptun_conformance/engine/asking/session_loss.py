"""What a 401 to a valid session means: a wrong answer, or a session that has ended."""

from __future__ import annotations

import math
import threading
from collections import Counter
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from neptun_conformance.engine.asking.budget import Budget
from neptun_conformance.engine.asking.sender import PERSONS, Sender
from neptun_conformance.exchange import Exchange
from neptun_conformance.judge.answer import Answer, Replies, Unasked, each
from neptun_conformance.questions.callers import Person, anonymous
from neptun_conformance.questions.situations import Account, Question, Written
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.resolved import ResolvedQuestion
from neptun_conformance.targets.session import SessionError

_MAYBE_UNAUTHORIZED = {
    Expected.UNAUTHORIZED,
    Expected.NO_FILES,
    Expected.NO_DATA,
    Expected.FILES_OR_ANYTHING,
}
"""What is due where nothing is found fault with in a 401 to a valid session."""

LOOKS_AT_A_RENEWED_SESSION = 2
"""A session that is good for one request is not blamed on the request that follows."""


def is_doubtful(resolved: ResolvedQuestion) -> bool:
    """Tell whether a 401 to a valid session is a finding, unless that session has ended."""
    return resolved.expected not in _MAYBE_UNAUTHORIZED


@dataclass(slots=True)
class Gap:
    """A time without a session, by the clock of the client.

    Arguments:
        session: the session that had ended.
        found: when that was found out.
        until: when another one was accepted.
    """

    session: str
    found: float
    until: float = math.inf


class Sessions:
    """Finds out which sessions have ended, and renews those that a command gives.

    Arguments:
        sender: asks the plain questions that show whether a session still works.
        budget: what these questions count towards.
    """

    def __init__(self, sender: Sender, budget: Budget) -> None:
        self.lost: set[Account] = set()
        """Whose session is not, or no longer, accepted."""
        self._sender = sender
        self._budget = budget
        self._looks: Counter[Account] = Counter()
        self._lock = threading.Lock()
        self.gaps: dict[Account, list[Gap]] = {account: [] for account in Account}
        """When whose session was not accepted, each from when that was found out."""
        self.charged: set[Question] = set()
        """What ended renewed sessions again and again, so that its 401 is its doing."""
        self._short: set[Account] = set()
        self._turns = {account: threading.Lock() for account in Account}

    def reason(self, account: Account) -> str:
        """Say what became of a session that is lost."""
        if account in self._short:
            return f"each session of {PERSONS[account].words} is accepted for a request or two only"
        when = "no longer" if self._was_ever_accepted(account) else "not"
        return f"the session of {PERSONS[account].words} is {when} accepted"

    @property
    def advice(self) -> list[str]:
        """What to do about each session that is lost."""
        return [self._advice(account) for account in Account if account in self.lost]

    def _advice(self, account: Account) -> str:
        role = account.value
        if account in self._short:
            return f"{self.reason(account)}: have its command give one that lasts"
        if not self._was_ever_accepted(account):
            whose = f"the {role}'s session is refused"
            return f"{whose}: if it ought to work, that is the finding; else renew it"
        if self._sender.participants.sessions.is_renewable(account.value):
            return f"the {role}'s sessions end too soon: have their command give one that lasts"
        command = f"{role}.session: {{command: …}}"
        return f"the {role}'s session ended in the run: let a command log in anew ({command})"

    def _was_ever_accepted(self, account: Account) -> bool:
        facts = self._sender.facts
        return any(facts.accepted(chat) for chat in facts.plain if chat.account is account)

    def has_ended(self, account: Account) -> bool:
        """Tell whether a session has ended, after a 401 to it that nobody expected.

        Of those that come at once, one looks for all.
        """
        looks = self._looks[account]
        with self._lock:
            if account not in self.lost and looks == self._looks[account]:
                self._looks[account] += 1
                if not self._works(PERSONS[account]):
                    self._lose(account)
            return account in self.lost

    def turn_of(self, account: Account | None) -> AbstractContextManager[object]:
        """Let one after the other ask whose session has ended before, as it may do so again.

        Whatever is under way when it does is refused, and has to be asked once more.
        """
        return self._turns[account] if account and self.gaps[account] else nullcontext()

    def renew(self, account: Account) -> bool:
        """Get another session in place of a lost one; tell whether it is accepted for long."""
        if not self._budget.left:
            return False
        try:
            if not self._sender.participants.sessions.renew(account.value):
                return False
        except SessionError:
            return False
        person = PERSONS[account]
        for look in range(LOOKS_AT_A_RENEWED_SESSION):
            if not self._works(person):
                self._short.update([account] if look else [])
                return False
        self.lost.discard(account)
        if self.gaps[account]:
            self.gaps[account][-1].until = self._sender.client.elapsed()
        return True

    def refresh(self) -> None:
        """Get new sessions for those whose session has ended before, so that the next ones last."""
        for account, gaps in self.gaps.items():
            if gaps and account not in self.lost:
                self.renew(account)

    def lasts(self, account: Account, seconds: float) -> bool:
        """Tell whether a session, while nothing is asked with it, is accepted for so long."""
        self._sender.client.pause(seconds)
        if not self._works(PERSONS[account]):
            self._lose(account)
        return account not in self.lost

    def _lose(self, account: Account) -> None:
        self.lost.add(account)
        session = self._sender.participants.sessions.current(account.value)
        if session is not None:
            self.gaps[account].append(Gap(session, self._sender.client.elapsed()))

    def _works(self, person: Person) -> bool:
        """Ask a person's plain questions again on fresh connections, and past any cache."""
        came: list[tuple[ResolvedQuestion, Exchange]] = []
        works = any(self._is_let_in(question, came) for question in self._proofs(person))
        for resolved, exchange in came:
            lost = None if works else f"the session of {person.words} is no longer accepted"
            self._sender.transcript.keep(resolved, exchange, untested=lost)
        return works

    def _proofs(self, person: Person) -> list[Question]:
        """Return what shows that a session works, the surest first."""
        facts, number = self._sender.facts, len(self._sender.transcript.answers)
        chats = sorted((person.full, person.empty), key=lambda chat: not facts.accepted(chat))
        # No cache has seen these before; the 404 shows that the session still works.
        other = Written(str(self._sender.participants.unknown_chat + 1 + number))
        past_caches = person.asks(chats[0]).with_query(f"again={number}")
        if person.account and self.gaps[person.account]:
            return [person.asks(chats[0]), past_caches]  # it is known by now that sessions end
        return [
            *(person.asks(chat) for chat in chats),
            past_caches,
            person.asks(other, under=person),
        ]

    def _is_let_in(self, question: Question, came: list[tuple[ResolvedQuestion, Exchange]]) -> bool:
        status = self._status(question, came)
        if status in {401, None}:
            return False
        # A server may look for the chat before it looks at the session.
        return status != 404 or self._status(_by_nobody(question), came) == 401

    def _status(
        self, question: Question, came: list[tuple[ResolvedQuestion, Exchange]]
    ) -> int | None:
        resolved = self._sender.resolved(question)
        if isinstance(resolved, Unasked):
            return None
        self._budget.spend()
        exchange = self._sender.client.exchange(resolved.request, fresh=True)
        came.append((resolved, exchange))
        return getattr(exchange.outcome, "status", None)


def _by_nobody(question: Question) -> Question:
    return anonymous.asks(question.chat, under=question.user)


def doubtful(heard: Replies, account: Account) -> list[Answer]:
    """Return the 401s to somebody with a session that should be valid."""
    return [
        answer
        for answer in each(heard)
        if isinstance(answer, Answer)
        for step in (*answer.steps, answer)
        if step.status == 401
        and not step.untested
        and step.resolved.question.caller.account is account
    ]
