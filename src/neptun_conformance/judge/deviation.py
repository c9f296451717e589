"""In what an answer differs from what is due to it: status, form and files, whoever asked why."""

from __future__ import annotations

from collections import Counter

from neptun_conformance.bodies.problem import Problem, listed
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.further_chats import is_wrong_guess
from neptun_conformance.questions.free_voices import Free, left_free
from neptun_conformance.questions.situations import ChatOf, Route
from neptun_conformance.resolve.expectation import (
    PERHAPS_SERVED,
    REFUSED,
    REFUSED_OR_RIGHT,
    STATUSES,
    Expected,
)
from neptun_conformance.resolve.liberties import Form

_BY_CONDITION = {
    "if-none-match": {304},
    "if-modified-since": {304},
    "if-match": {412},
    "if-unmodified-since": {412},
    "range": {206, 416},
    "if-range": set(),
}
"""Statuses that a condition or a range makes legal for a reader (RFC 9110 sections 13 and 14)."""


def deviation(answer: Answer) -> Problem | None:
    """Say in what an answer differs from what is due to its question, None where in nothing.

    Looked at are the status, whether a 200 lists files where it must, and whether they are those of
    the plain reading. Where no complete answer came, or a row of the contract leaves all of this
    open, nothing differs. HEAD and OPTIONS are judged by their status alone, and have more of them.
    """
    if answer.status is None:
        return None
    expected = _right_status(answer)
    if expected is not None:
        return Problem("an unexpected status", expected, described(answer))
    if answer.status != 200 or answer.resolved.request.method != "GET":
        return None
    if answer.resolved.expected is Expected.NOT_FOUND_OR_FILES:
        return None
    return _wrong_form(answer) or _wrong_files(answer)


def _right_status(answer: Answer) -> str | None:
    """Return the status that is due where another came."""
    status, resolved = answer.status, answer.resolved
    assert status is not None  # noqa: S101 - the only caller has looked
    get = resolved.request.method == "GET"
    if status >= 500:
        return None if status == 501 and not get else "a status below 500"
    if not get or (status == 406 and resolved.form is Form.FREE_OR_406):
        return None
    exact = STATUSES.get(Expected.FILES if is_conditional(answer) else resolved.expected)
    if exact is not None:
        further = _by_condition(answer) if resolved.readable else set()
        return None if status in {exact} | further else f"status {exact}"
    return _right_class(answer)


def _right_class(answer: Answer) -> str | None:
    """Return the class of statuses that is due, where one of another came."""
    expected = answer.resolved.expected
    if is_wrong_guess(answer):
        return "status 404, or the files of a chat with this number"
    if expected in REFUSED and not answer.refused:
        return "a status from 400 to 499"
    if expected in REFUSED_OR_RIGHT and not (answer.refused or answer.status == 200):
        return "a 4xx or the right 200"
    return (
        "no status from 200 to 299" if expected is Expected.NO_FILES and answer.succeeds else None
    )


def is_conditional(answer: Answer) -> bool:
    """Tell whether a reader's question is plain but for its condition or its range."""
    question = answer.resolved.question
    names = {name.lower() for name, _ in question.headers}
    only = bool(names) and names <= _BY_CONDITION.keys() and not question.query
    return answer.resolved.expected is Expected.FILES_AT_BEST and only


def is_from_elsewhere(answer: Answer) -> bool:
    """Tell whether a reader's question is plain but for its origin, which may be refused."""
    resolved, question = answer.resolved, answer.resolved.question
    names = {name.lower() for name, _ in question.headers}
    only = names <= {"origin"} and not question.query and not question.body
    due = resolved.expected in {Expected.FILES_AT_BEST, Expected.FILES_OR_ANYTHING}
    plain = question.route is Route.PLAIN and isinstance(question.chat, ChatOf)
    return due and only and plain and left_free(question.voice) <= {Free.REFUSAL}


def _by_condition(answer: Answer) -> set[int]:
    names = (name.lower() for name, _ in answer.resolved.question.headers)
    return set().union(*(_BY_CONDITION.get(name, set()) for name in names))


def _wrong_form(answer: Answer) -> Problem | None:
    due = answer.resolved.expected in REFUSED_OR_RIGHT | {Expected.FILES}
    if not due or answer.accepted or answer.resolved.form is not Form.JSON:
        return None
    if answer.reading is not None and not answer.reading.complete:
        return None
    return Problem("a 200 without the chatFiles array", "a chatFiles array", described(answer))


def _wrong_files(answer: Answer) -> Problem | None:
    """Compare the files with those of the plain reading, or, without a right to any, with none."""
    files, expected = answer.files, answer.resolved.expected
    if files is None or answer.resolved.chat in answer.facts.unsteady:
        return None
    if expected not in PERHAPS_SERVED:
        if not files.ids and files.sound:
            return None
        return Problem("files are returned", "no files", f"{len(files.ids)} files")
    plain = answer.plain_reading
    if plain is None or plain.files is None or Counter(plain.files.ids) == Counter(files.ids):
        return None
    wanted = f"the {len(plain.files.ids)} files of the chat"
    return Problem("the files are not those of the chat", wanted, f"ids {listed(files.ids)}")
