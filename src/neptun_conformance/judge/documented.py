"""What the documentation's own client makes of an answer: its models read it, or it raises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any

from neptun_conformance.bodies.problem import Problem
from neptun_conformance.judge.answer import Answer, described
from neptun_conformance.judge.demands import Subject, judges
from neptun_conformance.judge.voices import differs
from neptun_conformance.resolve.expectation import Expected


def _is_right_in_its_plain_form(answer: Answer) -> bool:
    plain = answer.plain_form
    return plain is not None and not differs(plain)


_RIGHT = Subject(
    _is_right_in_its_plain_form, "the plain form does not get the expected response either"
)


@judges(about=_RIGHT)
def serve_the_documented_client(answer: Answer) -> Iterator[Problem]:
    """Demand what the documentation promises its readers: files as models, or an exception.

    Where the plain form is wrong, other clauses say so. Its models refuse some values that the
    contract allows, such as a leap second or a long number: nobody is to blame for them here.
    """
    if not _is_right_in_its_plain_form(answer):
        return
    if answer.resolved.expected is not Expected.FILES:
        if answer.status is not None and answer.status < 400:
            message = "the documented client does not raise an exception"
            yield Problem(message, "a status from 400", described(answer))
        return
    problem = _why_unread(answer)
    if problem:
        yield Problem(
            "the documented client cannot read the files", "files that its model reads", problem
        )


def _why_unread(answer: Answer) -> str | None:
    if answer.failure:
        return answer.failure.message
    if answer.status != 200 or answer.response is None:
        return described(answer)
    if answer.response.body_problem:
        return answer.response.body_problem.message
    return _why_no_model(answer.response.body) if differs(answer) else None


def _why_no_model(body: bytes) -> str | None:
    from pydantic import ValidationError

    try:
        _model()(**json.loads(body))
    except ValidationError as error:
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    except (ValueError, TypeError, RecursionError) as error:
        return f"{type(error).__name__} while reading the content"
    return None


@cache
def _model() -> type[Any]:
    """Return a model of the 200 with the types that the documentation gives its members."""
    from pydantic import HttpUrl, create_model

    members: dict[str, Any] = {
        "id": (int, ...),
        "chat_conversation_id": (int, ...),
        "name": (str, ...),
        "size": (int, ...),
        "type": (str, ...),
        "created_at": (datetime, ...),
        "url": (HttpUrl, ...),
    }
    file = create_model("ChatFile", **members)
    return create_model("Files", chatFiles=(list[file], ...))  # type: ignore[valid-type]
