"""Demands on answers in other voices than the plain one: the same caller gets the same."""

from __future__ import annotations

from collections.abc import Iterator

from neptun_conformance import contract
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.contract.level import Level
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.deviation import deviation
from neptun_conformance.resolve.expectation import STATUSES, Expected
from neptun_conformance.resolve.liberties import Form

_REFUSALS = {
    Expected.UNAUTHORIZED,
    Expected.NOT_FOUND,
    Expected.NOT_FOUND_OR_FILES,
    Expected.NOT_FOUND_OR_4XX,
    Expected.DOCUMENTED_OR_4XX,
    Expected.NO_FILES,
}


def differs(answer: Answer) -> bool:
    """Tell whether an answer differs from what is due to its question, in any MUST of its own."""
    failed = answer.failure is not None and not answer.was_closed
    return failed or deviation(answer) is not None or bool(_in_form(answer))


def _in_form(answer: Answer) -> list[str]:
    """Return the clauses of level MUST that the body of an answer does not meet."""
    resolved = answer.resolved
    if resolved.form is not Form.JSON:
        return []
    if answer.status == STATUSES.get(resolved.expected) and answer.errors is not None:
        found = answer.errors.clauses()
    elif resolved.expected is Expected.FILES and answer.reading is not None:
        found = answer.reading.problems.clauses()
    else:
        return []
    return sorted(name for name in found if contract.clauses()[name].level is Level.MUST)


def _problem(answer: Answer, message: str, expected: str) -> Problem:
    plain = answer.plain_voice
    assert plain is not None  # noqa: S101 - asked for by the callers
    return Problem(
        message, f"{expected}; the plain form gets {described(plain)}", described(answer)
    )


def _opens(answer: Answer) -> bool:
    if answer.resolved.expected is Expected.NO_DATA:
        return answer.accepted
    return answer.resolved.expected in _REFUSALS and answer.succeeds


def _is_of_the_server(answer: Answer) -> bool:
    """Tell whether another clause is about this answer: a server error, or none at all."""
    return answer.status is None or answer.status >= 500


def open_nothing_more(answer: Answer) -> Iterator[Problem]:
    """Demand that a voice lets nobody in, and shows nothing, that the plain form does not."""
    if answer.plain_voice is not None and _opens(answer):
        yield _problem(answer, "the form of the request gives access", "a refusal")


def get_the_same_status(answer: Answer) -> Iterator[Problem]:
    """Demand the status that the plain form gets."""
    plain = answer.plain_voice
    if plain is None or _opens(answer) or _is_of_the_server(answer):
        return
    if answer.status != plain.status:
        yield _problem(
            answer, "the form of the request changes the status", f"status {plain.status}"
        )


def get_the_same_form(answer: Answer) -> Iterator[Problem]:
    """Demand a body that meets the same clauses as that of the plain form."""
    plain = answer.plain_voice
    if plain is None or answer.status != plain.status:
        return
    named = ", ".join(_in_form(answer)) or described(answer)
    message = "the form of the request changes the body"
    yield Problem(message, "a body as in the plain form", named)
