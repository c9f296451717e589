"""schemathesis' cases of a schema, as plain texts, made by a process of their own.

Importing schemathesis takes as long as all requests of a run to a near target. ``under_way`` has
that done beside everything else with which a run begins.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

from neptun_conformance.questions.generated import kept
from neptun_conformance.questions.generated.home import leave_the_folder_alone

PATH = "/api/users/{user_id}/chats/{chat_id}/files"
COOKIE = "neptun-session"

Case = tuple[str, str, str | None]
"""User id and chat id, percent-encoded, and the session that is shown, if any."""

_helpers: list[subprocess.Popen[str]] = []


@contextmanager
def under_way() -> Iterator[subprocess.Popen[str]]:
    """Get a process ready to make cases, which ``cases`` takes as long as the block lasts."""
    words = [sys.executable, "-P", "-m", __name__]
    pipe = subprocess.PIPE
    with subprocess.Popen(  # noqa: S603 - this very module
        words, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True
    ) as helper:
        _helpers.append(helper)
        try:
            yield helper
        finally:
            _helpers.clear()
            helper.kill()
            # On an interrupt Popen itself waits a quarter of a second only.
            helper.wait()


@cache
def cases(path: str, *, count: int, seed: int) -> list[Case]:
    """Return the cases of a schema: those that were kept, or new ones.

    New ones are made by the process that is ready for it, or by a new one.

    Never in this process: Hypothesis draws constants that it finds in imported modules, so that the
    same seed would make other cases here than under pytest.

    Arguments:
        path: of the OpenAPI document.
        count: how many cases the fuzzing phase makes, beside examples and coverage.
        seed: the same seed makes the same cases.

    Raises:
        RuntimeError: the process ended without any; the message has its last line.
    """
    kept_ones = kept.load(path, count=count, seed=seed)
    if kept_ones is not None:
        return kept_ones
    new = _by_a_process(path, count, seed)
    kept.keep(path, new, count=count, seed=seed)
    return new


def _by_a_process(path: str, count: int, seed: int) -> list[Case]:
    with ExitStack() as stack:
        if not _helpers:
            stack.enter_context(under_way())
        helper = _helpers.pop()
        answer, complaint = helper.communicate(json.dumps([path, count, seed]))
    if helper.returncode:
        last = complaint.rstrip().rpartition("\n")[2]
        raise RuntimeError(
            f"the cases of the schema could not be made: {last or helper.returncode}"
        )
    return [tuple(case) for case in json.loads(answer)]


def _made(path: str, count: int, seed: int) -> list[Case]:
    import schemathesis
    from hypothesis import HealthCheck, settings
    from schemathesis.generation.hypothesis.builder import (
        HypothesisTestConfig,
        HypothesisTestMode,
        create_test,
    )

    given = {
        "base-url": "http://nowhere.invalid",
        "generation": {"mode": "all"},
        # The coverage phase would send POST, DELETE and more without this.
        "phases": {"coverage": {"unexpected-methods": []}},
    }
    project = schemathesis.Config.from_dict(given)
    operation = schemathesis.openapi.from_path(path, config=project)[PATH]["GET"]
    made: list[Any] = []
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
    keep = lambda case: made.append(case)  # noqa: E731, PLW0108 - its signature is read
    create_test(operation=operation, test_func=keep, config=config)()
    return [_plain(case) for case in made]


def _plain(case: Any) -> Case:
    user, chat = (str(case.path_parameters[name]) for name in ("user_id", "chat_id"))
    return user, chat, (case.cookies or {}).get(COOKIE)


def _help() -> None:
    """Import what takes long, and then make the cases that are asked for on standard input."""
    import schemathesis.generation.hypothesis.builder
    import schemathesis.specs.openapi.schemas  # noqa: F401

    leave_the_folder_alone()

    asked = sys.stdin.read()
    if asked:
        json.dump(_made(*json.loads(asked)), sys.stdout)


if __name__ == "__main__":
    _help()
