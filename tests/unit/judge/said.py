"""Answers made by hand: what a judge sees of a target, without one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from neptun_conformance.bodies import error, success
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.exchange import Exchange, Failure, FailureKind, Response
from neptun_conformance.judge.answer import Answer, Facts
from neptun_conformance.questions.situations import Question
from neptun_conformance.resolve.expectation import Expected
from neptun_conformance.resolve.participants import Participants
from neptun_conformance.resolve.resolved import resolve
from neptun_conformance.server.data import target_for
from neptun_conformance.targets.model import Target
from neptun_conformance.targets.session import SessionKeeper

TARGET = Target.of(target_for("http://127.0.0.1:1"))
CAST = Participants.of(TARGET, SessionKeeper(TARGET))
JSON = ("Content-Type", "application/json")
FULL = 4711
"""The number of the owner's chat with files."""

Told = tuple[str, str, str]
Headers = tuple[tuple[str, str], ...]


def said(
    question: Question,
    status: int,
    body: bytes = b"",
    headers: Headers = (JSON,),
    facts: Facts | None = None,
) -> Answer:
    """Return an answer to a question, its body judged as a run would."""
    prepared = resolve(question, CAST)
    response = Response(status, headers, body, wire_size=len(body))
    reading = errors = None
    if question.method == "GET" and status == 200:
        owed = prepared.asked_id if prepared.expected is Expected.FILES else None
        reading = success.read(response, asked_id=owed)
    elif question.method == "GET" and status in {401, 404, 500}:
        errors = error.read(response)
    exchange = Exchange(prepared.request, response)
    return Answer(prepared, exchange, facts or Facts(), reading, errors)


def failed(
    question: Question, kind: FailureKind = FailureKind.DROPPED, facts: Facts | None = None
) -> Answer:
    """Return what there is of a question that got no complete answer."""
    prepared = resolve(question, CAST)
    exchange = Exchange(prepared.request, Failure(kind, f"why: {kind}"))
    return Answer(prepared, exchange, facts or Facts())


def file(number: int, *, chat: int = FULL, **other: Any) -> dict[str, Any]:
    """Return a right file, but for what is said to be other."""
    return {
        "id": number,
        "chat_conversation_id": chat,
        "name": f"file {number}.txt",
        "size": number,
        "type": "text/plain",
        "created_at": "2024-05-01T09:30:00Z",
        "url": f"https://files.example.com/{number}",
    } | other


def files(*items: Any, chat: int = FULL) -> bytes:
    """Return the body of a 200 with these files, numbers standing for right ones."""
    found = [file(item, chat=chat) if isinstance(item, int) else item for item in items]
    return json.dumps({"chatFiles": found}).encode()


def refusal(status: int = 404, **data: Any) -> bytes:
    """Return the documented error body."""
    body = {"statusCode": status, "statusMessage": "No", "data": {"message": "No"} | data}
    return json.dumps(body).encode()


def told(judge: Callable[[Answer], Iterable[Problem]], answer: Answer) -> list[Told]:
    """Return what a judge says of an answer, whoever marked it as unfit."""
    return [(p.message, p.expected, p.actual) for p in judge(answer)]
