"""The kinds of argument that a contract check can ask for, by the name of its one parameter."""

from __future__ import annotations

from enum import StrEnum


class ArgumentKind(StrEnum):
    """What a check is about; ``engine.checks.arguments`` says how each is made."""

    ANSWER = "answer"
    ANSWERS = "answers"
    EVERYTHING = "everything"
    SUCCESSES = "successes"
    PRIVATE_ANSWERS = "private_answers"
    READINGS = "readings"
    EMPTY_READINGS = "empty_readings"
    LISTED_READINGS = "listed_readings"
    DOCUMENTED_ERRORS = "documented_errors"
    ERRORS = "errors"
    SERVER_ERRORS = "server_errors"
    SESSION_COOKIES = "session_cookies"
    SECURE_SESSION_COOKIES = "secure_session_cookies"
    VOICED = "voiced"
    FETCHED = "fetched"


OF_QUESTIONS = frozenset({ArgumentKind.ANSWER, ArgumentKind.ANSWERS})
"""Those that are made of a check's own questions; all others are about the whole run."""
