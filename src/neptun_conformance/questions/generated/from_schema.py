"""The cases that schemathesis derives from ``openapi.yaml``, with real ids mixed in.

Its examples, its coverage phase (borders and wrong types of each parameter) and its fuzzing are
used. Of its checks only ``not_a_server_error`` says the same as one clause and no more. The others
are switched off: ``status_code_conformance``, ``positive_data_acceptance`` and
``negative_data_rejection`` make findings of what is at most a SHOULD; ``ignored_auth`` is content
with a 403; ``unsupported_method`` sends unsafe methods; ``content_type_conformance`` and
``response_schema_conformance`` say what a dozen clauses say one by one, and their ``uri`` format
refuses addresses that are legal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neptun_conformance.questions.callers import Caller, anonymous, owner, with_session
from neptun_conformance.questions.situations import Question, Written, WrittenUser

Case = tuple[str, str, str | None]
"""User id and chat id, percent-encoded, and the session that is shown, if any."""

EXAMPLE_USERS = {"alice", "ann%20a%2Bb%40example.com%2F%C3%BC"}
EXAMPLE_CHAT = "123"


def questions(cases: list[Any]) -> list[Question]:
    """Return schemathesis' cases as questions, some with the owner's session and some without.

    Arguments:
        cases: see ``Case``.
    """
    found: dict[Question, None] = {}
    for number, case in enumerate(cases):
        for question in _asked(case, with_owner=number % 3 < 2):
            found[question] = None
    return list(found)


def _asked(case: Case, *, with_owner: bool) -> Iterator[Question]:
    """Put the real ids in the place of the examples; its path parameters are encoded already."""
    user, chat, session = case
    caller = owner if with_owner else _caller(session)
    yield caller.asks(
        owner.full if chat == EXAMPLE_CHAT else Written(chat, encoded="%" in chat),
        under=owner.user if user in EXAMPLE_USERS else WrittenUser(user, encoded="%" in user),
    )


def _caller(session: str | None) -> Caller:
    sendable = session is not None and session.isascii() and session.isprintable()
    return with_session(session) if sendable and session and ";" not in session else anonymous
