"""Which refusals say nothing, because the session that was shown had ended by then."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from neptun_conformance.engine.asking.session_loss import Gap, Sessions
from neptun_conformance.judge.answer import Answer, Replies, each
from neptun_conformance.questions.situations import Account, Asked
from neptun_conformance.resolve.expectation import Expected


class InVain:
    """Tells which answers of a run came while an account had no session.

    A refusal of a session that has ended is right where any is, and so is one of what was made of
    such a session: neither says what the target makes of a valid one.

    Arguments:
        account: whose session ended.
        sessions: when they ended, and what ended them.
        answers: every answer of the run.
    """

    def __init__(self, account: Account, sessions: Sessions, answers: Iterable[Answer]) -> None:
        self._account = account
        self._charged = sessions.charged
        served = [answer for answer in answers if _is_served(answer, account)]
        self._gaps = [(gap, _last(served, gap)) for gap in sessions.gaps[account]]

    def among(self, heard: dict[Asked, Replies]) -> list[Asked]:
        """Return what of this was asked in vain."""
        if not self._gaps:
            return []
        return [asked for asked, got in heard.items() if any(map(self._any, answers_in(got)))]

    def set_aside(self, heard: Replies, leave: Callable[[Answer], Answer]) -> Replies:
        """Return replies in which each that came in vain is left open."""
        if isinstance(heard, list):
            return [leave(a) if isinstance(a, Answer) and self._any(a) else a for a in heard]
        return leave(heard) if isinstance(heard, Answer) and self._any(heard) else heard

    def _any(self, answer: Answer) -> bool:
        return any(map(self._holds, (*answer.steps, answer)))

    def _holds(self, answer: Answer) -> bool:
        """Tell whether an answer is a refusal that came in a time without a session."""
        question = answer.resolved.question
        if answer.untested or not answer.refused or question in self._charged:
            return False
        if _holder(answer) is self._account:
            return answer.status == 401 and any(
                _is_shown(gap, answer, at) for gap, at in self._gaps
            )
        if question.caller.of != self._account.value:
            return False
        began = answer.exchange.started
        return any(at is not None and _end(at) < began < gap.until for gap, at in self._gaps)


def answers_in(heard: Replies) -> list[Answer]:
    """Return the answers among replies."""
    return [got for got in each(heard) if isinstance(got, Answer)]


def _is_shown(gap: Gap, answer: Answer, last: Answer | None) -> bool:
    """Tell whether an answer is to a session that had ended; others may have been under way."""
    shown = dict(answer.resolved.request.headers).get("Cookie", "")
    return gap.session in shown and (last is None or _end(answer) >= last.exchange.started)


def _is_served(answer: Answer, account: Account) -> bool:
    """Tell whether an answer shows that a session was accepted; a bare 404 may be a router's."""
    missing = answer.status == 404 and answer.resolved.expected is Expected.NOT_FOUND
    return _holder(answer) is account and (answer.accepted or missing)


def _holder(answer: Answer) -> Account | None:
    return answer.resolved.question.caller.account


def _last(served: list[Answer], gap: Gap) -> Answer | None:
    """Return the last answer before a gap to somebody whose session was accepted."""
    before = [answer for answer in served if answer.exchange.started < gap.found]
    return max(before, key=lambda answer: answer.exchange.started, default=None)


def _end(answer: Answer) -> float:
    return answer.exchange.started + answer.exchange.seconds
