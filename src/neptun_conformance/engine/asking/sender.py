"""One question on its way: it becomes a request, is sent, and its answer is kept."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

from neptun_conformance.client import BurstBarrier, Client
from neptun_conformance.engine.asking.learning import Learned
from neptun_conformance.engine.asking.transcript import Transcript
from neptun_conformance.exchange import Exchange, Failure, FailureKind, Request
from neptun_conformance.judge.answer import Unasked
from neptun_conformance.judge.handing_out import handed_out, handed_out_by_kind
from neptun_conformance.questions.callers import HANDED_OUT, anonymous, owner, stranger
from neptun_conformance.questions.situations import (
    Account,
    Chat,
    ChatOf,
    Question,
    UnknownChat,
    UnknownUser,
)
from neptun_conformance.redaction.secrets import Redactor
from neptun_conformance.resolve.as_sent import as_sent
from neptun_conformance.resolve.participants import (
    Missing,
    NotApplicableHere,
    Participants,
)
from neptun_conformance.resolve.resolved import ResolvedQuestion, resolve

NOT_THE_TARGET = {FailureKind.BUDGET, FailureKind.THROTTLED, FailureKind.OVER}
"""Failures that the run brings about itself."""

NOBODY = anonymous.asks(UnknownChat(), under=UnknownUser())
PERSONS = {Account.OWNER: owner, Account.STRANGER: stranger}


class Sender:
    """Sends questions to one target, and keeps what comes.

    Arguments:
        client: the way to the target.
        participants: the people of the run.
        learned: what the run knows beside each answer.
    """

    def __init__(self, client: Client, participants: Participants, learned: Learned) -> None:
        self.client = client
        self.participants = participants
        self.learned = learned
        self.facts = learned.facts
        self.transcript = Transcript(learned.facts)
        self.is_refused = False
        """Whether there was no connection when it was last seen whether the target answers."""

    def resolved(self, question: Question) -> ResolvedQuestion | Unasked:
        """Return a question with its request, or why it cannot be asked of this target."""
        names_any = question.headers or question.query or question.body
        validators = self._validators(question.chat) if names_any else {}
        try:
            resolved = resolve(
                question,
                self.participants,
                validators=validators,
                handed_out=self._handed_out(question),
            )
        except Missing as missing:
            return Unasked(question, str(missing), nobody=True)
        except NotApplicableHere as reason:
            return Unasked(question, str(reason), applicable=False)
        unsendable = self.client.why_unsendable(resolved.request)
        if unsendable:
            return Unasked(question, unsendable, applicable=False)
        return self._shared(resolved) if self.client.shares_connections else resolved

    def _shared(self, resolved: ResolvedQuestion) -> ResolvedQuestion:
        """Return a question as it goes where others are under way on the same connection.

        What a server may end the connection for goes over one of its own.
        """
        request = resolved.request
        if resolved.closable or resolved.is_long:
            return replace(resolved, closable=True, request=replace(request, fresh=True))
        return replace(resolved, closable=self.client.may_be_reset(request))

    def send(
        self,
        resolved: ResolvedQuestion,
        *,
        fresh: bool = False,
        together: BurstBarrier | None = None,
        unless: Callable[[], str | None] = lambda: None,
    ) -> Exchange:
        """Send a question; what takes much memory alone, unless others wait to go with it.

        Arguments:
            resolved: the question.
            fresh: use a new connection.
            together: with which others it is to arrive, which must not wait for it in vain.
            unless: says, once it is its turn, why it is not sent after all.
        """
        is_alone = self.transcript.has_huge and together is None
        # Only what is throttled needs it, and it takes as long as to resolve the question itself.
        beside = lambda: self._plain_request(resolved)  # noqa: E731
        with self.transcript.alone if is_alone else nullcontext():
            return self.client.exchange(
                resolved.request, fresh=fresh, together=together, beside=beside, unless=unless
            )

    def told(self, resolved: ResolvedQuestion) -> str:
        """Return a question in words, with what went out but for secrets."""
        redactor = Redactor(self.participants.sessions.secrets())
        return str(as_sent(resolved, redactor.redact))

    def stop(self) -> None:
        """Send nothing more, and wait for nothing that is under way."""
        self.transcript.is_over = True
        self.client.close()

    def is_answered(self, question: Question) -> bool | None:
        """Ask on a fresh connection, and tell whether any answer came; None where it cannot be."""
        resolved = self.resolved(question)
        if isinstance(resolved, Unasked):
            return None
        exchange = self.client.exchange(resolved.request, fresh=True)
        kind = exchange.outcome.kind if isinstance(exchange.outcome, Failure) else None
        self.is_refused = kind is FailureKind.CONNECT
        return exchange.response is not None

    def _plain_request(self, resolved: ResolvedQuestion) -> Request | None:
        """Return the same caller's plainest request, None where that is the very request.

        What differs from the one at hand in one thing only may be throttled as well.
        """
        account = resolved.question.caller.account
        own = PERSONS[account].asks(ChatOf(account)) if account else NOBODY
        plain = self.resolved(own)
        if isinstance(plain, Unasked) or plain.request == resolved.request:
            return None
        return plain.request

    def _handed_out(self, question: Question) -> str | None:
        """Return a session that a refusal set, where the caller shows that; it is a secret."""
        session = self._session_of_a_refusal(question)
        if session is not None:
            self.participants.sessions.keep_secret(session)
        return session

    def _session_of_a_refusal(self, question: Question) -> str | None:
        of = question.caller.of or ""
        if of == HANDED_OUT:
            return handed_out(self.transcript.answers)
        name, _, situation = of.rpartition(" ")
        if name != HANDED_OUT:
            return None
        sessions = handed_out_by_kind(self.transcript.answers)
        return dict(enumerate(sessions)).get(int(situation))

    def _validators(self, chat: Chat) -> dict[str, str]:
        """Return the validators that the owner of a chat was given at first."""
        plain = self.facts.plain.get(chat) if isinstance(chat, ChatOf) else None
        response = plain.response if plain else None
        if response is None:
            return {}
        found = {
            "etag": response.header("ETag"),
            "last_modified": response.header("Last-Modified"),
        }
        return {name: value for name, value in found.items() if value}
