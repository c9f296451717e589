"""The first questions of a run: is there a server, and whose session does it accept?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from neptun_conformance.engine.asking.hanging import Hanging
from neptun_conformance.engine.asking.sender import NOBODY, NOT_THE_TARGET, Sender
from neptun_conformance.engine.asking.session_loss import Sessions
from neptun_conformance.exchange import Exchange, FailureKind
from neptun_conformance.judge.answer import Answer, Reply, Unasked
from neptun_conformance.judge.voices import differs
from neptun_conformance.questions.callers import Person, owner, stranger
from neptun_conformance.questions.situations import Account, Asked, ChatOf, Question
from neptun_conformance.resolve.resolved import ResolvedQuestion

Ask = Callable[[Question], Reply]


class Unreachable(Exception):
    """There is no server at the target; the message says why and what to do."""


class Reaching:
    """Asks each person's plain questions.

    Arguments:
        sender: sends them.
        sessions: which sessions are lost.
        hanging: is told what hangs.
    """

    def __init__(self, sender: Sender, sessions: Sessions, hanging: Hanging) -> None:
        self._sender = sender
        self._sessions = sessions
        self._hanging = hanging
        self._heard: dict[Question, Reply] = {}

    def reach(
        self, each: Callable[[Iterable[Question], Ask], dict[Question, Reply]]
    ) -> dict[Asked, Reply]:
        """Return what came of the plain questions; ``each`` asks several in a given way.

        Raises:
            Unreachable: neither they nor an anonymous question gets an answer in HTTP.
        """
        plain = [p.asks(chat) for p in (owner, stranger) for chat in (p.full, p.empty)]
        heard = each([plain[0], NOBODY, *plain[1:]], self._ask)
        if not any(_speaks_http(got) for got in heard.values()):
            raise Unreachable(_why_unreachable([*heard.values()]))
        for question in plain:
            self._remember(question, heard[question])
        for person in (owner, stranger):
            self._let_in(person)
            self._compare_with_one_alone(person)
        return dict(self._heard.items())

    def _let_in(self, person: Person) -> None:
        """Make sure that a session works: ask again, with a new one if need be.

        One that is accepted for one chat, and then for none, has ended; nothing fails by it.
        """
        account = _account(person)
        questions = [person.asks(chat) for chat in (person.full, person.empty)]
        refused = [q for q in questions if self._status(q) == 401]
        accepted = [q for q in questions if self._status(q) not in {401, None}]
        if not refused or (accepted and not self._sessions.has_ended(account)):
            return
        if not accepted:
            self._ask_again(refused)
            if any(self._status(q) not in {401, None} for q in questions):
                return
            self._sessions.lost.add(account)
        if self._sessions.renew(account):
            self._ask_again(refused)
        elif accepted:
            self._set_aside(refused, account)

    def _compare_with_one_alone(self, person: Person) -> None:
        """Let others be compared with a plain answer that came alone, where one of many is wrong.

        Callers who ask at once may be mixed up. A wrong status still counts for its question; a
        list of other files is judged with all readings of the run.
        """
        for question in (person.asks(chat) for chat in (person.full, person.empty)):
            got = self._heard[question]
            if isinstance(got, Unasked) or got.untested or _hung(got) or not differs(got):
                continue
            alone = self._ask(question)
            if isinstance(alone, Answer) and self._is_right_by_itself(question, alone):
                self._heard[question] = alone if got.accepted else replace(got, mixed_up=True)
            else:
                self._refer_to(question, got)

    def _is_right_by_itself(self, question: Question, alone: Answer) -> bool:
        """Tell whether nothing is wrong with an answer, whatever came before; refer to it."""
        self._refer_to(question, alone)
        return not differs(alone)

    def _ask_again(self, refused: list[Question]) -> None:
        for question in refused:
            got = self._heard[question]
            self._sender.transcript.drop([got] if isinstance(got, Answer) else [])
            self._remember(question, self._ask(question, fresh=True))

    def _set_aside(self, refused: list[Question], account: Account) -> None:
        for question in refused:
            got = self._heard[question]
            if isinstance(got, Answer):
                reason = self._sessions.reason(account)
                self._remember(question, self._sender.transcript.set_aside(got, reason))

    def _status(self, question: Question) -> int | None:
        got = self._heard.get(question)
        return got.status if isinstance(got, Answer) else None

    def _remember(self, question: Question, got: Reply) -> None:
        self._heard[question] = got
        if isinstance(got, Answer):
            self._refer_to(question, got)

    def _refer_to(self, question: Question, got: Answer) -> None:
        if isinstance(question.chat, ChatOf):
            self._sender.learned.compare_with(question.chat, got)

    def _ask(self, question: Question, *, fresh: bool = False) -> Reply:
        """Ask before it is known whether there is a server: a failure is nobody's yet."""
        resolved = self._sender.resolved(question)
        if isinstance(resolved, Unasked):
            return resolved
        client = self._sender.client
        exchange = client.exchange(resolved.request, fresh=fresh)
        if exchange.failure and exchange.failure.kind not in NOT_THE_TARGET:
            exchange = client.exchange(resolved.request, fresh=True)
            self._note_a_hang(resolved, exchange)
        failure = exchange.failure
        ours = failure is not None and failure.kind in NOT_THE_TARGET
        untested = failure.message if failure and ours else None
        return self._sender.transcript.keep(resolved, exchange, untested=untested)

    def _note_a_hang(self, resolved: ResolvedQuestion, exchange: Exchange) -> None:
        """Note what hangs twice: what is like it need not hang as well to be known."""
        if exchange.failure and exchange.failure.is_late:
            self._hanging.note(resolved, exchange)
            self._hanging.note_again(resolved, exchange)


def _hung(answer: Answer) -> bool:
    return answer.failure is not None and answer.failure.is_late


def _account(person: Person) -> Account:
    assert person.account is not None  # noqa: S101 - persons have one
    return person.account


def _speaks_http(got: Reply) -> bool:
    """Tell whether an answer came, or at least the head of one."""
    if not isinstance(got, Answer):
        return False
    failure = got.failure
    return failure is None or failure.status is not None or failure.kind is FailureKind.THROTTLED


def _why_unreachable(heard: list[Reply]) -> str:
    failures = [got.failure for got in heard if isinstance(got, Answer) and got.failure]
    return failures[-1].message if failures else "no question could be asked"
