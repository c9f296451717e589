"""Make two users for this run and print them as a profile. Here a user is a file in $USERS."""

import json
import os
import secrets
from pathlib import Path

users = Path(os.environ["USERS"])
run = secrets.randbelow(10**9)


def make_user(role: str, chat: int) -> dict:
    """Make a user with two chats, the second of them empty."""
    made = {
        "user_id": f"run-{run}-{role}",
        "session": secrets.token_hex(24),
        "chat_with_files": {
            "id": chat,
            "files": [{"id": chat, "name": f"{role}.txt", "size": 12, "type": "text/plain"}],
        },
        "empty_chat": {"id": chat + 1},
    }
    (users / f"{made['user_id']}.json").write_text(json.dumps(made), "utf-8")
    return made


owner = make_user("owner", run * 4 + 1)
stranger = make_user("stranger", run * 4 + 3)
print(json.dumps({"owner": owner, "stranger": stranger, "expired_session": f"old-{owner['session']}"}))
