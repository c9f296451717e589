"""Demands of good custom: which origins a browser lets read what was asked with a session."""

from __future__ import annotations

from collections.abc import Iterator

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.contract.endpoint import DOCUMENTED_ORIGIN
from neptun_conformance.judge.answer import Answer
from neptun_conformance.judge.demands import Subject, judges

_OWN = "{origin}"
"""The target's own origin, as a voice names it."""


def _foreign_origin(answer: Answer) -> str | None:
    """Return the origin of another site that a request named, None for none or the own one.

    What no site of the web has, such as ``file://``, may be the origin of an app that is known.
    """
    question = answer.resolved.question
    voiced = [pair for level in question.voice for pair in level.headers]
    named = [value for name, value in (*question.headers, *voiced) if name == "Origin"]
    sent = [value for name, value in answer.resolved.request.headers if name == "Origin"]
    if not sent or {_OWN, DOCUMENTED_ORIGIN} & {*named} or answer.elsewhere:
        return None
    return sent[-1] if sent[-1] == "null" or sent[-1].startswith("http") else None


def _is_a_reading(answer: Answer) -> bool:
    return answer.resolved.question.method != "OPTIONS" and _foreign_origin(answer) is not None


def _is_a_preflight(answer: Answer) -> bool:
    return answer.resolved.question.method == "OPTIONS" and _foreign_origin(answer) is not None


_OF_READINGS = Subject(_is_a_reading, "nothing was asked from another origin", among=_is_a_reading)
_OF_PREFLIGHTS = Subject(
    _is_a_preflight, "no preflight was sent from another origin", among=_is_a_preflight
)


@judges(about=_OF_READINGS)
def not_let_strangers_read(answer: Answer) -> Iterator[Problem]:
    """Demand that the origin that was sent is not allowed to read with credentials."""
    return _allowing(answer)


@judges(about=_OF_PREFLIGHTS)
def not_let_strangers_ask(answer: Answer) -> Iterator[Problem]:
    """Demand that a preflight does not allow the origin that was sent to ask with credentials."""
    return _allowing(answer)


def _allowing(answer: Answer) -> Iterator[Problem]:
    response, sent = answer.response, _foreign_origin(answer)
    if response is None or sent is None:
        return
    allowed = [value.strip() for value in response.header_values("Access-Control-Allow-Origin")]
    credentials = (response.header("Access-Control-Allow-Credentials") or "").strip().lower()
    if sent in allowed and credentials == "true":
        message = "any origin may read the response with the user's cookies"
        yield Problem(message, "origins that the server knows", f"{sent} with credentials")
