"""What a 200 shows at all: a clause about files says nothing of a list that holds none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from neptun_conformance.bodies.members import is_whole

IN_ANY = frozenset(
    {"success.media-type", "success.json", "success.byte-order-mark", "success.limits"}
)
"""Clauses about the content of any 200."""

IN_JSON = IN_ANY | {"success.repeated-members", "success.envelope"}
"""Those about one that is valid JSON."""

OF_A_CHAT = frozenset({"file.of-this-chat"})
"""Those about the files of a chat that was asked for."""

_IN_A_FILE = frozenset(
    f"file.{member}"
    for member in ("id", "chat-conversation-id", "name", "size", "type", "created-at", "url")
)


def in_files(files: list[Any], *, of_a_chat: bool) -> frozenset[str]:
    """Return the clauses of whose subject a list of files shows at least one.

    Arguments:
        files: the entries, whatever they are.
        of_a_chat: they must be those of a known chat.
    """
    objects = [entry for entry in files if type(entry) is dict]
    seen = {"file.object"} if files else set()
    if objects:
        seen |= _IN_A_FILE
    if any(type(text) is str for text in _each(objects, "type")):
        seen.add("file.type-is-media-type")
    if any(type(text) is str for text in _each(objects, "created_at")):
        seen.add("file.created-at-form")
    if any(map(is_whole, _each(objects, "size"))):
        seen.add("file.size-not-negative")
    if any(map(is_whole, _each(objects, "id"))):
        seen.add("files.unique-ids")
    if of_a_chat and any(map(is_whole, _each(objects, "chat_conversation_id"))):
        seen |= OF_A_CHAT
    return frozenset(seen)


def _each(objects: list[dict[str, Any]], member: str) -> Iterator[Any]:
    return (found[member] for found in objects if member in found)
