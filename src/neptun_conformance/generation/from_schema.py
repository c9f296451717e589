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

from functools import cache
from typing import TYPE_CHECKING, Any

from neptun_conformance import contract
from neptun_conformance.credentials import Caller, anonymous, owner, with_session
from neptun_conformance.situations import Question, Written, WrittenUser

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "/api/users/{user_id}/chats/{chat_id}/files"
EXAMPLE_USERS = {"alice", "ann%20a%2Bb%40example.com%2F%C3%BC"}
EXAMPLE_CHAT = "123"


@cache
def _operation() -> Any:
    import schemathesis

    settings = {
        "base-url": "http://nowhere.invalid",
        "generation": {"mode": "all"},
        # The coverage phase would send POST, DELETE and more without this.
        "phases": {"coverage": {"unexpected-methods": []}},
    }
    config = schemathesis.Config.from_dict(settings)
    return schemathesis.openapi.from_path(contract.contract_path(), config=config)[PATH]["GET"]


def questions(*, count: int, seed: int) -> list[Question]:
    """Return schemathesis' cases as questions, each once with the owner's session and once not.

    Arguments:
        count: how many cases its fuzzing phase makes, beside examples and coverage.
        seed: the same seed makes the same cases.
    """
    found: dict[Question, None] = {}
    for number, case in enumerate(_cases(count, seed)):
        for question in _asked(case, with_owner=number % 3 < 2):
            found[question] = None
    return list(found)


def _cases(count: int, seed: int) -> list[Any]:
    from hypothesis import HealthCheck, settings
    from schemathesis.generation.hypothesis.builder import (
        HypothesisTestConfig,
        HypothesisTestMode,
        create_test,
    )

    operation = _operation()
    cases: list[Any] = []
    config = HypothesisTestConfig(
        project=operation.schema.config,
        modes=list(HypothesisTestMode),
        seed=seed,
        settings=settings(
            max_examples=count,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    keep = lambda case: cases.append(case)  # noqa: E731, PLW0108 - its signature is read
    create_test(operation=operation, test_func=keep, config=config)()
    return cases


def _asked(case: Any, *, with_owner: bool) -> Iterator[Question]:
    """Put the real ids in the place of the examples; its path parameters are encoded already."""
    user, chat = (str(case.path_parameters[name]) for name in ("user_id", "chat_id"))
    caller = owner if with_owner else _caller((case.cookies or {}).get("neptun-session"))
    yield caller.asks(
        owner.full if chat == EXAMPLE_CHAT else Written(chat, encoded=True),
        under=owner.user if user in EXAMPLE_USERS else WrittenUser(user, encoded=True),
    )


def _caller(session: str | None) -> Caller:
    sendable = session is not None and session.isascii() and session.isprintable()
    return with_session(session) if sendable and session and ";" not in session else anonymous
