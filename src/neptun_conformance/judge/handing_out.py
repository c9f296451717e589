"""Sessions that answers set: whose they may be, and to whom they may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.contract.endpoint import COOKIE
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Subject, judges
from neptun_conformance.judge.hygiene import issued_sessions, sets_a_session
from neptun_conformance.questions.callers import Caller
from neptun_conformance.questions.situations import Account, Route


def handed_out(answers: Iterable[Answer]) -> str | None:
    """Return the session that the newest of some answers gave to a caller without a valid one."""
    given = [
        answer
        for answer in answers
        if answer.resolved.question.caller.account is None and sets_a_session(answer)
    ]
    return next(_sessions(given[-1])) if given else None


def handed_out_by_kind(answers: Iterable[Answer]) -> list[str]:
    """Return a session of each kind of situation in which callers without a valid one got some."""
    found: dict[str, str] = {}
    for answer in answers:
        question = answer.resolved.question
        if question.caller.account is None and sets_a_session(answer):
            route = question.route is Route.PLAIN and answer.resolved.expected.name
            kind = f"{question.method} {route} {_way(question.caller)}"
            found.setdefault(kind, next(_sessions(answer)))
    return list(dict.fromkeys(found[kind] for kind in sorted(found)))


def _way(caller: Caller) -> str:
    if caller.channel == "none":
        return "nothing"
    altered = caller.alter is not None or caller.channel != "cookie"
    return "something" if altered else str(caller.of)


def _cookies(answer: Answer) -> list[str]:
    """Return the values that an answer gives cookies of any name."""
    lines = answer.response.header_values("Set-Cookie") if answer.response else []
    return [line.partition(";")[0].partition("=")[2].strip().strip('"') for line in lines]


@judges(about=Subject(lambda answer: any(_cookies(answer)), "no Set-Cookie came", applicable=False))
def give_nobodys_session_away(answer: Answer) -> Iterator[Problem]:
    """Demand that no answer sets a session of the run, save to its holder (RFC 6265 section 8).

    Whatever the name of the cookie is.
    """
    sessions = _cookies(answer)
    if not sessions:
        return
    caller = answer.resolved.question.caller
    known = _sessions_of_the_run(answer)
    for session in sessions:
        holder = known.get(unquote(session))
        if holder is not None and holder is not caller.account:
            expected = f"no session of the {holder.value}"
            actual = f"Set-Cookie gives it to {caller.words}"
            yield Problem("a response gives a session to another caller", expected, actual)


def _sessions(answer: Answer) -> Iterator[str]:
    """Yield the values that an answer gives the session cookie."""
    for value in issued_sessions(answer.response) if answer.response else ():
        yield value.partition(";")[0].partition("=")[2].strip().strip('"')


def _sessions_of_the_run(answer: Answer) -> dict[str, Account]:
    """Return the sessions that the plain questions of owner and stranger showed, by value."""
    found = {}
    for chat, plain in answer.facts.plain.items():
        shown = dict(plain.exchange.request.headers).get("Cookie", "")
        found[unquote(shown.removeprefix(f"{COOKIE}="))] = chat.account
    return found
