"""Writes a target file from what is known of a target and from the chats that were found.

Secrets stay where they are: a session from the environment is named by its variable, and what a
file holds is taken over as it is written there, variables and commands included.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import yaml

from neptun_conformance.targets.layers import REFERENCE
from neptun_conformance.targets.load import Loaded

_BEGINNING = """\
# Target of neptun-conformance. Chats and files are what the server itself said: see whether they
# are right.
"""
_BY_NAME = "# A session stands in the environment: ${NAME} names the variable.\n"
_IN_CLEAR = """\
# A session stands here as it is: keep this file to yourself, or write ${NAME} for a variable.
"""
_END = """
# A session that was valid once; none where none can be had. Without it, one clause is not tested.
#expired_session: "${EXPIRED_SESSION}"
"""


@dataclass(frozen=True, slots=True)
class Chats:
    """The chats of one user that were found.

    Arguments:
        full: number of one with files.
        files: the ids of all its files.
        empty: number of one without files.
    """

    full: int | None = None
    files: tuple[int, ...] = ()
    empty: int | None = None


def draft(written: Mapping[str, Any], loaded: Loaded, found: Mapping[str, Chats]) -> str:
    """Return the text of a target file.

    Arguments:
        written: what the file says from which the target was read, as it stands there.
        loaded: the target.
        found: the chats that were found, by role.
    """
    tree = {"base_url": "", **deepcopy(dict(written))}
    if not loaded.origins["base_url"].startswith("file"):
        tree["base_url"] = _literal(loaded.target.base_url)
    for role, identity in loaded.target.identities().items():
        given = {"user_id": _literal(identity.user_id), "session": f"${{{_variable(role)}}}"}
        from_variables = {
            key: value
            for key, value in given.items()
            if loaded.origins.get(f"{role}.{key}") == f"environment {_variable(role, key)}"
        }
        tree[role] = {**tree.get(role, {}), **from_variables, **_chats(found.get(role, Chats()))}
    body = yaml.safe_dump(tree, sort_keys=False, allow_unicode=True, width=100)
    return _BEGINNING + _on_sessions(tree) + body + ("" if "expired_session" in tree else _END)


def _on_sessions(tree: Mapping[str, Any]) -> str:
    """Return the comments on sessions: whether they stand in the file, or in the environment."""
    people = (tree.get(role) for role in ("owner", "stranger"))
    given = [person.get("session") for person in people if isinstance(person, Mapping)]
    texts = [session for session in given if isinstance(session, str)]
    named = [text for text in texts if REFERENCE.fullmatch(text)]
    return (_BY_NAME if named else "") + (_IN_CLEAR if len(named) < len(texts) else "")


def _variable(role: str, key: str = "session") -> str:
    return f"NEPTUN_{role.upper()}__{key.upper()}"


def _chats(found: Chats) -> dict[str, Any]:
    chats: dict[str, Any] = {}
    if found.full is not None:
        files = [{"id": number} for number in found.files]
        chats["chat_with_files"] = {"id": found.full, **({"files": files} if files else {})}
    if found.empty is not None:
        chats["empty_chat"] = {"id": found.empty}
    return chats


def _literal(text: str) -> str:
    """Return a text as it is written in a file, where a dollar begins a variable."""
    return text.replace("$", "$$")
