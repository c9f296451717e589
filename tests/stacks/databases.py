"""What databases make of ids that nobody checked before; ``python -m tests.stacks.databases``.

Each stack that names its database is started, in a time zone other than UTC, and asked for the
owner's chat under odd spellings of its number and of the owner's id. What came back is kept in
docs/compatibility/databases, from which docs/compatibility.md is made.
"""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
from datetime import datetime
from typing import Any

from neptun_conformance.targets.processes import group
from tests import compatibility
from tests.stacks.installing import installed, versions
from tests.stacks.judging import PEOPLE, free_port, target
from tests.stacks.manifest import manifest, names

ZONE = "Asia/Kolkata"
"""The time zone of the machine, as the database and the server see it: +05:30."""
PATIENCE = 60.0  # seconds for a stack to start

CHAT, USER = "4711", "alice"
CHATS = {
    "2^31": "2147483648",
    "2^63-1": "9223372036854775807",
    "2^63": "9223372036854775808",
    "10^30": "1" + 30 * "0",
    "4711.5": "4711.5",
    "4711.0": "4711.0",
    "4711 and U+0000": "4711%00",
    "NaN": "NaN",
}
USERS = {
    "alice and U+0000": "alice%00",
    "ALICE": "ALICE",
    "alice and a space": "alice%20",
    "álice": "%C3%A1lice",
}
PATHS = {
    **{title: f"/api/users/{USER}/chats/{text}/files" for title, text in CHATS.items()},
    **{title: f"/api/users/{text}/chats/{CHAT}/files" for title, text in USERS.items()},
}


def main() -> int:
    """Ask the stacks that are named, by default all with a database, and keep what they said."""
    chosen = sys.argv[1:] or [name for name in names() if manifest(name).database]
    for name in chosen:
        seen = asked(name)
        compatibility.record_database(
            name,
            software=manifest(name).database,
            versions=versions(name, installed(name)),
            answers=seen,
        )
        print(name, *(f"{title}: {answer};" for title, answer in seen.items()), flush=True)
    return 0


def asked(name: str) -> dict[str, str]:
    """Start a stack and return its answer to each question, by the question's title."""
    stack, place, port = manifest(name), installed(name), free_port()
    environment = {**os.environ, "PORT": str(port), "DATA": str(PEOPLE), "TZ": ZONE}
    owner = target(stack, place, environment)["owner"]
    settings = f"cd '{place}' && export PORT={port} DATA='{PEOPLE}' TZ={ZONE}"
    with group(f"{settings} && exec {stack.start} >/dev/null"):
        plain = f"/api/users/{USER}/chats/{CHAT}/files"
        _, files = _started(port, plain, owner["session"])
        expected = owner["chat_with_files"]["files"]
        answers = {title: _told(port, path, owner["session"]) for title, path in PATHS.items()}
        return {**answers, "created_at": _time(files, expected)}


def _started(port: int, path: str, session: str) -> tuple[int, Any]:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            return _get(port, path, session)
        except OSError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.2)


def _told(port: int, path: str, session: str) -> str:
    status, _ = _get(port, path, session)
    return str(status)


def _get(port: int, path: str, session: str) -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Cookie": f"neptun-session={session}"})
        response = connection.getresponse()
        content = response.read()
        return response.status, json.loads(content) if response.status == 200 else None
    finally:
        connection.close()


def _time(answer: Any, expected: list[dict[str, Any]]) -> str:
    """Return how the first file's time is written, and whether it is another one than stored."""
    times = {file["id"]: file["created_at"] for file in answer["chatFiles"]}
    same = all(_instant(times[file["id"]]) == _instant(file["created_at"]) for file in expected)
    shown = times[expected[0]["id"]]
    return str(shown if same else f"{shown} (another time)")


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main())
