"""Judges one large answer, beside reading the same octets into the published models.

``python -m benchmarks.judging`` prints the seconds that each took, and how much memory this whole
process needed at most while nothing but the judge had run.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from statistics import median
from typing import TYPE_CHECKING, Any

from benchmarks.contestants import CHECKOUT
from neptun_conformance.bodies import success
from neptun_conformance.exchange import Response

if TYPE_CHECKING:
    from collections.abc import Callable

FILES = 100_000
CHAT = 4711
ROUNDS = 5


def answer(files: int = FILES) -> Response:
    """Return a correct 200 with as many files, some 200 octets each."""
    body = json.dumps({"chatFiles": [_file(number) for number in range(1, files + 1)]}).encode()
    return Response(200, (("Content-Type", "application/json"),), body)


def _file(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "chat_conversation_id": CHAT,
        "name": f"minutes of meeting {number}.pdf",
        "size": number * 7,
        "type": "application/pdf",
        "created_at": f"2024-05-01T09:{number // 60 % 60:02}:{number % 60:02}Z",
        "url": f"https://files.neptun.example/chats/{CHAT}/{number}/minutes-{number}.pdf",
    }


def seconds(task: Callable[[], object]) -> float:
    """Return how long a task takes."""
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def apart() -> dict[str, float]:
    """Return what ``measure`` finds in a process of its own, where nothing else takes memory."""
    words = [sys.executable, "-m", "benchmarks.judging"]
    found: dict[str, float] = json.loads(subprocess.check_output(words, cwd=CHECKOUT))  # noqa: S603
    return found


def measure() -> dict[str, float]:
    """Return the medians in seconds, octets judged, and the highest memory in octets."""
    large = answer()
    first = seconds(lambda: success.read(large, asked_id=CHAT))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )
    from neptun_conformance.models import GetChatFilesResponse

    judged, modelled = [first], []
    for _ in range(ROUNDS):
        modelled.append(seconds(lambda: GetChatFilesResponse.model_validate_json(large.body)))
        judged.append(seconds(lambda: success.read(large, asked_id=CHAT)))
    return {
        "judged": median(judged),
        "modelled": median(modelled),
        "octets": len(large.body),
        "memory": memory,
    }


if __name__ == "__main__":
    json.dump(measure(), sys.stdout)
