"""Stands in for a deployment whose users can be made: each is a JSON file in the folder $USERS.

The files are written by seed.sh, seed.py or seed.mjs, and have the form of `owner` in a target file.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from neptun_conformance.server.data import Chat, File, User, user
from neptun_conformance.server.reference import Reference


def users() -> Iterator[User]:
    """Yield the users who are there at this moment."""
    for path in Path(os.environ["USERS"]).glob("*.json"):
        made = json.loads(path.read_text("utf-8"))
        full = made["chat_with_files"]
        files = [File(**file, created_at="2024-05-01T09:30:00Z") for file in full["files"]]
        yield user(
            made["user_id"],
            unknown="",
            chat=Chat(full["id"], tuple(files)),
            empty=made["empty_chat"]["id"],
            session=made["session"],
            expired=f"old-{made['session']}",
        )


async def app(scope, receive, send):
    """Answer one request (ASGI)."""
    await Reference(users())(scope, receive, send)
