"""Bodies of a 200 made by hand, and what is read of them."""

from __future__ import annotations

import json
from typing import Any

from neptun_conformance.bodies import success
from neptun_conformance.bodies.problem import Problem
from neptun_conformance.exchange import Response

CHAT = 123
FILE = {
    "id": 1,
    "chat_conversation_id": CHAT,
    "name": "report.pdf",
    "size": 10,
    "type": "application/pdf",
    "created_at": "2024-05-01T09:30:00Z",
    "url": "https://files.example.com/1",
}
JSON = (("Content-Type", "application/json"),)


def read(body: bytes, headers: tuple[tuple[str, str], ...] = JSON) -> success.Reading:
    return success.read(Response(200, headers, body), asked_id=CHAT)


def read_files(*files: Any) -> success.Reading:
    return read(json.dumps({"chatFiles": files}).encode())


def only(reading: success.Reading, clause: str) -> Problem:
    assert reading.problems.clauses() == {clause}
    (problem,) = reading.problems.of(clause)
    return problem
