"""What a 401 to a valid session means: a wrong answer, or a session that has ended."""

from __future__ import annotations

import threading
from collections import Counter

from neptun_conformance.engine.asking.budget import Budget
from neptun_conformance.engine.asking.sender import PERSONS, Sender
from neptun_conformance.exchange import Exchange
from neptun_conformance.judge.answer import Answer, Unasked
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

    def reason(self, account: Account) -> str:
        """Say what became of a session that is lost."""
        facts = self._sender.facts
        ever = any(facts.accepted(chat) for chat in facts.plain if chat.account is account)
        when = "no longer" if ever else "not"
        return f"the session of {PERSONS[account].words} is {when} accepted"

    def has_ended(self, account: Account) -> bool:
        """Tell whether a session has ended, after a 401 to it that nobody expected.

        Of those that come at once, one looks for all.
        """
        looks = self._looks[account]
        with self._lock:
            if account not in self.lost and looks == self._looks[account]:
                self._looks[account] += 1
                if not self._works(PERSONS[account]):
                    self.lost.add(account)
            return account in self.lost

    def renew(self, account: Account) -> bool:
        """Get another session in place of a lost one; tell whether it is accepted for long."""
        try:
            if not self._sender.participants.sessions.renew(account.value):
                return False
        except SessionError:
            return False
        person = PERSONS[account]
        if not all(self._works(person) for _ in range(LOOKS_AT_A_RENEWED_SESSION)):
            return False
        self.lost.discard(account)
        return True

    def lasts(self, account: Account, seconds: float) -> bool:
        """Tell whether a session, while nothing is asked with it, is accepted for so long."""
        self._sender.client.pause(seconds)
        if not self._works(PERSONS[account]):
            self.lost.add(account)
        return account not in self.lost

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
        return [
            *(person.asks(chat) for chat in chats),
            person.asks(chats[0]).with_query(f"again={number}"),
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


def doubtful(heard: Answer | Unasked | list[Answer | Unasked], account: Account) -> list[Answer]:
    """Return the 401s to somebody with a session that should be valid."""
    return [
        answer
        for answer in (heard if isinstance(heard, list) else [heard])
        if isinstance(answer, Answer)
        for step in (*answer.steps, answer)
        if step.status == 401
        and not step.untested
        and step.resolved.question.caller.account is account
    ]
