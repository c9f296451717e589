"""Every answer is judged by what is due to it, also one that was asked for another reason."""

from __future__ import annotations

from collections.abc import Iterable

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.comparison import be_empty_lists
from neptun_conformance.judge.demands import Judge, Needs, Subject, judges
from neptun_conformance.judge.deviation import deviation
from neptun_conformance.judge.status import be_given, be_not_found, be_unauthorized
from neptun_conformance.questions.callers import anonymous
from neptun_conformance.questions.situations import Question, Route, UserOf
from neptun_conformance.resolve.expectation import STATUSES, Expected


def clause_of(answer: Answer) -> str | None:
    """Return the clause about the status that is due in a situation.

    None where more than one status is right, for a query, a header or a method that the operation
    does not know, and for sessions that are not valid, each of which has a check of its own.
    """
    question, expected = answer.resolved.question, answer.resolved.expected
    if not _is_plain(question):
        return None
    if expected is Expected.NOT_FOUND_OR_FILES:
        return "chat.unknown"
    if expected not in STATUSES:
        return None
    if expected is Expected.FILES:
        chat = answer.resolved.chat
        return "files.empty" if chat is not None and chat.empty else "success.status"
    if expected is Expected.NOT_FOUND:
        return _of_nobodys_or_anothers(answer)
    return _without_a_cookie(answer) if question.caller == anonymous else None


def _is_plain(question: Question) -> bool:
    """Tell whether there is nothing about a question but its caller, user and chat."""
    plain = question.method == "GET" and question.route is Route.PLAIN and not question.query
    ordinary = not question.voice and not question.documented
    return plain and ordinary and not question.headers


def _without_a_cookie(answer: Answer) -> str:
    question, chat = answer.resolved.question, answer.resolved.numbered
    user = question.user.account if isinstance(question.user, UserOf) else None
    if user is None or (chat is not None and chat.account is not user):
        return "authentication.unknown-user"
    if chat is None:
        return "authentication.unknown-chat"
    return "authentication.empty-chat" if chat.empty else "authentication.no-cookie"


def _of_nobodys_or_anothers(answer: Answer) -> str:
    question, chat = answer.resolved.question, answer.resolved.numbered
    user = question.user.account if isinstance(question.user, UserOf) else None
    if user is None:
        return "user.unknown"
    if chat is None:
        return "chat.unknown"
    if user is question.caller.account:
        return "ownership.foreign-chat"
    foreign = chat.account is not question.caller.account
    return "ownership.foreign-pair" if foreign else "ownership.foreign-user"


def get_what_is_due(clause: str) -> Judge:
    """Return the judge of all answers whose status a clause is about.

    What came at once with others, or as a step of several, is judged by the check that asked.
    """

    def among(answer: Answer) -> bool:
        alone = answer.facts.alone.get(answer.resolved.question) is answer
        return alone and clause_of(answer) == clause

    def shows(answer: Answer) -> bool:
        return among(answer) and answer.status is not None

    def judge(answer: Answer) -> Iterable[Problem]:
        wrong = shows(answer) and deviation(answer) is not None
        if not wrong or answer.status == STATUSES.get(answer.resolved.expected):
            return ()
        # In the words of the check that asks for it, so that both are one finding.
        return be_empty_lists(answer) if clause == "files.empty" else _due(answer)

    return judges(
        Needs.PLAIN_STATUS,
        Needs.ACCEPTED_TWIN,
        about=Subject(shows, "no such request was sent", among=among),
    )(judge)


def _due(answer: Answer) -> Iterable[Problem]:
    if answer.resolved.expected is Expected.FILES:
        return be_given(answer)
    unauthorized = answer.resolved.expected is Expected.UNAUTHORIZED
    return be_unauthorized(answer) if unauthorized else be_not_found(answer)
