"""schemathesis' cases of a schema, as plain texts; imported only by the process that makes them."""

from __future__ import annotations

from typing import Any

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.generation.hypothesis.builder import (
    HypothesisTestConfig,
    HypothesisTestMode,
    create_test,
)

from neptun_conformance.contract.endpoint import COOKIE, PATH
from neptun_conformance.questions.generated.from_schema import Case


def made(path: str, *, count: int, seed: int) -> list[Case]:
    """Return the cases of a schema.

    Arguments:
        path: of the OpenAPI document.
        count: how many cases the fuzzing phase makes, beside examples and coverage.
        seed: the same seed makes the same cases.
    """
    given = {
        "base-url": "http://nowhere.invalid",
        "generation": {"mode": "all"},
        # The coverage phase would send POST, DELETE and more without this.
        "phases": {"coverage": {"unexpected-methods": []}},
    }
    project = schemathesis.Config.from_dict(given)
    operation = schemathesis.openapi.from_path(path, config=project)[PATH]["GET"]
    found: list[Any] = []
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
    keep = lambda case: found.append(case)  # noqa: E731, PLW0108 - its signature is read
    create_test(operation=operation, test_func=keep, config=config)()
    return [_plain(case) for case in found]


def _plain(case: Any) -> Case:
    user, chat = (str(case.path_parameters[name]) for name in ("user_id", "chat_id"))
    return user, chat, (case.cookies or {}).get(COOKIE)
